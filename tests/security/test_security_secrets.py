"""The parameter sheet of secrets, held against the running code; and what becomes of a typed secret."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import FrameType

import pyotp
import pytest
from services_office import Clock, Office
from test_journeys_factors import PIN
from test_journeys_resets import TOKEN, forget, issue
from town import Resident, Town, file_proposal

from bot.conversations import files as attached
from bot.handling import SLOW_AT_ONCE
from bot.incoming import Incoming, SlowWanted
from bot.router import handle
from domain import throttle
from domain.roles import Role
from domain.throttle import Counter, Rule
from persian.codes import new_tracking_code
from scans import verdict
from services import factors, people, secrets, staffing, tracking
from services.errors import InvitationUnusable
from services.tracking import Asker, Details, Missed
from storage.engine import Store
from storage.records import Case
from storage.vault import Vault
from storage.work import Work

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PEPPER = b"p" * 32
GUESSER: Asker = ("telegram", 4711)


@pytest.fixture
async def office(sqlite_url: str, vault: Vault) -> Office:
    clock = Clock()
    return Office(await Store.open(sqlite_url, vault=vault, clock=clock), clock)


def test_the_parameter_sheet_stands_in_the_code() -> None:
    assert {
        "misses of a code by one asker": throttle.CODE_BY_ASKER.limit,
        "wrong passcodes of one asker on one form": throttle.PASSCODE_BY_FORM_AND_ASKER.limit,
        "wrong passcodes of one asker in an hour": throttle.PASSCODE_BY_ASKER.limit,
        "within": throttle.PASSCODE_BY_ASKER.window,
        "wrong passcodes on one form until the admin": throttle.PASSCODE_BY_FORM.limit,
        "misses of everybody in an hour before the alarm": throttle.EVERYWHERE.limit - 1,
        "alarm within": throttle.EVERYWHERE.window,
        "waits for passcodes": [throttle.passcode_wait(n) for n in (4, 5, 6, 7, 11, 12, 99)],
        "bits of a token": secrets.TOKEN_BYTES * 8,
        "hexadecimal digits of it": len(secrets.new_token()),
        "an invitation lasts": (people.LIFETIME, staffing.LIFETIME),
        "a signature lasts": factors.IDLE,
        "seconds of a one-time code": factors.STEP,
        "details stand for": tracking.VIEW_LASTS,
        "hashes at once": SLOW_AT_ONCE,
        "files": (verdict.FILE_MB, attached.MOST_FILES, attached.TOTAL_LIMIT_MB),
        "of a picture and a paper": (verdict.MEGAPIXELS, verdict.PAGES),
    } == {
        "misses of a code by one asker": 10,
        "wrong passcodes of one asker on one form": 5,
        "wrong passcodes of one asker in an hour": 10,
        "within": HOUR,
        "wrong passcodes on one form until the admin": 100,
        "misses of everybody in an hour before the alarm": 200,
        "alarm within": HOUR,
        "waits for passcodes": [
            timedelta(),
            15 * MINUTE,
            30 * MINUTE,
            HOUR,
            16 * HOUR,
            24 * HOUR,
            24 * HOUR,
        ],
        "bits of a token": 128,
        "hexadecimal digits of it": 32,
        "an invitation lasts": (24 * HOUR, 24 * HOUR),
        "a signature lasts": 15 * MINUTE,
        "seconds of a one-time code": 30,
        "details stand for": 10 * MINUTE,
        "hashes at once": 2,
        "files": (10, 10, 40),
        "of a picture and a paper": (25, 50),
    }


def test_a_passcode_is_kept_by_argon2id_after_a_peppered_hmac() -> None:
    made = secrets.new_secret(PEPPER)
    assert made.digest.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert secrets.verify(made.digest, made.passcode, PEPPER)
    assert not secrets.verify(made.digest, made.passcode, b"q" * 32), "the pepper counts"
    assert made.passcode not in repr(made)


def _hashed(act: Callable[[], object]) -> list[str]:
    """The parameters of every comparison that argon2 made meanwhile."""
    found: list[str] = []

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name == "verify" and "argon2" in code.co_filename:
            found.append(str(frame.f_locals["hash"])[:31])

    sys.setprofile(watch)
    try:
        act()
    finally:
        sys.setprofile(None)
    return found


def test_unknown_wrong_and_malformed_cost_the_same_one_hash() -> None:
    made = secrets.new_secret(PEPPER)
    tries = (
        (made.digest, made.passcode),
        (made.digest, "AAAAAAAA"),
        (made.digest, "سلام"),
        (made.digest, ""),
        (None, made.passcode),
        (None, "!"),
        (secrets.DEAD, made.passcode),
    )
    work = [_hashed(partial(secrets.verify, digest, typed, PEPPER)) for digest, typed in tries]
    assert work == [["$argon2id$v=19$m=19456,t=2,p=1$"]] * len(tries)


def _pepper(work: Work) -> bytes:
    return work.vault.pepper


async def _case(office: Office) -> tuple[Case, str]:
    made = secrets.new_secret(await office.look(_pepper))
    return await office.file(await office.officer(), digest=made.digest), made.passcode


async def _tries(office: Office, asker: Asker, code: str, passcode: str) -> Details | Missed:
    """One try as the chat makes it; nothing is hashed for whoever has to wait."""
    attempt = await office.do(tracking.details_prepare, asker=asker, code=code)
    if isinstance(attempt, Missed):
        return attempt
    right = secrets.verify(attempt.digest, passcode, await office.look(_pepper))
    return await office.do(tracking.details_finish, asker=asker, attempt=attempt, right=right)


async def _guesses(office: Office, asker: Asker, code: str, times: int) -> list[Details | Missed]:
    """Wrong tries without the slow part: what `verify` found is what counts."""
    came: list[Details | Missed] = []
    for _ in range(times):
        attempt = await office.do(tracking.details_prepare, asker=asker, code=code)
        if isinstance(attempt, Missed):
            came.append(attempt)
        else:
            came.append(await office.do(tracking.details_finish, asker=asker, attempt=attempt, right=False))
    return came


async def test_unknown_wrong_and_malformed_are_answered_alike(office: Office) -> None:
    case, passcode = await _case(office)
    codes = (case.code, new_tracking_code(), "123", "سلام", "")
    said = [await _tries(office, ("bale", n), code, "AAAAAAAA") for n, code in enumerate(codes)]
    assert said == [Missed()] * len(codes)
    assert isinstance(await _tries(office, ("bale", 0), case.code, passcode), Details)


async def test_five_wrong_ones_wait_a_quarter_which_doubles_to_a_day(office: Office) -> None:
    case, passcode = await _case(office)
    code, waits = case.code, []
    assert all(came == Missed() for came in await _guesses(office, GUESSER, code, 4))
    for _ in range(9):
        last = (await _guesses(office, GUESSER, code, 1))[0]
        assert isinstance(last, Missed)
        assert last.blocked_until is not None
        waits.append(last.blocked_until - office.clock.now)
        assert await _tries(office, GUESSER, code, passcode) == Missed(last.blocked_until)
        office.clock.move_on(waits[-1] - timedelta(seconds=1))
        assert await _tries(office, GUESSER, code, passcode) == Missed(last.blocked_until)
        office.clock.move_on(timedelta(seconds=2))
    in_minutes = [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert waits == [minutes * MINUTE for minutes in in_minutes]
    assert isinstance(await _tries(office, GUESSER, code, passcode), Details)


async def test_ten_an_hour_over_all_forms_and_the_filer_never_waits(office: Office) -> None:
    filer = await office.officer()
    made = secrets.new_secret(await office.look(_pepper))
    cases = [await office.file(filer, digest=made.digest, letter_number=f"۱۲/{n}") for n in range(4)]
    for case in cases[:3]:
        await _guesses(office, GUESSER, case.code, 3)
    assert await _guesses(office, GUESSER, cases[3].code, 1) == [Missed(office.clock.now + HOUR)]
    assert isinstance(await _tries(office, GUESSER, cases[3].code, made.passcode), Missed)
    own = await office.account(filer)
    assert await _guesses(office, own, cases[0].code, 12) == [Missed()] * 12
    assert isinstance(await _tries(office, own, cases[0].code, made.passcode), Details)


async def test_a_hundred_close_the_form_until_an_admin_and_two_hundred_raise_the_alarm(
    office: Office,
) -> None:
    case, passcode = await _case(office)
    came = [(await _guesses(office, ("bale", 5000 + n), case.code, 1))[0] for n in range(201)]
    assert [n for n, one in enumerate(came, 1) if isinstance(one, Missed) and one.closed_case] == [100]
    assert isinstance(await _tries(office, ("bale", 9999), case.code, passcode), Missed)
    others = [(await _guesses(office, ("bale", 7000 + n), new_tracking_code(), 1))[0] for n in range(101)]
    assert [n for n, one in enumerate(others, 101) if isinstance(one, Missed) and one.alarm] == [201]
    admin = await office.hire(Role.ADMIN, "نرگس رضایی")
    await office.do(tracking.reopen, by=admin, case_id=case.id)
    assert isinstance(await _tries(office, ("bale", 9999), case.code, passcode), Details)


def test_whoever_waits_waits_before_anything_is_hashed() -> None:
    rule: Rule = throttle.PASSCODE_BY_FORM_AND_ASKER
    now = Clock().now
    assert throttle.blocked(Counter(5, now, now + MINUTE), now) == now + MINUTE
    assert throttle.after_miss(rule, Counter(4, now), now).blocked_until == now + 15 * MINUTE


async def test_an_invitation_is_bound_used_once_and_kept_as_a_hash(office: Office) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="رضا کریمی")
    assert invited.expires_at == office.clock.now + 24 * HOUR
    digest = await office.look(lambda work: secrets.token_hash(work.vault, invited.token))
    kept = await office.look(lambda work: work.people.invitation(digest))
    assert kept is not None
    assert (kept.role, kept.name) == (Role.REVIEWER, "رضا کریمی")
    assert await office.look(lambda work: work.people.invitation(invited.token)) is None
    await office.do(people.join, platform="bale", user_id=1, token=invited.token)
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform="bale", user_id=2, token=invited.token)


def test_a_one_time_code_is_of_this_half_minute_or_the_ones_beside_it() -> None:
    secret, now = pyotp.random_base32(), Clock().now
    totp = pyotp.TOTP(secret)
    codes = [totp.at(int(now.timestamp()) + beside * factors.STEP) for beside in (-2, -1, 0, 1, 2)]
    found = [factors.step_of(secret, code, now) for code in codes]
    assert [step is not None for step in found] == [False, True, True, True, False]


# A secret that was typed leaves the chat


async def _asks_for_details(town: Town) -> tuple[Resident, str]:
    code, passcode = await file_proposal(await town.officer())
    debtor = await town.newcomer("debtor")
    await debtor.says(code)
    await debtor.presses("دیدن جزئیات")
    return debtor, passcode


async def _about_to_make_a_pin(town: Town) -> tuple[Resident, str]:
    reviewer = await town.reviewer()
    await reviewer.says("رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    return reviewer, PIN


async def _holds_a_reset_code(town: Town) -> tuple[Resident, str]:
    """An officer with a one-time code that an admin has issued, about to type it."""
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    code, _ = await file_proposal(officer)
    await forget(officer, code)
    await issue(admin)
    token = TOKEN.search(officer.chat_text())
    assert token is not None
    return officer, token.group()


SECRETS = pytest.mark.parametrize("prepare", [_asks_for_details, _about_to_make_a_pin, _holds_a_reset_code])


def _typed(person: Resident) -> list[str]:
    """What stands in the chat of what the person has written."""
    return [str(m["text"]) for m in person.phone.messages() if m["from"] != "bot"]


@SECRETS
async def test_a_typed_secret_leaves_the_chat_though_the_bot_is_killed_between_commit_and_post(
    town: Town, prepare: Callable[[Town], Awaitable[tuple[Resident, str]]]
) -> None:
    person, secret = await prepare(town)
    await town.quiet()
    town.sandbox.faults.add("telegram", "*", "500")
    await person.phone.send(secret)
    for _ in range(1500):
        waits = await town.run(lambda work: bool(work.outbox.counts()) and not work.inbox.waiting_chats())
        if waits:
            break
        await asyncio.sleep(0.01)
    assert secret in _typed(person), "it stands there as long as nothing can be sent"
    await town.crash()
    town.sandbox.faults.orders.clear()
    await town.open()
    await town.wait(minutes=10)
    assert secret not in _typed(person)


class _CutOffError(Exception):
    """The unit ends before its commit."""


@SECRETS
async def test_the_deletion_stands_with_the_handling_or_neither_does(
    town: Town, prepare: Callable[[Town], Awaitable[tuple[Resident, str]]]
) -> None:
    person, secret = await prepare(town)
    await town.quiet()
    assert town.app is not None
    told = person.phone.messages()[-1]["id"]
    said = Incoming(
        "telegram",
        person.phone.person.user_id,
        person.phone.person.user_id,
        "private",
        "text",
        text=secret,
        message_id=told + 1,
        sent_at=town.sandbox.clock(),
    )
    app, seen = town.app, list[bool]()

    def unit(work: Work, computed: object = None) -> None:
        handle(work, replace(said, computed=computed), app.office)
        seen.append(bool(work.outbox.counts()))
        raise _CutOffError

    before = await town.run(lambda work: (work.chats.get("telegram", said.chat_id), work.audit.head()))
    try:
        await town.run(unit)
    except SlowWanted as slow:
        computed = slow.compute()
        with pytest.raises(_CutOffError):
            await town.run(lambda work: unit(work, computed))
    except _CutOffError:
        pass
    assert seen == [True], "both stood there before it was cut off"
    assert await town.run(lambda work: work.outbox.counts()) == {}
    assert before == await town.run(
        lambda work: (work.chats.get("telegram", said.chat_id), work.audit.head())
    )
    await person.hears_all(secret)
    assert secret not in _typed(person), "the next try finds everything as it was"
