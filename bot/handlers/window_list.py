"""«قطعی و اختلال»: the list of everything that is open, and of what waits for an admin's word."""

from bot.handlers import incidents
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, require
from messages_fa import window_desk as texts
from messages_fa import windows as notice_texts
from services.windows import span_of


def show_desk(turn: Turn, _number: int = 0) -> None:
    """«قطعی و اختلال»: all that is open.

    Raises:
        NotYours: no admin.
    """
    require(turn.actor, Deed.WINDOWS)
    held, broken = turn.work.windows.open(), turn.work.incidents.open()
    planned = [turn.work.windows.plans(one.id)[-1] for one in turn.work.windows.drafts()]
    drafts = turn.work.incidents.drafts()
    text = texts.listing(
        [texts.window_row(*span_of(one), begun=span_of(one)[0] <= turn.work.now) for one in held],
        [texts.incident_row(notice_texts.STAGES[one.stage], one.begun_at, one.affected) for one in broken],
        [
            *(texts.window_draft_row(one.begins, one.ends) for one in planned),
            *(incidents.draft_row(one) for one in drafts),
        ],
    )
    opening = [
        *(Button(texts.window_label(n), f"win:see:{one.id}") for n, one in enumerate(held, 1)),
        *(Button(texts.incident_label(n), f"win:inc:{one.id}") for n, one in enumerate(broken, 1)),
        *(Button(texts.draft_label(n), f"win:plan:{one.window_id}") for n, one in enumerate(planned, 1)),
        *(
            Button(texts.draft_label(n), f"win:draft:{one.id}")
            for n, one in enumerate(drafts, len(planned) + 1)
        ),
    ]
    new = (Button(texts.NEW_WINDOW, "win:new:0"), Button(texts.NEW_INCIDENT, "win:fault:0"))
    turn.show(Screen(text, (*column(*opening), new)), slot="windows")
