"""The general conditions: the machine lays out facts, the person ticks."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.conditions import CONDITIONS, Finding, conditions_of, finding, findings, unticked
from domain.proposal import Kind, check

AnswersOf = Callable[..., dict[str, object]]


def test_each_kind_is_checked_for_what_the_agreement_lists() -> None:
    shared = ("authorised_official", "debtor_identity", "debt_type", "amount")
    assert conditions_of(Kind.INSTALMENTS) == (*shared, "instalments")
    assert conditions_of(Kind.DEFERRAL) == (*shared, "deferral_date")
    assert conditions_of(Kind.BOTH) == CONDITIONS


def test_what_is_not_ticked_is_named_in_order() -> None:
    assert unticked(Kind.INSTALMENTS, ()) == conditions_of(Kind.INSTALMENTS)
    assert unticked(Kind.INSTALMENTS, ("instalments", "amount", "deferral_date")) == CONDITIONS[:3]
    assert unticked(Kind.DEFERRAL, conditions_of(Kind.DEFERRAL)) == ()


@pytest.mark.parametrize("kind", ["instalments", "deferral", "both"])
def test_a_checked_proposal_looks_in_order_to_the_machine(
    answers_of: AnswersOf, today: date, kind: str
) -> None:
    found = findings(check(answers_of(kind), today=today))
    assert [(one.code, one.ok) for one in found] == [(code, True) for code in conditions_of(Kind(kind))]


def test_a_finding_shows_the_answers_that_were_given(answers_of: AnswersOf, today: date) -> None:
    proposal = check(answers_of(), today=today)
    assert finding("instalments", proposal) == Finding(
        "instalments",
        ok=True,
        facts={"instalments": 12, "interval_months": 1, "first_due": date(2026, 11, 1)},
    )
    assert finding("debtor_identity", proposal).facts == {
        "debtor_kind": "natural",
        "debtor_name": "رضا کریمی",
        "national_id": "1360001239",
    }


def test_a_condition_of_another_kind_is_not_found_in_order(answers_of: AnswersOf, today: date) -> None:
    assert finding("deferral_date", check(answers_of(), today=today)) == Finding(
        "deferral_date", ok=False, facts={}
    )
    assert finding("instalments", check(answers_of("deferral"), today=today)).ok is False


def test_a_gutted_proposal_is_found_out(answers_of: AnswersOf, today: date) -> None:
    whole = check(answers_of(), today=today)
    gutted = whole.model_copy(
        update={"official_name": "", "national_id": None, "debt_type": "other", "amount": 0}
    )
    assert [finding(code, gutted).ok for code in CONDITIONS[:4]] == [False] * 4


def test_there_are_no_conditions_beyond_the_agreement(answers_of: AnswersOf, today: date) -> None:
    with pytest.raises(KeyError):
        finding("guarantee", check(answers_of(), today=today))
