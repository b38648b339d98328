"""Every part of the office: a new one is a module of `bot.handlers` with a `PART`, and its name here."""

from typing import Final

from bot.handlers import (
    agreement,
    calendar,
    catalogue,
    complaints,
    factors,
    filing,
    notices,
    personal,
    reports,
    resets,
    signing,
    staffing,
    survey,
    windows,
)
from bot.part import Part

PARTS: Final[tuple[Part, ...]] = (
    agreement.PART,
    calendar.PART,
    catalogue.PART,
    complaints.PART,
    factors.PART,
    filing.PART,
    notices.PART,
    personal.PART,
    reports.PART,
    resets.PART,
    signing.PART,
    staffing.PART,
    survey.PART,
    windows.PART,
)
