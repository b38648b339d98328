"""What the office may set. Every one is unset until somebody of the office decides: no rule is invented."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from domain.errors import NotASetting, OutOfBounds
from persian.text import plain_dashes, to_persian_digits

Value: TypeAlias = bool | int | str | None
"""A setting's value; None is unset."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set.

    Attributes:
        name: by which it is stored.
        kind: a switch (True or False), a whole number of `unit`, or a text.
        unit: `minutes`, `hours`, or nothing.
        most: the largest number, or the longest text in characters: a technical bound.
    """

    name: str
    kind: Literal["switch", "number", "text"]
    unit: str = ""
    most: int = 0


SECOND_SIGNATURE: Final = Setting("second_signature", "switch")
"""Whether an agreement waits for a director's signature."""
UNDO_MINUTES: Final = Setting("undo_minutes", "number", "minutes", 24 * 60)
"""How long an outcome may be taken back before it is published; unset: it is published at once."""
HOLD_HOURS: Final = Setting("hold_hours", "number", "hours", 24 * 90)
"""Hours without an act after which a claimed case is released by itself; unset: never."""
DECISION_TARGET_HOURS: Final = Setting("decision_target_hours", "number", "hours", 24 * 365)
"""The office's own target for a decision, counted while the case lies with the office.

The agreement names no time limit («در کوتاه‌ترین زمان ممکن»).
"""
CONTACT: Final = Setting("contact", "text", most=200)
"""Whom to call for help, as it is shown."""

SETTINGS: Final[Mapping[str, Setting]] = {
    setting.name: setting
    for setting in (SECOND_SIGNATURE, UNDO_MINUTES, HOLD_HOURS, DECISION_TARGET_HOURS, CONTACT)
}
"""Every setting by name, in the order in which they are shown."""


def known(name: str) -> Setting:
    """The setting of this name.

    Raises:
        NotASetting: there is none.
    """
    if name not in SETTINGS:
        raise NotASetting(name)
    return SETTINGS[name]


def checked(name: str, value: Value) -> Value:
    """A value that this setting may take; 0 and an empty text leave it unset.

    Raises:
        NotASetting: there is no such setting.
        OutOfBounds: the value is of another kind, negative, too large or too long.
    """
    setting = known(name)
    if value is None:
        return None
    if setting.kind == "switch":
        fits = isinstance(value, bool)
    elif setting.kind == "number":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= setting.most
    else:
        fits = isinstance(value, str) and len(value) <= setting.most
    if not fits:
        raise OutOfBounds(name, setting.most)
    if isinstance(value, str):
        return _showable(value) or None
    return value if setting.kind == "switch" or value else None


def _showable(text: str) -> str:
    """A text as it is kept: a hyphen between digits would be drawn turned round behind Persian words."""
    return to_persian_digits(_HYPHENS.sub(" ", plain_dashes(text))).strip()


_HYPHENS: Final = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
