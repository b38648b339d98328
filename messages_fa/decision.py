"""What a decision tells the agency, as who makes it reads it before it is known outside."""

from collections.abc import Collection, Sequence

from domain.lifecycle import Action, State
from messages_fa.markup import Text, lines, say, series
from messages_fa.names import FIELDS, STATES
from messages_fa.reasons import MARKED, REFUSAL, RETURN, SUPERSESSION, Catalogue, worded


def decision(
    action: str,
    reasons: Sequence[str],
    note: str,
    *,
    fields: Collection[str] = (),
    outcome: str = "",
    refusal: Sequence[str] = (),
) -> Text:
    """Outcome, reasons, marked rows and note; nothing where it says all itself, as an agreement does.

    Args:
        action: what is done.
        reasons: references into its catalogue.
        note: to the agency; may be empty.
        fields: names of the fields that a return asks for.
        outcome: of a later decision: the state it leads to.
        refusal: references to the reasons of a later decision not to agree.
    """
    if action == Action.RETURN_FOR_CORRECTION:
        named = series(label for name, label in FIELDS.items() if name in fields)
        why = [reason for reason in reasons if not (fields and reason == MARKED)]
        rows = say("بخش‌های نیازمند اصلاح: {named}", named=named) if named else Text()
        return lines(rows, *grounds("موضوع اصلاح:", RETURN, why, note))
    if action == Action.SUPERSEDE:
        return lines(
            say("نتیجه تازه: {outcome}", outcome=STATES[State(outcome)]),
            *grounds("دلیل جایگزینی:", SUPERSESSION, reasons, note),
            *grounds("دلیل عدم موافقت:", REFUSAL, refusal, ""),
        )
    return lines(*grounds("دلیل عدم موافقت:", REFUSAL, reasons, note))


def grounds(title: str, catalogue: Catalogue, references: Sequence[str], note: str) -> list[Text]:
    """A line for each reason, then one for the note, unless it is a reason itself."""
    why, rest = worded(catalogue, references, note)
    rows = [say("{title} {reason}", title=title, reason=reason) for reason in why]
    return [*rows, say("توضیح: {note}", note=rest)] if rest else rows
