"""The catalogue of reasons: every version ever issued stays, so that what was told can always be read again.

A reason is stored as a reference, its code and version: `special_rule.1`. One without a version was stored
before there were any, and means version 1. One of the office's own wording carries its words along.
A legal ground is named only where it is one: Article 47 of the Public Accounting Law, the Direct Taxes Law's
Article 167 as a special rule, and the general conditions of the service-level agreement.
"""

from collections.abc import Sequence
from typing import Final

from domain.catalogue import Entry, read_worded
from domain.lifecycle import OTHER, code_of

Catalogue = tuple[Entry, ...]

_CONDITIONS: Final = "شرایط عمومی در توافق‌نامه سطح خدمت"
_ARTICLE_47: Final = "ماده ۴۷ قانون محاسبات عمومی کشور"
_SPECIAL: Final = f"{_ARTICLE_47}؛ برای بدهی مالیاتی، ماده ۱۶۷ قانون مالیات‌های مستقیم"

REFUSAL: Final[Catalogue] = (
    Entry("incomplete_conditions", 1, "کامل نبودن شرایط عمومی", _CONDITIONS),
    Entry("not_authorised", 1, "ارائه نشدن توسط مقام مجاز", _CONDITIONS),
    Entry("special_rule", 1, "وجود مقررات خاص یا عمومی دیگر", _SPECIAL),
    Entry("creditor_not_covered", 1, "مشمول نبودن طلبکار در ماده ۴۷", _ARTICLE_47),
    Entry("debt_not_established", 1, "روشن نبودن اصل یا مبلغ بدهی", _CONDITIONS),
    Entry("plan_not_accepted", 1, "پذیرفته نشدن اقساط یا مهلت پیشنهادی", _ARTICLE_47),
    Entry(OTHER, 1, "دلیل دیگر"),
)
"""Why a proposal is not agreed to."""

RETURN: Final[Catalogue] = (
    Entry("marked", 1, "نیاز به اصلاح بخش‌های نشان‌شده", _CONDITIONS),
    Entry("official", 1, "مقام مجاز و نامه", _CONDITIONS, offered=False),
    Entry("debtor", 1, "مشخصات بدهکار", _CONDITIONS, offered=False),
    Entry("debt", 1, "نوع یا مبلغ بدهی", _CONDITIONS, offered=False),
    Entry("plan", 1, "اقساط یا مهلت", _CONDITIONS, offered=False),
    Entry("attachments", 1, "پیوست‌ها", _CONDITIONS, offered=False),
    Entry(OTHER, 1, "مورد دیگر"),
)
"""Why a proposal goes back: the rows that the reviewer marked, or something else."""

SUPERSESSION: Final[Catalogue] = (
    Entry("new_facts", 1, "رسیدن سند یا اطلاعات تازه"),
    Entry("mistake", 1, "اشتباه در رسیدگی پیشین"),
    Entry("ruling", 1, "رأی یا دستور مرجع قانونی"),
    Entry(OTHER, 1, "دلیل دیگر"),
)
"""Why a later decision replaces an earlier one."""

WITHDRAWAL: Final[Catalogue] = (
    Entry("paid", 1, "پرداخت شدن بدهی"),
    Entry("settled", 1, "توافق دیگر دستگاه با بدهکار"),
    Entry("mistaken", 1, "اشتباه در ثبت پیشنهاد"),
    Entry("not_wanted", 1, "انصراف بدهکار"),
    Entry(OTHER, 1, "دلیل دیگر"),
)
"""Why an agency withdraws a proposal."""

EVERY: Final = {
    "refuse": REFUSAL,
    "return_for_correction": RETURN,
    "supersede": SUPERSESSION,
    "withdraw": WITHDRAWAL,
}
"""Each catalogue by the act that it gives reasons for."""

MARKED: Final = "marked.1"
"""The reason of a return whose rows are marked."""
MISSING: Final = "other.1"
"""The reason of a return about something that is no row of the proposal."""


def found(catalogue: Catalogue, reference: str) -> Entry:
    """The reason of a reference, as it was worded then.

    Raises:
        KeyError: it was never issued.
    """
    if (worded := read_worded(reference)) is not None:
        return worded
    code, _, version = reference.partition(".")
    number = int(version or 1)
    for reason in catalogue:
        if (reason.code, reason.version) == (code, number):
            return reason
    raise KeyError(reference)


def titles(catalogue: Catalogue, references: Sequence[str]) -> list[str]:
    """The titles of these reasons, in order."""
    return [found(catalogue, reference).title for reference in references]


def told(catalogue: Catalogue, references: Sequence[str]) -> list[str]:
    """The titles of these reasons, each with its legal ground where it has one."""
    return [
        f"{reason.title} ({reason.ground})" if reason.ground else reason.title
        for reason in (found(catalogue, reference) for reference in references)
    ]


def marked(chosen: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a reviewer marked for correction: the names of the fields, and the reasons of the return."""
    fields = tuple(name for name in chosen if name != MISSING)
    return fields, (*((MARKED,) if fields else ()), *((MISSING,) if MISSING in chosen else ()))


def worded(catalogue: Catalogue, references: Sequence[str], note: str) -> tuple[list[str], str]:
    """These reasons as `told` has them, and the note beside them.

    Another reason than those of the catalogue is what the note says: it stands in its place, once.
    """
    named = told(catalogue, references)
    other = [code_of(reference) == OTHER for reference in references]
    if not note or not any(other):
        return named, note
    return [note if is_other else title for title, is_other in zip(named, other, strict=True)], ""


def not_offered() -> str:
    """The answer to a decision for a reason that may not be chosen any more."""
    return "یکی از دلیل‌ها دیگر در فهرست نیست و چیزی ثبت نشد؛ دوباره آغاز کنید و از فهرست برگزینید."
