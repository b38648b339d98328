"""Complaints for stories: sent without a chat, from forms that are filled in already."""

from services_office import Office

from domain.roles import Actor
from services import complaint_desk, complaints
from services.complaints import Filed
from services.drafts import COMPLAINT_FORM
from services.people import STRANGER
from storage.records import FormRun
from storage.records.complaints import Complaint
from storage.work import Work

ANSWERS: dict[str, object] = {
    "kind": "complaint",
    "category": "delay",
    "text": "نتیجه پیشنهاد ما اعلام نشد.",
    "case": None,
    "files": None,
    "behalf": "self",
    "anonymous": False,
}
STRANGERS_CHAT = 5551
DIGEST = "$argon2id$none"


def begun(work: Work, actor: Actor = STRANGER, chat_id: int = STRANGERS_CHAT) -> FormRun:
    """A form just begun."""
    return work.forms.start(COMPLAINT_FORM, 1, "bale", chat_id, actor.person_id, None, {"answers": {}})


def sent(work: Work, run: FormRun, actor: Actor = STRANGER, **changed: object) -> Filed:
    """The form, sent."""
    answers = ANSWERS | changed
    return complaints.file(
        work,
        actor=actor,
        run=run,
        answers=answers,
        secret_digest=DIGEST if answers["anonymous"] else None,
        sender=("bale", run.chat_id),
        chat_id=run.chat_id,
    )


async def complain(office: Office, actor: Actor = STRANGER, **changed: object) -> Complaint:
    """A complaint just sent."""
    filed = await office.look(lambda work: sent(work, begun(work, actor), actor, **changed))
    return filed.complaint


async def answered(office: Office, officer: Actor, complaint: Complaint, cause: str = "delay") -> Complaint:
    """The complaint, taken and answered."""
    await office.do(complaint_desk.claim, actor=officer, complaint_id=complaint.id)
    return await office.do(
        complaint_desk.answer, actor=officer, complaint_id=complaint.id, text="رسیدگی شد.", cause=cause
    )
