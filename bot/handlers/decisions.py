"""What is decided at a card: agreement, signature, refusal, return, a later decision; and internal notes."""

from collections.abc import Callable

from bot import announce, cards
from bot.cards import Errand
from bot.conversations.form import Form
from bot.conversations.review_forms import NOTE, REFUSAL, RETURN, SUPERSEDING
from bot.handlers import desk, forms
from bot.handlers.forms import Ready
from bot.handlers.signing import signed, signed_form
from bot.office import Office
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, filed, require
from domain.conditions import conditions_of
from domain.errors import DomainError, Incomplete, NotAllowedNow, NotYours, Unticked
from domain.lifecycle import Action, State
from domain.settings import UNDO_MINUTES
from messages_fa import buttons, general
from messages_fa import review as texts
from messages_fa.markup import Text, say
from messages_fa.reasons import marked, not_offered
from services import decisions as office
from services import errors, settings
from services.case_acts import is_signed_twice
from services.cases import insist_on_version
from services.desk import add_note, view
from storage.errors import Stale
from storage.records import Case
from storage.work import Work


def agree(turn: Turn, case_id: int, version: int, argument: str) -> None:
    """«موافقت»: asked once more, with what it brings about; then recorded, once it is signed."""
    if argument:
        if not signed(turn, f"c:{case_id}:{version}:agree.yes"):
            return
        _decided(turn, office.agree(turn.work, actor=turn.actor, case_id=case_id, version=version))
        desk.show_card(turn, case_id)
        return
    case = _offered(turn, case_id, version, Action.AGREE)
    waits = is_signed_twice(turn.work, case)
    question = texts.agree_question(case.code, waits=waits, minutes=_minutes(turn))
    _ask(turn, case_id, version, question, Button(buttons.SURE_TO_AGREE, f"c:{case_id}:{version}:agree.yes"))


def sign(turn: Turn, case_id: int, version: int, argument: str) -> None:
    """«امضا»: asked once more, then recorded, once it is signed."""
    if argument:
        if not signed(turn, f"c:{case_id}:{version}:sign.yes"):
            return
        _decided(turn, office.sign(turn.work, actor=turn.actor, case_id=case_id, version=version))
        desk.show_card(turn, case_id)
        return
    question = texts.sign_question(_offered(turn, case_id, version, Action.SIGN).code, _minutes(turn))
    _ask(turn, case_id, version, question, Button(buttons.SURE_TO_SIGN, f"c:{case_id}:{version}:sign.yes"))


def take_back(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«بازپس‌گیری تصمیم»: nothing was published, and nothing will be."""
    case = office.take_back(turn.work, actor=turn.actor, case_id=case_id, version=version)
    announce.refresh_prompts(turn, case, but=[turn.place])
    turn.answer(texts.taken_back())
    desk.show_card(turn, case_id)


def ask_refusal(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«عدم موافقت»."""
    _begin(turn, case_id, version, Action.REFUSE, REFUSAL)


def ask_return(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«بازگشت برای اصلاح»."""
    _begin(turn, case_id, version, Action.RETURN_FOR_CORRECTION, RETURN)


def ask_supersession(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«جایگزینی تصمیم»."""
    _begin(turn, case_id, version, Action.SUPERSEDE, SUPERSEDING)


def ask_note(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    """«یادداشت داخلی»: whatever version the card shows, a note does not decide."""
    require(turn.actor, Deed.CASE_NOTE, filed(view(turn.work, turn.actor, case_id).case))
    turn.shown = True
    forms.begin(turn, NOTE, subject=case_id)


def finish_refusal(turn: Turn, ready: Ready) -> None:
    """The reasons were given: the case is not agreed to."""
    answers = ready.position.answers

    def refuse(case_id: int) -> Case:
        return office.refuse(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            reasons=_listed(answers["reasons"]),
            note=_written(answers.get("note")),
            version=ready.position.seen,
        )

    _finish(turn, ready, refuse)


def finish_return(turn: Turn, ready: Ready) -> None:
    """The rows were marked and the note was written: the case goes back for correction."""
    fields, reasons = marked(_listed(ready.position.answers["fields"]))

    def send_back(case_id: int) -> Case:
        return office.return_for_correction(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            reasons=reasons,
            note=_written(ready.position.answers["note"]),
            fields=fields,
            version=ready.position.seen,
        )

    _finish(turn, ready, send_back)


def finish_supersession(turn: Turn, ready: Ready) -> None:
    """A later decision was made in place of the one that stands."""
    answers = ready.position.answers

    def supersede(case_id: int) -> Case:
        agreed = answers["outcome"] == State.AGREED
        kind = turn.work.cases.get(case_id).kind
        return office.supersede(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            outcome=State.AGREED if agreed else State.NOT_AGREED,
            reasons=_listed(answers["why"]),
            note=str(answers["note"]),
            refusal=() if agreed else _listed(answers["refusal"]),
            conditions=conditions_of(kind) if agreed else (),
            version=ready.position.seen,
        )

    _finish(turn, ready, supersede)


def finish_note(turn: Turn, ready: Ready) -> None:
    """The note was written."""
    case_id = ready.run.subject or 0
    add_note(turn.work, actor=turn.actor, case_id=case_id, note=str(ready.position.answers["note"]))
    forms.drop(turn, ready.run)
    turn.show(Screen(texts.noted()))
    desk.show_card(turn, case_id, anew=True)


def publish_due(work: Work, wiring: Office) -> bool:
    """A sweep: a decision whose time of taking back is over is carried out and published, or dropped.

    Returns:
        Whether there was one; there may be more.
    """
    at, carried_out = Errand(work, wiring), office.carry_out(work)
    for came in carried_out:
        if came.done:
            announce.acted(at, came.case)
        else:
            text = texts.not_carried_out(came.case.code, came.pending.action)
            told = announce.to_person(at, came.case, came.pending.person_id, text)
            announce.refresh_prompts(at, came.case, but=told)
    return bool(carried_out)


def put_off_due(work: Work, wiring: Office) -> bool:
    """The decision that is due cannot be published: it waits, the others go on, and the admins are told."""
    case = office.postpone(work)
    if case is not None:
        announce.to_admins(work, wiring, general.alarm("decision_not_published", case.code))
    return case is not None


def _begin(turn: Turn, case_id: int, version: int, action: Action, form: Form) -> None:
    _offered(turn, case_id, version, action)
    turn.shown = True  # the card stays; the question comes as a message of its own
    forms.begin(turn, form, subject=case_id, seen=version)


def _offered(turn: Turn, case_id: int, version: int, action: Action) -> Case:
    """The case, if this may be done to what the person has on the screen.

    Raises:
        Stale: it changed since.
        NotAllowedNow: it is not this person's to do now.
        Unticked: general conditions are still open.
    """
    seen = view(turn.work, turn.actor, case_id)
    insist_on_version(seen.case, version)
    if action not in seen.actions:
        raise NotAllowedNow(action, seen.case.state)
    unticked = tuple(code for code in conditions_of(seen.case.kind) if code not in seen.ticks)
    if action is Action.AGREE and unticked:
        raise Unticked(unticked)
    return seen.case


def _ask(turn: Turn, case_id: int, version: int, question: Text, sure: Button) -> None:
    """A question in place of the card."""
    back = Button(buttons.BACK_TO_CASE, f"c:{case_id}:{version}:open")
    cards.show(turn, case_id, Screen(question, column(sure, back)))


def _minutes(turn: Turn) -> int | None:
    return settings.number(turn.work, UNDO_MINUTES.name)


def _finish(turn: Turn, ready: Ready, do: Callable[[int], Case]) -> None:
    if not signed_form(turn, ready):
        return
    case_id = ready.run.subject or 0
    forms.drop(turn, ready.run)
    try:
        case = do(case_id)
    except NotYours as refused:  # perhaps the card is no longer this person's to see either
        turn.show(Screen(say("{why}", why=texts.not_yours(refused.why))))
        return
    except (DomainError, errors.ServicesError, Stale) as refused:
        turn.show(Screen(say("{why}", why=why_not(refused))))
    else:
        turn.show(Screen(_decided(turn, case)))
    desk.show_card(turn, case_id, anew=True)


def why_not(refused: Exception) -> str:
    """What stands in the way of an act, shortly."""
    if isinstance(refused, errors.Taken):
        return texts.taken(refused.holder_name)
    if isinstance(refused, Unticked):
        return texts.tick_first()
    if isinstance(refused, errors.ReasonUnknown):
        return not_offered()
    return texts.incomplete() if isinstance(refused, Incomplete) else texts.changed()


def _decided(turn: Turn, case: Case) -> Text:
    """Tell everybody whom it concerns, unless it can still be taken back; a word for who decided."""
    pending = turn.work.reviews.pending(case.id, case.version)
    if pending is not None:
        announce.refresh_prompts(turn, case, but=[turn.place])
        return texts.will_be_told(pending.action, pending.due_at)
    announce.acted(turn, case, but=[turn.place])
    return texts.decided(case.state)


def _listed(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _written(value: object) -> str | None:
    return str(value) if value else None
