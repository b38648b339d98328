"""The second factor: enrolling, and being asked for it."""

from typing import Final

from bot.part import Part

PART: Final = Part()
