"""A stranger's files: bounded by the day and by the disk, never the words; a co-worker's are not."""

import pytest
from journey_complaints import begin
from sent_files import PDF, PNG
from town import Resident, Town

from bot.room import MB
from bot.room_watch import RoomWatch
from domain.roles import Role
from messages_fa import general
from services import settings
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

OVER = "حجم پرونده‌های شما از سهم یک روز می‌گذرد و از ۱۴۰۵/۰۷/۱۴ ساعت ۱۰:۰۰ دوباره پذیرفته می‌شود"
NO_ROOM = "اکنون جای کافی برای پرونده نیست"


async def at_the_files(sender: Resident) -> None:
    await begin(sender)
    await sender.says("رد کردن")


async def bound(town: Town, megabytes: int) -> None:
    def unit(work: Work) -> None:
        settings.change(work, by=None, name="strangers_files", value=megabytes)

    await town.run(unit)


async def filed(sender: Resident, *way_on: str) -> None:
    await sender.says(*way_on, "از طرف خودم", "خیر")
    await sender.phone.press("ارسال")
    await sender.sees("شما ثبت شد")


async def test_a_stranger_s_day_of_files_is_full_and_the_words_are_still_taken(town: Town) -> None:
    await bound(town, 2)
    sender = await town.newcomer("sender")
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    await sender.sends_file(PNG, "عکس.png")
    await sender.sends_file(PDF + b"\n", "سوم.pdf")
    assert OVER in sender.screen()
    await filed(sender, "ادامه")
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    assert OVER in sender.screen()
    await filed(sender, "رد کردن")
    await town.wait(hours=24)
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    assert "نامه.pdf" in sender.screen()


async def test_a_draft_thrown_away_and_begun_anew_gives_no_new_share(town: Town) -> None:
    await bound(town, 1)
    sender = await town.newcomer("sender")
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    await sender.says("انصراف")
    await sender.presses("حذف", "بله، پاک شود")
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    assert OVER in sender.screen()


async def test_of_an_album_what_is_over_is_named(town: Town) -> None:
    await bound(town, 1)
    sender = await town.newcomer("sender")
    await at_the_files(sender)
    await sender.sends_album((PDF, "یک.pdf"), (PDF + b"\n", "دو.pdf"))
    assert "یک.pdf" in sender.screen()
    assert OVER in sender.chat_text()


async def test_an_officer_has_no_share_that_could_be_full(town: Town) -> None:
    await bound(town, 1)
    officer = await town.officer()
    await at_the_files(officer)
    await officer.sends_file(PDF, "یک.pdf")
    await officer.sends_file(PNG, "دو.png")
    assert "دو.png" in officer.screen()
    await filed(officer, "ادامه")


async def test_while_the_disk_is_low_a_stranger_s_words_are_taken_and_files_are_not(town: Town) -> None:
    assert town.app is not None
    room, sender, officer = (
        town.app.office.room,
        await town.newcomer("sender"),
        await town.officer(),
    )
    room.measured(499 * MB)
    await at_the_files(sender)
    await sender.sends_file(PDF, "نامه.pdf")
    assert NO_ROOM in sender.screen()
    await at_the_files(officer)
    await officer.sends_file(PDF, "نامه.pdf")
    assert "نامه.pdf" in officer.screen()
    room.measured(600 * MB)
    await sender.sends_file(PDF, "نامه.pdf")
    assert "نامه.pdf" in sender.screen()


async def test_the_admins_are_told_once_of_each_fall_of_the_room_on_the_disk(town: Town) -> None:
    assert town.app is not None
    admin, told, app = await town.staff(Role.ADMIN, "نرگس رضایی"), [], town.app

    def alarm(work: Work, code: str, reference: str) -> None:
        told.append((code, reference))
        app.dispatcher._alarm(work, code, reference)  # noqa: SLF001 - as it is wired

    free = iter(megabytes * MB for megabytes in (800, 499, 400, 550, 450, 600, 700, 300, 200))
    watch = RoomWatch(
        app.store, app.office.room, app.settings.data_dir, alarm, free=lambda _folder: next(free)
    )
    low = []
    for _ in range(9):
        await watch.look()
        low.append(app.office.room.low)
    await town.quiet()
    assert low == [False, True, True, True, True, False, False, True, True]
    assert told == [("disk_low", "499"), ("disk_low", "300")]
    assert admin.heard(general.ALARMS["disk_low"]) == 2
