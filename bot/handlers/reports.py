"""«گزارش»: counts and times of a period, for those who read them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from bot.conversations.report_forms import REPORT_PERIOD
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.lists import PAGE, how_many, on_page, pages
from bot.part import Part
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.answers import as_day
from domain.authority import Deed, plays, require
from domain.catalogue import Listed
from domain.lifecycle import Action
from domain.reports import PERIODS, Period
from messages_fa import buttons, general
from messages_fa import reports as texts
from messages_fa.complaint_desk import CAUSES
from messages_fa.markup import Text
from persian.dates import tehran_day
from services import agreement, catalogue, complaints, reports, resets, survey
from services.paging import page_at
from services.reports import Share
from storage.work import Work

_BATCH: Final = 200
_BOUNDS: Final = 2


def show(turn: Turn) -> None:
    """«گزارش»: which period.

    Raises:
        NotYours: somebody who reads none.
    """
    _reader(turn)
    named = [Button(label, f"rep:{name}:all:0") for name, label in texts.PERIOD_NAMES.items()]
    rows = tuple(tuple(named[n : n + 2]) for n in range(0, len(named), 2))
    other = (Button(buttons.OTHER_PERIOD, "rep:own:ask:0"),)
    turn.show(Screen(texts.choose(), (*rows, other)), slot="report")


def act(turn: Turn, rest: list[str]) -> None:
    """A page of a report.

    Raises:
        OldButton: there is no such page or period.
        NotYours: somebody who reads none.
    """
    _reader(turn)
    code, page, place = rest
    if page == "ask":
        turn.shown = True
        forms.begin(turn, REPORT_PERIOD)
    elif page == "menu":
        show(turn)
    elif page in _PAGES:
        _PAGES[page](turn, code, _period(turn, code), number(place))
    else:
        raise OldButton


def finish_period(turn: Turn, ready: Ready) -> None:
    """Both days were given: the report of what lies between them.

    Raises:
        NotYours: somebody who reads none (any more).
    """
    _reader(turn)
    first, last = (dt.date.fromisoformat(str(ready.position.answers.get(name))) for name in ("first", "last"))
    if last < first:
        turn.tell(texts.ends_before())
        turn.shown = True
        forms.prompt_again(turn)
        return
    forms.drop(turn, ready.run)
    _overview(turn, f"{first:%Y%m%d}-{last:%Y%m%d}", Period(first, last), 0)


def _overview(turn: Turn, code: str, period: Period, _page: int) -> None:
    made = reports.report(turn.work, turn.actor, period)
    told = texts.overview(
        texts.period_line(code, period),
        counts={action: made.count(action) for action in Action},
        outcomes=made.outcomes,
        decision=made.decision,
        first_look=made.first_look,
        standing=made.standing,
    )
    turn.show(Screen(told, _others(turn, code, "all")), slot="report")


def _agencies(turn: Turn, code: str, period: Period, page: int) -> None:
    shares = reports.report(turn.work, turn.actor, period).agencies
    _shares(turn, (code, "agency"), period, page, shares=shares, name=lambda name: _agency(turn, name))


def _agency(turn: Turn, number_: str) -> str:
    """The name of an agency, served any more or not."""
    agency = turn.work.people.agency(int(number_))
    return agency.name if agency else ""


def _debt_types(turn: Turn, code: str, period: Period, page: int) -> None:
    shares = reports.report(turn.work, turn.actor, period).debt_types
    named = {entry.code: entry.title for entry in catalogue.entries(turn.work, Listed.DEBT_TYPES)}
    named[""] = texts.NO_DEBT_TYPE
    _shares(turn, (code, "type"), period, page, shares=shares, name=lambda code: named.get(code, code))


def _shares(
    turn: Turn,
    where: tuple[str, str],
    period: Period,
    page: int,
    *,
    shares: tuple[Share, ...],
    name: Callable[[str], str],
) -> None:
    code, which = where
    page = page_at(page, len(shares), PAGE)
    shown = on_page(shares, page)
    told = texts.shares(
        texts.period_line(code, period),
        _TITLES[which],
        [(name(share.name), share.filed, share.outcomes, share.times) for share in shown],
        _which(page, shares),
    )
    _turned(turn, told, where, page, len(shares))


def _reasons(turn: Turn, code: str, period: Period, asked: int) -> None:
    made = reports.report(turn.work, turn.actor, period)
    rows = [row for act in texts.ACTS for row in made.reasons if row[0] == act]
    page = page_at(asked, len(rows), PAGE)
    told = texts.reasons(texts.period_line(code, period), on_page(rows, page), _which(page, rows))
    _turned(turn, told, (code, "reason"), page, len(rows))


def _which(page: int, rows: Sequence[object]) -> Text:
    return general.page(page + 1, how_many(len(rows)))


def _turned(turn: Turn, told: Text, where: tuple[str, str], page: int, total: int) -> None:
    """A page of a list of the report, with the row that turns it."""
    code, which = where
    turning = pages(page, total, f"rep:{code}:{which}")
    turn.show(Screen(told, (*turning, *_others(turn, code, which))), slot="report")


def _people(turn: Turn, code: str, period: Period, asked: int) -> None:
    rows = [
        (load.name, load.in_hand, load.median, load.ninetieth, load.overdue, load.decided)
        for load in reports.loads(turn.work, turn.actor, period)
    ]
    page = page_at(asked, len(rows), PAGE)
    told = texts.loads(texts.period_line(code, period), on_page(rows, page), _which(page, rows))
    _turned(turn, told, (code, "people"), page, len(rows))


def _voices(turn: Turn, code: str, period: Period, _page: int) -> None:
    begin, end = period.moments
    scored = survey.results(turn.work, begin, end, staff=True)
    answers = reports.answer_times(turn.work, period)
    told = texts.voices(
        texts.period_line(code, period),
        (scored.count, scored.mean, scored.distribution) if scored else None,
        answers,
        _resets(turn, begin, end),
    )
    turn.show(Screen(told, _others(turn, code, "voice")), slot="report")


def _causes(turn: Turn, code: str, period: Period, asked: int) -> None:
    months = [
        (lesson.year, lesson.month, CAUSES.get(lesson.cause, lesson.cause), lesson.count)
        for lesson in complaints.lessons(turn.work, *period.moments)
    ]
    top = [
        (CAUSES.get(one.cause, one.cause), one.count, one.before) for one in reports.causes(turn.work, period)
    ]
    page = page_at(asked, len(months), PAGE)
    head, here = texts.period_line(code, period), on_page(months, page)
    told = texts.causes(head, period.before, top, here, _which(page, months))
    _turned(turn, told, (code, "cause"), page, len(months))


def _resets(turn: Turn, begin: dt.datetime, end: dt.datetime) -> Text:
    made = resets.measured(turn.work, begin, end)
    return texts.resets(made.asked, made.issued, made.median, made.judged, made.in_target)


_PAGES: Final[dict[str, Callable[[Turn, str, Period, int], None]]] = {
    "all": _overview,
    "agency": _agencies,
    "type": _debt_types,
    "reason": _reasons,
    "voice": _voices,
    "cause": _causes,
    "people": _people,
}
_TITLES: Final = {
    "all": buttons.WHOLE_REPORT,
    "agency": buttons.BY_AGENCY,
    "type": buttons.BY_DEBT_TYPE,
    "reason": buttons.BY_REASON,
    "voice": buttons.VOICES,
    "cause": buttons.BY_CAUSE,
    "people": buttons.BY_PERSON,
}


def _others(turn: Turn, code: str, here: str) -> Rows:
    """The other pages of the same period; what each person has in hand is the directors'."""
    listed = [name for name in _PAGES if name != here and (name != "people" or plays(turn.actor, Deed.LOADS))]
    more = Button(buttons.OTHER_PERIODS, "rep:own:menu:0")
    return column(*(Button(_TITLES[name], f"rep:{code}:{name}:0") for name in listed), more)


def _period(turn: Turn, code: str) -> Period:
    """The period of a code: a name, or `20261001-20261031`.

    Raises:
        OldButton: there is no such period.
    """
    if code in PERIODS:
        return PERIODS[code](tehran_day(turn.work.now))
    bounds = [as_day(day) for day in code.split("-")]
    if len(bounds) != _BOUNDS or bounds[0] is None or bounds[1] is None:
        raise OldButton
    return Period(bounds[0], bounds[1])


def _reader(turn: Turn) -> None:
    require(turn.actor, Deed.REPORTS)


def fill_debt_types(work: Work, _office: object) -> bool:
    """Keep the debt types of cases filed before there were figures; whether there may be more."""
    return agreement.fill_debt_types(work, _BATCH) == _BATCH


PART: Final = Part(
    buttons={"rep": (act, 3)},
    finish={REPORT_PERIOD.name: finish_period},
    commands={"report": show},
    asides=frozenset({"report"}),
    sweeps=(("fill_debt_types", fill_debt_types, 60),),
)
