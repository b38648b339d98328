"""The working calendar: hours, days off, closures; warnings of targets."""

from typing import Final

from bot.part import Part

PART: Final = Part()
