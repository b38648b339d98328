"""«آنچه وعده داده شد، آنچه سنجیده شد»: the end of the agreement, for anybody."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.office import Office
from bot.screen import Button, Rows, Screen, column
from bot.turn import Turn
from domain.authority import Deed, plays
from domain.reports import Times
from messages_fa import buttons
from messages_fa import measured as texts
from messages_fa.markup import Text
from services import agreement, measured
from services.measured import Figures
from storage.work import Work


def show(turn: Turn, _arg: str) -> None:
    """Each clause of the version in force that can be measured, with its figures."""
    found, staff = measured.figures(turn.work), plays(turn.actor, Deed.REPORTS)
    if found is None:
        turn.show(Screen(texts.not_yet(), _back(buttons.ALL_SECTIONS, "list")), slot="terms")
        return
    rows = [
        (promise.clause, [(code, _FIGURES[code](found, staff)) for code in promise.figures])
        for promise in measured.promises(agreement.in_force(turn.work).sections)
    ]
    below = column(
        Button(buttons.HOW_COUNTED, "trm:how:0"),
        Button(buttons.ALL_SECTIONS, "trm:list:0"),
    )
    turn.show(Screen(texts.measured(found.period, found.made_at, rows), below), slot="terms")


def _how(turn: Turn, _arg: str) -> None:
    turn.show(Screen(texts.how(tuple(_FIGURES)), _back(buttons.MEASURED, "meas")), slot="terms")


def _back(label: str, verb: str) -> Rows:
    return column(Button(label, f"trm:{verb}:0"))


def _resets(found: Figures, staff: bool) -> Sequence[Text]:  # noqa: FBT001 - as the table below calls it
    made = found.resets
    judged = Times(made.asked, None, None, made.judged, made.in_target)
    return texts.resets(made.asked, made.issued, made.median, judged, staff=staff)


_FIGURES: Final[dict[str, Callable[[Figures, bool], Sequence[Text]]]] = {
    "decision": lambda found, staff: texts.times(found.decision, staff=staff),
    "first_look": lambda found, staff: texts.times(found.first_look, staff=staff),
    "answers": lambda found, staff: texts.times(found.answers, staff=staff),
    "resets": _resets,
    "availability": lambda found, _staff: texts.availability(found.availability),
    "windows": lambda found, _staff: texts.windows(found.windows.count),
    "unplanned": lambda found, _staff: texts.unplanned(
        found.windows.unplanned, found.windows.count, has_lead=found.windows.has_lead
    ),
}
"""The lines of each figure, by its code."""

VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {"meas": show, "how": _how}
"""What is pressed about the figures, by the verb of the button."""


def measure(work: Work, _office: Office) -> bool:
    """A sweep: a figure that is due is measured anew; whether there may be more."""
    return measured.measure_next(work)


SWEEPS: Final = (("measure", measure, 60),)
