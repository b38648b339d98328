"""Samples of the working calendar and of targets, for the golden page and the rules of every text."""

import datetime as dt
from collections.abc import Iterator

from domain.calendar import FRIDAY, THURSDAY, Calendar, DayOff, Period
from domain.targets import Due, Pause, Span, due
from messages_fa import calendar, targets
from messages_fa.markup import Text, lines, say
from persian.dates import TEHRAN, gregorian

CODE = "123456789012"
SATURDAY = gregorian(1405, 7, 11)
DAY = dt.timedelta(days=1)
SEASON = Period(((dt.time(8), dt.time(14)),), season=((10, 1), (12, 29)))
RAMADAN = Period(((dt.time(9), dt.time(14)),), dates=(gregorian(1405, 11, 20), gregorian(1405, 12, 19)))
ALL_YEAR = Period(((dt.time(7, 30), dt.time(12)), (dt.time(13), dt.time(16, 30))))
CLOSED = DayOff(SATURDAY + DAY, "closure", "برودت هوا")
HOLIDAY = DayOff(SATURDAY + 2 * DAY, "holiday", "شهادت امام رضا علیه السلام")
LUNAR = DayOff(SATURDAY + 9 * DAY, "holiday", "عید سعید فطر", confirmed=False)
HOURS = (ALL_YEAR, SEASON, RAMADAN)
CALENDAR = Calendar(days=(CLOSED, HOLIDAY, LUNAR), periods=HOURS, weekend_set=True)
TOLD = calendar.effect(12, more=False)


def at(day: dt.date, hour: int) -> dt.datetime:
    """A moment in Tehran."""
    return dt.datetime.combine(day, dt.time(hour), TEHRAN)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the calendar and of targets with its title."""
    yield from _calendar()
    yield from _asked()
    yield from _why()
    yield from _told()


def _calendar() -> Iterator[tuple[str, Text]]:
    yield "calendar month", calendar.month(1405, 7, CALENDAR, (CLOSED, HOLIDAY, LUNAR), 20, hours=HOURS)
    yield "calendar month bare", calendar.month(1405, 8, Calendar(), (), 22, hours=())
    yield "calendar lunar", calendar.lunar([LUNAR])
    yield "calendar lunar none", calendar.lunar([])
    rows = [
        (CLOSED.day, "closure", CLOSED.name, at(SATURDAY, 9), "لیلا کاظمی"),
        (LUNAR.day, "holiday", LUNAR.name, at(SATURDAY, 10), "لیلا کاظمی"),
        (HOLIDAY.day, "working", HOLIDAY.name, at(SATURDAY, 11), "نرگس رضایی"),
    ]
    yield "calendar entered", calendar.entered(rows)
    yield "calendar entered none", calendar.entered([])
    weeks = [
        (at(SATURDAY, 11), "نرگس رضایی", frozenset({FRIDAY}), (ALL_YEAR, SEASON)),
        (at(SATURDAY, 10), "لیلا کاظمی", frozenset[int](), ()),
        (at(SATURDAY, 9), "لیلا کاظمی", None, (ALL_YEAR,)),
    ]
    yield "calendar weeks", calendar.weeks(weeks)
    yield "calendar weeks none", calendar.weeks([])


def _asked() -> Iterator[tuple[str, Text]]:
    yield "calendar ask day", calendar.ask_day()
    yield "calendar ask reason", calendar.ask_reason()
    yield "calendar ask closing", calendar.ask_closing(CLOSED.day, CLOSED.name)
    yield "calendar ask part", calendar.ask_part()
    yield "calendar ask first", calendar.ask_first()
    yield "calendar ask last", calendar.ask_last()
    yield "calendar ask spans", calendar.ask_spans()
    yield "calendar ask hours", calendar.ask_hours(calendar.period_line(ALL_YEAR))
    yield "calendar ask weekdays", calendar.ask_weekdays()
    yield "calendar ask weekend", calendar.ask_sure_weekend(frozenset({THURSDAY, FRIDAY}))
    yield "calendar ask weekend none", calendar.ask_sure_weekend(frozenset())
    yield "calendar no day left", calendar.no_day_left()
    yield "calendar effect none", calendar.effect(0, more=False)
    yield "calendar effect more", calendar.effect(1000, more=True)
    yield "calendar ask lunar", calendar.ask_lunar(LUNAR, TOLD)
    yield "calendar ask reopen", calendar.ask_reopen(CLOSED, TOLD)
    yield "calendar ask drop", calendar.ask_drop(RAMADAN, TOLD)
    labels = (
        calendar.sure(0, more=False),
        calendar.sure(12, more=False),
        calendar.sure(1000, more=True),
        calendar.take_back_row(2),
        calendar.hours_row(1),
        calendar.done(),
    )
    yield "calendar labels", lines(*(say("{label}", label=label) for label in labels))


def _why() -> Iterator[tuple[str, Text]]:
    three, eight = Span(5, "days"), Span(8, "hours")
    pause = Pause(at(SATURDAY + 3 * DAY, 10), at(SATURDAY + 4 * DAY, 9), "correction")
    yield "target why days", targets.why(CODE, three, due(three, at(SATURDAY, 9), (pause,), CALENDAR))
    yield "target why hours", targets.why(CODE, eight, due(eight, at(SATURDAY, 15), (), CALENDAR))
    waits = Pause(pause.begin, None, "correction")
    yield "target why waits", targets.why(CODE, three, due(three, at(SATURDAY, 9), (waits,), Calendar()))
    outside = targets.why(CODE, three, due(three, at(SATURDAY, 9), (pause,), CALENDAR), whole=False)
    yield "target why outside", outside
    yield "target why plain", targets.why(CODE, three, Due(at(SATURDAY, 14)))
    yield "target why no hours", targets.why(CODE, eight, due(eight, at(SATURDAY, 9), (), Calendar()))
    asked = Pause(pause.begin, pause.end, "awaiting_reply")
    yield from _why_complaint("complaint", three, asked, whole=True)
    yield from _why_complaint("complaint outside", three, asked, whole=False)
    still = Pause(pause.begin, None, "awaiting_reply")
    yield from _why_complaint("complaint waits", three, still, whole=True)


def _why_complaint(title: str, of: Span, pause: Pause, *, whole: bool) -> Iterator[tuple[str, Text]]:
    found = due(of, at(SATURDAY, 9), (pause,), CALENDAR)
    yield f"target why {title}", targets.why(CODE, of, found, whole=whole, clock="complaint")


def _told() -> Iterator[tuple[str, Text]]:
    named = {"day": CLOSED.day.isoformat(), "name": CLOSED.name}
    changes = [{"why": "closure", **named}, {"why": "hours"}, {"why": "weekend"}]
    others = [{"why": "opened", **named}, {"why": "holiday", **named}, {"why": "holidays"}, {"why": "target"}]
    was, became = at(SATURDAY, 14), at(SATURDAY + DAY, 14)
    told = {"decision": changes, "correction": others, "first_look": changes[:1], "complaint": changes}
    for clock, why in told.items():
        yield f"target moved {clock}", targets.moved(CODE, clock, was, became, why)
    waited = [*changes[:1], {"why": "awaiting_reply"}]
    yield "target moved complaint waited", targets.moved(CODE, "complaint", was, became, waited)
    yield "target warning complaint", targets.warning(CODE, "complaint", became)
    yield "target breach complaint", targets.breach(CODE, "complaint", became)
    for clock in ("decision", "first_look"):
        yield f"target warning {clock}", targets.warning(CODE, clock, became)
        yield f"target breach {clock}", targets.breach(CODE, clock, became)
    yield "target escalation", targets.escalation(CODE, "decision", was, "رضا کریمی")
    yield "target escalation unclaimed", targets.escalation(CODE, "first_look", was, "")
    yield "target correction waits", targets.correction_waits(CODE, became, up=False)
    yield "target correction late", targets.correction_waits(CODE, became, up=True)
    yield "target on the card", targets.card(was, overdue=False)
    yield "target on the card overdue", targets.card(was, overdue=True)
