"""«رمز را فراموش کرده‌ام»: the owner asks for a new passcode, or for a new second factor."""

from bot import announce, reset_cards
from bot.handlers import forms, frozen
from bot.handlers.frozen import Meant
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, plays
from domain.errors import NotYours
from messages_fa import buttons, general
from messages_fa import resets as texts
from services import reset_desk, resets
from services.errors import AskedTooOften
from services.resets import Asked
from storage.records import Case
from storage.records.factors import Reset


def how(turn: Turn) -> None:
    """Typed, or pressed in the help: where each kind of secret is renewed."""
    officer = plays(turn.actor, Deed.FILE)
    own = (Button(buttons.MINE, "m:0:all"),) if officer else ()
    factor = (Button(buttons.FACTOR, "sgn:menu:"),) if turn.actor.grants else ()
    turn.tell(texts.how(officer=officer, staff=bool(turn.actor.grants)), column(*own, *factor))
    forms.prompt_again(turn)


def ask_case(turn: Turn, code: str) -> None:
    """For a case's passcode. Whoever did not file it reads what is answered for an unknown code."""
    if _held_back(turn, f"rst:case:{code}"):
        return
    try:
        came = resets.ask_for_case(turn.work, turn.actor, turn.asker, code)
    except AskedTooOften as often:
        turn.show(Screen(texts.too_often(often.until)))
        return
    if came.alarm:
        announce.to_admins(turn.work, turn.office, general.alarm("code_guessing", ""))
    if came.tell is not None:
        _tell_of_another(turn, came.tell, came.heard_by)
    if came.colleague:
        turn.show(Screen(texts.asked_by_colleague(came.colleague)))
    elif came.reset is None:
        turn.show(Screen(texts.only_filer()))
    else:
        _answer(turn, came, came.reset)


def ask_factor(turn: Turn) -> None:
    """For the own second factor."""
    if _held_back(turn, "rst:factor:"):
        return
    try:
        came = resets.ask_for_factor(turn.work, turn.actor, turn.chat.platform)
    except AskedTooOften as often:
        turn.show(Screen(texts.too_often(often.until)))
        return
    except NotYours:
        turn.show(Screen(general.not_allowed()))
        return
    if came.reset is not None:
        _answer(turn, came, came.reset)


def _held_back(turn: Turn, action: str) -> bool:
    """Whether a maintenance is on: the question that only reads has a button that begins something."""
    return frozen.holds_back(turn, Meant("press", action, lambda _: None))


def _answer(turn: Turn, came: Asked, reset: Reset) -> None:
    code = reset_cards.code_of(turn.work, reset)
    due = reset_desk.task(turn.work, reset).due
    text = texts.asked(code, new=came.new, due=due, issued=reset.issued_at is not None)
    why = reset_cards.why_rows(turn.work, reset)
    turn.show(Screen(text, (*column(reset_cards.withdraw(reset)), *why)))
    if not came.new:
        return
    if not reset_desk.admins_for(turn.work, reset):
        turn.tell(texts.no_other_admin())
    for each in reset_desk.to_prompt(turn.work):
        reset_cards.prompt_admins(turn, each)
    told = Screen(texts.asked_elsewhere(code), column(reset_cards.withdraw(reset)))
    reset_cards.tell_owner(turn, reset.owner, told, but=[turn.place])


def _tell_of_another(turn: Turn, case: Case, persons: tuple[int, ...]) -> None:
    for person in persons:
        reset_cards.tell_owner(turn, person, Screen(texts.asked_by_other(case.code)))
