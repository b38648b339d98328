"""«جانشین من»: who stands in, from which day to which; told when it begins and when it is over."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from bot import staffing_cards as cards
from bot.cards import Errand
from bot.conversations.form import Position
from bot.conversations.staffing_forms import SUBSTITUTE
from bot.handlers import forms, start
from bot.handlers.forms import Ready
from bot.handlers.signing import signed
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.answers import as_day
from domain.authority import Deed, Thing, plays, require, require_person
from domain.roles import Role
from messages_fa import buttons
from messages_fa import substitutes as texts
from messages_fa.markup import Text
from messages_fa.staffing import refused
from messages_fa.substitutes import Standing
from persian.dates import tehran_day
from services import substitutes as office
from services import targets
from services.cases import name_of
from storage.errors import NotFound
from storage.work import Work


def show(turn: Turn, _about: str = "") -> None:
    """«جانشین من»: what stands and will, each to be ended; and a new one.

    Raises:
        NotYours: somebody without an account.
    """
    found = office.of_person(turn.work, require_person(turn.actor, Deed.LEAVE))
    may = plays(turn.actor, Deed.SUBSTITUTE)
    rows = [(n, cards.standing(one)) for n, one in enumerate(found, 1)]
    ends = [
        Button(buttons.end_substitute(n), f"ppl:subend:{one.substitution.id}")
        for n, one in enumerate(found, 1)
    ]
    new = [Button(buttons.NEW_SUBSTITUTE, "ppl:subnew:0")] if may else []
    turn.show(Screen(texts.substitutes(rows, may=may), column(*ends, *new)), slot="substitutes")


def _new(turn: Turn, _about: str) -> None:
    """«تعیین جانشین»: whom, from when, until when."""
    require(turn.actor, Deed.SUBSTITUTE)
    turn.shown = True
    if office.candidates(turn.work, turn.actor):
        forms.begin(turn, SUBSTITUTE)
    else:
        turn.tell(texts.no_candidate())


def finish(turn: Turn, ready: Ready) -> None:
    """The days were given: shown, and asked once more; an end that is over is asked anew.

    Raises:
        NotYours: no role to stand in for (any more).
    """
    answers = ready.position.answers
    first, last = as_day(answers["first"]), as_day(answers["last"])
    forms.drop(turn, ready.run)
    require(turn.actor, Deed.SUBSTITUTE)
    if first is None or last is None:
        raise OldButton
    first, last = min(first, last), max(first, last)
    if last < tehran_day(turn.work.now):
        kept = {name: value for name, value in answers.items() if name == "who"}
        turn.answer(refused("past"))
        forms.begin(turn, SUBSTITUTE, position=Position(answers=kept, cursor="first"))
        return
    substitute = number(str(answers["who"]))
    data = f"ppl:subyes:{substitute}.{first.toordinal()}.{last.toordinal()}"
    keep = Button(buttons.NOT_TO_APPOINT, "ppl:subno:0")
    shown = Standing(turn.actor.name, name_of(turn.work, substitute), first, last)
    rows = column(Button(buttons.SURE_TO_APPOINT, data), keep)
    turn.show(Screen(texts.sure_to_appoint(shown), rows), slot="substitutes")


def _appoint(turn: Turn, about: str) -> None:
    """«بله، جانشین تعیین شود»: told to both and to the admins."""
    if not signed(turn, f"ppl:subyes:{about}"):
        return
    substitute, first, last = _parts(about)
    made = office.appoint(turn.work, by=turn.actor, substitute_id=substitute, first_day=first, last_day=last)
    told = texts.appointed(cards.standing(made))
    turn.show(Screen(told), slot="substitutes")
    _tell_all(turn, made, told, substitute=texts.you_stand_in(cards.standing(made)))


def _parts(about: str) -> tuple[int, dt.date, dt.date]:
    parts = [number(part) for part in about.split(".")]
    longest = dt.date.max.toordinal()
    if len(parts) != _PARTS or not all(1 <= day <= longest for day in parts[1:]):
        raise OldButton
    return parts[0], dt.date.fromordinal(parts[1]), dt.date.fromordinal(parts[2])


_PARTS: Final = 3
"""Of the button that appoints: the substitute, the first day and the last."""


def _do_not(turn: Turn, _about: str) -> None:
    turn.show(Screen(texts.not_appointed()), slot="substitutes")


def _ask_to_end(turn: Turn, substitution: str) -> None:
    found = turn.work.staffing.substitution(number(substitution))
    if found is None or found.ends_at <= turn.work.now:
        raise OldButton
    require(turn.actor, Deed.END_SUBSTITUTE, Thing(owner=found.person_id, maker=found.substitute_id))
    shown = cards.standing(office.standing(turn.work, found))
    sure = Button(buttons.SURE_TO_END_SUBSTITUTE, f"ppl:subover:{found.id}")
    keep = Button(buttons.KEEP_SUBSTITUTE, "ppl:subs:0")
    turn.show(Screen(texts.sure_to_end(shown), column(sure, keep)), slot="substitutes")


def _end(turn: Turn, substitution: str) -> None:
    """It is over from this moment on; all are told."""
    try:
        over = office.end(turn.work, by=turn.actor, substitution_id=number(substitution))
    except NotFound:
        raise OldButton from None
    told = texts.over(cards.standing(over))
    _tell_all(turn, over, told)
    if turn.actor.person_id == over.substitution.substitute_id:
        now = turn.work.people.get(turn.actor.person_id)
        turn.actor = now.actor if now is not None else turn.actor
        turn.post(*turn.place, Screen(told, keyboard=start.keyboard(turn.actor)))
        start.set_commands(turn)
    else:
        turn.show(Screen(told), slot="substitutes")


def _tell_all(turn: Turn, one: office.Standing, told: Text, *, substitute: Text | None = None) -> None:
    """Both persons and every admin, but here; the substitute in words of their own, where there are any."""
    admins, stands_in = {person.id for person in turn.work.people.with_role(Role.ADMIN)}, one.substitution
    for person in sorted(admins | {stands_in.person_id, stands_in.substitute_id}):
        own = substitute if person == stands_in.substitute_id else None
        cards.tell(turn, person, own or told, but=[turn.place])


def tell_due(work: Work, wiring: Office) -> None:
    """A sweep: in office hours, that a substitution has begun (to who stands in) or is over (to both)."""
    if not targets.may_disturb(work):
        return
    at = Errand(work, wiring)

    def tell(one: office.Standing, is_over: bool) -> None:  # noqa: FBT001 - as the service gives it
        shown = cards.standing(one)
        cards.tell(at, one.substitution.substitute_id, (texts.over if is_over else texts.begun)(shown))
        if is_over:
            cards.tell(at, one.substitution.person_id, texts.over(shown))

    one_by_one(work, wiring, "tell_substitutes", office.untold(work), lambda found: tell(*found))


VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "subs": show,
    "subnew": _new,
    "subyes": _appoint,
    "subno": _do_not,
    "subend": _ask_to_end,
    "subover": _end,
}
