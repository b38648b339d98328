"""The plan of payments: what is due when, to the rial. No interest and no penalty exist here."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from domain.proposal import Kind, Proposal
from persian.dates import add_months
from persian.money import Rials

Part = Literal["down_payment", "instalment", "deferred"]

_NO_DATE: Final = "a checked proposal of this kind has its dates and its number of instalments"


@dataclass(frozen=True)
class PlanRow:
    """One payment.

    Attributes:
        number: from 1, over all rows.
        part: what kind of payment it is.
        due: the due date «سررسید»; None for the down payment, paid before the first instalment.
        amount: rials, at least 1.
    """

    number: int
    part: Part
    due: date | None
    amount: Rials


@dataclass(frozen=True)
class Plan:
    """All payments in order; their amounts add up to `total` exactly."""

    rows: tuple[PlanRow, ...]
    total: Rials


def plan_of(proposal: Proposal) -> Plan:
    """The plan that a proposal asks for; a grace period moves its first due date only."""
    if proposal.kind is Kind.DEFERRAL:
        if proposal.deferred_to is None:
            raise ValueError(_NO_DATE)
        return deferral_plan(proposal.amount, proposal.deferred_to)
    if proposal.instalments is None or proposal.first_due is None or proposal.interval_months is None:
        raise ValueError(_NO_DATE)
    return instalment_plan(
        proposal.amount,
        proposal.down_payment,
        proposal.instalments,
        proposal.first_due,
        proposal.interval_months,
    )


def instalment_plan(
    amount: int, down_payment: int | None, instalments: int, first_due: date, interval_months: int
) -> Plan:
    """Equal instalments «قسط», the remainder in the last one.

    Every due date is counted from the first one, so that a short month clamps its own date only.

    Args:
        amount: the whole debt, rials.
        down_payment: rials paid beforehand, or None.
        instalments: how many; each is at least 1 rial.
        first_due: the due date of the first.
        interval_months: Jalali months from one to the next.

    Raises:
        ValueError: the amounts do not leave a rial for each instalment (a checked proposal's always do).
    """
    down = down_payment or 0
    if down < 0 or instalments < 1 or amount - down < instalments:
        raise ValueError("amount_below_instalments")
    each, remainder = divmod(amount - down, instalments)
    amounts = [each] * (instalments - 1) + [each + remainder]
    ahead = [PlanRow(1, "down_payment", None, Rials(down))] if down else []
    rows = [
        PlanRow(len(ahead) + 1 + k, "instalment", add_months(first_due, k * interval_months), Rials(part))
        for k, part in enumerate(amounts)
    ]
    return Plan(tuple(ahead + rows), Rials(amount))


def deferral_plan(amount: int, deferred_to: date) -> Plan:
    """The whole amount (rials, at least 1) on one later day.

    Raises:
        ValueError: there is nothing to pay.
    """
    if amount < 1:
        raise ValueError("amount_below_one")
    return Plan((PlanRow(1, "deferred", deferred_to, Rials(amount)),), Rials(amount))
