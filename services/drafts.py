"""Drafts «پیش‌نویس» of proposals and complaints: listed, taken up again, given up; nobody sees another's."""

from typing import Final

from domain.authority import Deed, Thing, may, plays, require
from domain.roles import Actor
from services import files
from storage.errors import NotFound, Stale
from storage.records import FormRun, FormStatus
from storage.work import Work

PROPOSAL_FORM: Final = "proposal"
COMPLAINT_FORM: Final = "complaint"
"""The forms' names in the store."""


def mine(work: Work, actor: Actor) -> tuple[FormRun, ...]:
    """The person's own drafts, the last saved first: complaints, and of an officer proposals."""
    if actor.person_id is None:
        return ()
    kept = [*work.forms.drafts_of(actor.person_id, COMPLAINT_FORM)]
    if plays(actor, Deed.FILE):
        kept += work.forms.drafts_of(actor.person_id, PROPOSAL_FORM)
    return tuple(sorted(kept, key=lambda run: (run.updated_at, run.id), reverse=True))


def unfinished(work: Work, actor: Actor, platform: str, chat_id: int) -> FormRun | None:
    """The complaint that was begun last and not sent: the person's, or the one of a stranger in this chat."""
    if actor.person_id is not None:
        own = work.forms.drafts_of(actor.person_id, COMPLAINT_FORM)
        if own:
            return own[0]
    run = work.forms.open_in(platform, chat_id, COMPLAINT_FORM)
    return run if run is not None and run.person_id is None else None


def corrections(work: Work, person_id: int, case_id: int) -> tuple[FormRun, ...]:
    """The open corrections of a case that this person has begun, the newest first."""
    runs = work.forms.drafts_of(person_id, PROPOSAL_FORM)
    return tuple(run for run in runs if run.subject == case_id)


def give_up(work: Work, run: FormRun) -> None:
    """Erase a form: its answers go, and with them the files that no case holds.

    Raises:
        Stale: it was ended before.
    """
    work.forms.finish(run.id, FormStatus.DROPPED)
    forget(work, run)


def waiting_corrections(work: Work, person_id: int, case_id: int) -> tuple[FormRun, ...]:
    """The corrections of a case that this person has sent to the authorised official."""
    found = (work.forms.get(number) for number in work.filing.drafts_in(person_id, FormStatus.WAITING))
    return tuple(run for run in found if run is not None and run.subject == case_id)


def erase(work: Work, run: FormRun) -> None:
    """Erase a draft however it stands, open, locked or closed; the link behind which it waits opens nothing.

    Raises:
        Stale: it was ended before.
    """
    link = work.filing.cosign_of(run.id)
    if link is not None:
        work.filing.end_cosign(link.id, "taken_back")
    apart = run.status in {FormStatus.WAITING, FormStatus.EXPIRED}
    if not apart:
        give_up(work, run)
        return
    if not work.filing.discard(run.id, run.status):
        raise Stale("form", run.id)
    forget(work, run)


def forget(work: Work, run: FormRun) -> None:
    """Destroy the key of a form that has just been dropped, and drop its files.

    What a correction held may stand in its case as well: of that one only what no case holds goes.
    """
    files.discard(work, files_in(run), case_id=run.subject)
    if run.form != PROPOSAL_FORM or run.subject is None:
        work.keys.destroy(run.id)


def files_in(run: FormRun) -> frozenset[int]:
    """The numbers of the files among the answers of a form, as they are stored."""
    return frozenset(map(int, run.data.get("files", {})))


def open(  # noqa: A001 - read as `drafts.open`
    work: Work, actor: Actor, draft_id: int, place: tuple[str, int]
) -> FormRun:
    """Take a draft up again, on whichever of the person's chats; a stranger has this one.

    Raises:
        NotFound: there is no such draft of this person (any more); whether somebody else has is not told.
    """
    run = work.forms.get(draft_id)
    if run is None or run.status is not FormStatus.OPEN or not _is_own(actor, run, place):
        raise NotFound("form", draft_id)
    return run


def _is_own(actor: Actor, run: FormRun, place: tuple[str, int]) -> bool:
    form = Thing(owner=run.person_id, here=(run.platform, run.chat_id) == place)
    if run.form == PROPOSAL_FORM:
        return plays(actor, Deed.FILE) and may(actor, Deed.DRAFT, form)
    return run.form == COMPLAINT_FORM and may(actor, Deed.SEND_COMPLAINT, form)


def owned(actor: Actor, run: FormRun) -> FormRun:
    """Insist that the form is this person's.

    Raises:
        NotYours: it is not.
    """
    require(actor, Deed.DRAFT, Thing(owner=run.person_id))
    return run
