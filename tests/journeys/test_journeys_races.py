"""What is done twice, or by two at once, on either engine."""

import asyncio

import pytest
from town import Town, file_proposal, fill_in

pytestmark = pytest.mark.parametrize("platform", ["telegram"], indirect=True)


async def test_of_two_who_take_a_case_at_once_one_wins_and_the_other_is_told_who(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await file_proposal(officer)
    for reviewer in (reza, mina):
        await reviewer.sees("پیشنهاد تازه رسید")
        await reviewer.told("دیدن پیشنهاد")
    answers = await asyncio.gather(reza.phone.press("برداشتن"), mina.phone.press("برداشتن"))
    await town.quiet()
    told = [(answer or {}).get("text", "") for answer in answers]
    won, lost = (reza, 1) if told[0] == "" else (mina, 0)
    holder = "رضا کریمی" if won is reza else "مینا صادقی"
    assert told[lost] == f"این پرونده را {holder} پیش از شما برداشته است."
    assert "موافقت" not in (mina if won is reza else reza).labels()
    assert officer.heard("در حال بررسی") == 1


async def test_two_presses_of_send_give_one_case_and_one_passcode(town: Town) -> None:
    officer = await town.officer()
    await fill_in(officer)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    shown = officer.live()
    send = next(b["data"] for row in shown["inline"] for b in row if b["text"] == "ارسال پیشنهاد")
    for _ in range(3):
        await officer.phone.press(send, message_id=shown["id"], force=True, within=0)
    await officer.phone.send("ارسال پیشنهاد")
    await officer.sees("پیشنهاد شما ثبت شد")
    await town.quiet()
    assert await town.cases() == 1
    assert officer.heard("رمز این فرم") == 1
    assert "۱. حسن یوسفی: ثبت شد" in (await officer.says("پیشنهادهای من"))["text"]
    assert "پیش‌نویسی ندارید" in (await officer.says("پیش‌نویس‌ها"))["text"]


async def test_one_draft_sent_from_two_messengers_at_once_gives_one_case(town: Town) -> None:
    here = await town.officer()
    there = await town.add_account(here, "bale")
    await fill_in(here)
    await here.presses("درستی اطلاعات را تأیید می‌کنم")
    shown = here.live()
    send = next(b["data"] for row in shown["inline"] for b in row if b["text"] == "ارسال پیشنهاد")
    await there.says("/start", "پیش‌نویس‌ها")
    await there.told("ادامه ۱")
    # The draft has gone over; on the first phone, which has not noticed yet, its old button still stands.
    await asyncio.gather(
        here.phone.press(send, message_id=shown["id"], force=True), there.phone.press("ارسال پیشنهاد")
    )
    await town.quiet()
    assert await town.cases() == 1
    assert here.heard("رمز این فرم") + there.heard("رمز این فرم") == 1
