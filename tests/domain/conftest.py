"""A morning in Mehr 1405, an agency, and the answers it would give."""

from collections.abc import Callable
from datetime import date

import pytest
from proposed import FOR_ALL, INSTALMENTS

Answers = dict[str, object]
AnswersOf = Callable[..., Answers]

_OF_KIND: dict[str, Answers] = {
    "instalments": INSTALMENTS,
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
        return {"kind": kind, **FOR_ALL, **_OF_KIND[kind], **changed}

    return make
