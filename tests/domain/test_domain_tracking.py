"""What a stranger with a code may see."""

import pytest

from domain.errors import NotPublic
from domain.lifecycle import State
from domain.tracking import PUBLIC_STAGES, next_step, public_stage


def test_the_stages_stand_in_the_order_of_a_cases_life() -> None:
    assert [stage.code for stage in PUBLIC_STAGES] == [
        "submitted",
        "in_review",
        "returned",
        "agreed",
        "not_agreed",
        "withdrawn",
        "superseded",
    ]


def test_a_second_signature_looks_like_the_review_from_outside() -> None:
    assert public_stage(State.AWAITING_SIGNATURE) == public_stage(State.IN_REVIEW) == "in_review"
    assert next_step(State.AWAITING_SIGNATURE) == next_step(State.IN_REVIEW) == "office_decides"


def test_every_state_but_a_draft_has_one_stage() -> None:
    shown = [state for stage in PUBLIC_STAGES for state in stage.states]
    assert sorted(shown) == sorted(set(State) - {State.DRAFT})


def test_a_draft_is_nobodys_business() -> None:
    with pytest.raises(NotPublic):
        public_stage(State.DRAFT)
    with pytest.raises(NotPublic):
        next_step(State.DRAFT)


def test_each_stage_tells_what_comes_next() -> None:
    assert {state.value: next_step(state) for state in State if state is not State.DRAFT} == {
        "submitted": "review_begins",
        "in_review": "office_decides",
        "awaiting_signature": "office_decides",
        "returned": "agency_corrects",
        "agreed": "agency_is_told",
        "not_agreed": "agency_is_told",
        "withdrawn": "nothing",
        "superseded": "later_decision_holds",
    }
