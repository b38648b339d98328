"""The record of a case is told whole, however much was said, and a card says what it leaves out."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.lifecycle import State
from messages_fa import card, history
from messages_fa.markup import say

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
CODE = "123456789012"

said = st.text("ابپتث ژ۱۲۳،.", min_size=1, max_size=4000).map(lambda text: f"«{text}»")


def words_of(texts: list[str]) -> str:
    """All that was said, without the breaks between pieces and messages."""
    return "".join("".join(texts).split())


@given(st.lists(said, max_size=8), st.lists(said, max_size=8))
def test_every_word_is_told_in_messages_that_the_platforms_take(notes: list[str], given: list[str]) -> None:
    steps = [
        history.step(number, "refuse", NOON, "مینا", State.NOT_AGREED, reasons=("other.1",), words=words)
        for number, words in enumerate(given, 1)
    ]
    told = history.messages(CODE, steps, [history.note("رضا", NOON, words) for words in notes])
    assert all(0 < len(part.plain) <= history.LONGEST for part in told)
    everything = words_of([part.plain for part in told])
    places = [everything.find(words_of([words])) for words in (*given, *notes)]
    assert -1 not in places


@given(st.text("ابپ", min_size=100, max_size=300), st.text("ابپ", max_size=50), st.integers(0, 300))
def test_two_long_values_are_never_shown_alike(before: str, more: str, place: int) -> None:
    at = place % (len(before) + 1)
    after = f"{before[:at]}ژ{more}{before[at:]}"
    shown = card.changes([("reason", say("{v}", v=before), say("{v}", v=after))]).plain.split("\n")
    old, new = (line.partition(": ")[2] for line in shown[1:])
    assert old != new
    assert max(len(old), len(new)) <= 62


def test_short_values_are_shown_whole() -> None:
    shown = card.changes([("amount", say("۱۲۰ ریال"), None)]).plain.split("\n")
    assert shown[1:] == ["مبلغ بدهی، پیش از اصلاح: ۱۲۰ ریال", "مبلغ بدهی، پس از اصلاح: ارائه نشده"]


def test_a_card_names_what_found_no_room_on_it() -> None:
    left = card.left_out([card.RETURNS, card.NOTES]).plain
    assert left == "در این کارت جا نشد: بازگشت‌ها، یادداشت‌های داخلی؛ «سابقه و یادداشت‌ها» را بزنید."
    assert card.left_out([]).plain == ""
