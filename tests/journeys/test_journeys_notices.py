"""Notices: written, counted, tried out, confirmed by two, sent, paused, corrected, taken back."""

import datetime as dt
from typing import Any

import pytest
from town import AGENCY, Resident, Town

from bot.broadcast import broadcast
from bot.timers import swept
from domain.roles import Role
from services import settings

TEXT = "جلسه *آموزش* <b>فردا</b> برگزار می‌شود."
"""With signs that a messenger takes for marks."""
OTHER = "جلسه آموزش پس‌فردا برگزار می‌شود."
NEWS, SERVICE = "خبر", "اطلاعیه خدمت"
ROLE = "کارشناس دستگاه"

one_place = pytest.mark.parametrize(("platform", "database_url"), [("bale", "sqlite")], indirect=True)


async def write(admin: Resident, *audience: str, text: str = TEXT, kind: str = NEWS) -> dict[str, Any]:
    """Write a notice from the menu; gives its card."""
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    await admin.says(text)
    await admin.presses(kind, *(["خیر"] if kind == SERVICE else []))
    for rule in audience:
        await mark(admin, rule)
    return await admin.presses("ادامه")


async def mark(admin: Resident, rule: str) -> None:
    """Mark a rule of the audience."""
    await admin.presses(next(label for label in admin.labels() if label.endswith(rule) or rule in label))


async def sent(town: Town) -> None:
    """Let the sweeps go on until nothing is left to do."""
    assert town.app is not None
    for _ in range(3):
        while await swept(town.app.store, town.app.office, "broadcast", broadcast):
            pass
        await town.quiet()


def card(admin: Resident) -> str:
    """The card that stands: the last message with the way back to the list."""
    back = "بازگشت به فهرست"
    found = [
        str(m["text"])
        for m in admin.phone.messages()
        if m["inline"] and any(button["text"] == back for row in m["inline"] for button in row)
    ]
    return found[-1]


def told(resident: Resident, text: str) -> int:
    """How many messages in this chat end in exactly these words; Bale has no way to show a star."""
    shown = [(m["text"] or "").replace("٭", "*") for m in resident.phone.messages()]
    return sum(words.endswith(f"\u200f{text}") for words in shown)


async def test_a_notice_to_everyone_from_its_draft_to_its_report_and_its_correction(town: Town) -> None:
    admin, other = await town.staff(Role.ADMIN, "مریم احمدی"), await town.staff(Role.ADMIN, "نرگس رضایی")
    officer, tracker = await town.officer(), await town.newcomer("حسن یوسفی")
    shown = (await write(admin, "همه", ROLE))["text"]
    assert "خبر، پیش‌نویس" in shown
    assert "۱. همه، حتی کسانی که فقط پیگیری کرده‌اند: ۴ نفر، ۴ نفر در دسترس" in shown
    assert "۲. کارشناس دستگاه: ۱ نفر، ۱ نفر در دسترس" in shown
    assert "جمع بدون تکرار: ۴ نفر، ۴ نفر در دسترس" in shown

    assert await admin.told("ارسال آزمایشی به خودم") == "نسخه آزمایشی برای شما فرستاده شد."
    assert admin.heard("این پیام آزمایشی است") == 1
    assert "از مدیران دیگر تأیید دوم خواسته شد" in await admin.told("تأیید و ارسال")
    assert "تأیید دوم و ارسال" not in admin.labels()
    assert "همکار شما مریم احمدی تأیید شما را می‌خواهد." in other.screen()
    await sent(town)
    assert told(officer, TEXT) == 0, "nothing goes out before the second confirmation"
    await other.told("تأیید دوم و ارسال")
    await sent(town)

    for person in (officer, tracker):
        assert told(person, TEXT) == 1
        assert person.labels() == ["خبر نمی‌خواهم"]
    for person in (admin, other):
        assert "۱۰۰ درصد\nمخاطبان: ۴ نفر\nفرستاده شد: ۴\nدر دسترس نبود: ۰\nنامعلوم: ۰" in card(person)
    assert admin.heard("گزارش اطلاعیه") == 1
    assert admin.heard("مریم احمدی") >= 1

    await admin.told("دیدن اطلاعیه")
    await admin.told("اصلاح")
    await admin.says(OTHER)
    await admin.told("تأیید اصلاح")
    assert told(officer, OTHER) == 0
    await other.told("تأیید دوم اصلاح")
    await sent(town)
    for person in (officer, tracker):
        assert (told(person, TEXT), told(person, OTHER)) == (0, 1)
        assert person.heard("خبر (اصلاح‌شده)") == 1
    assert "اصلاح\nانجام شد: ۴" in card(admin)
    await admin.told("سابقه اطلاعیه")
    assert "تأیید دوم، نرگس رضایی" in admin.chat_text()
    assert (admin.heard("نسخه ۱"), admin.heard("نسخه ۲")) == (1, 1)


@one_place
async def test_at_night_it_waits_for_the_morning_and_pauses_goes_on_and_ends(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    town.sandbox.clock.set(dt.datetime(2026, 10, 5, 20, 0, tzinfo=dt.UTC))
    shown = (await write(admin, ROLE))["text"]
    assert "اگر اکنون تأیید شود، ارسال از ۱۴۰۵/۰۷/۱۴ ساعت" in shown
    assert (await admin.told("تأیید و ارسال")).startswith("ارسال از ۱۴۰۵/۰۷/۱۴ ساعت")
    await sent(town)
    assert "ارسال از ۱۴۰۵/۰۷/۱۴ ساعت" in card(admin)
    assert "در انتظار: ۱" in card(admin)

    assert await admin.told("توقف موقت") == "ارسال موقتاً متوقف شد."
    await town.wait(hours=14)
    await sent(town)
    assert told(officer, TEXT) == 0
    assert "خبر، توقف موقت" in card(admin)
    await admin.told("ادامه ارسال")
    await sent(town)
    assert told(officer, TEXT) == 1

    town.sandbox.clock.set(dt.datetime(2026, 10, 6, 20, 0, tzinfo=dt.UTC))
    await write(admin, ROLE, text=OTHER)
    await admin.told("تأیید و ارسال")
    await admin.told("پایان دادن")
    assert "۱ نفر که هنوز اطلاعیه را نگرفته‌اند نخواهند گرفت." in admin.screen()
    await admin.told("بله، پایان یابد")
    await town.wait(hours=14)
    await sent(town)
    assert told(officer, OTHER) == 0
    assert "فرستاده شد: ۰\nدر دسترس نبود: ۰\nنامعلوم: ۰\nفرستاده نشد: ۱" in card(admin)
    assert "پیش از پایان متوقف شد" in card(admin)


@one_place
async def test_what_was_taken_back_is_deleted_or_says_so(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    for hours, remains in ((1, 0), (60, 1)):
        await write(admin, ROLE)
        await admin.told("تأیید و ارسال")
        await sent(town)
        assert told(officer, TEXT) == 1
        await town.wait(hours=hours)
        await admin.told("دیدن اطلاعیه")
        await admin.told("بازپس‌گیری")
        assert "۱ پیام فرستاده‌شده" in admin.screen()
        await admin.told("بله، پس گرفته شود")
        await sent(town)
        assert told(officer, TEXT) == 0
        assert officer.heard("این اطلاعیه پس گرفته شد.") == remains
        assert "بازپس‌گیری\nانجام شد: ۱" in card(admin)
        assert "اصلاح" not in admin.labels()


@one_place
async def test_what_cannot_be_undone_is_signed_like_the_sending(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    await write(admin, ROLE)
    await admin.told("تأیید و ارسال")
    await sent(town)
    await town.run(lambda work: settings.change(work, by=None, name="second_factor", value=True))
    await admin.told("دیدن اطلاعیه")
    await admin.told("بازپس‌گیری")
    await admin.told("بله، پس گرفته شود")
    await sent(town)
    assert told(officer, TEXT) == 1, "nothing before it is signed"
    assert "پین شش‌رقمی" in admin.labels()


@one_place
async def test_a_person_on_two_messengers_is_told_once_where_they_can_be_reached(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    again = await town.add_account(officer, "telegram")
    await officer.says("منو")
    await officer.phone.block_bot()
    await write(admin, "کارشناسان دستگاه‌های معین")
    await mark(admin, AGENCY)
    await admin.presses("ادامه")
    await admin.told("تأیید و ارسال")
    await sent(town)
    assert (told(officer, TEXT), told(again, TEXT)) == (0, 1)
    assert "مخاطبان: ۱ نفر\nفرستاده شد: ۱\nدر دسترس نبود: ۰" in card(admin)


@one_place
async def test_news_can_be_switched_off_service_notices_come_all_the_same(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    await write(admin, ROLE)
    await admin.told("تأیید و ارسال")
    await sent(town)
    await officer.told("خبر نمی‌خواهم")
    assert "از این پس خبری برای شما فرستاده نمی‌شود." in officer.screen()
    shown = (await write(admin, ROLE, text=OTHER))["text"]
    assert "خاموش‌کردگان خبر: ۱ نفر" in shown
    await admin.told("تأیید و ارسال")
    assert "هیچ‌کس در این مخاطبان نیست." in admin.screen()
    await write(admin, ROLE, text=OTHER, kind=SERVICE)
    await admin.told("تأیید و ارسال")
    await sent(town)
    assert told(officer, OTHER) == 1
    assert "خبرها برای شما فرستاده نمی‌شود." in (await officer.says("اعلان خبرها"))["text"]
    await officer.told("خبر می‌خواهم")
    await write(admin, ROLE, text="سومین خبر")
    await admin.told("تأیید و ارسال")
    await sent(town)
    assert told(officer, "سومین خبر") == 1


@one_place
async def test_stale_buttons_long_texts_and_strangers_change_nothing(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    refused = await admin.says("الف" * 501)
    assert "۱۵۰۰" in refused["text"]
    await admin.says(TEXT)
    await admin.presses(NEWS)
    await mark(admin, ROLE)
    first = (await admin.presses("ادامه"))["id"]
    await admin.told("ویرایش متن")
    await admin.says(OTHER)
    stale = "این دکمه از وضع پیشین اطلاعیه است و کاری نکرد."
    assert stale in await admin.told("تأیید و ارسال", message_id=first)
    await sent(town)
    assert told(officer, OTHER) == 0
    here = officer.phone.messages()[-1]["id"]
    for forged in ("ntc:1:2:ok", "ntc:1:2:second", "ntc:0:0:new", "ntc:0:0:page"):
        await officer.told(forged, message_id=here, force=True)
    await officer.hears_all("/notices")
    await sent(town)
    assert told(officer, OTHER) == 0
    assert "اطلاعیه" not in officer.chat_text().replace("/notices", "")

    await write(admin, "همه")
    await admin.told("تأیید و ارسال")
    assert "اکنون جز شما مدیری نیست" in admin.screen()
    assert admin.labels() == ["تغییر مخاطبان"]
    await admin.told("تغییر مخاطبان")
    await mark(admin, ROLE)
    await admin.presses("ادامه")
    await admin.told("تأیید و ارسال")
    await admin.told("دور انداختن", message_id=first, force=True)
    await sent(town)
    assert told(officer, TEXT) == 1
