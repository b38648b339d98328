"""Why each question is asked, and help with its answer. What is an inference is not given out as the law."""

from collections.abc import Callable, Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.form import unbroken
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


HELP: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("kind", "creditor_kind", "debtor_kind"), "لازم نیست چیزی بنویسید: دکمه گزینه را زیر همین پیام بزنید."
    ),
    "special_rule": "اگر قانون دیگری تکلیف این بدهی را روشن کرده است «بله» و وگرنه «خیر» را بزنید.",
    "offence": "اگر بدهی از جرم یا تخلف پدید آمده است «بله» و وگرنه «خیر» را بزنید.",
    "official_name": "نامی را که زیر امضای نامه است بنویسید: نام، فاصله، نام خانوادگی؛ بدون رقم.",
    "official_post": "سمتی را که زیر نام امضاکننده نامه است، در چند کلمه بنویسید.",
    "letter_number": "شماره بالای نامه، کنار «شماره» نوشته شده است؛ همان را با حرف و رقم بنویسید.",
    "letter_date": "تاریخ بالای نامه را بنویسید: سال، ماه و روز با «/» میان آن‌ها؛ یا از تقویم بردارید.",
    "letter_scan": "از نامه با تلفن همراه عکس بگیرید و با دکمه پیوست همین گفت‌وگو بفرستید.",
    "debtor_name": "نام را همان‌گونه که در پرونده است با حروف بنویسید؛ شماره و کد در گام بعد پرسیده می‌شود.",
    "national_id": "کد ملی ده‌رقمی روی کارت ملی است؛ رقم‌ها را پشت سر هم و بدون حروف بنویسید.",
    "legal_id": "شناسه ملی یازده‌رقمی در آگهی ثبت شرکت است؛ رقم‌ها را پشت سر هم بنویسید.",
    "mobile": "شماره با ۰۹ آغاز می‌شود و ۱۱ رقم است. اگر آن را ندارید «رد کردن» را بزنید.",
    "debt_type": "دکمه نزدیک‌ترین گزینه را بزنید؛ اگر هیچ‌کدام نیست «سایر» را بزنید.",
    "debt_type_other": "نوع بدهی را با چند کلمه بنویسید، همان‌گونه که در پرونده آمده است.",
    "amount": "مبلغ را به ریال و فقط با رقم بنویسید؛ جداکننده لازم نیست.",
    "down_payment": "مبلغ را به ریال و فقط با رقم بنویسید. اگر پیش‌پرداخت ندارد «رد کردن» را بزنید.",
    **dict.fromkeys(
        ("grace_until", "first_due", "deferred_to"),
        "ساده‌ترین راه: «انتخاب از تقویم» را بزنید و روز را روی آن بردارید.",
    ),
    "instalments": "فقط شمار قسط‌ها را با رقم بنویسید.",
    "interval_months": "یکی از دکمه‌ها را بزنید، یا شمار ماه‌ها را با رقم بنویسید.",
    "reason": "دلیل را در یک یا دو جمله بنویسید. اگر توضیحی ندارید «رد کردن» را بزنید.",
    "attachments": "پرونده را با دکمه پیوست همین گفت‌وگو بفرستید. اگر مدرکی ندارید «رد کردن» را بزنید.",
}
"""To somebody who has missed again and again: where the answer is found, or the easiest way to give it."""


def help_at(name: str) -> Callable[[], Text]:
    """The help at a question of a proposal."""
    told = say(HELP[name])
    return lambda: told


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
    return say("اگر به کمک نیاز دارید، تماس بگیرید: {contact}", contact=unbroken(contact))


def draft_is_kept() -> Text:
    """The same while the office names nobody: nothing is lost, and there is no hurry."""
    return say(
        "پیش‌نویس شما محفوظ است؛ می‌توانید بعد از «{drafts}» در منوی اصلی ادامه دهید.", drafts=buttons.DRAFTS
    )


def way_out() -> Text:
    """The same in a form that has no draft."""
    return say("با «{cancel}» بدون ثبت چیزی از این فرم بیرون می‌آیید.", cancel=buttons.CANCEL)
