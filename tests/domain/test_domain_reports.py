"""Periods, percentiles and working days, against the plainest way of finding them."""

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, DayOff
from domain.reports import PERIODS, Decided, Measure, Period, Times, last_days, percentile
from domain.targets import Pause, Span, due
from persian.dates import TEHRAN, gregorian, jalali, tehran_day, weekday

DAYS = st.dates(gregorian(1400, 1, 1), gregorian(1420, 12, 29))
MOMENTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2026, 12, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
LENGTHS = st.integers(0, 30 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))
CLOSED = DayOff(gregorian(1405, 7, 14), "closure", "آلودگی هوا")
CALENDAR = Calendar(days=(CLOSED,))


def at(day: int, hour: int = 10) -> dt.datetime:
    """A moment of Mehr 1405 in Tehran."""
    return dt.datetime.combine(gregorian(1405, 7, day), dt.time(hour), TEHRAN).astimezone(dt.UTC)


def case(begin: dt.datetime, end: dt.datetime, *pauses: Pause) -> Decided:
    return Decided(begin, end, pauses)


@given(DAYS, st.integers(0, 400))
def test_the_period_before_has_as_many_days_and_ends_where_this_one_begins(first: dt.date, days: int) -> None:
    period = Period(first, first + dt.timedelta(days=days))
    before = period.before
    assert (before.last - before.first, before.moments[1]) == (period.last - period.first, period.moments[0])


@given(DAYS)
def test_every_named_period_but_the_last_month_holds_the_day_and_begins_and_ends_on_jalali_bounds(
    day: dt.date,
) -> None:
    made = {name: period(day) for name, period in PERIODS.items()}
    assert all(one.first <= day <= one.last for name, one in made.items() if name != "last_month")
    assert (weekday(made["week"].first), (made["week"].last - made["week"].first).days) == (0, 6)
    for name in ("month", "last_month", "season", "year"):
        after = made[name].last + dt.timedelta(days=1)
        assert (jalali(made[name].first)[2], jalali(after)[2]) == (1, 1)
    assert made["last_month"].last + dt.timedelta(days=1) == made["month"].first
    assert jalali(made["season"].first)[1] in {1, 4, 7, 10}
    assert jalali(made["year"].first)[1] == 1


def test_a_season_and_a_leap_year_end_where_the_calendar_says() -> None:
    winter = Period(gregorian(1403, 10, 1), gregorian(1403, 12, 30))
    assert PERIODS["season"](gregorian(1403, 11, 1)) == winter
    assert PERIODS["year"](gregorian(1405, 5, 5)).last == gregorian(1405, 12, 29)
    assert last_days(gregorian(1405, 7, 10), 10).first == gregorian(1405, 7, 1)


def test_a_day_begins_and_ends_at_midnight_in_tehran() -> None:
    begin, end = Period(gregorian(1405, 7, 13), gregorian(1405, 7, 13)).moments
    assert (begin.isoformat(), end.isoformat()) == ("2026-10-04T20:30:00+00:00", "2026-10-05T20:30:00+00:00")


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values: list[int], share: int) -> None:
    reached = [v for v in values if 100 * sum(other <= v for other in values) >= share * len(values)]
    assert percentile(values, share) == min(reached)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([True, False, None]))))
def test_figures_of_groups_are_those_of_each_one_counted_alone(each: list[tuple[int, bool | None]]) -> None:
    grouped = Times.of((days, kept, count) for (days, kept), count in Counter(each).items())
    days, judged = [took for took, _ in each], [kept for _, kept in each if kept is not None]
    assert grouped == Times(
        len(each), percentile(days, 50), percentile(days, 90), len(judged), judged.count(True)
    )


def test_of_no_values_there_is_no_percentile() -> None:
    assert percentile((), 50) is None


@given(MOMENTS, LENGTHS, st.lists(LENGTHS, min_size=2, max_size=4))
def test_working_days_are_those_at_whose_close_the_clock_ran(
    begin: dt.datetime, took: dt.timedelta, cuts: list[dt.timedelta]
) -> None:
    end = begin + took
    edges = sorted(begin + min(cut, took) for cut in cuts[: len(cuts) // 2 * 2])
    pauses = [Pause(a, b, "correction") for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    day, counted = tehran_day(begin), 0
    while day < tehran_day(end):
        day += dt.timedelta(days=1)
        runs = not any(pause.covers(CALENDAR.close(day)) for pause in pauses)
        counted += CALENDAR.is_working_day(day) and runs
    assert Measure(CALENDAR, None).working_days(case(begin, end, *pauses)) == counted


@given(MOMENTS, LENGTHS, st.integers(1, 12), st.sampled_from(["days", "hours"]))
def test_a_target_is_kept_up_to_the_moment_at_which_it_is_up(
    begin: dt.datetime, took: dt.timedelta, amount: int, unit: str
) -> None:
    span = Span(amount, "days" if unit == "days" else "hours")
    until = due(span, begin, (), CALENDAR).at
    kept = Measure(CALENDAR, span).kept(case(begin, begin + took))
    assert kept == (None if until is None else begin + took <= until)


def test_days_off_and_the_wait_for_a_correction_are_not_counted() -> None:
    measure = Measure(CALENDAR, Span(2, "days"))
    assert measure.working_days(case(at(11), at(11, 12))) == 0
    assert measure.working_days(case(at(11), at(15))) == 3, "۱۴ مهر was closed at a day's notice"
    waited = Pause(at(12), at(15, 9), "correction")
    assert measure.working_days(case(at(11), at(15), waited)) == 1
    assert measure.times([case(at(11), at(15)), case(at(11), at(15), waited)]) == Times(2, 1, 3, 2, 1)


def test_a_share_is_never_better_than_it_was() -> None:
    assert Times(3, 1, 1, judged=3, kept=2).share == 66
    assert Times(3, 1, 1).share is None
