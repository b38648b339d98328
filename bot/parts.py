"""Every part of the office: a new one is a module of `bot.handlers` with a `PART`, and its name here."""

from typing import Final

from bot.handlers import (
    agreement,
    audiences,
    audit,
    calendar,
    catalogue,
    complaints,
    factors,
    filing,
    notices,
    personal,
    reports,
    resets,
    retention,
    signing,
    staffing,
    survey,
    windows,
)
from bot.part import Part

PARTS: Final[tuple[Part, ...]] = (
    agreement.PART,
    audiences.PART,
    audit.PART,
    calendar.PART,
    catalogue.PART,
    complaints.PART,
    factors.PART,
    filing.PART,
    notices.PART,
    personal.PART,
    reports.PART,
    resets.PART,
    retention.PART,
    signing.PART,
    staffing.PART,
    survey.PART,
    windows.PART,
)
