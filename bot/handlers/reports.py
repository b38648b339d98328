"""«گزارش»: counts and times of a period."""

from typing import Final

from bot.part import Part

PART: Final = Part()
