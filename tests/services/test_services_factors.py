"""The rules of second factors and of resets, without a chat."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_office import Clock, Office, at_once

from domain.errors import NotYours
from domain.roles import Actor, Role
from domain.settings import RESET_TARGET, SECOND_FACTOR
from domain.throttle import ALARM_ABOVE, HOUR, RESET_ASKS
from services import factors, people, reset_desk, resets, secrets, settings
from services.errors import AskedTooOften, ResetUnusable, Taken
from services.factors import IDLE, STEP, address, picture, step_of
from storage.errors import NotFound
from storage.records.factors import Reset
from storage.work import Work

HERE = ("bale", 1)
SECRET = pyotp.random_base32()


def code(clock: Clock, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret, interval=STEP).at(int(clock.now.timestamp()) + steps * STEP)


async def totp(office: Office, actor: Actor) -> str:
    """Somebody makes an authenticator; gives its secret."""
    secret = await office.do(factors.begin_totp, actor, HERE)

    def confirm(work: Work) -> None:
        setup = factors.making(work, actor)
        assert setup is not None
        assert factors.confirm(work, actor, setup)

    await office.look(confirm)
    return secret


async def give(office: Office, actor: Actor, typed: str) -> bool:
    return await office.do(factors.finish, actor, typed, right_pin=False)


@given(st.integers(min_value=0, max_value=4 * 10**9), st.integers(min_value=-5, max_value=5))
def test_a_code_stands_for_its_step_and_those_beside_it(now: int, away: int) -> None:
    moment = datetime.fromtimestamp(now + 10 * STEP, UTC)
    typed = pyotp.TOTP(SECRET, interval=STEP).at(int(moment.timestamp()) + away * STEP)
    found = step_of(SECRET, typed, moment)
    if abs(away) <= 1:
        assert found is not None
    else:
        # Six digits repeat by chance, one time in some hundred thousand.
        today = int(moment.timestamp()) // STEP
        alike = {pyotp.TOTP(SECRET, interval=STEP).at((today + n) * STEP) for n in (-1, 0, 1)}
        assert (found is None) == (typed not in alike)


async def test_a_code_is_taken_once_and_no_earlier_one_after_it(office: Office, clock: Clock) -> None:
    reviewer = await office.reviewer()
    secret = await totp(office, reviewer)
    now, before, after = (code(clock, secret, n) for n in (0, -1, 1))
    assert [await give(office, reviewer, typed) for typed in (now, now, before, after)] == [
        True,
        False,
        False,
        True,
    ]


async def test_a_signature_holds_for_a_quarter_of_an_hour_in_its_own_chat(
    office: Office, clock: Clock
) -> None:
    reviewer = await office.reviewer()
    assert await office.do(factors.standing, reviewer, HERE) == "free"
    await office.look(lambda work: settings.change(work, by=None, name=SECOND_FACTOR.name, value=True))
    assert await office.do(factors.standing, reviewer, HERE) == "to_enrol"
    await totp(office, reviewer)
    await office.do(factors.note_signed, reviewer, HERE)
    there = ("telegram", 1)
    assert await office.do(factors.standing, reviewer, HERE) == "signed"
    assert await office.do(factors.standing, reviewer, there) == "to_sign"
    clock.move_on(IDLE - timedelta(seconds=1))
    assert await office.do(factors.standing, reviewer, HERE) == "signed"
    clock.move_on(timedelta(seconds=1))
    assert await office.do(factors.standing, reviewer, HERE) == "to_sign"
    clock.move_on(-timedelta(days=1))
    assert await office.do(factors.standing, reviewer, HERE) == "to_sign", "a clock set back opens nothing"


async def test_a_reset_ends_every_signature_at_the_moment_of_issue(office: Office) -> None:
    reviewer, admin = await office.reviewer(), await office.hire(Role.ADMIN, "نادر کاظمی")
    await totp(office, reviewer)
    await office.do(factors.note_signed, reviewer, HERE)
    asked = (await office.do(resets.ask_for_factor, reviewer, "bale")).reset
    assert asked is not None
    await office.do(reset_desk.claim, admin, asked.id)
    issued = await office.do(reset_desk.issue, admin, asked.id)
    assert await office.do(factors.standing, reviewer, HERE) == "dead"
    for other in (admin, await office.reviewer("کسی دیگر")):
        with pytest.raises(ResetUnusable):
            await office.do(resets.usable, other, issued.token)
    again = await office.do(reset_desk.issue, admin, asked.id)
    with pytest.raises(ResetUnusable):
        await office.do(resets.usable, reviewer, issued.token)
    assert (await office.do(resets.usable, reviewer, again.token)).id == asked.id


async def test_only_an_admin_who_is_not_the_owner_and_holds_it_issues(office: Office) -> None:
    admin, other = await office.hire(Role.ADMIN, "نادر کاظمی"), await office.hire(Role.ADMIN, "لیلا صفری")
    await totp(office, admin)
    asked = (await office.do(resets.ask_for_factor, admin, "bale")).reset
    assert asked is not None
    for who in (admin, other, await office.reviewer()):
        with pytest.raises(NotYours):
            await office.do(reset_desk.issue, who, asked.id)
    with pytest.raises(NotYours):
        await office.do(reset_desk.claim, admin, asked.id)
    with pytest.raises(NotFound):
        await office.do(resets.withdraw, other, asked.id)


async def test_of_many_at_once_one_code_is_taken_one_admin_has_it_and_one_request_is_begun(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    admins = [await office.hire(Role.ADMIN, name) for name in ("نادر کاظمی", "لیلا صفری", "مریم نوری")]
    secret = await totp(office, officer)
    typed = code(clock, secret)
    assert (await at_once(*(give(office, officer, typed) for _ in range(5)))).count(True) == 1
    asked = await at_once(*(office.do(resets.ask_for_factor, officer, "bale") for _ in range(5)))
    assert [one.new for one in asked].count(True) == 1
    number = asked[0].reset.id
    came = await at_once(*(office.do(reset_desk.claim, admin, number) for admin in admins))
    assert sum(isinstance(one, Taken) for one in came) == 2
    assert len({one.holder for one in came if isinstance(one, Reset)}) == 1


async def test_an_officer_who_left_the_agency_renews_nothing(office: Office) -> None:
    officer = await office.officer()
    case = await office.file(officer)
    left = Actor(officer.person_id, officer.name)
    assert (await office.do(resets.ask_for_case, left, ("bale", 1), case.code)).reset is None
    assert (await office.do(resets.ask_for_case, officer, ("bale", 1), case.code)).new


async def test_the_figures_are_counted_from_the_requests_of_the_period(office: Office, clock: Clock) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نادر کاظمی"), await office.officer()
    begin = clock.now

    async def seen_to(hours: int) -> None:
        case = await office.file(officer)
        asked = (await office.do(resets.ask_for_case, officer, ("bale", 1), case.code)).reset
        assert asked is not None
        await office.do(reset_desk.claim, admin, asked.id)
        clock.move_on(timedelta(hours=hours))
        await office.do(reset_desk.issue, admin, asked.id)

    for hours in (1, 2, 3, 30):
        await seen_to(hours)
    last = await office.file(officer)
    await office.do(resets.ask_for_case, officer, ("bale", 1), last.code)
    found = await office.do(resets.measured, begin, clock.now + timedelta(seconds=1))
    assert (found.asked, found.issued, found.judged, found.in_target) == (5, 4, 0, 0), "no target is set"
    assert (found.median, found.ninetieth) == (timedelta(hours=2), timedelta(hours=30))
    await office.look(lambda work: settings.change(work, by=None, name=RESET_TARGET.name, value="1d"))
    for hours in (1, 24 * 10):
        await seen_to(hours)
    await office.look(lambda work: settings.change(work, by=None, name=RESET_TARGET.name, value="90d"))
    found = await office.do(resets.measured, begin, clock.now + timedelta(seconds=1))
    assert (found.asked, found.judged, found.in_target) == (7, 2, 1), "by the target of their time"
    empty = await office.do(resets.measured, clock.now, clock.now)
    assert (empty.asked, empty.median, empty.ninetieth) == (0, None, None)


async def test_who_asks_and_withdraws_again_and_again_has_to_wait(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "نادر کاظمی")
    officer = await office.officer()
    case = await office.file(officer)

    async def ask() -> None:
        asked = (await office.do(resets.ask_for_case, officer, ("bale", 1), case.code)).reset
        assert asked is not None
        await office.do(resets.withdraw, officer, asked.id)

    for _ in range(RESET_ASKS):
        await ask()
    with pytest.raises(AskedTooOften) as often:
        await ask()
    assert often.value.until == clock.now + HOUR
    clock.move_on(HOUR)
    await ask()


def test_a_pin_is_kept_as_a_peppered_digest_alone() -> None:
    digest = secrets.digest_of("407192", bytes(32))
    assert "407192" not in digest
    tried = [("407192", bytes(32)), ("407193", bytes(32)), ("407192", bytes(31) + b"1")]
    assert [secrets.same(digest, typed, pepper) for typed, pepper in tried] == [True, False, False]
    assert not secrets.same("", "407192", bytes(32))


async def test_no_passcode_is_killed_for_an_officer_who_has_left(office: Office) -> None:
    boss, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    case = await office.file(officer)
    before = await office.look(lambda work: work.cases.passcode(case.code))
    asked = (await office.do(resets.ask_for_case, officer, HERE, case.code)).reset
    assert asked is not None
    await office.do(reset_desk.claim, boss, asked.id)
    await office.look(
        lambda work: people.revoke(work, by=boss, person_id=officer.person_id or 0, role=Role.OFFICER)
    )
    with pytest.raises(NotFound):
        await office.do(reset_desk.issue, boss, asked.id)
    assert await office.look(lambda work: work.cases.passcode(case.code)) == before
    assert [one.id for one in await office.look(reset_desk.end_left)] == [asked.id]
    assert await office.look(reset_desk.end_left) == ()
    assert await office.do(reset_desk.tasks, boss) == ()


async def test_a_colleague_renews_the_passcode_of_an_officer_who_has_left_and_nobody_else_does(
    office: Office,
) -> None:
    boss, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    colleague, other = await office.officer("نگار رستمی"), await office.officer("زهرا امینی", "شرکت آب")
    case = await office.file(officer)
    assert (await office.do(resets.ask_for_case, colleague, HERE, case.code)).reset is None
    await office.do(people.revoke, by=boss, person_id=officer.person_id or 0, role=Role.OFFICER)
    for nobody in (officer, other, boss):
        now = await office.do(people.actor_of, *await office.account(nobody))
        assert (await office.do(resets.ask_for_case, now, HERE, case.code)).reset is None
    asked = (await office.do(resets.ask_for_case, colleague, HERE, case.code)).reset
    assert asked is not None
    assert asked.owner == colleague.person_id
    await office.do(reset_desk.claim, boss, asked.id)
    issued = await office.do(reset_desk.issue, boss, asked.id)
    with pytest.raises(ResetUnusable):
        await office.do(resets.usable, boss, issued.token)
    assert (await office.do(resets.usable, colleague, issued.token)).case_id == case.id
    # The filer comes back: it is the filer's own again, and the colleague's request ends.
    agency_id = officer.agency_id
    await office.look(lambda work: work.people.grant(officer.person_id or 0, Role.OFFICER, agency_id, None))
    assert [one.id for one in await office.look(reset_desk.end_left)] == [asked.id]


async def test_by_night_a_code_ends_at_once_and_its_owner_hears_of_it_in_the_morning(
    office: Office, clock: Clock
) -> None:
    boss, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    case = await office.file(officer)
    clock.move_on(timedelta(days=2, hours=12))  # Saturday evening
    asked = (await office.do(resets.ask_for_case, officer, HERE, case.code)).reset
    assert asked is not None
    assert await office.do(reset_desk.to_prompt) == ()
    clock.move_on(timedelta(hours=12))
    assert [one.id for one in await office.do(reset_desk.to_prompt)] == [asked.id]
    assert await office.do(reset_desk.to_prompt) == ()
    clock.move_on(timedelta(hours=12))
    await office.do(reset_desk.claim, boss, asked.id)
    await office.do(reset_desk.issue, boss, asked.id)
    clock.move_on(people.LIFETIME)
    assert [one.id for one in await office.do(reset_desk.expire)] == [asked.id]
    assert await office.do(reset_desk.to_tell) == ()
    clock.move_on(timedelta(hours=12))
    assert [one.id for one in await office.do(reset_desk.to_tell)] == [asked.id]
    assert await office.do(reset_desk.to_tell) == ()


async def test_codes_guessed_by_asking_for_passcodes_raise_the_same_alarm_once(office: Office) -> None:
    stranger = Actor(None, "")

    def guess(work: Work) -> list[int]:
        tries = range(ALARM_ABOVE + 10)
        return [n for n in tries if resets.ask_for_case(work, stranger, ("bale", n), "ML-1").alarm]

    assert await office.look(guess) == [ALARM_ABOVE]


def test_nothing_opens_a_passcode_that_was_reset() -> None:
    assert not secrets.verify(secrets.DEAD, "KXMTPQRW", bytes(32))


def test_the_picture_is_a_png_of_the_address_that_authenticators_read() -> None:
    told = address(SECRET, "مینا صادقی")
    assert told.startswith("otpauth://totp/")
    assert pyotp.parse_uri(told).secret == SECRET
    assert picture(told).startswith(b"\x89PNG\r\n")
