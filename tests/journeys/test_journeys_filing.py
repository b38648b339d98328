"""An officer files: every kind of proposal, every slip, every way back, every way out."""

import pytest
from town import PDF, Resident, Town, begin, code_in, fill_in

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

DEBT = ("شخص حقیقی", "حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "رد کردن", "کسری ابواب جمعی", "۱۲۰٬۰۰۰٬۰۰۰")
AFTER = ("رد کردن", "رد کردن")


async def send(officer: Resident) -> str:
    """Declare and send what is in the summary; gives the receipt."""
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    return str((await officer.sees("پیشنهاد شما ثبت شد"))["text"])


async def test_a_deferral_asks_for_one_date_and_no_instalments(town: Town) -> None:
    officer = await town.officer()
    await begin(officer, "استمهال")
    asked = [(await officer.says(answer))["text"] for answer in (*DEBT, "۱۴۰۶/۰۷/۰۱", *AFTER)]
    assert not any("قسط" in text for text in asked)
    assert "سررسید ۱۴۰۶/۰۷/۰۱" in asked[-1]
    assert len(code_in(await send(officer))) == 12


async def test_time_and_instalments_together_ask_for_a_grace_period_first(town: Town) -> None:
    officer = await town.officer()
    await begin(officer, "استمهال و تقسیط")
    await officer.says(*DEBT, "۲۰٬۰۰۰٬۰۰۰", "۱۴۰۶/۰۷/۰۱", "۴", "۳")
    refused = await officer.says("۱۴۰۶/۰۶/۰۱")
    assert "پایان دوره تنفس" in refused["text"]
    summary = await officer.says("۱۴۰۶/۰۷/۱۵", *AFTER)
    assert "پیش‌پرداخت: ۲۰٬۰۰۰٬۰۰۰ ریال" in summary["text"]
    assert summary["text"].count("۲۵٬۰۰۰٬۰۰۰ ریال") == 4
    await send(officer)
    assert await town.cases() == 1


async def test_a_company_is_asked_for_its_own_number(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    asked = await officer.says("شخص حقوقی", "شرکت نمونه")
    assert "شناسه ملی" in asked["text"]
    assert "رد کردن" not in officer.labels()
    wrong = await officer.says("۱۰۳۸۰۲۸۴۷۹۲")
    assert "نمی‌خواند" in wrong["text"]
    assert "تلفن همراه" in (await officer.says("۱۰۳۸۰۲۸۴۷۹۰"))["text"]


async def test_a_special_rule_ends_the_form_with_its_reason_and_without_a_case(town: Town) -> None:
    officer = await town.officer()
    stopped = await officer.says("ثبت پیشنهاد", "تقسیط", "بله")
    for part in ("در این خدمت ثبت نمی‌شود", "دلیل:", "ماده ۴۷", "اقدام شما:"):
        assert part in stopped["text"]
    assert officer.labels() == ["بازگشت", "انصراف"]
    await officer.says("۱۲")
    asked = await officer.says("بازگشت")
    assert "مقررات خاص" in asked["text"]
    assert "گام ۳" in (await officer.says("خیر"))["text"]
    assert await town.cases() == 0


async def test_an_offence_is_no_end_but_is_told(town: Town) -> None:
    officer = await town.officer()
    noted = await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "شرکت دولتی")
    assert "وزارتخانه‌ها و مؤسسات دولتی" in noted["text"]
    assert "مانع تعقیب جرم" in (await officer.says("بله"))["text"]


WRONG = (
    ("ثبت پیشنهاد", "هیچ‌کدام", "تقسیط"),
    (None, "شاید", "خیر"),
    (None, "۹", "۱"),
    (None, "کسی چه می‌داند", "نه"),
    (None, "۱۲۳", "علی رضایی"),
    (None, "…", "مدیر کل"),
    (None, "بدون رقم", "۱۲۳/۴۵/ص"),
    (None, "2026/09/22", "۱۴۰۵/۰۶/۳۱"),
)


async def test_every_wrong_answer_is_told_what_to_do_and_keeps_the_others(town: Town) -> None:
    officer = await town.officer()
    for first, wrong, right in WRONG:
        if first:
            await officer.says(first)
        refused = await officer.says(wrong)
        assert "نمونه: " in refused["text"]
        await officer.says(right)
    assert "پرونده" in (await officer.says("نامه را ندارم"))["text"]
    await officer.sends_file()
    await officer.says("شخص حقیقی", "حسن یوسفی")
    for wrong in ("۱۳۶۰۰۰۱۲۳۸", "۱۳۶۰۰۰۱۲۳", "۱۱۱۱۱۱۱۱۱۱"):
        assert "نمونه: ۱۳۶۰۰۰۱۲۳۹" in (await officer.says(wrong))["text"]
    await officer.says("۰۴۹۹۳۷۰۸۹۹")
    assert "نمونه: ۰۹۱۲۳۴۵۶۷۸۹" in (await officer.says("۰۲۱۱۲۳۴"))["text"]
    await officer.says("۰۹۱۲۳۴۵۶۷۸۹", "۲")
    assert "نمونه: " in (await officer.says("خیلی زیاد"))["text"]
    await officer.says("۱۲۰٬۰۰۰٬۰۰۰")
    assert "باید کمتر از مبلغ بدهی" in (await officer.says("۱۲۰٬۰۰۰٬۰۰۰"))["text"]
    await officer.says("رد کردن")
    assert "از ۲ تا" in (await officer.says("۱"))["text"]
    await officer.says("۱۲", "۱")
    assert "۳۰ روز" in (await officer.says("۱۴۰۶/۱۲/۳۱"))["text"] or "۲۹" in officer.screen()
    summary = await officer.says("۱۴۰۶/۰۱/۱۵", *AFTER)
    for kept in ("علی رضایی", "۱۲۳/۴۵/ص", "حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "۰۹۱۲۳۴۵۶۷۸۹"):
        assert kept in summary["text"]


async def test_words_and_tomans_are_read_back_before_they_count(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says(*DEBT[:-1])
    back = await officer.says("۸۵ میلیون تومان")
    assert "۸۵۰٬۰۰۰٬۰۰۰ ریال" in back["text"]
    assert "هشتصد و پنجاه میلیون" in back["text"]
    await officer.says("تصحیح", "۸۵ میلیون")
    assert "پیش‌پرداخت" in (await officer.says("بله"))["text"]


async def test_back_shows_what_stands_and_the_summary_edits_one_row(town: Town) -> None:
    officer = await town.officer()
    await fill_in(officer)
    await officer.presses("ویرایش ۱۱")
    assert "پاسخ کنونی: حسن یوسفی" in officer.screen()
    summary = await officer.says("حسین یوسفی")
    assert "خلاصه پیشنهاد" in summary["text"]
    assert "حسین یوسفی" in summary["text"]
    changed = await officer.says("ویرایش ۱")
    assert "پاسخ کنونی: تقسیط" in changed["text"]
    asked = await officer.says("استمهال")
    assert "تا چه تاریخی مهلت" in asked["text"], "only what became missing is asked"
    assert "خلاصه پیشنهاد" in (await officer.says("۱۴۰۶/۰۱/۱۵"))["text"]
    back = await officer.says("بازگشت")
    assert "مدارک دیگری" in back["text"]
    assert "خلاصه پیشنهاد" in (await officer.says("رد کردن"))["text"]


async def test_what_is_required_cannot_be_skipped(town: Town) -> None:
    officer = await town.officer()
    assert "لازم است" in (await officer.says("ثبت پیشنهاد", "رد کردن"))["text"]
    assert "گام ۱" in officer.screen()


async def test_nothing_is_sent_before_it_is_declared_right(town: Town) -> None:
    officer = await town.officer()
    await fill_in(officer)
    assert "ارسال پیشنهاد" not in officer.labels()
    await officer.says("ارسال پیشنهاد")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.says("ویرایش ۱۱", "حسین یوسفی")
    assert "ارسال پیشنهاد" not in officer.labels(), "a changed answer is declared anew"
    assert await town.cases() == 0


async def test_edits_stickers_contacts_and_stray_files_change_nothing(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    mine = await officer.phone.send("علی رضایی")
    await officer.sees("سمت")
    await officer.phone.edit(mine["id"], "حسن رضایی")
    await officer.sees("ویرایش پیام، پاسخ ثبت‌شده را تغییر نمی‌دهد")
    await officer.phone.share_contact()
    await officer.sees("این پیام پاسخ به شمار نمی‌آید")
    officer.sends_oddly({"sticker": {"file_id": "x", "emoji": "🙂"}})
    await town.quiet()
    officer.sends_oddly({"voice": {"file_id": "y", "duration": 3}})
    await town.quiet()
    assert "سمت این مقام" in officer.screen()
    await officer.phone.send_file(PDF, "letter.pdf", caption="مدیر کل")
    await town.quiet()
    assert "سمت این مقام" in officer.screen()
    await officer.says("مدیر کل", "۱۲۳/۴۵/ص", "۱۴۰۵/۰۶/۳۱")
    assert "PDF" in (await officer.sends_file(b"PK\x03\x04 a document", "letter.docx"))["text"]
    await officer.sends_file()
    shown = await officer.says("بازگشت")
    assert "پاسخ کنونی: letter.pdf" in shown["text"]
    for _ in range(4):
        await officer.says("بازگشت")
    assert "پاسخ کنونی: علی رضایی" in officer.screen()


async def test_attachments_are_listed_removed_and_never_doubled(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says(*DEBT, "رد کردن", "۱۲", "۱", "۱۴۰۶/۰۱/۱۵", "رد کردن")
    await officer.sends_file(PDF + b"1", "one.pdf")
    await officer.sends_file(PDF + b"2", "two.pdf")
    assert "پرونده ۲: two.pdf" in officer.screen()
    await officer.presses("حذف ۱")
    assert "پرونده ۱: two.pdf" in officer.live()["text"]
    summary = await officer.says("ادامه")
    assert "۱ پرونده (two.pdf\u200f)" in summary["text"]
