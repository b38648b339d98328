"""The officer's day beyond the form: copies, withdrawal, lost codes, co-signatures, reviews asked for."""

from typing import Final

from bot.part import Part

PART: Final = Part()
