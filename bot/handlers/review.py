"""The reviewers' side: queue, card, claim, checklist, decision."""

from bot import announce
from bot.announce import HELD_IN
from bot.conversations import show
from bot.conversations.review_forms import REFUSAL, RETURN
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.handlers.proposals import PAGE, pages
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.errors import DomainError, NotAllowedNow, NotYours, Unticked
from domain.lifecycle import Action, State
from domain.roles import Role
from messages_fa import buttons, general
from messages_fa import review as texts
from messages_fa.markup import Text, paragraphs, say
from services import errors, files
from services import review as office
from services.review import ReviewView
from storage.errors import Stale
from storage.records import Case


def show_queue(turn: Turn, page: int = 0) -> None:
    """«کارتابل»: the cases that wait, the oldest first."""
    queue = office.queue(turn.work, turn.actor, limit=PAGE, offset=page * PAGE)
    rows = [(row.code, row.agency_name, row.state, row.holder_name, row.filed_at) for row in queue.rows]
    numbers = tuple(
        Button(buttons.numbered(n), f"c:{row.case_id}:{row.version}:open")
        for n, row in enumerate(queue.rows, 1)
    )
    grid = tuple(numbers[i : i + 4] for i in range(0, len(numbers), 4))
    turn.show(
        Screen(texts.queue(rows, queue.total, queue.mine), (*grid, *pages(page, queue.total, "q"))),
        slot="queue",
    )


def act(turn: Turn, case_id: int, version: int, verb: str) -> None:
    """Do what a button of a card says; the rules are asked again at every press."""
    name, _, argument = verb.partition(".")
    if name not in _VERBS:
        raise OldButton
    try:
        _VERBS[name](turn, case_id, version, argument)
    except errors.Taken as lost:
        turn.answer(texts.taken(lost.holder_name))
    except Stale:
        turn.answer(texts.changed())
    except Unticked:
        turn.answer(texts.tick_first())
    except NotAllowedNow:
        turn.answer(texts.changed())
    except NotYours as refused:
        turn.answer(texts.not_yours(str(refused.values.get("why", ""))))
        return
    else:
        return
    _show_card(turn, case_id)


def open_waiting(turn: Turn) -> None:
    """«دیدن پیشنهاد», typed: the waiting case if there is one only, else the queue to choose from."""
    if not turn.actor.has(Role.REVIEWER):
        turn.tell(general.not_allowed())
        return
    rows = office.queue(turn.work, turn.actor, limit=2).rows
    if len(rows) == 1:
        _show_card(turn, rows[0].case_id)
    else:
        show_queue(turn)


def agree_too_early(turn: Turn) -> None:
    """«موافقت», typed while no card offers it."""
    mine = turn.actor.has(Role.REVIEWER)
    turn.tell(say("{why}", why=texts.tick_first()) if mine else general.not_allowed())


def _open(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    _show_card(turn, case_id)


def _claim(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    # No version: a card drawn before a release may still be claimed; the table alone decides.
    before = turn.work.cases.get(case_id)
    case = office.claim(turn.work, actor=turn.actor, case_id=case_id)
    if before.version != case.version:  # a second press takes nothing and tells nobody
        _moved(turn, case)
        announce.to_officer(turn, case)
    _show_card(turn, case_id)


def _release(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    case = office.release(turn.work, actor=turn.actor, case_id=case_id, version=version)
    _moved(turn, case)
    announce.to_officer(turn, case)
    _show_card(turn, case_id)


def _tick(turn: Turn, case_id: int, version: int, argument: str) -> None:
    # The button says what is wanted, so that a second tap on it takes nothing back.
    place, _, wanted = argument.partition(".")
    listed = office.view(turn.work, turn.actor, case_id).findings
    if number(place) >= len(listed) or wanted not in _WANTED:
        raise OldButton
    office.tick(
        turn.work,
        actor=turn.actor,
        case_id=case_id,
        condition=listed[number(place)].code,
        on=_WANTED[wanted],
        version=version,
    )
    _show_card(turn, case_id)


_WANTED = {"on": True, "off": False}


def _agree(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    case = office.agree(turn.work, actor=turn.actor, case_id=case_id, version=version)
    _decided(turn, case)
    _show_card(turn, case_id)


def _refuse(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    _ask_reason(turn, case_id, version, Action.REFUSE)


def _return(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    _ask_reason(turn, case_id, version, Action.RETURN_FOR_CORRECTION)


def _ask_reason(turn: Turn, case_id: int, version: int, action: Action) -> None:
    view = office.view(turn.work, turn.actor, case_id)
    if view.case.version != version:
        raise Stale("case", case_id)
    if action not in view.actions:
        raise NotAllowedNow(action, view.case.state)
    turn.shown = True  # the card stays; the question comes as a message of its own
    forms.begin(turn, REFUSAL if action is Action.REFUSE else RETURN, subject=case_id, seen=version)


def _attachments(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    view = office.view(turn.work, turn.actor, case_id)
    ids = (view.proposal.letter_scan, *view.proposal.attachments)
    kept = [files.content_for(turn.work, turn.actor, case_id, file_id) for file_id in ids]
    turn.tell(texts.attachments(len(kept)))
    for place, file in enumerate(kept):
        caption = texts.attachment(place, file.name, view.case.code)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=file.id))


def _plan(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    view = office.view(turn.work, turn.actor, case_id)
    for part in show.plan_texts(view.plan):
        turn.tell(part)


_VERBS = {
    "open": _open,
    "claim": _claim,
    "release": _release,
    "tick": _tick,
    "agree": _agree,
    "refuse": _refuse,
    "return": _return,
    "files": _attachments,
    "plan": _plan,
}


def finish_refusal(turn: Turn, ready: Ready) -> None:
    """The reason was given: the case is not agreed."""
    _finish(turn, ready, Action.REFUSE)


def finish_return(turn: Turn, ready: Ready) -> None:
    """The reason was given: the case goes back for correction."""
    _finish(turn, ready, Action.RETURN_FOR_CORRECTION)


def _finish(turn: Turn, ready: Ready, action: Action) -> None:
    answers, case_id = ready.position.answers, ready.run.subject or 0
    reason, note = str(answers["reason"]), str(answers.get("note") or "")
    do = office.refuse if action is Action.REFUSE else office.return_for_correction
    forms.drop(turn, ready.run)
    try:
        case = do(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            reason=reason,
            note=note or None,
            version=ready.position.seen,
        )
    except NotYours as refused:  # perhaps the card is no longer this person's to see either
        turn.tell(say("{why}", why=texts.not_yours(str(refused.values.get("why", "")))))
        return
    except (DomainError, errors.Taken, Stale) as refused:
        turn.tell(say("{why}", why=_why_not(refused)))
    else:
        _decided(turn, case, reasons=(reason,), note=note)
        turn.tell(texts.decided(case.state))
    _show_card(turn, case_id)


def _why_not(refused: Exception) -> str:
    if isinstance(refused, errors.Taken):
        return texts.taken(refused.holder_name)
    return texts.changed()


def _decided(turn: Turn, case: Case, *, reasons: tuple[str, ...] = (), note: str = "") -> None:
    _moved(turn, case)
    if case.state is not State.AWAITING_SIGNATURE:
        announce.to_officer(turn, case, reasons=reasons, note=note)


def _moved(turn: Turn, case: Case) -> None:
    announce.refresh_prompts(turn, case)


def _show_card(turn: Turn, case_id: int) -> None:
    view = office.view(turn.work, turn.actor, case_id)
    turn.show(Screen(_card_text(view), _card_rows(view)), slot=f"case:{case_id}")


def _card_text(view: ReviewView) -> Text:
    returns = [
        (event.at, event.reasons, event.note or "")
        for event in view.events
        if event.to_state is State.RETURNED
    ]
    card = texts.card(
        code=view.case.code,
        proposal=view.proposal,
        plan=show.plan_summary(view.plan),
        agency=view.agency_name,
        filer=view.filer_name,
        state=view.case.state,
        holder=view.holder_name if view.case.state in HELD_IN else "",
        filed_at=view.case.filed_at,
        corrections=returns,
    )
    return paragraphs(card, texts.checklist(view.findings, view.ticks) if _checks(view) else Text())


def _checks(view: ReviewView) -> bool:
    """Whether this person is now going through the general conditions of the case."""
    return Action.AGREE in view.actions


def _card_rows(view: ReviewView) -> Rows:
    def to(verb: str) -> str:
        return f"c:{view.case.id}:{view.case.version}:{verb}"

    ticks = tuple(
        Button(
            buttons.ticked(texts.condition(index + 1, finding.code), on=finding.code in view.ticks),
            to(f"tick.{index}.{'off' if finding.code in view.ticks else 'on'}"),
        )
        for index, finding in enumerate(view.findings)
    )
    acts = tuple(
        Button(label, to(verb))
        for action, label, verb in _ACTS
        if action in view.actions and not (action is Action.AGREE and len(view.ticks) < len(view.findings))
    )
    more = (Button(buttons.ATTACHMENTS, to("files")), Button(buttons.FULL_PLAN, to("plan")))
    return (*(column(*ticks) if _checks(view) else ()), *column(*acts), more)


_ACTS = (
    (Action.CLAIM, buttons.CLAIM, "claim"),
    (Action.AGREE, buttons.AGREE, "agree"),
    (Action.REFUSE, buttons.REFUSE, "refuse"),
    (Action.RETURN_FOR_CORRECTION, buttons.RETURN, "return"),
    (Action.RELEASE, buttons.RELEASE, "release"),
)
"""The lifecycle's acts as buttons of the card, in order."""
