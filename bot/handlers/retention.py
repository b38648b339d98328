"""The sweep that erases what has been kept as long as the office wants."""

from typing import Final

from bot.office import Office
from bot.part import Part
from services import retention
from storage.work import Work

EVERY: Final = 600
"""Seconds between two runs."""


def erase_due(work: Work, _office: Office) -> bool:
    """Erase some of what is due; whether there may be more."""
    subjects, chats = retention.erase_some(work)
    return subjects + chats >= retention.AT_ONCE


PART: Final = Part(sweeps=(("erase_due", erase_due, EVERY),))
