"""A restored store that is opened without sending: what was said after the backup is not said again."""

import datetime as dt
from functools import partial

import pytest
from test_journeys_notices import card, told, write
from town import Town

from bot.commands.restore import _shut, _taken_away
from bot.unsaid import drop_waiting
from domain.roles import Role
from services import sending, settings
from storage.records.notices import NoticeState
from storage.work import Work

pytestmark = pytest.mark.parametrize(
    ("platform", "database_url"), [("bale", "sqlite"), ("telegram", "postgresql")], indirect=True
)

TEXT = "سامانه فردا به‌روز می‌شود."
NUDGE, CLOSED = "پیش‌نویس شما تا", "مهلت پیش‌نویس شما پایان یافت"


def _unsent(work: Work) -> int:
    """What the report of the one notice says was not sent."""
    (notice,) = work.notices.in_states(NoticeState.DONE)
    return sending.tally(work, notice.id).unsent


async def test_nothing_due_before_the_opening_is_sent_and_what_falls_due_later_is(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()

    def eight_days(work: Work) -> None:
        settings.change(work, by=None, name="draft_days", value=8)

    await town.run(eight_days)
    await officer.says("ثبت پیشنهاد")
    town.sandbox.clock.set(dt.datetime(2026, 10, 5, 20, 0, tzinfo=dt.UTC))
    await write(admin, "کارشناس دستگاه", text=TEXT)
    await admin.told("تأیید و ارسال")
    assert "در انتظار: ۱" in card(admin)
    await town.run(_shut)

    await town.wait(days=6, hours=11)  # a working morning, two days before the draft is closed
    assert (told(officer, TEXT), officer.heard(NUDGE)) == (0, 0), "the fence stands"
    assert town.app is not None
    await drop_waiting(town.app.store)
    await town.run(partial(_taken_away, send=False))
    await town.sweep()
    assert (told(officer, TEXT), officer.heard(NUDGE), officer.heard(CLOSED)) == (0, 0, 0)
    assert await town.run(_unsent) == 1

    await town.wait(days=2)
    assert (told(officer, TEXT), officer.heard(NUDGE), officer.heard(CLOSED)) == (0, 0, 1)
    await town.close()  # what was dropped stands as failed: perhaps it had arrived
