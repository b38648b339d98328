"""The desk in a chat: one card a case, the queue's filters, holds that end, notes that stay inside."""

import pytest
from town import Resident, Town, agree, claim, file_proposal, tick_all

from domain.roles import Role
from services import settings

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def sets(town: Town, **values: int | bool | str) -> None:
    """What the office sets, by the command line."""
    for name, value in values.items():
        await town.run(lambda work, n=name, v=value: settings.change(work, by=None, name=n, value=v))  # type: ignore[misc]


def cards(resident: Resident, code: str) -> list[str]:
    """The messages about this case, from top to bottom."""
    said = [m["text"] or "" for m in resident.phone.messages() if m["from"] == "bot"]
    return [text for text in said if code[:4] in text]


async def returned(town: Town, reviewer: Resident, officer: Resident) -> None:
    """The case in hand goes back for its amount, and comes in again."""
    await reviewer.presses("بازگشت برای اصلاح", "☐ مبلغ بدهی", "ادامه")
    await reviewer.hears_all("مبلغ با نامه یکی نیست.")
    await reviewer.told("بله، بازگردانده شود")
    await officer.told("اصلاح پیشنهاد")
    await officer.hears_all("۲۴۰٬۰۰۰٬۰۰۰")
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    await town.quiet()


async def test_whatever_happens_a_case_has_one_message_in_each_reviewer_s_chat(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    there = await town.add_account(reza, "bale")
    code, _ = await file_proposal(officer)
    await claim(reza)
    await town.quiet()
    for resident in (reza, mina, there):
        assert len(cards(resident, code)) == 1
        assert "نزد: رضا کریمی" in cards(resident, code)[0]
    await reza.hears_all("کارتابل")
    await reza.told("مورد ۱")
    assert len(cards(reza, code)) == 1
    assert "شرایط عمومی" in reza.screen(), "the card stands below the queue"
    await reza.told("پیوست‌ها")
    assert "شرایط عمومی" in reza.screen(), "and below the attachments"
    await returned(town, reza, officer)
    for resident in (reza, mina, there):
        assert len(cards(resident, code)) == 1
        assert "پیشنهاد اصلاح‌شده رسید" in resident.screen(), "a correction notifies"
    await reza.told("دیدن پیشنهاد")
    await reza.told("برداشتن")
    await agree(reza)
    for resident in (reza, mina, there):
        assert len(cards(resident, code)) == 1
        assert "با پیشنهاد موافقت شد" in cards(resident, code)[0]


async def test_a_card_too_old_to_be_deleted_says_where_it_went_and_alarms_nobody(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await town.wait(hours=50)
    await reviewer.hears_all("کارتابل")
    await reviewer.told("مورد ۱")
    assert len(cards(reviewer, code)) == 1
    assert reviewer.heard("این پرونده پایین‌تر در همین گفت‌وگو آمده است.") == 1
    assert admin.heard("ارسال") == 0


async def test_after_a_crash_no_card_comes_twice_and_the_counts_are_right(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await town.quiet()
    await town.crash()
    await town.open()
    await town.quiet()
    assert len(cards(reviewer, code)) == 1
    await reviewer.hears_all("کارتابل")
    assert "در انتظار: ۱، نزد شما: ۱" in reviewer.screen()
    await reviewer.told("مورد ۱")
    await agree(reviewer)
    assert officer.heard("با پیشنهاد موافقت شد") == 1


async def test_the_record_is_sent_whole_to_the_desk_and_to_nobody_else(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    for number in range(1, 6):
        await reviewer.told("یادداشت داخلی")
        await reviewer.hears_all(f"شماره {number} " + "با دستگاه تماس گرفتم. " * 40)
    await returned(town, reviewer, officer)
    before = {m["id"] for m in reviewer.phone.messages()}
    await reviewer.told("دیدن پیشنهاد")
    await reviewer.told("سابقه و یادداشت‌ها")
    assert "پیشنهاد اصلاح‌شده" not in reviewer.screen()
    assert reviewer.labels()[0] == "برداشتن", "the card stands below the record"
    sent = [m["text"] or "" for m in reviewer.phone.messages() if m["id"] not in before]
    record = "\n".join(sent[:-1])
    assert len(sent) == 3, "two messages and the card"
    assert max(map(len, sent)) <= 3900
    assert [number for number in range(1, 6) if f"شماره {number} با دستگاه" in record] == [1, 2, 3, 4, 5]
    assert record.count("با دستگاه تماس گرفتم.") == 5 * 40
    assert "دلیل: نیاز به اصلاح بخش‌های نشان‌شده" in record
    assert "توضیح: مبلغ با نامه یکی نیست." in record
    assert "مبلغ بدهی، پس از اصلاح: ۲۴۰٬۰۰۰٬۰۰۰ ریال" in record
    assert officer.heard("سابقه پرونده") == 0
    assert officer.heard("با دستگاه تماس گرفتم.") == 0


async def test_a_case_of_a_former_reviewer_is_free_again_and_all_cards_say_so(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    code, _ = await file_proposal(officer)
    await claim(reza)
    await tick_all(reza)
    await sets(town, undo_minutes=10)
    await reza.told("موافقت")
    await reza.told("بله، موافقت ثبت شود")
    await town.revoke("رضا کریمی", Role.REVIEWER)
    await town.sweep()
    assert len(cards(reza, code)) == 1
    assert "بررسی این پرونده دیگر با شما نیست" in cards(reza, code)[0]
    assert "تصمیم شما اعلام نشد: موافقت" in cards(reza, code)[0]
    assert "حسن یوسفی" not in cards(reza, code)[0]
    assert "نزد: رضا کریمی" not in cards(mina, code)[0]
    await town.wait(minutes=11)
    assert officer.heard("با پیشنهاد موافقت شد") == 0
    await mina.told("دیدن پیشنهاد")
    await mina.told("برداشتن")
    assert "نزد: مینا صادقی" in mina.screen()


async def test_the_queue_is_filtered_by_buttons_and_by_their_names(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    for _ in range(2):
        await file_proposal(officer)
    await town.quiet()
    await reviewer.told("دیدن پیشنهاد")
    await reviewer.told("برداشتن")
    await reviewer.hears_all("کارتابل")
    assert reviewer.labels() == [
        "مورد ۱",
        "مورد ۲",
        "همه (۲)",
        "نزد من (۱)",
        "برداشته‌نشده (۱)",
        "بازگشته (۰)",
    ]
    row = reviewer.screen()
    assert "تقسیط، ۱۲۰ میلیون ریال، حسن یوسفی" in row
    assert "سازمان نمونه، در حال بررسی، نزد رضا کریمی" in row
    await reviewer.told("برداشته‌نشده (۱)")
    assert "کارتابل: برداشته‌نشده" in reviewer.screen()
    assert reviewer.labels()[0:2] == ["مورد ۱", "همه (۲)"]
    await reviewer.hears_all("نزد من")
    assert "کارتابل: نزد من" in reviewer.screen()
    await sets(town, decision_target="1d")
    await town.wait(days=20)
    await reviewer.hears_all("دیرکرد")
    assert "دیرکرد (۲)" in reviewer.labels()
    assert "هدف اداره کل: ۱ روز کاری" in reviewer.screen()


async def test_a_case_is_handed_to_a_colleague_by_name(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    code, _ = await file_proposal(officer)
    await claim(reza)
    await reza.told("واگذاری به همکار")
    assert reza.labels() == ["مینا صادقی", "بازگشت به پرونده"]
    assert await reza.told("مینا صادقی") == "پرونده به مینا صادقی واگذار شد."
    assert "پرونده‌ای به شما واگذار شد" in mina.screen()
    assert len(cards(mina, code)) == 1
    assert "نزد: مینا صادقی" in reza.screen()
    assert "رها کردن" not in reza.labels()
    await mina.told("دیدن پیشنهاد")
    await agree(mina)
    assert officer.heard("در حال بررسی") == 1, "who reviews it is the office's own affair"


async def test_a_director_gives_a_waiting_case_to_a_reviewer(town: Town) -> None:
    officer, reza = await town.officer(), await town.reviewer("رضا کریمی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    await file_proposal(officer)
    assert "کارتابل" in director.menu()
    await director.hears_all("کارتابل")
    await director.told("مورد ۱")
    assert "برداشتن" not in director.labels()
    await director.told("واگذاری به همکار")
    await director.told("رضا کریمی")
    assert "واگذارنده: لیلا مدیر" in reza.screen()
    assert officer.heard("در حال بررسی") == 1


async def test_a_hold_that_ends_by_itself_is_told_to_its_holder_alone(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await sets(town, hold_hours=8)
    code, _ = await file_proposal(officer)
    await claim(reza)
    await town.wait(hours=7)
    assert "نزد: رضا کریمی" in mina.screen()
    await town.wait(hours=2)
    assert "در ۸ ساعت گذشته کاری روی آن ثبت نشد" in reza.screen()
    assert len(cards(reza, code)) == len(cards(mina, code)) == 1
    assert "نزد" not in mina.screen()
    assert officer.heard("بازگشت به نوبت بررسی") == 0
    await mina.told("دیدن پیشنهاد")
    await mina.told("برداشتن")
    assert "نزد: مینا صادقی" in reza.screen()


async def test_an_internal_note_is_seen_by_colleagues_and_by_nobody_else(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    canary = "قناری زرد در دفتر است"
    officer = await town.officer("سارا محمدی")
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    debtor = await town.newcomer("debtor")
    code, passcode = await file_proposal(officer)
    await claim(reza)
    await reza.told("یادداشت داخلی")
    await reza.hears_all(canary)
    assert canary in reza.screen()
    await mina.told("دیدن پیشنهاد")
    assert canary in mina.screen()
    await director.hears_all("کارتابل")
    await director.told("مورد ۱")
    assert canary in director.screen()
    await returned(town, reza, officer)
    await reza.told("دیدن پیشنهاد")
    await reza.told("برداشتن")
    await agree(reza)
    await officer.hears_all("پیشنهادهای من")
    await officer.told("مورد ۱ · حسن یوسفی")
    await debtor.hears_all(code)
    await debtor.told("دیدن جزئیات")
    await debtor.hears_all(passcode)
    assert "حسن یوسفی" in debtor.chat_text(), "the details were seen"
    officer_reviews = await town.invite(Role.REVIEWER, "سارا محمدی")
    await officer.hears_all(f"/start {officer_reviews}")
    for resident in (officer, debtor):
        assert canary not in resident.chat_text()
    assert canary not in capsys.readouterr().out
    store = town.settings.data_dir.parent
    assert not [path for path in store.rglob("*.db*") if canary.encode() in path.read_bytes()]
