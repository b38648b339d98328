"""Being asked for the second factor «رمز امضا» before something is signed; `factors` makes one."""

from dataclasses import dataclass
from typing import Final

from bot.conversations.factor_forms import SIGN_BY_PIN, SIGN_BY_TOTP
from bot.conversations.kinds import FORGOTTEN
from bot.handlers import asking, forms, unsigned
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.part import Part
from bot.screen import Button, Rows, column
from bot.turn import Turn
from domain.authority import Deed, require
from messages_fa import buttons
from messages_fa import signing as texts
from services import factors as office
from services import secrets
from services.factors import Standing


def signed(turn: Turn, action: str) -> bool:
    """Whether the person may go on now with something that is signed: a decision, a broadcast.

    Otherwise the second factor is asked for (or made first), and once it is given the button `action` is
    carried out as if it had been pressed now.

    Args:
        turn: this turn.
        action: the callback data of what is to be done.

    Raises:
        NotYours: a stranger signs nothing.
    """
    stands = _standing(turn)
    if stands is not None:
        _ask(turn, stands, action)
    return stands is None


def signed_form(turn: Turn, ready: Ready) -> bool:
    """The same for a form that is filled in: all that was written in it is kept until it is signed."""
    stands = _standing(turn)
    if stands is not None:
        action = unsigned.keep(turn, ready)
        turn.tell(texts.kept(), column(Button(buttons.CONTINUE_SIGNING, action)))
        _ask(turn, stands, action)
    return stands is None


def _standing(turn: Turn) -> Standing | None:
    """What stands in the way; None if nothing does."""
    require(turn.actor, Deed.SIGN)
    stands = office.standing(turn.work, turn.actor, turn.place)
    if stands == "signed":
        office.note_signed(turn.work, turn.actor, turn.place)
    return None if stands in {"free", "signed"} else stands


def proved(turn: Turn, action: str) -> bool:
    """Whether the person has given the second factor in this very turn; else it is asked for, as in `signed`.

    For what changes the factor itself: no earlier signature is enough.
    """
    if not turn.proved:
        stands = office.standing(turn.work, turn.actor, turn.place)
        _ask(turn, "dead" if stands == "dead" else "to_sign", action)
    return turn.proved


def _ask(turn: Turn, stands: Standing, action: str) -> None:
    turn.shown = True  # what was pressed stays; the question comes as a message of its own
    office.await_signature(turn.work, turn.actor, turn.place, action)
    if stands == "to_enrol":
        turn.tell(texts.choose_to_go_on(), CHOICES)
    elif stands == "dead":
        turn.tell(texts.dead(), column(FORGOTTEN_FACTOR))
    else:
        factor = office.current(turn.work, turn.actor)
        forms.begin(turn, SIGN_BY_PIN if factor is not None and factor.kind == "pin" else SIGN_BY_TOTP)


CHOICES: Final[Rows] = ((Button(buttons.MAKE_TOTP, "sgn:totp:"), Button(buttons.MAKE_PIN, "sgn:pin:")),)
"""The kinds of a second factor."""
FORGOTTEN_FACTOR: Final = Button(buttons.FORGOTTEN, "rst:factor:")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the slow comparison of a PIN came to."""

    right: bool


def finish_code(turn: Turn, ready: Ready) -> None:
    """A code was typed: its message leaves the chat, and what waited for it is carried out.

    Raises:
        SlowWanted: a PIN is to be compared first, outside the transaction.
    """
    typed = str(ready.position.answers["code"])
    if typed == FORGOTTEN.code:
        forms.drop(turn, ready.run)
        asking.ask_factor(turn)
    elif office.standing(turn.work, turn.actor, turn.place) in {"free", "to_enrol", "dead"}:
        take_away(turn)
        forms.drop(turn, ready.run)
        _changed_meanwhile(turn)
    elif _is_right(turn, typed):
        take_away(turn)
        forms.drop(turn, ready.run)
        turn.proved = True
        turn.then = office.note_signed(turn.work, turn.actor, turn.place)
        if turn.then is None:
            turn.tell(texts.signed())
    else:
        take_away(turn)
        forms.prompt_again(turn, texts.not_taken())


def _changed_meanwhile(turn: Turn) -> None:
    """The factor was removed or reset since it was asked for: whatever waits is asked about anew."""
    turn.then = office.note_signed(turn.work, turn.actor, turn.place)
    if turn.then is None:
        turn.tell(texts.dead() if office.current(turn.work, turn.actor) is not None else texts.removed())


def _is_right(turn: Turn, typed: str) -> bool:
    attempt = office.prepare(turn.work, turn.actor)
    if attempt is None:
        return False
    right = attempt.kind == "pin" and compared(turn, attempt.digest, typed)
    return office.finish(turn.work, turn.actor, typed, right_pin=right)


def compared(turn: Turn, digest: str, typed: str) -> bool:
    """Whether this is the PIN of that digest.

    Raises:
        SlowWanted: it is to be compared first, outside the transaction.
    """
    came = turn.incoming.computed
    if not isinstance(came, Compared):
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: Compared(secrets.same(digest, typed, pepper)))
    return came.right


def take_away(turn: Turn) -> None:
    """What was typed leaves the chat."""
    if turn.incoming.kind == "text":
        turn.take_away()


PART: Final = Part(finish={SIGN_BY_TOTP.name: finish_code, SIGN_BY_PIN.name: finish_code})
