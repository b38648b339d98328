"""Complaining: without a name, interrupted, mistyped, too often, and what comes back."""

import pytest
from journey_complaints import TEXT, answer, begin, complain, take
from journey_office import file_case
from sqlalchemy import select
from town import PDF, Town, code_in, passcode_in

from domain.complaints import SENT_AN_HOUR, State
from domain.roles import Role
from messages_fa.markup import RLM
from persian.codes import group_code
from persian.dates import show_date, tehran_day
from services.complaint_traces import UNNAMED_FORMS
from storage.tables.forms import forms
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def small_forms(work: Work, chat_id: int) -> list[str]:
    """The small forms of this chat about a complaint, open or ended."""
    connection = work._transaction.connection  # noqa: SLF001 - the whole table is looked through
    rows = connection.execute(select(forms.c.form).where(forms.c.chat_id == chat_id))
    return [row.form for row in rows if row.form in UNNAMED_FORMS]


async def test_without_a_name_the_answer_comes_by_code_and_passcode_alone(town: Town) -> None:
    officer = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    other = await town.staff(Role.COMPLAINTS, "مینا نادری")
    sender = await town.newcomer("sender")
    receipt = await complain(sender, anonymous="بله")
    code, passcode = code_in(receipt), passcode_in(receipt)
    await town.quiet()
    assert officer.heard("شکایت تازه رسید") == 0, "the moment would lead to the sender"
    await town.sweep()
    await take(officer)
    assert "بدون نام" in officer.screen()
    assert "نیاز به توضیح" not in officer.labels()
    await answer(officer)
    assert sender.heard("پاسخ اداره کل رسید") == 0
    view = await sender.says(code)
    assert "رسیدگی شد." not in view["text"]
    await sender.presses("دیدن پاسخ با رمز")
    await sender.says("7777AAAA")
    assert "7777AAAA" not in sender.chat_text(), "what was meant as a passcode leaves the chat"
    await sender.says(passcode)
    assert "رسیدگی شد." in sender.screen()
    old = sender.live()["id"]
    there = sender.phone.person.user_id
    await sender.presses("خیر، اعتراض دارم")
    await sender.says("منو")
    await town.wait(minutes=62)
    assert await town.run(lambda work: small_forms(work, there)) == [], "a form left open leads to nobody"
    await sender.says(code)
    await sender.presses("دیدن پاسخ با رمز")
    await sender.says(passcode)
    await sender.presses("خیر، اعتراض دارم")
    await sender.says("کافی نبود.")
    assert await town.run(lambda work: small_forms(work, there)) == []
    await sender.sees("اعتراض شما ثبت شد")
    assert await sender.told("بله، راضی بودم", message_id=old) == (
        "وضعیت این مورد تغییر کرده است؛ صفحه تازه را ببینید."
    )

    def kept(work: Work) -> tuple[int | None, int | None, State]:
        complaint = work.complaints.by_code(code)
        assert complaint is not None
        return complaint.person_id, complaint.chat_id, complaint.state

    assert await town.run(kept) == (None, None, State.OBJECTED)
    assert other.heard("اعتراض به یک پاسخ رسید") == 0
    await town.sweep()
    assert other.heard("اعتراض به یک پاسخ رسید") == 1
    told = await town.run(lambda work: {sent.chat_id for sent in work.ledger.of("complaint:")})
    assert there not in told, "no message to the sender says what it was about"
    assert await town.run(lambda work: work.forms.open_in("bale", there, "complaint")) is None
    assert (await sender.says(f"/start {code}"))["text"].startswith("اعتراض دریافت شد")


async def test_before_the_answer_the_passcode_is_said_to_be_right_and_no_minute_is_told(town: Town) -> None:
    officer = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    sender = await town.newcomer("sender")
    await town.wait(minutes=17)
    receipt = await complain(sender, anonymous="بله")
    await sender.says(code_in(receipt))
    await sender.presses("دیدن پاسخ با رمز")
    await sender.says(passcode_in(receipt))
    day = show_date(tehran_day(town.sandbox.clock()))
    told = [line.strip(RLM) for line in sender.screen().splitlines() if line]
    assert told == [
        "دریافت شد",
        "کد رهگیری شکایت یا نظر:",
        f"{group_code(code_in(receipt))}",
        f"دریافت شد: {day}",
        "رمز درست است؛ هنوز پاسخی ثبت نشده است.",
        f"نوشته شما: {TEXT}",
    ]
    await officer.says("شکایت‌ها")
    assert officer.screen().splitlines()[-1] == f"دریافت شد، {day}"


async def test_what_was_typed_is_there_again_after_a_crash_and_after_leaving(town: Town) -> None:
    sender = await town.newcomer("sender")
    await begin(sender)
    await town.crash()
    await town.open()
    await town.quiet()
    await sender.says("رد کردن")
    await sender.sends_file(PDF, "نامه.pdf")
    await sender.hears_all("انصراف")
    await sender.hears_all("ذخیره پیش‌نویس")
    assert "برای ادامه «شکایت و نظر» را بزنید" in sender.screen()
    await sender.hears_all("/menu")
    await sender.hears_all("شکایت و نظر")
    assert "نامه.pdf" in sender.live()["text"]
    await sender.says("ادامه", "از طرف دیگری", "حسن یوسفی", "خیر")
    summary = sender.live()["text"]
    assert "خلاصه شکایت" in summary
    assert TEXT in summary
    await sender.presses("ویرایش ۳")
    await sender.says("نتیجه دیر رسید.")
    await town.crash()
    await town.open()
    await town.quiet()
    assert "خلاصه شکایت" in sender.live()["text"]
    await sender.phone.send("ارسال")
    await sender.sees("شما ثبت شد")
    assert await town.run(lambda work: len(work.complaints.in_states(tuple(State)))) == 1


async def test_what_is_not_wanted_after_all_is_erased_once_that_is_sure(town: Town) -> None:
    sender = await town.newcomer("sender")
    await begin(sender)
    await sender.says("انصراف")
    assert "از ادامه این شکایت انصراف می‌دهید؟" in sender.screen()
    await sender.presses("حذف", "بله، پاک شود")
    assert "پاک شد" in sender.screen()
    assert "چه می‌خواهید بفرستید؟" in (await sender.says("شکایت و نظر"))["text"]


async def test_whatever_is_mistyped_the_question_stays_and_says_what_to_do(town: Town) -> None:
    sender = await town.newcomer("sender")
    wrong = await sender.says("شکایت و نظر", "گلایه")
    assert "نمونه: شکایت" in wrong["text"]
    assert "«شکایت»، «نظر»، «پیشنهاد»، «گزارش اشکال»" in wrong["text"]
    assert "نمونه:" in (await sender.says("شکایت", "نتیجه رسیدگی", "؟"))["text"]
    assert "درباره کدام پیشنهاد است؟" in (await sender.says(TEXT))["text"]
    assert "نمونه:" in (await sender.says("۱۲۳۴ ۵۶۷۸ ۹۰۱۳"))["text"]
    await sender.says("رد کردن")
    assert "نمونه" in (await sender.says("مدرک ندارم"))["text"] or "رد کردن" in sender.labels()
    await sender.says("رد کردن", "دیگری")
    assert "از طرف چه کسی" in sender.live()["text"]
    await sender.says("از طرف دیگری", "علی")
    assert "نام و نام خانوادگی" in sender.screen()
    await sender.says("علی رضایی", "شاید")
    assert "«بله» یا «خیر»" in sender.screen()
    await sender.says("خیر")
    assert "علی رضایی" in sender.live()["text"]
    assert "ارسال" in sender.labels()


async def test_an_officer_picks_the_case_from_the_own_list_and_finds_the_draft_in_the_list(
    town: Town,
) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    await begin(officer)
    assert officer.labels()[0] == "حسن یوسفی، ثبت شد"
    await officer.presses("حسن یوسفی، ثبت شد")
    await officer.says("انصراف", "ذخیره پیش‌نویس")
    listed = await officer.says("پیش‌نویس‌ها")
    assert "شکایت: نتیجه رسیدگی" in listed["text"]
    await officer.presses("ادامه ۱")
    await officer.says("رد کردن", "از طرف خودم", "خیر")
    await officer.presses("ارسال")
    linked = await town.run(lambda work: [each.case_id for each in work.complaints.in_states(tuple(State))])
    assert linked == [case.id]


async def test_who_complains_too_often_is_heard_all_the_same_and_officers_once(town: Town) -> None:
    officer = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    sender = await town.newcomer("sender")
    for _ in range(SENT_AN_HOUR + 2):
        await complain(sender)
    await town.quiet()
    assert officer.heard("شکایت تازه رسید") == SENT_AN_HOUR
    await town.sweep()
    assert officer.heard("در صف شکایت‌ها ۲ مورد تازه هست") == 1
    await town.sweep()
    assert officer.heard("در صف شکایت‌ها ۲ مورد تازه هست") == 1
    await officer.says("شکایت‌ها")
    assert f"رسیدگی‌نشده ({'۷' if SENT_AN_HOUR == 5 else ''})" in officer.labels()


async def test_an_answer_that_could_not_be_delivered_is_shown_on_return(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    await complain(sender)
    await take(officer)
    await town.quiet()
    await sender.phone.block_bot()
    await answer(officer)
    await sender.phone.block_bot(blocked=False)
    told = await sender.hears_all("سلام")
    assert sum("رسیدگی شد." in text for text in told) == 1
    assert sum("رسیدگی شد." in text for text in await sender.hears_all("سلام")) == 0


async def test_nobody_independent_is_left_and_the_admins_are_told_once(town: Town) -> None:
    admin, sender = await town.staff(Role.ADMIN, "مریم احمدی"), await town.newcomer("sender")
    receipt = await complain(sender)
    told = await admin.sees("شخص مستقلی نمانده است")
    assert code_in(told["text"]) == code_in(receipt)
    await town.sweep()
    assert admin.heard("شخص مستقلی نمانده است") == 1
    officer = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    await town.sweep()
    assert officer.heard("شکایت تازه رسید") == 1
