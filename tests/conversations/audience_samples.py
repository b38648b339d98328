"""Samples of what an admin sees of saved audiences, for the golden page."""

from collections.abc import Iterator
from datetime import UTC, datetime

from outside_samples import said

from messages_fa import audiences, general, notice_card
from messages_fa.markup import Text

AT = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
NAME = "همکاران بررسی"


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of this area with its title."""
    rows = [(1, NAME, 12, True), (2, "دستگاه‌های آب", 3, False)]
    yield "audiences", audiences.listing(rows, general.page(1, 1))
    yield "audiences none", audiences.listing([], general.page(1, 1))
    yield "audience asks name", audiences.ask_name({})
    yield "audience preview", audiences.ask_sure(NAME, ["کارشناس دستگاه", "کارشناس بررسی"])
    counts = notice_card.counts([("کارشناس بررسی", 12, 10)], recipients=12, reachable=10, declined=0)
    history = [
        (1, "بررسی", "کارشناس بررسی", AT, "لیلا کاظمی", True),
        (2, NAME, "کارشناس بررسی، مدیر", AT, "", False),
    ]
    yield "audience with its versions", audiences.card(NAME, counts, history, on=False)
    yield "audience changed meanwhile", audiences.changed_meanwhile(NAME)
    yield "audience double", audiences.double(NAME)
    yield "audience double of a retired one", audiences.double(NAME, on=False)
    yield "audiences left out of a notice", audiences.left_out([NAME, "دستگاه‌های آب"])
    yield "audience saved", said(audiences.saved(NAME))
    yield "audience retired", said(audiences.switched(NAME, on=False))
    yield "audience offered again", said(audiences.switched(NAME, on=True))
    yield "button save audience", said(audiences.sure(12, 10))
    yield "button back to a version of an audience", said(audiences.revert(2))
    yield "audience as it is marked", said(audiences.saved_rule(NAME))
