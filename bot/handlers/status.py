"""«وضعیت سامانه», for everybody: now, next, ninety days."""

from bot.lists import first_on, how_many, on_page, pages
from bot.screen import Button, Rows, Screen
from bot.turn import Turn
from domain.authority import Deed, plays
from messages_fa import general
from messages_fa import status as texts
from messages_fa import window_desk as desk
from messages_fa.markup import Text
from services import status as office
from services.window_promise import is_unplanned
from services.windows import span_of
from storage.records.windows import Incident, Window
from storage.work import Work


def show(turn: Turn, _number: int = 0) -> None:
    """/status, and the way back to it."""
    standing, at = office.standing(turn.work), turn.work.now
    now = [texts.broken(one.stage, one.affected, one.begun_at) for one in standing.incidents]
    if standing.window is not None:
        window = standing.window
        late = is_unplanned(turn.work, window)
        now.insert(0, texts.held(*span_of(window), window.affected, at, unplanned=late))
    following = texts.none_upcoming()
    if standing.upcoming is not None:
        following = texts.upcoming(*span_of(standing.upcoming), standing.upcoming.affected)
    text = texts.page(now or [texts.works()], following, texts.figure(standing.figure))
    turn.show(Screen(text, _rows(turn)), slot="status")


def _rows(turn: Turn) -> Rows:
    log = (Button(texts.HISTORY, "win:log:0"),)
    return (log, (Button(desk.DESK, "win:desk:0"),)) if plays(turn.actor, Deed.WINDOWS) else (log,)


def show_history(turn: Turn, page: int) -> None:
    """«تاریخچه ۹۰ روز»: windows and incidents, the last first."""
    every = office.history(turn.work)
    rows = [_row(turn.work, one) for one in on_page(every, page)]
    which = general.page(page + 1, how_many(len(every)))
    back = ((Button(texts.TO_STATUS, "win:status:0"),),)
    text = texts.history(rows, first_on(page), which)
    turn.show(Screen(text, (*pages(page, len(every), "win:log"), *back)), slot="status")


def _row(work: Work, one: Window | Incident) -> Text:
    if isinstance(one, Incident):
        return texts.incident_row(one.begun_at, one.over_at, one.affected)
    return texts.window_row(*span_of(one), one.ended_at, unplanned=is_unplanned(work, one))
