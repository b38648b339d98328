"""The officer's day: the same debt twice, copies, drafts that expire, lost codes, withdrawal."""

import pytest
from journey_office import act, file_case, judge
from test_journeys_reviewing_desk import sets
from town import ABOUT_THE_DEBT, BY_INSTALMENTS, Resident, Town, claim, code_in, file_proposal

from domain.lifecycle import Action, State
from domain.roles import Actor
from messages_fa.markup import RLM
from persian.codes import group_code
from services import decisions, review
from storage.records import Case, FormStatus

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def case_of(town: Town, number: int = 1) -> Case:
    return await town.run(lambda work: work.cases.get(number))


async def open_own(officer: Resident) -> None:
    """The newest own case."""
    await officer.says("پیشنهادهای من")
    await officer.presses(next(label for label in officer.labels() if label.startswith("مورد ۱")))


def told(officer: Resident) -> list[str]:
    """The lines that stand last on the screen, without their marks."""
    return [line.strip(RLM) for line in officer.screen().splitlines() if line]


async def refuse(town: Town, by: Actor) -> Case:
    case = await act(town, review.claim, by, await case_of(town))
    return await act(town, decisions.refuse, by, case, reasons=("special_rule.1",))


async def test_a_withdrawn_case_leaves_the_queue_at_once_and_its_reason_stays(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    follower = await town.newcomer("حسن یوسفی")
    code, _ = await file_proposal(officer)
    await follower.says(code)
    await follower.presses("پیگیری این کد")
    await claim(reviewer)
    await open_own(officer)
    await officer.presses("انصراف از پیشنهاد", "دلیل دیگر")
    assert "دلیل انصراف را بنویسید" in officer.screen()
    await officer.says("؟")
    assert "دلیل انصراف را بنویسید" in officer.screen()
    await officer.says("بدهکار همه بدهی را پرداخت.")
    assert told(officer) == [
        "گام ۳ از ۳",
        "پیشنهاد مربوط به حسن یوسفی، با کد رهگیری:",
        group_code(code),
        "انصراف از پیشنهاد ثبت شود؟",
        "دلیل انصراف: بدهکار همه بدهی را پرداخت.",
        "پیشنهاد از نوبت بررسی بیرون می‌رود و این انصراف برنمی‌گردد.",
        "برای همین بدهی می‌توانید بعداً پیشنهاد تازه‌ای ثبت کنید.",
    ]
    assert officer.labels() == ["بله، انصراف ثبت شود", "بازگشت", "نه، پیشنهاد بماند"]
    await officer.presses("بله، انصراف ثبت شود")
    assert told(officer) == [
        "انصراف شما از پیشنهاد ثبت شد.",
        "پیشنهاد مربوط به حسن یوسفی",
        "کد رهگیری:",
        group_code(code),
        "دلیل انصراف: بدهکار همه بدهی را پرداخت.",
        "پیشنهاد از نوبت بررسی بیرون رفت و رسیدگی پایان یافت.",
        "متن پیشنهاد و روند آن در «پیشنهادهای من» می‌ماند.",
    ]
    assert (await case_of(town)).state is State.WITHDRAWN
    assert reviewer.heard("دستگاه از پیشنهاد انصراف داد") == 1
    assert follower.heard("انصراف دستگاه") >= 1
    assert "در این بخش پیشنهادی نیست" in (await reviewer.says("کارتابل"))["text"]
    await reviewer.presses("دیدن پیشنهاد") if "دیدن پیشنهاد" in reviewer.labels() else None
    events = await town.run(lambda work: work.cases.events(1))
    assert (events[-1].action, events[-1].reasons, events[-1].note) == (
        Action.WITHDRAW,
        ("other.1",),
        "بدهکار همه بدهی را پرداخت.",
    )


async def test_a_withdrawal_takes_a_decision_with_it_that_was_not_published(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await sets(town, undo_minutes=30)
    await file_proposal(officer)
    await refuse(town, reviewer)
    await open_own(officer)
    await officer.presses("انصراف از پیشنهاد", "پرداخت شدن بدهی", "رد کردن", "بله، انصراف ثبت شود")
    await town.wait(minutes=31)
    assert (await case_of(town)).state is State.WITHDRAWN
    assert officer.heard("با پیشنهاد موافقت نشد") == 0
    assert await town.run(lambda work: work.reviews.due(5)) == ()


async def test_what_was_decided_while_the_officer_was_asked_is_not_withdrawn(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await open_own(officer)
    await officer.presses("انصراف از پیشنهاد", "انصراف بدهکار", "رد کردن")
    await refuse(town, reviewer)
    question = next(m for m in officer.phone.messages() if "انصراف از پیشنهاد ثبت شود؟" in m["text"])
    await officer.told("بله، انصراف ثبت شود", message_id=question["id"])
    assert officer.heard("انصراف ثبت نشد") == 1
    assert (await case_of(town)).state is State.NOT_AGREED


async def fill_in_again(officer: Resident) -> str:
    """Everything up to where the summary would stand; gives what stands there."""
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file()
    await officer.says(*ABOUT_THE_DEBT, "۱۴۰۶/۰۱/۱۵", "رد کردن", "رد کردن")
    return officer.screen()


async def test_the_same_debt_is_warned_of_before_the_summary_and_can_be_followed(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    warning = await fill_in_again(officer)
    assert "برای همین بدهی پیشنهاد دیگری در جریان است" in warning
    assert code_in(warning) == code
    await officer.says("درستی اطلاعات را تأیید می‌کنم")
    await officer.says("ارسال پیشنهاد")
    assert await town.cases() == 1, "typing past the warning files nothing"
    await officer.says("پیش‌نویس‌ها", "ادامه ۱")
    await officer.presses("همان را دنبال می‌کنم")
    await town.quiet()
    assert code_in(officer.screen()) == code
    assert "حسن یوسفی" in (await officer.says("پیش‌نویس‌ها"))["text"], "the draft is kept"
    assert await town.cases() == 1


async def test_a_debt_is_proposed_again_for_a_reason_that_the_reviewer_reads(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await fill_in_again(officer)
    await officer.presses("ثبت جدید با ذکر دلیل")
    await officer.says("رأی تازه‌ای برای همین مبلغ آمده است.")
    await officer.sees("خلاصه پیشنهاد")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.presses("ارسال پیشنهاد")
    assert await town.cases() == 2
    await claim(reviewer)
    assert "دلیل ثبت دوباره: رأی تازه‌ای برای همین مبلغ آمده است." in reviewer.screen()
    assert code in "".join(reviewer.screen().split()) or code_in(reviewer.screen()) != code


async def test_where_the_other_case_ends_meanwhile_the_warning_says_so_and_the_filing_goes_on(
    town: Town,
) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await fill_in_again(officer)
    warning = officer.live()["id"]
    await refuse(town, reviewer)
    await officer.told("ثبت جدید با ذکر دلیل", message_id=warning)
    await officer.sees("خلاصه پیشنهاد")
    assert officer.heard("پیشنهاد دیگری که برای همین بدهی در جریان بود در این میان پایان یافت.") == 1
    await officer.presses("درستی اطلاعات را تأیید می‌کنم", "ارسال پیشنهاد")
    assert await town.cases() == 2


async def test_the_news_of_a_refusal_offers_both_ways_on(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await refuse(town, reviewer)
    assert officer.labels() == ["ثبت دوباره با همین اطلاعات", "درخواست بازنگری"]
    assert told(officer)[-2:] == [
        "اگر موضوع برطرف شد، «ثبت دوباره با همین اطلاعات» را بزنید؛ نامه تازه‌ای لازم است.",
        "اگر تصمیم را درست نمی‌دانید، می‌توانید فقط یک بار «درخواست بازنگری» کنید.",
    ]
    await officer.presses("درخواست بازنگری")
    assert "چرا باید این تصمیم بازنگری شود؟" in told(officer)


async def test_of_another_agencys_case_nothing_is_told_but_that_there_is_one(town: Town) -> None:
    officer, other = await town.officer(), await town.officer("نادر کاظمی", "شرکت آب")
    code, _ = await file_proposal(officer)
    warning = await fill_in_again(other)
    assert "در دستگاه دیگری نیز پیشنهادی برای آن در دست رسیدگی است." in warning
    assert code not in "".join(warning.split())
    assert "همان را دنبال می‌کنم" not in other.labels()


async def test_the_second_filing_needs_at_least_two_fifths_fewer_typed_answers(town: Town) -> None:
    officer = await town.officer()
    first = await filed_by_hand(officer, "حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "۱۲۰٬۰۰۰٬۰۰۰")
    second = await filed_by_hand(officer, "رضا کریمی", "۱۳۶۰۰۰۱۲۳۹", "۹۰٬۰۰۰٬۰۰۰")
    await open_own(officer)
    await officer.presses("ثبت مشابه")
    assert "شماره نامه" in officer.screen()
    copied = await answered(officer, "زهرا احمدی", "۰۰۸۴۵۷۵۹۴۸", "۷۰٬۰۰۰٬۰۰۰")
    assert await town.cases() == 3
    assert (first, second, copied) == (8, 4, 4)
    assert second <= first * 0.6


async def filed_by_hand(officer: Resident, debtor: str, identifier: str, amount: str) -> int:
    """File a proposal, pressing wherever a button answers; gives how many answers had to be typed."""
    await officer.says("ثبت پیشنهاد")
    return await answered(officer, debtor, identifier, amount)


async def answered(officer: Resident, debtor: str, identifier: str, amount: str) -> int:
    """Answer the open form to its end; gives how many answers had to be typed."""
    typed = {
        "نام و نام خانوادگی مقام": "علی رضایی",
        "سمت": "مدیر کل",
        "شماره نامه": "۱۲۳/۴۵/ص",
        "نام و نام خانوادگی بدهکار": debtor,
        "کد ملی": identifier,
        "مبلغ کل بدهی": amount,
        "چند قسط": "۱۲",
        "نخستین قسط": "۱۴۰۶/۰۱/۱۵",
    }
    count = 0
    while "خلاصه پیشنهاد" not in officer.screen():
        if "تصویر" in question(officer):
            await officer.sends_file()
        elif (label := one_tap(officer)) is not None:
            await officer.presses(label)
        else:
            count += 1
            fitting = [said for asked, said in typed.items() if asked in question(officer)]
            assert fitting, officer.screen()
            await officer.says(fitting[0])
    await officer.presses("درستی اطلاعات را تأیید می‌کنم", "ارسال پیشنهاد")
    return count


def question(officer: Resident) -> str:
    """The question of the open form, without the word above it on what was copied."""
    return officer.screen().rpartition("بدهکار، نامه و مبلغ را خودتان بنویسید.")[2]


def one_tap(officer: Resident) -> str | None:
    """The button that answers the open question, if there is one."""
    labels = officer.labels()
    fitting = ("تقسیط", "وزارتخانه", "خیر", "شخص حقیقی", "هر ماه", "رد کردن")
    starts = ("همان: ", "دیروز", "۱. اضافه‌پرداختی")
    by_start = (label for label in labels if label.startswith(starts))
    return next(by_start, next((label for label in fitting if label in labels), None))


async def test_a_draft_is_told_of_once_closed_and_restored_whole(town: Town) -> None:
    officer = await town.officer()
    await sets(town, draft_days=8)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file()
    await officer.says("پیش‌نویس‌ها")
    assert "مهلت پیش‌نویس: تا ۱۴۰۵/۰۷/۲۱" in officer.screen()
    await town.wait(days=5, hours=23)
    assert officer.heard("پیش‌نویس شما تا") == 0
    await town.wait(hours=2)  # a working morning
    assert officer.heard("پیش‌نویس شما تا ۱۴۰۵/۰۷/۲۱ نگه داشته می‌شود") == 1
    await town.wait(hours=24)
    assert officer.heard("پیش‌نویس شما تا") == 1, "one nudge only"
    await town.wait(days=2)
    assert officer.heard("مهلت پیش‌نویس شما پایان یافت") == 1
    run = await town.run(lambda work: work.forms.get(1))
    assert run is not None
    assert run.status is FormStatus.EXPIRED
    await officer.says("پیش‌نویس‌ها")
    assert "پیش‌نویس‌های بسته‌شده" in officer.screen()
    await officer.presses("بازگرداندن ۱")
    await officer.presses("ادامه ۱")
    assert "گام ۱۰" in officer.screen(), "it goes on where it stood"


async def test_a_closed_draft_that_nobody_restores_is_erased_with_its_files(town: Town) -> None:
    officer = await town.officer()
    await sets(town, draft_days=4)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file()
    for _ in range(6):
        await town.wait(days=1)
    closed = next(m for m in officer.phone.messages() if "مهلت پیش‌نویس شما پایان یافت" in m["text"])
    await town.wait(days=5)
    run = await town.run(lambda work: work.forms.get(1))
    assert run is not None
    assert (run.status, run.data) == (FormStatus.DROPPED, {})
    assert "قدیمی" in await officer.told("بازگرداندن", message_id=closed["id"])
    assert "پیش‌نویسی ندارید" in (await officer.says("پیش‌نویس‌ها"))["text"]


async def test_while_the_office_has_set_no_period_no_draft_expires(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:4])
    await town.wait(days=400)
    assert "مهلت" not in (await officer.says("پیش‌نویس‌ها"))["text"]
    assert officer.heard("پیش‌نویس شما تا") == 0


async def test_a_lost_code_is_found_in_the_own_list_and_nobody_else_learns_of_any(town: Town) -> None:
    officer, stranger = await town.officer(), await town.newcomer("حسن یوسفی")
    code, _ = await file_proposal(officer)
    await officer.says("پیگیری")
    await officer.presses("کد را گم کرده‌ام")
    assert code_in(officer.screen()) == code
    await stranger.says("پیگیری")
    await stranger.presses("کد را گم کرده‌ام")
    assert "از کارشناس دستگاهی که پیشنهاد را ثبت کرده است بپرسید" in stranger.screen()
    assert code not in "".join(stranger.chat_text().split())


async def test_what_is_followed_is_listed_and_ended_from_the_list(town: Town) -> None:
    officer, follower = await town.officer(), await town.newcomer("حسن یوسفی")
    case = await file_case(town, officer)
    await follower.says(case.code)
    await follower.presses("پیگیری این کد")
    await follower.says("پیگیری")
    await follower.presses("کدهایی که دنبال می‌کنم")
    assert code_in(follower.screen()) == case.code
    await follower.presses("پایان ۱")
    assert "کدی را دنبال نمی‌کنید" in follower.screen()
    assert await town.run(lambda work: work.followers.count(case.id)) == 0


async def test_a_withdrawal_is_recorded_though_a_reviewer_took_the_case_meanwhile(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await open_own(officer)
    await officer.presses("انصراف از پیشنهاد", "انصراف بدهکار", "رد کردن")
    await act(town, review.claim, reviewer, await case_of(town))
    question = next(m for m in officer.phone.messages() if "انصراف از پیشنهاد ثبت شود؟" in m["text"])
    await officer.told("بله، انصراف ثبت شود", message_id=question["id"])
    await town.quiet()
    assert officer.heard("انصراف شما از پیشنهاد ثبت شد.") == 1
    assert (await case_of(town)).state is State.WITHDRAWN


async def test_what_was_written_in_a_small_form_is_handed_back_when_another_begins(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await refuse(town, reviewer)
    await open_own(officer)
    await officer.presses("درخواست بازنگری")
    await officer.says("سند تازه‌ای پیدا شده است.")
    await officer.says("ثبت پیشنهاد")
    assert officer.heard("نوشته شما اینجاست") == 1
    assert officer.heard("سند تازه‌ای پیدا شده است.") >= 1
    await officer.says("پیشنهادهای من")
    assert officer.heard("نوشته شما اینجاست") == 1, "nothing is handed back where nothing was written"


async def test_what_is_typed_into_a_draft_just_closed_is_answered_with_the_way_back(town: Town) -> None:
    officer = await town.officer()
    await sets(town, draft_days=4)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    for _ in range(6):
        await town.wait(days=1)
    await officer.says("۱۲۳/الف")
    assert officer.heard("در این میان بسته شد") == 1
    await officer.presses("بازگرداندن")
    assert "ادامه ۱" in officer.labels()


async def test_a_similar_proposal_takes_nothing_over_that_was_written_about_the_debtor(town: Town) -> None:
    officer = await town.officer()
    await file_proposal(officer)
    await open_own(officer)
    await officer.presses("ثبت مشابه")
    labels = (
        *("نوع پیشنهاد", "مقررات خاص یا عمومی دیگر", "نوع دستگاه طلبکار", "ناشی از جرم یا تخلف"),
        *("نام مقام مجاز", "سمت مقام مجاز", "نوع بدهی", "تعداد اقساط", "فاصله اقساط", "سررسید نخستین قسط"),
    )
    assert told(officer)[1:4] == [
        f"از پیشنهاد مربوط به حسن یوسفی برداشته شد: {'، '.join(labels)}.",
        "بدهکار، نامه و مبلغ را خودتان بنویسید.",
        "شماره نامه پیشنهاد چیست؟",
    ]
    draft = await town.run(lambda work: work.forms.get(2))
    assert draft is not None
    assert not {"reason", "debtor_name", "national_id", "amount"} & set(draft.data["answers"])
