"""The audit: once a day its end is shown to the admins, where nobody who holds the store can change it."""

from typing import Final

from bot import announce
from bot.office import Office
from bot.part import Part
from messages_fa import audit as texts
from persian.dates import tehran_day
from services import audit
from services.calendar import calendar_of
from storage.work import Work

_SECONDS: Final = 300


def show_anchor(work: Work, office: Office) -> None:
    """Once a day, in office hours."""
    head = work.audit.head()
    today = tehran_day(work.now)
    shown = head.anchored_at is not None and tehran_day(head.anchored_at) >= today
    if shown or head.number == 0 or not calendar_of(work).is_open(work.now):
        return
    end = audit.anchor(work)
    announce.to_admins(work, office, texts.anchor(end.number, end.mac))


PART: Final = Part(sweeps=(("show_anchor", show_anchor, _SECONDS),))
