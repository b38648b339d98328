"""Drafts «پیش‌نویس» of proposals: listed and taken up again; nobody sees another person's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.errors import NotYours
from domain.roles import Actor
from storage.errors import NotFound
from storage.records import FormRun, FormStatus
from storage.work import Work

PROPOSAL_FORM: Final = "proposal"
"""The form's name in the store."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One line of the list of drafts; `title` is None until the form can name itself."""

    id: int
    title: str | None
    updated_at: datetime
    form_version: int


def mine(work: Work, actor: Actor) -> tuple[Draft, ...]:
    """The person's own drafts of proposals, the newest first; a stranger has none."""
    if actor.person_id is None:
        return ()
    runs = work.forms.drafts_of(actor.person_id, PROPOSAL_FORM)
    return tuple(Draft(run.id, run.title, run.updated_at, run.form_version) for run in runs)


def open(work: Work, actor: Actor, draft_id: int) -> FormRun:  # noqa: A001 - read as `drafts.open`
    """Take a draft up again, on whichever of the person's chats.

    Raises:
        NotFound: the person has no such draft (any more); whether somebody else has is not told.
    """
    run = work.forms.get(draft_id)
    if run is None or run.form != PROPOSAL_FORM or run.status is not FormStatus.OPEN:
        raise NotFound("form", draft_id)
    if actor.person_id is None or run.person_id != actor.person_id:
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
