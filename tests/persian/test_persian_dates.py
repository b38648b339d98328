"""The Jalali calendar of the years 1300–1500, typed and shown."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.dates import (
    MONTHS,
    TEHRAN,
    WEEKDAYS,
    add_months,
    days_in_month,
    gregorian,
    jalali,
    month_grid,
    show_date,
    show_long_date,
    show_moment,
    tehran_day,
)
from persian.errors import Unreadable
from persian.money import words
from persian.text import to_persian_digits
from persian.typed_dates import Day, parse_date

TODAY = dt.date(2026, 10, 1)
FIRST, LAST = dt.date(1921, 3, 21), dt.date(2122, 3, 20)
# Years of 366 days by the 33-year rule, which agrees with the equinox in these two centuries.
LEAP_REMAINDERS = {1, 5, 9, 13, 17, 22, 26, 30}

dates = st.dates(FIRST, LAST)


def test_the_range_begins_and_ends_where_the_years_do() -> None:
    assert (jalali(FIRST), jalali(LAST)) == ((1300, 1, 1), (1500, 12, 29))


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ((1357, 11, 22), dt.date(1979, 2, 11)),
        ((1366, 6, 1), dt.date(1987, 8, 23)),
        ((1399, 12, 30), dt.date(2021, 3, 20)),
        ((1400, 1, 1), dt.date(2021, 3, 21)),
        ((1403, 12, 30), dt.date(2025, 3, 20)),
        ((1405, 7, 9), TODAY),
    ],
)
def test_known_days_of_both_calendars_agree(day: tuple[int, int, int], date: dt.date) -> None:
    assert (gregorian(*day), jalali(date)) == (date, day)


@given(dates)
def test_a_date_survives_the_way_to_the_jalali_calendar_and_back(date: dt.date) -> None:
    assert gregorian(*jalali(date)) == date


def plain_writings(date: dt.date) -> list[str]:
    """Every way to write a date that has one reading."""
    year, month, day = jalali(date)
    shown, long = show_date(date), show_long_date(date)
    named = f"{day} {MONTHS[month - 1]} {year}"
    figures = [f"{year}{sign}{month}{sign}{day}" for sign in "/-. _،\\"]
    around = [f"مورخ {shown}", f"{shown} ه.ش", f"{named} شمسی", f"{day} {MONTHS[month - 1]} ماه سال {year}"]
    return [shown, shown.replace("/", ""), long, named, to_persian_digits(named), *figures, *around]


def writings_to_confirm(date: dt.date) -> list[str]:
    """Ways in words and with the day first: read, but read back."""
    year, month, day = jalali(date)
    ordinal = re.sub("سهم$", "سوم", f"{words(day)}م")
    spoken = [f"{number} {MONTHS[month - 1]} {year}" for number in (ordinal, words(day))]
    last = [f"آخر {MONTHS[month - 1]} {year}"] if day == days_in_month(year, month) else []
    return [f"{day}/{month}/{year}", f"{ordinal} {MONTHS[month - 1]} {words(year)}", *spoken, *last]


def turns_of_months() -> list[dt.date]:
    """The first and the last day of every month of 1300–1500, each 30 Esfand of a leap year among them."""
    months = [(year, month) for year in range(1300, 1501) for month in range(1, 13)]
    return [gregorian(*month, day) for month in months for day in (1, days_in_month(*month))]


def test_every_day_of_the_two_centuries_survives_the_way_and_follows_the_one_before() -> None:
    day, month, year = 1, 1, 1300
    for number in range((LAST - FIRST).days + 1):
        date = FIRST + dt.timedelta(days=number)
        assert (jalali(date), gregorian(year, month, day)) == ((year, month, day), date)
        day += 1
        if day > days_in_month(year, month):
            day, month = 1, month + 1
        if month > len(MONTHS):
            month, year = 1, year + 1
    assert (year, month, day) == (1501, 1, 1)


def test_both_ends_of_every_month_are_read_as_they_are_shown() -> None:
    shown = [(date, form) for date in turns_of_months() for form in (show_date(date), show_long_date(date))]
    assert [form for date, form in shown if parse_date(form, today=TODAY) != Day(date, plain=True)] == []


@given(dates | st.sampled_from(turns_of_months()))
def test_every_writing_of_a_date_is_read_as_that_date(date: dt.date) -> None:
    read = {text: parse_date(text, today=TODAY) for text in plain_writings(date)}
    assert read == dict.fromkeys(read, Day(date, plain=True))


@given(dates | st.sampled_from(turns_of_months()))
def test_a_date_in_words_or_with_the_day_first_is_read_and_asks_to_be_confirmed(date: dt.date) -> None:
    read = {text: parse_date(text, today=TODAY) for text in writings_to_confirm(date)}
    assert read == dict.fromkeys(read, Day(date, plain=False))


@given(dates | st.sampled_from(turns_of_months()))
def test_a_date_without_its_year_is_of_this_year_and_asks_to_be_confirmed(date: dt.date) -> None:
    _, month, day = jalali(date)
    assert parse_date(f"{day} {MONTHS[month - 1]}", today=date) == Day(date, plain=False)


@given(dates, st.integers(0, 600), st.sampled_from([("ماه", 1), ("سال", 12)]))
def test_months_and_years_from_a_day_are_counted_in_figures_and_in_words(
    date: dt.date, count: int, unit: tuple[str, int]
) -> None:
    name, months = unit
    moved = add_months(date, count * months)
    for number in (str(count), words(count)):
        if jalali(moved)[0] <= 1500:
            assert parse_date(f"{number} {name} بعد", today=date) == Day(moved, plain=False)
        else:
            with pytest.raises(Unreadable, match="date_out_of_range"):
                parse_date(f"{number} {name} بعد", today=date)


@given(dates, st.integers(0, 3000))
def test_days_ahead_and_days_ago_meet_again(date: dt.date, count: int) -> None:
    ahead = date + dt.timedelta(days=count)
    if ahead <= LAST:
        assert parse_date(f"{count} روز بعد", today=date) == Day(ahead, plain=False)
        assert parse_date(f"{count} روز پیش", today=ahead) == Day(date, plain=False)


@given(st.text("۰۱۲۳۴۵۶۷۸۹0123456789/-. مهردیروزبعدماسلپش\u200c²"))
def test_whatever_is_typed_is_a_date_in_range_or_a_known_refusal(text: str) -> None:
    codes = {"date_not_understood", "date_impossible", "date_gregorian", "date_out_of_range", "date_no_month"}
    try:
        assert FIRST <= parse_date(text, today=TODAY).date <= LAST
    except Unreadable as refusal:
        assert refusal.code in codes  # noqa: PT017 - either way is right


def test_a_day_that_the_month_does_not_have_tells_how_many_it_has() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_date("۱۴۰۵/۱۲/۳۰", today=TODAY)
    assert (refusal.value.code, refusal.value.values) == (
        "date_impossible",
        {"year": 1405, "month": 12, "days": 29},
    )


def test_a_gregorian_year_and_a_far_year_tell_their_numbers() -> None:
    told = []
    for text in ("2026-10-01", "1501/1/1"):
        with pytest.raises(Unreadable) as refusal:
            parse_date(text, today=TODAY)
        told.append((refusal.value.code, refusal.value.values))
    assert told == [("date_gregorian", {"year": 2026}), ("date_out_of_range", {"first": 1300, "last": 1500})]


def test_every_year_has_its_months_of_31_30_and_29_or_30_days() -> None:
    for year in range(1300, 1501):
        esfand = 30 if year % 33 in LEAP_REMAINDERS else 29
        assert [days_in_month(year, month) for month in range(1, 13)] == [31] * 6 + [30] * 5 + [esfand]


@pytest.mark.parametrize("month", [0, 13])
def test_there_is_no_month_before_the_first_or_after_the_twelfth(month: int) -> None:
    with pytest.raises(ValueError, match=str(month)):
        gregorian(1405, month, 1)


@pytest.mark.parametrize(
    ("first", "months", "reached"),
    [
        ((1405, 6, 31), 1, (1405, 7, 30)),
        ((1405, 6, 31), 6, (1405, 12, 29)),
        ((1403, 6, 31), 6, (1403, 12, 30)),
        ((1405, 6, 31), 7, (1406, 1, 31)),
        ((1403, 12, 30), 12, (1404, 12, 29)),
        ((1403, 12, 30), 60, (1408, 12, 30)),
        ((1405, 1, 31), -1, (1404, 12, 29)),
        ((1405, 7, 9), 0, (1405, 7, 9)),
    ],
)
def test_months_are_added_with_the_day_clamped(
    first: tuple[int, int, int], months: int, reached: tuple[int, int, int]
) -> None:
    assert jalali(add_months(gregorian(*first), months)) == reached


@given(dates, st.integers(-240, 240))
def test_adding_months_moves_by_whole_months(date: dt.date, months: int) -> None:
    year, month, day = jalali(date)
    reached = jalali(add_months(date, months))
    assert reached[0] * 12 + reached[1] == year * 12 + month + months
    assert reached[2] == min(day, days_in_month(reached[0], reached[1]))


def test_the_grid_of_a_month_begins_on_saturday() -> None:
    assert month_grid(1405, 7) == (
        (0, 0, 0, 0, 1, 2, 3),
        (4, 5, 6, 7, 8, 9, 10),
        (11, 12, 13, 14, 15, 16, 17),
        (18, 19, 20, 21, 22, 23, 24),
        (25, 26, 27, 28, 29, 30, 0),
    )


@given(st.integers(1300, 1500), st.integers(1, 12))
def test_every_grid_holds_the_days_of_its_month_in_weeks_of_seven(year: int, month: int) -> None:
    grid = month_grid(year, month)
    days = [day for week in grid for day in week if day]
    assert {len(week) for week in grid} == {7}
    assert days == list(range(1, days_in_month(year, month) + 1))
    assert [week for week in grid if not any(week)] == []


def test_names_of_months_and_weekdays_are_ours() -> None:
    assert (len(MONTHS), MONTHS[0], MONTHS[6], MONTHS[11]) == (12, "فروردین", "مهر", "اسفند")
    assert (len(WEEKDAYS), WEEKDAYS[0], WEEKDAYS[6]) == (7, "شنبه", "جمعه")


def test_dates_are_shown_short_and_long() -> None:
    assert (show_date(TODAY), show_long_date(TODAY)) == ("۱۴۰۵/۰۷/۰۹", "پنجشنبه ۹ مهر ۱۴۰۵")


@pytest.mark.parametrize("weekday", range(7))
def test_each_weekday_has_its_name(weekday: int) -> None:
    saturday = dt.date(2026, 10, 3)
    date = saturday + dt.timedelta(days=weekday)
    year, month, day = jalali(date)
    named = f"{WEEKDAYS[weekday]} {day} {MONTHS[month - 1]} {year}"
    assert parse_date(named, today=TODAY) == Day(date, plain=True)


def test_moments_are_shown_in_tehran() -> None:
    moment = dt.datetime(2026, 10, 1, 10, 35, tzinfo=dt.UTC)
    assert show_moment(moment) == "۱۴۰۵/۰۷/۰۹ ساعت ۱۴:۰۵"
    assert show_moment(moment.astimezone(TEHRAN)) == "۱۴۰۵/۰۷/۰۹ ساعت ۱۴:۰۵"


def test_the_day_in_tehran_begins_before_the_day_of_utc() -> None:
    last = dt.datetime(2026, 9, 30, 20, 29, 59, tzinfo=dt.UTC)
    assert tehran_day(last) == dt.date(2026, 9, 30)
    assert tehran_day(last + dt.timedelta(seconds=1)) == TODAY


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = dt.datetime(2026, 10, 1, 10, 35)  # noqa: DTZ001 - what the test is about
    for read in (show_moment, tehran_day):
        with pytest.raises(ValueError, match="time zone"):
            read(naive)
