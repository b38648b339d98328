"""The steps of a case as they are told: each change once, in order, none of them twice under one name."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.tracking import BACK_IN_QUEUE, PUBLIC_STAGES, RESUBMITTED, timeline

START = datetime(2026, 10, 1, 5, 30, tzinfo=UTC)
STAGES = [stage.code for stage in PUBLIC_STAGES]


def at_each_hour(codes: list[str]) -> tuple[tuple[str, datetime], ...]:
    return tuple((code, START + timedelta(hours=n)) for n, code in enumerate(codes))


def test_a_return_is_followed_by_what_was_sent_in_again() -> None:
    lived = [
        "submitted",
        "in_review",
        "submitted",
        "in_review",
        "returned",
        "submitted",
        "in_review",
        "agreed",
    ]
    assert [code for code, _ in timeline(at_each_hour(lived))] == [
        "submitted",
        "in_review",
        BACK_IN_QUEUE,
        "in_review",
        "returned",
        RESUBMITTED,
        "in_review",
        "agreed",
    ]


@given(st.lists(st.sampled_from(STAGES)))
def test_every_moment_stays_and_nothing_is_filed_twice(codes: list[str]) -> None:
    stages = at_each_hour(codes)
    told = timeline(stages)
    assert [at for _, at in told] == [at for _, at in stages]
    assert [code for code, _ in told[1:] if code == "submitted"] == []
    assert all(then in {now, "submitted"} for (now, _), (then, _) in zip(told, stages, strict=True))
