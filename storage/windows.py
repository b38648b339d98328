"""Planned maintenance: its plans, what was announced of them, and the drafts that stand still meanwhile."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, Row, bindparam, exists, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from domain.audit import Deed
from storage.audit import Whoever, note
from storage.errors import NotFound
from storage.records import FormStatus
from storage.records.windows import Window, WindowPlan, WindowWord
from storage.tables.forms import forms
from storage.tables.windows import window_drafts, window_plans, window_words, windows
from storage.transaction import Transaction

_WORDS: Final = "windows.words"
_WHY: Final = "window_plans.why_unplanned"

_ADD: Final = insert(windows).returning(windows.c.id)
_SET_WORDS: Final = update(windows).where(windows.c.id == bindparam("row")).values(words=bindparam("sealed"))
_TO_COME: Final = b""  # what is sealed is bound to the row's number, which is counted when the row is written
_GET: Final = select(windows).where(windows.c.id == bindparam("row"))
_HOLD: Final = _GET.with_for_update()
_OPEN: Final = (
    select(windows)
    .where(windows.c.begins.is_not(None), windows.c.ended_at.is_(None), windows.c.cancelled_at.is_(None))
    .order_by(windows.c.begins, windows.c.id)
)
_DRAFTS: Final = (
    select(windows)
    .where(windows.c.plan_id.is_(None), windows.c.cancelled_at.is_(None))
    .order_by(windows.c.id)
)
_BEGUN: Final = _OPEN.where(windows.c.begins <= bindparam("now"))
_WITHIN: Final = (
    select(windows)
    .where(
        windows.c.begins < bindparam("stop"),
        windows.c.ended_at.is_(None) | (windows.c.ended_at > bindparam("start")),
    )
    .order_by(windows.c.begins.desc(), windows.c.id.desc())
)
_FOLLOW: Final = (
    update(windows)
    .where(windows.c.id == bindparam("row"))
    .values(
        plan_id=bindparam("plan"),
        begins=bindparam("from_"),
        ends=bindparam("to_"),
        unplanned=bindparam("late"),
    )
)
_END: Final = update(windows).where(windows.c.id == bindparam("row")).values(ended_at=bindparam("at"))
_CANCEL: Final = update(windows).where(windows.c.id == bindparam("row")).values(cancelled_at=bindparam("at"))

_PLAN: Final = insert(window_plans).returning(window_plans.c.id)
_GET_PLAN: Final = select(window_plans).where(window_plans.c.id == bindparam("row"))
_PLANS: Final = (
    select(window_plans).where(window_plans.c.window_id == bindparam("row")).order_by(window_plans.c.id)
)
_EXPLAIN: Final = (
    update(window_plans).where(window_plans.c.id == bindparam("row")).values(why_unplanned=bindparam("why"))
)
_ANNOUNCE: Final = (
    update(window_plans).where(window_plans.c.id == bindparam("row")).values(announced_at=bindparam("at"))
)

_SAY: Final = insert_once(window_words).on_conflict_do_nothing().returning(window_words.c.plan_id)
_BY_NOTICE: Final = (
    update(window_words)
    .where(window_words.c.plan_id == bindparam("plan"), window_words.c.word == bindparam("what"))
    .values(notice_id=bindparam("notice"))
)
_SAID: Final = (
    select(window_words)
    .where(window_words.c.window_id == bindparam("row"))
    .order_by(window_words.c.at, window_words.c.plan_id)
)

_OF_FORM: Final = (window_drafts.c.form_id == forms.c.id, window_drafts.c.window_id == bindparam("window"))
_TO_FREEZE: Final = (
    select(forms.c.id)
    .where(
        forms.c.form.in_(bindparam("which", expanding=True)),
        forms.c.status == FormStatus.OPEN,
        ~exists(select(literal_column("1")).where(*_OF_FORM)),
    )
    .order_by(forms.c.id)
    .limit(bindparam("most"))
)
_FREEZE: Final = insert_once(window_drafts).on_conflict_do_nothing().returning(window_drafts.c.form_id)
_OVER: Final = (
    window_drafts.c.freed_at.is_(None),
    window_drafts.c.window_id.in_(
        select(windows.c.id).where(windows.c.ended_at.is_not(None) | windows.c.cancelled_at.is_not(None))
    ),
)
_TO_FREE: Final = (
    select(window_drafts.c.form_id)
    .where(*_OVER)
    .distinct()
    .order_by(window_drafts.c.form_id)
    .limit(bindparam("most"))
)
_FREE: Final = (
    update(window_drafts)
    .where(*_OVER, window_drafts.c.form_id == bindparam("form"))
    .values(freed_at=bindparam("now"))
    .returning(window_drafts.c.form_id)
)


class Windows:
    """Nothing is overwritten but when a window is over; its plans and what was announced stay."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, *, affected: str, reason: str, made_by: int) -> int:
        """A new window, without any plan yet; its number."""
        values = {
            "words": _TO_COME,
            "made_by": made_by,
            "made_at": self._tx.now,
            "unplanned": False,
        }
        number: int = self._tx.connection.execute(_ADD, values).scalar_one()
        words = self._tx.vault.seal(_WORDS, {"affected": affected, "reason": reason}, number)
        self._tx.connection.execute(_SET_WORDS, {"row": number, "sealed": words})
        self._step(number, "add", made_by)
        return number

    def get(self, window_id: int) -> Window:
        """The window with this number.

        Raises:
            NotFound: there is none.
        """
        return self._one(self._tx.connection.execute(_GET, {"row": window_id}).first(), window_id)

    def hold(self, window_id: int) -> Window:
        """The same, and until the unit ends nobody else changes it.

        Raises:
            NotFound: there is none.
        """
        return self._one(self._tx.connection.execute(_HOLD, {"row": window_id}).first(), window_id)

    def open(self) -> tuple[Window, ...]:
        """Those announced that are neither over nor cancelled, the next first."""
        return tuple(map(self._window, self._tx.connection.execute(_OPEN)))

    def drafts(self) -> tuple[Window, ...]:
        """Those that were never announced nor put aside, the first first."""
        return tuple(map(self._window, self._tx.connection.execute(_DRAFTS)))

    def begun(self) -> tuple[Window, ...]:
        """Those of them that have begun."""
        return tuple(map(self._window, self._tx.connection.execute(_BEGUN, {"now": self._tx.now})))

    def within(self, start: datetime, stop: datetime) -> tuple[Window, ...]:
        """The announced windows that were to begin before `stop`, not over at `start`; the last first.

        Cancelled ones are among them.
        """
        found = self._tx.connection.execute(_WITHIN, {"start": start, "stop": stop})
        return tuple(map(self._window, found))

    def plan(self, window_id: int, begins: datetime, ends: datetime, made_by: int) -> WindowPlan:
        """A plan for the window, which holds once it is announced."""
        values = {
            "window_id": window_id,
            "begins": begins,
            "ends": ends,
            "made_by": made_by,
            "made_at": self._tx.now,
        }
        number = self._tx.connection.execute(_PLAN, values).scalar_one()
        self._step(window_id, "plan", made_by, number)
        return WindowPlan(number, window_id, begins, ends, None, made_by, self._tx.now, None)

    def plan_of(self, plan_id: int) -> WindowPlan:
        """The plan with this number.

        Raises:
            NotFound: there is none.
        """
        found = self._tx.connection.execute(_GET_PLAN, {"row": plan_id}).first()
        if found is None:
            raise NotFound("window_plan", plan_id)
        return self._plan(found)

    def plans(self, window_id: int) -> tuple[WindowPlan, ...]:
        """Every plan of a window, drafts among them, the first first."""
        return tuple(map(self._plan, self._tx.connection.execute(_PLANS, {"row": window_id})))

    def explain(self, plan_id: int, why: str) -> None:
        """Mark a plan as unplanned, for this reason."""
        values = {"row": plan_id, "why": self._tx.vault.seal(_WHY, why, plan_id)}
        self._tx.connection.execute(_EXPLAIN, values)

    def announce(self, plan: WindowPlan) -> None:
        """This plan is in force from now on."""
        self._tx.connection.execute(_ANNOUNCE, {"row": plan.id, "at": self._tx.now})
        values = {
            "row": plan.window_id,
            "plan": plan.id,
            "from_": plan.begins,
            "to_": plan.ends,
            "late": plan.why_unplanned is not None,
        }
        self._tx.connection.execute(_FOLLOW, values)
        self._step(plan.window_id, "announce", Whoever.ACTS, plan.id)

    def end(self, window_id: int, at: datetime) -> None:
        """The window was over at this moment."""
        self._tx.connection.execute(_END, {"row": window_id, "at": at})
        self._step(window_id, "end")

    def cancel(self, window_id: int) -> None:
        """The window is called off; a draft: put aside."""
        self._tx.connection.execute(_CANCEL, {"row": window_id, "at": self._tx.now})
        self._step(window_id, "cancel")

    def say(self, window: Window, word: str, person_id: int | None) -> bool:
        """Keep that this is announced of the plan in force; False if it was before."""
        values = {
            "plan_id": window.plan_id,
            "word": word,
            "window_id": window.id,
            "at": self._tx.now,
            "person_id": person_id,
        }
        return self._tx.connection.execute(_SAY, values).first() is not None

    def said_by(self, window: Window, word: str, notice_id: int) -> None:
        """Keep which notice said it."""
        values = {"plan": window.plan_id, "what": word, "notice": notice_id}
        self._tx.connection.execute(_BY_NOTICE, values)

    def said(self, window_id: int) -> tuple[WindowWord, ...]:
        """Everything announced of a window, of all its plans, the first first."""
        found = self._tx.connection.execute(_SAID, {"row": window_id})
        return tuple(
            WindowWord(row.plan_id, row.window_id, row.word, row.at, row.person_id, row.notice_id)
            for row in found
        )

    def freeze(self, window_id: int, which: Collection[str], most: int) -> tuple[int, ...]:
        """Note open forms of these names that are not noted yet for the window; those that this noted."""
        wanted = {"window": window_id, "which": sorted(which), "most": most}
        found = self._tx.connection.scalars(_TO_FREEZE, wanted)
        values = {"window_id": window_id, "frozen_at": self._tx.now}
        return self._noted(_FREEZE, ({**values, "form_id": number} for number in found))

    def free(self, most: int) -> tuple[int, ...]:
        """The forms noted for windows that are over, each once, however many windows; their numbers."""
        found = self._tx.connection.scalars(_TO_FREE, {"most": most})
        return self._noted(_FREE, ({"form": number, "now": self._tx.now} for number in found))

    def _step(
        self, window_id: int, step: str, by: int | Whoever = Whoever.ACTS, plan: int | None = None
    ) -> None:
        note(self._tx, Deed.WINDOW, by=by, about=f"window:{window_id}", step=step, plan=plan)

    def _noted(self, statement: Executable, rows: Iterable[dict[str, object]]) -> tuple[int, ...]:
        """The forms of the rows that this changed: another process may have been quicker."""
        changed = (self._tx.connection.scalar(statement, row) for row in rows)
        return tuple(number for number in changed if number is not None)

    def _one(self, found: Row[Any] | None, window_id: int) -> Window:
        if found is None:
            raise NotFound("window", window_id)
        return self._window(found)

    def _window(self, found: Row[Any]) -> Window:
        words = self._tx.vault.open(_WORDS, found.words, found.id)
        return Window(
            id=found.id,
            affected=words["affected"],
            reason=words["reason"],
            made_by=found.made_by,
            made_at=found.made_at,
            plan_id=found.plan_id,
            begins=found.begins,
            ends=found.ends,
            unplanned=found.unplanned,
            ended_at=found.ended_at,
            cancelled_at=found.cancelled_at,
        )

    def _plan(self, found: Row[Any]) -> WindowPlan:
        why = found.why_unplanned
        return WindowPlan(
            id=found.id,
            window_id=found.window_id,
            begins=found.begins,
            ends=found.ends,
            why_unplanned=None if why is None else self._tx.vault.open(_WHY, why, found.id),
            made_by=found.made_by,
            made_at=found.made_at,
            announced_at=found.announced_at,
        )
