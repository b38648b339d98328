"""The form of a proposal: what an officer is asked, and when."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversations.form import Form, Step
from bot.conversations.given import JSON, Answers, Kind, Option, Scope
from bot.conversations.kinds import (
    Choice,
    Day,
    Files,
    LegalId,
    LetterNumber,
    LongText,
    Mobile,
    Name,
    NationalId,
    Rial,
    Scan,
    ShortText,
    Whole,
    YesNo,
)
from bot.conversations.officials import OfficialName, OfficialPost
from domain.answers import RuleProblem, closed_fields
from domain.errors import Incomplete
from domain.kinds import CREDITORS_WARNED_OF, DebtorKind
from domain.plan import Plan, plan_of
from domain.proposal import INSTALMENTS, INTERVAL_MONTHS, OPTIONAL, check, rule_problems
from domain.roles import Role
from messages_fa import ask, names, notes
from messages_fa.examples import OF_STEP
from messages_fa.examples import none as no_examples
from messages_fa.markup import Text, say
from messages_fa.why import help_at, why
from persian.money import Rials

REASON_LIMIT = 2000
"""Characters."""
DEBT_TYPES = "debt_types"
"""The list of `Scope.facts` that holds the types of debt of today."""


def choice(labels: dict[str, str]) -> Choice:
    """One of the codes, in the order of their names."""
    return Choice(tuple(Option(str(code), label) for code, label in labels.items()))


@dataclass(frozen=True)
class DebtType(Choice):
    """A type of debt of the office's catalogue; where that is not at hand, of the list to start with."""

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """Those of today."""
        return scope.facts.get(DEBT_TYPES) or super().options(scope)

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """Its words: of today, or those that a filed proposal has kept."""
        if any(option.code == value for option in self.options(scope)):
            return super().show(value, scope)
        kept = scope.answers.get("debt_type_other")
        return say("{kept}", kept=kept) if isinstance(kept, str) else super().show(value, scope)


def _stop_at_special_rule(value: JSON) -> Text | None:
    return notes.special_rule_stops() if value is True else None


def _warn_of_creditor(value: JSON, _answers: Answers) -> Text | None:
    return notes.creditor_not_named() if value in CREDITORS_WARNED_OF else None


def _note_offence(value: JSON, _answers: Answers) -> Text | None:
    return notes.prosecution_goes_on() if value is True else None


def _amount_in_words(value: JSON, _answers: Answers) -> Text | None:
    return notes.amount_in_words(Rials(value)) if isinstance(value, int) else None


def _natural(answers: Answers) -> bool:
    return answers.get("debtor_kind") != DebtorKind.LEGAL


_EVERY = tuple(Option(str(n), label) for n, label in ask.INTERVALS.items())

_KINDS: dict[str, Kind] = {
    "kind": choice(names.KINDS),
    "special_rule": YesNo(),
    "creditor_kind": choice(names.CREDITOR_KINDS),
    "offence": YesNo(),
    "official_name": OfficialName(),
    "official_post": OfficialPost(),
    "letter_number": LetterNumber(),
    "letter_date": Day(near=(0, -1)),
    "letter_scan": Scan(),
    "debtor_kind": choice(names.DEBTOR_KINDS),
    "debtor_name": Name(of_person=_natural),
    "national_id": NationalId(),
    "legal_id": LegalId(),
    "mobile": Mobile(),
    "debt_type": DebtType(choice(names.DEBT_TYPES).choices),
    "debt_type_other": ShortText(),
    "amount": Rial(),
    "down_payment": Rial(),
    "grace_until": Day(),
    "instalments": Whole(*INSTALMENTS, names.UNITS["instalments"]),
    "interval_months": Whole(*INTERVAL_MONTHS, names.UNITS["interval_months"], _EVERY),
    "first_due": Day(),
    "deferred_to": Day(),
    "reason": LongText(REASON_LIMIT),
    "attachments": Files(),
}
"""The order of the questions, and the kind of each answer."""


@dataclass(frozen=True)
class _Asked:
    """The condition of a step: its branch is open."""

    name: str

    def __call__(self, answers: Answers) -> bool:
        return self.name not in closed_fields(answers)


_STOPS: dict[str, Callable[[JSON], Text | None]] = {"special_rule": _stop_at_special_rule}
_NOTES: dict[str, Callable[[JSON, Answers], Text | None]] = {
    "creditor_kind": _warn_of_creditor,
    "offence": _note_offence,
    "amount": _amount_in_words,
}


_RENEWS = {"debtor_kind": ("debtor_name",)}
"""A person's name is no company's."""


def _step(name: str, kind: Kind) -> Step:
    return Step(
        name,
        kind,
        ask.PROPOSAL[name],
        names.FIELDS[name],
        why(name),
        help_at(name),
        when=_Asked(name),
        optional=name in OPTIONAL,
        stop=_STOPS.get(name),
        note=_NOTES.get(name),
        examples=OF_STEP.get(name, no_examples),
        renews=_RENEWS.get(name, ()),
    )


def _debtor(answers: Answers) -> str:
    name = answers.get("debtor_name")
    return name if isinstance(name, str) else ""


def _title(answers: Answers) -> str:
    if name := _debtor(answers):
        return name
    kind = answers.get("kind")
    return f"{names.UNNAMED} ({names.KINDS[kind]})" if kind in names.KINDS else names.UNNAMED


def _problems(answers: Answers, today: dt.date) -> tuple[RuleProblem, ...]:
    return rule_problems(answers, today=today)


def _plan(answers: Answers, today: dt.date) -> Plan | None:
    """The plan of complete answers; None while something is missing."""
    try:
        return plan_of(check(answers, today=today))
    except Incomplete:
        return None


PROPOSAL = Form(
    name="proposal",
    version=1,
    steps=tuple(_step(name, kind) for name, kind in _KINDS.items()),
    title=_title,
    problems=_problems,
    has_summary=True,
    plan=_plan,
    about=_debtor,
    role=Role.OFFICER,
)
"""A proposal «پیشنهاد» of instalments, a deferral, or both."""
