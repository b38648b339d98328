"""A form's answers become a proposal, or the answers to ask again are named."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import Incomplete
from domain.proposal import DEBT_TYPES, FIELDS, Kind, Proposal, RuleProblem, check, rule_problems
from persian.money import Rials

Answers = dict[str, object]
AnswersOf = Callable[..., Answers]


def missing(answers: Answers, today: date) -> tuple[str, ...]:
    with pytest.raises(Incomplete) as caught:
        check(answers, today=today)
    assert caught.value.values == {"missing": caught.value.missing}
    return caught.value.missing


@pytest.mark.parametrize("kind", ["instalments", "deferral", "both"])
def test_complete_answers_of_each_kind_make_a_proposal(answers_of: AnswersOf, today: date, kind: str) -> None:
    proposal = check(answers_of(kind), today=today)
    assert proposal.kind is Kind(kind)
    assert (proposal.letter_date, proposal.attachments) == (date(2026, 9, 28), ())
    assert type(proposal.amount) is Rials


def test_a_proposal_kept_as_json_reads_back_the_same(answers_of: AnswersOf, today: date) -> None:
    proposal = check(answers_of("both", down_payment=5_000_000, attachments=[3, 4]), today=today)
    again = Proposal.model_validate_json(proposal.model_dump_json())
    assert again == proposal
    assert (type(again.down_payment), again.attachments) == (Rials, (3, 4))


def test_an_empty_form_names_everything_that_every_kind_needs(today: date) -> None:
    assert missing({}, today) == (
        "kind",
        "special_rule",
        "creditor_kind",
        "offence",
        "official_name",
        "official_post",
        "letter_number",
        "letter_date",
        "letter_scan",
        "debtor_kind",
        "debtor_name",
        "debt_type",
        "amount",
    )


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("instalments", ("instalments", "interval_months", "first_due")),
        ("deferral", ("deferred_to",)),
        ("both", ("instalments", "interval_months", "first_due", "grace_until")),
    ],
)
def test_each_kind_misses_its_own_answers(
    answers_of: AnswersOf, today: date, kind: str, needed: tuple[str, ...]
) -> None:
    assert missing(answers_of(kind, **dict.fromkeys(needed)), today) == needed


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"special_rule": True}, ("special_rule",)),
        ({"deferred_to": "2027-01-01"}, ("deferred_to",)),
        ({"grace_until": "2026-10-20"}, ("grace_until",)),
        ({"legal_id": "10380284790"}, ("legal_id",)),
        ({"debtor_kind": "legal"}, ("national_id", "legal_id")),
        ({"debt_type": "other"}, ("debt_type_other",)),
        ({"debt_type": "tax"}, ("debt_type",)),
        ({"national_id": "1360001238"}, ("national_id",)),
        ({"mobile": "9123456789"}, ("mobile",)),
        ({"debtor_name": "  "}, ("debtor_name",)),
        ({"amount": 0}, ("amount",)),
        ({"amount": 10**15}, ("amount",)),
        ({"amount": True}, ("amount",)),
        ({"amount": "100"}, ("amount",)),
        ({"instalments": 1}, ("instalments",)),
        ({"instalments": 121}, ("instalments",)),
        ({"interval_months": 13}, ("interval_months",)),
        ({"down_payment": 0}, ("down_payment",)),
        ({"offence": 1}, ("offence",)),
        ({"letter_date": datetime(2026, 9, 28)}, ("letter_date",)),  # noqa: DTZ001 - a moment is the point
        ({"letter_date": "9999-01-01"}, ("letter_date",)),
        ({"letter_scan": None}, ("letter_scan",)),
        ({"interest": 4}, ("interest",)),
    ],
)
def test_what_is_wrong_or_contradicting_is_named_and_nothing_else(
    answers_of: AnswersOf, today: date, changed: Answers, named: tuple[str, ...]
) -> None:
    assert missing(answers_of(**changed), today) == named


def test_a_deferral_takes_no_down_payment(answers_of: AnswersOf, today: date) -> None:
    assert missing(answers_of("deferral", down_payment=5), today) == ("down_payment",)


def test_a_legal_person_and_another_debt_are_told_by_their_own_answers(
    answers_of: AnswersOf, today: date
) -> None:
    own = {"debtor_kind": "legal", "national_id": None, "legal_id": "10380284790"}
    proposal = check(answers_of(**own, debt_type="other", debt_type_other="بدهی قدیمی"), today=today)
    assert (proposal.legal_id, proposal.debt_type_other) == ("10380284790", "بدهی قدیمی")


YESTERDAY, TODAY, TOMORROW = date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2)


@pytest.mark.parametrize(
    ("kind", "changed", "problem"),
    [
        (
            "instalments",
            {"amount": 100, "down_payment": 100},
            RuleProblem(
                "down_payment", "down_payment_not_below_amount", {"amount": 100, "down_payment": 100}
            ),
        ),
        (
            "instalments",
            {"amount": 20, "down_payment": 9},
            RuleProblem(
                "instalments",
                "amount_below_instalments",
                {"amount": 20, "down_payment": 9, "instalments": 12},
            ),
        ),
        (
            "instalments",
            {"first_due": YESTERDAY},
            RuleProblem("first_due", "first_due_before_today", {"first_due": YESTERDAY, "today": TODAY}),
        ),
        (
            "both",
            {"first_due": "2027-03-19"},
            RuleProblem(
                "first_due",
                "first_due_before_grace",
                {"first_due": date(2027, 3, 19), "grace_until": date(2027, 3, 20)},
            ),
        ),
        (
            "both",
            {"grace_until": TODAY},
            RuleProblem("grace_until", "grace_until_not_after_today", {"grace_until": TODAY, "today": TODAY}),
        ),
        (
            "deferral",
            {"deferred_to": TODAY},
            RuleProblem("deferred_to", "deferred_to_not_after_today", {"deferred_to": TODAY, "today": TODAY}),
        ),
        (
            "deferral",
            {"letter_date": TOMORROW},
            RuleProblem("letter_date", "letter_date_in_future", {"letter_date": TOMORROW, "today": TODAY}),
        ),
        (
            "instalments",
            {"instalments": 120, "interval_months": 12},
            RuleProblem("instalments", "last_due_out_of_range", {"last_year": 1524, "limit": 1500}),
        ),
    ],
)
def test_each_rule_between_answers_is_told_by_code_and_values(
    answers_of: AnswersOf, today: date, kind: str, changed: Answers, problem: RuleProblem
) -> None:
    answers = answers_of(kind, **changed)
    assert rule_problems(answers, today=today) == (problem,)
    assert missing(answers, today) == (problem.field,)


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("instalments", {"amount": 12}),
        ("instalments", {"amount": 21, "down_payment": 9}),
        ("instalments", {"first_due": TODAY}),
        ("both", {"first_due": "2027-03-20"}),
        ("both", {"grace_until": TOMORROW}),
        ("deferral", {"deferred_to": TOMORROW}),
        ("deferral", {"letter_date": TODAY}),
    ],
)
def test_each_rule_permits_its_very_edge(
    answers_of: AnswersOf, today: date, kind: str, changed: Answers
) -> None:
    answers = answers_of(kind, **changed)
    assert rule_problems(answers, today=today) == ()
    assert check(answers, today=today).kind is Kind(kind)


def test_half_a_form_is_judged_by_what_it_holds(today: date) -> None:
    partial: Answers = {"kind": "instalments", "amount": 100, "down_payment": 200, "first_due": None}
    found = rule_problems(partial, today=today)
    assert [problem.code for problem in found] == ["down_payment_not_below_amount"]


def test_answers_of_another_kind_trouble_nobody_while_the_form_is_open(today: date) -> None:
    left_over: Answers = {"kind": "deferral", "amount": 100, "down_payment": 200}
    assert rule_problems(left_over, today=today) == ()


def test_a_stored_proposal_opens_after_its_dates_have_passed(answers_of: AnswersOf) -> None:
    stored = Proposal.model_validate(answers_of())
    assert stored.first_due == date(2026, 11, 1)
    assert missing(answers_of(), date(2027, 1, 1)) == ("first_due",)


def test_no_proposal_can_be_made_around_its_rules(answers_of: AnswersOf) -> None:
    with pytest.raises(ValidationError, match="answers_disagree"):
        Proposal.model_validate(answers_of(down_payment=100_000_000))


def test_an_incomplete_form_tells_no_personal_value(answers_of: AnswersOf, today: date) -> None:
    with pytest.raises(Incomplete) as caught:
        check(answers_of(national_id="1360001238"), today=today)
    assert str(caught.value) == "incomplete"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_catalogue_of_debts_ends_with_other() -> None:
    assert (len(DEBT_TYPES), DEBT_TYPES[0], DEBT_TYPES[-1]) == (13, "overpaid_salary", "other")


WORDS = st.text("ab ۱2/-", max_size=12)
JSON = st.none() | st.booleans() | st.integers() | WORDS | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_stands_in_a_form_the_only_objection_is_incomplete(answers: Answers) -> None:
    rule_problems(answers, today=TODAY)
    with pytest.raises(Incomplete):
        check(answers, today=TODAY)


def test_a_type_of_the_offices_own_is_a_type_and_keeps_its_words(answers_of: AnswersOf, today: date) -> None:
    proposal = check(answers_of(debt_type="own7", debt_type_other="کرایه ماشین‌آلات"), today=today)
    assert (proposal.debt_type, proposal.debt_type_other) == ("own7", "کرایه ماشین‌آلات")
    assert missing(answers_of(debt_type="own0"), today) == ("debt_type",)
