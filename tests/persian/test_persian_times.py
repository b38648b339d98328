"""Times of the day and lengths of time as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.errors import Unreadable
from persian.text import to_persian_digits
from persian.typed_times import parse_length, parse_time


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("۲۲:۰۰", dt.time(22)),
        ("8:5", None),
        ("۸:۰۵", dt.time(8, 5)),
        ("۱۴۳۰", dt.time(14, 30)),
        ("٢٢", dt.time(22)),
        ("ساعت ۲۲", dt.time(22)),
        ("ساعت ۱۰ شب", dt.time(22)),
        ("۲ شب", dt.time(2)),
        ("۱۲ شب", dt.time(0)),
        ("نیمه‌شب", dt.time(0)),
        ("ظهر", dt.time(12)),
        ("۱۲ ظهر", dt.time(12)),
        ("۱ ظهر", dt.time(13)),
        ("۵ عصر", dt.time(17)),
        ("ساعت ۲ بعد از ظهر", dt.time(14)),
        ("۲:۳۰ بعدازظهر", dt.time(14, 30)),
        ("۱۲ صبح", dt.time(0)),
        ("۲۴", None),
        ("۱۲:۶۰", None),
        ("۱۴ صبح", None),
        ("فردا", None),
        ("-۳", None),
        ("", None),
        ("²", None),
    ],
)
def test_a_time_of_the_day_is_read_or_refused(typed: str, read: dt.time | None) -> None:
    if read is not None:
        assert parse_time(typed) == read
        return
    with pytest.raises(Unreadable) as refused:
        parse_time(typed)
    assert refused.value.code == "time_not_understood"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("۲ ساعت", 120),
        ("دو ساعت", 120),
        ("۲‌ساعت", 120),
        ("۹۰ دقیقه", 90),
        ("۲:۳۰", 150),
        ("یک ساعت و نیم", 90),
        ("۲ ساعت و ربع", 135),
        ("نیم ساعت", 30),
        ("یک ربع", 15),
        ("دو ساعت و سی دقیقه", 150),
        ("۲ ساعت ۳۰ دقیقه", 150),
        ("یک روز", 1440),
        ("یک روز و ۲ ساعت", 1560),
        ("بیست و چهار ساعت", 1440),
        ("۰ دقیقه", 0),
        ("۳", None),
        ("-۲ ساعت", None),
        ("ساعت", None),
        ("و نیم", None),
        ("زیاد", None),
        ("۲:۷۵", None),
    ],
)
def test_a_length_of_time_is_read_or_refused(typed: str, minutes: int | None) -> None:
    if minutes is not None:
        assert parse_length(typed) == minutes
        return
    with pytest.raises(Unreadable) as refused:
        parse_length(typed)
    assert refused.value.code == "length_not_understood"


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_every_time_as_it_is_shown_is_read_as_it_was(time: dt.time) -> None:
    assert parse_time(to_persian_digits(f"{time:%H:%M}")) == time


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_with_a_code(text: str) -> None:
    for parse in (parse_time, parse_length):
        try:
            parse(text)
        except Unreadable as refused:
            assert refused.code in {"time_not_understood", "length_not_understood"}  # noqa: PT017 - either may be
