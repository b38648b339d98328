"""The reviewers' and directors' side: what the buttons of a card do, and what the office's clock does."""

from collections.abc import Callable

from bot import announce, cards
from bot.cards import Errand
from bot.handlers import decisions, desk, history, refusals
from bot.office import Office
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.errors import DomainError, NotYours
from domain.settings import HOLD_HOURS
from messages_fa import buttons, general
from messages_fa import review as texts
from messages_fa.markup import say
from services import errors, settings
from services import review as office
from services.cases import insist_on_version, name_of
from services.desk import colleagues, view
from storage.errors import Stale
from storage.work import Work


def act(turn: Turn, case_id: int, version: int, verb: str) -> None:
    """Do what a button of a card says; the rules are asked again at every press."""
    name, _, argument = verb.partition(".")
    if name not in _VERBS:
        raise OldButton
    try:
        _VERBS[name](turn, case_id, version, argument)
    except NotYours as refused:
        turn.answer(texts.not_yours(refused.why))
        if refused.why not in _ABOUT_THE_CASE:
            return
    except (DomainError, errors.ServicesError, Stale) as refused:
        turn.answer(decisions.why_not(refused))
    else:
        return
    desk.show_card(turn, case_id)


_ABOUT_THE_CASE = frozenset(
    ("decision_waits", "not_decider", "too_late", "unfit_colleague", "no_review_waits", "not_reviewing")
)
"""Objections that a card drawn anew explains; the others may be that it is not to be seen."""


def agree_too_early(turn: Turn) -> None:
    """«موافقت», typed while no card offers it."""
    mine = plays(turn.actor, Deed.REVIEW)
    turn.tell(say("{why}", why=texts.tick_first()) if mine else general.not_allowed())


def _open(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    desk.show_card(turn, case_id)


def _show(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    turn.shown = True  # the list stays; the card comes below it
    desk.show_card(turn, case_id, anew=True)


def _queue(turn: Turn, _case_id: int, _version: int, _argument: str) -> None:
    turn.shown = True  # the card stays; the list comes below it
    desk.show_queue(turn)


def _claim(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    # No version: a card drawn before a release may still be claimed; the table alone decides.
    before = turn.work.cases.get(case_id)
    case = office.claim(turn.work, actor=turn.actor, case_id=case_id)
    if before.version != case.version:  # a second press takes nothing and tells nobody
        announce.acted(turn, case, but=[turn.place])
    desk.show_card(turn, case_id)


def _release(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    case = office.release(turn.work, actor=turn.actor, case_id=case_id, version=version)
    announce.acted(turn, case, but=[turn.place])
    desk.show_card(turn, case_id)


def _hand_over(turn: Turn, case_id: int, version: int, argument: str) -> None:
    if argument:
        _give(turn, case_id, version, number(argument))
        return
    case = view(turn.work, turn.actor, case_id).case
    insist_on_version(case, version)
    fit = colleagues(turn.work, case)
    if not fit:
        turn.answer(texts.no_colleague())
        desk.show_card(turn, case_id)
        return
    each = column(*(Button(person.name, f"c:{case_id}:{version}:hand.{person.id}") for person in fit))
    back = column(Button(buttons.BACK_TO_CASE, f"c:{case_id}:{version}:open"))
    cards.show(turn, case_id, Screen(texts.colleague_question(case.code), (*each, *back)))


def _give(turn: Turn, case_id: int, version: int, to: int) -> None:
    before = turn.work.cases.get(case_id)
    case = office.hand_over(turn.work, actor=turn.actor, case_id=case_id, to=to, version=version)
    told = announce.to_colleague(turn, case, turn.actor.name)
    announce.refresh_prompts(turn, case, but={*told, turn.place})
    if before.state is not case.state:
        announce.to_officer(turn, case)
    turn.answer(texts.given_to(name_of(turn.work, to)))
    desk.show_card(turn, case_id)


def _tick(turn: Turn, case_id: int, version: int, argument: str) -> None:
    # The button says what is wanted, so that a second tap on it takes nothing back.
    place, _, wanted = argument.partition(".")
    listed = view(turn.work, turn.actor, case_id).findings
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
    desk.show_card(turn, case_id)


_WANTED = {"on": True, "off": False}

_VERBS: dict[str, Callable[[Turn, int, int, str], None]] = {
    "open": _open,
    "show": _show,
    "queue": _queue,
    "claim": _claim,
    "release": _release,
    "hand": _hand_over,
    "tick": _tick,
    "agree": decisions.agree,
    "sign": decisions.sign,
    "undo": decisions.take_back,
    "refuse": decisions.ask_refusal,
    "return": decisions.ask_return,
    "supersede": decisions.ask_supersession,
    "note": decisions.ask_note,
    "rtake": refusals.take,
    "rleave": refusals.leave,
    "uphold": refusals.ask_uphold,
    "recommend": refusals.ask_recommend,
    "files": lambda turn, case_id, _version, _argument: desk.send_attachments(turn, case_id),
    "log": lambda turn, case_id, _version, _argument: history.send(turn, case_id),
    "plan": lambda turn, case_id, _version, _argument: desk.send_plan(turn, case_id),
}


def release_idle(work: Work, wiring: Office) -> None:
    """A sweep: cases go back into the queue whose holders may not review any more, or left them untouched."""
    at, hours = Errand(work, wiring), settings.number(work, HOLD_HOURS.name)
    for freed in office.free(work):
        dropped = freed.dropped.action if freed.dropped else ""
        told = announce.to_person(at, freed.case, freed.holder, texts.taken_away(freed.case.code, dropped))
        announce.acted(at, freed.case, but=told)
    for case, holder in office.expire(work):
        told = announce.to_person(at, case, holder, texts.expired(case.code, hours or 0))
        announce.acted(at, case, but=told)
