"""Drafts of days: several at once, taken up elsewhere, looked over; albums; detours on both messengers."""

import pytest
from sent_files import PNG, locked
from town import ABOUT_THE_DEBT, BY_INSTALMENTS, PDF, Resident, Town, begin, fill_in

from domain.roles import Role
from services import settings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_TELEGRAM = pytest.mark.parametrize("platform", ["telegram"], indirect=True)


def files(count: int, start: int = 0) -> list[tuple[bytes, str]]:
    """So many different PDF files, by name."""
    return [(PDF + b"\n" * n, f"سند {n}.pdf") for n in range(start, start + count)]


async def at_attachments(officer: Resident) -> None:
    """Answer everything up to the attachments."""
    await begin(officer)
    await officer.says(*ABOUT_THE_DEBT, "۱۴۰۶/۰۱/۱۵", "رد کردن")


# The list


@ON_TELEGRAM
async def test_drafts_are_listed_with_their_step_and_age_the_newest_first(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "استمهال", "خیر")
    await town.wait(days=2)
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "رد کردن", "کسری ابواب جمعی")
    await officer.hears_all("انصراف")
    await officer.told("ذخیره پیش‌نویس")
    await town.wait(hours=3)
    listed = (await officer.says("پیش‌نویس‌ها"))["text"].split("\n")
    assert listed[2:9] == [
        "\u200f۱. حسن یوسفی",
        "گام ۱۵ از ۲۱: مبلغ بدهی",
        "آخرین تغییر: سه ساعت پیش",
        "",
        "\u200f۲. پیشنهاد بی‌نام (استمهال)",
        "گام ۳ از ۱۹: نوع دستگاه طلبکار",
        "آخرین تغییر: دو روز پیش",
    ]


@ON_TELEGRAM
async def test_a_draft_of_many_days_opens_after_a_crash_with_every_answer(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "انصراف", "ذخیره پیش‌نویس")
    await town.crash()
    await town.open()
    await town.wait(days=20)
    await officer.says("پیش‌نویس‌ها")
    assert "کد ملی بدهکار" in (await officer.presses("ادامه ۱"))["text"]
    assert "پاسخ کنونی: حسن یوسفی" in (await officer.says("بازگشت"))["text"]


# The same person on two messengers


@ON_TELEGRAM
async def test_a_draft_taken_up_on_the_other_messenger_says_so_on_the_first(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    asked = officer.live()
    other = await town.add_account(officer, "bale")
    await other.says("پیش‌نویس‌ها")
    assert "کد ملی بدهکار" in (await other.presses("ادامه ۱"))["text"]
    await town.quiet()
    left = next(m for m in officer.phone.messages() if m["id"] == asked["id"])
    assert "پیش‌نویس «حسن یوسفی» اکنون در بله ادامه دارد." in left["text"]
    assert not left["inline"]
    await other.says("۰۴۹۹۳۷۰۸۹۹")
    told = await officer.hears_all("۰۰۸۴۵۷۵۹۴۸")
    assert [text.split("\n")[0] for text in told] == ["پیش‌نویس «حسن یوسفی» اکنون در بله ادامه دارد."]
    assert "تلفن همراه" in other.screen()
    assert "تلفن همراه" in (await officer.presses("ادامه همین‌جا"))["text"]
    await town.quiet()
    assert "اکنون در تلگرام ادامه دارد" in other.chat_text()
    assert "پاسخ کنونی: ۰۴۹۹۳۷۰۸۹۹" in (await officer.says("بازگشت"))["text"]


@ON_TELEGRAM
async def test_the_chat_that_a_draft_has_left_names_nobody_to_a_former_officer(town: Town) -> None:
    officer = await town.officer("سارا محمدی")
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    asked = officer.live()
    other = await town.add_account(officer, "bale")
    await other.says("پیش‌نویس‌ها")
    await other.presses("ادامه ۱")
    await town.quiet()
    await town.revoke("سارا محمدی", Role.OFFICER)
    refusal = "این کار در نقش‌های شما نیست. برای دیدن کارهای خود «منو» را بنویسید."
    assert await officer.hears_all("۰۰۸۴۵۷۵۹۴۸") == [refusal]
    left = next(m for m in officer.phone.messages() if m["id"] == asked["id"])
    assert left["text"] == refusal


@ON_TELEGRAM
async def test_the_menu_of_the_chat_that_was_left_works_at_once(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط")
    other = await town.add_account(officer, "bale")
    await other.says("پیش‌نویس‌ها")
    await other.presses("ادامه ۱")
    await town.quiet()
    assert "گام ۱" in (await officer.says("ثبت پیشنهاد"))["text"]
    assert officer.heard("نگه داشته شد") == 0
    assert "۲. " in (await officer.hears_all("پیش‌نویس‌ها"))[0]


# The review of a draft


async def test_a_draft_is_looked_over_by_pressing_and_by_typing(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:5])
    seen = await officer.presses("بررسی پیش‌نویس")
    assert "۵. نام مقام مجاز: علی رضایی" in seen["text"]
    assert "سمت مقام مجاز" in seen["text"]
    assert "ارسال پیشنهاد" not in officer.labels()
    await officer.presses("۸. تاریخ نامه")
    assert "بررسی پیش‌نویس" in (await officer.says("۱۴۰۵/۰۶/۳۱"))["text"]
    await town.crash()
    await town.open()
    assert "تاریخ نامه: ۱۴۰۵/۰۶/۳۱" in (await officer.says("بررسی پیش‌نویس"))["text"]
    await officer.hears_all("۵")
    await officer.hears_all("علی رضایی پور")
    assert "۵. نام مقام مجاز: علی رضایی پور" in officer.screen()
    assert "سمت این مقام" in (await officer.says("ادامه"))["text"]


# Detours


ODD = (
    {"sticker": {"file_id": "x", "emoji": "🙂"}},
    {"voice": {"file_id": "y", "duration": 3}},
    {"location": {"latitude": 35.7, "longitude": 51.4}},
    {"video": {"file_id": "z", "duration": 3}},
)


async def test_nothing_that_is_no_answer_eats_one(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    mine = await officer.phone.send("علی رضایی")
    await officer.sees("سمت این مقام")
    for odd in ODD:
        officer.sends_oddly(dict(odd))
        await town.quiet()
        assert "سمت این مقام" in officer.screen()
    await officer.phone.share_contact()
    await town.quiet()
    assert officer.heard("این پیام پاسخ به شمار نمی‌آید") == len(ODD) + 1
    await officer.phone.edit(mine["id"], "حسن رضایی")
    await town.quiet()
    assert officer.heard("یا «بررسی پیش‌نویس» و سپس دکمه همان سطر را") == 1
    assert "سمت این مقام" in officer.screen()
    told = await officer.hears_all("وضعیت سامانه")
    assert "سامانه در دسترس است" in told[0]
    assert "گام ۶ از ۲۲: سمت مقام مجاز" in told[-1]
    await officer.says("مدیر کل")
    assert "پاسخ کنونی: مدیر کل" in (await officer.says("بازگشت"))["text"]
    assert "پاسخ کنونی: علی رضایی" in (await officer.says("بازگشت"))["text"]


@pytest.mark.parametrize("mark", ["forward_origin", "forward_date"])
async def test_a_forwarded_text_is_no_answer_and_a_forwarded_file_is(town: Town, mark: str) -> None:
    forwarded = (
        {"type": "hidden_user", "sender_user_name": "کسی", "date": 1} if mark == "forward_origin" else 1
    )
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    officer.sends_oddly({"text": "علی رضایی", mark: forwarded})
    await town.quiet()
    assert officer.heard("پیام بازارسالی پاسخ به شمار نمی‌آید") == 1
    assert "مقام مجازی" in officer.screen()
    await officer.says(*BY_INSTALMENTS[4:])
    assert "تصویر نامه" in officer.screen()
    await officer.sends_file()
    assert "بدهکار" in officer.screen()


@ON_TELEGRAM
async def test_a_code_in_groups_typed_at_any_question_is_looked_up(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "رد کردن", "کسری ابواب جمعی")
    told = await officer.hears_all("۱۲۳۴ ۵۶۷۸ ۹۰۱۰")
    assert "چیزی پیدا نشد" in told[0]
    assert "مبلغ بدهی" in told[-1]
    assert officer.labels() == ["ادامه همین پیشنهاد"]
    assert "پیش‌پرداخت" in (await officer.says("123456789010"))["text"], "plain digits are an amount"


async def test_a_passed_prompt_loses_its_buttons(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر")
    await officer.hears_all("منو")
    with_buttons = [m for m in officer.phone.messages() if m["inline"]]
    assert [m["text"].split("\n")[0] for m in with_buttons] == ["گام ۳ از ۲۲"]
    await officer.hears_all("انصراف")
    await officer.hears_all("حذف")
    with_buttons = [m for m in officer.phone.messages() if m["inline"]]
    assert [m["text"].split("\n")[0] for m in with_buttons] == ["پیش‌نویس «پیشنهاد بی‌نام (تقسیط)» پاک شود؟"]


@ON_TELEGRAM
async def test_a_prompt_that_the_person_deleted_is_passed_over(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد")
    del officer.phone.chat.messages[officer.live()["id"]]
    assert "گام ۲" in (await officer.says("تقسیط"))["text"]


# Files


async def test_an_album_is_taken_as_several_files_with_one_screen(town: Town) -> None:
    officer = await town.officer()
    await at_attachments(officer)
    before = len(officer.phone.messages())
    shown = await officer.sends_album(*files(4, 1))
    assert len(officer.phone.messages()) == before + 4 + 1
    rows = [line for line in shown["text"].split("\n") if line.startswith("پرونده ") and "سند" in line]
    assert [row.split("،")[0] for row in rows] == [
        f"پرونده {n}: سند {m}.pdf\u200f" for n, m in zip("۱۲۳۴", "1234", strict=True)
    ]
    assert "حذف ۴" in officer.labels()
    assert "۴ پرونده" in (await officer.says("ادامه"))["text"]


@ON_TELEGRAM
async def test_of_an_album_what_is_refused_is_named_and_the_others_stay(town: Town) -> None:
    officer = await town.officer()
    await at_attachments(officer)
    bad = [
        (b"MZ\x90", "برنامه.pdf"),
        (locked(), "قفل.pdf"),
        (PDF + b"\n", "دوباره.pdf"),
    ]
    shown = await officer.sends_album(*files(2, 1), *bad, *files(9, 3))
    lines = [line.strip("\u200f") for line in shown["text"].split("\n")]
    start = lines.index("پذیرفته نشد: ۴ پرونده")
    assert lines[start + 1].startswith(
        "پرونده ۳ (برنامه.pdf\u200f): پرونده باید PDF یا عکس JPEG یا PNG باشد."
    )
    assert lines[start + 2].startswith("پرونده ۴ (قفل.pdf\u200f): این پرونده PDF رمز دارد")
    assert lines[start + 3].startswith("پرونده ۵ (دوباره.pdf\u200f): این پرونده پیش‌تر افزوده شده است")
    assert lines[start + 4].startswith("پرونده ۱۴ (سند 11.pdf\u200f): حداکثر ۱۰ پرونده پذیرفته می‌شود")
    assert "حذف ۱۰" in officer.labels()
    again = await officer.says("بازگشت", "رد کردن")
    assert "پذیرفته نشد" not in again["text"]


@ON_TELEGRAM
async def test_an_album_for_the_letter_leaves_its_other_pages_for_the_attachments(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    shown = await officer.sends_album((PNG, "1.png"), (PNG + b"\0", "2.png"), photos=True)
    assert "پذیرفته نشد: ۱ پرونده" in shown["text"]
    assert "پرونده ۲ (عکس): برای این پرسش یک پرونده بس است" in shown["text"]
    assert "بدهکار شخص حقیقی است" in shown["text"]
    assert "تصویر نامه: عکس" in (await officer.says("بررسی پیش‌نویس"))["text"]


@ON_TELEGRAM
async def test_a_crash_in_the_middle_of_an_album_loses_none_of_it(town: Town) -> None:
    officer = await town.officer()
    await at_attachments(officer)
    await officer.sends_album(*files(2, 1))
    await town.crash()
    for content, name in files(2, 3):
        await officer.phone.send_file(content, name)
    await town.open()
    await town.quiet()
    for number in (1, 2, 3, 4):
        assert f"سند {number}.pdf" in officer.live()["text"]


@ON_TELEGRAM
async def test_odd_files_are_told_apart_and_named(town: Town) -> None:
    officer = await town.officer()
    await at_attachments(officer)
    assert "مجموع پرونده‌های این فرم حداکثر ۴۰ مگابایت است." in officer.screen()
    assert "پیش‌تر افزوده شده است" in (await officer.sends_file())["text"], "it is the letter itself"
    assert "بدون رمز" in (await officer.sends_file(locked(), "x.pdf"))["text"]
    assert "نام آن نمی‌خواند" in (await officer.sends_file(b"MZ\x90\x00", "x.pdf"))["text"]
    await officer.sends_file(PDF + b"\n", "\u200b")
    assert "پرونده ۱: پیوست، ۱ کیلوبایت" in officer.screen()
    await officer.sends_file(PNG, "a.png", photo=True)
    assert "پرونده ۲: عکس، ۱ کیلوبایت" in officer.screen()
    await officer.sends_file(PNG + b"\0", "عکس نامه.png")
    assert "پرونده ۳: عکس نامه.png\u200f، ۱ کیلوبایت" in officer.screen()


@ON_TELEGRAM
async def test_the_receipt_names_the_offices_target_only_where_it_has_set_one(town: Town) -> None:
    officer = await town.officer()
    await town.run(lambda work: settings.change(work, by=None, name="decision_target", value="3d"))
    await fill_in(officer)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    receipt = await officer.sees("پیشنهاد شما ثبت شد")
    assert "هدف اداره کل برای اعلام نتیجه: تا تاریخ ۱۴" in receipt["text"]
