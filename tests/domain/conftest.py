"""A morning in Mehr 1405, an agency, and the answers it would give."""

from collections.abc import Callable
from datetime import date

import pytest

Answers = dict[str, object]
AnswersOf = Callable[..., Answers]

_FOR_ALL: Answers = {
    "special_rule": False,
    "creditor_kind": "ministry",
    "offence": False,
    "official_name": "زهرا احمدی",
    "official_post": "مدیرکل امور مالی",
    "letter_number": "۱۲۳/۴۵/ص",
    "letter_date": "2026-09-28",
    "letter_scan": 7,
    "debtor_kind": "natural",
    "debtor_name": "رضا کریمی",
    "national_id": "1360001239",
    "debt_type": "overpaid_salary",
    "amount": 100_000_000,
}
_OF_KIND: dict[str, Answers] = {
    "instalments": {"instalments": 12, "interval_months": 1, "first_due": "2026-11-01"},
    "deferral": {"deferred_to": "2027-03-01"},
    "both": {
        "instalments": 24,
        "interval_months": 2,
        "grace_until": "2027-03-20",
        "first_due": "2027-04-01",
    },
}


@pytest.fixture
def today() -> date:
    """۹ مهر ۱۴۰۵."""
    return date(2026, 10, 1)


@pytest.fixture
def answers_of() -> AnswersOf:
    """Complete answers for a kind, with some changed; None takes one away."""

    def make(kind: str = "instalments", **changed: object) -> Answers:
        return {"kind": kind, **_FOR_ALL, **_OF_KIND[kind], **changed}

    return make
