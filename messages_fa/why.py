"""Why each question is asked, and help with its answer. What is an inference is not given out as the law."""

from collections.abc import Callable, Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.markup import Text, lines, say

WHY: Final[dict[str, str]] = {
    "kind": "پرسش‌های بعدی به نوع پیشنهاد بستگی دارد: تقسیط، استمهال یا هر دو.",
    "special_rule": (
        "ماده ۴۷ قانون محاسبات عمومی کشور برای بدهی‌هایی است که مقررات خاص یا عمومی دیگری "
        "تکلیف تقسیط یا مهلت آن‌ها را روشن نکرده باشد."
    ),
    "creditor_kind": "ماده ۴۷ از بدهی به وزارتخانه‌ها و مؤسسات دولتی سخن می‌گوید.",
    "offence": "طبق تبصره ماده ۴۷، اگر بدهی ناشی از جرم یا تخلف باشد، تقسیط یا مهلت مانع تعقیب نیست.",
    "official_name": "طبق توافق‌نامه خدمت، پیشنهاد باید از سوی مقام مجاز دستگاه ارائه شود.",
    "official_post": "کارشناس بررسی از روی سمت می‌بیند که پیشنهاد از سوی مقام مجاز است.",
    "letter_number": "شماره نامه، پیشنهاد شما را به پرونده دستگاه پیوند می‌دهد.",
    "letter_date": "تاریخ نامه باید با تصویر آن یکی باشد.",
    "letter_scan": "کارشناس بررسی امضای مقام مجاز را روی تصویر نامه می‌بیند.",
    "debtor_kind": "شخص حقیقی با کد ملی شناخته می‌شود و شخص حقوقی با شناسه ملی.",
    "debtor_name": "مشخصات بدهکار یکی از شرایط عمومی بررسی است و محرمانه می‌ماند.",
    "national_id": "کد ملی بدهکار را از هم‌نام‌ها جدا می‌کند و محرمانه می‌ماند.",
    "legal_id": "شناسه ملی شرکت یا مؤسسه را از هم‌نام‌ها جدا می‌کند.",
    "mobile": "این شماره برای تماس با بدهکار است و محرمانه می‌ماند. پاسخ اختیاری است.",
    "debt_type": "نوع بدهی یکی از شرایط عمومی بررسی است.",
    "debt_type_other": "نوع بدهی در فهرست نبود؛ چند کلمه از شما آن را روشن می‌کند.",
    "amount": "مبلغ بدهی یکی از شرایط عمومی بررسی است و اقساط از روی آن حساب می‌شود.",
    "down_payment": "پیش‌پرداخت از مبلغ بدهی کم می‌شود و باقی‌مانده قسط‌بندی می‌شود. پاسخ اختیاری است.",
    "grace_until": "سررسید قسط نخست پیش از پایان دوره تنفس نیست.",
    "instalments": "تعداد اقساط پیشنهادی یکی از شرایط عمومی بررسی است.",
    "interval_months": "سررسید هر قسط از روی این فاصله حساب می‌شود.",
    "first_due": "سررسید قسط‌های بعد از روی همین تاریخ حساب می‌شود.",
    "deferred_to": "در استمهال، کل مبلغ در این تاریخ پرداخت می‌شود.",
    "reason": "دلیل دستگاه به کارشناس بررسی کمک می‌کند. پاسخ اختیاری است.",
    "attachments": "مدارک دیگر، مانند رأی یا صورت‌جلسه، به بررسی کمک می‌کند. پاسخ اختیاری است.",
    "agency": "کارشناس دستگاه فقط برای یک دستگاه پیشنهاد ثبت می‌کند.",
    "role": "نقش نشان می‌دهد که شخص در سامانه چه کارهایی می‌تواند بکند.",
    "note": "این نوشته کنار تصمیم می‌ماند و دستگاه آن را می‌بیند.",
}
"""By the name of the step."""


def why(name: str) -> Callable[[], Text]:
    """The reason for a question; an example of its answer stands with the question itself."""
    reason = say(WHY[name])
    return lambda: reason


def example(text: str) -> Text:
    """Under a question: how its answer is written."""
    return say("نمونه: {text}", text=text)


def examples(texts: Sequence[str]) -> Text:
    """Several ways to write an answer, each on a line of its own."""
    return lines(say("پاسخ این پرسش را می‌توانید این‌گونه بنویسید:"), *map(example, texts))


def whom_to_call(contact: str) -> Text:
    """To somebody who was not understood again and again: the office's own contact line."""
    return say("اگر به کمک نیاز دارید، تماس بگیرید: {contact}", contact=contact)


def draft_is_kept() -> Text:
    """The same while the office names nobody: nothing is lost, and there is no hurry."""
    return say(
        "پیش‌نویس شما محفوظ است؛ می‌توانید بعد از «{drafts}» در منوی اصلی ادامه دهید.", drafts=buttons.DRAFTS
    )


def way_out() -> Text:
    """The same in a form that has no draft."""
    return say("با «{cancel}» بدون ثبت چیزی از این فرم بیرون می‌آیید.", cancel=buttons.CANCEL)
