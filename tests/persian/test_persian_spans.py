"""Working days, office hours and hours of a day, as people type them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persian.errors import Unreadable
from persian.hours import parse_hours
from persian.spans import parse_span


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("۳ روز کاری", (3, "days", True)),
        ("8 ساعت اداری", (8, "hours", True)),
        ("سه روز کاری", (3, "days", True)),
        ("3d", (3, "days", True)),
        ("۸h", (8, "hours", True)),
        ("۱۰ روز", (10, "days", False)),
        ("چهار ساعت", (4, "hours", False)),
    ],
)
def test_working_days_and_office_hours_are_read(typed: str, read: tuple[int, str, bool]) -> None:
    assert parse_span(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("۳", "span_without_unit"),
        ("هفت", "span_without_unit"),
        ("۰ روز کاری", "span_not_understood"),
        ("۳ روز اداری", "span_not_understood"),
        ("۸ ساعت کاری", "span_not_understood"),
        ("زود", "span_not_understood"),
        ("-۲ روز کاری", "span_not_understood"),
    ],
)
def test_what_could_mean_two_things_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_span(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("۷:۳۰ تا ۱۴:۳۰", ["07:30-14:30"]),
        ("از ساعت ۸ تا ساعت ۱۴", ["08:00-14:00"]),
        ("8-12 و 13-17", ["08:00-12:00", "13:00-17:00"]),
        ("۸ تا ۱۲، ۱۳ تا ۱۷", ["08:00-12:00", "13:00-17:00"]),
        ("7.30 الی 14", ["07:30-14:00"]),
    ],
)
def test_hours_of_a_day_are_read(typed: str, read: list[str]) -> None:
    assert [f"{begin:%H:%M}-{end:%H:%M}" for begin, end in parse_hours(typed)] == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("صبح", "hours_not_understood"),
        ("۸", "hours_not_understood"),
        ("۸ تا ۲۵", "hours_not_understood"),
        ("۸:۷۵ تا ۱۰", "hours_not_understood"),
        ("۱۴ تا ۸", "hours_backwards"),
        ("۸ تا ۸", "hours_backwards"),
        ("۱۳ تا ۱۷ و ۸ تا ۱۲", "hours_overlapping"),
        ("۸ تا ۱۲ و ۱۲ تا ۱۴", "hours_overlapping"),
        ("", "hours_not_understood"),
    ],
)
def test_hours_that_cannot_be_are_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_hours(typed)
    assert refused.value.code == code


@settings(deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for parse in (parse_span, parse_hours):
        try:
            found = parse(text)
        except Unreadable:
            continue
        assert found


@settings(deadline=None)
@given(st.lists(st.times(), min_size=2, max_size=6, unique_by=lambda t: (t.hour, t.minute)))
def test_hours_that_are_shown_are_read_again(times: list[dt.time]) -> None:
    edges = sorted(time.replace(second=0, microsecond=0, fold=0) for time in times)
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    typed = " و ".join(f"{begin:%H:%M} تا {end:%H:%M}" for begin, end in spans)
    assert parse_hours(typed) == spans
