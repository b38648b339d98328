"""What happens between two answers: drafts, detours, old buttons, crashes. No answer is ever lost."""

import pytest
from town import BY_INSTALMENTS, Town, begin, code_in, file_proposal

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_a_draft_is_kept_resumed_and_deleted(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "انصراف")
    assert officer.labels() == ["ذخیره پیش‌نویس", "حذف", "ادامه"]
    assert "کد ملی" in (await officer.says("ادامه"))["text"]
    await officer.says("انصراف")
    kept = await officer.presses("ذخیره پیش‌نویس")
    assert "«حسن یوسفی» نگه داشته شد" in kept["text"]
    listed = await officer.says("پیش‌نویس‌ها")
    assert "۱. حسن یوسفی" in listed["text"]
    resumed = await officer.presses("ادامه ۱")
    assert "کد ملی بدهکار" in resumed["text"]
    await officer.says("۰۴۹۹۳۷۰۸۹۹", "انصراف", "ذخیره پیش‌نویس", "پیش‌نویس‌ها")
    assert "تلفن همراه" in (await officer.says("۱"))["text"], "a row is also opened by its number"
    await officer.says("انصراف", "ذخیره پیش‌نویس", "پیش‌نویس‌ها")
    gone = await officer.presses("حذف ۱")
    assert "پیش‌نویسی ندارید" in gone["text"]
    assert await town.cases() == 0


async def test_deleting_in_the_cancel_question_leaves_no_draft(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "انصراف")
    assert "چیزی ارسال نشد" in (await officer.says("حذف"))["text"]
    assert "پیش‌نویسی ندارید" in (await officer.says("پیش‌نویس‌ها"))["text"]


async def test_a_second_proposal_puts_the_first_aside_and_both_are_listed(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    told = await officer.hears_all("ثبت پیشنهاد")
    assert "«حسن یوسفی» نگه داشته شد" in told[0]
    assert "گام ۱" in told[1]
    listed = await officer.hears_all("پیش‌نویس‌ها")
    assert "۲. " in listed[0]
    assert "گام ۱" in listed[1]


async def test_going_on_with_the_draft_that_is_open_just_asks_again(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط")
    await officer.hears_all("پیش‌نویس‌ها")
    await officer.told("ادامه ۱")
    assert "مقررات خاص" in officer.screen()
    assert officer.heard("نگه داشته شد") == 0


LOOKING_AROUND = (
    ("راهنما", "راهنمای مهلت"),
    ("/help", "راهنمای مهلت"),
    ("منو", "منوی اصلی"),
    ("/start", "خوش آمدید"),
    ("پیشنهادهای من", "هنوز پیشنهادی ثبت نکرده‌اید"),
    ("پیش‌نویس‌ها", "پیش‌نویس‌های شما"),
    ("پیگیری", "کد رهگیری ۱۲ رقمی"),
    ("کارتابل", "این کار در نقش‌های شما نیست"),
    ("/nothing", "متوجه منظور شما نشدم"),
)


async def test_looking_around_never_eats_an_answer(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    for word, answer in LOOKING_AROUND:
        told = await officer.hears_all(word)
        assert answer in told[0]
        assert "مقام مجازی" in told[-1]
    assert "سمت این مقام" in (await officer.says("علی رضایی"))["text"]


async def test_a_code_asked_for_in_the_middle_is_looked_up_and_is_no_answer(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:-2])
    await officer.hears_all("پیگیری")
    told = await officer.hears_all(code)
    assert code_in(told[0]) == code
    assert "شماره نامه پیشنهاد چیست؟" in told[-1]
    told = await officer.hears_all(f"/track {code}")
    assert "ثبت شد" in told[0]
    assert "شماره نامه پیشنهاد چیست؟" in told[-1]
    assert "تاریخ نامه" in (await officer.says("۱۴۰۵۱۲۳۴۵"))["text"]


async def test_an_old_button_says_so_and_shows_the_current_question(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد")
    first = officer.live()
    await officer.says("تقسیط", "خیر")
    assert "قدیمی" in await officer.told("استمهال", message_id=first["id"])
    assert "گام ۳" in officer.screen()
    await officer.says("وزارتخانه", "انصراف", "حذف")
    assert "قدیمی" in await officer.told("استمهال", message_id=first["id"])
    assert "منوی اصلی" in officer.screen()


async def test_the_form_survives_a_crash_at_any_moment(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    await town.crash()
    await officer.phone.send("۰۴۹۹۳۷۰۸۹۹")
    await town.open()
    await officer.sees("تلفن همراه")
    await officer.says("رد کردن")
    assert "پاسخ کنونی: ۰۴۹۹۳۷۰۸۹۹" in (await officer.says("بازگشت", "بازگشت"))["text"]


async def test_a_restart_puts_the_open_question_again_once(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط")
    before = officer.live()["id"]
    for _ in range(2):
        await town.close()
        await town.open()
        await town.quiet()
    assert officer.heard("پاسخ‌های شما محفوظ است؛ از همین گام ادامه دهید") == 1
    assert "مقررات خاص" in officer.screen()
    assert "قدیمی" in await officer.told("خیر", message_id=before)
    await officer.told("خیر")
    assert "گام ۳" in officer.screen()


FORGED = (
    *("o:99", "o:x", "o", "o:", "o:-1", "o:²", "e:99", "e:0", "e:" + "9" * 40, "rm:0", "rm:99", "", ":"),
    *("yes", "no", "k", "n", "stay", "ok", "send", "plan", "y", "b"),
)


async def test_forged_actions_never_break_a_form_or_reach_a_case(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر", "علی رضایی")
    for action in FORGED:
        screen = officer.live()
        serial = screen["inline"][0][0]["data"].split(":")[0]
        await officer.told(f"{serial}:{action}", message_id=screen["id"], force=True)
        await officer.told(f"f{'9' * 50}:{action}", message_id=screen["id"], force=True)
    assert "گام " in officer.screen()
    assert await town.cases() == 0
