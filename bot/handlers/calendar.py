"""The working calendar: hours, days off, closures; warnings of targets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot import target_news
from bot.conversations.calendar_forms import (
    CLOSURE,
    HOURS,
    WEEKDAYS_OFF,
    closing,
    period,
    weekend,
)
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.handlers.tracking import found_by_button
from bot.lists import PAGE, first_on, how_many, on_page, pages
from bot.office import Office
from bot.part import Part
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, filed, may, require
from domain.calendar import DayOff, Period
from domain.errors import OutOfBounds
from domain.roles import Actor
from messages_fa import buttons, general
from messages_fa import calendar as texts
from messages_fa import targets as target_texts
from messages_fa.markup import Text, paragraphs
from persian.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_IN_YEAR,
    days_in_month,
    gregorian,
    jalali,
    tehran_day,
)
from services import calendar as office
from services import clocks, public_days
from services.cases import name_of
from services.paging import page_at
from storage.errors import Stale
from storage.records import Case
from storage.records.calendar import DayRow
from storage.work import Work

Month = tuple[int, int]


def show(turn: Turn) -> None:
    """«تقویم کاری»: this month, with what an admin can change.

    Raises:
        NotYours: no admin.
    """
    year, month, _ = jalali(tehran_day(turn.work.now))
    _show(turn, (year, month))


def _show(turn: Turn, at: Month, asked: int = 0) -> None:
    require(turn.actor, Deed.CALENDAR)
    calendar = turn.work.calendar.in_force()
    days = [gregorian(*at, day) for day in range(1, days_in_month(*at) + 1)]
    named = [off for off in map(calendar.named, days) if off is not None]
    working = sum(map(calendar.is_working_day, days))
    hours, page = calendar.periods, page_at(asked, len(calendar.periods), PAGE)
    here, first = on_page(hours, page), first_on(page)
    text = texts.month(*at, calendar, named, working, hours=here, first=first)
    drops = [Button(texts.hours_row(n), f"cal:drop:{_name(each)}") for n, each in enumerate(here, first)]
    turns = pages(page, len(hours), "cal:month", f".{at[0]}-{at[1]:02d}")
    told = paragraphs(text, general.page(page + 1, how_many(len(hours))))
    turn.show(Screen(told, (_turning(at), *_ACTS, *turns, *column(*drops))), slot="calendar")


def _turning(at: Month) -> tuple[Button, ...]:
    return tuple(
        Button(label, f"cal:month:{year}-{month:02d}")
        for label, (year, month) in (
            (buttons.PREVIOUS_MONTH, _moved(at, -1)),
            (buttons.NEXT_MONTH, _moved(at, 1)),
        )
        if FIRST_YEAR <= year <= LAST_YEAR
    )


def _moved(at: Month, by: int) -> Month:
    years, month = divmod(at[1] - 1 + by, MONTHS_IN_YEAR)
    return at[0] + years, month + 1


_ENTERED: Final = Button(texts.ENTERED, "cal:list:0")
_WEEKS: Final = Button(texts.WEEKS, "cal:weeks:0")
_HOURS_A_ROW: Final = 3
_ACTS: Final[Rows] = (
    (Button(texts.ADD, "cal:form:closure"), _ENTERED),
    (Button(texts.HOURS, "cal:form:office_hours"), Button(texts.WEEKEND, "cal:form:weekend")),
    (Button(texts.LUNAR, "cal:lunar:0"),),
)
_BACK: Final = Button(texts.BACK, "cal:month:now")


def press(turn: Turn, parts: list[str]) -> None:
    """A button of the calendar: what, and about what.

    Raises:
        OldButton: there is no such thing.
        NotYours: no admin, where one is needed.
    """
    verb, about = parts
    if verb not in _VERBS:
        raise OldButton
    _VERBS[verb](turn, about)


def _month(turn: Turn, about: str) -> None:
    if about == "now":
        show(turn)
        return
    page, _, day = about.rpartition(".")
    year, _, month = day.partition("-")
    at = number(year), number(month)
    if not (FIRST_YEAR <= at[0] <= LAST_YEAR and 1 <= at[1] <= MONTHS_IN_YEAR):
        raise OldButton
    _show(turn, at, number(page or "0"))


def _form(turn: Turn, about: str) -> None:
    require(turn.actor, Deed.CALENDAR)
    if about not in _FORMS:
        raise OldButton
    turn.shown = True  # the calendar stays; the question comes below it
    forms.begin(turn, _FORMS[about])


_FORMS: Final = {form.name: form for form in (CLOSURE, HOURS, WEEKDAYS_OFF)}


def _list(turn: Turn, about: str) -> None:
    """What admins have entered, who and when; what is in force can be taken back."""
    rows = office.entered(turn.work, turn.actor)
    calendar, page = turn.work.calendar.in_force(), page_at(number(about), len(rows), PAGE)
    here, first = on_page(rows, page), first_on(page)
    told = [(row.day, row.kind, row.name, row.set_at, name_of(turn.work, row.set_by)) for row in here]
    newest = {row.day: row.id for row in reversed(rows)}
    backs = [
        Button(texts.take_back_row(n), f"cal:back:{row.id}")
        for n, row in enumerate(here, first)
        if newest[row.day] == row.id and calendar.day_off(row.day) is not None
    ]
    _paged(turn, texts.entered(told, first), column(*backs, _WEEKS), ("list", page, len(rows)))


def _weeks(turn: Turn, about: str) -> None:
    """The changes of the weekly days off and of office hours, who and when; those in force first."""
    rows = [
        (row.set_at, name_of(turn.work, row.set_by), row.weekend, part)
        for row in office.weeks(turn.work, turn.actor)
        for part in _parts(row.periods)
    ]
    page = page_at(number(about), len(rows), PAGE)
    _paged(turn, texts.weeks(on_page(rows, page)), column(_ENTERED), ("weeks", page, len(rows)))


def _parts(periods: Sequence[Period]) -> list[Sequence[Period]]:
    """The office hours of one change, a few at a time: so that a page holds whatever was entered."""
    return [periods[n : n + _HOURS_A_ROW] for n in range(0, max(1, len(periods)), _HOURS_A_ROW)]


def _lunar_list(turn: Turn, about: str) -> None:
    waiting = office.unconfirmed(turn.work, turn.actor)
    page = page_at(number(about), len(waiting), PAGE)
    here, first = on_page(waiting, page), first_on(page)
    rows = [Button(buttons.row(n, row.name), f"cal:holy:{row.id}") for n, row in enumerate(here, first)]
    days = [row.off for row in here if row.off is not None]
    _paged(turn, texts.lunar(days, first), column(*rows), ("lunar", page, len(waiting)))


def _paged(turn: Turn, text: Text, rows: Rows, where: tuple[str, int, int]) -> None:
    """A page of a list: which one stands below the text, and the row that turns it below its buttons.

    Args:
        turn: this turn.
        text: the rows of the page.
        rows: their buttons.
        where: the list's verb, the page from 0, and how many rows there are in all.
    """
    verb, page, total = where
    told = paragraphs(text, general.page(page + 1, how_many(total)))
    turn.show(Screen(told, (*rows, *pages(page, total, f"cal:{verb}"), (_BACK,))), slot="calendar")


def _ask_lunar(turn: Turn, about: str) -> None:
    _, off = _standing(turn, about)
    if off.confirmed:
        raise OldButton
    calendar = office.with_day(turn.work.calendar.in_force(), DayOff(off.day, off.kind, off.name))
    told = _effect(turn, clocks.would_move(turn.work, calendar))
    rows = column(
        Button(texts.SURE_TO_CONFIRM, f"cal:confirm:{about}"),
        Button(texts.NOT_A_HOLIDAY, f"cal:undo:{about}"),
        _BACK,
    )
    turn.show(Screen(texts.ask_lunar(off, told), rows), slot="calendar")


def _ask_back(turn: Turn, about: str) -> None:
    row, off = _standing(turn, about)
    told = _effect(turn, clocks.would_move(turn.work, office.reopened(turn.work, row)))
    rows = column(Button(texts.SURE_TO_REOPEN, f"cal:undo:{about}"), _BACK)
    turn.show(Screen(texts.ask_reopen(off, told), rows), slot="calendar")


def _confirm(turn: Turn, about: str) -> None:
    _change_day(turn, office.confirm, about)


def _undo(turn: Turn, about: str) -> None:
    _change_day(turn, office.reopen, about)


def _change_day(turn: Turn, change: Callable[[Work, Actor, int], None], about: str) -> None:
    """Only what the admin has seen is changed: once the day is something else, the button is an old one."""
    try:
        change(turn.work, turn.actor, number(about))
    except Stale:
        raise OldButton from None
    _done(turn)


def _ask_drop(turn: Turn, about: str) -> None:
    found = _hours(turn, about)
    told = _effect(
        turn, clocks.would_move(turn.work, office.without_hours(turn.work.calendar.in_force(), found))
    )
    rows = column(Button(texts.SURE_TO_DROP, f"cal:dropped:{about}"), _BACK)
    turn.show(Screen(texts.ask_drop(found, told), rows), slot="calendar")


def _drop(turn: Turn, about: str) -> None:
    office.drop_hours(turn.work, turn.actor, _hours(turn, about))
    _done(turn)


def _why(turn: Turn, about: str) -> None:
    """«چرا این تاریخ؟»: whole for who sees the case anyway; for others a look-up like any other."""
    case = turn.work.cases.by_code(about)
    whole = case is not None and _is_inside(turn, case)
    if not whole:
        stage = found_by_button(turn, about)
        case = turn.work.cases.get(stage.case_id) if stage else None
    if case is None:
        return
    found = clocks.why(turn.work, case)
    if found is None:
        raise OldButton
    turn.shown = True  # what was pressed stays
    turn.tell(target_texts.why(case.code, *found, whole=whole))


def _is_inside(turn: Turn, case: Case) -> bool:
    return may(turn.actor, Deed.CASE_TARGET, filed(case))


_VERBS: Final[Mapping[str, Callable[[Turn, str], None]]] = {
    "month": _month,
    "form": _form,
    "list": _list,
    "weeks": _weeks,
    "lunar": _lunar_list,
    "holy": _ask_lunar,
    "confirm": _confirm,
    "back": _ask_back,
    "undo": _undo,
    "drop": _ask_drop,
    "dropped": _drop,
    "why": _why,
}


def _done(turn: Turn) -> None:
    turn.answer(texts.done())
    show(turn)


def _effect(turn: Turn, count: int) -> Text:
    require(turn.actor, Deed.CALENDAR)
    return texts.effect(count, more=count >= clocks.COUNTED)


def _standing(turn: Turn, about: str) -> tuple[DayRow, DayOff]:
    """The row of a button and the day off that it is, while the day was not set to anything else."""
    row = turn.work.calendar.standing(number(about))
    if row is None or row.off is None:
        raise OldButton
    return row, row.off


def _name(hours: Period) -> str:
    """What a button calls office hours: of each part of the year there is one."""
    if hours.dates is not None:
        return "d" + "".join(f"{day:%y%m%d}" for day in hours.dates)
    return "s" + "".join(f"{month:02d}{day:02d}" for month, day in hours.season or ())


def _hours(turn: Turn, about: str) -> Period:
    require(turn.actor, Deed.CALENDAR)
    found = [each for each in turn.work.calendar.in_force().periods if _name(each) == about]
    if not found:
        raise OldButton
    return found[0]


def finish_closure(turn: Turn, ready: Ready) -> None:
    """The closure was confirmed: it stands from now on."""
    day, reason = closing(ready.position.answers)
    if day is not None:
        office.close(turn.work, turn.actor, day, reason)
    _finish(turn, ready)


def finish_hours(turn: Turn, ready: Ready) -> None:
    """The office hours were confirmed."""
    office.set_hours(turn.work, turn.actor, period(ready.position.answers))
    _finish(turn, ready)


def finish_weekend(turn: Turn, ready: Ready) -> None:
    """The weekly days off were confirmed; all seven cannot be."""
    try:
        office.set_weekend(turn.work, turn.actor, weekend(ready.position.answers))
    except OutOfBounds:
        forms.drop(turn, ready.run)
        forms.begin(turn, WEEKDAYS_OFF)
        turn.tell(texts.no_day_left())
        return
    _finish(turn, ready)


def _finish(turn: Turn, ready: Ready) -> None:
    forms.drop(turn, ready.run)
    turn.answer(texts.done())
    show(turn)


def seed(work: Work, _office: Office) -> bool:
    """A sweep: the public holidays of this year and the next are taken in."""
    return public_days.seed(work)


PART: Final = Part(
    buttons={"cal": (press, 2)},
    finish={
        CLOSURE.name: finish_closure,
        HOURS.name: finish_hours,
        WEEKDAYS_OFF.name: finish_weekend,
    },
    commands={"calendar": show},
    sweeps=(
        ("seed_holidays", seed, 60),
        ("recount_targets", target_news.recount, 5),
        ("tell_moved_targets", target_news.tell_moved, 30),
        ("warn_of_targets", target_news.ring, 30),
    ),
)
