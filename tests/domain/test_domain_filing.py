"""Drafts that expire, and reviews of refusals: the rules alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drafts import expires, warning
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.lifecycle import Action, CaseFacts, State, allowed, require
from domain.proposal import Kind
from domain.roles import Actor, Grant, Role

AGENCY = 70
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def person(number: int, *roles: Role) -> Actor:
    grants = frozenset(Grant(role, AGENCY if role is Role.OFFICER else None) for role in roles)
    return Actor(number, "کسی", grants)


OFFICER, FIRST, SECOND = person(1, Role.OFFICER), person(3, Role.REVIEWER), person(4, Role.REVIEWER)
REFUSED = CaseFacts(9, Kind.INSTALMENTS, State.NOT_AGREED, AGENCY, 1, 3, 5)
ASKED = replace(REFUSED, review="free", refused_by=frozenset({3, 5}))


@given(moments, st.none() | moments, st.integers(1, 400), moments)
def test_no_draft_expires_before_its_owner_was_told_and_had_a_quarter_of_the_period(
    saved: datetime, nudged: datetime | None, days: int, now: datetime
) -> None:
    until = expires(saved, nudged, days, now)
    assert until >= saved + timedelta(days=days)
    told = nudged if nudged is not None and nudged >= saved else now
    assert until - told >= warning(days)
    if told <= saved + timedelta(days=days) - warning(days):
        assert until == saved + timedelta(days=days)


def test_a_refusal_is_reviewed_once_by_somebody_who_had_no_hand_in_it() -> None:
    assert allowed(State.NOT_AGREED, REFUSED, OFFICER) == (Action.ASK_REVIEW,)
    assert allowed(State.NOT_AGREED, ASKED, OFFICER) == ()
    assert allowed(State.NOT_AGREED, ASKED, FIRST) == ()
    assert allowed(State.NOT_AGREED, ASKED, SECOND) == (Action.TAKE_REVIEW,)
    taken = replace(ASKED, review="taken", review_by=4)
    assert allowed(State.NOT_AGREED, taken, SECOND) == (
        Action.LEAVE_REVIEW,
        Action.UPHOLD,
        Action.RECOMMEND,
    )
    assert allowed(State.NOT_AGREED, taken, person(6, Role.REVIEWER)) == ()
    assert require(Action.UPHOLD, taken, SECOND, note="سند نیست") is State.NOT_AGREED
    over = replace(taken, review="over")
    assert allowed(State.NOT_AGREED, over, SECOND) == ()
    with pytest.raises(NotYours) as again:
        require(Action.ASK_REVIEW, over, OFFICER, note="باز هم")
    assert again.value.why == "asked_already"


def test_a_director_who_refused_does_not_replace_the_refusal_that_is_reviewed() -> None:
    first, other = person(5, Role.DIRECTOR), person(7, Role.DIRECTOR)
    over = replace(ASKED, review="over")
    assert allowed(State.NOT_AGREED, over, other) == (Action.SUPERSEDE,)
    assert allowed(State.NOT_AGREED, over, first) == ()
    assert allowed(State.NOT_AGREED, REFUSED, first) == (Action.SUPERSEDE,)


def test_a_director_who_might_replace_the_refusal_may_let_it_stand_once_that_is_recommended() -> None:
    recommended = replace(ASKED, review="over", review_by=4, recommended_by=frozenset({4}))
    other, both = person(7, Role.DIRECTOR), person(4, Role.REVIEWER, Role.DIRECTOR)
    found = [allowed(State.NOT_AGREED, recommended, one) for one in (other, both, person(5, Role.DIRECTOR))]
    assert found == [(Action.SUPERSEDE, Action.LET_STAND), (), ()]
    assert require(Action.LET_STAND, recommended, other, note="سند نیست") is State.NOT_AGREED
    with pytest.raises(Incomplete):
        require(Action.LET_STAND, recommended, other, note=" ")


def test_a_review_is_asked_for_in_words_and_of_a_refusal_alone() -> None:
    with pytest.raises(Incomplete) as lacking:
        require(Action.ASK_REVIEW, REFUSED, OFFICER, note="  ")
    assert lacking.value.missing == ("note",)
    for state in set(State) - {State.NOT_AGREED}:
        with pytest.raises(NotAllowedNow):
            require(Action.ASK_REVIEW, replace(REFUSED, state=state), OFFICER, note="چرا")
