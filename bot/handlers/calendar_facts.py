"""What the forms of the calendar show before anything is changed: how many targets the change would move."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.conversations.calendar_forms import CLOSURE, HOURS, SURE, WEEKDAYS_OFF, closing, period, weekend
from bot.conversations.form import Position
from bot.conversations.given import Answers, Option
from bot.turn import Turn
from domain.calendar import Calendar, DayOff
from messages_fa import calendar as texts
from persian.dates import WEEKDAYS
from services import clocks
from services.calendar import with_day, with_hours

Facts = dict[str, tuple[Option, ...]]


def _sure(needs: str, change: Callable[[Calendar, Answers], Calendar]) -> Callable[[Turn], Facts]:
    """The option that carries a change out, once the last answer before it, `needs`, is given."""

    def facts(turn: Turn) -> Facts:
        run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
        answers = Position.from_json(run.data).answers if run else {}
        if answers.get(needs) is None:
            return {}
        count = clocks.would_move(turn.work, change(turn.work.calendar.in_force(), answers))
        return {SURE: (Option("yes", texts.sure(count, more=count >= clocks.COUNTED)),)}

    return facts


def _closed(calendar: Calendar, answers: Answers) -> Calendar:
    day, reason = closing(answers)
    return with_day(calendar, DayOff(day, "closure", reason)) if day else calendar


def _with_hours(calendar: Calendar, answers: Answers) -> Calendar:
    return with_hours(calendar, period(answers))


def _with_weekend(calendar: Calendar, answers: Answers) -> Calendar:
    """Without a working day left nothing is computed: it is refused."""
    days = weekend(answers)
    return replace(calendar, weekend=days) if len(days) < len(WEEKDAYS) else calendar


FACTS: Final = {
    CLOSURE.name: _sure("reason", _closed),
    HOURS.name: _sure("hours", _with_hours),
    WEEKDAYS_OFF.name: _sure("days", _with_weekend),
}
"""By the name of the form."""
