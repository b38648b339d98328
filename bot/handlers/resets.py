"""Forgotten passcodes and PINs."""

from typing import Final

from bot.part import Part

PART: Final = Part()
