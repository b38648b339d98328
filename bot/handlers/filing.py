"""The officer's day beyond the form: copies, withdrawal, lost codes, co-signatures, reviews asked for."""

from collections.abc import Callable
from typing import Final

from bot.handlers import cosigning, expiring, mine, proposals, refusals, twice, withdrawing
from bot.office import Office
from bot.part import Part
from bot.screen import Button, Screen
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.errors import NotYours
from messages_fa import buttons, review
from messages_fa import filing as texts
from messages_fa.markup import paragraphs
from services import alike, following, settings, tracking
from services.tracking import Missed
from storage.work import Work

FILLED_AT_ONCE: Final = 200
"""Cases of one sweep: some hundredths of a second, so that nobody waits for it."""


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed of the officer's day; person, object and state are asked again at every press.

    Raises:
        OldButton: there is no such button.
    """
    verb, about = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, about)
    except NotYours as refused:
        turn.answer(review.not_yours(refused.why))


def lost(turn: Turn, _about: str = "") -> None:
    """«کد را گم کرده‌ام»: an officer has a list; others are told how, and nothing of any code."""
    if plays(turn.actor, Deed.FILE):
        mine.show(turn)
        return
    contact = texts.office_contact(settings.text(turn.work, "contact"))
    turn.show(Screen(paragraphs(texts.lost_code(), contact)), slot="lost")


def follows(turn: Turn, _about: str = "") -> None:
    """«کدهایی که دنبال می‌کنم»: each can be looked at, or followed no longer."""
    followed = following.followed(turn.work, platform=turn.chat.platform, chat_id=turn.chat.chat_id)
    rows = tuple(
        (
            Button(buttons.numbered(n), f"t:{stage.code}"),
            Button(texts.unfollow_row(n), f"day:unfollow:{stage.code}"),
        )
        for n, stage in enumerate(followed, 1)
    )
    text = texts.follows([(stage.code, stage.stage) for stage in followed])
    turn.show(Screen(text, rows), slot="follows")


def _unfollow(turn: Turn, code: str) -> None:
    """«پایان ۲»: only what this chat follows; a forged code is a look-up like any other."""
    found = tracking.look_up(turn.work, asker=turn.asker, typed=code)
    if isinstance(found, Missed):
        raise OldButton
    platform, chat_id = turn.place
    following.unfollow(turn.work, platform=platform, chat_id=chat_id, case_id=found.case_id)
    follows(turn)


def _numbered(act: Callable[[Turn, int], None]) -> Callable[[Turn, str], None]:
    return lambda turn, about: act(turn, number(about))


_VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "withdraw": _numbered(withdrawing.ask),
    "like": _numbered(proposals.similar),
    "review": _numbered(refusals.ask),
    "same": _numbered(twice.follow_same),
    "anew": _numbered(twice.ask_reason),
    "restore": expiring.restore,
    "take": cosigning.take_back,
    "sign": cosigning.sign,
    "back": cosigning.ask_objection,
    "lost": lost,
    "follows": follows,
    "unfollow": _unfollow,
}


def fill_debts(work: Work, _wiring: Office) -> None:
    """A sweep: cases filed before there was a warning of the same debt are found too, a few at a time."""
    alike.fill(work, FILLED_AT_ONCE)


PART: Final = Part(
    buttons={"day": (press, 2)},
    finish={
        "withdrawal": withdrawing.finish,
        "anew": twice.finish_reason,
        "review_request": refusals.finish_request,
        "uphold": refusals.finish_uphold,
        "recommend": refusals.finish_recommend,
        "cosigner": cosigning.finish_name,
        "sent_back": cosigning.finish_objection,
    },
    words={
        buttons.RESTORE: proposals.show_drafts,
        buttons.TAKE_BACK_DRAFT: proposals.show_drafts,
        buttons.SIMILAR: proposals.similar_typed,
        buttons.LOST_CODE: lost,
        buttons.FOLLOWS: follows,
    },
    sweeps=(*expiring.SWEEPS, *cosigning.SWEEPS, ("fill_debts", fill_debts, 300)),
)
