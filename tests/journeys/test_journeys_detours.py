"""What happens between two answers: drafts, detours, old buttons, crashes. No answer is ever lost."""

from typing import Any

import pytest
from town import ABOUT_THE_DEBT, BY_INSTALMENTS, PDF, Resident, Town, begin, claim, code_in, file_proposal

from domain.roles import Role
from persian.dates import show_date
from services import people
from storage.errors import NotFound
from storage.records import FormRun, FormStatus
from storage.work import Work

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
    assert "«حسن یوسفی» پاک شود؟" in (await officer.presses("حذف ۱"))["text"]
    assert "۱. حسن یوسفی" in (await officer.presses("نه، بماند"))["text"]
    gone = await officer.presses("حذف ۱", "بله، پاک شود")
    assert "پیش‌نویسی ندارید" in gone["text"]
    assert await town.cases() == 0


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_deleting_in_the_cancel_question_is_asked_about_once_more(town: Town, way: str) -> None:
    officer = await town.officer()

    async def chooses(label: str) -> str:
        await (officer.hears_all(label) if way == "typed" else officer.told(label))
        return officer.screen()

    await officer.says("ثبت پیشنهاد", "تقسیط", "انصراف")
    assert "پاک شود؟" in await chooses("حذف")
    assert officer.labels() == ["بله، پاک شود", "نه، بماند"]
    assert "پیش‌نویس‌های شما" in await chooses("نه، بماند")
    await officer.says("ادامه ۱", "انصراف")
    await chooses("حذف")
    assert "پیش‌نویسی ندارید" in await chooses("بله، پاک شود")
    assert await ended(town) == (FormStatus.DROPPED, {}, None)


async def test_what_is_neither_deleted_nor_kept_in_words_stays_a_draft(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "انصراف", "حذف")
    await officer.hears_all("منو")
    assert "۱. پیشنهاد بی‌نام" in (await officer.says("پیش‌نویس‌ها"))["text"]


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


QUESTION = "مقام مجازی"
WAITING = "پیش‌نویس «پیشنهاد بی‌نام (تقسیط)» باز است؛ گام ۵ از ۲۲: نام مقام مجاز"
LOOKING_AROUND = (
    ("راهنما", "راهنمای مهلت", WAITING),
    ("/help", "راهنمای مهلت", WAITING),
    ("منو", "منوی اصلی", QUESTION),
    ("/start", "خوش آمدید", QUESTION),
    ("پیشنهادهای من", "هنوز پیشنهادی ثبت نکرده‌اید", WAITING),
    ("پیش‌نویس‌ها", "پیش‌نویس‌های شما", WAITING),
    ("پیگیری", "کد رهگیری ۱۲ رقمی", WAITING),
    ("کارتابل", "این کار در نقش‌های شما نیست", QUESTION),
    ("/nothing", "متوجه منظور شما نشدم", QUESTION),
)
"""What is asked for, what is shown, and how the form that is open says that it waits."""


async def test_looking_around_never_eats_an_answer(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    for word, answer, ending in LOOKING_AROUND:
        told = await officer.hears_all(word)
        assert answer in told[0]
        assert ending in told[-1]
    assert "سمت این مقام" in (await officer.says("علی رضایی"))["text"]


@pytest.mark.parametrize("way", ["pressed", "typed"])
async def test_the_list_stays_in_sight_and_one_key_leads_back_to_the_question(town: Town, way: str) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "انصراف", "ذخیره پیش‌نویس")
    await officer.says("ثبت پیشنهاد", "استمهال", "خیر")
    told = await officer.hears_all("پیش‌نویس‌ها")
    assert ["پیش‌نویس‌های شما" in told[0], "باز است؛ گام ۳" in told[1], len(told)] == [True, True, 2]
    back = officer.told if way == "pressed" else officer.hears_all
    await back("ادامه همین پیشنهاد")
    assert "دستگاه طلبکار" in officer.screen()
    await officer.hears_all("پیش‌نویس‌ها")
    await back("ادامه ۲")
    assert "ادامه پیش‌نویس «پیشنهاد بی‌نام (تقسیط)»" in officer.screen()
    assert "جرم یا تخلف" in officer.screen(), "the row of the list that was named, by its whole label"


async def test_a_code_asked_for_in_the_middle_is_looked_up_and_is_no_answer(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:-2])
    await officer.hears_all("پیگیری")
    told = await officer.hears_all(code)
    assert code_in(told[0]) == code
    assert "گام ۷ از ۲۲: شماره نامه" in told[-1]
    told = await officer.hears_all(f"/track {code}")
    assert "ثبت شد" in told[0]
    assert "گام ۷ از ۲۲: شماره نامه" in told[-1]
    assert "تاریخ نامه" in (await officer.says("۱۴۰۵۱۲۳۴۵"))["text"]


async def test_a_number_typed_under_a_list_is_the_lists_and_the_next_words_are_the_forms(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "انصراف", "ذخیره پیش‌نویس")
    await officer.says("ثبت پیشنهاد", "تقسیط")
    await officer.hears_all("پیش‌نویس‌ها")
    await officer.hears_all("۲")
    assert "گام ۱۲ از ۲۲ · حسن یوسفی" in officer.screen(), (
        "«۲» is a row, not «خیر» to a question out of sight"
    )
    await officer.hears_all("پیش‌نویس‌ها")
    assert "تلفن همراه" in (await officer.says("۰۴۹۹۳۷۰۸۹۹"))["text"]


async def test_a_code_that_links_accounts_is_no_answer(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    told = await officer.hears_all("link-0123456789abcdef0123456789abcdef")
    assert "نام مقام مجاز" in told[-1]
    assert "سمت این مقام" in (await officer.says("علی رضایی"))["text"]


@pytest.mark.parametrize("way", ["/menu", "رضا کریمی", "بازگشت"])
async def test_whoever_is_no_officer_any_more_sees_nothing_of_the_open_form(town: Town, way: str) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    await town.revoke("سارا محمدی", Role.OFFICER)
    last = officer.phone.messages()[-1]["id"]
    await officer.hears_all(way)
    now = [m["text"] for m in officer.phone.messages() if m["id"] >= last and m["from"] == "bot"]
    assert "این کار در نقش‌های شما نیست. برای دیدن کارهای خود «منو» را بنویسید." in now
    assert not [text for text in now if "حسن یوسفی" in text]
    run = await town.run(lambda work: work.forms.get(1))
    assert run is not None
    assert (run.status, run.title) == (FormStatus.OPEN, "حسن یوسفی"), "the draft is kept"


@pytest.mark.parametrize("typed", ["1234 5678 9012", "۱۲۳۴ ۵۶۷۸ ۹۰۱۲", "۱۲۳۴-۵۶۷۸-۹۰"])
async def test_a_mistyped_code_after_track_is_no_miss_of_the_form(town: Town, typed: str) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی")
    for _ in range(3):
        await officer.hears_all("پیگیری")
        told = await officer.hears_all(typed)
        assert "چیزی پیدا نشد" in told[0]
        assert "گام ۱۲ از ۲۲: کد ملی" in told[-1]
    assert "پیش‌نویس شما محفوظ است" not in (await officer.says("۱"))["text"], "no help: it is the first miss"
    assert "تلفن همراه" in (await officer.says("۰۴۹۹۳۷۰۸۹۹"))["text"]


async def presses_late(officer: Resident, screen: dict[str, Any], label: str) -> str:
    """Press a button of a prompt that has passed, on a phone that still shows it; gives the answer."""
    data = next(b["data"] for row in screen["inline"] for b in row if b["text"] == label)
    return await officer.told(data, message_id=screen["id"], force=True)


async def test_an_old_button_says_so_and_shows_the_current_question(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد")
    first = officer.live()
    await officer.says("تقسیط", "خیر")
    assert "قدیمی" in await presses_late(officer, first, "استمهال")
    assert "گام ۳" in officer.screen()
    await officer.says("وزارتخانه", "انصراف", "حذف", "بله، پاک شود")
    assert "قدیمی" in await presses_late(officer, first, "استمهال")
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
    before = officer.live()
    for _ in range(2):
        await town.close()
        await town.open()
        await town.quiet()
    assert officer.heard("پاسخ‌های شما محفوظ است؛ از همین گام ادامه دهید") == 1
    assert "مقررات خاص" in officer.screen()
    assert "قدیمی" in await presses_late(officer, before, "خیر")
    await officer.told("خیر")
    assert "گام ۳" in officer.screen()


FORGED = (
    *(
        "o:99",
        "o:x",
        "o",
        "o:",
        "o:-1",
        "o:²",
        "o:yes",
        "e:99",
        "e:0",
        "e:" + "9" * 40,
        "rm:0",
        "rm:99",
        "",
        ":",
    ),
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


def _kept_files(work: Work) -> list[int]:
    """The numbers of the files that are stored; the town never stores more than these."""
    kept = []
    for number in range(1, 30):
        try:
            work.files.content(number)
        except NotFound:
            continue
        kept.append(work.files.get(number).id)
    return kept


async def ended(town: Town, number: int = 1) -> tuple[FormStatus, dict[str, object], str | None]:
    """What is left of a form."""
    run: FormRun | None = await town.run(lambda work: work.forms.get(number))
    assert run is not None
    return run.status, run.data, run.title


async def test_yesterday_pressed_days_later_is_an_old_button(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:-1])
    yesterday = next(label for label in officer.labels() if label.startswith("دیروز"))
    await town.wait(days=3)
    assert "قدیمی" in await officer.told(yesterday)
    assert "تاریخ نامه" in officer.screen()
    assert "پاسخ کنونی" not in officer.screen()
    assert yesterday not in officer.labels()
    today = show_date(town.sandbox.clock().date())
    await officer.told(next(label for label in officer.labels() if label.startswith("امروز")))
    assert f"پاسخ کنونی: {today}" in (await officer.says("بازگشت"))["text"]


async def test_an_agency_added_meanwhile_moves_no_button(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    await town.officer("سارا محمدی", "ی سازمان")
    await admin.says("کاربران")
    await admin.presses("دعوت همکار", "کارشناس دستگاه")
    asked = admin.live()["id"]
    await town.run(
        lambda work: people.invite(work, by=None, role=Role.OFFICER, name="نو", agency="الف سازمان").token
    )
    await admin.told("ی سازمان", message_id=asked)
    await admin.hears_all("علی رضایی")
    assert "ی سازمان" in admin.screen()
    assert "الف سازمان" not in admin.screen()


@pytest.mark.parametrize("way", ["in the cancel question", "in the list"])
async def test_a_deleted_draft_leaves_no_answer_and_no_file(town: Town, way: str) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.says("شخص حقیقی", "حسن یوسفی", "انصراف")
    assert await town.run(_kept_files) == [1]
    if way == "in the list":
        await officer.says("ذخیره پیش‌نویس", "پیش‌نویس‌ها")
        await officer.told("حذف ۱")
        assert await town.run(_kept_files) == [1], "not before it is confirmed"
        await officer.told("بله، پاک شود")
    else:
        await officer.told("حذف")
        assert await town.run(_kept_files) == [1], "not before it is confirmed"
        await officer.told("بله، پاک شود")
    assert await ended(town) == (FormStatus.DROPPED, {}, None)
    assert await town.run(_kept_files) == []


async def test_a_sent_form_keeps_its_answers_and_files_in_the_case_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    assert await ended(town) == (FormStatus.SENT, {}, None)
    assert await town.run(_kept_files) == [1]
    await claim(reviewer)
    await reviewer.presses("بازگشت برای اصلاح", "☐ تصویر نامه", "ادامه")
    await reviewer.says("تصویر خوانا نیست.")
    await reviewer.phone.press("بله، بازگردانده شود")
    await officer.sees("نیازمند اصلاح")
    await officer.says("اصلاح پیشنهاد")
    await officer.sends_file(PDF + b"\n", "again.pdf")
    assert await town.run(_kept_files) == [1, 2]
    await officer.hears_all("انصراف")
    await officer.told("حذف")
    await officer.told("بله، پاک شود")
    assert await town.run(_kept_files) == [1], "a correction given up leaves the case as it was"


async def test_files_taken_off_replaced_or_refused_are_not_kept(town: Town) -> None:
    officer = await town.officer()
    await begin(officer)
    await officer.hears_all("بازگشت")
    await officer.sends_file(PDF + b"\n", "again.pdf")
    assert await town.run(_kept_files) == [2]
    await officer.says(*ABOUT_THE_DEBT, "۱۴۰۶/۰۱/۱۵", "رد کردن")
    for number in range(11):
        await officer.sends_file(PDF + b"\n" * number, f"{number}.pdf")
    assert "حداکثر ۱۰ پرونده" in officer.screen()
    assert await town.run(_kept_files) == [2, *range(3, 13)]
    await officer.told("حذف ۱")
    assert await town.run(_kept_files) == [2, *range(4, 13)]
    await officer.hears_all("انصراف")
    await officer.sends_file(PDF, "late.pdf")
    assert "یکی از دکمه‌های زیر" in officer.screen()
    assert await town.run(_kept_files) == [2, *range(4, 13)]


async def test_a_proposal_without_an_answer_is_never_a_draft(town: Town) -> None:
    officer = await town.officer()
    for _ in range(3):
        assert len(await officer.hears_all("ثبت پیشنهاد")) == 1
    await officer.hears_all("انصراف")
    await officer.told("ذخیره پیش‌نویس")
    assert officer.heard("نگه داشته شد") == 0
    assert "پیش‌نویسی ندارید" in (await officer.says("پیش‌نویس‌ها"))["text"]
