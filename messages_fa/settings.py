"""What the office may set, in words: the list, the questions, what was done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from domain.settings import SETTINGS, Value
from domain.targets import Span
from messages_fa.markup import RLM, Text, lines, paragraphs, say, show
from messages_fa.targets import span
from persian.money import Rials

NAMES: Final[dict[str, str]] = {
    "second_signature": "امضای دوم برای موافقت",
    "second_signature_from": "امضای دوم از این مبلغ",
    "second_factor": "رمز امضا",
    "undo_minutes": "مهلت بازپس‌گیری تصمیم",
    "hold_hours": "رها شدن خودکار پرونده",
    "draft_days": "مهلت پیش‌نویس",
    "first_look_target": "زمان هدف برای آغاز بررسی",
    "decision_target": "زمان هدف برای تصمیم",
    "correction_target": "زمان هدف برای اصلاح دستگاه",
    "complaint_target": "زمان هدف برای پاسخ به شکایت",
    "reset_target": "زمان هدف برای بازیابی رمز",
    "notice_lead": "کمترین فاصله اعلام قطعی تا آغاز آن",
    "warn_before": "هشدار پیش از زمان هدف",
    "contact": "راه تماس با پشتیبانی",
    "windows_end_alone": "پایان خودکار قطعی",
    "strangers_files": "سهم روزانه پرونده افراد بدون نقش",
    "keep_cases": "نگهداری پرونده پایان‌یافته",
    "keep_complaints": "نگهداری شکایت بسته",
    "keep_chats": "نگهداری گفت‌وگوی ناشناس",
    "keep_requests": "نگهداری درخواست داده",
}

SECTIONS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "signing": ("امضا و رمز", ("second_signature", "second_signature_from", "second_factor")),
    "flow": ("گردش کار", ("undo_minutes", "hold_hours", "draft_days")),
    "targets": (
        "زمان‌های هدف",
        (
            "first_look_target",
            "decision_target",
            "correction_target",
            "complaint_target",
            "reset_target",
            "warn_before",
        ),
    ),
    "service": ("سامانه و تماس", ("notice_lead", "windows_end_alone", "contact", "strangers_files")),
    "keeping": ("نگهداری داده‌ها", ("keep_cases", "keep_complaints", "keep_chats", "keep_requests")),
}
"""The settings in groups: by a short name, its title and what stands in it."""
TO_SECTIONS: Final = "بازگشت به تنظیمات"

_MEANINGS: Final[dict[str, str]] = {
    "second_signature": "اگر روشن باشد، موافقت پس از امضای مدیر اعلام می‌شود.",
    "second_signature_from": "موافقت با بدهی‌های از این مبلغ به بالا پس از امضای مدیر اعلام می‌شود، در هر حال.",
    "second_factor": "اگر روشن باشد، ثبت تصمیم و ارسال همگانی رمز امضا می‌خواهد؛ هر کس ندارد، همان‌جا می‌سازد.",
    "undo_minutes": "تا این زمان پس از تصمیم، کارشناس می‌تواند آن را پیش از اعلام بازپس بگیرد.",
    "hold_hours": "پرونده‌ای که کارشناس تا این زمان روی آن کاری نکند، به کارتابل همه بازمی‌گردد.",
    "draft_days": "پیش‌نویسی که تا این زمان دست نخورد بسته می‌شود؛ پیش از آن یک بار یادآوری می‌شود.",
    "first_look_target": "هدف اداره از ثبت پیشنهاد تا برداشتن آن در کارتابل.",
    "decision_target": "هدف اداره برای تصمیم؛ زمان انتظار برای اصلاح دستگاه شمرده نمی‌شود.",
    "correction_target": "پس از این زمان به دستگاه یادآوری می‌شود که پیشنهاد در انتظار اصلاح است.",
    "complaint_target": "هدف اداره از ثبت شکایت تا پاسخ به آن.",
    "reset_target": "هدف اداره از درخواست بازیابی رمز تا انجام آن به دست مدیر سامانه.",
    "notice_lead": "قطعی‌ای که دیرتر از این اعلام شود، برنامه‌ریزی‌نشده نامیده می‌شود و دلیل می‌خواهد.",
    "warn_before": "مسئول کار این مدت پیش از پایان هر زمان هدف، یک بار هشدار می‌گیرد.",
    "contact": "پس از چند پاسخ نادرست پیاپی به کاربر نشان داده می‌شود. نمونه: تلفن واحد پشتیبانی.",
    "windows_end_alone": "اگر روشن باشد، قطعی در زمان اعلام‌شده خود پایان می‌یابد؛ وگرنه با «پایان قطعی».",
    "strangers_files": "هر فرستنده‌ای که نقشی ندارد در یک روز تا این اندازه پرونده می‌فرستد، اصل و نسخه نمایشی "
    "با هم؛ متن او در هر حال پذیرفته می‌شود.",
    "keep_cases": "پس از این مدت از پایان پرونده، محتوا و پیوست‌های آن پاک می‌شود و بازنمی‌گردد؛ کد، مرحله و "
    "تاریخ‌ها می‌ماند.",
    "keep_complaints": "پس از این مدت از بسته شدن شکایت، متن، پاسخ و پیوست‌های آن پاک می‌شود و بازنمی‌گردد.",
    "keep_chats": "گفت‌وگوی کسی که اداره نمی‌شناسد، پس از این مدت سکوت فراموش می‌شود.",
    "keep_requests": "پس از این مدت از پایان درخواست «داده‌های من»، متن و پاسخ آن پاک می‌شود و بازنمی‌گردد.",
}

_UNITS: Final = {"minutes": "دقیقه", "hours": "ساعت", "days": "روز", "megabytes": "مگابایت"}
UNSET: Final = "تنظیم نشود"
UNSET_NOW: Final = "تنظیم نشده"


def unit(name: str) -> str:
    """What the number of this setting counts; empty for a setting that is no number."""
    return _UNITS.get(SETTINGS[name].unit, "")


def shown(name: str, value: Value) -> str:
    """A value in words; of what is unset and has a technical bound, that."""
    standard = SETTINGS[name].standard
    if not value and standard is not None:
        return say("حد فنی {value} {unit}", value=standard, unit=unit(name)).plain
    if value is None or value is False:
        return UNSET_NOW if SETTINGS[name].kind != "switch" else "خاموش"
    if value is True:
        return "روشن"
    if SETTINGS[name].kind == "span":
        return span(Span.of(str(value)))
    if SETTINGS[name].unit == "rials":
        return show(Rials(int(value)))
    return say("{value} {unit}", value=value, unit=unit(name)).plain.strip()


def listing(values: Mapping[str, Value]) -> Text:
    """Every setting with what is in force, group by group."""
    groups = [
        lines(
            say(RLM + "**{n}. {title}**", n=n, title=title),
            *(say("{name}: {value}", name=NAMES[name], value=shown(name, values[name])) for name in names),
        )
        for n, (title, names) in enumerate(SECTIONS.values(), 1)
    ]
    return paragraphs(say("**تنظیمات**"), *groups, _no_limit())


def section(name: str, values: Mapping[str, Value]) -> Text:
    """One group of settings with what is in force."""
    title, names = SECTIONS[name]
    told = [
        say(RLM + "{n}. {name}: {value}", n=n, name=NAMES[each], value=shown(each, values[each]))
        for n, each in enumerate(names, 1)
    ]
    return paragraphs(say("**{title}**", title=title), lines(*told), _no_limit())


def _no_limit() -> Text:
    return say("آنچه تنظیم نشده است، سامانه خود هیچ حدی برای آن نمی‌گذارد.")


def question(name: str) -> Text:
    """The question of one setting."""
    kind = SETTINGS[name].kind
    asked = {
        "switch": say("روشن باشد؟"),
        "number": _how_much(name),
        "span": say("چند روز کاری یا چند ساعت اداری؟ این دو یکی نیست. نمونه: ۳ روز کاری یا ۸ ساعت اداری"),
        "text": say("متن را همان‌گونه که باید دیده شود بنویسید."),
    }[kind]
    return paragraphs(say("**{name}**", name=NAMES[name]), say("{meaning}", meaning=_MEANINGS[name]), asked)


def _how_much(name: str) -> Text:
    if SETTINGS[name].unit == "rials":
        return say("چه مبلغی؟ صفر یعنی تنظیم نشود.")
    if SETTINGS[name].standard is not None:
        return say("چند {unit}؟ صفر یعنی همان {standard}.", unit=unit(name), standard=shown(name, None))
    return say("چند {unit}؟ صفر یعنی تنظیم نشود.", unit=unit(name))


def history(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """The last changes of a setting: (moment, who, value)."""
    if not rows:
        return Text()
    told = [say(RLM + "{when}: {value}، {who}", when=when, value=value, who=who) for when, who, value in rows]
    return lines(say("تغییرهای پیشین:"), *told)


SAVE: Final = "بله، ثبت شود"


def sure(name: str, value: Value) -> Text:
    """The value as it will be in force."""
    return say("**{name}: {value}. ثبت شود؟**", name=NAMES[name], value=shown(name, value))


def revert(name: str, value: Value) -> str:
    """The button that takes the last change back."""
    return f"بازگشت به: {shown(name, value)}"


BY_COMMAND_LINE: Final = "از خط فرمان"


def changed(name: str, value: Value) -> Text:
    """Said after the change."""
    return say("ثبت شد. {name}: {value}", name=NAMES[name], value=shown(name, value))
