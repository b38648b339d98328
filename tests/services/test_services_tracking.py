"""Strangers with a code, strangers with a passcode, and those who guess."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from services_office import Clock, Office, at_once

from domain.errors import NotYours
from domain.roles import Role
from persian.codes import group_code, verhoeff_digit
from persian.text import to_persian_digits
from services import decisions, people, review, settings, tracking
from services.tracking import Asker, Attempt, Details, Missed, Stage
from storage.records import Case, View

NOBODY: Asker = ("telegram", 77)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def unknown(number: int) -> str:
    """A well-formed code that nobody has."""
    digits = f"{number:011d}"
    return digits + verhoeff_digit(digits)


async def guess(office: Office, code: str, *, asker: Asker = NOBODY, right: bool = False) -> Details | Missed:
    """One try of a passcode, the hashing left out."""
    attempt = await office.do(tracking.details_prepare, asker=asker, code=code)
    if isinstance(attempt, Missed):
        return attempt
    return await office.do(tracking.details_finish, asker=asker, attempt=attempt, right=right)


async def case_in_review(office: Office, clock: Clock) -> Case:
    """Filed at nine, taken up at ten, agreed for a second signature at eleven."""
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    clock.move_on(HOUR)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    clock.move_on(HOUR)
    await office.tick_all(reviewer, case)
    await office.do(settings.change, by=None, name="second_signature", value=True)
    return await office.do(decisions.agree, actor=reviewer, case_id=case.id)


async def test_anybody_with_the_code_sees_stages_and_dates_and_no_second_signature(
    office: Office, clock: Clock
) -> None:
    start = clock.now
    case = await case_in_review(office, clock)
    stage = await office.do(tracking.look_up, asker=NOBODY, typed=to_persian_digits(group_code(case.code)))
    assert stage == Stage(
        case_id=case.id,
        code=case.code,
        stage="in_review",
        filed_on=date(2026, 10, 1),
        changed_at=start + HOUR,
        steps=(("submitted", start), ("in_review", start + HOUR)),
        next_step="office_decides",
        target=None,
    )


async def test_the_public_view_has_no_room_for_personal_data() -> None:
    assert [field.name for field in fields(Stage)] == [
        "case_id",
        "code",
        "stage",
        "filed_on",
        "changed_at",
        "steps",
        "next_step",
        "target",
    ]


async def test_malformed_unknown_and_throttled_read_the_same(office: Office) -> None:
    code = (await office.file(await office.officer())).code
    malformed = await office.do(tracking.look_up, asker=NOBODY, typed="سلام")
    wrong_digit = await office.do(tracking.look_up, asker=NOBODY, typed=code[:-1] + str(9 - int(code[-1])))
    missing = await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
    assert malformed == wrong_digit == missing == Missed()
    for _ in range(6):
        assert await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1)) == Missed()
    tenth = await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
    throttled = await office.do(tracking.look_up, asker=NOBODY, typed=code)
    assert tenth == throttled == Missed(office.clock.now + 15 * MINUTE)


async def test_ten_misses_make_the_asker_wait_and_nobody_else(office: Office, clock: Clock) -> None:
    code = (await office.file(await office.officer())).code
    for _ in range(10):
        await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
    assert isinstance(await office.do(tracking.look_up, asker=NOBODY, typed=code), Missed)
    for other in (("telegram", 78), ("bale", 77)):
        assert isinstance(await office.do(tracking.look_up, asker=other, typed=code), Stage)
    clock.move_on(15 * MINUTE - timedelta(milliseconds=1))
    assert isinstance(await office.do(tracking.look_up, asker=NOBODY, typed=code), Missed)
    clock.move_on(timedelta(milliseconds=1))
    assert isinstance(await office.do(tracking.look_up, asker=NOBODY, typed=code), Stage)


async def test_a_code_of_ones_own_forgives_no_misses_but_a_day_does(office: Office, clock: Clock) -> None:
    code = (await office.file(await office.officer())).code
    for _ in range(9):
        await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
        assert isinstance(await office.do(tracking.look_up, asker=NOBODY, typed=code), Stage)
    clock.move_on(timedelta(hours=24))
    assert await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1)) == Missed()
    assert isinstance(await office.do(tracking.look_up, asker=NOBODY, typed=code), Stage)


async def test_the_filer_is_never_locked_out_of_the_own_case(office: Office) -> None:
    officer = await office.officer()
    case, account = await office.file(officer), await office.account(officer)
    foreign = await office.file(await office.officer("زهرا"))
    for _ in range(12):
        await office.do(tracking.look_up, asker=account, typed=unknown(1))
    assert isinstance(await office.do(tracking.look_up, asker=account, typed=foreign.code), Missed)
    assert isinstance(await office.do(tracking.look_up, asker=account, typed=case.code), Stage)
    for _ in range(120):
        assert await guess(office, case.code, asker=account) == Missed()
    assert isinstance(await guess(office, case.code, asker=account, right=True), Details)


async def test_the_two_hundred_and_first_miss_in_an_hour_alarms_once(office: Office, clock: Clock) -> None:
    async def misses(count: int, first: int) -> list[bool]:
        return [
            answer.alarm
            for n in range(count)
            if isinstance(
                answer := await office.do(tracking.look_up, asker=("bale", first + n), typed=unknown(n)),
                Missed,
            )
        ]

    assert await misses(210, first=0) == [False] * 200 + [True] + [False] * 9
    clock.move_on(HOUR)
    assert await misses(201, first=1000) == [False] * 200 + [True]


async def test_the_passcode_opens_the_details_for_ten_minutes(office: Office, clock: Clock) -> None:
    case = await office.file(await office.officer(), digest="kept")
    attempt = await office.do(tracking.details_prepare, asker=NOBODY, code=case.code)
    assert attempt == Attempt(case.code, case.id, "kept")
    details = await office.do(tracking.details_finish, asker=NOBODY, attempt=attempt, right=True)
    assert isinstance(details, Details)
    assert (details.case, details.until) == (case, clock.now + 10 * MINUTE)
    assert sum(row.amount for row in details.plan.rows) == details.proposal.amount
    assert await office.do(tracking.expired_views) == ()
    clock.move_on(10 * MINUTE)
    expired = await office.do(tracking.expired_views)
    assert expired == (View(case.id, *NOBODY, details.until),)
    assert await office.do(tracking.expired_views) == ()


async def test_an_attempt_does_not_print_the_digest(office: Office) -> None:
    case = await office.file(await office.officer(), digest="kept-digest")
    attempt = await office.do(tracking.details_prepare, asker=NOBODY, code=case.code)
    assert "kept-digest" not in repr(attempt)


async def test_five_wrong_passcodes_make_one_wait_and_each_further_one_twice_as_long(
    office: Office, clock: Clock
) -> None:
    case = await office.file(await office.officer())
    for _ in range(4):
        assert await guess(office, case.code) == Missed()
    waits = []
    for _ in range(9):
        missed = await guess(office, case.code)
        assert isinstance(missed, Missed)
        assert missed.blocked_until is not None
        waits.append(missed.blocked_until - clock.now)
        assert await guess(office, case.code, right=True) == missed
        clock.move_on(missed.blocked_until - clock.now)
    quarters = [1, 2, 4, 8, 16, 32, 64, 96, 96]
    # Ten in an hour over all forms is never reached at this pace, so only the doubling shows.
    assert waits == [15 * MINUTE * n for n in quarters]


async def test_the_right_passcode_forgets_the_wrong_ones_of_this_form(office: Office, clock: Clock) -> None:
    case = await office.file(await office.officer())
    for _ in range(2):
        for _ in range(4):
            assert await guess(office, case.code) == Missed()
        assert isinstance(await guess(office, case.code, right=True), Details)
        clock.move_on(HOUR)


async def test_ten_wrong_passcodes_in_an_hour_over_all_forms_stop_the_asker_everywhere(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    cases = [await office.file(officer) for _ in range(4)]
    for n in range(9):
        assert await guess(office, cases[n % 3].code) == Missed()
    assert await guess(office, cases[0].code) == Missed(clock.now + HOUR)
    assert await guess(office, cases[3].code, right=True) == Missed(clock.now + HOUR)
    clock.move_on(HOUR)
    assert isinstance(await guess(office, cases[3].code, right=True), Details)


async def test_a_passcode_of_ones_own_forgives_no_wrong_ones_elsewhere(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    own, *others = [await office.file(officer) for _ in range(4)]
    for n in range(9):
        assert await guess(office, others[n % 3].code) == Missed()
        assert isinstance(await guess(office, own.code, right=True), Details)
    assert await guess(office, others[0].code) == Missed(clock.now + HOUR)


async def test_a_form_that_does_not_exist_is_throttled_just_the_same(office: Office) -> None:
    case = await office.file(await office.officer())
    one, other = ("bale", 1), ("bale", 2)
    real = [await guess(office, case.code, asker=one) for _ in range(7)]
    none = [await guess(office, unknown(5), asker=other) for _ in range(7)]
    assert real == none
    attempt = await office.do(tracking.details_prepare, asker=NOBODY, code=unknown(6))
    assert attempt == Attempt(unknown(6), None, None)
    # Even a «right» digest cannot open what is not there.
    assert await office.do(tracking.details_finish, asker=NOBODY, attempt=attempt, right=True) == Missed()
    assert await office.do(tracking.details_prepare, asker=NOBODY, code="سلام") == Attempt("", None, None)


async def test_the_throttle_comes_before_the_hash(office: Office) -> None:
    case = await office.file(await office.officer())
    for _ in range(5):
        await guess(office, case.code)
    blocked = await office.do(tracking.details_prepare, asker=NOBODY, code=case.code)
    assert isinstance(blocked, Missed)


async def test_guesses_hashed_side_by_side_buy_no_further_answers(office: Office) -> None:
    case = await office.file(await office.officer())
    attempts = [
        attempt
        for _ in range(8)
        if isinstance(
            attempt := await office.do(tracking.details_prepare, asker=NOBODY, code=case.code), Attempt
        )
    ]
    assert len(attempts) == 8
    answers = [
        await office.do(tracking.details_finish, asker=NOBODY, attempt=attempt, right=number == 7)
        for number, attempt in enumerate(attempts)
    ]
    assert answers == [Missed()] * 4 + [Missed(office.clock.now + 15 * MINUTE)] * 4


async def test_misses_at_once_are_all_counted(office: Office) -> None:
    await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
    await at_once(*(office.do(tracking.look_up, asker=NOBODY, typed=unknown(n)) for n in range(8)))
    tenth = await office.do(tracking.look_up, asker=NOBODY, typed=unknown(1))
    assert tenth == Missed(office.clock.now + 15 * MINUTE)


async def test_a_hundred_wrong_passcodes_close_a_form_until_an_admin_opens_it(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    case, account = await office.file(officer), await office.account(officer)
    answers = [await guess(office, case.code, asker=("bale", 5000 + n)) for n in range(101)]
    closed = [answer.closed_case for answer in answers if isinstance(answer, Missed)]
    assert closed == [None] * 99 + [case.id] + [None]
    clock.move_on(timedelta(days=365))
    assert await guess(office, case.code, right=True) == Missed()
    assert isinstance(await guess(office, case.code, asker=account, right=True), Details)
    # The filer's own success is a success of the form.
    assert isinstance(await guess(office, case.code, right=True), Details)


async def test_only_an_admin_opens_a_closed_form(office: Office) -> None:
    case = await office.file(await office.officer())
    for n in range(100):
        await guess(office, case.code, asker=("bale", 5000 + n))
    assert await guess(office, case.code, right=True) == Missed()
    for other in (await office.reviewer(), people.STRANGER):
        with pytest.raises(NotYours):
            await office.do(tracking.reopen, by=other, case_id=case.id)
    admin = await office.hire(Role.ADMIN, "نرگس")
    await office.do(tracking.reopen, by=admin, case_id=case.id)
    assert isinstance(await guess(office, case.code, right=True), Details)


async def test_nobodys_form_closes_without_a_word_to_the_admins(office: Office) -> None:
    answers = [await guess(office, unknown(3), asker=("bale", n)) for n in range(101)]
    assert answers == [Missed()] * 101


async def test_a_case_that_changed_while_the_passcode_was_hashed_is_shown_as_it_is_now(
    office: Office,
) -> None:
    reviewer = await office.reviewer()
    case = await office.file(await office.officer())
    attempt = await office.do(tracking.details_prepare, asker=NOBODY, code=case.code)
    assert isinstance(attempt, Attempt)
    claimed = await office.do(review.claim, actor=reviewer, case_id=case.id)
    details = await office.do(tracking.details_finish, asker=NOBODY, attempt=attempt, right=True)
    assert isinstance(details, Details)
    assert details.case == replace(claimed)


async def test_the_offices_own_target_is_shown_once_it_is_set_and_while_its_clock_runs(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)

    async def target() -> date | None:
        stage = await office.do(tracking.look_up, asker=NOBODY, typed=case.code)
        assert isinstance(stage, Stage)
        return stage.target

    assert await target() is None
    await office.do(settings.change, by=None, name="decision_target", value="2d")
    assert await target() == date(2026, 10, 4), "the weekend is not counted"
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    assert await target() == date(2026, 10, 4)
    await office.give_back(reviewer, case)
    assert await target() is None, "the agency's time is not the office's"


async def test_a_corrected_case_was_filed_once_and_sent_again(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    start = clock.now
    case = await office.file(officer)
    for act in ("claim", "release", "claim"):
        clock.move_on(HOUR)
        await office.do(getattr(review, act), actor=reviewer, case_id=case.id)
    clock.move_on(HOUR)
    await office.give_back(reviewer, case)
    clock.move_on(HOUR)
    await office.correct(officer, case)
    stage = await office.do(tracking.look_up, asker=NOBODY, typed=case.code)
    assert isinstance(stage, Stage)
    assert stage.stage == "submitted"
    assert [(step, (at - start) // HOUR) for step, at in stage.steps] == [
        ("submitted", 0),
        ("in_review", 1),
        ("back_in_queue", 2),
        ("in_review", 3),
        ("returned", 4),
        ("resubmitted", 5),
    ]


async def test_two_first_misses_at_the_same_moment_are_two(office: Office) -> None:
    for round_ in range(5):
        asker = ("bale", 700 + round_)
        await at_once(*(office.do(tracking.look_up, asker=asker, typed=unknown(n)) for n in range(10)))
        throttled = await office.do(tracking.look_up, asker=asker, typed=unknown(1))
        assert throttled == Missed(office.clock.now + 15 * MINUTE)
