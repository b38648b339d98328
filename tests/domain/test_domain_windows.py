"""What is announced of a maintenance, when, and the share of the time with service."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.windows import (
    DAY,
    HOUR,
    MINUTE,
    Availability,
    Outage,
    Plan,
    Word,
    availability,
    due,
    in_force,
    is_urgent,
    outages_of,
    overlap,
    promised,
)

MADE = datetime(2026, 10, 1, 6, 30, tzinfo=UTC)
BEGINS = MADE + timedelta(days=3)
ENDS = BEGINS + timedelta(hours=2)
PLAN = Plan(BEGINS, ENDS, MADE)


def walk(plan: Plan, looks: list[datetime], *, ends_alone: bool = False, quiet: bool = False) -> list[Word]:
    """What is announced by a process that looks at these moments only."""
    told: list[Word] = []
    for now in looks:
        word = due(plan, now, told, ends_alone=ends_alone, quiet=quiet)
        if word is not None:
            told.append(word)
    return told


def every(minutes: int, begin: datetime, end: datetime) -> list[datetime]:
    return [begin + minutes * n * MINUTE for n in range((end - begin) // (minutes * MINUTE) + 1)]


def test_a_process_that_is_always_there_announces_everything_once_and_in_order() -> None:
    looks = every(7, MADE, ENDS + DAY)
    before = [Word.DAY_BEFORE, Word.HOUR_BEFORE, Word.STARTED]
    assert walk(PLAN, looks) == [*before, Word.OVERRUN]
    assert walk(PLAN, looks, ends_alone=True) == [*before, Word.ENDED]


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (BEGINS - HOUR, Word.HOUR_BEFORE),
        (BEGINS - MINUTE, Word.HOUR_BEFORE),
        (BEGINS, Word.STARTED),
        (ENDS - MINUTE, Word.STARTED),
        (ENDS, Word.OVERRUN),
    ],
)
def test_a_process_that_was_down_announces_only_what_is_still_true(back: datetime, told: Word) -> None:
    assert walk(PLAN, [MADE, back, back + MINUTE / 2]) == [told]


def test_what_had_passed_when_it_was_announced_was_told_with_it() -> None:
    late = Plan(BEGINS, ENDS, BEGINS - 30 * MINUTE)
    assert walk(late, every(1, late.announced_at, BEGINS - MINUTE)) == []
    extended = Plan(BEGINS, ENDS + HOUR, BEGINS + HOUR)
    assert walk(extended, every(1, extended.announced_at, ENDS + HOUR)) == [Word.OVERRUN]


def test_the_word_of_the_day_before_waits_for_the_morning_but_never_past_the_last_hour() -> None:
    night = BEGINS - DAY
    assert due(PLAN, night, [], ends_alone=False, quiet=True) is None
    assert due(PLAN, night + 9 * HOUR, [], ends_alone=False, quiet=False) is Word.DAY_BEFORE
    assert due(PLAN, BEGINS - HOUR, [], ends_alone=False, quiet=True) is Word.HOUR_BEFORE
    assert due(PLAN, BEGINS - MINUTE, [Word.HOUR_BEFORE], ends_alone=False, quiet=False) is None


@given(minutes=st.lists(st.integers(0, 5 * 24 * 60), max_size=40), ends_alone=st.booleans())
def test_whenever_it_looks_nothing_is_announced_twice_or_out_of_order(
    *, minutes: list[int], ends_alone: bool
) -> None:
    order = [Word.DAY_BEFORE, Word.HOUR_BEFORE, Word.STARTED, Word.ENDED if ends_alone else Word.OVERRUN]
    told = walk(PLAN, [MADE + m * MINUTE for m in sorted(minutes)], ends_alone=ends_alone)
    assert told == [word for word in order if word in told]


def test_a_window_goes_on_from_its_begin_until_somebody_or_the_clock_ends_it() -> None:
    moments = (BEGINS - MINUTE, BEGINS, ENDS - MINUTE, ENDS)
    assert [in_force(BEGINS, ENDS, at, ends_alone=True) for at in moments] == [False, True, True, False]
    assert [in_force(BEGINS, ENDS, at, ends_alone=False) for at in moments] == [False, True, True, True]


def test_what_begins_within_a_day_does_not_wait_for_the_morning() -> None:
    assert is_urgent([BEGINS], BEGINS - DAY)
    assert not is_urgent([BEGINS], BEGINS - DAY - MINUTE)
    assert is_urgent([BEGINS + 5 * DAY, BEGINS], BEGINS - DAY), "who keeps away tonight has to know now"


def test_two_windows_may_follow_one_another_but_not_overlap() -> None:
    assert not overlap((BEGINS, ENDS), (ENDS, ENDS + HOUR))
    assert overlap((BEGINS, ENDS), (ENDS - MINUTE, ENDS + HOUR))
    assert overlap((BEGINS, ENDS), (BEGINS - HOUR, ENDS + HOUR))


# The share of the time with service

QUARTER = timedelta(days=90)
END = MADE + QUARTER


def outage(begin: int, end: int, *, planned: bool) -> Outage:
    return Outage(MADE + begin * MINUTE, MADE + end * MINUTE, planned)


def test_the_share_of_ninety_days_is_what_the_log_leaves() -> None:
    log = [outage(100, 160, planned=True), outage(500, 530, planned=False)]
    figure = availability(log, MADE, END)
    assert figure == Availability(129_600, 60, 30)
    assert figure.up == 129_510
    assert figure.hundredths == 9993


def test_an_incident_in_a_planned_window_counts_as_unplanned_and_only_once() -> None:
    log = [outage(100, 160, planned=True), outage(150, 170, planned=False), outage(155, 165, planned=False)]
    assert availability(log, MADE, END) == Availability(129_600, 50, 20)


def test_the_share_is_never_rounded_up_to_the_whole() -> None:
    assert availability([outage(0, 1, planned=False)], MADE, END).hundredths == 9999
    half = Outage(MADE, MADE + MINUTE / 2, planned=False)
    assert availability([half], MADE, END) == Availability(129_600, 0, 1)


def test_only_what_lies_within_the_time_counts() -> None:
    log = [
        outage(-50, 10, planned=False),
        outage(-50, -10, planned=True),
        outage(129_590, 200_000, planned=True),
    ]
    assert availability(log, MADE, END) == Availability(129_600, 10, 10)


SPANS = st.tuples(st.integers(-100, 700), st.integers(-100, 700), st.booleans())


@given(st.lists(SPANS, max_size=12))
def test_the_figure_equals_counting_the_log_minute_by_minute(spans: list[tuple[int, int, bool]]) -> None:
    log = [outage(begin, end, planned=planned) for begin, end, planned in spans]
    planned, unplanned = 0, 0
    for minute in range(600):
        kinds = {kind for begin, end, kind in spans if begin <= minute < end}
        unplanned += False in kinds
        planned += kinds == {True}
    expected = Availability(600, planned, unplanned)
    assert availability(log, MADE, MADE + 600 * MINUTE) == expected
    assert expected.up + expected.planned + expected.unplanned == 600


def test_what_went_past_its_announced_end_was_announced_to_nobody() -> None:
    assert outages_of(BEGINS, ENDS, ENDS + HOUR) == (
        Outage(BEGINS, ENDS, planned=True),
        Outage(ENDS, ENDS + HOUR, planned=False),
    )
    assert outages_of(BEGINS, None, BEGINS + HOUR) == (Outage(BEGINS, BEGINS + HOUR, planned=False),)
    assert outages_of(BEGINS, ENDS, BEGINS - HOUR) == ()


@pytest.mark.parametrize(
    ("plans", "end"),
    [
        ([PLAN], ENDS),
        ([Plan(BEGINS, ENDS, MADE, late=True)], None),
        ([PLAN, Plan(BEGINS, ENDS + HOUR, BEGINS)], ENDS + HOUR),
        ([PLAN, Plan(BEGINS, ENDS + HOUR, BEGINS, late=True)], ENDS),
        ([PLAN, Plan(BEGINS, ENDS + HOUR, ENDS)], ENDS),
        ([PLAN, Plan(BEGINS, ENDS - HOUR, BEGINS)], ENDS - HOUR),
        ([PLAN, Plan(BEGINS + DAY, ENDS + DAY, MADE + HOUR)], ENDS + DAY),
        ([PLAN, Plan(BEGINS + DAY, ENDS + DAY, MADE + HOUR, late=True)], None),
        ([Plan(BEGINS, ENDS, MADE, late=True), Plan(BEGINS, ENDS + HOUR, BEGINS)], None),
    ],
)
def test_a_window_is_planned_until_the_end_that_was_announced_in_time(
    plans: list[Plan], end: datetime | None
) -> None:
    assert promised(plans) == end


@given(
    st.lists(st.tuples(st.integers(1, 72), st.integers(0, 72), st.booleans()), min_size=1, max_size=5).map(
        lambda found: sorted(found, key=lambda one: one[1])
    )
)
def test_what_is_announced_late_or_afterwards_makes_no_minute_planned(
    found: list[tuple[int, int, bool]],
) -> None:
    plans = [Plan(BEGINS, BEGINS + hours * HOUR, BEGINS + at * HOUR, late) for hours, at, late in found]
    ends = [promised(plans[: n + 1]) for n in range(len(plans))]
    for (before, after), plan in zip(pairwise(ends), plans[1:], strict=True):
        if before is None or plan.late or plan.announced_at >= before:
            assert (after or BEGINS) <= (before or BEGINS)
