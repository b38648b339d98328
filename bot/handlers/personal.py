"""«داده‌های من»: export, correction, erasure; leaving all accounts."""

from typing import Final

from bot.part import Part

PART: Final = Part()
