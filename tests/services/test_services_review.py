"""Reviewers: who gets the case, what must be ticked, and that one decision stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from services_office import Clock, Office, at_once

from domain.conditions import conditions_of
from domain.errors import Incomplete, NotAllowedNow, NotYours, Unticked
from domain.lifecycle import Action, State
from domain.roles import Actor, Grant, Role
from services import decisions, desk, review
from services.errors import AlreadyDecided, Taken
from services.people import STRANGER
from storage.errors import NotFound, Stale
from storage.records import Case


async def test_two_reviewers_claim_at_once_and_the_other_learns_who_won(office: Office) -> None:
    officer = await office.officer()
    reviewers = {name: await office.reviewer(name) for name in ("مینا", "رضا")}
    for _ in range(5):
        case = await office.file(officer)
        came = await at_once(
            *(office.do(review.claim, actor=one, case_id=case.id) for one in reviewers.values())
        )
        won = [one for one in came if isinstance(one, Case)]
        lost = [one for one in came if isinstance(one, Taken)]
        assert (len(won), len(lost)) == (1, 1)
        assert reviewers[lost[0].holder_name].person_id == won[0].holder
        assert won[0].state is State.IN_REVIEW


async def test_a_second_press_of_the_winner_changes_nothing(office: Office) -> None:
    reviewer = await office.reviewer()
    case = await office.file(await office.officer())
    came = await at_once(*(office.do(review.claim, actor=reviewer, case_id=case.id) for _ in range(10)))
    assert {(one.holder, one.version) for one in came} == {(reviewer.person_id, 2)}
    assert len(await office.look(lambda work: work.cases.events(case.id))) == 2


async def test_fifty_reviewers_decide_one_case_and_one_decision_stands(office: Office) -> None:
    officer, holder = await office.officer(), await office.reviewer("مینا")
    crowd = [await office.reviewer(f"بررسی‌کننده {n}") for n in range(24)]
    case = await office.ready(officer, holder)
    acts = [
        act
        for one in (holder, holder, *crowd)
        for act in (
            office.do(decisions.agree, actor=one, case_id=case.id),
            office.do(decisions.refuse, actor=one, case_id=case.id, reasons=("other.1",), note="دلیل"),
        )
    ]
    came = await at_once(*acts)
    won = [one for one in came if isinstance(one, Case)]
    assert len(won) == 1
    told = {
        one.holder_name if isinstance(one, Taken) else one.by
        for one in came
        if isinstance(one, Taken | AlreadyDecided)
    }
    assert told == {"مینا"}
    assert all(isinstance(one, Case | Taken | AlreadyDecided | Stale) for one in came)
    stands = await office.look(lambda work: work.cases.get(case.id))
    assert (stands.state, stands.decided_at) == (won[0].state, won[0].decided_at)
    events = await office.look(lambda work: work.cases.events(case.id))
    assert [event.action for event in events[2:]] == [
        Action.AGREE if stands.state is State.AGREED else Action.REFUSE
    ]


async def test_whoever_comes_after_the_decision_is_told_whose_it_is(office: Office) -> None:
    officer, holder = await office.officer(), await office.reviewer("مینا")
    case = await office.ready(officer, holder)
    await office.do(decisions.agree, actor=holder, case_id=case.id)
    for act in (review.claim, decisions.agree, review.release):
        with pytest.raises(AlreadyDecided) as late:
            await office.do(act, actor=await office.reviewer("رضا"), case_id=case.id)
        assert (late.value.by, late.value.values["by"], late.value.state) == ("مینا", "مینا", State.AGREED)


async def test_an_agreement_needs_every_condition_ticked_by_the_holder(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await office.file(officer)
    case = await office.do(review.claim, actor=reviewer, case_id=filed.id)
    names = conditions_of(case.kind)
    for number, name in enumerate(names):
        with pytest.raises(Unticked) as still_open:
            await office.do(decisions.agree, actor=reviewer, case_id=case.id)
        assert still_open.value.conditions == names[number:]
        await office.do(review.tick, actor=reviewer, case_id=case.id, condition=name, on=True)
    await office.do(review.tick, actor=reviewer, case_id=case.id, condition=names[0], on=False)
    with pytest.raises(Unticked):
        await office.do(decisions.agree, actor=reviewer, case_id=case.id)
    await office.do(review.tick, actor=reviewer, case_id=case.id, condition=names[0], on=True)
    clock.move_on(timedelta(hours=1))
    agreed = await office.do(decisions.agree, actor=reviewer, case_id=case.id, version=case.version)
    assert (agreed.state, agreed.decided_at, agreed.holder) == (State.AGREED, clock.now, reviewer.person_id)


async def test_ticks_are_each_persons_own_and_a_new_hold_begins_without(office: Office) -> None:
    officer, first, second = (
        await office.officer(),
        await office.reviewer("مینا"),
        await office.reviewer("رضا"),
    )
    case = await office.ready(officer, first)
    await office.do(review.release, actor=first, case_id=case.id)
    await office.do(review.claim, actor=second, case_id=case.id)
    with pytest.raises(Unticked):
        await office.do(decisions.agree, actor=second, case_id=case.id)
    await office.do(
        decisions.return_for_correction, actor=second, case_id=case.id, reasons=("marked.1",), note="مبلغ"
    )
    await office.correct(officer, await office.look(lambda work: work.cases.get(case.id)), amount=9_000_000)
    await office.do(review.claim, actor=first, case_id=case.id)
    assert (await office.do(desk.view, first, case.id)).ticks == {}
    with pytest.raises(Unticked):
        await office.do(decisions.agree, actor=first, case_id=case.id)


async def test_only_the_holder_ticks_and_only_what_the_kind_asks(office: Office) -> None:
    officer, holder = await office.officer(), await office.reviewer("مینا")
    waiting = await office.file(officer)
    with pytest.raises(NotAllowedNow):
        await office.do(review.tick, actor=holder, case_id=waiting.id, condition="amount", on=True)
    case = await office.do(review.claim, actor=holder, case_id=waiting.id)
    with pytest.raises(Taken):
        await office.do(
            review.tick, actor=await office.reviewer("رضا"), case_id=case.id, condition="amount", on=True
        )
    with pytest.raises(KeyError):
        await office.do(review.tick, actor=holder, case_id=case.id, condition="deferral_date", on=True)
    with pytest.raises(Stale):
        await office.do(
            review.tick, actor=holder, case_id=case.id, condition="amount", on=True, version=case.version - 1
        )
    assert (await office.do(desk.view, holder, case.id)).ticks == {}


async def test_a_refusal_and_a_return_need_a_reason_and_keep_the_note(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    for act, state in (
        (decisions.refuse, State.NOT_AGREED),
        (decisions.return_for_correction, State.RETURNED),
    ):
        filed = await office.file(officer)
        await office.do(review.claim, actor=reviewer, case_id=filed.id)
        with pytest.raises(Incomplete) as lacking:
            await office.do(act, actor=reviewer, case_id=filed.id, reasons=("",), note="یادداشت")
        assert lacking.value.missing == ("reason",)
        case = await office.do(
            act, actor=reviewer, case_id=filed.id, reasons=("other.1",), note=" يادداشت  اداره "
        )
        assert case.state is state
        last = (await office.look(lambda work, row=case.id: work.cases.events(row)))[-1]  # type: ignore[misc]
        assert (last.reasons, last.note, last.person_id, last.role, last.on_version) == (
            ("other.1",),
            "یادداشت اداره",
            reviewer.person_id,
            Role.REVIEWER,
            case.version,
        )


async def test_who_files_never_decides_whatever_the_roles(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    both = replace(officer, grants=officer.grants | {Grant(Role.REVIEWER), Grant(Role.DIRECTOR)})
    case = await office.file(officer)
    with pytest.raises(NotYours) as refused:
        await office.do(review.claim, actor=both, case_id=case.id)
    assert refused.value.why == "filed_by_you"
    ready = await office.ready(officer, reviewer)
    await office.set(second_signature=True)
    waiting = await office.do(decisions.agree, actor=reviewer, case_id=ready.id)
    with pytest.raises(NotYours) as refused:
        await office.do(decisions.sign, actor=both, case_id=waiting.id)
    assert refused.value.why == "filed_by_you"


async def test_an_admin_never_decides_whatever_the_roles(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    promoted = replace(reviewer, grants=reviewer.grants | {Grant(Role.ADMIN)})
    fresh = await office.file(officer)
    case = await office.ready(officer, reviewer)
    with pytest.raises(NotYours) as refused:
        await office.do(review.claim, actor=promoted, case_id=fresh.id)
    assert refused.value.why == "admin_never_decides"
    for act in (
        office.do(decisions.agree, actor=promoted, case_id=case.id),
        office.do(decisions.refuse, actor=promoted, case_id=case.id, reasons=("special_rule.1",)),
        office.do(decisions.return_for_correction, actor=promoted, case_id=case.id, reasons=("marked.1",)),
        office.do(review.tick, actor=promoted, case_id=case.id, condition="amount", on=True),
    ):
        with pytest.raises(NotYours) as refused:
            await act
        assert refused.value.why == "admin_never_decides"
    assert (await office.do(review.release, actor=promoted, case_id=case.id)).state is State.SUBMITTED


async def test_a_second_signature_is_another_persons(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    ready = await office.ready(officer, reviewer)
    await office.set(second_signature=True)
    waiting = await office.do(decisions.agree, actor=reviewer, case_id=ready.id)
    assert (waiting.state, waiting.decided_at) == (State.AWAITING_SIGNATURE, None)
    signing_twice = replace(reviewer, grants=reviewer.grants | {Grant(Role.DIRECTOR)})
    with pytest.raises(NotYours) as refused:
        await office.do(decisions.sign, actor=signing_twice, case_id=waiting.id)
    assert refused.value.why == "first_signature_yours"
    agreed = await office.do(decisions.sign, actor=director, case_id=waiting.id)
    assert agreed.state is State.AGREED
    with pytest.raises(AlreadyDecided) as late:
        await office.do(decisions.sign, actor=director, case_id=waiting.id)
    assert late.value.by == "مدیر"


async def test_a_director_may_refuse_what_waits_for_the_signature(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    ready = await office.ready(officer, reviewer)
    await office.set(second_signature=True)
    await office.do(decisions.agree, actor=reviewer, case_id=ready.id)
    refused = await office.do(decisions.refuse, actor=director, case_id=ready.id, reasons=("special_rule.1",))
    assert refused.state is State.NOT_AGREED
    last = (await office.look(lambda work: work.cases.events(ready.id)))[-1]
    assert (last.person_id, last.role) == (director.person_id, Role.DIRECTOR)


async def test_a_button_of_an_older_version_decides_nothing(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    for act in (
        office.do(decisions.agree, actor=reviewer, case_id=case.id, version=case.version - 1),
        office.do(
            decisions.refuse,
            actor=reviewer,
            case_id=case.id,
            reasons=("special_rule.1",),
            version=case.version - 1,
        ),
        office.do(review.release, actor=reviewer, case_id=case.id, version=case.version + 1),
    ):
        with pytest.raises(Stale):
            await act
    assert await office.look(lambda work: work.cases.get(case.id)) == case


async def test_a_claim_on_an_older_card_is_stale_unless_a_colleague_holds_the_case(office: Office) -> None:
    reviewer, colleague = await office.reviewer("مینا"), await office.reviewer("رضا")
    case = await office.file(await office.officer())
    await office.do(review.claim, actor=colleague, case_id=case.id, version=case.version)
    with pytest.raises(Taken) as lost:
        await office.do(review.claim, actor=reviewer, case_id=case.id, version=case.version)
    assert lost.value.holder_name == "رضا"
    await office.do(review.release, actor=colleague, case_id=case.id)
    with pytest.raises(Stale):
        await office.do(review.claim, actor=reviewer, case_id=case.id, version=case.version)


async def test_a_case_let_go_waits_in_the_queue_again(office: Office) -> None:
    reviewer = await office.reviewer()
    filed = await office.file(await office.officer())
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.do(review.release, actor=reviewer, case_id=filed.id)
    assert (case.state, case.holder, case.claimed_at) == (State.SUBMITTED, None, None)


async def test_a_case_on_the_desk_shows_everything_about_it(office: Office) -> None:
    officer, reviewer = await office.officer("سارا رضایی"), await office.reviewer("مینا")
    case = await office.ready(officer, reviewer)
    view = await office.do(desk.view, reviewer, case.id)
    assert (view.case, view.holder_name, view.filer_name, view.agency_name) == (
        case,
        "مینا",
        "سارا رضایی",
        "اداره کل راه",
    )
    assert tuple(finding.code for finding in view.findings) == conditions_of(case.kind)
    assert set(view.ticks) == set(conditions_of(case.kind))
    assert view.actions == (
        Action.AGREE,
        Action.REFUSE,
        Action.RETURN_FOR_CORRECTION,
        Action.HAND_OVER,
        Action.RELEASE,
    )
    assert [event.action for event in view.events] == [Action.SUBMIT, Action.CLAIM]
    assert len(view.plan.rows) == 12


async def test_only_reviewers_and_directors_see_the_queue_and_the_cases(office: Office) -> None:
    officer = await office.officer()
    case = await office.file(officer)
    others = [await office.hire(role, "همکار") for role in (Role.ADMIN, Role.AUDITOR, Role.COMPLAINTS)]
    for other in (*others, officer, STRANGER):
        for act in (
            office.do(desk.view, other, case.id),
            office.do(desk.queue, other),
            office.do(review.claim, actor=other, case_id=case.id),
        ):
            with pytest.raises(NotYours):
                await act
    director = await office.hire(Role.DIRECTOR, "مدیر")
    assert (await office.do(desk.view, director, case.id)).actions == (Action.REASSIGN,)


async def test_there_is_no_such_case_to_review(office: Office) -> None:
    reviewer = await office.reviewer()
    for act in (office.do(desk.view, reviewer, 404), office.do(review.claim, actor=reviewer, case_id=404)):
        with pytest.raises(NotFound):
            await act


async def test_a_refused_act_writes_nothing_even_if_its_unit_goes_on(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)

    def shown_as_a_refusal(work: object, actor: Actor) -> None:
        with pytest.raises(NotYours):
            review.claim(work, actor=actor, case_id=case.id)  # type: ignore[arg-type]

    await office.do(shown_as_a_refusal, replace(reviewer, grants=frozenset()))
    assert await office.look(lambda work: work.cases.get(case.id)) == case
    assert len(await office.look(lambda work: work.cases.events(case.id))) == 1
