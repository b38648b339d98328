"""The second factor «رمز امضا»: a code of an authenticator (RFC 6238) or a PIN, given anew to sign something.

Numbers are those of the parameter sheet, but for those marked as the project's own.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

import pyotp
import segno

from domain.roles import Actor
from domain.settings import SECOND_FACTOR
from domain.throttle import FACTOR_BY_PERSON, after_miss, blocked
from messages_fa.office import BOT
from services import drafts, settings
from storage.records import FormStatus
from storage.records.factors import Factor, FactorKind, FactorSetup, Signing
from storage.work import Work

IDLE: Final = timedelta(minutes=15)
"""How long a signature holds in its chat after the last act that it was needed for (parameter sheet)."""
STEP: Final = 30
"""Seconds for which a code of an authenticator stands (parameter sheet)."""
DRIFT: Final = 1
"""Steps by which the clock of a phone may be wrong either way: the project's own number."""
SETUP_LASTS: Final = timedelta(minutes=15)
"""How long a second factor may be in the making: the project's own number."""
UNSIGNED_LASTS: Final = timedelta(days=7)
"""How long a filled-in form waits to be signed: the project's own number."""
AT_ONCE: Final = 200
"""Rows of one unit of a sweep."""

Place = tuple[str, int]
"""A platform and a chat there."""
Standing = Literal["free", "signed", "to_sign", "to_enrol", "dead"]
"""Whether somebody may go on: `dead` is a factor that was reset and has to be made anew first."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A typed code about to be compared, outside the unit of work for a PIN.

    Attributes:
        digest: of the PIN; empty for an authenticator.
    """

    kind: FactorKind
    digest: str = field(repr=False)


# Signing


def standing(work: Work, actor: Actor, place: Place) -> Standing:
    """Whether this person may sign something in this chat now."""
    factor = _factor(work, actor)
    if factor is None:
        return "to_enrol" if settings.value(work, SECOND_FACTOR.name) is True else "free"
    if factor.dead_at is not None:
        return "dead"
    return "signed" if _is_fresh(work, factor, work.factors.signing(*place)) else "to_sign"


def _is_fresh(work: Work, factor: Factor, signing: Signing | None) -> bool:
    """A signature of this person, with this factor, not idle; one from the future is of a clock set back."""
    if signing is None or signing.person_id != factor.person_id or signing.signed_at is None:
        return False
    return factor.since <= signing.signed_at <= work.now < signing.signed_at + IDLE


def await_signature(work: Work, actor: Actor, place: Place, action: str) -> None:
    """Keep the button that is carried out once this person has signed in this chat, for a while."""
    work.factors.note_signing(*place, Signing(_number(actor), None, action, work.now))


def forget_awaited(work: Work, actor: Actor, place: Place) -> None:
    """Whatever waited for a signature in this chat is not carried out by the next one."""
    before = work.factors.signing(*place)
    signed_at = before.signed_at if before is not None and before.person_id == actor.person_id else None
    work.factors.note_signing(*place, Signing(_number(actor), signed_at))


def note_signed(work: Work, actor: Actor, place: Place) -> str | None:
    """The person has signed here just now, or did something signed; gives the button that waited, once."""
    before = work.factors.signing(*place)
    work.factors.note_signing(*place, Signing(_number(actor), work.now))
    return before.action if before is not None and before.person_id == actor.person_id else None


def note_made(work: Work, actor: Actor, place: Place) -> str | None:
    """The same once a factor was made: what was asked for long before is not carried out by the way."""
    before = work.factors.signing(*place)
    action = note_signed(work, actor, place)
    if before is None or before.asked_at is None:
        return None
    return action if before.asked_at <= work.now < before.asked_at + SETUP_LASTS else None


def prepare(work: Work, actor: Actor) -> Attempt | None:
    """Before a code is compared: may this person try one? None while waiting, and where there is none."""
    factor = _factor(work, actor)
    if factor is None or factor.dead_at is not None or _waits(work, actor):
        return None
    return Attempt(factor.kind, factor.digest)


def finish(work: Work, actor: Actor, typed: str, *, right_pin: bool) -> bool:
    """Take the typed code, or count one more miss.

    Args:
        work: this unit.
        actor: whose factor.
        typed: six Latin digits.
        right_pin: what `services.secrets.same` found of a PIN; nothing is made of it for an authenticator.

    Returns:
        Whether it is taken; an authenticator's code is taken once.
    """
    factor = _factor(work, actor)
    if factor is None or factor.dead_at is not None or _waits(work, actor):
        return False
    if right_pin if factor.kind == "pin" else _takes_code(work, factor, typed):
        work.counters.clear(FACTOR_BY_PERSON.scope, _key(actor))
        return True
    counter = work.counters.hold(FACTOR_BY_PERSON.scope, _key(actor))
    work.counters.put(FACTOR_BY_PERSON.scope, _key(actor), after_miss(FACTOR_BY_PERSON, counter, work.now))
    return False


def _takes_code(work: Work, factor: Factor, typed: str) -> bool:
    step = step_of(factor.secret, typed, work.now)
    return step is not None and work.factors.take_step(factor.person_id, step)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step whose code this is, or None: this one, or one of those beside it, the latest first."""
    code, today = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    beside = range(today + DRIFT, today - DRIFT - 1, -1)
    found = [step for step in beside if pyotp.utils.strings_equal(code.at(step * STEP), typed)]
    return next(iter(found), None)


def _waits(work: Work, actor: Actor) -> bool:
    counter = work.counters.get(FACTOR_BY_PERSON.scope, _key(actor))
    return blocked(counter, work.now) is not None


# Making one


def current(work: Work, actor: Actor) -> Factor | None:
    """The person's second factor, dead or alive, or None."""
    return _factor(work, actor)


def may_make(work: Work, actor: Actor, place: Place) -> bool:
    """Whether the person may make one in this chat now: has none, or was let by the old or a reset."""
    return bool(actor.grants) and (_factor(work, actor) is None or makes_in(making(work, actor), place))


def makes_in(setup: FactorSetup | None, place: Place) -> bool:
    """Whether this chat is where it is made: what was proved in one chat opens nothing in another."""
    return setup is not None and (setup.platform, setup.chat_id) == place


def making(work: Work, actor: Actor) -> FactorSetup | None:
    """The one that the person is making, if its time is not over."""
    setup = work.factors.setup(actor.person_id) if actor.person_id is not None else None
    return None if setup is None or setup.begun_at + SETUP_LASTS <= work.now else setup


def let(work: Work, actor: Actor, place: Place, *, reset_id: int | None = None) -> None:
    """Let the person make another in place of the present one, which holds until then unless it is dead."""
    work.factors.begin(_number(actor), place, reset_id=reset_id)


def begin_totp(work: Work, actor: Actor, place: Place) -> str:
    """Begin with an authenticator; gives its secret (base 32, 160 bits), shown once and sealed until then."""
    secret = pyotp.random_base32()
    work.factors.begin(_number(actor), place, "totp", secret=secret, reset_id=_reset_id(work, actor))
    return secret


def begin_pin(work: Work, actor: Actor, place: Place, digest: str = "") -> None:
    """Begin with a PIN; `digest` is that of the one typed first, empty before it."""
    work.factors.begin(_number(actor), place, "pin", digest=digest, reset_id=_reset_id(work, actor))


def confirm(work: Work, actor: Actor, setup: FactorSetup, *, step: int = 0) -> bool:
    """What was being made is the person's second factor from now on; the misses of the old one are forgotten.

    Args:
        work: this unit.
        actor: whose.
        setup: as it stands.
        step: of the code that confirmed an authenticator, which is not taken again.

    Returns:
        False if the reset that allowed it has ended meanwhile.
    """
    work.factors.end_setup(setup.person_id)
    if setup.reset_id is not None and not work.factors.end_reset(setup.reset_id, "used"):
        return False
    kind = setup.kind or "pin"
    work.factors.put(setup.person_id, kind, secret=setup.secret, digest=setup.digest, last_step=step)
    work.factors.unsign(setup.person_id)
    work.counters.clear(FACTOR_BY_PERSON.scope, _key(actor))
    work.factors.note_event(f"{kind}_made", setup.person_id, by=actor.person_id, reset_id=setup.reset_id)
    return True


def remove(work: Work, actor: Actor) -> None:
    """The person has no second factor any more."""
    work.factors.drop(_number(actor))
    work.factors.end_setup(_number(actor))
    work.factors.unsign(_number(actor))
    work.factors.note_event("factor_removed", _number(actor), by=actor.person_id)


def address(secret: str, name: str) -> str:
    """The otpauth address that an authenticator reads; it lists the code under the bot's name."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=BOT)


def picture(text: str) -> bytes:
    """The QR of a text as a PNG, large enough for another phone's camera."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()


# What is left behind


def setups_over(work: Work) -> tuple[FactorSetup, ...]:
    """Those not finished in time, ended."""
    over = work.factors.setups_before(work.now - SETUP_LASTS, limit=AT_ONCE)
    for setup in over:
        work.factors.end_setup(setup.person_id)
    return over


def drop_unsigned(work: Work) -> bool:
    """Erase the filled-in forms that were never signed; whether there were any."""
    old = work.factors.unsigned_before(work.now - UNSIGNED_LASTS, limit=AT_ONCE)
    for form_id in old:
        run = work.forms.get(form_id)
        if run is not None and run.status is FormStatus.OPEN:
            drafts.give_up(work, run)
        work.factors.end_unsigned(form_id)
    return bool(old)


def _factor(work: Work, actor: Actor) -> Factor | None:
    return work.factors.get(actor.person_id) if actor.person_id is not None else None


def _reset_id(work: Work, actor: Actor) -> int | None:
    setup = making(work, actor)
    return setup.reset_id if setup else None


def _number(actor: Actor) -> int:
    return actor.person_id or 0


def _key(actor: Actor) -> str:
    return str(actor.person_id)
