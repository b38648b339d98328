"""The record's words: none is lacking."""

from domain.audit import Deed
from messages_fa.audit import DEEDS


def test_every_deed_has_a_word_of_its_own() -> None:
    assert set(DEEDS) == set(Deed)
    assert len(set(DEEDS.values())) == len(DEEDS)
