"""What an official's confirmation binds, and who has said what about a case and so decides nothing of it."""

from datetime import timedelta

import pytest
from services_office import ANSWERS, Clock, Office

from domain.conditions import conditions_of
from domain.errors import NotYours
from domain.lifecycle import State, fit
from domain.roles import Actor, Role
from persian.dates import tehran_day
from services import (
    alike,
    cosign,
    decisions,
    drafts,
    expiry,
    links,
    people,
    personal,
    proposals,
    refusals,
    review,
    substitutes,
)
from services.case_facts import facts_of
from services.cosign import Offered
from services.errors import CosignUnusable, LinkUnusable
from services.proposals import Filed
from storage.records import Case, FormRun, FormStatus
from storage.work import Work

DAY = timedelta(days=1)
STRANGER = ("telegram", 777)


async def offered(office: Office, officer: Actor, anew: dict[str, str] | None = None) -> Offered:
    """A complete draft behind its link."""
    data = {"answers": dict(ANSWERS)} | ({"anew": anew} if anew else {})
    run = await office.look(
        lambda work: work.forms.start("proposal", 1, "bale", 1, officer.person_id, None, data)
    )
    return await office.do(cosign.offer, officer, run)


async def opened(office: Office, made: Offered, account: tuple[str, int] = STRANGER) -> int:
    asked = await office.do(cosign.open, account=account, chat_id=account[1], token=made.token)
    return asked.cosign.id


async def confirmed(office: Office, made: Offered, account: tuple[str, int] = STRANGER) -> Filed:
    number = await opened(office, made, account)
    return await office.do(
        cosign.confirm, account=account, number=number, name="علی رضایی", secret_digest="digest"
    )


async def now(office: Office, actor: Actor) -> Actor:
    """The person with the roles of this moment."""
    assert actor.person_id is not None
    number = actor.person_id
    found = await office.look(lambda work: work.people.get(number))
    assert found is not None
    return found.actor


async def grant(office: Office, actor: Actor, role: Role) -> Actor:
    assert actor.person_id is not None
    number = actor.person_id
    await office.look(lambda work: work.people.grant(number, role, None, None))
    return await now(office, actor)


def form(work: Work, number: int) -> FormRun:
    found = work.forms.get(number)
    assert found is not None
    return found


async def test_whoever_confirmed_for_the_agency_decides_nothing_about_it(office: Office) -> None:
    officer, colleague = await office.officer(), await office.officer("علی رضایی")
    filed = await confirmed(office, await offered(office, officer), await office.account(colleague))
    judge = await grant(office, colleague, Role.REVIEWER)
    with pytest.raises(NotYours) as barred:
        await office.do(review.claim, actor=judge, case_id=filed.case.id)
    assert barred.value.why == "cosigned_by_you"
    assert not fit(judge, await office.do(facts_of, filed.case))
    account = await office.account(colleague)
    await office.look(lambda work: work.people.unbind(*account, judge.person_id or 0))
    with pytest.raises(NotYours):
        await office.do(review.claim, actor=judge, case_id=filed.case.id)


async def test_an_officials_account_that_is_bound_to_somebody_later_bars_that_person(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await confirmed(office, await offered(office, officer))
    await office.chat(reviewer, STRANGER[1], STRANGER[0])
    with pytest.raises(NotYours):
        await office.do(review.claim, actor=reviewer, case_id=filed.case.id)


async def test_a_proposal_is_filed_for_the_agency_whose_official_confirmed_it(office: Office) -> None:
    officer = await office.officer()
    number = await opened(office, await offered(office, officer))

    def move(work: Work) -> None:
        work.people.revoke(officer.person_id or 0, Role.OFFICER, officer.agency_id)
        there = work.people.add_agency("شرکت آب").id
        work.people.grant(officer.person_id or 0, Role.OFFICER, there, None)

    await office.look(move)
    with pytest.raises(CosignUnusable) as refused:
        await office.do(cosign.confirm, account=STRANGER, number=number, name="علی", secret_digest="digest")
    assert refused.value.why == "moved"
    assert await office.look(lambda work: work.cases.count(tuple(State))) == 0


async def test_the_same_debt_behind_two_links_is_seen_when_the_second_is_confirmed(office: Office) -> None:
    first, second = await office.officer(), await office.officer("نادر")
    one, other = await offered(office, first), await offered(office, second)
    filed = await confirmed(office, one)
    with pytest.raises(CosignUnusable) as refused:
        await confirmed(office, other, ("telegram", 778))
    assert refused.value.why == "alike"
    found = await office.do(alike.find, second, ANSWERS)
    assert found is not None
    given = {"key": found.key, "reason": "بدهی دیگری است"}
    again = await offered(office, await office.officer("زهرا"), given)
    second_case = await confirmed(office, again, ("telegram", 779))
    event = (await office.events(second_case.case))[0]
    assert (event.note, (event.details or {})["alike"]) == ("بدهی دیگری است", [filed.case.id])


async def test_a_reason_given_about_another_debt_is_not_kept_with_the_case(office: Office) -> None:
    officer = await office.officer()
    made = await offered(office, officer, {"key": "00", "reason": "درباره بدهی دیگری بود"})
    event = (await office.events((await confirmed(office, made)).case))[0]
    assert (event.note, event.details) == (None, {"cosigned": 1})


async def test_who_has_confirmed_is_told_so_at_a_second_touch_and_nobody_else_is(office: Office) -> None:
    officer = await office.officer()
    made = await offered(office, officer)
    await confirmed(office, made)
    for account, why in ((STRANGER, "confirmed"), (("telegram", 778), "")):
        with pytest.raises(CosignUnusable) as again:
            await office.do(cosign.asked_of, account=account, number=1)
        assert again.value.why == why
        with pytest.raises(CosignUnusable) as reopened:
            await office.do(cosign.open, account=account, chat_id=account[1], token=made.token)
        assert reopened.value.why == why


async def test_who_recommends_to_replace_a_refusal_does_not_replace_it(office: Office) -> None:
    officer, first = await office.officer(), await office.reviewer()
    other = await office.hire(Role.DIRECTOR, "کاوه")
    both = await grant(office, await office.reviewer("پیمان"), Role.DIRECTOR)
    case = await office.ready(officer, first)
    await office.do(decisions.refuse, actor=first, case_id=case.id, reasons=("special_rule.1",))
    await office.do(refusals.ask, actor=officer, case_id=case.id, note="چرا؟")
    await office.do(refusals.take, actor=both, case_id=case.id)
    case = await office.do(
        refusals.conclude, actor=both, case_id=case.id, uphold=False, note="باید جایگزین شود"
    )

    def replaced(work: Work, by: Actor) -> Case:
        return decisions.supersede(
            work,
            actor=by,
            case_id=case.id,
            outcome=State.AGREED,
            reasons=("mistake.1",),
            note="دلیل تازه",
            conditions=conditions_of(case.kind),
        )

    with pytest.raises(NotYours) as barred:
        await office.do(replaced, both)
    assert barred.value.why == "recommended_by_you"
    assert [one.id for one in await office.do(refusals.directors, case)] == [other.person_id]
    assert (await office.do(replaced, other)).state is State.AGREED


async def test_only_who_may_take_a_review_is_asked_to(office: Office) -> None:
    officer, first = await office.officer(), await office.reviewer()
    stand_in, free = await office.hire(Role.COMPLAINTS, "نیما"), await office.reviewer("پیمان")
    case = await office.ready(officer, first)
    today = tehran_day(office.clock())
    assert stand_in.person_id is not None
    await office.do(
        substitutes.appoint,
        by=first,
        substitute_id=stand_in.person_id,
        first_day=today,
        last_day=today + 5 * DAY,
    )
    await office.do(decisions.refuse, actor=first, case_id=case.id, reasons=("special_rule.1",))
    case = await office.do(refusals.ask, actor=officer, case_id=case.id, note="چرا؟")
    assert [one.id for one in await office.do(refusals.reviewers, case)] == [free.person_id]


async def test_a_closed_draft_stays_as_long_as_its_owner_was_told(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    await office.set(draft_days=40)
    run = await office.draft(officer)
    clock.move_on(31 * DAY + timedelta(hours=2))
    assert len(await office.do(expiry.nudge)) == 1
    clock.move_on(13 * DAY)
    closed = await office.do(expiry.close)
    told = await office.do(expiry.restorable_until, closed[0])
    assert told == clock.now + 40 * DAY
    await office.set(draft_days=1)
    clock.move_on(39 * DAY)
    assert await office.do(expiry.discard) == 0
    still = await office.look(lambda work: form(work, run.id))
    assert await office.do(expiry.restorable_until, still) == told
    clock.move_on(2 * DAY)
    assert await office.do(expiry.discard) == 1


@pytest.mark.parametrize("status", [FormStatus.OPEN, FormStatus.WAITING, FormStatus.EXPIRED])
async def test_a_draft_is_erased_however_it_stands_and_its_link_opens_nothing(
    office: Office, status: FormStatus
) -> None:
    officer = await office.officer()
    run = await office.look(
        lambda work: work.forms.start(
            "proposal", 1, "bale", 1, officer.person_id, None, {"answers": dict(ANSWERS)}
        )
    )
    made = await office.do(cosign.offer, officer, run) if status is FormStatus.WAITING else None
    if status is FormStatus.EXPIRED:
        await office.look(lambda work: work.filing.turn(run, status))
    await office.look(lambda work: drafts.erase(work, form(work, run.id)))
    gone = await office.look(lambda work: form(work, run.id))
    assert (gone.status, gone.data.get("answers", {})) == (FormStatus.DROPPED, {})
    if made is not None:
        with pytest.raises(CosignUnusable):
            await opened(office, made)


async def test_a_withdrawal_does_not_hang_on_who_has_the_case_meanwhile(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    gone = await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="mistaken.1")
    assert gone.state is State.WITHDRAWN


async def test_what_is_kept_of_an_officer_and_erased_are_all_drafts_however_they_stand(
    office: Office,
) -> None:
    officer, admin = await office.officer(), await office.hire(Role.ADMIN, "نرگس")
    made, run = await offered(office, officer), await office.draft(officer)
    await office.look(lambda work: work.filing.turn(run, FormStatus.EXPIRED))
    place = ("bale", 1)
    assert len((await office.do(personal.kept_of, officer, place)).drafts) == 2
    asked = await office.do(personal.ask, officer, place, "erasure")
    _, gone = await office.do(personal.erase, admin, asked.id)
    assert gone.drafts == 2
    assert (await office.do(personal.kept_of, officer, place)).drafts == ()
    with pytest.raises(CosignUnusable):
        await opened(office, made)


async def test_an_official_is_told_and_forgotten_where_nothing_stands_on_the_link(office: Office) -> None:
    officer, admin = await office.officer(), await office.hire(Role.ADMIN, "نرگس")
    filed = await confirmed(office, await offered(office, officer))
    number = await opened(office, await offered(office, officer))
    waiting = await office.do(personal.kept_of, people.STRANGER, STRANGER)
    assert waiting.cosigned[1:] == (("", office.clock.now, "", True),)
    await office.do(cosign.give_back, account=STRANGER, number=number)
    asked = await office.do(personal.ask, people.STRANGER, STRANGER, "correction", "کد ملی من ۱۲۳ است")
    await office.do(personal.answer, admin, asked.id, done=True, words="دیده شد")
    at = office.clock.now
    before = await office.do(personal.kept_of, people.STRANGER, STRANGER)
    assert [row[2:] for row in before.requests] == [("done", "کد ملی من ۱۲۳ است", "دیده شد")]
    assert before.cosigned == (("علی رضایی", at, filed.code, False), ("", at, "", False))
    request = await office.do(personal.ask, people.STRANGER, STRANGER, "erasure")
    _, gone = await office.do(personal.erase, admin, request.id)
    assert (gone.words, gone.cosigned) == (1, 1)
    after = await office.do(personal.kept_of, people.STRANGER, STRANGER)
    assert [row[2:] for row in after.requests] == [("done", "", ""), ("done", "", "")]
    assert after.cosigned == before.cosigned[:1], "the case's record stays"
    found = await office.look(lambda work: work.filing.cosignature(number))
    assert found is not None
    assert (found.platform, found.user_id, found.chat_id) == (None, None, None)


async def test_a_correction_is_confirmed_by_the_official_as_well(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await confirmed(office, await offered(office, officer))
    await office.do(review.claim, actor=reviewer, case_id=filed.case.id)
    await office.give_back(reviewer, filed.case)
    data = {"answers": ANSWERS | {"amount": 90_000_000}}
    run = await office.look(
        lambda work: work.forms.start("proposal", 1, "bale", 1, officer.person_id, filed.case.id, data)
    )
    again = await confirmed(office, await office.do(cosign.offer, officer, run), ("telegram", 778))
    assert (again.case.id, again.case.state, again.case.proposal["amount"]) == (
        filed.case.id,
        State.SUBMITTED,
        90_000_000,
    )
    assert (await office.events(again.case))[-1].details == {"cosigned": 2}


async def test_a_withdrawn_case_has_no_correction_left_with_the_official(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.give_back(reviewer, case)
    run = await office.look(
        lambda work: work.forms.start(
            "proposal", 1, "bale", 1, officer.person_id, case.id, {"answers": dict(ANSWERS)}
        )
    )
    made = await office.do(cosign.offer, officer, run)
    await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="mistaken.1")
    with pytest.raises(CosignUnusable):
        await opened(office, made)
    assert await office.do(cosign.waiting, officer) == ()


async def test_cutting_the_officials_account_off_again_does_not_lift_the_bar(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await confirmed(office, await offered(office, officer))
    made = await office.do(links.offer, by=reviewer)
    await office.do(links.link, platform=STRANGER[0], user_id=STRANGER[1], token=made.token)
    await office.do(links.unlink, by=reviewer, platform=STRANGER[0], user_id=STRANGER[1])
    with pytest.raises(NotYours) as barred:
        await office.do(review.claim, actor=reviewer, case_id=filed.case.id)
    assert barred.value.why == "cosigned_by_you"


async def test_the_officials_account_is_not_linked_to_who_decided_the_case(office: Office) -> None:
    officer, reviewer, other = await office.officer(), await office.reviewer(), await office.reviewer("علی")
    filed = await confirmed(office, await offered(office, officer))
    await office.do(review.claim, actor=reviewer, case_id=filed.case.id)
    await office.do(decisions.refuse, actor=reviewer, case_id=filed.case.id, reasons=("special_rule.1",))

    async def link(actor: Actor) -> None:
        made = await office.do(links.offer, by=actor)
        await office.do(links.link, platform=STRANGER[0], user_id=STRANGER[1], token=made.token)

    with pytest.raises(LinkUnusable) as refused:
        await link(reviewer)
    assert refused.value.why == "has_cases"
    await link(other)
