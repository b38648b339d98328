"""Maintenance that was planned and never announced: kept until it is, or is put aside."""

from domain.authority import Deed, require
from domain.roles import Actor
from storage.errors import Stale
from storage.records.windows import Window, WindowPlan
from storage.work import Work


def drafted(work: Work, actor: Actor, window_id: int) -> WindowPlan:
    """The plan of a window that was never announced.

    Raises:
        NotYours: no admin.
        NotFound: there is no such window.
        Stale: it was announced since, or put aside.
    """
    require(actor, Deed.WINDOWS)
    return work.windows.plans(_draft(work, window_id).id)[-1]


def put_aside(work: Work, actor: Actor, window_id: int) -> None:
    """A draft will not be announced; the errors are those of `drafted`."""
    require(actor, Deed.WINDOWS)
    work.windows.cancel(_draft(work, window_id).id)


def _draft(work: Work, window_id: int) -> Window:
    window = work.windows.hold(window_id)
    if window.plan_id is not None or window.cancelled_at is not None:
        raise Stale("window", window_id)
    return window
