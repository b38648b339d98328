"""What the answers of a proposal's form say to each other, complete or not.

None of these rules is a limit of the law: the by-law under Article 47 could not be read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kinds import DebtorKind, Kind
from persian.dates import jalali
from persian.money import Rials

LAST_JALALI_YEAR: Final = 1500
"""Where the calendar of this system ends; a plan cannot run past it. A technical bound."""
_CALENDAR = (date(1921, 3, 21), date(2122, 3, 20))  # 1300/1/1 to the last day of 1500

Answers = Mapping[str, object]
"""Answers by name, as a form keeps them: dates as `date` or ISO text; None means not given."""

_BY_INSTALMENTS = ("kind", (Kind.INSTALMENTS, Kind.BOTH))
_BRANCHES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "national_id": ("debtor_kind", (DebtorKind.NATURAL,)),
    "legal_id": ("debtor_kind", (DebtorKind.LEGAL,)),
    "debt_type_other": ("debt_type", ("other",)),
    "down_payment": _BY_INSTALMENTS,
    "instalments": _BY_INSTALMENTS,
    "interval_months": _BY_INSTALMENTS,
    "first_due": _BY_INSTALMENTS,
    "grace_until": ("kind", (Kind.BOTH,)),
    "deferred_to": ("kind", (Kind.DEFERRAL,)),
}


def closed_fields(answers: Answers) -> frozenset[str]:
    """Names of the answers not asked for, as the choices stand; a choice still open opens no branch."""
    return frozenset(
        name for name, (chooser, choices) in _BRANCHES.items() if answers.get(chooser) not in choices
    )


def as_day(value: object) -> date | None:
    """Read a `date` or ISO text of the Jalali years 1300 to 1500; a moment or anything else is no day."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return day if type(day) is date and _CALENDAR[0] <= day <= _CALENDAR[1] else None


@dataclass(frozen=True)
class RuleProblem:
    """One answer that does not go with another, or with today.

    Attributes:
        field: the answer to ask again.
        code: which rule.
        values: what the words need: Rials, whole numbers or dates, by name.
    """

    field: str
    code: str
    values: dict[str, object]


class _Given:
    """Answers read by type; what is missing, misshapen or in a closed branch reads as None."""

    def __init__(self, answers: Answers) -> None:
        closed = closed_fields(answers)
        self._answers = {name: value for name, value in answers.items() if name not in closed}

    def day(self, name: str) -> date | None:
        return as_day(self._answers.get(name))

    def whole(self, name: str) -> int | None:
        value = self._answers.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


Rule = Callable[[_Given, date], RuleProblem | None]


def _down_payment_below_amount(given: _Given, _today: date) -> RuleProblem | None:
    amount, down = given.whole("amount"), given.whole("down_payment")
    if amount is None or down is None or down < amount:
        return None
    values: dict[str, object] = {"amount": Rials(amount), "down_payment": Rials(down)}
    return RuleProblem("down_payment", "down_payment_not_below_amount", values)


def _a_rial_in_each_instalment(given: _Given, _today: date) -> RuleProblem | None:
    amount, count = given.whole("amount"), given.whole("instalments")
    down = given.whole("down_payment") or 0
    if amount is None or count is None or amount <= down or amount - down >= count:
        return None
    values: dict[str, object] = {"amount": Rials(amount), "down_payment": Rials(down), "instalments": count}
    return RuleProblem("instalments", "amount_below_instalments", values)


def _plan_within_calendar(given: _Given, _today: date) -> RuleProblem | None:
    """Refuse a last due date that this system's calendar cannot write: a technical bound."""
    first, count, interval = (
        given.day("first_due"),
        given.whole("instalments"),
        given.whole("interval_months"),
    )
    if first is None or count is None or interval is None:
        return None
    year, month, _ = jalali(first)
    last_year = year + (month - 1 + (count - 1) * interval) // 12
    if last_year <= LAST_JALALI_YEAR:
        return None
    values: dict[str, object] = {"last_year": last_year, "limit": LAST_JALALI_YEAR}
    return RuleProblem("instalments", "last_due_out_of_range", values)


def _first_due_after_grace(given: _Given, _today: date) -> RuleProblem | None:
    first, grace = given.day("first_due"), given.day("grace_until")
    if first is None or grace is None or first >= grace:
        return None
    return RuleProblem("first_due", "first_due_before_grace", {"first_due": first, "grace_until": grace})


def _dated(name: str, code: str, ok: Callable[[date, date], bool]) -> Rule:
    """Make the rule that the day `name` stands to today as `ok(day, today)` says."""

    def rule(given: _Given, today: date) -> RuleProblem | None:
        day = given.day(name)
        return None if day is None or ok(day, today) else RuleProblem(name, code, {name: day, "today": today})

    return rule


_TIMELESS_RULES: tuple[Rule, ...] = (
    _down_payment_below_amount,
    _a_rial_in_each_instalment,
    _plan_within_calendar,
    _first_due_after_grace,
)
_DATED_RULES: tuple[Rule, ...] = (
    _dated("letter_date", "letter_date_in_future", lambda day, today: day <= today),
    _dated("first_due", "first_due_before_today", lambda day, today: day >= today),
    _dated("grace_until", "grace_until_not_after_today", lambda day, today: day > today),
    _dated("deferred_to", "deferred_to_not_after_today", lambda day, today: day > today),
)


def timeless_problems(answers: Answers) -> tuple[RuleProblem, ...]:
    """The problems that no change of the day would mend; what a stored proposal is held to as well."""
    return _problems(_TIMELESS_RULES, answers, date.min)


def _problems(rules: tuple[Rule, ...], answers: Answers, today: date) -> tuple[RuleProblem, ...]:
    given = _Given(answers)
    found = (rule(given, today) for rule in rules)
    return tuple(problem for problem in found if problem is not None)


def rule_problems(answers: Answers, *, today: date) -> tuple[RuleProblem, ...]:
    """What the answers so far already contradict.

    Args:
        answers: any part of a form; answers of closed branches are passed over.
        today: the day in Tehran.

    Returns:
        The problems, the timeless ones first; empty when the answers agree.
    """
    return timeless_problems(answers) + _problems(_DATED_RULES, answers, today)
