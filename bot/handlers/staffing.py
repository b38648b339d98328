"""Grants by two admins, officials, substitutes."""

from typing import Final

from bot.part import Part

PART: Final = Part()
