"""The forms of the working calendar: a closure, office hours, the weekly days off."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bot.conversations.choices import Choice
from bot.conversations.form import Form, Step
from bot.conversations.given import JSON, Answers, Given, Option, Plain, Reading, Scope, typed
from bot.conversations.kinds import Day
from bot.conversations.several import Several
from bot.conversations.written import Remark
from domain.answers import as_day
from domain.calendar import MonthDay, Period
from domain.roles import Role
from messages_fa import calendar as texts
from messages_fa import examples
from messages_fa.markup import Text, say
from persian.dates import MONTHS_IN_YEAR, WEEKDAYS, gregorian, jalali
from persian.errors import Unreadable
from persian.hours import parse_hours
from persian.typed_dates import parse_date

SURE: Final = "sure"
"""The list of `Scope.facts` whose one option carries the change out, with what it does to the targets."""

ALL, SEASON, DATES = "all", "season", "dates"
_LONGEST_REASON = 100
_IN_LEAP_YEAR: Final = gregorian(1403, 1, 1)
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")


@dataclass(frozen=True)
class SeasonDay(Plain):
    """A day of every Jalali year, kept as `07-01`."""

    hinted = True

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """The first day of autumn."""
        return examples.SEASON_DAY

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read a date; its year does not count, so 30 Esfand is a day of every year.

        Raises:
            Unreadable: a code of `persian.typed_dates`, and what a file or nothing typed raises.
        """
        text = typed(given)
        try:
            found = parse_date(text, today=scope.today)
        except Unreadable as refused:
            if refused.values.get("month") != MONTHS_IN_YEAR:
                raise
            found = parse_date(text, today=_IN_LEAP_YEAR)
        _, month, day = jalali(found.date)
        return Reading(f"{month:02d}-{day:02d}")

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A month and a day."""
        return _MONTH_DAY.fullmatch(str(value)) is not None

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """«۱ مهر»."""
        return say("{day}", day=texts.season_day(_month_day(value)))


@dataclass(frozen=True)
class HoursOfDay(Plain):
    """Office hours of one day, kept as typed."""

    hinted = True

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """One span, and two."""
        return examples.HOURS

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read them.

        Raises:
            Unreadable: a code of `persian.hours`, and what a file or nothing typed raises.
        """
        text = typed(given)
        parse_hours(text)
        return Reading(text)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """Hours that can be read."""
        try:
            parse_hours(str(value))
        except Unreadable:
            return False
        return True

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """«۷:۳۰ تا ۱۴:۳۰»."""
        return say("{hours}", hours=texts.spans(Period(parse_hours(str(value)))))


def _month_day(value: JSON) -> MonthDay:
    month, _, day = str(value).partition("-")
    return int(month), int(day)


def closing(answers: Answers) -> tuple[dt.date | None, str]:
    """The day and the reason of a closure, as far as they are given."""
    return as_day(answers.get("day")), str(answers.get("reason") or "")


def period(answers: Answers) -> Period:
    """The office hours that complete answers describe; dates in the wrong order are put in order."""
    spans = parse_hours(str(answers["hours"]))
    if answers["part"] == SEASON:
        return Period(spans, season=(_month_day(answers["from"]), _month_day(answers["to"])))
    days = [day for day in (as_day(answers.get("begin")), as_day(answers.get("end"))) if day is not None]
    return Period(spans, dates=(min(days), max(days))) if answers["part"] == DATES else Period(spans)


def weekend(answers: Answers) -> frozenset[int]:
    """The weekly days off, 0 for Saturday … 6 for Friday."""
    marked = answers.get("days")
    return frozenset(int(str(day)) for day in marked) if isinstance(marked, list) else frozenset()


def _of_season(answers: Answers) -> bool:
    return answers.get("part") == SEASON


def _of_dates(answers: Answers) -> bool:
    return answers.get("part") == DATES


def _sure_closing(answers: Answers) -> Text:
    return texts.ask_closing(*closing(answers))


def _sure_hours(answers: Answers) -> Text:
    return texts.ask_hours(texts.period_line(period(answers)))


def _sure_weekend(answers: Answers) -> Text:
    return texts.ask_sure_weekend(weekend(answers))


_SURE: Final = Choice(SURE)

CLOSURE = Form(
    name="closure",
    version=1,
    steps=(
        Step("day", Day(near=(0, 1)), lambda _answers: texts.ask_day(), texts.LABELS["day"]),
        Step("reason", Remark(_LONGEST_REASON), lambda _answers: texts.ask_reason(), texts.LABELS["reason"]),
        Step(SURE, _SURE, _sure_closing, texts.LABELS["sure"]),
    ),
    title=lambda _answers: texts.ADD,
    role=Role.ADMIN,
)
"""`day` is an ISO date, `reason` prose."""

HOURS = Form(
    name="office_hours",
    version=1,
    steps=(
        Step(
            "part",
            Choice((Option(ALL, texts.ALL_YEAR), Option(SEASON, texts.SEASON), Option(DATES, texts.DATES))),
            lambda _answers: texts.ask_part(),
            texts.LABELS["part"],
        ),
        Step("from", SeasonDay(), lambda _answers: texts.ask_first(), texts.LABELS["from"], when=_of_season),
        Step("to", SeasonDay(), lambda _answers: texts.ask_last(), texts.LABELS["to"], when=_of_season),
        Step("begin", Day(), lambda _answers: texts.ask_first(), texts.LABELS["begin"], when=_of_dates),
        Step("end", Day(), lambda _answers: texts.ask_last(), texts.LABELS["end"], when=_of_dates),
        Step("hours", HoursOfDay(), lambda _answers: texts.ask_spans(), texts.HOURS),
        Step(SURE, _SURE, _sure_hours, texts.LABELS["sure"]),
    ),
    title=lambda _answers: texts.HOURS,
    role=Role.ADMIN,
)
"""`period` reads its answers."""

WEEKDAYS_OFF = Form(
    name="weekend",
    version=1,
    steps=(
        Step(
            "days",
            Several("days", tuple(Option(str(n), name) for n, name in enumerate(WEEKDAYS))),
            lambda _answers: texts.ask_weekdays(),
            texts.WEEKEND,
        ),
        Step(SURE, _SURE, _sure_weekend, texts.LABELS["sure"]),
    ),
    title=lambda _answers: texts.WEEKEND,
    role=Role.ADMIN,
)
"""`weekend` reads its answers."""

CALENDAR_FORMS: Final = (CLOSURE, HOURS, WEEKDAYS_OFF)
