"""What a stranger with a code may see."""

from datetime import UTC, datetime

import pytest

from domain.errors import NotPublic
from domain.lifecycle import State
from domain.tracking import PUBLIC_STAGES, is_news, next_step, public_stage, timeline


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


def test_of_each_round_of_review_its_beginning_alone_is_news() -> None:
    now = datetime(2026, 10, 1, tzinfo=UTC)
    stages = ["submitted", "in_review", "submitted", "in_review", "returned", "submitted", "in_review"]
    steps = timeline([(stage, now) for stage in stages])
    news = [is_news(steps[:length]) for length in range(1, len(steps) + 1)]
    assert news == [True, True, False, False, True, True, True]


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
