"""Waiting after misses: the numbers of the parameter sheet, at their edges."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.throttle import (
    CODE_BY_ASKER,
    EVERYWHERE,
    PASSCODE_BY_ASKER,
    PASSCODE_BY_FORM,
    PASSCODE_BY_FORM_AND_ASKER,
    UNTIL_RESET,
    Counter,
    Rule,
    after_miss,
    blocked,
    needs_reset,
    passcode_wait,
    raises_alarm,
)

RULES = {
    rule.scope: rule
    for rule in (CODE_BY_ASKER, PASSCODE_BY_FORM_AND_ASKER, PASSCODE_BY_ASKER, PASSCODE_BY_FORM, EVERYWHERE)
}
NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def missed(rule: Rule, times: int, *, counter: Counter | None = None, now: datetime = NOON) -> Counter:
    for _ in range(times):
        counter = after_miss(rule, counter, now)
    assert counter is not None
    return counter


def test_the_parameter_sheet_stands_in_the_rules() -> None:
    assert {scope: (rule.limit, rule.window, rule.forgiven) for scope, rule in RULES.items()} == {
        "code_by_asker": (10, timedelta(hours=24), False),
        "passcode_by_form_and_asker": (5, None, True),
        "passcode_by_asker": (10, HOUR, False),
        "passcode_by_form": (100, None, True),
        "everywhere": (201, HOUR, False),
    }


@pytest.mark.parametrize(
    ("wrong", "minutes"),
    [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (11, 960), (12, 1440), (13, 1440), (10**6, 1440)],
)
def test_the_wait_for_a_passcode_doubles_up_to_a_day(wrong: int, minutes: int) -> None:
    assert passcode_wait(wrong) == minutes * MINUTE


def test_nobody_waits_before_the_first_miss() -> None:
    assert blocked(None, NOON) is None


@pytest.mark.parametrize(
    ("rule", "wait"),
    [
        (CODE_BY_ASKER, 15 * MINUTE),
        (PASSCODE_BY_FORM_AND_ASKER, 15 * MINUTE),
        (PASSCODE_BY_ASKER, HOUR),
        (PASSCODE_BY_FORM, UNTIL_RESET - NOON),
    ],
)
def test_a_rule_bites_at_its_limit_and_not_one_miss_before(rule: Rule, wait: timedelta) -> None:
    before = missed(rule, rule.limit - 1)
    assert blocked(before, NOON) is None
    at_limit = after_miss(rule, before, NOON)
    assert at_limit == Counter(rule.limit, NOON, NOON + wait)
    assert blocked(at_limit, NOON) == NOON + wait


def test_a_wait_is_over_at_its_moment() -> None:
    counter = missed(CODE_BY_ASKER, 10)
    assert blocked(counter, NOON + 15 * MINUTE - timedelta(seconds=1)) == NOON + 15 * MINUTE
    assert blocked(counter, NOON + 15 * MINUTE) is None


def test_the_sixth_wrong_passcode_doubles_the_wait_even_days_later() -> None:
    later = NOON + timedelta(days=3)
    counter = after_miss(PASSCODE_BY_FORM_AND_ASKER, missed(PASSCODE_BY_FORM_AND_ASKER, 5), later)
    assert blocked(counter, later) == later + 30 * MINUTE


def test_an_hour_after_the_first_miss_the_count_starts_anew() -> None:
    nine = missed(PASSCODE_BY_ASKER, 9)
    in_time = after_miss(PASSCODE_BY_ASKER, nine, NOON + HOUR - MINUTE)
    assert (in_time.misses, in_time.since) == (10, NOON)
    assert after_miss(PASSCODE_BY_ASKER, nine, NOON + HOUR) == Counter(1, NOON + HOUR)


def test_a_form_missed_a_hundred_times_opens_by_an_admins_reset_only() -> None:
    assert needs_reset(missed(PASSCODE_BY_FORM, 99)) is False
    counter = missed(PASSCODE_BY_FORM, 100)
    assert needs_reset(counter) is True
    assert blocked(counter, NOON + timedelta(days=365 * 50)) == UNTIL_RESET
    assert needs_reset(None) is False


def test_the_alarm_rings_once_above_two_hundred_misses_and_blocks_nobody() -> None:
    counter, rings = None, []
    for miss in range(1, 301):
        counter = after_miss(EVERYWHERE, counter, NOON)
        if raises_alarm(EVERYWHERE, counter):
            rings.append(miss)
    assert rings == [201]
    assert blocked(counter, NOON) is None
    assert raises_alarm(PASSCODE_BY_FORM, Counter(201, NOON)) is False


def test_a_clock_set_back_opens_no_lock() -> None:
    counter = missed(PASSCODE_BY_FORM_AND_ASKER, 5)
    day_before = NOON - timedelta(days=1)
    assert blocked(counter, day_before) == NOON + 15 * MINUTE
    assert after_miss(PASSCODE_BY_FORM_AND_ASKER, counter, day_before).blocked_until == NOON + 15 * MINUTE


moments = st.timedeltas(timedelta(), timedelta(days=2)).map(lambda after: NOON + after)


@given(st.sampled_from(sorted(RULES)), st.lists(moments, min_size=1, max_size=40))
def test_a_further_miss_never_shortens_a_wait(scope: str, when: list[datetime]) -> None:
    counter: Counter | None = None
    for now in when:
        before = blocked(counter, now)
        counter = after_miss(RULES[scope], counter, now)
        after = blocked(counter, now)
        assert before is None or (after is not None and after >= before)
