"""Several at one case: who has the card open keeps it, and reads what was decided before the agency does."""

import pytest
from test_journeys_reviewing_desk import cards, sets
from town import Resident, Town, agree, claim, file_proposal

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
RETURNED = "بله، بازگردانده شود"


async def returns(reviewer: Resident, *rows: str, note: str = "مبلغ با نامه یکی نیست.") -> str:
    """Mark rows, write the note and mean it; gives what the last question said."""
    await reviewer.presses("بازگشت برای اصلاح", *(f"☐ {row}" for row in rows), "ادامه")
    await reviewer.hears_all(note)
    asked = reviewer.screen()
    await reviewer.told(RETURNED)
    return asked


async def test_a_colleague_who_has_the_card_open_keeps_it_while_the_case_moves(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    sara = await town.reviewer("سارا امینی")
    code, _ = await file_proposal(officer)
    await mina.sees("رسید")
    await mina.told("دیدن پیشنهاد")
    await claim(reza)
    await town.quiet()
    assert "نزد: رضا کریمی" in mina.screen()
    assert "حسن یوسفی" in mina.screen(), "she reads on"
    assert mina.labels() == ["یادداشت داخلی", "سابقه و یادداشت‌ها", "پیوست‌ها"]
    assert "حسن یوسفی" not in sara.screen(), "a prompt never opened stays a line"
    assert sara.labels() == ["دیدن پیشنهاد"]
    await agree(reza)
    assert "تصمیم: موافقت، رضا کریمی، " in mina.screen()
    await reza.told("کارتابل")
    assert "کارتابل: همه" in reza.screen()
    assert "با پیشنهاد موافقت شد" in mina.screen()
    assert "حسن یوسفی" in mina.screen()
    for reviewer in (reza, mina, sara):
        assert len(cards(reviewer, code)) == 1


async def test_a_prompt_in_place_of_an_open_card_is_a_line_again(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await file_proposal(officer)
    await mina.sees("رسید")
    await mina.told("دیدن پیشنهاد")
    await claim(reza)
    await returns(reza, "مبلغ بدهی")
    await officer.told("اصلاح پیشنهاد")
    await officer.hears_all("۲۴۰٬۰۰۰٬۰۰۰")
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    assert "پیشنهاد اصلاح‌شده رسید" in mina.screen()
    await reza.told("دیدن پیشنهاد")
    await reza.told("برداشتن")
    assert "نزد: رضا کریمی" in mina.screen()
    assert "حسن یوسفی" not in mina.screen()


async def test_what_waits_to_be_told_is_read_on_the_card_until_it_is(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    sara = await town.reviewer("سارا امینی")
    await sets(town, undo_minutes=10)
    await file_proposal(officer)
    await mina.sees("رسید")
    await mina.told("دیدن پیشنهاد")
    await claim(reza)
    asked = await returns(reza, "مبلغ بدهی", "تصویر نامه", "مورد دیگر", note="نامه خوانا نیست.")
    what = ("بخش‌های نیازمند اصلاح: تصویر نامه، مبلغ بدهی", "موضوع اصلاح: نامه خوانا نیست.")
    for reviewer in (reza, mina):
        assert "تصمیم رضا کریمی در" in reviewer.screen()
        assert "در انتظار اعلام: بازگشت برای اصلاح" in reviewer.screen()
    for told in (asked, reza.screen(), mina.screen()):
        assert all(line in told for line in what)
    assert "تصمیم رضا کریمی در انتظار اعلام است." in sara.screen()
    await town.wait(minutes=11)
    assert all(line in officer.chat_text() for line in what), "word for word"
    assert "در انتظار اعلام" not in mina.screen() + sara.screen()


async def test_keys_stand_two_in_a_row_and_the_agreement_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    while "موافقت" not in reviewer.labels():
        await reviewer.told(next(label for label in reviewer.labels() if "تأیید نشده" in label))
    rows = [[key["text"] for key in row] for row in reviewer.live()["inline"]]
    assert [len(row) for row in rows[:-5]] == [1] * 5, "a condition a row"
    assert rows[-5:] == [
        ["موافقت"],
        ["عدم موافقت", "بازگشت برای اصلاح"],
        ["واگذاری به همکار", "رها کردن"],
        ["یادداشت داخلی", "سابقه و یادداشت‌ها"],
        ["پیوست‌ها"],
    ]


async def test_marks_are_called_marks_and_the_way_on_is_named_once_it_is_there(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    asked = await reviewer.presses("بازگشت برای اصلاح")
    assert "«ادامه»" not in asked["text"]
    marked = await reviewer.presses("☐ مبلغ بدهی")
    assert "نشان‌شده: مبلغ بدهی" in marked["text"]
    assert "سپس «ادامه» را بزنید" in marked["text"]
    assert "پاسخ کنونی" not in marked["text"]


async def test_a_marked_row_that_was_left_as_it_was_is_said_to_both_sides(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await returns(reviewer, "شماره نامه", "مبلغ بدهی")
    await officer.told("اصلاح پیشنهاد")
    await officer.told("ادامه")
    await officer.hears_all("۲۴۰٬۰۰۰٬۰۰۰")
    rows = officer.screen().splitlines()
    ends = ("(اصلاح شد)", "(تغییر نکرد)")
    assert [end for row in rows for end in ends if row.endswith(end)] == ["(تغییر نکرد)", "(اصلاح شد)"]
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    await reviewer.told("دیدن پیشنهاد")
    assert "شماره نامه: تغییر نکرد" in reviewer.screen()
    assert "مبلغ بدهی، پس از اصلاح: ۲۴۰٬۰۰۰٬۰۰۰ ریال" in reviewer.screen()
