"""Where a complaint stands: for anybody with its code, for who complained, and with its passcode.

What is shown of an anonymous one is not remembered: it leads to its code.
"""

from collections.abc import Callable

from bot import announce, complaint_view
from bot.complaint_view import OWNER
from bot.conversations.complaint_forms import COMPLAINT_PASSCODE
from bot.conversations.form import Position
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.screen import Screen
from bot.turn import OldButton, Turn
from domain.complaints import may_handle
from messages_fa import complaint_ask, general
from messages_fa import targets as target_texts
from messages_fa import tracking as tracking_texts
from services import complaint_traces, secrets, tracking
from services import complaints as office
from services.complaint_acts import facts_of
from services.complaint_clocks import why
from services.tracking import Missed
from storage.records.complaints import Complaint


def shows(turn: Turn, typed: str) -> bool:
    """Show the complaint of a typed tracking code; whether it was one's."""
    complaint = office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=typed)
    if complaint is not None:
        show(turn, complaint, view_of(turn, complaint))
    return complaint is not None


def view_of(turn: Turn, complaint: Complaint) -> Screen:
    """The complaint as whoever looks at it may see it."""
    if office.is_owner(turn.actor, turn.asker, complaint):
        return complaint_view.own(turn.work, complaint, OWNER)
    return complaint_view.public(turn.work, complaint)


def show(turn: Turn, complaint: Complaint, screen: Screen) -> None:
    """Show it; what is shown of an anonymous one is not remembered, since it leads to its code."""
    if not complaint.anonymous:
        turn.show(screen)
        return
    pressed = turn.incoming.message_id if turn.incoming.kind == "press" and not turn.shown else None
    turn.post(*turn.place, screen, edit=pressed is not None, message_id=pressed)
    turn.shown = True


def _refresh(turn: Turn, code: str) -> None:
    if not shows(turn, code):
        _no_such_code(turn, code)


def _no_such_code(turn: Turn, code: str) -> None:
    """What a button carries can be forged: a code by it counts like one that was typed."""
    found = tracking.look_up(turn.work, asker=turn.asker, typed=code)
    turn.tell(tracking_texts.missed())
    if isinstance(found, Missed):
        _alarm(turn, found)


def _ask_passcode(turn: Turn, code: str) -> None:
    """«دیدن پاسخ با رمز»: the form's row does not lead to the complaint."""
    if office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=code) is None:
        _no_such_code(turn, code)
        return
    turn.shown = True
    forms.begin(turn, COMPLAINT_PASSCODE, position=Position({}, "passcode", about=code))


def _why(turn: Turn, code: str) -> None:
    """«چرا این تاریخ؟»: with the moments for who complained or handles it; for others with days alone."""
    complaint = office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=code)
    if complaint is None:
        _no_such_code(turn, code)
        return
    found = why(turn.work, complaint)
    if found is None:
        raise OldButton
    turn.shown = True  # what was pressed stays
    whole = not complaint.anonymous and office.is_owner(turn.actor, turn.asker, complaint)
    whole = whole or may_handle(turn.actor, facts_of(turn.work, complaint))
    text = target_texts.why(complaint.code, *found, whole=whole, clock="complaint")
    turn.post(*turn.place, Screen(text))


BY_CODE: dict[str, Callable[[Turn, str], None]] = {"v": _refresh, "p": _ask_passcode, "w": _why}


def finish_passcode(turn: Turn, ready: Ready) -> None:
    """The passcode of an anonymous complaint was typed; the message leaves the chat whatever comes of it.

    Raises:
        SlowWanted: it is to be compared first, outside the transaction.
    """
    code = ready.position.about or ""
    tried = office.passcode_prepare(turn.work, asker=turn.asker, code=code)
    if isinstance(tried, Missed):
        _missed(turn, tried)
        return
    typed = str(ready.position.answers["passcode"])
    if not isinstance(turn.incoming.computed, bool):
        digest, pepper = tried.digest, turn.work.vault.pepper
        raise SlowWanted(lambda: secrets.verify(digest, typed, pepper))
    found = office.passcode_finish(turn.work, asker=turn.asker, tried=tried, right=turn.incoming.computed)
    if isinstance(found, Missed):
        _missed(turn, found)
        return
    forms.drop(turn, ready.run)
    complaint_traces.forget_form(turn.work, ready.run)
    turn.take_away()
    show(turn, found, complaint_view.own(turn.work, found, complaint_view.leave(turn.work, found)))


def _missed(turn: Turn, missed: Missed) -> None:
    turn.take_away()
    forms.prompt_again(turn, complaint_ask.wrong_passcode())
    _alarm(turn, missed)


def _alarm(turn: Turn, missed: Missed) -> None:
    if missed.alarm:
        announce.to_admins(turn.work, turn.office, general.alarm("code_guessing", ""))
