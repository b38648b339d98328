"""What stands in the way of an answer: by code, what to do and an example. Never blame."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final, cast

from messages_fa import buttons
from messages_fa.markup import Text, Value, say
from messages_fa.windows import length
from persian.dates import MONTHS

_TEXTS: Final[dict[str, str]] = {
    # typed text
    "text_empty": "پاسخ را بنویسید و بفرستید. نمونه: {example}",
    "text_wanted": "پاسخ این پرسش نوشتنی است، نه پرونده یا عکس. نمونه: {example}",
    "text_without_letters": "این پاسخ باید با حروف نوشته شود. نمونه: {example}",
    "text_too_short": "پاسخ یک حرف است؛ آن را کامل و دست‌کم با دو حرف بنویسید. نمونه: {example}",
    "text_too_long": "پاسخ {characters} نویسه است و باید حداکثر {limit} نویسه باشد. نمونه: {example}",
    # names
    "name_one_word": "نام و نام خانوادگی، هر دو را بنویسید و میان آن‌ها فاصله بگذارید. نمونه: {example}",
    "name_with_digits": "نام شخص رقم ندارد؛ نام و نام خانوادگی را فقط با حروف بنویسید. نمونه: {example}",
    # choices
    "choice_wanted": "یکی از گزینه‌های زیر را بزنید، یا نام یا شماره آن را بنویسید. نمونه: {example}",
    "name_wanted": "یکی از گزینه‌های زیر را بزنید، یا نام آن را بنویسید: {names}. نمونه: {example}",
    "yes_or_no": "یکی از دو گزینه «بله» یا «خیر» را بزنید یا بنویسید. نمونه: {example}",
    # numbers
    "number_not_understood": "یک عدد کامل با رقم یا حروف بنویسید. نمونه: {example}",
    "number_out_of_bounds": "عدد باید از {low} تا {high} باشد. نمونه: {example}",
    # working days and office hours
    "span_not_understood": "بنویسید چند روز کاری یا چند ساعت اداری. نمونه: {example}",
    "span_without_unit": "پس از عدد بنویسید «روز کاری» یا «ساعت اداری»؛ این دو یکی نیست. نمونه: {example}",
    "span_too_long": "عدد باید از ۱ تا {limit} باشد. نمونه: {example}",
    # hours of a day
    "hours_not_understood": ("ساعت‌ها را «از … تا …» بنویسید و چند بازه را با «و» جدا کنید. نمونه: {example}"),
    "hours_backwards": "پایان هر بازه باید پس از آغاز آن باشد. نمونه: {example}",
    "hours_overlapping": "هر بازه باید پس از پایان بازه پیشین آغاز شود. نمونه: {example}",
    # amounts
    "amount_empty": "مبلغ را به ریال بنویسید. نمونه: {example}",
    "amount_not_understood": (
        "این مبلغ به‌روشنی خوانده نشد. آن را به ریال با رقم یا حروف بنویسید. نمونه: {example}"
    ),
    "amount_fraction": "مبلغ باید ریال کامل و بدون اعشار باشد. نمونه: {example}",
    "amount_negative": "مبلغ را بدون علامت منفی بنویسید. نمونه: {example}",
    "amount_too_large": "مبلغ باید کمتر از یک میلیون میلیارد ریال باشد. نمونه: {example}",
    "amount_too_small": "مبلغ باید دست‌کم {at_least} باشد. نمونه: {example}",
    # dates
    "date_not_understood": "تاریخ را به هجری شمسی با سال چهاررقمی بنویسید. نمونه: {example}",
    "date_no_month": "ماه باید از ۱ تا ۱۲ باشد؛ شما {month} نوشته‌اید. نمونه: {example}",
    "date_gregorian": "سال {year} میلادی است؛ تاریخ را به هجری شمسی بنویسید. نمونه: {example}",
    "date_impossible": (
        "ماه {month_name} {year} در تقویم {days} روز دارد؛ روز را از ۱ تا {days} بنویسید. نمونه: {example}"
    ),
    "date_out_of_range": "سال باید از {first} تا {last} باشد. نمونه: {example}",
    # identifiers
    "not_digits": "این شماره فقط رقم دارد؛ آن را بدون حروف بنویسید. نمونه: {example}",
    "national_id_length": (
        "کد ملی باید ۱۰ رقم باشد؛ شما {digits} رقم نوشته‌اید. صفرهای اول را هم بنویسید. نمونه: {example}"
    ),
    "national_id_all_equal": "کد ملی ده رقم یکسان نمی‌شود؛ آن را از روی کارت بنویسید. نمونه: {example}",
    "national_id_check": (
        "رقم‌های این کد ملی با هم نمی‌خواند؛ آن را دوباره از روی کارت بنویسید. نمونه: {example}"
    ),
    "legal_id_length": "شناسه ملی باید ۱۱ رقم باشد؛ شما {digits} رقم نوشته‌اید. نمونه: {example}",
    "legal_id_check": (
        "رقم‌های این شناسه ملی با هم نمی‌خواند؛ آن را دوباره از روی روزنامه رسمی بنویسید. نمونه: {example}"
    ),
    "mobile_shape": "شماره همراه را با ۰۹ و در ۱۱ رقم بنویسید. نمونه: {example}",
    "letter_number_length": "شماره نامه باید از ۱ تا {limit} نویسه باشد. نمونه: {example}",
    "letter_number_shape": (
        "شماره را همان‌گونه که روی نامه است، با حرف و رقم بنویسید؛ دست‌کم یک رقم لازم است. نمونه: {example}"
    ),
    "code_shape": "کد رهگیری ۱۲ رقم است؛ آن را از رسید ثبت بردارید. نمونه: {example}",
    "passcode_shape": (
        "رمز {characters} نویسه از حروف انگلیسی و رقم است؛ آن را همان‌گونه که به شما داده‌اند بنویسید. "
        "نمونه: {example}"
    ),
    "pin_shape": "این رمز {digits} رقم است و حرف ندارد؛ آن را دوباره بفرستید. نمونه: {example}",
    # files
    "file_wanted": "برای این پرسش یک پرونده یا عکس بفرستید. نمونه: عکس نامه با تلفن همراه",
    "file_too_large": (
        "حجم پرونده باید حداکثر {limit} مگابایت باشد. پرونده کوچک‌تری بفرستید. نمونه: عکس همان نامه"
    ),
    "file_not_received": "پرونده نرسید یا خالی است؛ آن را دوباره بفرستید. نمونه: عکس نامه با تلفن همراه",
    "file_kind": "پرونده باید PDF یا عکس JPEG یا PNG باشد. {hint}",
    "file_locked": (
        "این پرونده PDF رمز دارد و باز نمی‌شود. آن را بدون رمز ذخیره کنید و دوباره بفرستید. "
        "نمونه: عکس صفحه‌های همان پرونده"
    ),
    "file_damaged": (
        "این پرونده سالم نیست یا باز نمی‌شود. آن را دوباره ذخیره کنید و بفرستید. "
        "نمونه: عکس صفحه‌های همان پرونده"
    ),
    "file_pixels": (
        "این عکس بزرگ‌تر از {limit} میلیون نقطه است. عکس کوچک‌تری بفرستید. نمونه: عکس نامه با تلفن همراه"
    ),
    "file_pages": (
        "این پرونده بیش از {limit} صفحه دارد. صفحه‌های لازم را جدا کنید و بفرستید. "
        "نمونه: تنها صفحه‌های همان نامه"
    ),
    "file_heavy": (
        "این پرونده بیش از اندازه سنگین یا پیچیده است و بررسی نشد. ساده‌تر آن را بفرستید. "
        "نمونه: عکس صفحه‌های همان پرونده"
    ),
    "file_infected": (
        "ضدویروس این پرونده را آلوده می‌داند و پذیرفته نمی‌شود. نسخه سالمی بفرستید. "
        "نمونه: عکس نامه با تلفن همراه"
    ),
    "scanner_unreachable": "اکنون پرونده‌ای پذیرفته نمی‌شود؛ کمی بعد دوباره بفرستید. نمونه: همین پرونده",
    "files_of_day": (
        "با این پرونده، حجم پرونده‌های شما از سهم یک روز می‌گذرد و از {opens} دوباره پذیرفته می‌شود. "
        "متن خود را بدون آن بفرستید؛ پذیرفته می‌شود. نمونه: «{stay}» یا «{skip}»"
    ),
    "no_room": (
        "اکنون جای کافی برای پرونده نیست و چند ساعت دیگر دوباره پذیرفته می‌شود. "
        "متن خود را بدون آن بفرستید؛ پذیرفته می‌شود. نمونه: «{stay}» یا «{skip}»"
    ),
    "file_repeated": "این پرونده پیش‌تر افزوده شده است. پرونده دیگری بفرستید. نمونه: صفحه دوم همان مدرک",
    "files_too_many": (
        "حداکثر {limit} پرونده پذیرفته می‌شود. نخست یکی را حذف کنید. نمونه: چند صفحه در یک پرونده PDF"
    ),
    "files_too_large": (
        "حجم همه پرونده‌ها باید حداکثر {limit} مگابایت باشد. پرونده کوچک‌تری بفرستید. "
        "نمونه: پرونده PDF با حجم کمتر"
    ),
    # answers against each other and against today
    "down_payment_not_below_amount": (
        "پیش‌پرداخت {down_payment} است و باید کمتر از مبلغ بدهی، {amount}، باشد. نمونه: {example}"
    ),
    "amount_below_instalments": (
        "پس از پیش‌پرداخت، مبلغ {amount} برای {instalments} قسط کافی نیست؛ تعداد اقساط را "
        "کمتر کنید. نمونه: {example}"
    ),
    "last_due_out_of_range": (
        "سررسید آخرین قسط به سال {last_year} می‌رسد و باید تا سال {limit} باشد. تعداد اقساط "
        "را کمتر کنید. نمونه: {example}"
    ),
    "first_due_before_grace": (
        "سررسید نخستین قسط باید {grace_until}، پایان دوره تنفس، یا پس از آن باشد. نمونه: {example}"
    ),
    "letter_date_in_future": (
        "تاریخ نامه {letter_date} هنوز نرسیده است. تاریخ روی نامه را بنویسید. نمونه: {example}"
    ),
    "first_due_before_today": (
        "سررسید {first_due} گذشته است. سررسید نخستین قسط باید امروز یا پس از آن باشد. نمونه: {example}"
    ),
    "grace_until_not_after_today": (
        "دوره تنفس باید پس از امروز پایان یابد و تاریخ {grace_until} چنین نیست. نمونه: {example}"
    ),
    "deferred_to_not_after_today": (
        "مهلت باید پس از امروز پایان یابد و تاریخ {deferred_to} چنین نیست. نمونه: {example}"
    ),
    # maintenance
    "time_not_understood": "ساعت را با دو رقم ساعت و دو رقم دقیقه بنویسید. نمونه: {example}",
    "length_not_understood": "مدت را با واحد آن، ساعت یا دقیقه، بنویسید. نمونه: {example}",
    "length_out_of_bounds": "مدت باید از {shortest} تا {longest} باشد. نمونه: {example}",
    "window_day_past": "روز {day} گذشته است. روز آغاز باید امروز یا پس از آن باشد. نمونه: {example}",
    "window_past": "زمان {begins} گذشته است. ساعتی را بنویسید که هنوز نرسیده است. نمونه: {example}",
    "window_overlaps": (
        "در این زمان قطعی دیگری اعلام شده است: از {begins} تا {ends}. ساعت دیگری بنویسید که با آن برخورد "
        "نداشته باشد. نمونه: {example}"
    ),
    # the form itself
    "not_optional": "پاسخ این پرسش لازم است. پاسخ را بدهید یا به گام پیش برگردید. نمونه: «{back}»",
    "nothing_to_keep": "این پرسش هنوز پاسخی ندارد. نخست پاسخ را بدهید. نمونه: {example}",
    "summary_open": "برای تغییر هر سطر، «ویرایش» و شماره آن را بنویسید. نمونه: ویرایش ۳",
    "form_stopped": "برای تغییر پاسخ «{back}» و برای پایان «{cancel}» را بزنید. نمونه: «{back}»",
    "button_not_here": (
        "این نام یک دکمه است که اکنون روی صفحه نیست و پاسخ نوشته نمی‌شود. پاسخ همین پرسش را بدهید. "
        "نمونه: {example}"
    ),
    "read_back_open": (
        "پاسخ این پرسش پرونده یا عکس نیست. اگر پاسخ بالا درست است «{confirm}» را بزنید، "
        "وگرنه آن را دوباره بنویسید. نمونه: {confirm}"
    ),
    "leaving_open": "یکی از دکمه‌های زیر را بزنید یا نام آن را بنویسید. نمونه: «{stay}»",
}

_HINTS: Final = {
    "word": "سند Word را با «ذخیره به شکل PDF» بفرستید. نمونه: پرونده PDF نامه",
    "excel": "جدول Excel را با «ذخیره به شکل PDF» بفرستید. نمونه: پرونده PDF جدول",
    "heic": "عکس HEIC را از تلفن همراه به شکل «عکس» بفرستید، نه «پرونده». نمونه: عکس نامه",
    "zip": "پرونده فشرده را باز کنید و مدارک آن را جدا بفرستید. نمونه: پرونده PDF نامه",
    "renamed": "محتوای این پرونده با نام آن نمی‌خواند؛ آن را دوباره به شکل PDF بسازید. نمونه: پرونده PDF نامه",
    "": "نمونه: عکس نامه با تلفن همراه",
}

_LABELS: Final[dict[str, Value]] = {
    "cancel": buttons.CANCEL,
    "back": buttons.BACK,
    "stay": buttons.CONTINUE,
    "skip": buttons.SKIP,
    "confirm": buttons.CONFIRM,
}

CODES: Final = frozenset(_TEXTS)
"""Every code that has words."""


def problem(code: str, **values: object) -> Text:
    """The words for a problem.

    Args:
        code: of `persian.errors.Unreadable`, of a rule of `domain.answers`, or of the form's engine.
        values: what the code carries: whole numbers, `Rials`, dates; and `example`, an answer that this very
            step accepts.

    Raises:
        KeyError: no such code.
    """
    more = _MORE.get(code, _nothing)(values)
    known = {name: cast("Value", v) for name, v in values.items() if isinstance(v, str | int | dt.date)}
    return say(_TEXTS[code], **{**_LABELS, **known, **more})


def _nothing(_values: Mapping[str, object]) -> dict[str, Value]:
    return {}


def _month(values: Mapping[str, object]) -> dict[str, Value]:
    return {"month_name": MONTHS[cast("int", values["month"]) - 1]}


def _hint(values: Mapping[str, object]) -> dict[str, Value]:
    return {"hint": _HINTS[str(values["given"])]}


def _opens(values: Mapping[str, object]) -> dict[str, Value]:
    return {"opens": dt.datetime.fromisoformat(str(values["opens"]))}


def _lengths(values: Mapping[str, object]) -> dict[str, Value]:
    shortest, longest = (length(cast("int", values[name])) for name in ("least", "most"))
    return {"shortest": shortest, "longest": longest}


_MORE: Final[dict[str, Callable[[Mapping[str, object]], dict[str, Value]]]] = {
    "date_impossible": _month,
    "file_kind": _hint,
    "files_of_day": _opens,
    "length_out_of_bounds": _lengths,
}
