"""The general conditions «شرایط عمومی», as section 1 of the service-level agreement lists them.

The machine lays the facts out; whether a condition holds is ticked by the person who decides.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from domain.kinds import is_debt_type
from domain.plan import plan_of
from domain.proposal import DebtorKind, Kind, Proposal

CONDITIONS: Final = (
    "authorised_official",
    "debtor_identity",
    "debt_type",
    "amount",
    "instalments",
    "deferral_date",
)
"""In the agreement's order; for a deferral its date stands where the number of instalments stands."""

_FOR_EVERY_KIND = CONDITIONS[:4]
_OF_KIND: dict[Kind, tuple[str, ...]] = {
    Kind.INSTALMENTS: (*_FOR_EVERY_KIND, "instalments"),
    Kind.DEFERRAL: (*_FOR_EVERY_KIND, "deferral_date"),
    Kind.BOTH: (*_FOR_EVERY_KIND, "instalments", "deferral_date"),
}


@dataclass(frozen=True)
class Finding:
    """What the machine sees of one condition.

    Attributes:
        code: one of `CONDITIONS`.
        ok: whether what can be seen by machine is in order (never more than the form of it).
        facts: the answers that the condition is about, by their names; personal data.
    """

    code: str
    ok: bool
    facts: dict[str, object]


def conditions_of(kind: Kind) -> tuple[str, ...]:
    """The conditions that a case of this kind is checked for, in order."""
    return _OF_KIND[kind]


def unticked(kind: Kind, ticks: Collection[str]) -> tuple[str, ...]:
    """The conditions of this kind that are not among the ticks, in order."""
    return tuple(code for code in conditions_of(kind) if code not in ticks)


def finding(code: str, proposal: Proposal) -> Finding:
    """What the machine finds on one condition.

    Raises:
        KeyError: there is no such condition.
    """
    names, seems_ok = _LOOKS[code]
    facts: dict[str, object] = {name: getattr(proposal, name) for name in names}
    given = {name: value for name, value in facts.items() if value is not None}
    return Finding(code, seems_ok(proposal), given)


def findings(proposal: Proposal) -> tuple[Finding, ...]:
    """What the machine finds on every condition of the proposal's kind, in order."""
    return tuple(finding(code, proposal) for code in conditions_of(proposal.kind))


def _official_named(proposal: Proposal) -> bool:
    return bool(proposal.official_name and proposal.official_post and proposal.letter_number)


def _debtor_identified(proposal: Proposal) -> bool:
    natural = proposal.debtor_kind is DebtorKind.NATURAL
    return bool(proposal.debtor_name and (proposal.national_id if natural else proposal.legal_id))


def _debt_named(proposal: Proposal) -> bool:
    named = proposal.debt_type_other is not None or proposal.debt_type != "other"
    return named and is_debt_type(proposal.debt_type)


def _instalments_add_up(proposal: Proposal) -> bool:
    if proposal.kind is Kind.DEFERRAL:
        return False
    plan = plan_of(proposal)
    return sum(int(row.amount) for row in plan.rows) == int(proposal.amount)


_LOOKS: dict[str, tuple[tuple[str, ...], Callable[[Proposal], bool]]] = {
    "authorised_official": (
        ("official_name", "official_post", "letter_number", "letter_date", "letter_scan"),
        _official_named,
    ),
    "debtor_identity": (("debtor_kind", "debtor_name", "national_id", "legal_id"), _debtor_identified),
    "debt_type": (("debt_type", "debt_type_other"), _debt_named),
    "amount": (("amount",), lambda proposal: proposal.amount >= 1),
    "instalments": (("instalments", "interval_months", "first_due", "down_payment"), _instalments_add_up),
    "deferral_date": (
        ("deferred_to", "grace_until"),
        lambda proposal: (proposal.deferred_to or proposal.grace_until) is not None,
    ),
}
