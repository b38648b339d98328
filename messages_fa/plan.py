"""A plan of payments in words: short beside other things, or whole in messages of its own."""

from domain.plan import Plan, PlanRow
from messages_fa.markup import Text, lines, say
from persian.money import Rials

SHOWN_WHOLE = 12
"""Rows up to which a plan is shown whole beside other things."""
_FIRST, _LAST = 3, 2
_ROWS_A_MESSAGE = 40
"""A row has at most 75 characters: such a message stays under 3,500."""


def row(payment: PlanRow, plan: Plan) -> Text:
    """One payment."""
    if payment.due is None:
        return say("پیش‌پرداخت: {amount}، پیش از قسط نخست", amount=payment.amount)
    if payment.part == "deferred":
        return say("کل مبلغ: {amount}، سررسید {due}", amount=payment.amount, due=payment.due)
    number = payment.number - sum(other.due is None for other in plan.rows)
    return say("قسط {number}: {amount}، سررسید {due}", number=number, amount=payment.amount, due=payment.due)


def total(plan: Plan) -> Text:
    """The sum, added up from the rows; it equals the debt to the rial."""
    summed = Rials(sum(int(payment.amount) for payment in plan.rows))
    return say("جمع {summed} برابر مبلغ بدهی", summed=summed)


def is_cut(plan: Plan) -> bool:
    """Whether the short form leaves rows out."""
    return len(plan.rows) > SHOWN_WHOLE


def short(plan: Plan) -> Text:
    """All rows of a short plan; of a long one the first three and the last two."""
    rows = [row(payment, plan) for payment in plan.rows]
    if is_cut(plan):
        rows[_FIRST:-_LAST] = [say("و {hidden} قسط دیگر …", hidden=len(rows) - _FIRST - _LAST)]
    return lines(say("**برنامه پرداخت**"), *rows, total(plan))


def whole(plan: Plan) -> tuple[Text, ...]:
    """The full table in as many messages as it takes, each under 3,500 characters."""
    rows = [row(payment, plan) for payment in plan.rows]
    parts = [rows[start : start + _ROWS_A_MESSAGE] for start in range(0, len(rows), _ROWS_A_MESSAGE)]
    parts[-1].append(total(plan))
    return tuple(lines(_title(n, len(parts)), *part) for n, part in enumerate(parts, start=1))


def _title(part: int, of: int) -> Text:
    if of == 1:
        return say("**جدول کامل اقساط**")
    return say("**جدول کامل اقساط، بخش {part} از {of}**", part=part, of=of)
