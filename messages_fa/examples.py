"""What may be answered at each question, as it would be typed; the engine shows what it accepts today."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from domain.answers import as_day
from domain.kinds import DebtorKind
from persian.dates import MONTHS, add_months, jalali, show_date
from persian.money import grouped, words
from persian.text import to_persian_digits

Answers = Mapping[str, object]
Examples = Callable[[Answers, dt.date], tuple[str, ...]]
"""From the answers so far and the day in Tehran, the best one first."""

NATIONAL_ID: Final = ("۱۳۶۰۰۰۱۲۳۹",)
LEGAL_ID: Final = ("۱۰۳۸۰۲۸۴۷۹۰",)
MOBILE: Final = ("۰۹۱۲۳۴۵۶۷۸۹",)
LETTER_NUMBER: Final = ("۱۲۳/۴۵/ص", "۱۴۰۵/۱۲۳۴")
TRACKING_CODE: Final = ("۱۲۳۴۵۶۷۸۹۰۱۰",)
PASSCODE: Final = ("KXMTPQRW",)
PIN: Final = ("۴۸۱۵۰۳",)
PERSON: Final = ("زهرا احمدی", "سید علی موسوی")
BODY: Final = ("شرکت نمونه‌سازان", "شرکت راه‌سازی ۲۲ بهمن (سهامی خاص)")
WORDS: Final = ("مدیرکل امور مالی",)
PROSE: Final = ("تصویر نامه خوانا نیست.",)
SPAN: Final = ("۳ روز کاری", "۸ ساعت اداری")
HOURS: Final = ("۷:۳۰ تا ۱۴:۳۰", "۸ تا ۱۲ و ۱۳ تا ۱۷")
SEASON_DAY: Final = ("۱ مهر", "۳۱ خرداد")
AMOUNT: Final = ("۸۵۰٬۰۰۰٬۰۰۰", "هشتصد و پنجاه میلیون ریال", "۸۵ میلیون تومان")


def none(_answers: Answers, _today: dt.date) -> tuple[str, ...]:
    """For a step whose kind of answer has examples enough."""
    return ()


def day(date: dt.date) -> tuple[str, ...]:
    """A date in its two plain forms."""
    year, month, number = jalali(date)
    return show_date(date), to_persian_digits(f"{number} {MONTHS[month - 1]} {year}")


def _always(*examples: str) -> Examples:
    return lambda _answers, _today: examples


def _letter_date(_answers: Answers, today: dt.date) -> tuple[str, ...]:
    return (*day(today), "دیروز")


def _debtor_name(answers: Answers, _today: dt.date) -> tuple[str, ...]:
    return BODY if answers.get("debtor_kind") == DebtorKind.LEGAL else ("رضا کریمی", "سید علی موسوی")


def _down_payment(answers: Answers, _today: dt.date) -> tuple[str, ...]:
    """A tenth of the debt, which is below it."""
    amount = answers.get("amount")
    tenth = amount // 10 if isinstance(amount, int) else 0
    return (grouped(tenth), f"{words(tenth)} ریال") if tenth else ("۱",)


def _in_months(spoken: str, months: int) -> Examples:
    return lambda _answers, today: (spoken, *day(add_months(today, months)))


def _first_due(answers: Answers, today: dt.date) -> tuple[str, ...]:
    """A month from today, or from the end of the grace period."""
    grace = as_day(answers.get("grace_until"))
    after_grace = (*day(add_months(grace, 1)), *day(grace)) if grace else ()
    return ("۳۰ روز بعد", *day(today + dt.timedelta(days=30)), *after_grace)


OF_STEP: Final[dict[str, Examples]] = {
    "official_name": _always(*PERSON),
    "official_post": _always("مدیرکل امور مالی", "معاون پشتیبانی"),
    "letter_date": _letter_date,
    "debtor_name": _debtor_name,
    "debt_type_other": _always("هزینه دوره آموزشی"),
    "down_payment": _down_payment,
    "instalments": _always("۲۴", "۱۲", "دوازده"),
    "interval_months": _always("۱", "۳", "سه"),
    "grace_until": _in_months("۶ ماه بعد", 6),
    "first_due": _first_due,
    "deferred_to": _in_months("۱ سال بعد", 12),
    "reason": _always("بدهکار بازنشسته است و توان پرداخت یک‌جا ندارد."),
    "agency_name": _always("اداره کل آموزش و پرورش استان"),
}
"""By the name of the step of a proposal or an invitation; the others have those of their kind."""
