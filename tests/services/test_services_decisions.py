"""Decisions: reasons that must be given, two signatures, a while to take them back, a later one instead."""

from datetime import timedelta
from typing import Any

import pytest
from services_office import Clock, Office, at_once

from domain.conditions import conditions_of
from domain.errors import Incomplete, NotAllowedNow, NotYours, Unticked
from domain.lifecycle import Action, State
from domain.roles import Actor, Grant, Role
from services import decisions, desk, people, proposals, review
from services.errors import AlreadyDecided, ReasonUnknown
from storage.errors import Stale
from storage.records import Case

MINUTE = timedelta(minutes=1)


async def now_of(office: Office, case: Case) -> Case:
    return await office.look(lambda work: work.cases.get(case.id))


async def promote(office: Office, actor: Actor, role: Role) -> Actor:
    """The same person with one more role."""
    await office.look(lambda work: work.people.grant(actor.person_id or 0, role, None, None))
    return Actor(actor.person_id, actor.name, actor.grants | {Grant(role)})


async def test_another_reason_must_be_written_out(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    for act in (decisions.refuse, decisions.return_for_correction):
        for reasons, note in (((), "یادداشت"), (("other.1",), None), (("other.1",), "  ")):
            with pytest.raises(Incomplete):
                await office.do(act, actor=reviewer, case_id=case.id, reasons=reasons, note=note)
    refused = await office.do(
        decisions.refuse,
        actor=reviewer,
        case_id=case.id,
        reasons=("special_rule.1", "other.1"),
        note="سند نیست",
    )
    last = (await office.events(case))[-1]
    assert (refused.state, last.reasons, last.note) == (
        State.NOT_AGREED,
        ("special_rule.1", "other.1"),
        "سند نیست",
    )


async def test_an_agreement_keeps_who_found_each_condition_met_and_when(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    ticked = clock.now.isoformat()
    clock.move_on(MINUTE)
    await office.do(decisions.agree, actor=reviewer, case_id=case.id)
    last = (await office.events(case))[-1]
    assert last.person_id == reviewer.person_id
    assert last.details == {"ticks": dict.fromkeys(conditions_of(case.kind), ticked)}


async def test_a_decision_can_be_taken_back_until_it_is_published(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    assert (await office.do(decisions.agree, actor=reviewer, case_id=case.id)).state is State.IN_REVIEW
    view = await office.do(desk.view, reviewer, case.id)
    assert view.pending is not None
    assert (view.pending.action, view.pending.due_at) == (Action.AGREE, clock.now + 10 * MINUTE)
    assert view.actions == (Action.TAKE_BACK,)
    for act in (decisions.agree, review.release):
        with pytest.raises(NotYours) as waits:
            await office.do(act, actor=reviewer, case_id=case.id)
        assert waits.value.why == "decision_waits"
    clock.move_on(9 * MINUTE)
    assert await office.do(decisions.carry_out) == ()
    back = await office.do(decisions.take_back, actor=reviewer, case_id=case.id, version=case.version)
    assert (back.state, back.decided_at, back.version) == (State.IN_REVIEW, None, case.version + 1)
    last = (await office.events(case))[-1]
    assert last.action == Action.TAKE_BACK
    assert last.details is not None
    assert last.details["action"] == Action.AGREE
    clock.move_on(60 * MINUTE)
    assert await office.do(decisions.carry_out) == ()
    assert (await office.do(desk.view, reviewer, case.id)).actions[0] is Action.AGREE


async def test_what_is_not_taken_back_is_carried_out_once(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    await office.do(
        decisions.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",), note="قانون"
    )
    clock.move_on(10 * MINUTE)
    with pytest.raises(NotYours) as late:
        await office.do(decisions.take_back, actor=reviewer, case_id=case.id)
    assert late.value.why == "too_late"
    came = await at_once(*(office.do(decisions.carry_out) for _ in range(4)))
    done = [one for each in came for one in each]
    assert [(one.done, one.case.state) for one in done] == [(True, State.NOT_AGREED)]
    last = (await office.events(case))[-1]
    assert (last.person_id, last.reasons, last.note, last.at) == (
        reviewer.person_id,
        ("special_rule.1",),
        "قانون",
        clock.now,
    )


async def test_taking_back_and_publishing_at_once_is_one_of_them(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    for _ in range(4):
        case = await office.ready(officer, reviewer)
        await office.do(decisions.agree, actor=reviewer, case_id=case.id)
        # Due for the sweep, and not yet too late for the press: the clock moves between the two.
        due = clock.now + 10 * MINUTE

        async def publish(due: object = due) -> object:
            clock.now = due  # type: ignore[assignment]
            return await office.do(decisions.carry_out)

        taken, _ = await at_once(office.do(decisions.take_back, actor=reviewer, case_id=case.id), publish())
        events = [event.action for event in await office.events(case)][2:]
        assert events == ([Action.TAKE_BACK] if isinstance(taken, Case) else [Action.AGREE])
        assert await office.do(decisions.carry_out) == ()


async def test_ten_who_take_back_at_once_take_back_once(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    pressed = await at_once(*(office.do(decisions.agree, actor=reviewer, case_id=case.id) for _ in range(10)))
    assert sum(isinstance(one, Case) for one in pressed) == 1
    came = await at_once(
        *(office.do(decisions.take_back, actor=reviewer, case_id=case.id) for _ in range(10))
    )
    assert sum(isinstance(one, Case) for one in came) == 1
    assert [event.action for event in await office.events(case)][2:] == [Action.TAKE_BACK]


async def test_a_decision_that_the_rules_forbid_by_then_is_dropped(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    colleague = await office.reviewer("رضا")
    director = await office.hire(Role.DIRECTOR, "مدیر")
    await office.set(undo_minutes=10)

    async def unticked(case: Case) -> None:
        await office.look(lambda work: work.reviews.untick(case.id, "amount", reviewer.person_id or 0))

    async def withdrawn(case: Case) -> None:
        await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="paid.1")

    async def given_away(case: Case) -> None:
        await office.do(review.hand_over, actor=director, case_id=case.id, to=colleague.person_id)

    async def dismissed(_case: Case) -> None:
        await office.do(people.revoke, by=None, person_id=reviewer.person_id or 0, role=Role.REVIEWER)

    for meanwhile in (unticked, withdrawn, given_away, dismissed):
        case = await office.ready(officer, reviewer)
        await office.do(decisions.agree, actor=reviewer, case_id=case.id)
        await meanwhile(case)
        stands = await now_of(office, case)
        if meanwhile in {unticked, dismissed}:
            clock.move_on(10 * MINUTE)
        # Whose case was taken away learns it at once, not when the decision would have been published.
        (came,) = await office.do(decisions.carry_out)
        assert (came.done, came.pending.person_id, came.case) == (False, reviewer.person_id, stands)
        assert await office.do(decisions.carry_out) == ()


async def test_the_director_s_signature_can_be_taken_back_too(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    await office.set(undo_minutes=10, second_signature=True)
    case = await office.decided(officer, reviewer)
    assert case.state is State.AWAITING_SIGNATURE, "a recommendation is not published: it goes on at once"
    await office.do(decisions.sign, actor=director, case_id=case.id)
    with pytest.raises(NotYours):
        await office.do(decisions.take_back, actor=reviewer, case_id=case.id)
    await office.do(decisions.take_back, actor=director, case_id=case.id)
    await office.do(decisions.sign, actor=director, case_id=case.id)
    clock.move_on(10 * MINUTE)
    ((came),) = await office.do(decisions.carry_out)
    assert (came.case.state, came.case.decided_at) == (State.AGREED, clock.now)


async def test_a_later_decision_replaces_one_and_both_stay(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer("مینا")
    director = await office.hire(Role.DIRECTOR, "مدیر")
    case = await office.decided(officer, reviewer)
    clock.move_on(MINUTE)
    after = await office.do(
        decisions.supersede,
        actor=director,
        case_id=case.id,
        outcome=State.NOT_AGREED,
        reasons=("new_facts.1",),
        note="رأی تازه رسید",
        refusal=("special_rule.1",),
        version=case.version,
    )
    assert (after.state, after.version, after.decided_at) == (
        State.NOT_AGREED,
        case.version + 2,
        clock.now,
    )
    told = [
        (event.action, event.from_state, event.to_state, event.reasons) for event in await office.events(case)
    ][2:]
    assert told == [
        (Action.AGREE, State.IN_REVIEW, State.AGREED, ()),
        (Action.SUPERSEDE, State.AGREED, State.SUPERSEDED, ("new_facts.1",)),
        (Action.REFUSE, State.SUPERSEDED, State.NOT_AGREED, ("special_rule.1",)),
    ]
    with pytest.raises(AlreadyDecided) as late:
        await office.do(review.claim, actor=reviewer, case_id=case.id)
    assert late.value.by == "مدیر"


async def test_a_later_agreement_needs_every_condition_and_may_replace_again(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    case = await office.ready(officer, reviewer)
    await office.do(decisions.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",))
    why: dict[str, Any] = {
        "actor": director,
        "case_id": case.id,
        "reasons": ("mistake.1",),
        "note": "اشتباه بود",
    }
    before = await now_of(office, case)
    with pytest.raises(Unticked):
        await office.do(decisions.supersede, outcome=State.AGREED, conditions=("amount",), **why)
    with pytest.raises(Incomplete):
        await office.do(decisions.supersede, outcome=State.NOT_AGREED, **why)
    with pytest.raises(Incomplete):
        await office.do(decisions.supersede, outcome=State.NOT_AGREED, **(why | {"note": " "}))
    assert await now_of(office, case) == before
    conditions = conditions_of(case.kind)
    agreed = await office.do(decisions.supersede, outcome=State.AGREED, conditions=conditions, **why)
    assert agreed.state is State.AGREED
    last = (await office.events(case))[-1]
    assert set((last.details or {})["ticks"]) == set(conditions)
    again = await office.do(
        decisions.supersede, outcome=State.NOT_AGREED, refusal=("creditor_not_covered.1",), **why
    )
    assert again.state is State.NOT_AGREED


async def refused(office: Office) -> Case:
    """A case that was not agreed to, in an office that asks for a second signature."""
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(second_signature=True)
    case = await office.ready(officer, reviewer)
    return await office.do(decisions.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",))


def to_agree(case: Case) -> dict[str, Any]:
    """A later agreement, as a director asks for it."""
    return {
        "case_id": case.id,
        "outcome": State.AGREED,
        "reasons": ("mistake.1",),
        "note": "اشتباه بود",
        "conditions": conditions_of(case.kind),
    }


async def test_a_later_agreement_holds_once_another_director_has_signed_it(office: Office) -> None:
    case = await refused(office)
    first, second = await office.hire(Role.DIRECTOR, "نادر"), await office.hire(Role.DIRECTOR, "زهرا")
    waits = await office.do(decisions.supersede, actor=first, **to_agree(case))
    assert waits.state is State.AWAITING_SIGNATURE
    for nobody in (first, await promote(office, await office.officer("علی"), Role.REVIEWER)):
        with pytest.raises(NotYours):
            await office.do(decisions.sign, actor=nobody, case_id=case.id)
    signed = await office.do(decisions.sign, actor=second, case_id=case.id)
    assert signed.state is State.AGREED
    told = [(event.action, event.person_id) for event in await office.events(case)][-3:]
    assert told == [
        (Action.SUPERSEDE, first.person_id),
        (Action.AGREE, first.person_id),
        (Action.SIGN, second.person_id),
    ]


async def test_the_second_director_may_let_the_refusal_stand(office: Office) -> None:
    case = await refused(office)
    first, second = await office.hire(Role.DIRECTOR, "نادر"), await office.hire(Role.DIRECTOR, "زهرا")
    await office.do(decisions.supersede, actor=first, **to_agree(case))
    why: dict[str, Any] = {"reasons": ("special_rule.1",), "note": "همان قانون"}
    again = await office.do(decisions.refuse, actor=second, case_id=case.id, **why)
    assert again.state is State.NOT_AGREED


async def test_one_director_alone_turns_no_refusal_into_an_agreement(office: Office) -> None:
    case = await refused(office)
    alone = await office.hire(Role.DIRECTOR, "نادر")
    with pytest.raises(NotYours) as nobody:
        await office.do(decisions.supersede, actor=alone, **to_agree(case))
    assert nobody.value.why == "no_second_signer"
    assert await now_of(office, case) == case


async def test_a_later_refusal_needs_one_signature_as_a_first_one_does(office: Office) -> None:
    case = await refused(office)
    alone = await office.hire(Role.DIRECTOR, "نادر")
    later = to_agree(case) | {"outcome": State.NOT_AGREED, "refusal": ("creditor_not_covered.1",)}
    assert (await office.do(decisions.supersede, actor=alone, **later)).state is State.NOT_AGREED


@pytest.mark.parametrize("reference", ["never_issued.1", "special_rule.2", "special_rule", "debtor.1"])
async def test_a_reason_that_the_catalogue_does_not_offer_decides_nothing(
    office: Office, reference: str
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    for decide in (decisions.refuse, decisions.return_for_correction):
        with pytest.raises(ReasonUnknown) as unknown:
            await office.do(decide, actor=reviewer, case_id=case.id, reasons=(reference,), note="نه")
        assert (unknown.value.code, unknown.value.values) == ("reason_unknown", {"reference": reference})
    assert await now_of(office, case) == case


async def test_the_reasons_of_a_later_refusal_are_of_the_catalogue_too(office: Office) -> None:
    case = await office.decided(await office.officer(), await office.reviewer())
    director = await office.hire(Role.DIRECTOR, "نادر")
    later = to_agree(case) | {"outcome": State.NOT_AGREED}
    for wrong in ({"refusal": ("mistake.1",)}, {"refusal": ("other.1",), "reasons": ("special_rule.1",)}):
        with pytest.raises(ReasonUnknown):
            await office.do(decisions.supersede, actor=director, **later | wrong)
    assert await now_of(office, case) == case


async def test_who_filed_or_reviewed_a_case_or_runs_the_system_replaces_no_decision(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.decided(officer, reviewer)
    admin = await office.hire(Role.ADMIN, "مدیر سامانه")
    for actor, why in (
        (officer, "filed_by_you"),
        (reviewer, "first_signature_yours"),
        (admin, "admin_never_decides"),
    ):
        both = await promote(office, actor, Role.DIRECTOR)
        with pytest.raises(NotYours) as refused:
            await office.do(
                decisions.supersede,
                actor=both,
                case_id=case.id,
                outcome=State.NOT_AGREED,
                reasons=("mistake.1",),
                note="اشتباه",
                refusal=("special_rule.1",),
            )
        assert refused.value.why == why
    with pytest.raises(NotYours):
        await office.do(
            decisions.supersede,
            actor=await office.reviewer("رضا"),
            case_id=case.id,
            outcome=State.NOT_AGREED,
            reasons=("mistake.1",),
            note="اشتباه",
            refusal=("special_rule.1",),
        )


async def test_what_is_not_decided_cannot_be_replaced(office: Office) -> None:
    director = await office.hire(Role.DIRECTOR, "مدیر")
    case = await office.file(await office.officer())
    with pytest.raises(NotAllowedNow):
        await office.do(
            decisions.supersede,
            actor=director,
            case_id=case.id,
            outcome=State.AGREED,
            reasons=("mistake.1",),
            note="اشتباه",
        )


async def test_a_later_decision_waits_to_be_published_like_every_other(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    case = await office.decided(officer, reviewer)
    await office.set(undo_minutes=5)
    why: dict[str, Any] = {
        "actor": director,
        "case_id": case.id,
        "reasons": ("mistake.1",),
        "note": "اشتباه بود",
    }
    refusal: dict[str, Any] = {"outcome": State.NOT_AGREED, "refusal": ("special_rule.1",)}
    assert await office.do(decisions.supersede, **why, **refusal) == case
    back = await office.do(decisions.take_back, actor=director, case_id=case.id)
    assert (back.state, back.decided_at) == (State.AGREED, case.decided_at)
    await office.do(decisions.supersede, **why, **refusal)
    clock.move_on(5 * MINUTE)
    (came,) = await office.do(decisions.carry_out)
    assert (came.done, came.case.state) == (True, State.NOT_AGREED)


async def test_two_decisions_on_one_version_at_once_leave_one_waiting(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=5)
    case = await office.ready(officer, reviewer)
    came = await at_once(
        office.do(decisions.agree, actor=reviewer, case_id=case.id),
        office.do(decisions.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",)),
    )
    assert sum(isinstance(one, Case) for one in came) == 1
    assert all(isinstance(one, Case | NotYours | Stale) for one in came)
