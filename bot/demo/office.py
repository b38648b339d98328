"""What else the demo's history tells of: the office's settings, an incident, a notice, complaints, a window.

The targets are the demo's own: no law, agreement or office gives them.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.demo.cases import FIRST
from bot.demo.people import Cast
from domain.audience import Audience
from domain.calendar import Period
from domain.complaints import State
from domain.roles import Role
from domain.windows import Stage
from persian.codes import verhoeff_digit
from persian.dates import TEHRAN, tehran_day
from services import calendar, complaint_desk, complaints, incidents, notice_desk, settings, windows
from services.drafts import COMPLAINT_FORM
from storage.records.complaints import Complaint
from storage.work import Work

TARGETS: Final = {
    "first_look_target": "2d",
    "decision_target": "10d",
    "correction_target": "10d",
    "complaint_target": "5d",
    "reset_target": "4h",
    "notice_lead": "4h",
    "warn_before": "4h",
    "contact": "تلفن نمونه: ۰۰۰۰۰۰۰۰",
}
"""The demo's own values, so that deadlines, warnings and «چرا این تاریخ؟» have something to show."""

_HOURS: Final = (dt.time(7, 30), dt.time(14, 30))
_AFFECTED: Final = "ثبت پیشنهاد"


def set_up(work: Work, cast: Cast) -> None:
    """The admin enters office hours and targets."""
    admin = cast.actor(work, "admin")
    calendar.set_hours(work, admin, Period((_HOURS,)))
    for name, value in TARGETS.items():
        settings.change(work, by=admin, name=name, value=value)


# An incident, and a maintenance


def break_down(work: Work, cast: Cast) -> None:
    """The admin publishes an incident."""
    begun = work.now - dt.timedelta(minutes=10)
    word = incidents.open_one(
        work,
        cast.actor(work, "admin"),
        affected=_AFFECTED,
        begun_at=begun,
        text="ارسال پیشنهاد با تأخیر انجام می‌شود.",
    )
    incidents.publish(work, cast.actor(work, "admin"), word.id)


def identify(work: Work, cast: Cast) -> None:
    """The cause is found."""
    _go_on(work, cast, Stage.IDENTIFIED, "فضای ذخیره‌سازی پر شده بود؛ در حال افزایش آن هستیم.")


def mend(work: Work, cast: Cast) -> None:
    """It is over."""
    _go_on(work, cast, Stage.RESOLVED, "ارسال پیشنهاد به حالت عادی بازگشت و هیچ پیشنهادی از دست نرفت.")


def _go_on(work: Work, cast: Cast, stage: Stage, text: str) -> None:
    (incident,) = work.incidents.open()
    admin = cast.actor(work, "admin")
    incidents.publish(work, admin, incidents.write(work, admin, incident.id, stage, text).id)


def plan_window(work: Work, cast: Cast) -> None:
    """The admin announces a maintenance for the evening after the first start."""
    admin = cast.actor(work, "admin")
    begins = evening_after(cast.now)
    plan = windows.propose(
        work,
        admin,
        begins=begins,
        ends=begins + dt.timedelta(hours=2),
        affected="ثبت و بررسی پیشنهادها",
        reason="به‌روزرسانی سامانه",
    )
    windows.announce(work, admin, plan.id)


def evening_after(now: dt.datetime) -> dt.datetime:
    """Tomorrow at 20:00; later where the word of the day before would fall into the first hour."""
    evening = dt.datetime.combine(tehran_day(now) + dt.timedelta(days=1), dt.time(20), TEHRAN)
    soon = dt.timedelta(days=1) <= evening - now <= dt.timedelta(hours=25)
    return evening + dt.timedelta(hours=1.5) if soon else evening


# A notice


def tell_staff(work: Work, cast: Cast) -> None:
    """The admin writes to officers and reviewers; no second admin is needed for that."""
    admin = cast.actor(work, "admin")
    notice = notice_desk.draft(
        work,
        admin,
        text="نشست آموزشی ثبت پیشنهاد، یکشنبه ساعت ۱۰ در تالار اداره برگزار می‌شود.",
        audience=Audience.of_roles(Role.OFFICER, Role.REVIEWER),
        service=False,
        urgent=True,
    )
    notice_desk.confirm(work, admin, notice.id, notice.version)


# Complaints


def comment(work: Work, cast: Cast) -> None:
    """The debtor sends a comment."""
    answers = {"kind": "comment", "category": "bot", "text": "جست‌وجوی کد رهگیری ساده و خوب است."}
    _send(work, cast, 1, answers)


def answer_comment(work: Work, cast: Cast) -> None:
    """The complaints officer answers it."""
    (waiting,) = work.complaints.in_states({State.RECEIVED})
    officer = cast.actor(work, "complaints")
    complaint_desk.claim(work, actor=officer, complaint_id=waiting.id)
    complaint_desk.answer(
        work, actor=officer, complaint_id=waiting.id, text="از نظر شما سپاسگزاریم.", cause="noted"
    )


def complain(work: Work, cast: Cast) -> None:
    """The debtor complains about the first case; it waits."""
    answers = {
        "kind": "complaint",
        "category": "delay",
        "text": "موافقت اعلام شده است، ولی دستگاه هنوز دفترچه اقساط را نداده است.",
        "case": FIRST.code,
    }
    _send(work, cast, 2, answers)


def _send(work: Work, cast: Cast, number: int, answers: Mapping[str, object]) -> Complaint:
    platform, chat_id = cast.accounts["debtor"]
    run = work.forms.start(COMPLAINT_FORM, 1, platform, chat_id, None, None, {"answers": {}})
    digits = f"140510{number:05}"
    filed = complaints.file(
        work,
        actor=cast.actor(work, "debtor"),
        run=run,
        answers={"case": None, "files": None, "behalf": "self", "anonymous": False, **answers},
        secret_digest=None,
        sender=(platform, chat_id),
        chat_id=chat_id,
        new_code=lambda: digits + verhoeff_digit(digits),
    )
    return filed.complaint
