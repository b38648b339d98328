"""Drafts that nobody goes on with: told of once, closed, restored from the list."""

from collections.abc import Callable, Iterable
from typing import Final

from bot.cards import Errand, Here
from bot.handlers import forms, proposals
from bot.handlers.waiting import where
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.post import Place, chats_of, post_to_first
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from messages_fa import buttons
from messages_fa import filing as texts
from services import expiry
from storage.errors import NotFound
from storage.records import FormRun, FormStatus, Lane
from storage.work import Work


def nudge_due(work: Work, wiring: Office) -> bool:
    """A sweep: the owners of drafts that are about to expire are told, once."""
    at = Errand(work, wiring)

    def draw(run: FormRun) -> Screen:
        until = expiry.expires_at(work, run) or work.now
        rows = ((Button(buttons.CONTINUE, f"d:open:{run.id}"), Button(buttons.DELETE, f"d:drop:{run.id}")),)
        return Screen(texts.nudge(forms.title_of(run), where(at, run), until), rows)

    return _tell(at, expiry.nudge(work), "nudge", draw)


def close_due(work: Work, wiring: Office) -> bool:
    """A sweep: drafts whose period is over are closed; nothing of them is erased yet."""

    def draw(run: FormRun) -> Screen:
        until = expiry.restorable_until(work, run) or work.now
        rows = column(Button(buttons.RESTORE, f"day:restore:{run.id}"))
        return Screen(texts.expired(forms.title_of(run), until), rows)

    return _tell(Errand(work, wiring), expiry.close(work), "expired", draw)


def discard_due(work: Work, _wiring: Office) -> bool:
    """A sweep: what nobody restored is erased, with its files."""
    return expiry.discard(work) > 0


SWEEPS: Final = (
    ("nudge_drafts", nudge_due, 300),
    ("close_drafts", close_due, 300),
    ("discard_drafts", discard_due, 3600),
)


def restore(turn: Turn, draft: str) -> None:
    """«بازگرداندن», from the list or from the word that it was closed.

    Raises:
        OldButton: it is a draft again, or gone.
    """
    try:
        run = expiry.restore(turn.work, turn.actor, number(draft))
    except NotFound:
        raise OldButton from None
    turn.answer(texts.restored(forms.title_of(run)).plain)
    proposals.show_drafts(turn)


def tell_apart(turn: Turn) -> bool:
    """Say why what is typed goes nowhere: the own draft of this chat was closed or locked; whether it was."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    told = _APART.get(run.status) if run is not None and run.person_id == turn.actor.person_id else None
    if run is None or told is None or not plays(turn.actor, Deed.FILE):
        return False
    words, label, verb = told
    turn.tell(words(forms.title_of(run)), column(Button(label, f"day:{verb}:{run.id}")))
    return True


_APART: Final = {
    FormStatus.EXPIRED: (texts.closed_meanwhile, buttons.RESTORE, "restore"),
    FormStatus.WAITING: (texts.locked_meanwhile, buttons.TAKE_BACK_DRAFT, "take"),
}


def owner_places(at: Here, run: FormRun) -> list[Place]:
    """Where the owner of a draft is told of it; nowhere once they may not answer it: it names a debtor."""
    person = at.work.people.get(run.person_id) if run.person_id is not None else None
    if person is None or not plays(person.actor, Deed.FILE):
        return []
    return chats_of(at.work, at.office, person.id, (run.platform, run.chat_id))


def _tell(at: Errand, runs: Iterable[FormRun], what: str, draw: Callable[[FormRun], Screen]) -> bool:
    found = tuple(runs)

    def tell(run: FormRun) -> None:
        if places := owner_places(at, run):
            purpose = f"draft:{run.id}:{what}:{round(at.work.now.timestamp())}"
            post_to_first(at.work, at.office, places, draw(run), lane=Lane.NOTICES, purpose=purpose)

    one_by_one(at.work, at.office, f"{what}_drafts", found, tell)
    return bool(found)
