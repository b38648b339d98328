"""The officer's day in the store: the same debt, drafts that lie, reviews asked for, co-signatures."""

from datetime import timedelta

import pytest
from services_office import ANSWERS, Clock, Office, at_once

from domain.errors import NotAllowedNow, NotYours
from domain.lifecycle import State
from domain.roles import Actor, Role
from services import alike, cosign, decisions, desk, expiry, proposals, refusals, review, survey
from services.desk import Filter
from services.errors import CosignUnusable, ReasonUnknown
from storage.errors import NotFound, Stale
from storage.records import Case, FormRun, FormStatus
from storage.work import Work

DAY = timedelta(days=1)


async def refused(office: Office, officer: Actor, by: Actor) -> Case:
    case = await office.file(officer)
    await office.do(review.claim, actor=by, case_id=case.id)
    return await office.do(decisions.refuse, actor=by, case_id=case.id, reasons=("special_rule.1",))


async def test_the_same_debt_is_found_without_a_number_in_the_clear(office: Office) -> None:
    officer, elsewhere = await office.officer(), await office.officer("نادر", "شرکت آب")
    assert await office.do(alike.find, officer, ANSWERS) is None
    case = await office.file(officer)
    found = await office.do(alike.find, officer, ANSWERS)
    assert found is not None
    assert ([one.code for one in found.same_agency], found.elsewhere) == ([case.code], False)
    outside = await office.do(alike.find, elsewhere, ANSWERS)
    assert outside is not None
    assert (outside.same_agency, outside.elsewhere) == ((), True)
    for other in ({"amount": 1}, {"debt_type": "fine"}, {"national_id": "0499370899"}, {"amount": None}):
        assert await office.do(alike.find, officer, ANSWERS | other) is None
    await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="mistaken.1")
    assert await office.do(alike.find, officer, ANSWERS) is None, "only what is not decided yet"


async def test_a_correction_is_found_by_what_it_says_now(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.give_back(reviewer, case)
    await office.correct(officer, case, amount=90_000_000)
    assert await office.do(alike.find, officer, ANSWERS) is None
    assert await office.do(alike.find, officer, ANSWERS | {"amount": 90_000_000}) is not None
    assert await office.do(alike.fill, 10) == 0


async def test_a_withdrawal_is_for_a_reason_of_the_list(office: Office) -> None:
    officer = await office.officer()
    case = await office.file(officer)
    with pytest.raises(ReasonUnknown):
        await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="whatever.1")
    assert await office.look(lambda work: work.cases.get(case.id)) == case


async def test_a_draft_that_was_saved_again_is_told_of_again_and_its_period_begins_anew(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    await office.set(draft_days=4)
    run = await office.draft(officer)
    clock.move_on(3 * DAY + timedelta(hours=2))  # Sunday morning
    assert [one.id for one in await office.do(expiry.nudge)] == [run.id]
    assert await office.do(expiry.nudge) == ()
    clock.move_on(timedelta(minutes=5))
    saved = await office.look(lambda work: work.forms.save(_read(work, run), data={"answers": {"a": 1}}))
    clock.move_on(2 * DAY)
    assert await office.do(expiry.close) == ()
    assert await office.do(expiry.expires_at, saved) == clock.now + 2 * DAY
    clock.move_on(DAY)
    assert [one.id for one in await office.do(expiry.nudge)] == [run.id]


def _read(work: Work, run: FormRun) -> FormRun:
    found = work.forms.get(run.id)
    assert found is not None
    return found


async def test_nobody_restores_anothers_draft_nor_one_that_is_open(office: Office, clock: Clock) -> None:
    officer, other = await office.officer(), await office.officer("زهرا")
    await office.set(draft_days=1)
    run = await office.draft(officer)
    clock.move_on(2 * DAY + timedelta(hours=2))  # Saturday morning
    assert len(await office.do(expiry.nudge)) == 1
    clock.move_on(timedelta(hours=11))
    assert await office.do(expiry.close) == (), "nothing is closed in the evening"
    clock.move_on(DAY - timedelta(hours=11))
    with pytest.raises(NotFound):
        await office.do(expiry.restore, officer, run.id)
    assert [one.status for one in await office.do(expiry.close)] == [FormStatus.EXPIRED]
    with pytest.raises(NotFound):
        await office.do(expiry.restore, other, run.id)
    assert (await office.do(expiry.restore, officer, run.id)).status is FormStatus.OPEN


async def test_of_two_requests_at_once_one_is_recorded_and_of_two_reviewers_one_takes_it(
    office: Office,
) -> None:
    officer, first = await office.officer(), await office.reviewer()
    second, third = await office.reviewer("پیمان"), await office.reviewer("نیما")
    case = await refused(office, officer, first)
    asked = await at_once(
        *(office.do(refusals.ask, actor=officer, case_id=case.id, note=note) for note in ("یک", "دو"))
    )
    assert sum(isinstance(one, Case) for one in asked) == 1
    assert all(isinstance(one, Case | NotYours | Stale) for one in asked)
    taken = await at_once(
        *(office.do(refusals.take, actor=who, case_id=case.id) for who in (first, second, third))
    )
    assert not isinstance(taken[0], Case), "not whoever refused it"
    assert sum(isinstance(one, Case) for one in taken) == 1


async def test_a_review_passes_on_when_its_reviewer_may_review_no_more(office: Office) -> None:
    officer, first = await office.officer(), await office.reviewer()
    second, third = await office.reviewer("پیمان"), await office.reviewer("نیما")
    case = await refused(office, officer, first)
    await office.do(refusals.ask, actor=officer, case_id=case.id, note="چرا؟")
    await office.do(refusals.take, actor=second, case_id=case.id)
    assert second.person_id is not None
    person = second.person_id
    await office.look(lambda work: work.people.revoke(person, Role.REVIEWER, None))
    assert (await office.do(refusals.take, actor=third, case_id=case.id)).state is State.NOT_AGREED
    counts = (await office.do(desk.queue, third)).counts
    assert counts[Filter.REVIEWS] == 1
    await office.do(refusals.conclude, actor=third, case_id=case.id, uphold=True, note="همان")
    assert Filter.REVIEWS not in (await office.do(desk.queue, third)).counts
    with pytest.raises(NotYours) as again:
        await office.do(refusals.ask, actor=officer, case_id=case.id, note="باز هم")
    assert again.value.why == "asked_already"


async def test_a_new_refusal_may_be_reviewed_anew(office: Office) -> None:
    officer, first, director = (
        await office.officer(),
        await office.reviewer(),
        await office.hire(Role.DIRECTOR, "کاوه"),
    )
    case = await refused(office, officer, first)
    with pytest.raises(NotAllowedNow):
        await office.do(refusals.ask, actor=officer, case_id=(await office.file(officer)).id, note="؟؟")
    await office.do(refusals.ask, actor=officer, case_id=case.id, note="چرا؟")
    again = await office.do(
        decisions.supersede,
        actor=director,
        case_id=case.id,
        outcome=State.NOT_AGREED,
        reasons=("mistake.1",),
        note="دلیل دیگری دارد",
        refusal=("not_authorised.1",),
    )
    assert await office.look(lambda work: work.filing.count_reviews(("asked", "recommended"))) == 0
    asked = await office.do(refusals.ask, actor=officer, case_id=again.id, note="باز هم چرا؟")
    barred = {first.person_id, director.person_id}
    assert not barred & {one.id for one in await office.do(refusals.directors, asked)}


async def recommended(office: Office, officer: Actor) -> tuple[Case, Actor]:
    """A refusal of which a review recommends the replacement, and its reviewer."""
    first, second = await office.reviewer(), await office.reviewer("پیمان")
    case = await refused(office, officer, first)
    place = (case.platform, case.chat_id)
    await office.do(survey.plan, "case", case.id, case.version, person_id=officer.person_id, place=place)
    await office.do(refusals.ask, actor=officer, case_id=case.id, note="چرا؟")
    await office.do(refusals.take, actor=second, case_id=case.id)
    office.clock.move_on(DAY)
    assert await office.do(survey.to_ask) == (), "a review of it is open"
    return await office.do(
        refusals.conclude, actor=second, case_id=case.id, uphold=False, note="مدرک دیده نشد"
    ), second


async def test_a_director_lets_a_refusal_stand_whose_replacement_is_recommended(office: Office) -> None:
    officer, director = await office.officer(), await office.hire(Role.DIRECTOR, "کاوه")
    case, reviewer = await recommended(office, officer)
    for barred in (reviewer, officer):
        with pytest.raises(NotYours):
            await office.do(refusals.conclude, actor=barred, case_id=case.id, uphold=True, note="همان")
    await office.do(refusals.conclude, actor=director, case_id=case.id, uphold=True, note="کافی نیست")
    said = await office.do(refusals.said, case)
    assert [(event.action, event.note) for event in said] == [
        ("ask_review", "چرا؟"),
        ("recommend", "مدرک دیده نشد"),
        ("let_stand", "کافی نیست"),
    ]
    assert await office.look(lambda work: work.filing.count_reviews(("asked", "recommended"))) == 0
    with pytest.raises(NotYours):
        await office.do(refusals.conclude, actor=director, case_id=case.id, uphold=True, note="باز هم")


async def test_nobody_is_asked_about_a_refusal_before_its_review_is_over(office: Office) -> None:
    officer, director = await office.officer(), await office.hire(Role.DIRECTOR, "کاوه")
    case, _ = await recommended(office, officer)
    office.clock.move_on(DAY)
    assert await office.do(survey.to_ask) == ()
    await office.do(refusals.conclude, actor=director, case_id=case.id, uphold=True, note="کافی نیست")
    assert await office.do(survey.to_ask) == (), "the outcome is read first"
    office.clock.move_on(survey.ASK_AFTER)
    assert [one.subject for one in await office.do(survey.to_ask)] == [case.id]


async def test_a_decision_that_was_replaced_is_asked_about_no_more(office: Office) -> None:
    officer, director = await office.officer(), await office.hire(Role.DIRECTOR, "کاوه")
    case, _ = await recommended(office, officer)
    await office.do(
        decisions.supersede,
        actor=director,
        case_id=case.id,
        outcome=State.NOT_AGREED,
        reasons=("mistake.1",),
        note="دلیل دیگری دارد",
        refusal=("not_authorised.1",),
    )
    office.clock.move_on(DAY)
    assert await office.do(survey.to_ask) == ()


async def test_only_an_admin_switches_the_co_signature_of_an_agency(office: Office) -> None:
    officer, admin = await office.officer(), await office.hire(Role.ADMIN, "نرگس")
    assert officer.agency_id is not None
    with pytest.raises(NotYours):
        await office.do(cosign.set_cosign, officer, officer.agency_id, on=True)
    with pytest.raises(NotFound):
        await office.do(cosign.set_cosign, admin, 404, on=True)
    assert await office.do(cosign.wanted, officer) is False
    await office.do(cosign.set_cosign, admin, officer.agency_id, on=True)
    assert await office.do(cosign.wanted, officer) is True


async def test_of_two_accounts_that_open_the_link_one_may_confirm_and_it_is_filed_once(
    office: Office,
) -> None:
    officer = await office.officer()
    run = await office.look(
        lambda work: work.forms.start(
            "proposal", 1, "bale", 1, officer.person_id, None, {"answers": dict(ANSWERS)}
        )
    )
    made = await office.do(cosign.offer, officer, run)
    opened = await at_once(
        *(
            office.do(cosign.open, account=("bale", user), chat_id=user, token=made.token)
            for user in (501, 502)
        )
    )
    assert sorted(type(one).__name__ for one in opened) == ["Asked", "CosignUnusable"]
    account = ("bale", 501 if not isinstance(opened[0], CosignUnusable) else 502)
    with pytest.raises(CosignUnusable):
        await office.do(cosign.confirm, account=("bale", 777), number=1, name="علی", secret_digest="digest")
    filed = await at_once(
        *(
            office.do(cosign.confirm, account=account, number=1, name="علی رضایی", secret_digest="digest")
            for _ in range(2)
        )
    )
    assert await office.look(lambda work: work.cases.count(tuple(State))) == 1
    assert sum(not isinstance(one, Exception) for one in filed) == 1
