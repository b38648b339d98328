"""A returned case: the officer is asked what was marked, and nothing else; and reads the own case again."""

import pytest
from town import PDF, Resident, Town, code_in, file_proposal

from domain.lifecycle import State
from services import decisions, drafts, proposals, review
from services.people import actor_of
from storage.records import Case
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
NOTE = "مبلغ با حکم نمی‌خواند."


async def returns(town: Town, reviewer: Resident, *fields: str, note: str = NOTE) -> None:
    """The reviewer returns the only case, with these fields marked."""
    person = reviewer.phone.person

    def unit(work: Work) -> None:
        actor = actor_of(work, person.platform, person.user_id)
        case = _case(work)
        if case.state is State.SUBMITTED:
            review.claim(work, actor=actor, case_id=case.id)
        reasons = ("marked.1",) if fields else ("other.1",)
        decisions.return_for_correction(
            work, actor=actor, case_id=case.id, reasons=reasons, note=note, fields=fields
        )

    await town.run(unit)


def _case(work: Work) -> Case:
    return work.cases.get(1)


async def returned(town: Town, *fields: str) -> tuple[Resident, Resident, str]:
    """A case that was filed and returned: its officer, its reviewer, its code."""
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await returns(town, reviewer, *fields)
    return officer, reviewer, code


async def sends(officer: Resident) -> None:
    """Declare and send the summary."""
    await officer.hears_all("تأیید")
    await officer.hears_all("ارسال پیشنهاد")


async def test_the_officer_is_asked_only_what_was_marked(town: Town) -> None:
    officer, _, code = await returned(town, "debtor_name", "amount")
    asked = await officer.says("اصلاح پیشنهاد")
    assert asked["text"].split("\n")[:2] == ["اصلاح ۱ از ۲ · حسن یوسفی", ""]
    assert f"توضیح کارشناس: {NOTE}" in asked["text"]
    assert "پاسخ کنونی: حسن یوسفی" in asked["text"]
    await officer.says("حسین یوسفی")
    assert "اصلاح ۲ از ۲" in officer.screen()
    summary = (await officer.says("۲۴۰٬۰۰۰٬۰۰۰"))["text"]
    assert "۱۱. نام بدهکار: حسین یوسفی (اصلاح شد)" in summary
    assert "برنامه پرداخت دوباره محاسبه شد." in summary
    assert [label for label in officer.labels() if "ویرایش" in label] == ["ویرایش ۱۱", "ویرایش ۱۵"]
    await sends(officer)
    assert "پیشنهاد اصلاح‌شده ارسال شد" in officer.screen()
    assert code_in(officer.screen()) == code
    case = await town.run(_case)
    assert (case.state, case.proposal["debtor_name"]) == (State.SUBMITTED, "حسین یوسفی")


async def test_asked_for_a_marked_row_and_something_else_the_officer_may_change_all(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await reviewer.sees("رسید")
    await reviewer.presses("دیدن پیشنهاد", "برداشتن", "بازگشت برای اصلاح")
    assert {"☐ پیوست‌ها", "☐ تلفن همراه بدهکار"} <= set(reviewer.labels()), "what is not there may be lacking"
    await reviewer.presses("☐ مبلغ بدهی", "☐ مورد دیگر", "ادامه")
    await reviewer.hears_all("حکم را هم پیوست کنید.")
    await reviewer.told("بله، بازگردانده شود")
    await officer.says("اصلاح پیشنهاد")
    assert "مبلغ کل بدهی" in officer.screen()
    await officer.says("۲۴۰٬۰۰۰٬۰۰۰")
    edits = [label for label in officer.labels() if "ویرایش" in label]
    assert len(edits) > 15, "every row can be changed"
    await officer.told(edits[-1])
    assert "پیوست" in officer.screen()
    await officer.sends_file(PDF + b" ", "ruling.pdf")
    await officer.told("ادامه")
    await sends(officer)
    assert "پیشنهاد اصلاح‌شده ارسال شد" in officer.screen()
    case = await town.run(_case)
    assert (case.proposal["amount"], len(case.proposal["attachments"])) == (240_000_000, 1)


async def test_sending_without_a_change_is_asked_about_once(town: Town) -> None:
    officer, _, _ = await returned(town, "amount")
    await officer.says("اصلاح پیشنهاد", "ادامه")
    await sends(officer)
    assert "چیزی تغییر نکرده است؛ با این حال ارسال شود؟" in officer.screen()
    assert "خلاصه پیشنهاد" in (await officer.presses("نه، هنوز نه"))["text"]
    await officer.hears_all("ارسال پیشنهاد")
    assert (await town.run(_case)).state is State.RETURNED
    await officer.hears_all("بله")
    assert (await town.run(_case)).state is State.SUBMITTED


async def test_a_correction_outlives_a_crash_a_review_and_a_change_of_messenger(town: Town) -> None:
    officer, _, _ = await returned(town, "debtor_name", "amount")
    await officer.says("اصلاح پیشنهاد", "حسین یوسفی")
    await town.crash()
    await town.open()
    assert "مانده: ۱ مورد لازم" in (await officer.hears_all("بررسی پیش‌نویس"))[-1]
    other = await town.add_account(officer, "bale")
    listed = await other.says("پیش‌نویس‌ها")
    assert "اصلاح پیشنهاد بازگشته؛ ۱ مورد مانده است." in listed["text"]
    await other.presses("ادامه ۱")
    await other.says("ادامه")
    assert "اصلاح ۲ از ۲" in other.screen()
    await other.says("۲۴۰٬۰۰۰٬۰۰۰")
    await sends(other)
    assert (await town.run(_case)).state is State.SUBMITTED


async def test_a_case_withdrawn_meanwhile_is_not_corrected_any_more(town: Town) -> None:
    officer, _, _ = await returned(town, "amount")
    await officer.says("اصلاح پیشنهاد")
    account = officer.phone.person.platform, officer.phone.person.user_id
    await town.run(
        lambda work: proposals.withdraw(
            work, actor=actor_of(work, *account), case_id=1, reason="other.1", note="بدهی پرداخت شد."
        )
    )
    await officer.hears_all("۲۴۰٬۰۰۰٬۰۰۰")
    assert "اصلاح" not in officer.labels()
    assert "پیش‌نویسی ندارید" in (await officer.says("پیش‌نویس‌ها"))["text"]
    assert (await town.run(_case)).state is State.WITHDRAWN


async def test_a_correction_of_an_earlier_return_gives_way_to_the_later_one(town: Town) -> None:
    officer, _, _ = await returned(town, "amount")
    await officer.says("اصلاح پیشنهاد", "انصراف", "ذخیره پیش‌نویس")

    def begun_for_the_return_before(work: Work) -> None:
        case = _case(work)
        run = drafts.corrections(work, case.filed_by, case.id)[0]
        work.forms.save(run, data={**run.data, "seen": 1}, title=run.title or "")

    await town.run(begun_for_the_return_before)
    told = await officer.hears_all("اصلاح پیشنهاد")
    assert told[0] == "وضعیت این پیشنهاد تغییر کرده است؛ پیش‌نویس اصلاح پیشین کنار گذاشته شد."
    assert NOTE in told[-1]
    assert "پاسخ کنونی: ۱۲۰٬۰۰۰٬۰۰۰ ریال" in told[-1]


async def test_a_returned_letter_is_replaced_and_the_old_one_stays_with_the_case(town: Town) -> None:
    officer, _, _ = await returned(town, "letter_scan")
    assert "تصویر نامه" in (await officer.says("اصلاح پیشنهاد"))["text"]
    summary = await officer.sends_file(PDF + b"\n", "نامه تازه.pdf")
    assert "۹. تصویر نامه: نامه تازه.pdf\u200f (اصلاح شد)" in summary["text"]
    await officer.hears_all("انصراف")
    await officer.told("حذف")
    await officer.told("بله، پاک شود")
    assert (await town.run(lambda work: work.files.get(1))).name == "letter.pdf"


async def test_the_officer_reads_the_own_case_again_with_its_files(town: Town) -> None:
    officer, _, code = await returned(town, "amount")
    await officer.says("پیشنهادهای من")
    await officer.told(
        f"c:1:{(await town.run(_case)).version}:own", force=True, message_id=officer.live()["id"]
    )
    shown = officer.screen()
    assert code_in(shown) == code
    for part in (
        "نیازمند اصلاح",
        f"توضیح: {NOTE}",
        "۱۱. نام بدهکار: حسن یوسفی",
        "برنامه پرداخت",
        "letter.pdf",
    ):
        assert part in shown
    assert len(shown) <= 4000
    assert officer.labels() == [
        "اصلاح پیشنهاد",
        "پیوست‌ها",
        "ثبت مشابه",
        "انصراف از پیشنهاد",
        "رمز را فراموش کرده‌ام",
        "بازگشت به فهرست",
    ]
    await officer.told("پیوست‌ها")
    sent = officer.phone.messages()[-1]
    assert "پیوست ۱ از ۱: letter.pdf" in sent["caption"]
    await officer.told("اصلاح پیشنهاد")
    assert "مبلغ کل بدهی" in officer.screen()


async def test_nobody_else_reads_it_there(town: Town) -> None:
    officer, _, _ = await returned(town)
    assert "نیازمند اصلاح" not in officer.chat_text(), "the services told nobody"
    stranger = await town.officer("مینا رستمی", "سازمان دیگر")
    await stranger.says("ثبت پیشنهاد")
    for verb in ("own", "papers", "table", "fix"):
        await stranger.told(f"c:1:3:{verb}", force=True, message_id=stranger.live()["id"])
    assert "حسن یوسفی" not in stranger.chat_text()
