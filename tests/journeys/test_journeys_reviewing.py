"""Reviewers take, check, agree, refuse and return; nobody does what is not theirs."""

import pytest
from journey_office import file_case
from town import AGENCY, ANYBODY, PDF, Resident, Town, agree, claim, code_in, file_proposal, fill_in, tick_all

from domain.roles import Role
from persian.text import to_latin_digits

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

SURE = "بله، عدم موافقت ثبت شود"
SURE_TO_RETURN = "بله، بازگردانده شود"


def pressed(resident: Resident, label: str) -> str:
    """The callback data behind a label of the last screen."""
    return str(next(b["data"] for row in resident.live()["inline"] for b in row if b["text"] == label))


def texts_of(resident: Resident) -> list[str]:
    """What stands in the chat from the bot, in Latin digits."""
    return [to_latin_digits(m["text"] or "") for m in resident.phone.messages() if m["from"] == "bot"]


async def stage(resident: Resident, code: str) -> str:
    """The public stage of a code, as anybody sees it."""
    return str((await resident.says(code))["text"]).splitlines()[0]


async def test_every_reviewer_is_told_and_the_prompts_follow_the_case(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    code, _ = await file_proposal(officer)
    for reviewer in (reza, mina):
        prompt = await reviewer.sees("پیشنهاد تازه رسید")
        assert code_in(prompt["text"]) == code
        assert AGENCY in prompt["text"]
        assert "حسن یوسفی" not in prompt["text"]
    await reza.presses("دیدن پیشنهاد", "برداشتن")
    await town.quiet()
    assert mina.heard("پیشنهاد تازه رسید") == 0
    assert "نزد: رضا کریمی" in mina.screen()
    await agree(reza)
    assert "با پیشنهاد موافقت شد" in mina.screen()
    assert mina.heard(code[:4]) == 1, "one message a case, brought up to date in place"


async def test_a_second_press_of_claim_tells_nobody_again(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.told("دیدن پیشنهاد")
    card, data = reviewer.live()["id"], pressed(reviewer, "برداشتن")
    await reviewer.told("برداشتن")
    await reviewer.told(data, message_id=card, force=True)
    assert officer.heard("در حال بررسی") == 1


async def test_agreement_is_impossible_before_all_conditions_are_ticked(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    data = pressed(reviewer, "عدم موافقت").replace("refuse", "agree.yes")
    for _ in range(5):
        assert "موافقت" not in reviewer.labels()
        forged = await reviewer.told(data, message_id=reviewer.live()["id"], force=True)
        assert forged == "نخست پرونده را بردارید و همه شرایط عمومی را تأیید کنید."
        await reviewer.told(next(label for label in reviewer.labels() if "تأیید نشده" in label))
    assert "موافقت" in reviewer.labels()
    ticked = next(label for label in reviewer.labels() if "✓" in label)
    await reviewer.told(ticked)
    assert "موافقت" not in reviewer.labels(), "a tick taken back closes the way again"
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_refusal_needs_a_reason_which_the_agency_reads(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    asked = await reviewer.presses("عدم موافقت")
    assert "دلیل عدم موافقت چیست" in asked["text"]
    assert "یکی از گزینه‌ها" in (await reviewer.says("چون نمی‌شود"))["text"]
    await reviewer.says("دلیل دیگر")
    await reviewer.presses("ادامه")
    assert "رد کردن" not in reviewer.labels(), "another reason must be written"
    asked = await reviewer.says("سند بدهی پیوست نیست.")
    assert "با همین دلیل‌ها" in asked["text"]
    assert "سند بدهی پیوست نیست." in asked["text"]
    assert await stage(officer, code) == "در حال بررسی"
    await reviewer.phone.press(SURE)
    told = await officer.sees("با پیشنهاد موافقت نشد")
    assert "دلیل عدم موافقت: سند بدهی پیوست نیست." in told["text"]
    assert "دلیل دیگر" not in told["text"], "what was written is the reason"
    await town.quiet()
    assert reviewer.labels() == [
        "یادداشت داخلی",
        "سابقه و یادداشت‌ها",
        "پیوست‌ها",
        "کارتابل",
    ]
    assert "تصمیم: عدم موافقت، رضا کریمی، " in reviewer.screen()
    assert await stage(officer, code) == "با پیشنهاد موافقت نشد"


async def test_a_listed_reason_may_stand_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("عدم موافقت", "☐ روشن نبودن اصل یا مبلغ بدهی", "ادامه", "رد کردن")
    await reviewer.phone.press(SURE)
    told = await officer.sees("با پیشنهاد موافقت نشد")
    assert "توضیح" not in told["text"]


async def test_a_refusal_can_be_left_by_words_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("عدم موافقت")
    assert "انصراف می‌دهید" in (await reviewer.says("انصراف"))["text"]
    assert "چیزی ارسال نشد" in (await reviewer.says("انصراف"))["text"]
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_returned_proposal_is_corrected_and_keeps_its_code(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    await reviewer.presses("بازگشت برای اصلاح", "☐ مبلغ بدهی", "ادامه")
    await reviewer.says("مبلغ با نامه یکی نیست.")
    await reviewer.phone.press(SURE_TO_RETURN)
    told = await officer.sees("نیازمند اصلاح")
    assert "بخش‌های نیازمند اصلاح: مبلغ بدهی" in told["text"]
    assert "مبلغ با نامه یکی نیست." in told["text"]
    await town.quiet()
    asked = await officer.presses("اصلاح پیشنهاد")
    assert "مبلغ" in asked["text"], "only the marked row is asked"
    assert "مبلغ با نامه یکی نیست." in asked["text"]
    await officer.says("۲۴۰٬۰۰۰٬۰۰۰")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    again = await officer.sees("پیشنهاد اصلاح‌شده ارسال شد")
    assert code_in(again["text"]) == code
    await reviewer.sees("پیشنهاد اصلاح‌شده رسید")
    card = await reviewer.presses("دیدن پیشنهاد", "برداشتن")
    assert "۲۴۰٬۰۰۰٬۰۰۰ ریال" in card["text"]
    assert "بازگشت در" in card["text"]
    assert "مبلغ بدهی، پیش از اصلاح: ۱۲۰٬۰۰۰٬۰۰۰ ریال" in card["text"]
    assert "مبلغ بدهی، پس از اصلاح: ۲۴۰٬۰۰۰٬۰۰۰ ریال" in card["text"]
    assert sum(code[:4] in heard for heard in texts_of(reviewer)) == 1, "one card a case, at the bottom now"
    assert sum("تأیید نشده" in label for label in reviewer.labels()) == 5, "old ticks do not count"
    assert await town.cases() == 1
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_returned_proposal_is_found_again_in_the_own_list_and_by_its_name(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("بازگشت برای اصلاح", "☐ تصویر نامه", "ادامه")
    await reviewer.says("تصویر خوانا نیست.")
    await reviewer.phone.press(SURE_TO_RETURN)
    await officer.sees("نیازمند اصلاح")
    old = officer.live()["id"]
    assert "تصویر نامه امضاشده" in (await officer.says("اصلاح پیشنهاد"))["text"]
    await officer.says("انصراف", "ذخیره پیش‌نویس", "پیشنهادهای من")
    assert "اصلاح پیشنهاد ۱" in officer.labels()
    assert "تصویر نامه امضاشده" in (await officer.presses("اصلاح پیشنهاد ۱"))["text"]
    listed = await officer.hears_all("پیش‌نویس‌ها")
    assert "۱. " in listed[0]
    assert "۲. " not in listed[0], "one correction is one draft, however often it is opened"
    await officer.sends_file(PDF + b"\n", "better.pdf")
    await town.quiet()
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    assert "قدیمی" in await officer.told("اصلاح پیشنهاد", message_id=old)
    assert "پیشنهادهای من" in officer.screen()


async def test_a_released_case_waits_for_others(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await file_proposal(officer)
    await claim(reza)
    await reza.told("رها کردن")
    assert "برداشتن" in reza.labels()
    listed = await mina.says("کارتابل")
    assert "در انتظار: ۱، نزد شما: ۰" in listed["text"]
    await mina.presses("مورد ۱", "برداشتن")
    assert "نزد: مینا صادقی" in mina.screen()


async def test_a_card_that_the_case_has_outrun_shows_how_things_stand(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await file_proposal(officer)
    await claim(reza)
    refuse, card = pressed(reza, "عدم موافقت"), reza.live()["id"]
    await reza.told("رها کردن")
    await mina.told("دیدن پیشنهاد")
    await mina.told("برداشتن")
    assert "مینا صادقی" not in await reza.told(refuse, message_id=card, force=True)
    assert "نزد: مینا صادقی" in reza.screen()


async def test_an_officer_who_also_reviews_cannot_review_the_own_case(town: Town) -> None:
    both = await town.officer("سارا محمدی")
    token = await town.invite(Role.REVIEWER, "سارا محمدی")
    await both.says(f"/start {token}")
    code, _ = await file_proposal(both)
    await town.quiet()
    assert both.heard("پیشنهاد تازه رسید") == 0
    await both.says("کارتابل", "مورد ۱")
    assert "برداشتن" not in both.labels()
    data = pressed(both, "پیوست‌ها").replace("files", "claim")
    told = await both.told(data, message_id=both.live()["id"], force=True)
    assert told == "پرونده را خود شما ثبت کرده‌اید؛ دیگری باید درباره آن تصمیم بگیرد."
    assert await stage(both, code) == "ثبت شد"


async def test_an_admin_never_decides_even_as_a_reviewer(town: Town) -> None:
    officer = await town.officer()
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    code, _ = await file_proposal(officer)
    assert "کارتابل" not in admin.menu()
    assert "این کار در نقش‌های شما نیست" in (await admin.says("کارتابل"))["text"]
    await admin.says(f"/start {await town.invite(Role.REVIEWER, 'مریم احمدی')}")
    await admin.says("کارتابل", "مورد ۱")
    data = pressed(admin, "پیوست‌ها").replace("files", "claim")
    told = await admin.told(data, message_id=admin.live()["id"], force=True)
    assert told == "مدیر سامانه درباره پیشنهادها تصمیم نمی‌گیرد."
    assert await stage(officer, code) == "ثبت شد"


FORGED = (
    "open",
    "claim",
    "release",
    "agree",
    "refuse",
    "return",
    "files",
    "plan",
    "tick.0.on",
    "tick.0.off",
    "fix",
    "nothing",
)


async def test_a_stranger_with_forged_buttons_gets_nothing(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    stranger = await town.newcomer("stranger")
    here = stranger.phone.messages()[-1]["id"]
    forged = [f"c:{case}:2:{verb}" for case in (1, 999) for verb in FORGED]
    odd = [
        "c:1:2",
        "c:²:1:open",
        "c:99999999999999999999999:1:open",
        "i:new",
        "q:all:0",
        "d:open:1",
        "m:0",
        "m:-1",
    ]
    for data in [*forged, *odd, "f0:o:1", "f1:send", "x", "", ":", "ک"]:
        await stranger.told(data, message_id=here, force=True)
    for private in ("حسن یوسفی", "رضا کریمی", "۱۲۰٬۰۰۰٬۰۰۰", code[:4], AGENCY):
        assert private not in stranger.chat_text()
    assert await stage(officer, code) == "در حال بررسی"


async def test_forged_numbers_from_staff_are_old_buttons(town: Town) -> None:
    reviewer = await town.reviewer()
    here = reviewer.phone.messages()[-1]["id"]
    for data in (
        "c:999:1:claim",
        "c:999:1:open",
        "c:1:1:tick.x",
        "c:1:1:tick.0",
        "c:1:1:tick.0.x",
        "q:all:999",
        "q:nothing:0",
        "d:drop:5",
    ):
        await reviewer.told(data, message_id=here, force=True)
    assert not town.apologised()


async def test_a_revoked_reviewer_loses_every_button_at_once(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    await town.revoke("رضا کریمی", Role.REVIEWER)
    assert await reviewer.told("موافقت") == "این کار در اختیار شما نیست."
    assert await reviewer.told("پیوست‌ها") == "این کار در اختیار شما نیست."
    said = await reviewer.hears_all("کارتابل")
    assert said == ["این کار در نقش‌های شما نیست. برای دیدن کارهای خود «منو» را بنویسید."]
    assert reviewer.menu() == ANYBODY
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_role_taken_in_the_middle_of_a_refusal_stops_it(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("عدم موافقت", "☐ روشن نبودن اصل یا مبلغ بدهی", "ادامه")
    await reviewer.told("رد کردن")
    await town.revoke("رضا کریمی", Role.REVIEWER)
    await reviewer.told(SURE)
    assert "در اختیار شما نیست" in reviewer.chat_text()
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_role_taken_in_the_middle_of_a_filing_stops_it(town: Town) -> None:
    officer = await town.officer("سارا محمدی")
    await fill_in(officer)
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await town.revoke("سارا محمدی", Role.OFFICER)
    await officer.told("ارسال پیشنهاد")
    assert "این کار در نقش‌های شما نیست" in officer.screen()
    await officer.hears_all("ثبت پیشنهاد")
    assert officer.menu() == ANYBODY
    assert await town.cases() == 0


async def test_the_attachments_come_to_the_reviewer(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.told("دیدن پیشنهاد")
    await reviewer.told("پیوست‌ها")
    assert sum(m["document"] is not None for m in reviewer.phone.messages()) == 1
    assert "قسط ۱۲: ۱۰٬۰۰۰٬۰۰۰ ریال" in reviewer.screen()
    assert "جدول کامل اقساط" not in reviewer.labels(), "the card has the whole table already"


async def test_the_whole_plan_comes_to_the_reviewer_where_the_card_cuts_it(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_case(town, officer, instalments=24)
    await reviewer.hears_all("کارتابل")
    await reviewer.told("مورد ۱")
    assert "و ۱۹ قسط دیگر" in reviewer.screen()
    assert "قسط ۱۲:" not in reviewer.screen()
    await reviewer.told("جدول کامل اقساط")
    assert reviewer.heard("قسط ۱۲: ۵٬۰۰۰٬۰۰۰ ریال") == 1


async def test_a_role_taken_before_the_refusal_is_typed_stops_it_too(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("عدم موافقت", "☐ دلیل دیگر", "ادامه")
    await town.revoke("رضا کریمی", Role.REVIEWER)
    await reviewer.hears_all("سند بدهی پیوست نیست.")
    assert await reviewer.hears_all(SURE) == ["این کار در اختیار شما نیست."]
    assert "متوجه منظور شما نشدم" in (await reviewer.hears_all("هنوز هستم"))[0], "the form is closed"
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_revoked_officer_who_types_the_correction_is_told_no(town: Town) -> None:
    officer, reviewer = await town.officer("سارا محمدی"), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("بازگشت برای اصلاح", "☐ تصویر نامه", "ادامه")
    await reviewer.says("تصویر خوانا نیست.")
    await reviewer.phone.press(SURE_TO_RETURN)
    await officer.sees("نیازمند اصلاح")
    await town.revoke("سارا محمدی", Role.OFFICER)
    assert await officer.hears_all("اصلاح پیشنهاد") == ["این کار در اختیار شما نیست."]
    assert await officer.told("اصلاح پیشنهاد") == "این کار در اختیار شما نیست."


async def test_a_refusal_is_about_the_version_its_reviewer_saw(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    card, release = reviewer.live()["id"], pressed(reviewer, "رها کردن")
    await reviewer.presses("عدم موافقت", "☐ دلیل دیگر", "ادامه")
    # From the card that still stands in the chat the case is put back, and taken again.
    await reviewer.told(release, message_id=card, force=True)
    await reviewer.told("برداشتن", message_id=card)
    await reviewer.hears_all("سند بدهی پیوست نیست.")
    told = await reviewer.hears_all(SURE)
    assert told[0] == "پرونده در این میان تغییر کرده است؛ وضعیت کنونی نشان داده شد."
    assert code_in(told[1]) == code
    assert await stage(officer, code) == "در حال بررسی"


async def test_a_double_tap_on_a_condition_leaves_it_ticked(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    first = next(label for label in reviewer.labels() if "تأیید نشده" in label)
    card, tick = reviewer.live()["id"], pressed(reviewer, first)
    for _ in range(2):
        await reviewer.told(tick, message_id=card, force=True)
        assert sum("✓" in label for label in reviewer.labels()) == 1
    await reviewer.told(next(label for label in reviewer.labels() if "✓" in label))
    assert sum("✓" in label for label in reviewer.labels()) == 0
