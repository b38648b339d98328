"""Roles by two admins, a substitute «از طرف», leaving every account, and one's own data, on the phones."""

import re
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from journey_office import file_case
from sqlalchemy import delete, make_url, select
from town import ANYBODY, Resident, Town, agree, claim, file_proposal

from domain.roles import Role
from messages_fa import buttons
from messages_fa.names import ROLES
from persian.codes import group_code
from services import settings
from storage.records import Lane, Outgoing
from storage.settling import place
from storage.tables.messages import outbox
from storage.work import Work

on_bale = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]


def one(test: object) -> object:
    """Where neither the engine nor the platform matters."""
    for mark in on_bale:
        test = mark(test)
    return test


async def two_admins(town: Town) -> tuple[Resident, Resident]:
    return await town.staff(Role.ADMIN, "نرگس رضایی"), await town.staff(Role.ADMIN, "نادر کاظمی")


async def opens_page_of(admin: Resident, name: str) -> None:
    """«کاربران», and the page of this person."""
    await admin.says("کاربران")
    await admin.told(next(label for label in admin.labels() if label.endswith(name)))


async def test_two_admins_give_a_role_and_a_substitute_agrees_on_behalf_of_who_is_away(town: Town) -> None:
    first, second = await two_admins(town)
    officer, reza = await town.officer(), await town.reviewer("رضا کریمی")
    leila, mina = (
        await town.staff(Role.AUDITOR, "لیلا صادقی"),
        await town.staff(Role.COMPLAINTS, "مینا احمدی"),
    )
    await town.run(lambda work: settings.change(work, by=None, name="second_signature", value=True))

    # One admin proposes the director's role, another confirms it.
    await opens_page_of(first, "لیلا صادقی")
    await first.presses("دادن نقش", "مدیر")
    assert "پس از تأیید یک مدیر سامانه دیگر" in first.screen()
    await first.told("بله، نقش داده شود")
    assert "پیشنهاد شد: نقش «مدیر» برای لیلا صادقی" in first.screen()
    assert "کارتابل" not in leila.menu()
    assert await second.told("تأیید می‌کنم") == "تأیید شد: لیلا صادقی."
    assert "نقش تازه شما: مدیر" in leila.screen()
    assert "کارتابل" in leila.menu()
    assert "تأیید شد به دست نادر کاظمی" in first.chat_text()

    # The reviewer goes on leave with a case in hand.
    await file_proposal(officer)
    await claim(reza)
    await reza.says("جانشین من")
    await reza.presses("تعیین جانشین", "مینا احمدی")
    for day in ("امروز", "فردا"):
        await reza.told(next(label for label in reza.labels() if label.startswith(day)))
    await reza.told("بله، جانشین تعیین شود")
    told = "مینا احمدی به جای رضا کریمی"
    assert [told in person.chat_text() for person in (reza, first, second)] == [True] * 3
    assert "کارهای رضا کریمی را هم انجام می‌دهید" in mina.chat_text()
    assert "کارتابل" in mina.menu()

    # The substitute agrees in his name, the director signs, the officer reads both.
    await mina.says("کارتابل")
    await mina.presses("مورد ۱")
    await agree(mina)
    await leila.presses("دیدن پیشنهاد")
    assert "شرایط عمومی را مینا احمدی (از طرف رضا کریمی) در" in leila.screen()
    await leila.presses("امضا", "بله، امضا ثبت شود")
    await town.quiet()
    assert "این تصمیم را مینا احمدی از طرف رضا کریمی امضا کرده است." in officer.chat_text()
    await leila.told("سابقه و یادداشت‌ها")
    assert "مینا احمدی (از طرف رضا کریمی)، وضعیت: در انتظار امضای دوم" in leila.chat_text()

    # After the last day she has nothing of his any more, and both are told once.
    for _ in range(2):
        await town.wait(days=10)
    assert mina.heard("جانشینی پایان یافت") == reza.heard("جانشینی پایان یافت") == 1
    await mina.hears_all("/queue")
    assert "این کار در نقش‌های شما نیست" in mina.screen()
    assert "کارتابل" not in mina.menu()


@one
async def test_an_invitation_to_the_office_waits_for_the_second_admin(town: Town) -> None:
    first, second = await two_admins(town)
    await first.says("کاربران")
    await first.presses("دعوت همکار", "کارشناس بررسی")
    await first.hears_all("مینا صادقی")
    assert "تا مدیر سامانه دیگری تأیید نکند به کار نمی‌آید" in first.screen()
    await first.told("بله، دعوت‌نامه ساخته شود")
    ticket = next(line for line in first.screen().splitlines() if re.fullmatch("\u200f[0-9a-f]{32}", line))
    mina = await town.newcomer("mina")
    assert "هنوز به تأیید مدیر سامانه دوم نرسیده" in (await mina.says(ticket))["text"]
    await second.told("تأیید می‌کنم")
    assert "تأیید شد به دست نادر کاظمی" in first.screen()
    assert "پیوند یا کد دعوت‌نامه را اکنون به مینا صادقی بدهید" in first.screen()
    assert [m["text"] for m in second.phone.messages() if m["inline"]] == [], "decided: no buttons"
    assert "خوش آمدید" in (await mina.says(ticket))["text"]
    await town.close()
    await town.open()
    await mina.hears_all(ticket)
    came = "مینا صادقی با دعوت‌نامه شما وارد شد."
    assert [person.heard(came) for person in (first, second)] == [1, 0], "once, and to who invited"


@one
async def test_the_second_admin_decides_from_the_list_of_what_waits(town: Town) -> None:
    first, second = await two_admins(town)
    await first.says("کاربران")
    await first.presses("دعوت همکار", "کارشناس بررسی")
    await first.hears_all("مینا صادقی")
    await first.told("بله، دعوت‌نامه ساخته شود")
    await second.hears_all("در انتظار تأیید مدیر دوم")
    await second.presses("مورد ۱ · مینا صادقی")
    assert second.labels() == ["تأیید می‌کنم", "رد می‌کنم", "در انتظار تأیید مدیر دوم"]
    assert await second.told("تأیید می‌کنم") == "تأیید شد: مینا صادقی."


@one
async def test_a_refused_proposal_is_told_and_a_late_press_finds_it_ended(town: Town) -> None:
    first, second = await two_admins(town)
    await town.reviewer("رضا کریمی")
    await opens_page_of(first, "رضا کریمی")
    await first.presses("دادن نقش", "مدیر")
    await first.told("بله، نقش داده شود")
    proposal = (await town.run(lambda work: work.staffing.open_proposals()))[0].id
    card = second.live()["id"]
    await second.told("رد می‌کنم")
    assert "رد شد به دست نادر کاظمی" in first.screen()
    late = await second.told(f"ppl:yes:{proposal}", message_id=card, force=True)
    assert late == "این پیشنهاد دیگر در انتظار نیست؛ وضعیت کنونی نشان داده شد."
    own = await first.told(f"ppl:yes:{proposal}", message_id=first.phone.messages()[-1]["id"], force=True)
    assert own == "پیشنهاد از خود شماست؛ مدیر سامانه دیگری باید تأیید کند."


@one
async def test_what_only_an_admin_may_press_is_refused_to_others(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    stranger = await town.newcomer("stranger")
    for person in (officer, stranger):
        here = person.phone.messages()[-1]["id"]
        for forged in ("ppl:give:1", "ppl:sure:1.admin", "ppl:cutyes:1", "ppl:wait:0", "dta:list:0"):
            await person.told(forged, message_id=here, force=True)
    for forged in (
        "ppl:sure:1.king",
        "ppl:subyes:1.2",
        "ppl:subyes:1.99999999.1",
        "ppl:what:0",
        "dta:open:99",
    ):
        await admin.told(forged, message_id=admin.phone.messages()[-1]["id"], force=True)
    assert town.apologised() == []
    held = await town.run(lambda work: [sorted(one.actor.own) for one in work.people.all()])
    assert held == [[Role.ADMIN], [Role.OFFICER]]


@one
async def test_leaving_everywhere_takes_the_menu_away_at_once(town: Town) -> None:
    (admin, second), officer = await two_admins(town), await town.officer()
    there = await town.add_account(officer, "telegram")
    await officer.hears_all("خروج از همه")
    assert officer.labels() == ["بله، جز همین حساب", "بله، همین حساب هم", "نه، همین بماند"]
    await officer.told("بله، جز همین حساب")
    assert there.menu() == ANYBODY
    await there.hears_all("ثبت پیشنهاد")
    assert "این کار در نقش‌های شما نیست" in there.screen()
    await officer.hears_all("خروج از همه")
    await officer.told("بله، همین حساب هم")
    assert officer.menu() == ANYBODY
    await opens_page_of(admin, "سارا محمدی")
    await admin.presses("ورود دوباره")
    await admin.told("بله، کد ورود ساخته شود")
    code = re.search("link[0-9a-f]{32}", admin.screen())
    assert code is not None
    assert await second.told("تأیید می‌کنم") == "تأیید شد: سارا محمدی."
    await officer.says(code.group())
    await officer.told("بله، متصل شود")
    assert "ثبت پیشنهاد" in officer.menu()


@one
async def test_one_admin_lets_nobody_back_in_and_hears_who_can_help(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    await officer.hears_all("خروج از همه")
    await officer.told("بله، همین حساب هم")
    await opens_page_of(admin, "سارا محمدی")
    await admin.presses("ورود دوباره")
    answer = await admin.told("بله، کد ورود ساخته شود")
    assert answer == "مدیر سامانه دیگری نیست که بتواند تأیید کند؛ نگهدارنده دستگاه مدیر دیگری دعوت کند."


@one
async def test_an_admin_who_is_removed_is_told_and_so_is_every_other(town: Town) -> None:
    first, second = await two_admins(town)
    third = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await opens_page_of(first, "نادر کاظمی")
    await first.presses(buttons.revoke_role(ROLES[Role.ADMIN]))
    await first.told("بله، نقش برداشته شود")
    assert "پیشنهاد شد: برداشتن نقش «مدیر سامانه» از نادر کاظمی" in first.screen()
    assert "کاربران" in second.menu()
    await third.told("تأیید می‌کنم")
    assert "نقش «مدیر سامانه» شما به دست لیلا کاظمی برداشته شد." in second.screen()
    assert "نام: نادر کاظمی" in first.chat_text()
    assert second.menu() == ANYBODY


@one
async def test_an_admin_cuts_off_the_accounts_of_a_lost_phone(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    await opens_page_of(admin, "سارا محمدی")
    await admin.presses("قطع همه حساب‌ها")
    assert await admin.told("بله، همه حساب‌ها قطع شود") == "حساب‌های سارا محمدی قطع شد (۱)."
    assert officer.menu() == ANYBODY
    await opens_page_of(admin, "نرگس رضایی")
    await admin.presses("قطع همه حساب‌ها")
    assert "تنها مدیر سامانه" in await admin.told("بله، همه حساب‌ها قطع شود")


@one
async def test_of_a_cut_of_an_admin_the_others_hear_and_the_next_one_is_refused(town: Town) -> None:
    names = ("نرگس رضایی", "نادر کاظمی", "لیلا صادقی")
    first, second, third = [await town.staff(Role.ADMIN, name) for name in names]
    await opens_page_of(first, "نادر کاظمی")
    await first.presses("قطع همه حساب‌ها")
    assert "ورود دوباره" in first.screen()
    await first.told("بله، همه حساب‌ها قطع شود")
    assert (second.menu(), third.heard("نرگس رضایی همه حساب‌های نادر کاظمی")) == (ANYBODY, 1)
    await opens_page_of(first, "لیلا صادقی")
    await first.presses("قطع همه حساب‌ها")
    assert "نگهدارنده" in first.screen()
    assert "به‌تازگی حساب‌های مدیر دیگری" in await first.told("بله، همه حساب‌ها قطع شود")
    assert "کاربران" in third.menu()


@one
async def test_what_staff_could_not_be_told_they_hear_on_their_return(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    reviewer = await town.reviewer()
    for gone in (officer, reviewer):
        await gone.phone.block_bot(blocked=True)
    await opens_page_of(admin, "سارا محمدی")
    await admin.presses("قطع همه حساب‌ها")
    await admin.told("بله، همه حساب‌ها قطع شود")
    await opens_page_of(admin, "رضا کریمی")
    await admin.presses(buttons.revoke_role(ROLES[Role.REVIEWER]))
    await admin.told("بله، نقش برداشته شود")
    await town.quiet()
    for gone, news in ((officer, "این گفت‌وگو از حساب شما"), (reviewer, "خبری درباره نقش یا جانشینی شما")):
        await gone.phone.block_bot(blocked=False)
        await gone.hears_all("/start")
        assert (gone.heard(news), gone.menu()) == (1, ANYBODY)


@one
async def test_ones_own_data_come_as_a_file_whose_bytes_stay_nowhere(town: Town) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    await officer.hears_all("داده‌های من")
    await officer.told("دریافت داده‌ها")
    sent = next(m for m in reversed(officer.phone.messages()) if m.get("document"))
    assert "داده‌های شما تا این لحظه" in sent["caption"]
    file = town.sandbox.world.files.by_id("bale", sent["document"]["file_id"])
    assert file is not None
    content = town.sandbox.world.files.data(file).decode()
    assert "سارا محمدی" in content
    assert group_code(case.code) in content

    await town.quiet()
    assert await town.run(lambda work: kept_in_messages(work, "سارا محمدی")) == 0
    assert await town.run(lambda work: kept_in_messages(work, content)) == 0
    path = Path(make_url(town.settings.database_url).database or "")
    held = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    spelt = ("سارا محمدی".encode(), content.encode(), b64encode(content.encode()))
    assert [each for each in spelt if each in held] == []
    assert await town.run(lambda work: kept_while_it_waits(work, content)) == 1


def kept_while_it_waits(work: Work, content: str) -> int:
    """How often the same look finds it in a message as the bot puts it, which is taken back at once."""
    params = {"plain_file": b64encode(content.encode()).decode()}
    row = work.outbox.add(Outgoing("nowhere", 1, Lane.NOTICES, "sendDocument", params))
    found = kept_in_messages(work, content)
    work._transaction.connection.execute(delete(outbox).where(outbox.c.id == row))  # noqa: SLF001 - as below
    return found


def kept_in_messages(work: Work, words: str) -> int:
    """How many messages, sent or not, are kept with these words, or with a file that holds them."""
    rows = work._transaction.connection.execute(select(outbox)).all()  # noqa: SLF001 - behind the store
    params = [
        work.vault.open("outbox.params", row.params, place(row, row.created_at))
        for row in rows
        if row.params is not None
    ]
    texts = [str(each) + b64decode(each.get("plain_file", "")).decode() for each in params]
    return sum(words in text for text in texts)


@one
async def test_a_stranger_asks_to_be_forgotten_and_is_told_what_went_and_what_stays(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    case = await file_case(town, officer)
    hasan = await town.newcomer("hasan", "حسن یوسفی")
    await hasan.says(case.code)
    await hasan.told("پیگیری این کد")
    await hasan.hears_all("داده‌های من")
    await hasan.presses("درخواست پاک کردن")
    assert "کدهایی که پیگیری می‌کنید: ۱" in hasan.screen()
    await hasan.told("بله، درخواست ثبت شود")
    await admin.presses("درخواست‌های داده")
    await admin.told("مورد ۱")
    await admin.presses("پاک کردن آنچه می‌شود", "بله، برای همیشه پاک شود")
    await town.quiet()
    assert "داده‌های شما پاک شد" in hasan.screen()
    assert "می‌ماند:" in hasan.screen()
    assert await town.run(lambda work: work.followers.count(case.id)) == 0
    assert "وضعیت: انجام شد" in admin.screen()


@one
async def test_a_correction_is_asked_for_and_answered_in_words(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    await officer.hears_all("داده‌های من")
    await officer.presses("درخواست اصلاح داده")
    await officer.hears_all("نام من سارا محمودی است.")
    assert "درخواست شما ثبت شد: اصلاح داده" in officer.screen()
    await opens_page_of(admin, "سارا محمدی")
    await admin.presses("اصلاح نام")
    await admin.hears_all("سارا محمودی")
    await admin.hears_all("درخواست‌های داده")
    await admin.told("مورد ۱ · سارا محمودی")
    await admin.presses("انجام شد، پاسخ می‌نویسم")
    await admin.hears_all("نام شما اصلاح شد.")
    assert "پاسخ مدیر سامانه: نام شما اصلاح شد." in officer.screen()
    assert await town.run(lambda work: work.staffing.open_requests()) == ()
