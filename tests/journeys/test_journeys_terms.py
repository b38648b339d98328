"""«توافق‌نامه خدمت» as people use it: read, searched, measured, written, and asked about on the way."""

import pytest
from journey_office import act as done_by
from journey_office import agree, file_case, judge
from town import Resident, Town, code_in, fill_in

from domain.agreement import parse
from domain.roles import Role
from messages_fa.agreement_text import FIRST
from messages_fa.markup import RLM
from persian.dates import tehran_day
from services import agreement, review
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]

SECTIONS = parse(FIRST).sections


async def publish(town: Town, text: str = "متن تازه این بخش است.") -> None:
    """Another text of the fifth section, in force from today, by an admin without a phone."""

    def unit(work: Work) -> None:
        boss = work.people.add("لیلا کاظمی")
        work.people.grant(boss.id, Role.ADMIN, None, None)
        hired = work.people.get(boss.id)
        assert hired is not None
        fifth = agreement.newest(work).sections[4]
        seen = agreement.rewrite(work, hired.actor, fifth.mark, text)
        today = tehran_day(work.now)
        agreement.publish(work, hired.actor, seen=seen.mark, effective_from=today)

    await town.run(unit)


async def writing_admin(town: Town) -> Resident:
    admin = await town.staff(Role.ADMIN, "نرگس رضایی")
    await admin.says("توافق‌نامه خدمت")
    await admin.presses("تدوین نسخه تازه")
    return admin


async def test_anybody_reads_every_section_letter_for_letter_with_both_end_clauses(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    shown = (await stranger.says("/terms"))["text"]
    assert "«این توافقنامه تا تاریخ ۱۴۰۰/۱۲/۲۹ اعتبار دارد.»" in shown
    assert "تا زمانی که ابلاغیه جدیدی برای خدمت اعلام نشود پابرجاست.»" in shown
    assert "این خدمت رایگان است" in shown
    assert stranger.labels()[:7] == [section.title.rstrip(":") for section in SECTIONS]
    assert "تدوین نسخه تازه" not in stranger.labels()
    page = await stranger.says("۴")
    for section in SECTIONS[3:]:
        told = page["text"].replace(RLM, "").replace("• ", "").split("\n")
        assert [clause for clause in section.clauses if clause not in told] == []
        assert section.title in told[0]
        if section is not SECTIONS[-1]:
            page = await stranger.presses("بخش بعد")
    assert "بخش بعد" not in stranger.labels()


async def test_a_word_is_searched_for_in_the_text(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    await stranger.says("توافق‌نامه خدمت")
    await stranger.presses("جست‌وجو در متن")
    told = (await stranger.says("محرمانگي"))["text"]
    assert "«محرمانگی» در ۱ جمله یافت شد" in told
    assert "دستگاه اجرایی متعهد به حفظ و محرمانگی کلیه اطلاعات ارباب رجوع می باشد." in told
    assert stranger.labels()[0] == SECTIONS[3].title
    await stranger.presses("جست‌وجو در متن")
    assert "واژه کوتاه‌تری بنویسید" in (await stranger.says("وام مسکن"))["text"]


async def test_what_was_promised_stands_beside_what_was_measured(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    stranger, director = await town.newcomer("stranger"), await town.staff(Role.DIRECTOR, "لیلا کاظمی")
    case = await file_case(town, officer)
    await done_by(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    await stranger.says("توافق‌نامه خدمت")
    before = await stranger.presses("آنچه وعده داده شد، آنچه سنجیده شد")
    assert before["text"] == "عددها هنوز سنجیده نشده است؛ چند دقیقه دیگر دوباره ببینید."
    await town.sweep()
    for resident in (stranger, director):
        await resident.says("توافق‌نامه خدمت")
        await resident.presses("آنچه وعده داده شد، آنچه سنجیده شد")
    public, full = stranger.live()["text"], director.live()["text"]
    promise = "«به محض ثبت درخواست، سعی می گردد در کوتاهترین زمان ممکن"
    assert (promise in public, promise in full) == (True, True)
    assert "تصمیم درباره پیشنهاد:\nکمتر از ۵ مورد؛ عددی نشان داده نمی‌شود." in public
    assert "تصمیم درباره پیشنهاد:\nمیانه ۰ و صدک نودم ۰ روز کاری، از ۱ مورد\nهدفی تنظیم نشده است." in full
    assert "۱۰۰٫۰۰ درصد" in public
    how = (await stranger.presses("هر عدد چگونه شمرده شد؟"))["text"]
    assert "نخستین تصمیم آن‌ها در این دوره اعلام شده است" in how


async def test_a_draft_begun_before_is_asked_when_it_is_sent_and_goes_out_once_accepted(town: Town) -> None:
    officer = await town.officer()
    await fill_in(officer)
    await publish(town)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    assert "آن را می‌پذیرید؟" in (await officer.presses("ارسال پیشنهاد"))["text"]
    await officer.presses("نمی‌پذیرم")
    assert await town.cases() == 0
    await officer.sees("درستی")
    await officer.presses("ارسال پیشنهاد")
    await officer.phone.press("همه تغییرها")
    await officer.sees("افزوده شد: متن تازه این بخش است.")
    await officer.phone.send("می‌پذیرم")
    code_in((await officer.sees("پیشنهاد شما ثبت شد"))["text"])
    assert await town.run(lambda work: work.cases.get(1).terms_version) == 2


async def test_old_versions_stay_readable_by_anybody(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    await publish(town)
    assert "نسخه ۲، از ۱۴۰۵/۰۷/۱۳" in (await stranger.says("توافق‌نامه خدمت"))["text"]
    await stranger.presses("نسخه‌ها", "نسخه ۱", "۵. هزینه ها و پرداخت ها")
    assert "این خدمت بدون هزینه ارائه می گردند." in stranger.live()["text"]


async def test_a_day_that_has_passed_is_refused_with_an_example_and_nothing_is_lost(town: Town) -> None:
    admin = await writing_admin(town)
    assert "نسخه‌ای در دست تدوین نیست" in admin.live()["text"]
    await admin.presses("۵. هزینه ها و پرداخت ها")
    assert "دست‌کم یک جمله" in (await admin.hears_all("-"))[0]
    await admin.says("این خدمت رایگان است.")
    await admin.sees("در دست تدوین است")
    await admin.presses("تاریخ اجرا و انتشار")
    assert (
        "تاریخ اجرا باید امروز یا پس از آن باشد. نمونه: ۱۴۰۵/۰۷/۱۳"
        in ((await admin.hears_all("۱۴۰۵/۰۷/۱۲"))[0])
    )
    await admin.hears_all("۱۴۰۵/۰۷/۱۳")
    await admin.presses("نه، هنوز نه", "کنار گذاشتن نسخه", "بله، کنار گذاشته شود")
    assert await town.run(lambda work: (work.agreement.draft(), len(agreement.history(work)))) == (None, 1)


async def test_a_confirmation_of_what_was_changed_meanwhile_publishes_nothing(town: Town) -> None:
    admin = await writing_admin(town)
    await admin.presses("۵. هزینه ها و پرداخت ها")
    await admin.says("این خدمت رایگان است.")
    await admin.sees("در دست تدوین است")
    await admin.presses("تاریخ اجرا و انتشار")
    await admin.hears_all("۱۴۰۵/۰۷/۱۳")

    def meddle(work: Work) -> None:
        now = work.agreement.draft()
        assert now is not None
        work.agreement.change(now, now.sections[1:], now.edited_by or 0)

    await town.run(meddle)
    assert "در این میان تغییر کرده است" in await admin.told("بله، منتشر شود")
    assert await town.run(agreement.number_in_force) == 1


async def test_what_was_typed_for_a_section_that_a_colleague_changed_is_kept_for_another_choice(
    town: Town,
) -> None:
    admin = await writing_admin(town)
    await admin.presses("۲. هدف")

    def meddle(work: Work) -> None:
        first, second = agreement.newest(work).sections[:2]
        boss = work.people.with_role(Role.ADMIN)[0].actor
        agreement.remove(work, boss, first.mark)
        agreement.rewrite(work, boss, second.mark, "هدف دیگری است.")

    await town.run(meddle)
    await admin.hears_all("هدف این خدمت آسانی است.")
    assert "آنچه نوشتید محفوظ است" in admin.chat_text()
    await admin.told(next(label for label in admin.labels() if "هدف" in label))
    draft = await town.run(lambda work: work.agreement.draft())
    assert draft is not None
    assert draft.sections[0].clauses == ("هدف این خدمت آسانی است.",)
    assert draft.sections[1:] == SECTIONS[2:]


async def test_buttons_of_the_agreement_that_nobody_was_shown_do_nothing(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نرگس رضایی")
    for resident, action in (
        (stranger, "trm:draft:0"),
        (officer, "trm:go:1.20261005"),
        (officer, "trm:edit:1"),
        (admin, "trm:go:1.99991231"),
        (admin, "trm:go:1.tomorrow"),
        (admin, "trm:go:7.20261005"),
        (admin, "trm:gone:7"),
        (stranger, "trm:sec:1.99"),
        (stranger, "trm:sec:7.1"),
        (stranger, "trm:ver:99999999999999999999"),
        (stranger, "trm:none:0"),
        (officer, "trm:yes:2.new"),
        (officer, "trm:yes:1.send"),
    ):
        here = next(m["id"] for m in resident.phone.messages() if m["from"] == "bot")
        await resident.told(action, message_id=here, force=True)
    assert await town.run(lambda work: (work.agreement.draft(), work.agreement.accepted(1))) == (None, ())
