"""The catalogues that an admin edits: agencies, debt types, reasons."""

from typing import Final

from bot.part import Part

PART: Final = Part()
