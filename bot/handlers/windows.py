"""Planned maintenance, incidents, read-only mode, «وضعیت سامانه»."""

from typing import Final

from bot.part import Part

PART: Final = Part()
