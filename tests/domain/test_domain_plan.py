"""Plans of payment: sums to the rial, dates by the Jalali calendar."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plan import Plan, PlanRow, deferral_plan, instalment_plan, plan_of
from domain.proposal import check
from persian.dates import add_months, days_in_month, gregorian, jalali
from persian.money import Rials

AnswersOf = Callable[..., dict[str, object]]

amounts = st.integers(min_value=120, max_value=10**15 - 1)
counts = st.integers(min_value=2, max_value=120)
first_days = st.dates(date(2026, 3, 21), date(2028, 3, 19))


def test_three_instalments_carry_the_remainder_in_the_last() -> None:
    plan = instalment_plan(100, None, 3, gregorian(1405, 7, 9), 1)
    assert plan == Plan(
        (
            PlanRow(1, "instalment", gregorian(1405, 7, 9), Rials(33)),
            PlanRow(2, "instalment", gregorian(1405, 8, 9), Rials(33)),
            PlanRow(3, "instalment", gregorian(1405, 9, 9), Rials(34)),
        ),
        Rials(100),
    )


def test_a_down_payment_stands_first_and_has_no_date() -> None:
    plan = instalment_plan(1_000, 100, 2, gregorian(1405, 7, 9), 3)
    assert plan.rows == (
        PlanRow(1, "down_payment", None, Rials(100)),
        PlanRow(2, "instalment", gregorian(1405, 7, 9), Rials(450)),
        PlanRow(3, "instalment", gregorian(1405, 10, 9), Rials(450)),
    )


def test_a_short_month_moves_its_own_date_only() -> None:
    plan = instalment_plan(700, None, 7, gregorian(1405, 6, 31), 1)
    days = [jalali(row.due)[1:] for row in plan.rows if row.due]
    assert days == [(6, 31), (7, 30), (8, 30), (9, 30), (10, 30), (11, 30), (12, 29)]
    again = instalment_plan(300, None, 3, gregorian(1405, 6, 31), 6).rows[2].due
    assert again == gregorian(1406, 6, 31)


def test_a_deferral_is_one_payment_on_its_day() -> None:
    due = gregorian(1406, 1, 15)
    assert deferral_plan(85, due) == Plan((PlanRow(1, "deferred", due, Rials(85)),), Rials(85))


def test_the_plan_of_a_proposal_follows_its_kind(answers_of: AnswersOf, today: date) -> None:
    instalments = check(answers_of(down_payment=4_000_000), today=today)
    deferral = check(answers_of("deferral"), today=today)
    both = check(answers_of("both"), today=today)
    assert plan_of(instalments) == instalment_plan(100_000_000, 4_000_000, 12, date(2026, 11, 1), 1)
    assert plan_of(deferral) == deferral_plan(100_000_000, date(2027, 3, 1))
    assert plan_of(both) == instalment_plan(100_000_000, None, 24, date(2027, 4, 1), 2)


@given(amounts, counts, first_days, st.integers(1, 6), st.data())
def test_rows_always_add_up_to_the_amount_and_differ_in_the_last_only(
    amount: int, count: int, first: date, interval: int, data: st.DataObject
) -> None:
    down = data.draw(st.none() | st.integers(1, max(1, amount - count)))
    if amount - (down or 0) < count:
        return
    plan = instalment_plan(amount, down, count, first, interval)
    parts = [row.amount for row in plan.rows if row.part == "instalment"]
    assert sum(row.amount for row in plan.rows) == plan.total == amount
    assert len(set(parts[:-1])) == 1
    assert 1 <= parts[0] <= parts[-1] < parts[0] + count
    assert [row.number for row in plan.rows] == list(range(1, len(plan.rows) + 1))


@given(counts, first_days, st.integers(1, 6))
def test_each_due_date_is_counted_from_the_first_and_clamped(count: int, first: date, interval: int) -> None:
    rows = instalment_plan(1_000, None, count, first, interval).rows
    dues = [row.due for row in rows if row.due]
    assert dues == [add_months(first, k * interval) for k in range(count)]
    assert all(earlier < later for earlier, later in pairwise(dues))
    for year, month, day in map(jalali, dues):
        assert day == min(jalali(first)[2], days_in_month(year, month))


@pytest.mark.parametrize(("amount", "down", "count"), [(2, None, 3), (10, 8, 3), (10, 10, 1), (10, -1, 2)])
def test_there_is_no_plan_without_a_rial_in_each_instalment(
    amount: int, down: int | None, count: int
) -> None:
    with pytest.raises(ValueError, match="amount_below_instalments"):
        instalment_plan(amount, down, count, date(2026, 11, 1), 1)


def test_there_is_no_deferral_of_nothing() -> None:
    with pytest.raises(ValueError, match="amount_below_one"):
        deferral_plan(0, date(2026, 11, 1))
