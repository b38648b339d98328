"""The office's settings: read by everybody's services, changed by an admin."""

from typing import Final

from domain.authority import Deed, require
from domain.roles import Actor
from domain.settings import Value, checked, known
from services import clocks
from storage.records import SettingChange
from storage.work import Work

_SHOWN: Final = 10


def value(work: Work, name: str) -> Value:
    """What is in force; None while the office has set nothing.

    Raises:
        NotASetting: there is no such setting.
    """
    return work.settings.value(known(name).name)


def number(work: Work, name: str) -> int | None:
    """A setting that is a number (of its own unit), or None while unset."""
    found = value(work, name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def text(work: Work, name: str) -> str:
    """A setting that is a text; empty while unset."""
    found = value(work, name)
    return found if isinstance(found, str) else ""


def change(work: Work, *, by: Actor | None, name: str, value: Value) -> Value:
    """Set it from now on; what was set before stays in its history.

    Args:
        work: this unit.
        by: an admin; None is the command line.
        name: which setting.
        value: what it is from now on; None, 0 and an empty text leave it unset.

    Returns:
        What is in force now.

    Raises:
        NotYours: no admin.
        NotASetting: there is no such setting.
        OutOfBounds: it cannot take this value.
    """
    require(by, Deed.SETTINGS)
    tidy = checked(name, value)
    if tidy != work.settings.value(name):
        work.settings.put(name, tidy, by.person_id if by else None)
        if known(name).kind == "span":
            work.calendar.ask_recount("target", name=name)
            clocks.recount(work)
    return tidy


def history(work: Work, by: Actor, name: str) -> tuple[SettingChange, ...]:
    """The last changes of a setting, the newest first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.SETTINGS)
    return work.settings.history(known(name).name, limit=_SHOWN)
