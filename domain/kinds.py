"""The choices a proposal is made of: its kind, the creditor's, the debtor's and the debt's."""

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What is proposed: instalments «تقسیط», deferral «استمهال», or a grace period and then instalments."""

    INSTALMENTS = "instalments"
    DEFERRAL = "deferral"
    BOTH = "both"


class CreditorKind(StrEnum):
    """Whom the debt is owed to; Article 47 names ministries and government institutions."""

    MINISTRY = "ministry"
    GOVERNMENT_INSTITUTION = "government_institution"
    STATE_COMPANY = "state_company"
    PUBLIC_BODY = "public_body"


class DebtorKind(StrEnum):
    """A natural person «شخص حقیقی» or a legal one «شخص حقوقی»."""

    NATURAL = "natural"
    LEGAL = "legal"


CREDITORS_WARNED_OF: Final = frozenset({CreditorKind.STATE_COMPANY, CreditorKind.PUBLIC_BODY})
"""Creditors that Article 47 does not name: the office warns and never blocks."""

DEBT_TYPES: Final = (
    "overpaid_salary",
    "court_award",
    "cash_shortage",
    "property_damage",
    "state_property_rent",
    "unfulfilled_commitment",
    "state_goods_services",
    "unsettled_advance",
    "contract_claims",
    "state_dues",
    "fine",
    "grant_refund",
    "other",
)
"""The office's catalogue to start with; `other` comes with free text in `debt_type_other`."""

_OWN: Final = re.compile(r"own[1-9][0-9]{0,8}")


def is_debt_type(code: str) -> bool:
    """Whether a code may name a type of debt: of the first list, or one that the office has added.

    A filed proposal keeps the words of the latter in `debt_type_other`.
    """
    return code in DEBT_TYPES or _OWN.fullmatch(code) is not None
