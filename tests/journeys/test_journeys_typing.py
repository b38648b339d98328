"""Every button can be typed: whole journeys without a single press."""

import pytest
from town import Resident, Town, code_in, fill_in

from messages_fa import personal

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def file_by_typing(officer: Resident) -> str:
    """File a proposal with words alone; gives its code."""
    await fill_in(officer)
    await officer.says("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.send("ارسال پیشنهاد")
    return code_in((await officer.sees("پیشنهاد شما ثبت شد"))["text"])


async def test_a_proposal_is_filed_and_agreed_by_typing_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code = await file_by_typing(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    card = await reviewer.says("دیدن پیشنهاد")
    assert "به حروف: یکصد و بیست میلیون ریال" in card["text"]
    await reviewer.says("برداشتن")
    for number in ("۱", "2", "٣", "۴."):
        await reviewer.says(number)
    last = next(label for label in reviewer.labels() if "تأیید نشده" in label)
    await reviewer.says(last)
    await reviewer.hears_all("پیوست‌ها")
    await reviewer.says("موافقت")
    await reviewer.phone.send("بله، موافقت ثبت شود")
    told = await officer.sees("با پیشنهاد موافقت شد")
    assert code_in(told["text"]) == code


async def test_a_return_and_its_correction_go_by_typing_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code = await file_by_typing(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.says("کارتابل", "1", "برداشتن", "بازگشت برای اصلاح", "نام بدهکار", "ادامه")
    await reviewer.says("نام کامل نیست.")
    await reviewer.phone.send("۱")
    await officer.sees("نیازمند اصلاح")
    await officer.says("اصلاح پیشنهاد", "حسن یوسفی راد", "تأیید")
    await officer.phone.send("ارسال")
    assert code_in((await officer.sees("پیشنهاد اصلاح‌شده ارسال شد"))["text"]) == code
    await reviewer.sees("پیشنهاد اصلاح‌شده رسید")
    await reviewer.says("دیدن پیشنهاد", "برداشتن", "عدم موافقت", "۱", "ادامه")
    await reviewer.says("رد کردن")
    await reviewer.phone.send("۱")
    told = await officer.sees("با پیشنهاد موافقت نشد")
    assert "کامل نبودن شرایط عمومی" in told["text"]


async def test_what_cannot_be_done_is_said_to_the_one_who_typed_it(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await file_by_typing(officer)
    for reviewer in (reza, mina):
        await reviewer.sees("پیشنهاد تازه رسید")
        await reviewer.hears_all("دیدن پیشنهاد")
    await reza.hears_all("برداشتن")
    said = await mina.hears_all("برداشتن")
    assert said[0] == "این پرونده را رضا کریمی پیش از شما برداشته است."
    assert "نزد: رضا کریمی" in said[1]


async def test_leaving_and_going_back_without_a_form_say_so(town: Town) -> None:
    officer = await town.officer()
    assert "انصراف دهید" in (await officer.says("انصراف"))["text"]
    assert "به گام پیش" in (await officer.says("بازگشت"))["text"]
    assert "متوجه منظور شما نشدم" in (await officer.says("دیدن پیشنهاد و سلام"))["text"]
    assert "این کار در نقش‌های شما نیست" in (await officer.says("دیدن پیشنهاد"))["text"]


async def test_commands_work_in_every_state_of_a_form(town: Town) -> None:
    officer = await town.officer()
    await officer.says("/new", "تقسیط", "خیر")
    assert "مقررات" in (await officer.says("/back"))["text"]
    await officer.says("/cancel")
    assert "مقررات" in (await officer.says("/back"))["text"]
    await officer.says("/cancel")
    assert "نگه داشته شد" in (await officer.says("ذخیره پیش‌نویس"))["text"]
    assert "پیش‌نویس‌های شما" in (await officer.says("/drafts"))["text"]


async def test_agreement_typed_too_early_says_what_comes_first(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_by_typing(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.hears_all("دیدن پیشنهاد")
    await reviewer.hears_all("برداشتن")
    assert await reviewer.hears_all("موافقت") == ["نخست پرونده را بردارید و همه شرایط عمومی را تأیید کنید."]


async def test_ones_own_data_are_asked_for_in_the_middle_of_a_form_which_then_goes_on(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    assert "«داده‌های من» را بنویسید" in "\n".join(await stranger.hears_all("راهنما"))
    asked = (await stranger.says("شکایت و نظر", "شکایت", "نتیجه رسیدگی"))["text"]
    assert "شکایت" in asked
    menu, *_ = await stranger.hears_all("داده‌های من")
    assert menu == personal.menu(known=False).plain
    assert "کد رهگیری" in (await stranger.says("نتیجه پیشنهاد ما در زمان گفته‌شده اعلام نشد."))["text"]
