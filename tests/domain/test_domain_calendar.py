"""The working calendar and the targets that run by it: nothing hangs on the host, every move has its line."""

import datetime as dt
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, DayOff, Period
from domain.clocks import CORRECTION, DECISION, FIRST_LOOK, Clock, clocks_of, rungs
from domain.lifecycle import State
from domain.targets import Due, Pause, Span, ahead, due
from persian.dates import TEHRAN, days_in_month, gregorian, jalali

EIGHT_TO_SIX = Period(((dt.time(8), dt.time(18)),))
WITH_LUNCH = Period(((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17))))
BARE = Calendar()
OFFICE = Calendar(periods=(EIGHT_TO_SIX,))
SATURDAY = gregorian(1405, 7, 11)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment in Tehran."""
    return dt.datetime.combine(day, dt.time(hour, minute), TEHRAN)


def after(day: dt.date, days: int) -> dt.date:
    """So many days later."""
    return day + dt.timedelta(days=days)


def closed(day: dt.date, name: str = "برودت هوا") -> DayOff:
    """A closure of the office."""
    return DayOff(day, "closure", name)


def up(found: Due) -> dt.datetime:
    """When it is up; never comes after everything."""
    return found.at or NEVER


moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 1, 1)).map(  # noqa: DTZ001 - given a zone
    lambda naive: naive.replace(tzinfo=dt.UTC, microsecond=0)
)
days = st.dates(dt.date(2024, 1, 1), dt.date(2028, 6, 1))
times = st.integers(0, 47).map(lambda half: dt.time(half // 2, 30 * (half % 2)))
"""Half-hours: an office that is open for a minute a day is none."""
spans = st.builds(Span, st.integers(1, 30), st.sampled_from(["days", "hours"]))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Hours of the whole year, one span or several."""
    edges = sorted(draw(st.lists(times, min_size=2, max_size=6, unique=True)))
    return Period(tuple((a, b) for n, (a, b) in enumerate(pairwise(edges)) if n % 2 == 0))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """An office with a weekend, closures and hours."""
    weekend = draw(st.frozensets(st.integers(0, 6), max_size=5))
    off = tuple(closed(day) for day in sorted(draw(st.sets(days, max_size=20))))
    return Calendar(weekend, off, (draw(periods()),))


@st.composite
def pauses(draw: st.DrawFn, begin: dt.datetime) -> tuple[Pause, ...]:
    """Times after a beginning in which the clock stood still; the last may go on."""
    minutes = sorted(draw(st.lists(st.integers(0, 60 * 24 * 40), max_size=6, unique=True)))
    edges: list[dt.datetime | None] = [begin + dt.timedelta(minutes=each) for each in minutes]
    if len(edges) % 2:
        edges.append(None)
    return tuple(Pause(a, b, "correction") for a, b in zip(edges[::2], edges[1::2], strict=True) if a)


def test_four_office_hours_from_four_in_the_afternoon_are_up_at_ten_the_next_morning() -> None:
    assert due(Span(4, "hours"), at(SATURDAY, 16), (), OFFICE) == Due(at(after(SATURDAY, 1), 10))


def test_a_lunch_break_is_no_office_hour() -> None:
    calendar = Calendar(periods=(WITH_LUNCH,))
    assert due(Span(4, "hours"), at(SATURDAY, 11), (), calendar) == Due(at(SATURDAY, 16))


@settings(max_examples=60, deadline=None)
@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_target_in_working_days_asks_no_hour_of_the_day(hour: int, minute: int) -> None:
    begin = at(SATURDAY, hour, minute)
    assert due(Span(2, "days"), begin, (), OFFICE) == Due(at(after(SATURDAY, 2), 18))
    assert due(Span(2, "days"), begin, (), BARE) == Due(at(after(SATURDAY, 2), 23, 59))


def test_office_hours_that_are_not_set_give_no_date_and_say_so() -> None:
    assert due(Span(8, "hours"), at(SATURDAY, 9), (), BARE) == Due(None, (("no_hours", {}),))


def test_one_working_day_and_eight_office_hours_are_two_things() -> None:
    late = at(SATURDAY, 17)
    assert due(Span(1, "days"), late, (), OFFICE).at == at(after(SATURDAY, 1), 18)
    assert due(Span(8, "hours"), late, (), OFFICE).at == at(after(SATURDAY, 1), 15)


def test_everything_that_moved_a_target_has_its_line() -> None:
    wednesday, sunday = after(SATURDAY, 4), after(SATURDAY, 8)
    holiday = DayOff(after(SATURDAY, 7), "holiday", "عید")
    doubtful = DayOff(after(SATURDAY, 10), "holiday", "مبعث", confirmed=False)
    calendar = Calendar(days=(closed(sunday), holiday, doubtful))
    pause = Pause(at(after(SATURDAY, 9), 10), at(after(SATURDAY, 10), 9), "correction")
    found = due(Span(1, "days"), at(wednesday, 9), (pause,), calendar)
    assert found == Due(
        at(after(SATURDAY, 10), 23, 59),
        (
            ("holiday", {"day": holiday.day, "name": "عید"}),
            ("closure", {"day": sunday, "name": "برودت هوا"}),
            ("pause", {"begin": pause.begin, "end": pause.end, "why": "correction"}),
            ("doubtful", {"day": doubtful.day, "name": "مبعث"}),
            ("weekend", {"days": 2}),
        ),
    )


def test_a_holiday_on_a_weekly_day_off_moves_nothing_and_has_no_line() -> None:
    friday = after(SATURDAY, 6)
    assert due(Span(1, "days"), at(after(SATURDAY, 4), 9), (), Calendar(days=(closed(friday),))) == Due(
        at(after(SATURDAY, 7), 23, 59), (("weekend", {"days": 2}),)
    )


@settings(max_examples=60, deadline=None)
@given(day=days, calendar=calendars(), begin=moments, span=spans)
def test_an_unconfirmed_lunar_day_moves_no_date(
    day: dt.date, calendar: Calendar, begin: dt.datetime, span: Span
) -> None:
    assume(calendar.named(day) is None)
    doubtful = replace(calendar, days=(*calendar.days, DayOff(day, "holiday", "عید", confirmed=False)))
    assert due(span, begin, (), doubtful).at == due(span, begin, (), calendar).at


@settings(max_examples=60, deadline=None)
@given(data=st.data(), calendar=calendars(), begin=moments, span=spans, day=days)
def test_a_closure_never_brings_a_target_nearer(
    data: st.DataObject, calendar: Calendar, begin: dt.datetime, span: Span, day: dt.date
) -> None:
    assume(calendar.named(day) is None)
    stops = data.draw(pauses(begin))
    more = replace(calendar, days=(*calendar.days, closed(day)))
    before, then = due(span, begin, stops, calendar), due(span, begin, stops, more)
    assert up(then) >= up(before)
    named = ("closure", {"day": day, "name": "برودت هوا"}) in then.lines
    assert named or then == before, "what moves a target is named"


@settings(max_examples=60, deadline=None)
@given(data=st.data(), calendar=calendars(), begin=moments, span=spans)
def test_a_pause_never_brings_a_target_nearer(
    data: st.DataObject, calendar: Calendar, begin: dt.datetime, span: Span
) -> None:
    stops = data.draw(pauses(begin))
    assert [up(due(span, begin, stops[:n], calendar)) for n in range(len(stops) + 1)] == sorted(
        up(due(span, begin, stops[:n], calendar)) for n in range(len(stops) + 1)
    )


@settings(max_examples=60, deadline=None)
@given(data=st.data(), calendar=calendars(), begin=moments, span=spans)
def test_a_target_is_up_in_working_time_while_its_clock_runs(
    data: st.DataObject, calendar: Calendar, begin: dt.datetime, span: Span
) -> None:
    stops = data.draw(pauses(begin))
    found = due(span, begin, stops, calendar).at
    if found is None:
        assert stops[-1].end is None, "only a pause that goes on leaves it without a date"
        return
    day = found.astimezone(TEHRAN).date()
    assert found > begin
    assert calendar.is_working_day(day)
    assert any(opened < found <= closes for opened, closes in calendar.office_spans(day))
    assert not any(pause.begin < found and (pause.end is None or found < pause.end) for pause in stops)


@settings(max_examples=60, deadline=None)
@given(
    calendar=calendars(), begin=moments, amount=st.integers(1, 20), unit=st.sampled_from(["days", "hours"])
)
def test_more_time_is_never_up_earlier(
    calendar: Calendar, begin: dt.datetime, amount: int, unit: str
) -> None:
    shorter, longer = Span.of(f"{amount}{unit[0]}"), Span.of(f"{amount + 1}{unit[0]}")
    assert up(due(shorter, begin, (), calendar)) < up(due(longer, begin, (), calendar))


@settings(max_examples=60, deadline=None)
@given(calendar=calendars(), begin=moments, hours=st.integers(1, 30))
def test_so_many_office_hours_ahead_of_a_target_is_where_it_began(
    calendar: Calendar, begin: dt.datetime, hours: int
) -> None:
    opened = calendar.next_open(begin)
    assert opened is not None
    target = due(Span(hours, "hours"), opened, (), calendar).at
    assert target is not None
    assert ahead(Span(hours, "hours"), target, calendar) == opened


@settings(max_examples=60, deadline=None)
@given(calendar=calendars(), moment=moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar: Calendar, moment: dt.datetime) -> None:
    opens = calendar.next_open(moment)
    assert opens is not None
    assert calendar.is_open(opens)
    assert opens == moment or not calendar.is_open(moment)
    assert opens == moment or not calendar.is_open(opens - dt.timedelta(minutes=1))


def test_without_office_hours_people_are_reminded_on_working_days_only_and_never_at_night() -> None:
    assert [BARE.is_open(at(SATURDAY, hour)) for hour in (7, 8, 19, 20)] == [False, True, True, False]
    thursday = after(SATURDAY, 5)
    assert not BARE.is_open(at(thursday, 12))
    assert BARE.next_open(at(thursday, 12)) == at(after(SATURDAY, 7), 8)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tehran"])
def test_the_zone_of_the_host_changes_nothing(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        late = dt.datetime(2026, 10, 3, 20, 45, tzinfo=dt.UTC)  # a quarter past midnight in Tehran
        assert due(Span(1, "days"), late, (), OFFICE).at == at(dt.date(2026, 10, 5), 18)
        assert OFFICE.is_open(dt.datetime(2026, 10, 3, 4, 30, tzinfo=dt.UTC))
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_target_over_the_new_year_counts_neither_its_holidays_nor_a_leap_day_twice() -> None:
    last = gregorian(1403, 12, 30)  # a leap year: Esfand has thirty days
    nowruz = tuple(DayOff(gregorian(1404, 1, n), "holiday", "نوروز") for n in (1, 2, 3, 4, 12, 13))
    calendar = Calendar(days=nowruz)
    assert jalali(after(last, 1)) == (1404, 1, 1)
    wednesday = gregorian(1403, 12, 29)
    found = due(Span(1, "days"), at(wednesday, 9), (), calendar)
    assert found.at == at(gregorian(1404, 1, 5), 23, 59)
    assert [code for code, _ in found.lines] == ["holiday", "holiday", "holiday", "weekend"]


@given(st.integers(0, 364), st.integers(1, 364), st.integers(1400, 1420))
def test_two_seasons_that_touch_cover_every_day_of_every_year(first: int, size: int, year: int) -> None:
    ordinary = [(month, day) for month in range(1, 13) for day in range(1, days_in_month(1405, month) + 1)]
    edges = [ordinary[n % 365] for n in (first, first + size - 1, first + size, first - 1)]
    both = [Period(EIGHT_TO_SIX.spans, season=(edges[n], edges[n + 1])) for n in (0, 2)]
    length = days_in_month(year, 12)
    assert all(
        [period.covers(gregorian(year, month, day)) for period in both].count(True) == 1
        for month, day in [*ordinary, (12, length)]
    )


def test_a_pause_after_a_target_was_up_has_not_moved_it() -> None:
    begin = at(SATURDAY, 8)
    later = Pause(at(SATURDAY, 13), at(SATURDAY, 14), "correction")
    earlier = Pause(at(SATURDAY, 9), at(SATURDAY, 10), "correction")
    assert due(Span(2, "hours"), begin, [later], OFFICE) == Due(at(SATURDAY, 10))
    found = due(Span(2, "hours"), begin, [earlier, later], OFFICE)
    assert (found.at, [values["begin"] for _, values in found.lines]) == (at(SATURDAY, 11), [earlier.begin])


def test_hours_go_by_the_season_and_by_ramadan_before_it() -> None:
    winter = Period(((dt.time(8), dt.time(14)),), season=((10, 1), (12, 30)))
    over_the_year = Period(((dt.time(7), dt.time(13)),), season=((12, 15), (1, 15)))
    ramadan = Period(((dt.time(9), dt.time(14)),), dates=(gregorian(1405, 11, 20), gregorian(1405, 12, 19)))
    calendar = Calendar(periods=(EIGHT_TO_SIX, winter, ramadan))
    opening = {
        (7, 11): dt.time(8),
        (10, 1): dt.time(8),
        (11, 20): dt.time(9),
        (12, 19): dt.time(9),
    }
    assert {day: calendar.ordinary_spans(gregorian(1405, *day))[0][0] for day in opening} == opening
    assert calendar.ordinary_spans(gregorian(1405, 10, 2)) == winter.spans
    covered = ((12, 14), (12, 15), (12, 29), (1, 1), (1, 15), (1, 16))
    assert [over_the_year.covers(gregorian(1405, *day)) for day in covered] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


def test_a_case_has_a_clock_for_the_first_look_for_the_decision_and_for_every_correction() -> None:
    times_ = [at(SATURDAY, hour) for hour in range(8, 16)]
    states = (
        State.SUBMITTED,
        State.IN_REVIEW,
        State.RETURNED,
        State.SUBMITTED,
        State.IN_REVIEW,
        State.IN_REVIEW,
        State.AWAITING_SIGNATURE,
        State.AGREED,
    )
    assert clocks_of(list(zip(times_, states, strict=True))) == (
        Clock(FIRST_LOOK, times_[0], (), times_[1]),
        Clock(DECISION, times_[0], (Pause(times_[2], times_[3], "correction"),), times_[7]),
        Clock(CORRECTION, times_[2], (), times_[3]),
    )


def test_a_later_decision_runs_on_a_clock_of_its_own() -> None:
    times_ = [at(SATURDAY, hour) for hour in range(8, 13)]
    states = (State.SUBMITTED, State.IN_REVIEW, State.AGREED, State.SUPERSEDED, State.AWAITING_SIGNATURE)
    assert [each for each in clocks_of(list(zip(times_, states, strict=True))) if each.name == DECISION] == [
        Clock(DECISION, times_[0], (), times_[2]),
        Clock(DECISION, times_[4]),
    ]


def test_the_directors_hear_of_a_breach_on_the_working_day_after_its_holder() -> None:
    wednesday = after(SATURDAY, 4)
    found = rungs(Clock(DECISION, at(after(SATURDAY, 2), 9)), Span(2, "days"), Span(1, "days"), OFFICE)
    assert found.due.at == at(wednesday, 18)
    assert found.warn_at == at(after(SATURDAY, 3), 8)
    assert found.escalate_at == at(after(SATURDAY, 8), 8), "its holder hears of it on Saturday morning"


@pytest.mark.parametrize("warn_before", [None, Span(4, "days"), Span(9, "days")])
def test_a_correction_is_reminded_of_half_way_where_no_earlier_word_is_set_or_fits(
    warn_before: Span | None,
) -> None:
    found = rungs(Clock(CORRECTION, at(SATURDAY, 9)), Span(4, "days"), warn_before, OFFICE)
    assert (found.warn_at, found.due.at) == (at(after(SATURDAY, 2), 18), at(after(SATURDAY, 4), 18))


def test_a_correction_is_reminded_of_as_early_as_is_set_and_nobody_is_told_on_the_agency() -> None:
    found = rungs(Clock(CORRECTION, at(SATURDAY, 9)), Span(4, "days"), Span(1, "days"), OFFICE)
    assert (found.warn_at, found.due.at) == (at(after(SATURDAY, 3), 8), at(after(SATURDAY, 4), 18))
    assert found.escalate_at is None
