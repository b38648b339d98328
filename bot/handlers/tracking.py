"""Tracking: a code shows the stage to anybody; the form's passcode opens the details for ten minutes."""

import re
from dataclasses import replace
from typing import Final

from bot import announce, stage_view
from bot.conversations import show
from bot.conversations.kinds import FORGOTTEN
from bot.conversations.tracking_forms import PASSCODE
from bot.handlers import asking, complaint_following, forms, waiting
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.lists import numbers
from bot.office import Office
from bot.post import post
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from domain.authority import Deed, plays
from messages_fa import buttons, general
from messages_fa import tracking as texts
from persian.codes import parse_tracking_code
from persian.errors import Unreadable
from persian.text import to_latin_digits
from services import following, secrets, tracking
from services.cases import agency_name_of
from services.errors import TooManyFollowed
from services.tracking import Details, Missed, Stage
from storage.records import Case, Lane
from storage.work import Work

LIKE_A_CODE = 6
"""So many digits and no letters: whoever sends that means a code, if a mistyped one."""


def prompt(turn: Turn) -> None:
    """«پیگیری»: say what to send, and what this chat follows; a code is understood at any time anyway."""
    followed = following.followed(turn.work, platform=turn.chat.platform, chat_id=turn.chat.chat_id)
    files = plays(turn.actor, Deed.FILE)
    text = texts.ask_code([(stage.code, stage.stage) for stage in followed], files=files)
    own = column(Button(buttons.MINE, "m:0:all")) if files else ()
    end = column(Button(buttons.FOLLOWS, "day:follows:")) if followed else ()
    lost = column(Button(buttons.LOST_CODE, "day:lost:"))
    turn.tell(text, (*numbers([f"t:{stage.code}" for stage in followed]), *end, *own, *lost))


def await_code(turn: Turn) -> None:
    """The next message is looked up if it looks like a code, even where a form's question is open."""
    turn.chat = replace(turn.chat, shown={**(turn.chat.shown or {}), _AWAITED: True})


def awaits_code(turn: Turn) -> bool:
    """Whether «پیگیری» was the last thing that this chat asked for, or a passcode, which is no code, is."""
    return bool((turn.chat.shown or {}).get(_AWAITED)) or _asks_passcode(turn)


def _asks_passcode(turn: Turn) -> bool:
    now = forms.current(turn)
    return now is not None and now.form is PASSCODE


def take_code(turn: Turn, typed: str) -> None:
    """Look up a code in the middle of a form, which waits.

    The question for a passcode ends instead: it was about another case.
    """
    if _asks_passcode(turn):
        forms.put_aside(turn)
    look_up(turn, typed)
    waiting.remind(turn)


_AWAITED = "code"


def is_code(text: str) -> bool:
    """Whether a text is a tracking code without a slip: then it is hardly an answer to anything else."""
    try:
        parse_tracking_code(text)
    except Unreadable:
        return False
    return True


def is_grouped(text: str) -> bool:
    """Whether a text stands in three groups of four digits, as codes do on every receipt."""
    return bool(_GROUPED.fullmatch(text.strip()))


_GROUPED: Final = re.compile(r"\d{4}\s\d{4}\s\d{4}")


def seems_code(text: str) -> bool:
    """Whether a text can only be meant as a tracking code."""
    folded = to_latin_digits(text)
    digits = sum(character.isascii() and character.isdigit() for character in folded)
    return digits >= LIKE_A_CODE and not any(character.isalpha() for character in folded)


def look_up(turn: Turn, typed: str) -> None:
    """Show the public view of a code (of a case or a complaint), or the one answer that tells nothing."""
    if complaint_following.shows(turn, typed):
        return
    found = tracking.look_up(turn.work, asker=turn.asker, typed=typed)
    _alarm(turn, found)
    if isinstance(found, Missed):
        turn.tell(texts.missed())
        return
    view = _view(turn, found)
    turn.tell(view.text, view.rows, slot=stage_view.slot(found.case_id))


def refresh(turn: Turn, code: str) -> None:
    """«به‌روزرسانی», and whatever else leads to the view of a code: drawn in place of what was pressed."""
    found = found_by_button(turn, code)
    if found is not None:
        turn.show(_view(turn, found), slot=stage_view.slot(found.case_id))


def act_on_following(turn: Turn, verb: str, code: str) -> None:
    """«پیگیری این کد», «پایان پیگیری», and the filer's «پایان پیگیری دیگران».

    Raises:
        OldButton: there is no such verb.
        NotYours: to end it for the others is the filer's alone.
    """
    if verb not in _FOLLOWING:
        raise OldButton
    found = found_by_button(turn, code)
    if found is None:
        return
    _FOLLOWING[verb](turn, found)
    turn.show(_view(turn, found), slot=stage_view.slot(found.case_id))


def _follow(turn: Turn, found: Stage) -> None:
    if following.is_owner(turn.actor, turn.work.cases.get(found.case_id)):
        return  # the filer is told anyway
    platform, chat_id = turn.chat.platform, turn.chat.chat_id
    try:
        following.follow(turn.work, platform=platform, chat_id=chat_id, case_id=found.case_id)
    except TooManyFollowed as refused:
        turn.answer(texts.too_many(refused.why, refused.limit))


def _unfollow(turn: Turn, found: Stage) -> None:
    following.unfollow(
        turn.work, platform=turn.chat.platform, chat_id=turn.chat.chat_id, case_id=found.case_id
    )
    turn.answer(texts.follow_ended())


def end_following(turn: Turn, case: Case) -> None:
    """«پایان پیگیری دیگران»: nobody follows the own case any more, and each of them is told.

    Raises:
        NotYours: somebody else filed it.
    """
    audience = following.audience(turn.work, case)
    ended = following.end_all(turn.work, by=turn.actor, case_id=case.id)
    turn.answer(texts.following_ended(ended))
    for platform, chat_id in audience:
        if platform in turn.platforms:
            turn.post(platform, chat_id, Screen(texts.following_was_ended(case.code)), lane=Lane.NOTICES)


def _end(turn: Turn, found: Stage) -> None:
    end_following(turn, turn.work.cases.get(found.case_id))


_FOLLOWING = {"on": _follow, "off": _unfollow, "end": _end}


def _view(turn: Turn, found: Stage) -> Screen:
    return stage_view.screen(
        turn.work,
        found,
        platform=turn.chat.platform,
        chat_id=turn.chat.chat_id,
        person_id=turn.actor.person_id,
    )


def found_by_button(turn: Turn, code: str) -> Stage | None:
    """The case of a button; None once it is said that there is none.

    What a button carries can be forged: asking about a code by it is a look-up like any other.
    """
    found = tracking.look_up(turn.work, asker=turn.asker, typed=code)
    _alarm(turn, found)
    if isinstance(found, Missed):
        turn.tell(texts.missed())
        return None
    return found


def ask_passcode(turn: Turn, code: str) -> None:
    """«مشاهده جزئیات با رمز»."""
    found = found_by_button(turn, code)
    if found is not None:
        turn.shown = True
        forms.begin(turn, PASSCODE, subject=found.case_id)


def finish_passcode(turn: Turn, ready: Ready) -> None:
    """A passcode was typed: the message leaves the chat whatever comes of it. Or it is forgotten.

    After a miss the question stays open, so that the next try, which may be right, leaves the chat too.

    Raises:
        SlowWanted: the passcode is to be compared first, outside the transaction.
    """
    case = turn.work.cases.get(ready.run.subject or 0)
    if ready.position.answers["passcode"] == FORGOTTEN.code:
        forms.drop(turn, ready.run)
        asking.ask_case(turn, case.code)
        return
    attempt = tracking.details_prepare(turn.work, asker=turn.asker, code=case.code)
    if isinstance(attempt, Missed):
        _ask_again(turn)
        return
    typed = str(ready.position.answers["passcode"])
    if not isinstance(turn.incoming.computed, bool):
        digest, pepper = attempt.digest, turn.work.vault.pepper
        raise SlowWanted(lambda: secrets.verify(digest, typed, pepper))
    here = turn.chat.platform, turn.chat.chat_id
    hide_expired(turn.work, turn.office)
    stands = turn.work.views.active(case.id, *here)
    found = tracking.details_finish(
        turn.work, asker=turn.asker, attempt=attempt, right=turn.incoming.computed, chat_id=turn.chat.chat_id
    )
    _alarm(turn, found)
    if isinstance(found, Missed):
        _ask_again(turn)
        return
    forms.drop(turn, ready.run)
    turn.take_away()
    if stands:  # the slot holds one message: what stood in it could not be hidden later
        hide(turn.work, turn.office, case.id, *here)
    # The whole plan where one message holds it: only that message is hidden again.
    whole = show.plan_texts(found.plan)
    plan = whole[0] if len(whole) == 1 else show.plan_summary(found.plan)
    text = texts.details(case.code, agency_name_of(turn.work, case), found.proposal, plan, found.until)
    turn.tell(text, slot=f"view:{case.id}")


def hide_expired(work: Work, office: Office) -> None:
    """Take the details off the screens whose ten minutes are over."""
    for view in tracking.expired_views(work):
        if view.platform in office.platforms:
            hide(work, office, view.case_id, view.platform, view.chat_id)


def hide(work: Work, office: Office, case_id: int, platform: str, chat_id: int) -> None:
    """Take the details of a case off a chat's screen."""
    screen, slot = Screen(texts.details_hidden()), f"view:{case_id}"
    post(work, office, platform, chat_id, screen, slot=slot, edit=True)


def _ask_again(turn: Turn) -> None:
    turn.take_away()
    forms.prompt_again(turn, texts.missed())


def reopen(turn: Turn, case_id: int) -> None:
    """«بازگشایی»: an admin opens a form's details again after a hundred wrong passcodes."""
    tracking.reopen(turn.work, by=turn.actor, case_id=case_id)
    turn.show(Screen(texts.form_reopened(turn.work.cases.get(case_id).code)))


def _alarm(turn: Turn, found: Stage | Missed | Details) -> None:
    """Tell the admins of guessing, and of a form that it has closed."""
    if not isinstance(found, Missed):
        return
    if found.alarm:
        announce.to_admins(turn.work, turn.office, general.alarm("code_guessing", ""))
    if found.closed_case is not None:
        code = turn.work.cases.get(found.closed_case).code
        rows = column(Button(buttons.REOPEN, f"o:{found.closed_case}"))
        announce.to_admins(turn.work, turn.office, texts.form_closed(code), rows)
