"""Texts that try to be more than text are shown as they are, on either messenger, and break nothing."""

import re

import pytest
from town import Resident, Town, claim, tick_all

from domain.roles import Role
from messages_fa.untappable import untappable

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NASTY = (
    "<b>&*_[]()",
    "علی </code><a href='x'>&amp;",
    "**ستاره** {name} {} %s `x`",
    "[پیوند](http://example.ir) _زیر_ ~~خط~~",
    "حسن \u202e\u2066یوسفی\u2069 \u200b\ufeff",
    "نام\u0000پنهان",
)
BALE_SHOWS = str.maketrans({"*": "٭", "_": "＿", "[": "(", "]": ")", "`": "'"})


def shown(town: Town, text: str) -> str:
    """How a person reads this text: nothing is tapped, and Bale shows look-alikes of its marks."""
    text = untappable(text)
    return text.translate(BALE_SHOWS) if town.platform == "bale" else text


async def letter_number(officer: Resident, number: str) -> None:
    """Give this number; a plain one where it is refused."""
    if "شماره نامه پیشنهاد چیست؟" in (await officer.says(number))["text"]:
        await officer.says("۱۲/ص")


async def file_with(officer: Resident, nasty: str) -> None:
    """File a proposal whose every text field is this."""
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر", f"نام {nasty}", f"سمت {nasty}")
    await letter_number(officer, f"۱۲ {nasty}")
    await officer.says("۱۴۰۵/۰۶/۳۱")
    await officer.sends_file(name=f"{nasty}.pdf")
    await officer.says("شخص حقوقی", f"شرکت {nasty}", "۱۰۳۸۰۲۸۴۷۹۰", "رد کردن", "سایر", f"شرح {nasty}")
    await officer.says("۱۲۰٬۰۰۰٬۰۰۰", "رد کردن", "۱۲", "۱", "۱۴۰۶/۰۱/۱۵", f"دلیل {nasty}\nخط دوم {nasty}")
    await officer.says("رد کردن")


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_nasty_text_goes_through_the_whole_journey_literally(town: Town, nasty: str) -> None:
    officer = await town.officer(f"سارا {nasty}", f"سازمان {nasty}")
    reviewer = await town.reviewer(f"رضا {nasty}")
    await file_with(officer, nasty)
    clean = shown(
        town, " ".join(nasty.translate(dict.fromkeys(map(ord, "\u202e\u2066\u2069\u200b\ufeff\0"))).split())
    )
    assert "خلاصه پیشنهاد" in officer.screen()
    for field in ("نام", "سمت", "شرکت", "شرح", "دلیل"):
        assert f"{field} {clean}" in officer.screen()
    await officer.hears_all("انصراف")
    await officer.says("ذخیره پیش‌نویس", "پیش‌نویس‌ها", "۱")
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    await reviewer.hears_all("کارتابل")
    await reviewer.told("مورد ۱")
    await reviewer.told("برداشتن")
    assert f"شرکت {clean}" in reviewer.screen()
    assert f"نزد: رضا {clean}" in reviewer.screen()
    await reviewer.told("پیوست‌ها")
    await reviewer.told("بازگشت برای اصلاح")
    await reviewer.told("☐ مورد دیگر")
    await reviewer.told("ادامه")
    await reviewer.hears_all(f"توضیح {nasty}")
    await reviewer.told("بله، بازگردانده شود")
    assert f"موضوع اصلاح: توضیح {clean}" in officer.screen()
    assert f"شرکت {clean}" in (await officer.says("پیشنهادهای من"))["text"]


async def test_a_taken_case_names_its_holder_whatever_the_name(town: Town) -> None:
    officer = await town.officer()
    first, second = await town.reviewer("رضا {x} **<b>"), await town.reviewer("مینا صادقی")
    await file_with(officer, "ساده")
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    await claim(second)
    await second.told("عدم موافقت")
    await second.told("☐ کامل نبودن شرایط عمومی")
    await second.told("ادامه")
    await first.told("دیدن پیشنهاد")
    # The case changes hands while the reason is still being given.
    await second.hears_all("کارتابل")
    await second.told("مورد ۱")
    await second.told("رها کردن")
    await first.told("برداشتن")
    await second.hears_all("رد کردن")
    await second.hears_all("بله، عدم موافقت ثبت شود")
    assert shown(town, "این پرونده را رضا {x} **<b> پیش از شما برداشته است.") in second.chat_text()


async def test_five_thousand_characters_are_refused_with_their_count(town: Town) -> None:
    officer = await town.officer()
    long = "ب" * 4096
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    for answer in ("علی رضایی", "مدیر کل"):
        assert "۱۲۰ نویسه" in (await officer.says(long))["text"]
        await officer.says(answer)
    assert "شماره نامه" in (await officer.says(long))["text"]
    officer.sends_oddly({"text": "ب" * 5000})
    await town.quiet()
    assert "شماره نامه" in officer.screen()


async def test_the_longest_answers_still_fit_into_every_message(town: Town) -> None:
    officer, reviewer = await town.officer("س" * 100, "د" * 100), await town.reviewer("ر" * 100)
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "شرکت دولتی", "بله", f"ن {'ن' * 118}", "س" * 120)
    await letter_number(officer, "۱" * 40)
    await officer.says("۱۴۰۵/۰۶/۳۱")
    await officer.sends_file(name="پ" * 200 + ".pdf")
    await officer.says("شخص حقوقی", "ب" * 120, "۱۰۳۸۰۲۸۴۷۹۰", "رد کردن", "سایر", "ش" * 120)
    await officer.says("۱۲۰٬۰۰۰٬۰۰۰", "رد کردن", "۱۲", "۱", "۱۴۰۶/۰۱/۱۵", "& < " * 500, "رد کردن")
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.told("دیدن پیشنهاد")
    await reviewer.told("برداشتن")
    await tick_all(reviewer)
    await reviewer.told("بازگشت برای اصلاح")
    await reviewer.told("☐ مورد دیگر")
    await reviewer.told("ادامه")
    await reviewer.hears_all("& <ب" * 250)
    await reviewer.told("بله، بازگردانده شود")
    await officer.sees("نیازمند اصلاح")
    await reviewer.sees("کد رهگیری")


async def test_an_invitation_to_somebody_with_a_nasty_name_can_be_read_and_used(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    await admin.says("کاربران")
    await admin.presses("دعوت همکار", "کارشناس دستگاه", "دستگاه جدید")
    sure = await admin.says("سازمان <b>&*_[]()", "سارا <b>&*_[]() {x}")
    assert shown(town, "سارا <b>&*_[]() {x}") in sure["text"]
    ready = await admin.presses("بله، دعوت‌نامه ساخته شود")
    assert shown(town, "نام: سارا <b>&*_[]() {x}") in ready["text"]
    ticket = re.findall("[0-9a-f]{32}", ready["text"])[-1]
    sara = await town.newcomer("sara", "<b>&*_[]()")
    assert shown(town, "سارا <b>&*_[]() {x}، خوش آمدید.") in (await sara.says(ticket))["text"]
    assert shown(town, "سازمان <b>&*_[]()") in (await admin.says("کاربران"))["text"]
