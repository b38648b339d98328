"""The first journey: file, review, announce, track."""

from town import Town, code_in, file_proposal


async def test_a_proposal_is_filed_agreed_and_followed_by_the_debtor(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    debtor = await town.newcomer("debtor")
    code, passcode = await file_proposal(officer)

    prompt = await reviewer.sees("پیشنهاد تازه رسید")
    assert code_in(prompt["text"]) == code
    await reviewer.presses("دیدن پیشنهاد", "برداشتن")
    await officer.sees("در حال بررسی")
    for _ in range(5):
        await reviewer.phone.press(next(label for label in reviewer.labels() if "تأیید نشده" in label))
        await reviewer.sees()
    await reviewer.presses("موافقت")
    await reviewer.phone.press("بله، موافقت ثبت شود")
    await reviewer.sees("با پیشنهاد موافقت شد")
    told = await officer.sees("با پیشنهاد موافقت شد")
    assert code_in(told["text"]) == code

    stage = await debtor.says(code)
    assert "با پیشنهاد موافقت شد" in stage["text"]
    assert "حسن یوسفی" not in stage["text"]
    await debtor.presses("دیدن جزئیات")
    await debtor.phone.send(passcode)
    details = await debtor.sees("جزئیات پیشنهاد")
    assert "حسن یوسفی" in details["text"]
    assert "۱۲۰٬۰۰۰٬۰۰۰ ریال" in details["text"]
