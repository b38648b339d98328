"""A complaint as it is shown to whoever follows it: the stage to anybody, the answer to who complained.

The buttons of an anonymous one carry its passcode's leave, and are nowhere kept.
"""

import datetime as dt

from bot.screen import Button, Rows, Screen, column
from domain.complaints import OPEN, Action, State
from messages_fa import buttons
from messages_fa import complaints as texts
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from services import complaints as office
from services.complaint_acts import facts_of
from services.complaint_clocks import due_of
from storage.records.complaints import Complaint, ComplaintEvent
from storage.work import Work

OWNER = "o"
"""Whose button it is: who complained, as the store knows."""
_LEAVE = "k"
"""The same of an anonymous one, followed by the passcode's leave."""
LONGEST = 3900
"""Characters of a message; what was said first goes first where it is too long."""


def public(work: Work, complaint: Complaint) -> Screen:
    """For anybody with the code: the stage and the dates."""
    rows: Rows = (*column(Button(buttons.REFRESH, f"cmp:v:0:{complaint.code}")), *_why_if(work, complaint))
    if complaint.anonymous:
        rows = (*rows, *column(Button(buttons.ANSWER_WITH_PASSCODE, f"cmp:p:0:{complaint.code}")))
    return Screen(_stage(work, complaint, by_passcode=complaint.anonymous), rows)


def own(work: Work, complaint: Complaint, whose: str) -> Screen:
    """For who complained: what was asked and answered as well, and what is to be done now.

    Args:
        work: this unit.
        complaint: the complaint.
        whose: as `owner` or `leave` gives it.
    """
    said = list(office.said(work, complaint))
    text = _whole(work, complaint, said)
    while len(text.plain) > LONGEST and said:
        said.pop(0)
        text = _whole(work, complaint, said)
    refresh = column(Button(buttons.REFRESH, f"cmp:v:0:{complaint.code}"))
    return Screen(text, (*acts(work, complaint, whose), *refresh, *_why_if(work, complaint)))


def why(complaint: Complaint) -> Rows:
    """«چرا این تاریخ؟» under what tells of a target."""
    return column(Button(buttons.WHY_DUE, f"cmp:w:0:{complaint.code}"))


def _why_if(work: Work, complaint: Complaint) -> Rows:
    return why(complaint) if due_of(work, complaint) is not None else ()


def acts(work: Work, complaint: Complaint, whose: str) -> Rows:
    """What who complained can do now: say whether the answer will do, or reply to a question."""

    def to(verb: str) -> str:
        return f"cmp:{whose}:{complaint.id}:{verb}"

    facts = facts_of(work, complaint)
    if complaint.state in OPEN and facts.asked:
        return column(Button(buttons.REPLY, to("reply")))
    if complaint.state is not State.ANSWERED or facts.objected:
        return ()
    return column(Button(buttons.SATISFIED, to("yes")), Button(buttons.OBJECT, to("no")))


def leave(work: Work, complaint: Complaint) -> str:
    """Whose buttons they are that are shown after the passcode of an anonymous complaint."""
    return f"{_LEAVE}{office.leave_of(work, complaint)}"


def has_leave(work: Work, complaint: Complaint, whose: str) -> bool:
    """Whether a button was shown after the passcode, and nothing has changed since."""
    return whose[:1] == _LEAVE and office.has_leave(work, complaint, whose[1:])


def shown_time(complaint: Complaint, moment: dt.datetime) -> dt.date:
    """A moment of a complaint as it is shown: of an anonymous one the Tehran day alone.

    Of what its sender did only the hour is kept, and a minute made of that would be untrue.
    """
    return tehran_day(moment) if complaint.anonymous else moment


def _whole(work: Work, complaint: Complaint, said: list[ComplaintEvent]) -> Text:
    rows = [(str(event.action), event.text or "", shown_time(complaint, event.at)) for event in said]
    unanswered = texts.unanswered(complaint.text) if complaint.anonymous and not said else Text()
    stage = _stage(work, complaint, by_passcode=False)
    return paragraphs(stage, unanswered, texts.said(rows), _closing(work, complaint))


def _closing(work: Work, complaint: Complaint) -> Text:
    if complaint.state is State.ANSWERED:
        return texts.satisfied_question()
    events = work.complaints.events(complaint.id)
    last = complaint.state is State.CLOSED and events[-1].action is Action.ANSWER
    return texts.last_answer() if last else Text()


def _stage(work: Work, complaint: Complaint, *, by_passcode: bool) -> Text:
    found = office.stage_of(work, complaint)
    return texts.stage(
        complaint.code,
        found.stage,
        [(name, shown_time(complaint, at)) for name, at in found.steps],
        due=found.due,
        escalated=found.escalated,
        by_passcode=by_passcode,
    )
