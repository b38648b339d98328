"""The life of a case: who may do what, and that nobody both files and decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.conditions import CONDITIONS
from domain.errors import DomainError, Incomplete, NotAllowedNow, NotYours, Unticked
from domain.lifecycle import (
    CLOCK_RUNS_IN,
    DECISIONS,
    TABLE,
    Action,
    CaseFacts,
    State,
    allowed,
    fit,
    require,
    target,
)
from domain.proposal import Kind
from domain.roles import Actor, Grant, Role

AGENCY = 70


def person(number: int | None, *roles: Role) -> Actor:
    grants = frozenset(Grant(role, AGENCY if role is Role.OFFICER else None) for role in roles)
    return Actor(number, "کسی", grants)


OFFICER = person(1, Role.OFFICER)
COLLEAGUE = person(2, Role.OFFICER)
REVIEWER = person(3, Role.REVIEWER)
OTHER_REVIEWER = person(4, Role.REVIEWER)
DIRECTOR = person(5, Role.DIRECTOR)
ADMIN = person(6, Role.ADMIN)
SOMEBODY = person(9, Role.REVIEWER)


def case(state: State, *, holder: int | None = 3, filed_by: int = 1) -> CaseFacts:
    return CaseFacts(9, Kind.INSTALMENTS, state, AGENCY, filed_by, holder, 1)


def objection(action: Action, facts: CaseFacts, actor: Actor) -> str:
    with pytest.raises(NotYours) as caught:
        require(action, facts, actor, reasons=("r.1",), note="n", ticks=CONDITIONS, colleague=SOMEBODY)
    return caught.value.why


def test_a_proposal_walks_from_draft_to_agreement() -> None:
    assert require(Action.SUBMIT, case(State.DRAFT, holder=None), OFFICER) is State.SUBMITTED
    assert require(Action.CLAIM, case(State.SUBMITTED, holder=None), REVIEWER) is State.IN_REVIEW
    assert require(Action.AGREE, case(State.IN_REVIEW), REVIEWER, ticks=CONDITIONS) is State.AGREED


def test_a_return_comes_back_corrected() -> None:
    returned = require(Action.RETURN_FOR_CORRECTION, case(State.IN_REVIEW), REVIEWER, reasons=("letter.1",))
    assert returned is State.RETURNED
    assert require(Action.RESUBMIT, case(State.RETURNED, holder=None), OFFICER) is State.SUBMITTED


def test_a_second_signature_stands_between_only_where_the_office_wants_it() -> None:
    assert target(State.IN_REVIEW, Action.AGREE) is State.AGREED
    assert target(State.IN_REVIEW, Action.AGREE, second_signature=True) is State.AWAITING_SIGNATURE
    assert target(State.IN_REVIEW, Action.REFUSE, second_signature=True) is State.NOT_AGREED
    assert require(Action.SIGN, case(State.AWAITING_SIGNATURE), DIRECTOR) is State.AGREED


def test_a_director_who_will_not_sign_refuses_or_returns() -> None:
    assert allowed(State.AWAITING_SIGNATURE, case(State.AWAITING_SIGNATURE), DIRECTOR) == (
        Action.SIGN,
        Action.REFUSE,
        Action.RETURN_FOR_CORRECTION,
    )


@pytest.mark.parametrize(
    ("state", "actor", "buttons"),
    [
        (State.DRAFT, OFFICER, (Action.SUBMIT,)),
        (State.DRAFT, COLLEAGUE, ()),
        (State.SUBMITTED, OFFICER, (Action.WITHDRAW,)),
        (State.SUBMITTED, REVIEWER, (Action.CLAIM,)),
        (State.SUBMITTED, ADMIN, ()),
        (
            State.IN_REVIEW,
            REVIEWER,
            (
                Action.AGREE,
                Action.REFUSE,
                Action.RETURN_FOR_CORRECTION,
                Action.HAND_OVER,
                Action.RELEASE,
            ),
        ),
        (State.IN_REVIEW, OTHER_REVIEWER, ()),
        (State.IN_REVIEW, DIRECTOR, (Action.REASSIGN,)),
        (State.SUBMITTED, DIRECTOR, (Action.REASSIGN,)),
        (State.IN_REVIEW, OFFICER, (Action.WITHDRAW,)),
        (State.RETURNED, OFFICER, (Action.RESUBMIT, Action.WITHDRAW)),
        (State.RETURNED, REVIEWER, ()),
        (State.AWAITING_SIGNATURE, REVIEWER, ()),
        (State.AWAITING_SIGNATURE, OFFICER, (Action.WITHDRAW,)),
        (State.AGREED, OFFICER, ()),
        (State.AGREED, DIRECTOR, (Action.SUPERSEDE,)),
        (State.NOT_AGREED, DIRECTOR, (Action.SUPERSEDE,)),
        (State.WITHDRAWN, DIRECTOR, ()),
        (State.SUPERSEDED, DIRECTOR, (Action.AGREE, Action.REFUSE)),
        (State.SUPERSEDED, REVIEWER, ()),
    ],
)
def test_each_person_sees_the_buttons_of_the_state(
    state: State, actor: Actor, buttons: tuple[Action, ...]
) -> None:
    assert allowed(state, case(state), actor) == buttons


def test_the_one_who_filed_never_judges_whatever_roles_he_holds() -> None:
    both = person(1, Role.OFFICER, Role.REVIEWER, Role.DIRECTOR)
    assert objection(Action.CLAIM, case(State.SUBMITTED), both) == "filed_by_you"
    assert objection(Action.AGREE, case(State.IN_REVIEW, holder=1), both) == "filed_by_you"
    assert objection(Action.SIGN, case(State.AWAITING_SIGNATURE), both) == "filed_by_you"
    assert objection(Action.SUPERSEDE, case(State.AGREED), both) == "filed_by_you"


def test_an_admin_never_judges_not_even_with_a_reviewers_role() -> None:
    both = person(3, Role.ADMIN, Role.REVIEWER)
    assert objection(Action.CLAIM, case(State.SUBMITTED), both) == "admin_never_decides"
    assert objection(Action.AGREE, case(State.IN_REVIEW), both) == "admin_never_decides"
    assert objection(Action.AGREE, case(State.IN_REVIEW), ADMIN) == "role"


def test_both_signatures_are_never_one_persons() -> None:
    both = person(3, Role.REVIEWER, Role.DIRECTOR)
    assert objection(Action.SIGN, case(State.AWAITING_SIGNATURE), both) == "first_signature_yours"
    unknown_first = case(State.AWAITING_SIGNATURE, holder=None)
    assert objection(Action.SIGN, unknown_first, DIRECTOR) == "first_signature_yours"


def test_a_later_agreement_is_signed_by_neither_its_director_nor_the_first_reviewer() -> None:
    superseded, waits = case(State.SUPERSEDED), replace(case(State.AWAITING_SIGNATURE), agreed_by=5)
    came = require(Action.AGREE, superseded, DIRECTOR, ticks=CONDITIONS, second_signature=True)
    assert came is State.AWAITING_SIGNATURE
    assert objection(Action.SIGN, waits, DIRECTOR) == "first_signature_yours"
    assert objection(Action.REFUSE, waits, DIRECTOR) == "first_signature_yours"
    assert objection(Action.SIGN, waits, person(3, Role.DIRECTOR)) == "first_signature_yours"
    assert require(Action.SIGN, waits, person(7, Role.DIRECTOR)) is State.AGREED


def test_an_officer_acts_for_the_own_agency_and_on_the_own_filing_only() -> None:
    elsewhere = Actor(1, "کسی", frozenset({Grant(Role.OFFICER, AGENCY + 1)}))
    assert objection(Action.WITHDRAW, case(State.SUBMITTED), elsewhere) == "role"
    assert objection(Action.WITHDRAW, case(State.SUBMITTED), COLLEAGUE) == "not_filer"
    assert objection(Action.RELEASE, case(State.IN_REVIEW), OTHER_REVIEWER) == "not_holder"


def test_a_stranger_does_nothing_even_where_nobody_holds_the_case() -> None:
    stranger = person(None, *Role)
    facts = case(State.IN_REVIEW, holder=None)
    assert [allowed(state, replace(facts, state=state), stranger) for state in State] == [()] * len(State)


def test_what_the_act_lacks_is_named() -> None:
    review = case(State.IN_REVIEW)
    with pytest.raises(Incomplete) as caught:
        require(Action.REFUSE, review, REVIEWER, reasons=("  ",))
    assert caught.value.missing == ("reason",)
    with pytest.raises(Incomplete) as caught:
        require(Action.SUPERSEDE, case(State.AGREED), DIRECTOR)
    assert caught.value.missing == ("reason", "note")
    with pytest.raises(Unticked) as unticked:
        require(Action.AGREE, review, REVIEWER, ticks=CONDITIONS[:3])
    assert unticked.value.conditions == ("amount", "instalments")


def test_a_second_decision_finds_the_case_decided() -> None:
    with pytest.raises(NotAllowedNow) as caught:
        require(Action.REFUSE, case(State.AGREED), REVIEWER, reasons=("r.1",))
    assert (caught.value.action, caught.value.state) == ("refuse", "agreed")
    assert caught.value.values == {"action": "refuse", "state": "agreed"}


def test_the_clock_stands_still_while_the_agency_corrects() -> None:
    assert {State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SIGNATURE} == CLOCK_RUNS_IN


def test_the_table_says_everything_once_and_every_state_is_reached() -> None:
    steps = [(row.action, source) for row in TABLE for source in row.sources]
    assert len(steps) == len(set(steps))
    reached = {row.target for row in TABLE} | {row.with_second for row in TABLE}
    assert (reached | {State.DRAFT}) - {None} == set(State)
    assert {row.action for row in TABLE} == set(Action)


def test_every_deciding_row_bars_the_filer_and_the_admin() -> None:
    deciding = [row for row in TABLE if row.action in DECISIONS]
    assert len(deciding) == 7
    assert all({"not_filer", "not_admin"} <= row.needs for row in deciding)


def test_a_reason_that_is_another_one_must_be_written_out() -> None:
    review = case(State.IN_REVIEW)
    for reasons in (("other.1",), ("special_rule.1", "other.2"), ("other",)):
        with pytest.raises(Incomplete) as caught:
            require(Action.REFUSE, review, REVIEWER, reasons=reasons, note=" ")
        assert caught.value.missing == ("note",)
        assert require(Action.REFUSE, review, REVIEWER, reasons=reasons, note="سند نیست") is State.NOT_AGREED
    assert require(Action.REFUSE, review, REVIEWER, reasons=("special_rule.1",)) is State.NOT_AGREED


def test_a_case_is_given_only_to_a_reviewer_who_may_decide_it() -> None:
    review = case(State.IN_REVIEW)
    assert require(Action.HAND_OVER, review, REVIEWER, colleague=OTHER_REVIEWER) is State.IN_REVIEW
    assert require(Action.REASSIGN, review, DIRECTOR, colleague=OTHER_REVIEWER) is State.IN_REVIEW
    filer, admin = person(1, Role.OFFICER, Role.REVIEWER), person(7, Role.REVIEWER, Role.ADMIN)
    for unfit in (REVIEWER, filer, admin, DIRECTOR, person(None, Role.REVIEWER)):
        with pytest.raises(NotYours) as refused:
            require(Action.HAND_OVER, review, REVIEWER, colleague=unfit)
        assert refused.value.why == "unfit_colleague"
    with pytest.raises(Incomplete) as lacking:
        require(Action.REASSIGN, review, DIRECTOR)
    assert lacking.value.missing == ("colleague",)


def test_only_the_clock_lets_a_case_go_by_itself_and_it_does_nothing_else() -> None:
    review = case(State.IN_REVIEW)
    assert require(Action.EXPIRE, review, None) is State.SUBMITTED
    for actor in (REVIEWER, DIRECTOR, ADMIN, person(None, *Role)):
        assert objection(Action.EXPIRE, review, actor) == "role"
    for action in set(Action) - {Action.EXPIRE}:
        for state in State:
            with pytest.raises((NotAllowedNow, NotYours)):
                require(action, case(state), None, reasons=("r.1",), note="n", ticks=CONDITIONS)
    with pytest.raises(NotYours):
        require(Action.EXPIRE, replace(review, pending_by=3), None)


def test_while_a_decision_waits_it_can_only_be_taken_back_by_who_made_it() -> None:
    waits = replace(case(State.IN_REVIEW), pending_by=3)
    assert allowed(State.IN_REVIEW, waits, REVIEWER) == (Action.TAKE_BACK,)
    assert allowed(State.IN_REVIEW, waits, DIRECTOR) == (Action.REASSIGN,)
    assert allowed(State.IN_REVIEW, waits, OFFICER) == (Action.WITHDRAW,)
    assert require(Action.TAKE_BACK, waits, REVIEWER) is State.IN_REVIEW
    assert objection(Action.TAKE_BACK, waits, OTHER_REVIEWER) == "not_decider"
    assert objection(Action.TAKE_BACK, case(State.IN_REVIEW), REVIEWER) == "not_decider"
    assert objection(Action.AGREE, waits, REVIEWER) == "decision_waits"
    signing = replace(case(State.AWAITING_SIGNATURE), pending_by=5)
    assert require(Action.TAKE_BACK, signing, DIRECTOR) is State.AWAITING_SIGNATURE


def test_who_reviewed_a_case_does_not_replace_the_decision_on_it() -> None:
    both = person(3, Role.REVIEWER, Role.DIRECTOR)
    assert objection(Action.SUPERSEDE, case(State.NOT_AGREED), both) == "first_signature_yours"
    assert objection(Action.AGREE, case(State.SUPERSEDED), both) == "first_signature_yours"


@dataclass
class History:
    """What was done to one case, by whom."""

    facts: CaseFacts
    filed: set[int | None]
    decided: set[int | None]
    signatures: set[int | None]

    def take(self, action: Action, actor: Actor, to: Actor | None = None) -> None:
        now = require(
            action,
            self.facts,
            actor,
            reasons=("r.1",),
            note="n",
            ticks=CONDITIONS,
            colleague=to,
            second_signature=True,
        )
        holder = self.facts.holder
        if action is Action.CLAIM:
            holder = actor.person_id
        elif to is not None and action in {Action.HAND_OVER, Action.REASSIGN}:
            holder = to.person_id
        elif now is State.SUBMITTED:
            holder = None
        waits = now is State.AWAITING_SIGNATURE
        agreed_by = actor.person_id if waits and action is Action.AGREE else self.facts.agreed_by
        self.facts = replace(self.facts, state=now, holder=holder, agreed_by=agreed_by if waits else None)
        if action in {Action.SUBMIT, Action.RESUBMIT}:
            self.filed.add(actor.person_id)
        if action in DECISIONS:
            self.decided.add(actor.person_id)
        if action is Action.AGREE:
            self.signatures = {actor.person_id}
        if action is Action.SIGN:
            assert actor.person_id not in self.signatures


people = st.builds(
    lambda number, roles: person(number, *roles),
    st.integers(1, 4),
    st.sets(st.sampled_from(Role), min_size=2),
)


def play(history: History, moves: Iterable[tuple[Action, Actor, Actor]]) -> None:
    for action, actor, to in moves:
        try:
            history.take(action, actor, to)
        except DomainError:
            continue


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(Action), people, people), max_size=60))
def test_no_sequence_of_acts_and_grants_lets_one_person_file_and_decide_or_sign_twice(
    moves: list[tuple[Action, Actor, Actor]],
) -> None:
    """Each move is made with other roles than the one before: roles come and go between them."""
    history = History(case(State.DRAFT, holder=None), set(), set(), set())
    play(history, moves)
    assert history.filed & history.decided == set()


@settings(max_examples=200)
@given(st.data())
def test_whatever_buttons_are_pressed_the_two_hands_stay_apart(data: st.DataObject) -> None:
    """As above, but each move is one the buttons offer, so that the end is reached often."""
    everybody = [person(number, *(set(Role) - {Role.ADMIN})) for number in (1, 2, 3)]
    history = History(case(State.DRAFT, holder=None), set(), set(), set())
    for _ in range(12):
        facts = history.facts
        offers = [
            (action, who, next((one for one in everybody if fit(one, facts)), None))
            for who in everybody
            for action in allowed(facts.state, facts, who)
        ]
        able = [offer for offer in offers if offer[2] or offer[0] not in {Action.HAND_OVER, Action.REASSIGN}]
        if not able:
            break
        history.take(*data.draw(st.sampled_from(able)))
    assert history.filed & history.decided == set()


@given(
    st.sampled_from(State),
    st.sampled_from(Action),
    people,
    st.integers(1, 4),
    st.none() | st.integers(1, 4),
)
def test_a_button_is_shown_exactly_when_its_press_would_be_taken(
    state: State, action: Action, actor: Actor, holder: int, pending_by: int | None
) -> None:
    facts = replace(case(state, holder=holder), pending_by=pending_by)
    try:
        require(action, facts, actor, reasons=("r.1",), note="n", ticks=CONDITIONS, colleague=SOMEBODY)
        taken = True
    except DomainError:
        taken = False
    assert (action in allowed(state, facts, actor)) == taken
