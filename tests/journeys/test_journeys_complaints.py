"""A complaint's whole way: sent by a stranger, answered by somebody independent, objected to, asked about."""

from journey_complaints import TEXT, answer, complain, take
from journey_office import act, agree, file_case, judge
from town import Town, code_in

from domain.roles import Role
from services import review


async def test_a_strangers_complaint_is_answered_by_the_independent_and_its_objection_by_another(
    town: Town,
) -> None:
    filer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, filer)
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    first = await town.staff(Role.COMPLAINTS, "لیلا احمدی")
    stranger = await town.newcomer("stranger")
    receipt = await complain(stranger, code=case.code)
    assert "کسی رسیدگی می‌کند که در آن موضوع نقشی نداشته است" in receipt
    code = code_in(receipt)
    assert code != case.code
    await take(first)
    assert TEXT in first.screen()
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
    await town.quiet()
    assert stranger.heard("رسیدگی به این شکایت یا نظر چگونه بود؟") == 1, (
        "not of the answer that was objected to"
    )
    assert await stranger.told("۲") == "امتیاز ۲ ثبت شد؛ سپاسگزاریم."
    await stranger.presses("نوشتن توضیح")
    await stranger.says("خیلی طول کشید.")
    await stranger.sees("توضیح شما ثبت شد")
    view = await stranger.says(code)
    assert view["text"].startswith("پایان یافت")
    assert "حق با شماست و جبران شد." in view["text"]
