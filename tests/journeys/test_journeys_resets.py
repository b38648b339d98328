"""Forgotten secrets: asked for in the chat, seen to by an admin who never sees them, and renewed."""

import re

import pytest
from journey_office import file_case
from journey_windows import admin_of, announce, in_hours, passes
from town import Resident, Town, file_proposal, passcode_in

from bot.__main__ import _reset as reset
from domain.roles import Role
from domain.settings import RESET_TARGET
from persian.codes import new_tracking_code
from persian.dates import tehran_day
from services import calendar, settings
from services.people import LIFETIME
from storage.errors import NotFound
from storage.work import Work

TOKEN = re.compile("renew[0-9a-f]{32}")
FORGOTTEN = "رمز را فراموش کرده‌ام"


def on_bale(test: object) -> object:
    """Where neither the engine nor the platform matters."""
    test = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)(test)
    return pytest.mark.parametrize("platform", ["bale"], indirect=True)(test)


async def types(resident: Resident, *texts: str) -> str:
    """Write messages, each once all is done that the one before caused; gives the last word."""
    for text in texts:
        await resident.hears_all(text)
    return resident.screen()


async def forget(officer: Resident, code: str) -> None:
    """Ask for a new passcode from the question for the old one."""
    await types(officer, code)
    await officer.told("دیدن جزئیات")
    await officer.told(FORGOTTEN)


async def issue(admin: Resident) -> None:
    """See to the newest request."""
    for label in ("رسیدگی می‌کنم", "صدور رمز یک‌بارمصرف", "بله، صادر شود"):
        await admin.told(label)


async def renew(officer: Resident) -> str:
    """Press the button under the one-time code; gives the new passcode."""
    await officer.told("ساخت رمز تازه")
    return passcode_in(officer.screen())


async def opens(resident: Resident, code: str, passcode: str) -> bool:
    """Whether this passcode opens the details."""
    await types(resident, code)
    await resident.told("دیدن جزئیات")
    told = await types(resident, passcode)
    return "جزئیات پیشنهاد" in told


async def test_an_officer_forgets_the_passcode_and_an_admin_helps_without_ever_seeing_it(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    debtor = await town.newcomer("debtor")
    code, old = await file_proposal(officer)
    assert await opens(debtor, code, old)
    await forget(officer, code)
    assert "درخواست رمز تازه ثبت شد" in officer.screen()
    assert "درخواست‌کننده: سارا محمدی" in admin.screen()
    await issue(admin)
    token = TOKEN.search(officer.chat_text())
    assert token is not None
    assert "رمز یک‌بارمصرف صادر شد" in admin.screen()
    assert debtor.heard("جزئیات پیشنهاد") == 0, "who saw it by the old one sees it no more"
    assert not await opens(debtor, code, old), "dead from the moment of issue"
    new = await renew(officer)
    assert "پایان یافت: رمز تازه ساخته شد" in admin.chat_text()
    assert await opens(debtor, code, new)
    for secret in (token.group(), old, new):
        assert secret not in admin.chat_text()
    assert token.group() not in officer.chat_text()
    assert "قابل استفاده نیست" in await types(officer, token.group())


@on_bale
async def test_a_stranger_who_asks_reads_what_an_unknown_code_is_answered_and_the_filer_hears_of_it(
    town: Town,
) -> None:
    officer, admin, colleague = (
        await town.officer(),
        await town.staff(Role.ADMIN, "نادر کاظمی"),
        await town.officer("مریم نوری"),
    )
    stranger = await town.newcomer("stranger")
    code, passcode = await file_proposal(officer)
    here = stranger.phone.messages()[-1]["id"]
    await stranger.told(f"rst:case:{new_tracking_code()}", message_id=here, force=True)
    unknown = stranger.screen()
    assert "تنها به گفت‌وگوی کارشناسی می‌رسد که پیشنهاد را ثبت کرده است" in unknown
    for asking in (stranger, colleague):
        await forget(asking, code)
        assert asking.screen() == unknown
    assert officer.heard("شخص دیگری رمز این پیشنهاد را درخواست کرد") == 1, "once a day"
    assert admin.heard("درخواست رمز تازه") == 0
    assert await opens(stranger, code, passcode), "nothing has changed"
    assert await audit(town) == ["asked_by_other"]


@on_bale
async def test_once_the_filer_has_left_those_who_stay_hear_that_a_stranger_asks(town: Town) -> None:
    officer, stays = await town.officer(), await town.officer("بهار نوری")
    elsewhere = await town.officer("علی نوری", agency="اداره کل آموزش و پرورش")
    code, _ = await file_proposal(officer)
    await town.revoke("سارا محمدی", Role.OFFICER)
    for asking in (elsewhere, officer):
        await forget(asking, code)
        assert "شخص دیگری" not in asking.chat_text()
    await town.quiet()
    assert stays.heard("شخص دیگری رمز این پیشنهاد را درخواست کرد") == 1
    assert officer.heard("شخص دیگری رمز این پیشنهاد را درخواست کرد") == 0


@on_bale
async def test_of_two_colleagues_of_a_departed_filer_the_second_reads_who_has_asked(town: Town) -> None:
    officer, admin = await town.officer(), await admin_of(town)
    first, second = await town.officer("بهار نوری"), await town.officer("پریسا نوری")
    code, _ = await file_proposal(officer)
    await town.revoke("سارا محمدی", Role.OFFICER)
    for asking in (first, second, second):
        await forget(asking, code)
    assert "همکار شما، بهار نوری، رمز این پیشنهاد را پیش‌تر خواسته است" in second.screen()
    assert "لغو درخواست رمز" not in second.labels()
    await issue(admin)
    assert (first.heard("رمز یک‌بارمصرف شما"), second.heard("رمز یک‌بارمصرف شما")) == (1, 0)


async def audit(town: Town) -> list[str]:
    """What was written down about everybody's secrets, in order."""

    def read(work: Work) -> list[str]:
        rows = [row for person in work.people.all() for row in work.factors.secret_events(person.id)]
        return [row.action for row in sorted(rows, key=lambda row: row.at)]

    return await town.run(read)


@on_bale
async def test_a_lost_factor_is_made_anew_and_signs_nothing_until_then(town: Town) -> None:
    reviewer, admin = await town.reviewer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    await types(reviewer, "رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    await types(reviewer, "۴۰۷۱۹۲", "۴۰۷۱۹۲", "رمز امضا")
    await reviewer.told("تغییر رمز امضا")
    await reviewer.told(FORGOTTEN)
    await issue(admin)
    await types(reviewer, "رمز امضا")
    assert "رمز امضای شما باطل شده است" in reviewer.screen()
    token = TOKEN.search(reviewer.chat_text())
    assert token is not None
    await types(reviewer, token.group())
    await reviewer.told("پین شش‌رقمی")
    await types(reviewer, "۵۱۸۳۶۲", "۵۱۸۳۶۲")
    assert "رمز امضای شما برقرار شد" in reviewer.screen()
    assert "پایان یافت" in admin.screen()
    for secret in (token.group(), "۵۱۸۳۶۲", "۴۰۷۱۹۲"):
        assert secret not in admin.chat_text() + reviewer.chat_text()
    assert await audit(town) == ["pin_made", "asked", "claimed", "issued", "pin_made"]


@on_bale
async def test_nobody_resets_the_own_factor_and_a_last_admin_asks_the_keeper_of_the_machine(
    town: Town,
) -> None:
    admin = await town.staff(Role.ADMIN, "نادر کاظمی")
    await types(admin, "رمز امضا")
    await admin.told("پین شش‌رقمی")
    await types(admin, "۴۰۷۱۹۲", "۴۰۷۱۹۲", "رمز امضا")
    await admin.told(FORGOTTEN)
    assert "مدیر دیگری نیست" in admin.screen()
    await types(admin, "درخواست‌های رمز")
    await admin.told("مورد ۱ · نادر کاظمی")
    assert admin.labels() == ["درخواست‌های رمز"], "the own one has no buttons"
    other = await town.staff(Role.ADMIN, "لیلا صفری")
    await types(other, "درخواست‌های رمز")
    await other.told("مورد ۱ · نادر کاظمی")
    await issue(other)
    assert TOKEN.search(admin.chat_text())
    assert not TOKEN.search(other.chat_text())


@on_bale
async def test_the_keeper_of_the_machine_helps_the_last_admin_by_a_command_that_shows_no_code(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = await town.staff(Role.ADMIN, "نادر کاظمی")
    await types(admin, "رمز امضا")
    await admin.told("پین شش‌رقمی")
    await types(admin, "۴۰۷۱۹۲", "۴۰۷۱۹۲")
    assert await town.run(lambda work: reset(work, "نادر کاظمی", None, "")) == [1]
    await town.quiet()
    assert TOKEN.search(admin.chat_text())
    assert not TOKEN.search(capsys.readouterr().out)
    with pytest.raises(NotFound):
        await town.run(lambda work: reset(work, "نادر کاظمی", None, "123456789012"))
    assert await town.run(lambda work: reset(work, "کسی دیگر", None, "")) == []


@on_bale
async def test_of_two_admins_one_has_it_and_the_other_is_told_who(town: Town) -> None:
    officer = await town.officer()
    first, second = await town.staff(Role.ADMIN, "نادر کاظمی"), await town.staff(Role.ADMIN, "لیلا صفری")
    case = await file_case(town, officer)
    await forget(officer, case.code)
    late = second.live()["id"]
    await first.told("رسیدگی می‌کنم")
    assert "در دست نادر کاظمی" in second.screen()
    told = await second.told("rst:take:1", message_id=late, force=True)
    assert told == "نادر کاظمی پیش از شما این درخواست را برداشته است."
    await second.told("به جای همکار رسیدگی می‌کنم")
    assert "نخست «رسیدگی می‌کنم» را بزنید" in await first.told(
        "rst:issue:1", message_id=first.live()["id"], force=True
    )
    await issue_after_claim(second)
    assert "رمز یک‌بارمصرف صادر شد" in first.screen()


async def issue_after_claim(admin: Resident) -> None:
    """Issue a request that this admin holds."""
    await admin.told("صدور رمز یک‌بارمصرف")
    await admin.told("بله، صادر شود")


@on_bale
async def test_the_owner_may_end_the_own_request_and_an_unused_code_runs_out(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    case = await file_case(town, officer)
    await forget(officer, case.code)
    await forget(officer, case.code)
    assert "پیش‌تر ثبت شده" in officer.screen()
    assert admin.heard("درخواست رمز تازه") == 1
    await officer.told("لغو درخواست رمز")
    assert "پایان یافت: صاحب رمز لغو کرد" in admin.screen()
    assert await admin.told("rst:take:1", force=True, message_id=admin.live()["id"]) == (
        "این درخواست پایان یافته است."
    )
    await forget(officer, case.code)
    await issue(admin)
    token = TOKEN.search(officer.chat_text())
    assert token is not None
    await town.wait(seconds=LIFETIME.total_seconds())
    assert "زمان رمز یک‌بارمصرف گذشت" in officer.screen()
    assert token.group() not in officer.chat_text()
    assert "قابل استفاده نیست" in await types(officer, token.group())
    assert await audit(town) == ["asked", "withdrawn", "asked", "claimed", "issued", "expired"]


@on_bale
async def test_a_late_request_is_marked_and_its_admins_are_reminded_once_in_office_hours(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    case = await file_case(town, officer)
    await town.run(lambda work: settings.change(work, by=None, name=RESET_TARGET.name, value="1d"))
    await forget(officer, case.code)
    assert "هدف اداره کل: تا" in officer.screen()
    for resident in (officer, admin):
        await resident.told("چرا این تاریخ؟")
        assert "هدف اداره کل برای بازیابی رمز: ۱ روز کاری" in resident.screen()
    await town.wait(days=1, hours=10)
    assert admin.heard("زمان هدف برای یک درخواست رمز گذشت") == 0, "not in the evening"
    await town.wait(hours=15)
    await town.wait(minutes=1)
    assert admin.heard("زمان هدف برای یک درخواست رمز گذشت") == 1
    await types(admin, "درخواست‌های رمز")
    assert "دیرکرد:" in admin.screen()


@on_bale
async def test_a_closure_puts_the_target_off_and_the_owner_and_the_admin_hear_why_once(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    case = await file_case(town, officer)
    await town.run(lambda work: settings.change(work, by=None, name=RESET_TARGET.name, value="1d"))
    await forget(officer, case.code)
    await admin.told("رسیدگی می‌کنم")

    def close_due_day(work: Work) -> None:
        (reset,) = work.factors.open_resets()
        (person,) = work.people.with_role(Role.ADMIN)
        assert reset.due_at is not None
        calendar.close(work, person.actor, tehran_day(reset.due_at), "برودت هوا")

    await town.run(close_due_day)
    await town.wait(minutes=1)
    await town.wait(minutes=1)
    for resident in (officer, admin):
        assert resident.heard("تاریخ هدف برای بازیابی رمز تغییر کرد") == 1
        assert "برودت هوا" in resident.chat_text()


@on_bale
async def test_the_ways_to_it_are_in_the_help_and_in_the_own_list(town: Town) -> None:
    officer, stranger = await town.officer(), await town.newcomer("stranger")
    await town.staff(Role.ADMIN, "نادر کاظمی")
    await file_proposal(officer)
    await types(officer, "پیشنهادهای من")
    await officer.told(next(label for label in officer.labels() if label.startswith("مورد ۱")))
    await officer.told(FORGOTTEN)
    assert "درخواست رمز تازه ثبت شد" in officer.screen()
    await types(officer, FORGOTTEN)
    assert officer.labels() == ["پیشنهادهای من", "رمز امضا"]
    assert "از دستگاه بپرسید" in await types(stranger, FORGOTTEN)
    assert "نخست آن را بردارید" not in await types(stranger, "درخواست‌های رمز")


@on_bale
async def test_a_forgotten_passcode_waits_for_the_end_of_a_maintenance(town: Town) -> None:
    officer, admin = await town.officer(), await admin_of(town)
    case = await file_case(town, officer)
    await announce(admin, in_hours(town, 1))
    await passes(town, hours=1.1)
    await forget(officer, case.code)
    assert "این کار اکنون ممکن نیست" in officer.screen()
    assert await audit(town) == []
