"""What would lead from an anonymous complaint to its sender, and is let go of once it has served."""

from dataclasses import replace
from typing import Final

from domain.throttle import HOUR
from services.complaint_acts import hour_of
from storage.records import FormRun, FormStatus
from storage.work import Work

PASSCODE_FORM: Final = "complaint_passcode"
OBJECTION_FORM: Final = "complaint_objection"
UNNAMED_FORMS: Final = frozenset({PASSCODE_FORM, OBJECTION_FORM})
"""The small forms that an anonymous complaint has."""


def forget_forms(work: Work) -> None:
    """Let go of the small forms of anonymous complaints that were left in the middle an hour ago.

    An open one says from whose chat a complaint came, since it bears the code.
    """
    for form_id in work.complaints.left_forms(UNNAMED_FORMS, work.now - HOUR):
        run = work.forms.get(form_id)
        about = work.complaints.by_code(str(run.data.get("about") or "")) if run else None
        if run is None or about is None or not about.anonymous:
            continue
        chat = work.chats.hold(run.platform, run.chat_id)
        if chat is not None and chat.form_id == run.id:
            work.chats.save(replace(chat, form_id=None, shown=None))
        work.forms.finish(run.id, FormStatus.DROPPED)
        forget_form(work, run)


def forget_form(work: Work, run: FormRun) -> None:
    """Nothing leads any more from a small form about an anonymous complaint, which has ended, to its chat."""
    work.forms.unlink(run.id, hour_of(work.now))


def forget_senders(work: Work) -> None:
    """Forget who sent how much once the hour is over."""
    work.complaints.forget_senders(work.now - HOUR)
