"""Who comes in, what each is shown, and who cannot be reached."""

import re

import pytest
from journey_office import act, agree, file_case, give_back, judge, resubmit
from town import ANYBODY, Resident, Town, claim, file_proposal

from bot.lists import PAGE
from domain.roles import Role
from services import review
from storage.records import OutboxState
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MENUS = {
    Role.OFFICER: ["ثبت پیشنهاد", "پیش‌نویس‌ها", "پیشنهادهای من", *ANYBODY],
    Role.REVIEWER: ["کارتابل", *ANYBODY],
    Role.COMPLAINTS: ["شکایت‌ها", *ANYBODY],
    Role.ADMIN: ["اطلاعیه‌ها", "کاربران", "تنظیمات", "گزارش", *ANYBODY],
    Role.AUDITOR: ["گزارش", "رویدادنگاری", *ANYBODY],
}


async def invite(admin: Resident, role: str, *answers: str) -> str:
    """Invite somebody from the menu; gives what the person is to send."""
    await admin.says("کاربران")
    await admin.presses("دعوت همکار", role)
    await admin.says(*answers[:-1])
    await admin.hears_all(answers[-1])
    await admin.told("بله، دعوت‌نامه ساخته شود")
    ready = admin.phone.messages()[-1]
    return next(line for line in str(ready["text"]).splitlines() if re.fullmatch("\u200f[0-9a-f]{32}", line))


async def test_each_role_has_its_own_menu_and_help(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    assert stranger.menu() == ANYBODY
    for role, menu in MENUS.items():
        person = await town.staff(role, f"شخص {role}", "سازمان نمونه" if role is Role.OFFICER else None)
        assert person.menu() == menu
        told = await person.says("راهنما")
        assert [label for label in menu[:-1] if f"«{label}»" not in told["text"]] == []
        assert "کارتابل»" not in told["text"] or role is Role.REVIEWER


@pytest.mark.parametrize("platform", ["telegram"], indirect=True)
async def test_the_commands_of_a_chat_follow_its_roles(town: Town) -> None:
    reviewer = await town.reviewer("رضا کریمی")
    await town.quiet()

    def commands() -> list[str]:
        listed = town.sandbox.world.bots["telegram"].commands[f"chat/{reviewer.phone.person.user_id}/"]
        return [entry["command"] for entry in listed]

    anybodys = ["track", "complaint", "terms", "status", "help"]
    assert commands() == ["queue", *anybodys, "link", "news", "menu", "cancel", "back"]
    await town.revoke("رضا کریمی", Role.REVIEWER)
    await reviewer.hears_all("/queue")
    assert commands() == [*anybodys, "news", "menu", "cancel", "back"]


async def test_an_admin_invites_an_officer_from_the_menu_once(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    ticket = await invite(admin, "کارشناس دستگاه", "دستگاه جدید", "سازمان نمونه", "سارا محمدی")
    sara = await town.newcomer("sara")
    welcome = await sara.says(ticket)
    assert "سارا محمدی، خوش آمدید." in welcome["text"]
    assert "دستگاه شما: سازمان نمونه" in welcome["text"]
    other = await town.newcomer("other")
    assert "قابل استفاده نیست" in (await other.says(ticket))["text"]
    assert (await sara.says(ticket))["text"] == "شما با همین دعوت‌نامه وارد شده‌اید؛ دعوت‌نامه تازه‌ای لازم نیست."
    await other.hears_all("راهنما")
    assert other.menu() == ANYBODY
    assert "۱. سارا محمدی: کارشناس دستگاه، سازمان نمونه" in (await admin.says("کاربران"))["text"]
    again = await invite(admin, "کارشناس دستگاه", "سازمان نمونه", "علی رضایی")
    assert "دستگاه شما: سازمان نمونه" in (await other.says(again))["text"]


def rows(text: str) -> list[str]:
    """The people on a page of their list, without their numbers."""
    return [line.split(". ", 1)[1] for line in text.splitlines() if line.startswith("\u200f")]


async def test_ninety_people_stand_on_pages_those_with_a_role_first(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")

    def hire(work: Work) -> None:
        for n in range(1, 90):
            person = work.people.add(f"همکار {n:02d}")
            if n > 1:
                work.people.grant(person.id, Role.REVIEWER, None, None)

    await town.run(hire)
    first = await admin.says("کاربران")
    assert len(rows(first["text"])) == PAGE
    assert rows(first["text"])[:2] == ["مریم احمدی: مدیر سامانه", "همکار 02: کارشناس بررسی"]
    for _ in range(11):
        await admin.told("صفحه بعد")
    assert rows(admin.screen())[-1] == "همکار 01: بدون نقش"
    assert "صفحه ۱۲ از ۱۲" in admin.screen()


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_a_role_is_taken_on_the_persons_page_once_it_is_said_again(town: Town, way: str) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()

    async def chooses(label: str) -> str:
        await (admin.hears_all(label) if way == "typed" else admin.told(label))
        return admin.screen()

    await admin.says("کاربران")
    page = await chooses("مورد ۱ · سارا محمدی")
    seen = "حساب‌های متصل: ۱\nآخرین حضور: چند لحظه پیش"
    assert page == (f"\u200fسارا محمدی\n\nوضعیت: فعال\nنقش: کارشناس دستگاه\nدستگاه: سازمان نمونه\n{seen}")
    assert "برداشته شود؟" in await chooses("برداشتن نقش کارشناس دستگاه")
    assert "وضعیت: فعال" in await chooses("نه، نقش بماند")
    await chooses("برداشتن نقش کارشناس دستگاه")
    assert await chooses("بله، نقش برداشته شود") == f"\u200fسارا محمدی\n\nوضعیت: نقشی ندارد\n{seen}"
    assert admin.labels() == ["دادن نقش", "اصلاح نام", "قطع همه حساب‌ها", "بازگشت به فهرست"]
    assert "این کار در نقش‌های شما نیست" in (await officer.says("ثبت پیشنهاد"))["text"]


async def test_the_last_admin_keeps_the_role_and_nobody_else_takes_any(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    await admin.says("کاربران")
    await admin.told("مورد ۲ · مریم احمدی")
    await admin.told("برداشتن نقش مدیر سامانه")
    assert await admin.told("بله، نقش برداشته شود") == "این تنها مدیر سامانه است؛ نخست مدیر دیگری دعوت کنید."
    assert "نقش: مدیر سامانه" in admin.screen()
    here = officer.phone.messages()[-1]["id"]
    for forged in ("i:taken.1.admin", "i:who.1.0", "i:0"):
        await officer.told(forged, message_id=here, force=True)
        assert "این کار در نقش‌های شما نیست" in officer.screen()


async def test_an_invitation_expires_after_a_day(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    ticket = await invite(admin, "کارشناس بررسی", "رضا کریمی")
    town.sandbox.clock.advance(24 * 3600 + 1)
    late = await town.newcomer("late")
    assert "قابل استفاده نیست" in (await late.says(ticket))["text"]
    assert late.menu() == ANYBODY


async def test_unknown_used_and_expired_invitations_read_the_same(town: Town) -> None:
    token = await town.invite(Role.REVIEWER, "رضا کریمی")
    reza, other = await town.newcomer("reza"), await town.newcomer("other")
    await reza.says(f"/start {token}")
    used = (await other.says(f"/start {token}"))["text"]
    assert (await other.says("/start 0123456789abcdef0123456789abcdef"))["text"] == used
    expired = await town.invite(Role.REVIEWER, "رضا کریمی")
    town.sandbox.clock.advance(24 * 3600 + 1)
    assert (await other.says(f"/start {expired}"))["text"] == used


async def test_no_admin_takes_the_own_invitation(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    ticket = await invite(admin, "کارشناس بررسی", "مریم احمدی")
    assert "خود شما ساخته" in (await admin.says(ticket))["text"]
    await admin.hears_all("منو")
    assert admin.menu() == MENUS[Role.ADMIN]


async def test_only_admins_invite(town: Town) -> None:
    officer = await town.officer()
    await officer.told("i:new", message_id=officer.phone.messages()[-1]["id"], force=True)
    assert "این کار در نقش‌های شما نیست" in officer.screen()
    assert "این کار در نقش‌های شما نیست" in (await officer.says("کاربران"))["text"]


async def test_an_invitation_taken_up_in_the_middle_of_a_form_keeps_the_form(town: Town) -> None:
    officer = await town.officer()
    token = await town.invite(Role.AUDITOR, "سارا محمدی")
    await officer.says("ثبت پیشنهاد", "تقسیط")
    told = await officer.hears_all(f"/start {token}")
    assert "نقش شما: ناظر" in told[0]
    assert "گام ۲" in told[-1]


async def test_a_group_is_left_with_one_word_and_never_told_anything(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    group = await reviewer.phone.open_group("همکاران")
    await town.quiet()
    assert group.left
    await reviewer.phone.send("سلام", group=group.id)
    await file_proposal(officer)
    await reviewer.sees("پیشنهاد تازه رسید")
    await town.quiet()
    said = [message.raw["text"] for message in group.messages.values() if message.mine]
    assert len(said) == 1
    assert "فقط در گفت‌وگوی خصوصی" in said[0]
    prompts = await town.run(lambda work: work.ledger.of("case:1:prompt"))
    assert [row.chat_id for row in prompts] == [reviewer.phone.person.user_id]


async def test_what_is_said_in_a_group_before_leaving_is_answered_once(town: Town) -> None:
    officer = await town.officer()
    group = town.sandbox.world.add_group(town.platform, "گروه")
    for text in ("سلام", "/start", "ثبت پیشنهاد"):
        await officer.phone.send(text, group=group.id)
    await town.quiet()
    assert group.left
    assert sum(message.mine for message in group.messages.values()) == 1


async def test_somebody_who_blocked_the_bot_is_unreachable_until_coming_back(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    await officer.phone.block_bot()
    await act(town, review.claim, reviewer, case)
    await give_back(town, reviewer, case)
    await resubmit(town, officer, case)
    await act(town, review.claim, reviewer, case)
    ledger = await town.run(lambda work: work.ledger.of("case:1:in_review"))
    assert [row.state for row in ledger] == [OutboxState.UNREACHABLE, OutboxState.UNREACHABLE]
    assert [row.attempts for row in ledger] == [1, 0], "the second is not even tried"
    await officer.phone.start()
    await officer.sees("خوش آمدید")
    assert "در حال بررسی" in (await officer.says("پیشنهادهای من"))["text"]
    await agree(town, reviewer, case)
    assert "با پیشنهاد موافقت شد" in officer.screen()
    ledger = await town.run(lambda work: work.ledger.of("case:1:agreed"))
    assert [row.state for row in ledger] == [OutboxState.SENT]


async def test_an_invitation_is_read_back_and_made_only_by_a_last_press(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    await admin.says("کاربران")
    await admin.presses("دعوت همکار", "کارشناس دستگاه", "دستگاه جدید")
    await admin.says("سازمان نمونه")
    (asked,) = await admin.hears_all("سارا محمدی")
    for told in ("این دعوت‌نامه ساخته شود؟", "سارا محمدی", "کارشناس دستگاه", "سازمان نمونه"):
        assert told in asked
    assert "دعوت‌نامه آماده شد" not in admin.chat_text()
    question = admin.live()["id"]
    await admin.told("انصراف", message_id=question)
    assert "دعوت‌نامه‌ای ساخته نشد" in admin.screen()
    await admin.told("i:yes", message_id=question, force=True)
    assert "دعوت‌نامه آماده شد" not in admin.chat_text(), "what was declined is not made by an old button"


async def test_one_person_on_both_messengers_is_prompted_on_both(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    other = "bale" if town.platform == "telegram" else "telegram"
    there = await town.reviewer("مینا صادقی", platform=other)
    await file_proposal(officer)
    await there.sees("پیشنهاد تازه رسید")
    await claim(reviewer)
    await there.sees("نزد: رضا کریمی")
