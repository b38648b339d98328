"""A proposal as an agency would make it, by the names of its answers."""

from typing import Final

FOR_ALL: Final[dict[str, object]] = {
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
"""What is asked of every kind of proposal."""
INSTALMENTS: Final[dict[str, object]] = {"instalments": 12, "interval_months": 1, "first_due": "2026-11-01"}
ANSWERS: Final[dict[str, object]] = {"kind": "instalments", **FOR_ALL, **INSTALMENTS}
"""A complete proposal of instalments."""
