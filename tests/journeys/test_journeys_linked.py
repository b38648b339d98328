"""Two messengers, one person: linked by a code, news by the one that can be reached, and cut off again."""

import asyncio
import re

import pytest
from journey_office import act, agree, file_case, give_back, judge
from town import ANYBODY, Resident, Town

from domain.roles import Role
from services import review
from services.links import LIFETIME
from storage.records import OutboxState, Outgoing, Settled
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]


async def ask_code(resident: Resident) -> str:
    """Ask for a code to link with; gives what is to be sent from the other messenger."""
    told = await resident.hears_all("/link")
    found = re.search("link[0-9a-f]{32}", told[0])
    assert found is not None
    return found.group()


async def link(town: Town, resident: Resident, platform: str = "telegram") -> Resident:
    """The same person's phone on the other messenger."""
    command = await ask_code(resident)
    other = await town.newcomer(f"{resident.phone.person.name} there", platform=platform)
    await other.says(command)
    await other.told("بله، متصل شود")
    return other


async def ledger(town: Town, purpose: str) -> list[tuple[str, OutboxState]]:
    rows = await town.run(lambda work: work.ledger.of(purpose))
    return [(row.platform, row.state) for row in rows]


async def test_an_officer_links_the_other_messenger_by_a_code_that_says_whose_it_is(town: Town) -> None:
    officer = await town.officer()
    command = await ask_code(officer)
    there = await town.newcomer("there", platform="telegram")
    asked = await there.says(command)
    assert "«سارا محمدی»" in asked["text"]
    assert "کارشناس دستگاه" in asked["text"]
    assert there.menu() == ANYBODY, "nothing is linked by asking"
    await there.told("بله، متصل شود")
    assert "سارا محمدی، این پیام‌رسان به حساب شما متصل شد." in there.chat_text()
    assert "ثبت پیشنهاد" in there.menu()
    assert "حساب شما در تلگرام نیز متصل شد" in officer.screen()
    late = await town.newcomer("late", platform="telegram")
    assert "این کد اتصال قابل استفاده نیست" in (await late.says(command))["text"]


async def test_the_help_offers_it_to_people_with_a_role_and_strangers_are_told_no(town: Town) -> None:
    officer, stranger = await town.officer(), await town.newcomer("stranger")
    await officer.hears_all("راهنما")
    assert officer.labels() == [
        "اتصال پیام‌رسان دیگر",
        "حساب‌های متصل",
        "رمز امضا",
        "رمز را فراموش کرده‌ام",
        "داده‌های من",
    ]
    await officer.presses("اتصال پیام‌رسان دیگر")
    assert re.search("link[0-9a-f]{32}", officer.screen())
    for asking in ("اتصال پیام‌رسان دیگر", "/link", "حساب‌های متصل"):
        assert "این کار در نقش‌های شما نیست" in (await stranger.says(asking))["text"]


async def test_a_code_that_is_late_or_declined_links_nothing(town: Town) -> None:
    officer = await town.officer()
    command = await ask_code(officer)
    there = await town.newcomer("there", platform="telegram")
    await there.says(command)
    await there.told("نه، متصل نشود")
    assert "متصل نشد" in there.screen()
    await there.says(command)
    town.sandbox.clock.advance(LIFETIME.total_seconds())
    await there.told("بله، متصل شود")
    assert "قابل استفاده نیست" in there.screen()
    assert there.menu() == ANYBODY


async def test_two_phones_that_press_at_once_are_not_both_linked(town: Town) -> None:
    officer = await town.officer()
    command = await ask_code(officer)
    phones = [await town.newcomer(f"phone {n}", platform="telegram") for n in range(2)]
    for phone in phones:
        await phone.says(command)
    await asyncio.gather(*(phone.phone.press("بله، متصل شود") for phone in phones))
    await town.quiet()
    assert sorted("ثبت پیشنهاد" in phone.menu() for phone in phones) == [False, True]


async def test_cases_and_drafts_follow_the_person(town: Town) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    await officer.says("ثبت پیشنهاد", "تقسیط")
    there = await link(town, officer)
    assert case.code[:4] in (await there.says("پیشنهادهای من"))["text"]
    assert "پیش‌نویسی ندارید" not in (await there.says("پیش‌نویس‌ها"))["text"]


async def test_a_result_goes_to_the_chat_of_filing_and_by_the_other_messenger_once_that_is_blocked(
    town: Town,
) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    there = await link(town, officer)
    await act(town, review.claim, reviewer, case)
    assert await ledger(town, "case:1:in_review") == [("bale", OutboxState.SENT)]
    await officer.phone.block_bot()
    await give_back(town, reviewer, case)
    assert await ledger(town, "case:1:returned") == [
        ("bale", OutboxState.UNREACHABLE),
        ("telegram", OutboxState.SENT),
    ]
    assert "نام بدهکار خوانا نیست." in there.screen()
    assert there.labels() == ["اصلاح پیشنهاد"]
    assert officer.heard("نیازمند اصلاح") == 0


async def test_a_chat_known_to_be_out_of_reach_is_not_even_tried(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    there = await link(town, officer)
    await officer.phone.block_bot()
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    assert await ledger(town, "case:1:agreed") == [("telegram", OutboxState.SENT)]
    assert "با پیشنهاد موافقت شد" in there.screen()
    await officer.phone.start()
    await officer.sees("خوش آمدید")
    assert officer.heard("خبرهایی که به شما نرسیده بود") == 0, "all of it has come by the other messenger"


async def test_both_blocked_the_news_is_listed_once_on_return_and_survives_a_restart(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    there = await link(town, officer)
    for phone in (officer, there):
        await phone.phone.block_bot()
    await act(town, review.claim, reviewer, case)
    await give_back(town, reviewer, case)
    await town.crash()
    await town.open()
    await there.phone.start()
    await there.sees("خوش آمدید")
    await town.quiet()
    told = next(m["text"] for m in there.phone.messages() if "نرسیده بود" in (m["text"] or ""))
    assert [line.split("،")[0] for line in told.splitlines() if "،" in line] == [
        "\u200f۱. در حال بررسی",
        "\u200f۲. نیازمند اصلاح",
    ]
    await officer.phone.start()
    await officer.sees("خوش آمدید")
    await there.hears_all("/start")
    assert (officer.heard("نرسیده بود"), there.heard("نرسیده بود")) == (0, 1)
    assert sorted(await ledger(town, "case:1:returned")) == [
        ("bale", OutboxState.UNREACHABLE),
        ("telegram", OutboxState.UNREACHABLE),
    ]


async def test_whoever_comes_back_is_reachable_again(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    await officer.phone.block_bot()
    await act(town, review.claim, reviewer, case)
    await officer.phone.block_bot(blocked=False)
    told = await officer.hears_all("راهنما")
    assert told[0].startswith("خبرهایی که به شما نرسیده بود")
    await give_back(town, reviewer, case)
    assert "نام بدهکار خوانا نیست." in officer.screen()
    assert [text for text in await officer.hears_all("/start") if "نرسیده بود" in text] == []


async def test_a_reviewer_who_comes_back_hears_how_many_wait(town: Town) -> None:
    reviewer = await town.reviewer()

    def miss(work: Work) -> None:
        person = reviewer.phone.person
        for n in range(3):
            row = work.outbox.add(
                Outgoing(person.platform, person.user_id, 1, "sendMessage", {}, purpose=f"case:{n}:prompt:1")
            )
            work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])

    officer = await town.officer()
    await file_case(town, officer)
    await town.run(miss)
    told = await reviewer.hears_all("/start")
    assert "اکنون ۱ پیشنهاد در «کارتابل» منتظر شماست." in told[0]


async def test_a_chat_cut_off_learns_nothing_more_and_the_other_is_told(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    there = await link(town, officer)
    await there.says("حساب‌های متصل")
    assert there.labels() == ["قطع ۱", "قطع ۲", "اتصال پیام‌رسان دیگر", "رمز امضا", "خروج از همه"]
    await there.presses("قطع ۱")
    await there.told("بله، قطع شود")
    assert "این پیام‌رسان دیگر به حساب کسی متصل نیست" in officer.screen()
    assert officer.menu() == ANYBODY
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    assert "حسن یوسفی" in there.screen()
    assert officer.heard("با پیشنهاد موافقت شد") == 0
    assert "تنها حساب شما همین است" in (await there.says("حساب‌های متصل"))["text"]
    assert there.labels() == ["اتصال پیام‌رسان دیگر", "رمز امضا", "خروج از همه"]


async def test_cutting_off_this_very_messenger_leaves_a_stranger_with_no_open_form(town: Town) -> None:
    officer = await town.officer()
    there = await link(town, officer)
    await there.says("ثبت پیشنهاد", "تقسیط", "حساب‌های متصل")
    await there.hears_all("/link")
    await there.hears_all("حساب‌های متصل")
    await there.hears_all("انصراف")
    await there.hears_all("ذخیره پیش‌نویس")
    await there.says("حساب‌های متصل")
    await there.presses("قطع ۲")
    await there.told("بله، قطع شود")
    assert there.menu() == ANYBODY
    assert "متوجه منظور شما نشدم" in (await there.says("خیر"))["text"]
    assert "یکی از حساب‌های شما در تلگرام قطع شد" in officer.screen()
    assert "این کار در نقش‌های شما نیست" in (await there.says("پیش‌نویس‌ها"))["text"]


async def test_whoever_lost_the_role_meanwhile_learns_what_anybody_may(town: Town) -> None:
    officer, reviewer = await town.officer("سارا محمدی"), await judge(town)
    case = await file_case(town, officer)
    await act(town, review.claim, reviewer, case)
    await town.revoke("سارا محمدی", Role.OFFICER)
    await agree(town, reviewer, case)
    news = officer.screen()
    assert news.startswith("با پیشنهاد موافقت شد")
    assert "حسن یوسفی" not in news
