"""The card of a case as one person of the desk may see it, for that person's chats: text and buttons."""

from bot import filing_view
from bot.conversations import show
from bot.conversations.given import JSON, Option, Scope
from bot.conversations.proposal import PROPOSAL
from bot.screen import Button, Rows, Screen, column
from domain.lifecycle import CLOCK_RUNS_IN, HELD_IN, Action, State
from domain.proposal import FIELDS, DebtorKind
from domain.roles import Actor
from messages_fa import buttons, plan
from messages_fa import card as texts
from messages_fa.decision import decision
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from services import desk
from services.cases import doer
from services.desk import Change, ReviewView
from storage.records import CaseEvent, PendingDecision
from storage.work import Work

LONGEST = 3900
"""Characters of a card; a message holds 4,096."""


def screen(work: Work, actor: Actor, case_id: int) -> Screen:
    """The card for this person.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director.
    """
    view = desk.view(work, actor, case_id)
    return Screen(_text(work, view), _rows(actor, view))


def _text(work: Work, view: ReviewView) -> Text:
    """The case, and of what was done about it whatever finds room, the most needed first."""
    case = view.case
    head = texts.card(
        code=case.code,
        proposal=view.proposal,
        plan=show.plan_summary(view.plan),
        agency=view.agency_name,
        filer=view.filer_name,
        state=case.state,
        holder=view.holder_name if case.state in HELD_IN else "",
        filed_at=case.filed_at,
        due=case.due_at,
        overdue=case.due_at is not None and case.due_at <= work.now,
    )
    text, left_out = head, []
    for name, part in _parts(work, view):
        longer = paragraphs(text, part)
        if len(longer.plain) <= LONGEST:
            text = longer
        else:
            left_out.append(name)
    return paragraphs(text, texts.left_out(left_out))


def _parts(work: Work, view: ReviewView) -> tuple[tuple[str, Text], ...]:
    """What stands below the case, by what it is called where it finds no room."""
    return (
        (texts.PENDING, _pending(view)),
        (texts.DECIDED, _decided(work, view)),
        *filing_view.parts(work, view),
        (texts.CHECKS, _checks(work, view)),
        (texts.CHANGES, _changes(work, view)),
        (texts.RETURNS, _returns(view)),
        (texts.NOTES, _notes(view)),
    )


def _pending(view: ReviewView) -> Text:
    waits = view.pending
    return texts.pending(waits.action, view.pending_name, waits.due_at, _told(waits)) if waits else Text()


def _told(made: PendingDecision | CaseEvent) -> Text:
    """What a decision tells the agency, before it is published or after."""
    details = made.details or {}
    return decision(
        made.action,
        made.reasons,
        made.note or "",
        fields=details.get("fields", ()),
        outcome=details.get("outcome", ""),
        refusal=details.get("refusal", ()),
    )


def _decided(work: Work, view: ReviewView) -> Text:
    """On a closed case: the decision that holds, whose it is, and why."""
    made = _made(view)
    if view.case.state not in _CLOSED or not made:
        return Text()
    last = made[-1]
    return texts.decided(last.action, doer(work, last), last.at, _told(last))


def _made(view: ReviewView) -> list[CaseEvent]:
    """The decisions on this case that came about, in order."""
    return [event for event in view.events if event.moved and event.action in _DECIDES]


_DECIDES = frozenset({Action.AGREE, Action.SIGN, Action.REFUSE})
_CLOSED = frozenset({State.AGREED, State.NOT_AGREED})


def _checks(work: Work, view: ReviewView) -> Text:
    """What the machine sees, to who ticks it; whose ticks they are, where a second person signs."""
    if Action.AGREE in view.actions:
        legal = view.proposal.debtor_kind is DebtorKind.LEGAL
        return texts.findings(view.findings, legal=legal)
    made = _made(view)
    signs = view.case.state is State.AWAITING_SIGNATURE or (bool(made) and made[-1].action == Action.SIGN)
    agreed = [event for event in made if event.action == Action.AGREE]
    if not signs or view.case.state not in {State.AWAITING_SIGNATURE, State.AGREED}:
        return Text()
    return texts.ticked_by(doer(work, agreed[-1]), agreed[-1].at)


def _changes(work: Work, view: ReviewView) -> Text:
    rows = [
        (change.field, shown(work, change, change.before), shown(work, change, change.after))
        for change in view.changes
    ]
    return texts.changes(rows, _left_alone(view))


def _left_alone(view: ReviewView) -> list[str]:
    """The fields that were marked at the last return which was answered, and came back as they were."""
    sent = [place for place, event in enumerate(view.events) if event.action == Action.RESUBMIT]
    asked = [event for event in view.events[: sent[-1]] if event.to_state is State.RETURNED] if sent else []
    marked = (asked[-1].details or {}).get("fields", ()) if asked else ()
    changed = {change.field for change in view.changes}
    return [name for name in FIELDS if name in marked and name not in changed]


def shown(work: Work, change: Change, value: object) -> Text | None:
    """A value as the form's own kind of answer shows it; None for one not given."""
    step = next((step for step in PROPOSAL.steps if step.name == change.field), None)
    if step is None or value in (None, []):
        return None
    stored: JSON = value if isinstance(value, bool | int | str | list | dict) else None
    kept = stored if isinstance(stored, list) else [stored]
    named = tuple(
        Option(str(number), work.files.get(int(str(number))).name) for number in kept if step.kind.takes_file
    )
    return step.kind.show(stored, Scope(tehran_day(work.now), {}, {"files": named}))


def _returns(view: ReviewView) -> Text:
    rows = [
        (event.at, tuple((event.details or {}).get("fields", ())), event.reasons, event.note or "")
        for event in view.events
        if event.to_state is State.RETURNED
    ]
    return texts.returns(rows)


def _notes(view: ReviewView) -> Text:
    return texts.notes([(note.at, note.author, note.text) for note in view.notes])


def _rows(actor: Actor, view: ReviewView) -> Rows:
    def to(verb: str) -> str:
        return f"c:{view.case.id}:{view.case.version}:{verb}"

    checks = Action.AGREE in view.actions
    ticks = tuple(
        Button(
            buttons.ticked(texts.condition(index + 1, finding.code), on=finding.code in view.ticks),
            to(f"tick.{index}.{'off' if finding.code in view.ticks else 'on'}"),
        )
        for index, finding in enumerate(view.findings)
    )
    ready = len(view.ticks) == len(view.findings)
    open_now = {action for action in view.actions if ready or action is not Action.AGREE}
    acts = tuple(
        tuple(Button(label, to(verb)) for actions, label, verb in row if actions & open_now) for row in _ACTS
    )
    inside = (Button(buttons.INTERNAL_NOTE, to("note")), Button(buttons.HISTORY, to("log")))
    note = inside if actor.person_id != view.case.filed_by else ()
    table = (Button(buttons.FULL_PLAN, to("plan")),) if plan.is_cut(view.plan) else ()
    more = (Button(buttons.ATTACHMENTS, to("files")), *table)
    target = (Button(buttons.WHY_DUE, f"cal:why:{view.case.code}"),) if view.case.due_at else ()
    onward = (Button(buttons.QUEUE, to("queue")),) if view.case.state not in CLOCK_RUNS_IN else ()
    rows = (*(column(*ticks) if checks else ()), *acts, note, more, target, onward)
    return tuple(row for row in rows if row)


_ACTS = (
    (({Action.CLAIM}, buttons.CLAIM, "claim"),),
    (({Action.AGREE}, buttons.AGREE, "agree"),),
    (({Action.SIGN}, buttons.SIGN, "sign"),),
    (
        ({Action.REFUSE}, buttons.REFUSE, "refuse"),
        ({Action.RETURN_FOR_CORRECTION}, buttons.RETURN, "return"),
    ),
    (({Action.TAKE_BACK}, buttons.TAKE_BACK, "undo"),),
    (
        ({Action.HAND_OVER, Action.REASSIGN}, buttons.HAND_OVER, "hand"),
        ({Action.RELEASE}, buttons.RELEASE, "release"),
    ),
    (({Action.TAKE_REVIEW}, buttons.TAKE_REVIEW, "rtake"),),
    (({Action.UPHOLD, Action.LET_STAND}, buttons.UPHOLD, "uphold"),),
    (({Action.RECOMMEND}, buttons.RECOMMEND, "recommend"),),
    (({Action.LEAVE_REVIEW}, buttons.LEAVE_REVIEW, "rleave"),),
    (({Action.SUPERSEDE}, buttons.SUPERSEDE, "supersede"),),
)
"""The lifecycle's acts as rows of buttons, in order; what agrees stands alone."""
