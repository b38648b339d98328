"""The queue «کارتابل» and the card of a case, as reviewers and directors see them."""

from bot import cards
from bot.announce import HELD_IN
from bot.conversations import show
from bot.conversations.given import JSON, Option, Scope
from bot.conversations.proposal import PROPOSAL
from bot.lists import PAGE, numbers, pages
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn
from domain.lifecycle import Action, State
from domain.proposal import DebtorKind
from domain.roles import Role
from domain.settings import DECISION_TARGET_HOURS
from messages_fa import buttons, general
from messages_fa import card as texts
from messages_fa import review as words
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from services import desk, files, settings
from services.desk import Change, Filter, QueueRow, ReviewView

LONGEST = 3900
"""Characters of a card; a message holds 4,096."""

FILTERS = {
    Filter.ALL: buttons.QUEUE_ALL,
    Filter.MINE: buttons.QUEUE_MINE,
    Filter.UNCLAIMED: buttons.QUEUE_UNCLAIMED,
    Filter.SIGNATURE: buttons.QUEUE_SIGNATURE,
    Filter.RETURNED: buttons.QUEUE_RETURNED,
    Filter.OVERDUE: buttons.QUEUE_OVERDUE,
}
"""What each filter is called."""


def show_queue(turn: Turn, page: int = 0, which: str = Filter.ALL) -> None:
    """«کارتابل»: the cases that wait, the longest first; the filter is kept across pages.

    Raises:
        OldButton: there is no such filter.
    """
    if which not in FILTERS:
        raise OldButton
    found = desk.queue(turn.work, turn.actor, Filter(which), page=page, size=PAGE)
    rows = [_row(turn, number, row) for number, row in enumerate(found.rows, 1)]
    text = words.queue(
        rows,
        FILTERS[found.which],
        waiting=found.counts[Filter.ALL],
        mine=found.counts.get(Filter.MINE),
        page=found.page + 1,
        pages=max(1, -(-found.total // PAGE)),
        target=settings.number(turn.work, DECISION_TARGET_HOURS.name),
    )
    opening = numbers([f"c:{row.case_id}:{row.version}:show" for row in found.rows])
    turning = pages(found.page, found.total, f"q:{found.which}")
    turn.show(Screen(text, (*opening, *turning, *_filters(found))), slot="queue")


def show_filtered(turn: Turn, which: Filter) -> None:
    """The name of a filter, typed."""
    if turn.actor.has(Role.REVIEWER) or turn.actor.has(Role.DIRECTOR):
        show_queue(turn, which=which)
    else:
        turn.tell(general.not_allowed())


def _row(turn: Turn, number: int, row: QueueRow) -> Text:
    return words.queue_row(
        number,
        row.proposal,
        agency=row.agency_name,
        state=row.state,
        holder=row.holder_name,
        since=row.clock_from,
        now=turn.work.now,
        due=row.due,
        corrected=row.corrected,
        overdue=row.overdue,
    )


def _filters(found: desk.QueuePage) -> Rows:
    each = [
        Button(buttons.counted(FILTERS[which], count), f"q:{which}:0")
        for which, count in found.counts.items()
    ]
    return tuple(tuple(each[i : i + 2]) for i in range(0, len(each), 2))


def open_waiting(turn: Turn) -> None:
    """«دیدن پیشنهاد», typed: the waiting case if there is one only, else the queue to choose from."""
    if not (turn.actor.has(Role.REVIEWER) or turn.actor.has(Role.DIRECTOR)):
        turn.tell(general.not_allowed())
        return
    rows = desk.queue(turn.work, turn.actor, size=2).rows
    if len(rows) == 1:
        show_card(turn, rows[0].case_id)
    else:
        show_queue(turn)


def show_card(turn: Turn, case_id: int, *, anew: bool = False) -> None:
    """The card, in the message that was pressed, or at the bottom of the chat in place of the one above.

    Raises:
        NotYours: neither reviewer nor director.
    """
    desk.opened(turn.work, turn.actor, case_id)
    view = desk.view(turn.work, turn.actor, case_id)
    cards.show(turn, case_id, Screen(_text(turn, view), _rows(turn, view)), anew=anew)


def send_attachments(turn: Turn, case_id: int) -> None:
    """«پیوست‌ها»: the letter and what else was attached, then the card again, below them."""
    view = desk.view(turn.work, turn.actor, case_id)
    ids = (view.proposal.letter_scan, *view.proposal.attachments)
    kept = [files.content_for(turn.work, turn.actor, case_id, file_id) for file_id in ids]
    turn.tell(words.attachments(len(kept)))
    for place, file in enumerate(kept):
        caption = words.attachment(place, file.name, view.case.code)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=file.id))
    show_card(turn, case_id, anew=True)


def send_plan(turn: Turn, case_id: int) -> None:
    """«جدول کامل اقساط», then the card again, below it."""
    view = desk.view(turn.work, turn.actor, case_id)
    for part in show.plan_texts(view.plan):
        turn.tell(part)
    show_card(turn, case_id, anew=True)


def _text(turn: Turn, view: ReviewView) -> Text:
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
    )
    text = head
    for part in (_pending(view), _checks(view), _changes(turn, view), _returns(view), _notes(view)):
        longer = paragraphs(text, part)
        text = longer if len(longer.plain) <= LONGEST else text
    return text


def _pending(view: ReviewView) -> Text:
    if view.pending is None:
        return Text()
    return texts.pending(view.pending.action, view.pending_name, view.pending.due_at)


def _checks(view: ReviewView) -> Text:
    """What the machine sees, to who ticks it; whose ticks they are, to who signs."""
    if Action.AGREE in view.actions:
        legal = view.proposal.debtor_kind is DebtorKind.LEGAL
        return texts.findings(view.findings, legal=legal)
    if view.case.state is State.AWAITING_SIGNATURE:
        agreed = [event for event in view.events if event.action == Action.AGREE][-1]
        return texts.ticked_by(view.holder_name, agreed.at)
    return Text()


def _changes(turn: Turn, view: ReviewView) -> Text:
    rows = [
        (change.field, _shown(turn, change, change.before), _shown(turn, change, change.after))
        for change in view.changes
    ]
    return texts.changes(rows)


def _shown(turn: Turn, change: Change, value: object) -> Text | None:
    """A value as the form's own kind of answer shows it; None for one not given."""
    step = next((step for step in PROPOSAL.steps if step.name == change.field), None)
    if step is None or value in (None, []):
        return None
    stored: JSON = value if isinstance(value, bool | int | str | list | dict) else None
    kept = stored if isinstance(stored, list) else [stored]
    named = tuple(
        Option(str(number), turn.work.files.get(int(str(number))).name)
        for number in kept
        if step.kind.takes_file
    )
    return step.kind.show(stored, Scope(tehran_day(turn.work.now), {}, {"files": named}))


def _returns(view: ReviewView) -> Text:
    rows = [
        (event.at, tuple((event.details or {}).get("fields", ())), event.reasons, event.note or "")
        for event in view.events
        if event.to_state is State.RETURNED
    ]
    return texts.returns(rows)


def _notes(view: ReviewView) -> Text:
    return texts.notes([(note.at, note.author, note.text) for note in view.notes])


def _rows(turn: Turn, view: ReviewView) -> Rows:
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
    acts = tuple(
        Button(label, to(verb))
        for actions, label, verb in _ACTS
        if actions & set(view.actions) and (ready or Action.AGREE not in actions)
    )
    note = (Button(buttons.INTERNAL_NOTE, to("note")),) if turn.actor.person_id != view.case.filed_by else ()
    more = (Button(buttons.ATTACHMENTS, to("files")), Button(buttons.FULL_PLAN, to("plan")))
    return (*(column(*ticks) if checks else ()), *column(*acts), *((note,) if note else ()), more)


_ACTS = (
    ({Action.CLAIM}, buttons.CLAIM, "claim"),
    ({Action.AGREE}, buttons.AGREE, "agree"),
    ({Action.SIGN}, buttons.SIGN, "sign"),
    ({Action.REFUSE}, buttons.REFUSE, "refuse"),
    ({Action.RETURN_FOR_CORRECTION}, buttons.RETURN, "return"),
    ({Action.TAKE_BACK}, buttons.TAKE_BACK, "undo"),
    ({Action.HAND_OVER, Action.REASSIGN}, buttons.HAND_OVER, "hand"),
    ({Action.RELEASE}, buttons.RELEASE, "release"),
    ({Action.SUPERSEDE}, buttons.SUPERSEDE, "supersede"),
)
"""The lifecycle's acts as buttons of the card, in order."""
