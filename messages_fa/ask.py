"""The questions of the forms, each with what is needed to answer it without a manual."""

from collections.abc import Callable, Mapping
from typing import Final

from domain.kinds import DebtorKind
from domain.proposal import INSTALMENTS, INTERVAL_MONTHS
from messages_fa.markup import Text, lines, say

Ask = Callable[[Mapping[str, object]], Text]

INTERVALS: Final[dict[int, str]] = {1: "هر ماه", 2: "هر ۲ ماه", 3: "هر ۳ ماه", 6: "هر ۶ ماه"}
"""Months between two instalments that are offered as buttons."""


def _ask(*parts: str) -> Ask:
    text = lines(*(say(part) for part in parts))
    return lambda _answers: text


def _debtor_name(answers: Mapping[str, object]) -> Text:
    if answers.get("debtor_kind") == DebtorKind.LEGAL:
        return say("**نام شرکت یا مؤسسه بدهکار چیست؟**")
    return say("**نام و نام خانوادگی بدهکار چیست؟**")


def _instalments(answers: Mapping[str, object]) -> Text:
    if answers.get("down_payment"):
        return _bounded("**باقی‌مانده بدهی در چند قسط پرداخت شود؟**", INSTALMENTS)
    return _bounded("**بدهی در چند قسط پرداخت شود؟**", INSTALMENTS)


def _bounded(question: str, bounds: tuple[int, int]) -> Text:
    return lines(say(question), say("عددی از {low} تا {high} بنویسید.", low=bounds[0], high=bounds[1]))


def _attachments(answers: Mapping[str, object]) -> Text:
    sent = bool(answers.get("attachments"))
    return lines(
        say("**اگر مدارک دیگری دارید، بفرستید.**"),
        *(() if sent else map(say, ("حداکثر ۱۰ پرونده پذیرفته می‌شود.", _FILE_KINDS, _NO_PAPERS))),
    )


_NO_PAPERS = "اگر مدرکی ندارید «رد کردن» را بزنید."
_DAY_TO_COME = "تاریخ را بنویسید یا از تقویم بردارید."
_FILE_KINDS = "پرونده PDF یا عکس JPEG یا PNG پذیرفته می‌شود؛ هر پرونده حداکثر ۱۰ مگابایت."

PROPOSAL: Final[dict[str, Ask]] = {
    "kind": _ask(
        "**پیشنهاد دستگاه شما چیست؟**",
        "تقسیط: پرداخت بدهی در چند قسط",
        "استمهال: دادن مهلت و پرداخت یک‌جا در پایان آن",
        "استمهال و تقسیط: نخست مهلت، سپس پرداخت قسطی",
    ),
    "special_rule": _ask(
        "**آیا برای این بدهی مقررات خاص یا عمومی دیگری وجود دارد؟**",
        "برای نمونه، بدهی مالیاتی قانون جداگانه دارد.",
    ),
    "creditor_kind": _ask("**دستگاه طلبکار از کدام نوع است؟**"),
    "offence": _ask("**آیا بدهی ناشی از جرم یا تخلف است؟**"),
    "official_name": _ask("**نام و نام خانوادگی مقام مجازی که نامه پیشنهاد را امضا کرده است، چیست؟**"),
    "official_post": _ask("**سمت این مقام چیست؟**"),
    "letter_number": _ask("**شماره نامه پیشنهاد چیست؟**", "شماره را همان‌گونه که روی نامه است بنویسید."),
    "letter_date": _ask("**تاریخ نامه پیشنهاد چیست؟**", "تاریخ را همان‌گونه که روی نامه است بنویسید."),
    "letter_scan": _ask("**تصویر نامه امضاشده را بفرستید.**", _FILE_KINDS),
    "debtor_kind": _ask(
        "**بدهکار شخص حقیقی است یا حقوقی؟**", "شخص حقیقی یک فرد است و شخص حقوقی شرکت یا مؤسسه."
    ),
    "debtor_name": _debtor_name,
    "national_id": _ask("**کد ملی بدهکار چیست؟**", "کد ملی ۱۰ رقم است؛ صفرهای اول را هم بنویسید."),
    "legal_id": _ask("**شناسه ملی شرکت یا مؤسسه بدهکار چیست؟**", "شناسه ملی ۱۱ رقم است."),
    "mobile": _ask("**شماره تلفن همراه بدهکار چیست؟**", "اگر شماره را ندارید «رد کردن» را بزنید."),
    "debt_type": _ask("**نوع بدهی چیست؟**"),
    "debt_type_other": _ask("**نوع بدهی را در چند کلمه بنویسید.**"),
    "amount": _ask("**مبلغ کل بدهی چند ریال است؟**", "مبلغ را با رقم یا با حروف بنویسید."),
    "down_payment": _ask("**مبلغ پیش‌پرداخت چند ریال است؟**", "اگر پیش‌پرداخت ندارد «رد کردن» را بزنید."),
    "grace_until": _ask(
        "**دوره تنفس تا چه تاریخی است؟**",
        "دوره تنفس مهلتی است که پیش از قسط نخست داده می‌شود.",
        _DAY_TO_COME,
    ),
    "instalments": _instalments,
    "interval_months": lambda _answers: _bounded(
        "**فاصله هر قسط تا قسط بعد چند ماه باشد؟**", INTERVAL_MONTHS
    ),
    "first_due": _ask("**سررسید نخستین قسط چه تاریخی باشد؟**", _DAY_TO_COME),
    "deferred_to": _ask(
        "**تا چه تاریخی مهلت داده شود؟**",
        "کل مبلغ در این تاریخ یک‌جا پرداخت می‌شود.",
        _DAY_TO_COME,
    ),
    "reason": _ask("**دلیل دستگاه برای این پیشنهاد چیست؟**", "اگر توضیحی ندارید «رد کردن» را بزنید."),
    "attachments": _attachments,
}


def _given(answers: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = answers.get(name)
    return (str(value),) if value is not None else ()


INVITATION: Final[dict[str, Ask]] = {
    "role": _ask("**این شخص را برای چه نقشی دعوت می‌کنید؟**"),
    "agency": _ask("**این کارشناس برای کدام دستگاه کار می‌کند؟**"),
    "agency_name": _ask("**نام دستگاه جدید چیست؟**"),
    "name": _ask("**نام و نام خانوادگی شخص چیست؟**"),
}
