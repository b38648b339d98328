"""«توافق‌نامه خدمت»: the terms, shown, published, accepted."""

from typing import Final

from bot.part import Part

PART: Final = Part()
