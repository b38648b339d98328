"""The list of settings on a phone."""

from domain.settings import SETTINGS
from messages_fa.settings import SECTIONS


def test_every_setting_stands_in_one_group() -> None:
    grouped = [name for _, names in SECTIONS.values() for name in names]
    assert sorted(grouped) == sorted(SETTINGS)


def test_no_group_is_called_like_a_setting() -> None:
    assert SECTIONS.keys() & SETTINGS.keys() == set()
