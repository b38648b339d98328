"""How an admin announces and ends a maintenance in these stories, and how time passes."""

import datetime as dt

from town import Resident, Town

from domain.roles import Role
from persian.dates import TEHRAN, show_date
from persian.text import to_persian_digits


async def admin_of(town: Town, name: str = "لیلا کاظمی") -> Resident:
    """An admin."""
    return await town.staff(Role.ADMIN, name)


def in_hours(town: Town, hours: float) -> dt.datetime:
    """A whole minute so many hours from now."""
    return (town.sandbox.clock() + dt.timedelta(hours=hours)).replace(second=0, microsecond=0)


def typed(moment: dt.datetime) -> tuple[str, str]:
    """Day and time of the day, as they are typed."""
    local = moment.astimezone(TEHRAN)
    return show_date(local.date()), to_persian_digits(f"{local:%H:%M}")


async def plan(admin: Resident, begins: dt.datetime, length: str = "۲ ساعت") -> str:
    """Fill in the form of a window; what the bot says at its end."""
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی تازه")
    await admin.says(*typed(begins), length)
    return str((await admin.says("ثبت و بررسی پیشنهادها", "تعویض سخت‌افزار"))["text"])


async def announce(admin: Resident, begins: dt.datetime, length: str = "۲ ساعت") -> None:
    """Announce a window."""
    assert "گیرندگان: " in await plan(admin, begins, length)
    await admin.told("بله، اعلام شود")
    await passes(admin.town)


async def end(admin: Resident) -> None:
    """End the window that goes on."""
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی ۱", "پایان قطعی")
    await admin.told("بله، پایان یابد")
    await passes(admin.town)


async def passes(town: Town, **by: float) -> None:
    """Let time pass, what is due be announced, and the announcement go out."""
    await town.wait(**by)
    await town.sweep()
