"""«اطلاعیه‌ها»: who is told what, with preview, progress, correction and recall."""

from typing import Final

from bot.part import Part

PART: Final = Part()
