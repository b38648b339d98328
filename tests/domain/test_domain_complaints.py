"""The rules of complaints: the table, and that nobody judges what they had a part in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.complaints import (
    CAUSES,
    HELD_IN,
    OPEN,
    SENT_AN_HOUR,
    TABLE,
    TYPES,
    WAITING,
    Action,
    ComplaintFacts,
    State,
    allowed,
    handlers,
    is_over_limit,
    may_handle,
    require,
)
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.roles import Actor, Grant, Role
from domain.throttle import Counter

DESK = (Role.COMPLAINTS, Role.DIRECTOR)


def person(number: int | None, *roles: Role) -> Actor:
    return Actor(number, f"شخص {number}", frozenset(Grant(role) for role in roles))


OFFICER, COLLEAGUE = person(1, Role.COMPLAINTS), person(2, Role.COMPLAINTS)
DIRECTOR, REVIEWER = person(3, Role.DIRECTOR), person(4, Role.REVIEWER)
STAFF = (OFFICER, COLLEAGUE, DIRECTOR)
RECEIVED = ComplaintFacts(7, State.RECEIVED, 1)
HELD = replace(RECEIVED, state=State.IN_HAND, holder=1)

ACTORS = st.builds(
    lambda number, roles: person(number, *roles), st.integers(1, 6), st.sets(st.sampled_from(list(Role)))
)
FACTS = st.builds(
    ComplaintFacts,
    st.just(7),
    st.sampled_from(list(State)),
    st.just(1),
    holder=st.none() | st.integers(1, 6),
    involved=st.frozensets(st.integers(1, 6)),
    objected=st.booleans(),
    anonymous=st.booleans(),
    escalated=st.booleans(),
    asked=st.booleans(),
)


@given(FACTS, st.lists(ACTORS, max_size=8))
def test_a_complaint_is_never_given_to_somebody_in_the_log_of_its_case(
    facts: ComplaintFacts, staff: list[Actor]
) -> None:
    fit = handlers(facts, staff)
    assert [actor for actor in fit if actor.person_id in facts.involved] == []
    assert all(actor.has(Role.COMPLAINTS) or actor.has(Role.DIRECTOR) for actor in fit)


@given(FACTS, ACTORS, st.lists(ACTORS, max_size=6), ACTORS, st.sampled_from(list(Action)))
def test_whatever_is_tried_only_the_independent_take_it_and_handle_it(
    facts: ComplaintFacts, actor: Actor, staff: list[Actor], colleague: Actor, action: Action
) -> None:
    among, text = [*staff, actor], "متن"
    given_to = colleague if action is Action.HAND_OVER else None
    try:
        require(action, facts, actor, staff=among, text=text, cause="other", colleague=given_to)
    except (NotAllowedNow, NotYours):
        return
    # What may be done by somebody with a part in it is to give it back, no more.
    assert actor.person_id not in facts.involved or action is Action.RELEASE
    assert given_to is None or given_to.person_id not in facts.involved
    assert action in {row.action for row in TABLE if row.who == "handler"}


@given(FACTS, st.lists(ACTORS, max_size=8))
def test_where_no_officer_is_independent_it_is_the_directors_and_nobody_else(
    facts: ComplaintFacts, staff: list[Actor]
) -> None:
    officers = [a for a in staff if a.has(Role.COMPLAINTS) and a.person_id not in facts.involved]
    directors = [a for a in staff if a.has(Role.DIRECTOR) and a.person_id not in facts.involved]
    first, second = (directors, officers) if facts.escalated else (officers, directors)
    assert list(handlers(facts, staff)) == (first or second)


@given(FACTS, ACTORS, st.lists(ACTORS, max_size=6))
def test_every_button_that_is_shown_does_something(
    facts: ComplaintFacts, actor: Actor, staff: list[Actor]
) -> None:
    among = [*staff, actor]
    for action in allowed(facts, actor, among):
        fit = [each for each in handlers(facts, among) if each.person_id != facts.holder]
        if action is Action.HAND_OVER and not fit:
            continue
        colleague = fit[0] if action is Action.HAND_OVER else None
        require(action, facts, actor, staff=among, text="متن", cause="other", colleague=colleague)


def test_no_action_leads_two_ways_from_one_state() -> None:
    steps = [(row.action, source) for row in TABLE for source in row.sources]
    assert len(steps) == len(set(steps))


def test_every_state_but_the_end_has_a_way_out() -> None:
    left = {source for row in TABLE for source in row.sources}
    assert set(State) - left == {State.CLOSED}


@pytest.mark.parametrize(
    ("text", "cause", "missing"),
    [("", "delay", ("text",)), ("پاسخ", None, ("cause",)), (" ", "no_such", ("text", "cause"))],
)
def test_nothing_is_answered_without_a_text_and_a_cause(
    text: str, cause: str | None, missing: tuple[str, ...]
) -> None:
    with pytest.raises(Incomplete) as refused:
        require(Action.ANSWER, HELD, OFFICER, staff=STAFF, text=text, cause=cause)
    assert refused.value.missing == missing


def test_an_answer_waits_for_the_sender_and_the_one_after_an_objection_closes() -> None:
    def answer(facts: ComplaintFacts) -> State:
        return require(Action.ANSWER, facts, OFFICER, staff=STAFF, text="پاسخ", cause="delay")

    assert answer(HELD) is State.ANSWERED
    assert answer(replace(HELD, objected=True)) is State.CLOSED


def test_there_is_one_objection_and_it_is_the_senders() -> None:
    answered = replace(RECEIVED, state=State.ANSWERED)
    assert require(Action.OBJECT, answered, None, is_owner=True, text="نه") is State.OBJECTED
    with pytest.raises(NotYours, match="not_yours") as refused:
        require(Action.OBJECT, replace(answered, objected=True), None, is_owner=True, text="نه")
    assert refused.value.why == "objected_before"
    with pytest.raises(NotYours) as strangers:
        require(Action.OBJECT, answered, OFFICER, staff=STAFF, text="نه")
    assert strangers.value.why == "not_owner"


def test_whoever_answered_does_not_judge_the_objection() -> None:
    objected = replace(RECEIVED, state=State.OBJECTED, objected=True, involved=frozenset({1}))
    assert handlers(objected, STAFF) == (COLLEAGUE,)
    assert not may_handle(OFFICER, objected)
    with pytest.raises(NotYours) as refused:
        require(Action.CLAIM, objected, OFFICER, staff=STAFF)
    assert refused.value.why == "not_independent"


def test_nobody_can_be_asked_of_an_anonymous_one() -> None:
    with pytest.raises(NotYours) as refused:
        require(Action.ASK, replace(HELD, anonymous=True), OFFICER, staff=STAFF, text="چه؟")
    assert refused.value.why == "anonymous"
    assert Action.ASK not in allowed(replace(HELD, anonymous=True), OFFICER, STAFF)


def test_an_escalated_one_is_the_directors_to_take() -> None:
    up = replace(RECEIVED, escalated=True)
    assert Action.CLAIM not in allowed(up, OFFICER, STAFF)
    assert allowed(up, DIRECTOR, STAFF) == (Action.CLAIM,)
    assert allowed(RECEIVED, DIRECTOR, STAFF) == ()
    assert allowed(RECEIVED, REVIEWER, (*STAFF, REVIEWER)) == ()


@given(FACTS.filter(lambda facts: facts.state in OPEN), st.lists(ACTORS, min_size=1, max_size=6))
def test_nothing_open_is_stuck_while_somebody_may_handle_it(
    facts: ComplaintFacts, staff: list[Actor]
) -> None:
    fit = handlers(facts, staff)
    assume(fit)
    held = replace(facts, holder=fit[0].person_id if facts.state in HELD_IN else None)
    assert allowed(held, fit[0], staff) != ()


def test_who_waits_for_a_reply_or_a_director_goes_on_without_it() -> None:
    waits = replace(HELD, state=State.AWAITING_REPLY, asked=True)
    assert Action.RESUME in allowed(waits, OFFICER, STAFF)
    assert require(Action.RESUME, waits, DIRECTOR, staff=STAFF) is State.IN_HAND
    with pytest.raises(NotYours) as refused:
        require(Action.RESUME, waits, COLLEAGUE, staff=STAFF)
    assert refused.value.why == "not_holder"


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (State.AWAITING_REPLY, State.IN_HAND),
        (State.IN_HAND, State.IN_HAND),
        (State.RECEIVED, State.RECEIVED),
        (State.OBJECTED, State.OBJECTED),
    ],
)
def test_a_reply_is_never_too_late_while_the_office_is_to_answer(state: State, then: State) -> None:
    facts = replace(RECEIVED, state=state, asked=True)
    assert require(Action.REPLY, facts, None, is_owner=True, text="روز پنجم.") is then
    with pytest.raises(NotAllowedNow):
        require(Action.REPLY, replace(facts, asked=False), None, is_owner=True, text="روز پنجم.")


def test_who_stands_in_for_somebody_involved_may_do_nothing() -> None:
    stands_in = Actor(9, "جانشین", frozenset({Grant(Role.COMPLAINTS, for_person=1)}))
    facts = replace(HELD, involved=frozenset({1}))
    assert not may_handle(stands_in, facts)
    for action in (Action.RELEASE, Action.HAND_OVER, Action.ANSWER, Action.ASK):
        with pytest.raises(NotYours) as refused:
            require(action, facts, stands_in, staff=STAFF, text="متن", cause="delay")
        assert refused.value.why == "role"


def test_what_is_given_back_after_an_objection_stays_an_objection() -> None:
    assert require(Action.RELEASE, HELD, OFFICER, staff=STAFF) is State.RECEIVED
    assert require(Action.RELEASE, replace(HELD, objected=True), OFFICER, staff=STAFF) is State.OBJECTED
    assert require(Action.FREE, replace(HELD, objected=True), None) is State.OBJECTED


def test_the_hand_over_goes_to_somebody_else_who_may_have_it() -> None:
    assert require(Action.HAND_OVER, HELD, OFFICER, staff=STAFF, colleague=COLLEAGUE) is State.IN_HAND
    for unfit in (OFFICER, DIRECTOR, REVIEWER):
        with pytest.raises(NotYours) as refused:
            require(Action.HAND_OVER, HELD, OFFICER, staff=STAFF, colleague=unfit)
        assert refused.value.why == "unfit_colleague"


def test_the_sixth_of_an_hour_is_one_of_many() -> None:
    now = datetime(2026, 10, 1, tzinfo=UTC)
    assert not is_over_limit(Counter(SENT_AN_HOUR, now))
    assert is_over_limit(Counter(SENT_AN_HOUR + 1, now))


def test_states_of_nobody_and_of_somebody_do_not_mix() -> None:
    assert not WAITING & HELD_IN


def test_every_type_and_cause_has_something_else_to_choose() -> None:
    assert all(categories[-1] == "other" for categories in TYPES.values())
    assert CAUSES[-1] == "other"
