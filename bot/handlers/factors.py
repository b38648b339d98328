"""«رمز امضا»: making a second factor, changing it and removing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot import factor_posts, reset_cards
from bot.conversations.factor_forms import FIRST_CODE, NEW_PIN, PIN_AGAIN
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.handlers.signing import CHOICES, FORGOTTEN_FACTOR, compared, proved, take_away
from bot.incoming import SlowWanted
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from messages_fa import buttons, general
from messages_fa import signing as texts
from messages_fa.markup import Text
from services import factors as office
from services import secrets
from storage.records.factors import FactorSetup
from storage.work import Work


def menu(turn: Turn) -> None:
    """«رمز امضا»: what the person has, and what can be done about it."""
    if not turn.actor.grants:
        turn.tell(general.not_allowed())
        return
    office.forget_awaited(turn.work, turn.actor, turn.place)
    factor = office.current(turn.work, turn.actor)
    turn.shown = True
    if factor is None:
        turn.tell(texts.about(), CHOICES)
    elif factor.dead_at is not None:
        turn.tell(texts.dead(), column(FORGOTTEN_FACTOR))
    else:
        turn.tell(texts.has(factor.kind, factor.since), column(_CHANGE, _REMOVE, FORGOTTEN_FACTOR))


_CHANGE: Final = Button(buttons.CHANGE_FACTOR, "sgn:change:")
_REMOVE: Final = Button(buttons.REMOVE_FACTOR, "sgn:remove:")


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed about the own second factor.

    Raises:
        OldButton: there is no such button, or it does not fit any more.
    """
    if rest[0] not in _VERBS:
        raise OldButton
    if not turn.actor.grants:
        turn.tell(general.not_allowed())
        return
    _VERBS[rest[0]](turn)


def _change(turn: Turn) -> None:
    if office.current(turn.work, turn.actor) is None:
        raise OldButton
    if proved(turn, "sgn:change:"):
        office.let(turn.work, turn.actor, turn.place)
        turn.tell(texts.choose(), CHOICES)


def choose_anew(turn: Turn, reset_id: int) -> None:
    """The old one was lost, and a one-time code allows a new one."""
    office.let(turn.work, turn.actor, turn.place, reset_id=reset_id)
    turn.tell(texts.choose(), CHOICES)


def _ask_to_remove(turn: Turn) -> None:
    if office.current(turn.work, turn.actor) is None:
        raise OldButton
    sure = (Button(buttons.SURE_TO_REMOVE_FACTOR, "sgn:off:"), Button(buttons.KEEP_FACTOR, "sgn:keep:"))
    turn.show(Screen(texts.sure_to_remove(), column(*sure)))


def _keep(turn: Turn) -> None:
    turn.show(Screen(texts.kept_as_it_is()))


def _remove(turn: Turn) -> None:
    if office.current(turn.work, turn.actor) is None:
        raise OldButton
    if proved(turn, "sgn:off:"):
        office.remove(turn.work, turn.actor)
        turn.tell(texts.removed())
        _tell_others(turn, texts.removed_elsewhere())


def _make_totp(turn: Turn) -> None:
    if not _begun(turn):
        return
    secret = office.begin_totp(turn.work, turn.actor, turn.place)
    factor_posts.show(turn, turn.place, secret, turn.actor.name)
    forms.begin(turn, FIRST_CODE)


def _make_pin(turn: Turn) -> None:
    if not _begun(turn):
        return
    office.begin_pin(turn.work, turn.actor, turn.place)
    forms.begin(turn, NEW_PIN)


def _begun(turn: Turn) -> bool:
    """Whether one may be made here; the one begun before leaves its chat."""
    before = office.making(turn.work, turn.actor)
    if not office.may_make(turn.work, turn.actor, turn.place):
        if before is None:
            raise OldButton
        turn.tell(texts.made_in_another_chat())
        return False
    turn.shown = True
    factor_posts.end(turn.work, before)
    return True


_VERBS: Final[dict[str, Callable[[Turn], None]]] = {
    "menu": menu,
    "totp": _make_totp,
    "pin": _make_pin,
    "change": _change,
    "remove": _ask_to_remove,
    "off": _remove,
    "keep": _keep,
}


# What is typed


def finish_first_code(turn: Turn, ready: Ready) -> None:
    """The first code of an authenticator was typed: the picture and the secret leave the chat."""
    take_away(turn)
    setup = _setup(turn, ready, "totp")
    if setup is None:
        return
    step = office.step_of(setup.secret, str(ready.position.answers["code"]), turn.work.now)
    if step is None:
        forms.prompt_again(turn, texts.code_does_not_fit())
        return
    _made(turn, ready, setup, step)


def finish_new_pin(turn: Turn, ready: Ready) -> None:
    """A PIN was typed for the first time: its digest is kept, and it is asked once more.

    Raises:
        SlowWanted: it is to be hashed first, outside the transaction.
    """
    take_away(turn)
    if _setup(turn, ready, "pin") is None:
        return
    came, typed = turn.incoming.computed, str(ready.position.answers["code"])
    if not isinstance(came, Hashed):
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: Hashed(secrets.digest_of(typed, pepper)))
    office.begin_pin(turn.work, turn.actor, turn.place, came.digest)
    forms.drop(turn, ready.run)
    forms.begin(turn, PIN_AGAIN)


@dataclass(frozen=True, slots=True)
class Hashed:
    """The digest of a PIN."""

    digest: str


def finish_pin_again(turn: Turn, ready: Ready) -> None:
    """The PIN was typed again.

    Raises:
        SlowWanted: it is to be compared first, outside the transaction.
    """
    take_away(turn)
    setup = _setup(turn, ready, "pin")
    if setup is None:
        return
    if compared(turn, setup.digest, str(ready.position.answers["code"])):
        _made(turn, ready, setup, 0)
        return
    office.begin_pin(turn.work, turn.actor, turn.place)
    forms.drop(turn, ready.run)
    turn.tell(texts.pins_differ())
    forms.begin(turn, NEW_PIN)


def _setup(turn: Turn, ready: Ready, kind: str) -> FactorSetup | None:
    """What is being made, if it still is; else the question ends."""
    setup = office.making(turn.work, turn.actor)
    if setup is not None and setup.kind == kind and office.makes_in(setup, turn.place):
        return setup
    forms.drop(turn, ready.run)
    turn.tell(texts.setup_over())
    return None


def _made(turn: Turn, ready: Ready, setup: FactorSetup, step: int) -> None:
    forms.drop(turn, ready.run)
    factor_posts.end(turn.work, setup)
    if not office.confirm(turn.work, turn.actor, setup, step=step):
        turn.tell(texts.setup_over())
        return
    turn.tell(texts.made(setup.kind or "pin"))
    _tell_others(turn, texts.made_elsewhere(setup.kind or "pin"))
    if setup.reset_id is not None:
        reset_cards.close(turn, setup.reset_id)
    turn.proved = True
    turn.then = office.note_made(turn.work, turn.actor, turn.place)


def _tell_others(turn: Turn, text: Text) -> None:
    reset_cards.tell_owner(turn, turn.actor.person_id or 0, Screen(text), but=[turn.place])


# The clock


def end_setups(work: Work, wiring: Office) -> bool:
    """A sweep: secrets that were not confirmed in time leave their chats."""
    over = office.setups_over(work)
    one_by_one(work, wiring, "end_setups", over, lambda setup: factor_posts.end(work, setup))
    return bool(over)


def drop_unsigned(work: Work, _wiring: Office) -> bool:
    """A sweep: filled-in forms that nobody signed are erased."""
    return office.drop_unsigned(work)


PART: Final = Part(
    buttons={"sgn": (press, 2)},
    finish={
        FIRST_CODE.name: finish_first_code,
        NEW_PIN.name: finish_new_pin,
        PIN_AGAIN.name: finish_pin_again,
    },
    words={buttons.FACTOR: menu},
    sweeps=(("end_setups", end_setups, 60), ("drop_unsigned", drop_unsigned, 3600)),
)
