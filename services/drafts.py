"""Drafts «پیش‌نویس» of proposals: listed, taken up again and given up; nobody sees another person's."""

from typing import Final

from domain.errors import NotYours
from domain.roles import Actor, Role
from services import files
from storage.errors import NotFound
from storage.records import FormRun, FormStatus
from storage.work import Work

PROPOSAL_FORM: Final = "proposal"
"""The form's name in the store."""


def mine(work: Work, actor: Actor) -> tuple[FormRun, ...]:
    """The officer's own drafts of proposals, the newest first; who is no officer any more has none."""
    if actor.person_id is None or not actor.has(Role.OFFICER):
        return ()
    return work.forms.drafts_of(actor.person_id, PROPOSAL_FORM)


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
    files.discard(work, files_in(run), case_id=run.subject)


def files_in(run: FormRun) -> frozenset[int]:
    """The numbers of the files among the answers of a form, as they are stored."""
    return frozenset(map(int, run.data.get("files", {})))


def open(work: Work, actor: Actor, draft_id: int) -> FormRun:  # noqa: A001 - read as `drafts.open`
    """Take a draft up again, on whichever of the person's chats.

    Raises:
        NotFound: the officer has no such draft (any more); whether somebody else has is not told.
    """
    run = work.forms.get(draft_id)
    if run is None or run.form != PROPOSAL_FORM or run.status is not FormStatus.OPEN:
        raise NotFound("form", draft_id)
    if actor.person_id is None or run.person_id != actor.person_id or not actor.has(Role.OFFICER):
        raise NotFound("form", draft_id)
    return run


def owned(actor: Actor, run: FormRun) -> FormRun:
    """Insist that the form is this person's.

    Raises:
        NotYours: it is not.
    """
    if actor.person_id is None or run.person_id != actor.person_id:
        raise NotYours("draft", "not_filer")
    return run
