"""The parameter sheet of secrets, held against the running code by a clock that is moved."""

import sys
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from types import FrameType

import pyotp
import pytest
from hostile_files import many_pages
from PIL import Image
from sent_files import PNG
from services_office import Clock, Office
from sqlalchemy import text
from test_services_factors import HERE, code, give, totp

from bot.conversations import attached, files
from bot.conversations.files import Files
from bot.conversations.form import Position
from bot.conversations.given import JSON
from bot.conversations.proposal import PROPOSAL
from bot.unhurried import AT_ONCE
from domain import throttle
from domain.roles import Role
from domain.throttle import Counter, Rule
from persian.codes import new_tracking_code
from persian.errors import Unreadable
from scans import Clean, Cleaner, Refusal, verdict
from scans.verdict import MB
from services import factors, people, secrets, staffing, tracking
from services.errors import InvitationUnusable
from services.tracking import Asker, Details, Missed
from storage.engine import Store
from storage.errors import KeyUnusable
from storage.records import Case
from storage.vault import Vault
from storage.work import Work

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PEPPER = b"p" * 32
GUESSER: Asker = ("telegram", 4711)


@pytest.fixture
async def office(sqlite_url: str, vault: Vault) -> AsyncIterator[Office]:
    clock = Clock()
    store = await Store.open(sqlite_url, vault=vault, clock=clock)
    yield Office(store, clock)
    await store.close()


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
        "no more hashes at once than": max(AT_ONCE, 2),
        "files": (verdict.FILE_MB, files.MOST_FILES, files.TOTAL_LIMIT_MB),
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
        "no more hashes at once than": 2,
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


async def test_the_digest_of_an_own_passcode_opens_no_other_case(office: Office) -> None:
    """An insider with SQL and no key puts the digest of the own form into a victim's case."""
    own, passcode = await _case(office)
    victims, _ = await _case(office)
    move = "UPDATE cases SET passcode = (SELECT passcode FROM cases WHERE id = :own) WHERE id = :victims"
    numbers = {"own": own.id, "victims": victims.id}
    await office.look(lambda work: work._transaction.connection.execute(text(move), numbers))  # noqa: SLF001
    assert isinstance(await _tries(office, GUESSER, own.code, passcode), Details)
    with pytest.raises(KeyUnusable):
        await _tries(office, GUESSER, victims.code, passcode)


async def test_an_invitation_that_was_given_another_role_is_none(office: Office) -> None:
    """An insider with SQL makes more of the own invitation than was offered."""
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا کریمی")
    raised = text("UPDATE invitations SET role = 'director'")
    await office.look(lambda work: work._transaction.connection.execute(raised))  # noqa: SLF001
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform="bale", user_id=4711, token=invited.token)


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


async def test_an_invitation_ends_after_a_day(office: Office) -> None:
    made = [
        await office.do(people.invite, by=None, role=Role.REVIEWER, name=name) for name in ("رضا", "مینا")
    ]
    office.clock.move_on(24 * HOUR - timedelta(seconds=1))
    joined = await office.do(people.join, platform="bale", user_id=1, token=made[0].token)
    assert joined.person.name == "رضا"
    office.clock.move_on(timedelta(seconds=1))
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform="bale", user_id=2, token=made[1].token)


async def test_the_right_passcode_begins_the_hundred_anew(office: Office) -> None:
    case, passcode = await _case(office)
    for first in (5000, 6000):
        tries = [await _guesses(office, ("bale", first + n), case.code, 1) for n in range(99)]
        assert not any(isinstance(one, Missed) and one.closed_case for (one,) in tries)
        assert isinstance(await _tries(office, ("bale", first - 1), case.code, passcode), Details)


async def test_details_stand_for_ten_minutes(office: Office) -> None:
    case, passcode = await _case(office)
    assert isinstance(await _tries(office, GUESSER, case.code, passcode), Details)
    office.clock.move_on(10 * MINUTE - timedelta(seconds=1))
    assert await office.do(tracking.expired_views) == ()
    office.clock.move_on(timedelta(seconds=1))
    assert [view.case_id for view in await office.do(tracking.expired_views)] == [case.id]


async def test_a_one_time_code_signs_once_and_for_a_quarter_of_an_hour(office: Office) -> None:
    reviewer = await office.reviewer()
    secret = await totp(office, reviewer)
    await office.set(second_factor=True)
    assert await office.do(factors.standing, reviewer, HERE) == "to_sign"
    typed = code(office.clock, secret)
    assert [await give(office, reviewer, typed) for _ in range(2)] == [True, False]
    await office.do(factors.note_signed, reviewer, HERE)
    office.clock.move_on(15 * MINUTE - timedelta(seconds=1))
    assert await office.do(factors.standing, reviewer, HERE) == "signed"
    office.clock.move_on(timedelta(seconds=1))
    assert await office.do(factors.standing, reviewer, HERE) == "to_sign"


def test_a_one_time_code_is_of_this_half_minute_or_the_ones_beside_it() -> None:
    secret, now = pyotp.random_base32(), Clock().now
    totp = pyotp.TOTP(secret)
    codes = [totp.at(int(now.timestamp()) + beside * factors.STEP) for beside in (-2, -1, 0, 1, 2)]
    found = [factors.step_of(secret, code, now) for code in codes]
    assert [step is not None for step in found] == [False, True, True, True, False]


def _picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


async def test_a_file_of_the_utmost_size_is_taken_and_one_beyond_is_not() -> None:
    utmost = (PNG.ljust(10 * MB, b"\0"), many_pages(50), _picture(5000, 5000))
    beyond = (PNG.ljust(10 * MB + 1, b"\0"), many_pages(51), _picture(5001, 5000))
    cleaner = Cleaner()
    taken = [await cleaner.clean(content) for content in utmost]
    refused = [await cleaner.clean(content) for content in beyond]
    cleaner.close()
    assert [type(one) for one in taken] == [Clean] * 3
    assert refused == [
        Refusal("file_too_large", {"limit": 10}),
        Refusal("file_pages", {"limit": 50}),
        Refusal("file_pixels", {"limit": 25}),
    ]


def _room(*sizes: int, more: int) -> str:
    """Why a form that holds files of such sizes takes none of this size; empty where it does."""
    step = next(step for step in PROPOSAL.steps if isinstance(step.kind, Files))
    held: dict[str, dict[str, JSON]] = {
        str(n): {"name": "letter", "size": size} for n, size in enumerate(sizes, 1)
    }
    position = Position({step.name: [int(n) for n in held]}, step.name, files=held)
    try:
        attached.insist_on_room(step, position, more)
    except Unreadable as why:
        return f"{why.code} {why.values['limit']}"
    return ""


def test_a_form_holds_ten_files_and_forty_megabytes() -> None:
    assert _room(*[1] * 9, more=1) == ""
    assert _room(*[1] * 10, more=1) == "files_too_many 10"
    assert _room(*[10 * MB] * 3, more=10 * MB) == ""
    assert _room(*[10 * MB] * 3, more=10 * MB + 1) == "files_too_large 40"
