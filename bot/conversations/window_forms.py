"""The small forms by which an admin announces maintenance and incidents."""

import datetime as dt
from typing import Final

from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Option
from bot.conversations.journey import Problem
from bot.conversations.kinds import Choice, Day
from bot.conversations.times import NOW, Length, TimeOfDay
from bot.conversations.written import Remark
from domain.answers import RuleProblem, as_day
from domain.roles import Role
from domain.windows import LONGEST, MINUTE
from messages_fa import window_ask as ask
from messages_fa.windows import STAGES
from persian.dates import TEHRAN
from services.windows import WindowUnfit

_AFFECTED = Remark(200)
_WORDS = Remark(400)
_LENGTH = Length(5, LONGEST // MINUTE, (30, 60, 120, 240))


def _form(name: str, *steps: Step, past: bool = True) -> Form:
    """A form of this area: its answers are carried out once the last is given."""

    def title(_answers: Answers) -> str:
        return ask.TITLES[name]

    if past:
        return Form(name=name, version=1, steps=steps, title=title, role=Role.ADMIN)
    return Form(name=name, version=1, steps=steps, title=title, role=Role.ADMIN, problems=_past_day)


def _past_day(answers: Answers, today: dt.date) -> tuple[RuleProblem, ...]:
    day = as_day(answers.get("day"))
    if day is None or day >= today:
        return ()
    return (RuleProblem("day", "window_day_past", {"day": day, "today": today}),)


_WHEN: Final = (
    Step("day", Day((0, 1)), ask.WINDOW["day"], ask.DAY),
    Step("time", TimeOfDay(), ask.WINDOW["time"], ask.TIME),
    Step("length", _LENGTH, ask.WINDOW["length"], ask.LENGTH),
)

WINDOW: Final = _form(
    "window",
    *_WHEN,
    Step("affected", _AFFECTED, ask.WINDOW["affected"], ask.AFFECTED),
    Step("reason", _WORDS, ask.WINDOW["reason"], ask.REASON),
    past=False,
)
"""A new window; `day` is an ISO date, `time` `HH:MM` in Tehran, `length` minutes."""

MOVE: Final = _form("window_move", *_WHEN, past=False)
"""Another time for the window that is the subject."""

EXTEND: Final = _form("window_extend", Step("length", _LENGTH, ask.WINDOW["extend"], ask.LENGTH))
"""How much longer, from now on, the window that is the subject goes on."""

WHY: Final = _form("window_why", Step("why", _WORDS, ask.WINDOW["why"], ask.WHY))
"""Why the plan that is the subject comes late."""

_TEXT: Final = Step("text", _WORDS, ask.INCIDENT["text"], ask.TEXT)

INCIDENT: Final = _form(
    "incident",
    Step("affected", _AFFECTED, ask.INCIDENT["affected"], ask.AFFECTED),
    Step("since", TimeOfDay(now=True), ask.INCIDENT["since"], ask.TIME),
    _TEXT,
)
"""A new incident; `since` is `NOW` or `HH:MM` in Tehran."""

WORD: Final = _form(
    "incident_word",
    Step(
        "stage",
        Choice(tuple(Option(stage, label) for stage, label in STAGES.items())),
        ask.INCIDENT["stage"],
        ask.STAGE,
    ),
    _TEXT,
)
"""A word about the incident that is the subject."""

DRAFT: Final = _form(
    "incident_draft", Step("affected", _AFFECTED, ask.INCIDENT["affected"], ask.AFFECTED), _TEXT
)
"""The words of the watchdog's draft that is the subject."""

WINDOW_FORMS: Final = (WINDOW, MOVE, EXTEND, WHY, INCIDENT, WORD, DRAFT)


def times(answers: Answers) -> tuple[dt.datetime, dt.datetime]:
    """Begin and end of the window that is asked for, aware."""
    day, clock, minutes = as_day(answers["day"]), str(answers["time"]), answers["length"]
    if day is None or not isinstance(minutes, int):
        raise TypeError
    begins = dt.datetime.combine(day, dt.time.fromisoformat(clock), TEHRAN).astimezone(dt.UTC)
    return begins, begins + dt.timedelta(minutes=minutes)


def since(answer: object, now: dt.datetime) -> dt.datetime:
    """When an incident began: the last moment at this time of the day, or now."""
    if answer == NOW:
        return now
    local = now.astimezone(TEHRAN)
    time = dt.time.fromisoformat(str(answer))
    today = dt.datetime.combine(local.date(), time, TEHRAN)
    return (today if today <= now else today - dt.timedelta(days=1)).astimezone(dt.UTC)


def obstacle(unfit: WindowUnfit) -> Problem:
    """Why a window cannot be then, as the form says it."""
    if unfit.code == "window_past":
        return Problem("window_past", unfit.values)
    return Problem("window_overlaps", unfit.values)
