"""The authorised official's confirmation, where the agency wants one: no case arises without it."""

import pytest
from journey_office import act, judge
from test_journeys_day import case_of
from test_journeys_refusals import labels_of
from town import Resident, Town, claim, fill_in

from domain.lifecycle import State
from services import cosign, decisions, review

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def cosigning_officer(town: Town) -> tuple[Resident, str]:
    """An officer whose agency wants the confirmation has sent a proposal; gives the code of the link."""
    officer = await town.officer()
    await town.run(lambda work: cosign.set_cosign(work, None, 1, on=True))
    await fill_in(officer)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم", "ارسال پیشنهاد")
    assert "پیشنهاد در انتظار تأیید مقام مجاز است" in officer.screen()
    token = next(
        word for word in officer.screen().replace("\u200f", " ").split() if word.startswith("cosign")
    )
    return officer, token


async def test_a_case_arises_only_by_the_officials_confirmation(town: Town) -> None:
    officer, token = await cosigning_officer(town)
    reviewer, official = await town.reviewer(), await town.newcomer("علی رضایی")
    assert await town.cases() == 0
    assert "نمی‌تواند آن را تأیید کند" in (await officer.says(f"/start {token}"))["text"]
    await official.says(f"/start {token}")
    await town.quiet()
    shown = official.screen()
    assert all(told in shown for told in ("حسن یوسفی", "۱۲۰٬۰۰۰٬۰۰۰ ریال", "سارا محمدی"))
    assert "letter.pdf" in official.chat_text()
    thief = await town.newcomer("کنجکاو")
    assert "دیگر به کار نمی‌آید" in (await thief.says(token))["text"], "single use"
    await official.presses("تأیید و ارسال")
    assert "نام و نام خانوادگی شما چیست؟" in official.screen()
    await official.says("علی رضایی")
    await town.quiet()
    assert "تأیید شما ثبت شد" in official.screen()
    assert officer.heard("مقام مجاز، علی رضایی، پیشنهاد را تأیید کرد.") == 1
    assert officer.heard("پیشنهاد شما ثبت شد.") == 1
    case = await case_of(town)
    event = (await town.run(lambda work: work.cases.events(1)))[0]
    signed = await town.run(lambda work: work.filing.cosignature(1))
    assert signed is not None
    assert (case.filed_by, event.details) == (signed.officer, {"cosigned": 1})
    assert (signed.name, signed.user_id) == ("علی رضایی", official.phone.person.user_id)
    assert signed.outcome == "confirmed"
    await claim(reviewer)
    assert "تأیید مقام مجاز در سامانه: علی رضایی" in reviewer.screen()


async def test_an_official_sends_it_back_and_the_draft_is_open_again(town: Town) -> None:
    officer, token = await cosigning_officer(town)
    official = await town.officer("علی رضایی")
    await official.says(token)
    await town.quiet()
    await official.presses("بازگرداندن به کارشناس")
    await official.says("مبلغ را اصلاح کنید.")
    await town.quiet()
    assert officer.heard("توضیح: مبلغ را اصلاح کنید.") == 1
    await officer.presses("ادامه")
    assert "خلاصه پیشنهاد" in officer.screen()
    assert await town.cases() == 0


async def test_a_draft_that_waits_is_locked_until_it_is_taken_back(town: Town) -> None:
    officer, token = await cosigning_officer(town)
    official = await town.newcomer("علی رضایی")
    await officer.says("پیش‌نویس‌ها")
    assert "در انتظار تأیید مقام مجاز" in officer.screen()
    assert "ادامه ۱" not in officer.labels()
    await officer.presses("پس گرفتن ۱")
    assert "ادامه ۱" in officer.labels()
    assert "دیگر به کار نمی‌آید" in (await official.says(token))["text"]


async def test_a_link_that_nobody_used_in_a_day_opens_nothing_and_the_officer_is_told(town: Town) -> None:
    officer, token = await cosigning_officer(town)
    official = await town.newcomer("علی رضایی")
    await town.wait(hours=24)
    assert officer.heard("مهلت تأیید مقام مجاز پایان یافت") == 1
    assert "دیگر به کار نمی‌آید" in (await official.says(token))["text"]
    assert "ادامه ۱" in labels_of(await officer.says("پیش‌نویس‌ها"))


async def test_somebody_of_the_office_confirms_nothing(town: Town) -> None:
    _, token = await cosigning_officer(town)
    reviewer = await town.reviewer()
    assert "نقش دیگر" in (await reviewer.says(token))["text"]
    assert await town.cases() == 0


async def test_a_second_touch_tells_the_official_what_came_of_the_first(town: Town) -> None:
    _, token = await cosigning_officer(town)
    official = await town.newcomer("علی رضایی")
    await official.says(token)
    await town.quiet()
    asked = next(m for m in official.phone.messages() if "پیشنهادی برای تأیید شما" in m["text"])
    await official.presses("تأیید و ارسال")
    await official.says("علی رضایی")
    await town.quiet()
    await official.told("تأیید و ارسال", message_id=asked["id"])
    await town.quiet()
    assert official.heard("این پیشنهاد را پیش‌تر تأیید کرده‌اید.") == 1
    assert await town.cases() == 1


async def test_a_correction_goes_in_with_the_official_too(town: Town) -> None:
    officer, token = await cosigning_officer(town)
    official = await town.newcomer("علی رضایی")
    await official.says(token)
    await town.quiet()
    await official.presses("تأیید و ارسال")
    await official.says("علی رضایی")
    await town.quiet()
    reviewer = await judge(town)
    case = await act(town, review.claim, reviewer, await case_of(town))
    await act(town, decisions.return_for_correction, reviewer, case, reasons=("marked.1",), note="اصلاح شود.")
    await officer.says("اصلاح پیشنهاد")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم", "ارسال پیشنهاد")
    await officer.presses("بله، ارسال شود")
    assert (await case_of(town)).state is State.RETURNED
    again = next(
        word for word in officer.screen().replace("\u200f", " ").split() if word.startswith("cosign")
    )
    await officer.says("اصلاح پیشنهاد")
    assert "پس گرفتن ۱" in officer.labels(), "it is with the official"
    await official.says(again)
    await town.quiet()
    await official.presses("تأیید و ارسال")
    await official.says("علی رضایی")
    await town.quiet()
    assert official.heard("پیشنهاد اصلاح‌شده به اداره کل رفت") == 1
    assert (await case_of(town)).state is State.SUBMITTED
