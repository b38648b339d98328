"""A restored store that is opened without sending: what was said after the backup is not said again."""

import datetime as dt
from functools import partial

import pytest
from test_journeys_notices import card, told, write
from town import Town

from bot import unsaid
from bot.commands.restore import _shut, _taken_away
from bot.office import Office
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


async def open_unheard(town: Town) -> None:
    """As `restore --open --drop-waiting` does."""
    assert town.app is not None
    await drop_waiting(town.app.store)
    await town.run(partial(_taken_away, send=False))
    await town.sweep()


async def test_nothing_due_before_the_restoring_is_sent_and_what_falls_due_later_is(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()

    def eight_days(work: Work) -> None:
        settings.change(work, by=None, name="draft_days", value=8)

    await town.run(eight_days)
    await officer.says("ثبت پیشنهاد")
    town.sandbox.clock.set(dt.datetime(2026, 10, 5, 20, 0, tzinfo=dt.UTC))
    await write(admin, "کارشناس دستگاه", text=TEXT)
    await admin.told("تأیید و ارسال")
    assert "در انتظار: ۱" in card(admin)
    await town.run(_shut)  # until it is restored the bot says nothing

    await town.wait(days=6, hours=11)  # a working morning, two days before the draft is closed
    assert (told(officer, TEXT), officer.heard(NUDGE)) == (0, 0), "the fence stands"
    await town.run(_shut)
    await open_unheard(town)
    assert (told(officer, TEXT), officer.heard(NUDGE), officer.heard(CLOSED)) == (0, 0, 0)
    assert await town.run(_unsent) == 1

    await town.wait(days=2)
    assert (told(officer, TEXT), officer.heard(NUDGE), officer.heard(CLOSED)) == (0, 0, 1)
    await town.close()  # what was dropped stands as failed: perhaps it had arrived


async def test_what_is_written_behind_the_fence_is_sent_once_it_is_open(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    town.sandbox.clock.set(dt.datetime(2026, 10, 5, 20, 0, tzinfo=dt.UTC))
    await town.run(_shut)
    await town.wait(minutes=5)
    await write(admin, "کارشناس دستگاه", text=TEXT)
    await admin.told("تأیید و ارسال")
    await open_unheard(town)
    assert "در انتظار: ۱" in card(admin)
    await town.wait(hours=11)
    assert told(officer, TEXT) == 1
    await town.close()  # as above


async def test_a_sweep_that_fails_unheard_is_heard_by_the_admins(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    await town.run(_shut)

    def broken(_work: Work, _office: Office) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(unsaid, "SWEEPS", (("nudge_drafts", broken, 60.0),))
    await open_unheard(town)
    await town.quiet()
    assert admin.heard("nudge-drafts") == 1
    await town.close()  # as above
