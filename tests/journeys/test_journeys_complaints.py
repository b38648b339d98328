"""Complaints: sent by anybody, answered by somebody who had no part in it, objected to once."""

import pytest
from journey_office import act, agree, file_case, judge
from town import Resident, Town, code_in, passcode_in

from domain.roles import Actor, Role
from services import review

TEXT = "نتیجه پیشنهاد ما در زمان گفته‌شده اعلام نشد."


async def complain(sender: Resident, *, code: str = "رد کردن", anonymous: str = "خیر") -> str:
    """Send a complaint about a case, or about none; gives the acknowledgement."""
    await sender.says("شکایت و نظر", "شکایت", "نتیجه رسیدگی", TEXT, code, "رد کردن", "از طرف خودم", anonymous)
    await sender.phone.press("ارسال")
    return str((await sender.sees("شما ثبت شد"))["text"])


async def take(officer: Resident) -> None:
    """Take the complaint of the newest prompt."""
    await officer.sees("رسید")
    await officer.presses("دیدن شکایت", "برداشتن")


async def answer(officer: Resident, text: str = "رسیدگی شد.", cause: str = "تأخیر در رسیدگی") -> None:
    """Answer the complaint whose card stands last."""
    await officer.presses("پاسخ دادن")
    await officer.says(text, cause)
    await officer.presses("بله، پاسخ فرستاده شود")
    await officer.town.quiet()


async def test_a_complaint_about_a_case_is_answered_objected_to_and_closed_by_another_person(
    town: Town,
) -> None:
    filer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, filer)
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    first = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    stranger = await town.newcomer("stranger")
    receipt = await complain(stranger, code=case.code)
    code = code_in(receipt)
    await take(first)
    await stranger.sees("رسیدگی آغاز شد")
    second = await town.staff(Role.COMPLAINTS, "مینا نادری")
    await answer(first)
    told = await stranger.sees("پاسخ اداره کل رسید")
    assert "رسیدگی شد." in told["text"]
    await stranger.presses("خیر، اعتراض دارم")
    await stranger.says("پاسخ به پرسش من نبود.")
    await stranger.sees("اعتراض شما ثبت شد")
    prompt = await second.sees("اعتراض به یک پاسخ رسید")
    assert code_in(prompt["text"]) == code
    assert first.heard("اعتراض به یک پاسخ رسید") == 0
    await second.presses("دیدن شکایت", "برداشتن")
    await answer(second, "حق با شماست و جبران شد.", "اشتباه در رسیدگی")
    last = await stranger.sees("به اعتراض شما پاسخ داده شد")
    assert "این پاسخ نهایی است" in last["text"]
    await town.wait(minutes=20)
    await stranger.sees("رسیدگی به این شکایت یا نظر چگونه بود؟")
    await stranger.told("۲")
    assert "امتیاز شما: ۲ از ۵" in stranger.screen()
    await stranger.presses("نوشتن توضیح")
    await stranger.says("خیلی طول کشید.")
    await stranger.sees("توضیح شما ثبت شد")
    view = await stranger.says(code)
    assert view["text"].startswith("پایان یافت")
