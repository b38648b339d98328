"""How time passes in the town by the office's calendar, and how an admin closes it for a day."""

import datetime as dt

from town import Resident, Town

from persian.dates import TEHRAN, tehran_day
from services import settings
from storage.work import Work

DAY = dt.timedelta(days=1)


def quiet_week(work: Work) -> dt.date:
    """The first Saturday to come with five working days from it on."""
    kept = work.calendar.in_force()
    days = (tehran_day(work.now) + n * DAY for n in range(1, 400))
    return next(
        day
        for day in days
        if kept.is_weekend(day - DAY) and all(kept.is_working_day(day + n * DAY) for n in range(5))
    )


async def on_a_saturday_morning(town: Town) -> dt.date:
    """Nine o'clock on the first day of a week without holidays, with the holidays known."""
    await town.sweep()
    saturday = await town.run(quiet_week)
    await until(town, saturday, 9)
    return saturday


async def until(town: Town, day: dt.date, hour: int) -> None:
    """Let time pass until this hour in Tehran."""
    wanted = dt.datetime.combine(day, dt.time(hour), TEHRAN)
    now = await town.run(lambda work: work.now)
    await town.wait(seconds=(wanted - now).total_seconds())


async def sets(town: Town, **values: str) -> None:
    """What the office sets, by the command line."""

    def unit(work: Work) -> None:
        for name, value in values.items():
            settings.change(work, by=None, name=name, value=value)

    await town.run(unit)


async def closes(admin: Resident, day: str, reason: str) -> str:
    """An admin closes the office on a day; gives the label of the button that carried it out."""
    await admin.says("/calendar")
    await admin.presses("افزودن تعطیلی")
    await admin.says(day, "بله، درست است", reason)
    label = next(label for label in admin.labels() if label.startswith("بله، ثبت شود"))
    await admin.told(label)
    return label
