"""The proposals of the demo's history; names, numbers and letters are invented."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.demo.people import Cast, Deed
from domain.conditions import conditions_of
from persian.codes import verhoeff_digit
from persian.dates import tehran_day
from persian.text import to_persian_digits
from services import decisions, files, proposals, review
from services.drafts import PROPOSAL_FORM
from storage.errors import NotFound
from storage.records import Case
from storage.work import Work

PASSCODE: Final = "DEM01405"
"""The passcode of every case of the history; the welcome tells it."""

_LETTER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)
_COMMON: Final[Mapping[str, object]] = {
    "special_rule": False,
    "creditor_kind": "ministry",
    "offence": False,
    "official_name": "زهرا احمدی",
    "official_post": "مدیرکل امور مالی",
}


@dataclass(frozen=True)
class Story:
    """A proposal of «سارا محمدی».

    Attributes:
        number: its place among them, from which tracking code and letter number follow.
        answers: what it says beside what all of them say; days are counted from the day of filing.
    """

    number: int
    answers: Mapping[str, object]
    days: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Its tracking code, 12 Latin digits."""
        digits = f"140500{self.number:05}"
        return digits + verhoeff_digit(digits)

    def file(self, work: Work, cast: Cast) -> None:
        """File it."""
        platform, chat_id = cast.accounts["officer"]
        officer = cast.actor(work, "officer")
        run = work.forms.start(PROPOSAL_FORM, 1, platform, chat_id, officer.person_id, None, {"answers": {}})
        proposals.file(
            work,
            actor=officer,
            run=run,
            answers=self._answers(work),
            secret_digest=cast.digest,
            platform=platform,
            chat_id=chat_id,
            new_code=lambda: self.code,
        )

    def _answers(self, work: Work) -> dict[str, object]:
        today = tehran_day(work.now)
        letter = files.keep(work, "letter.pdf", "application/pdf", _LETTER)
        own = {"letter_number": f"۱۴۰۵/{to_persian_digits(str(self.number))}/د", "letter_scan": letter.id}
        days = {"letter_date": -3, **self.days}
        dated = {name: (today + dt.timedelta(days=days)).isoformat() for name, days in days.items()}
        return {**_COMMON, **own, **dated, **self.answers}

    def case(self, work: Work) -> Case:
        """The case as it stands.

        Raises:
            NotFound: it was not filed.
        """
        case = work.cases.by_code(self.code)
        if case is None:
            raise NotFound("case", self.number)
        return case

    # What becomes of it, by the key of who does it

    def claim(self, by: str) -> Deed:
        """A reviewer takes it."""
        return lambda work, cast: review.claim(work, actor=cast.actor(work, by), case_id=self.case(work).id)

    def agree(self, by: str) -> Deed:
        """Who holds it finds every general condition met, and agrees."""

        def deed(work: Work, cast: Cast) -> Case:
            actor, case = cast.actor(work, by), self.case(work)
            for condition in conditions_of(case.kind):
                review.tick(work, actor=actor, case_id=case.id, condition=condition, on=True)
            return decisions.agree(work, actor=actor, case_id=case.id)

        return deed

    def refuse(self, by: str) -> Deed:
        """Who holds it does not agree: the time asked for is not accepted."""
        return lambda work, cast: decisions.refuse(
            work,
            actor=cast.actor(work, by),
            case_id=self.case(work).id,
            reasons=("plan_not_accepted.1",),
            note="مهلت پیشنهادی پذیرفته نشد؛ پیشنهاد تازه با مهلت کوتاه‌تر بررسی می‌شود.",
        )

    def give_back(self, by: str) -> Deed:
        """Who holds it returns it for correction."""
        return lambda work, cast: decisions.return_for_correction(
            work,
            actor=cast.actor(work, by),
            case_id=self.case(work).id,
            reasons=("marked.1",),
            note="مبلغ با نامه یکی نیست؛ هر دو را بررسی کنید.",
            fields=("amount",),
        )


FIRST: Final = Story(
    1,
    {
        "kind": "instalments",
        "debtor_kind": "natural",
        "debtor_name": "حسن یوسفی",
        "national_id": "0499370899",
        "debt_type": "overpaid_salary",
        "amount": 180_000_000,
        "instalments": 18,
        "interval_months": 1,
    },
    {"first_due": 60},
)
SECOND: Final = Story(
    2,
    {
        "kind": "deferral",
        "debtor_kind": "legal",
        "debtor_name": "شرکت نمونه‌سازان آینده",
        "legal_id": "10380284790",
        "debt_type": "contract_claims",
        "amount": 2_400_000_000,
    },
    {"deferred_to": 240},
)
THIRD: Final = Story(
    3,
    {
        "kind": "instalments",
        "debtor_kind": "natural",
        "debtor_name": "پروین شریفی",
        "national_id": "0084575948",
        "debt_type": "property_damage",
        "amount": 96_000_000,
        "instalments": 12,
        "interval_months": 1,
    },
    {"first_due": 45},
)
FOURTH: Final = Story(
    4,
    {
        "kind": "instalments",
        "debtor_kind": "legal",
        "debtor_name": "شرکت آب‌نگار نمونه",
        "legal_id": "14001000090",
        "debt_type": "state_property_rent",
        "amount": 1_250_000_000,
        "instalments": 10,
        "interval_months": 2,
    },
    {"first_due": 75},
)
FIFTH: Final = Story(
    5,
    {
        "kind": "deferral",
        "debtor_kind": "natural",
        "debtor_name": "ناصر قاسمی",
        "national_id": "1371234566",
        "debt_type": "overpaid_salary",
        "amount": 45_000_000,
    },
    {"deferred_to": 150},
)
