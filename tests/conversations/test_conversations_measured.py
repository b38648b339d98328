"""Public figures of few: nothing is told of them, by themselves or by what is left of the rest."""

import datetime as dt

import pytest

from domain.reports import Times
from messages_fa import measured

TOOK = dt.timedelta(minutes=7)
FEW = "کمتر از ۵ مورد؛ عددی نشان داده نمی‌شود."
MEDIAN = "میانه زمان رسیدگی: ۷ دقیقه"


def resets(asked: int, issued: int, judged: int, *, staff: bool = False) -> list[str]:
    figure = Times(asked, None, None, judged, judged)
    return [text.plain for text in measured.resets(asked, issued, TOOK, figure, staff=staff)]


@pytest.mark.parametrize(
    ("asked", "issued", "judged", "told"),
    [
        (4, 4, 4, [FEW]),
        (5, 1, 1, ["درخواست: ۵", FEW]),
        (9, 5, 5, ["درخواست: ۹", MEDIAN, FEW]),
        (10, 10, 6, ["درخواست: ۱۰", MEDIAN, FEW]),
        (10, 5, 5, ["درخواست: ۱۰", MEDIAN, "در هدف: ۱۰۰ درصد (۵ از ۵)"]),
        (5, 5, 0, ["درخواست: ۵", MEDIAN, "هدفی تنظیم نشده است."]),
    ],
)
def test_each_line_about_resets_is_told_of_five_or_more(
    asked: int, issued: int, judged: int, told: list[str]
) -> None:
    assert resets(asked, issued, judged) == told


def test_staff_are_told_of_few_as_well() -> None:
    assert resets(5, 1, 1, staff=True) == ["درخواست: ۵", MEDIAN, "در هدف: ۱۰۰ درصد (۱ از ۱)"]


@pytest.mark.parametrize(("judged", "told"), [(1, FEW), (7, FEW), (5, "در هدف: ۱۰۰ درصد (۵ از ۵)")])
def test_the_share_in_time_is_told_by_the_number_it_rests_on(judged: int, told: str) -> None:
    figure = Times(10, 2, 4, judged, judged)
    assert measured.times(figure, staff=False)[1].plain == told
