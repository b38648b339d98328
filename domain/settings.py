"""What the office may set. Every one is unset until somebody of the office decides: no rule is invented."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from domain.errors import NotASetting, OutOfBounds
from domain.targets import Span
from persian.text import plain_dashes, to_persian_digits

Value: TypeAlias = bool | int | str | None
"""A setting's value; None is unset."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set.

    Attributes:
        name: by which it is stored.
        kind: a switch (True or False), a whole number of `unit`, a text, or a span (`3d` working days, `8h`
            office hours: `domain.targets.Span`).
        unit: `minutes`, `hours`, `days`, `rials`, `megabytes`, or nothing.
        most: the largest number (of a span, of days or of hours), or the longest text in characters: a
            technical bound.
        standard: what is in force while the office has set nothing: of a technical bound alone, never of a
            rule.
    """

    name: str
    kind: Literal["switch", "number", "text", "span"]
    unit: str = ""
    most: int = 0
    standard: int | None = None


SECOND_SIGNATURE: Final = Setting("second_signature", "switch")
"""Whether an agreement waits for a director's signature."""
SECOND_SIGNATURE_FROM: Final = Setting("second_signature_from", "number", "rials", 10**15)
"""From which amount of the debt an agreement waits for a director, though others do not; unset: from none."""
SECOND_FACTOR: Final = Setting("second_factor", "switch")
"""Whether nobody signs a decision or a broadcast without a second factor; who has one is always asked."""
UNDO_MINUTES: Final = Setting("undo_minutes", "number", "minutes", 24 * 60)
"""How long an outcome may be taken back before it is published; unset: it is published at once."""
HOLD_HOURS: Final = Setting("hold_hours", "number", "hours", 24 * 90)
"""Hours without an act after which a claimed case is released by itself; unset: never."""
DRAFT_DAYS: Final = Setting("draft_days", "number", "days", 3650)
"""Days after which a draft of a proposal that nobody goes on with is closed; unset: never."""
FIRST_LOOK_TARGET: Final = Setting("first_look_target", "span", most=1000)
"""The office's own target from filing to the first reviewer who takes the case."""
DECISION_TARGET: Final = Setting("decision_target", "span", most=1000)
"""The office's own target for a decision, counted while the case lies with the office.

The agreement names no time limit («در کوتاه‌ترین زمان ممکن»).
"""
CORRECTION_TARGET: Final = Setting("correction_target", "span", most=1000)
"""How long the agency has for a correction before it is reminded; nothing follows from being late."""
COMPLAINT_TARGET: Final = Setting("complaint_target", "span", most=1000)
"""The office's own target for the answer to a complaint."""
RESET_TARGET: Final = Setting("reset_target", "span", most=1000)
"""The office's own target for a forgotten passcode or PIN."""
NOTICE_LEAD: Final = Setting("notice_lead", "span", most=1000)
"""How long before its beginning a planned maintenance must be announced."""
WARN_BEFORE: Final = Setting("warn_before", "span", most=1000)
"""How long before a target is up its holder is warned; unset: not before it is."""
CONTACT: Final = Setting("contact", "text", most=200)
"""Whom to call for help, as it is shown."""
WINDOWS_END_ALONE: Final = Setting("windows_end_alone", "switch")
"""Whether a planned maintenance is over at its announced end by itself; else an admin ends it."""
STRANGERS_FILES: Final = Setting("strangers_files", "number", "megabytes", 100_000, standard=100)
"""What one sender without a role may send in files within a day, kept originals and copies together."""

KEEP_CASES: Final = Setting("keep_cases", "number", "days", 36500)
"""Days after its last change for which a case that is over stays whole; unset: for ever."""
KEEP_COMPLAINTS: Final = Setting("keep_complaints", "number", "days", 36500)
"""Days after it was closed for which a complaint stays whole; unset: for ever."""
KEEP_CHATS: Final = Setting("keep_chats", "number", "days", 36500)
"""Days of silence for which the chat of somebody unknown to the office is remembered; unset: for ever."""
KEEP_REQUESTS: Final = Setting("keep_requests", "number", "days", 36500)
"""Days after its end for which the words of a request about one's own data stay; unset: for ever."""

SETTINGS: Final[Mapping[str, Setting]] = {
    setting.name: setting
    for setting in (
        SECOND_SIGNATURE,
        SECOND_SIGNATURE_FROM,
        SECOND_FACTOR,
        UNDO_MINUTES,
        HOLD_HOURS,
        DRAFT_DAYS,
        FIRST_LOOK_TARGET,
        DECISION_TARGET,
        CORRECTION_TARGET,
        COMPLAINT_TARGET,
        RESET_TARGET,
        NOTICE_LEAD,
        WARN_BEFORE,
        CONTACT,
        WINDOWS_END_ALONE,
        STRANGERS_FILES,
        KEEP_CASES,
        KEEP_COMPLAINTS,
        KEEP_CHATS,
        KEEP_REQUESTS,
    )
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
    if setting.kind == "span":
        return _span(setting, value)
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


def _span(setting: Setting, value: Value) -> str | None:
    """A span as it is kept; 0 and an empty text are none."""
    if value in (0, "", "0") and not isinstance(value, bool):
        return None
    try:
        span = Span.of(str(value))
    except ValueError:
        raise OutOfBounds(setting.name, setting.most) from None
    if span.amount > setting.most:
        raise OutOfBounds(setting.name, setting.most)
    return str(span)


def _showable(text: str) -> str:
    """A text as it is kept: a hyphen between digits would be drawn turned round behind Persian words."""
    return to_persian_digits(_HYPHENS.sub(" ", plain_dashes(text))).strip()


_HYPHENS: Final = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
