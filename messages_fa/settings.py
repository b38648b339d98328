"""What the office may set, in words: the list, the questions, what was done."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.settings import SETTINGS, Value
from messages_fa.markup import Text, lines, paragraphs, say

NAMES: Final[dict[str, str]] = {
    "second_signature": "امضای دوم برای موافقت",
    "undo_minutes": "مهلت بازپس‌گیری تصمیم",
    "hold_hours": "رها شدن خودکار پرونده",
    "decision_target_hours": "زمان هدف برای تصمیم",
    "contact": "راه تماس با پشتیبانی",
}

_MEANINGS: Final[dict[str, str]] = {
    "second_signature": "اگر روشن باشد، موافقت پس از امضای مدیر اعلام می‌شود.",
    "undo_minutes": "تا این زمان پس از تصمیم، کارشناس می‌تواند آن را پیش از اعلام بازپس بگیرد.",
    "hold_hours": "پرونده‌ای که کارشناس تا این زمان روی آن کاری نکند، به کارتابل همه بازمی‌گردد.",
    "decision_target_hours": "هدف اداره برای تصمیم؛ زمان انتظار برای اصلاح دستگاه شمرده نمی‌شود.",
    "contact": "پس از چند پاسخ نادرست پیاپی به کاربر نشان داده می‌شود. نمونه: تلفن واحد پشتیبانی.",
}

_UNITS: Final = {"minutes": "دقیقه", "hours": "ساعت"}
UNSET: Final = "تنظیم نشود"
UNSET_NOW: Final = "تنظیم نشده"


def unit(name: str) -> str:
    """What the number of this setting counts; empty for a setting that is no number."""
    return _UNITS.get(SETTINGS[name].unit, "")


def shown(name: str, value: Value) -> str:
    """A value in words."""
    if value is None or value is False:
        return UNSET_NOW if SETTINGS[name].kind != "switch" else "خاموش"
    if value is True:
        return "روشن"
    return say("{value} {unit}", value=value, unit=unit(name)).plain.strip()


def listing(values: Sequence[tuple[str, Value]]) -> Text:
    """Every setting with what is in force: (name, value)."""
    told = [
        say("{n}. {name}: {value}", n=n, name=NAMES[name], value=shown(name, value))
        for n, (name, value) in enumerate(values, 1)
    ]
    return paragraphs(
        say("**تنظیمات**"),
        lines(*told),
        say("آنچه تنظیم نشده است، سامانه خود هیچ حدی برای آن نمی‌گذارد."),
    )


def question(name: str) -> Text:
    """The question of one setting."""
    kind = SETTINGS[name].kind
    asked = {
        "switch": say("روشن باشد؟"),
        "number": say("چند {unit}؟ صفر یعنی تنظیم نشود.", unit=unit(name)),
        "text": say("متن را همان‌گونه که باید دیده شود بنویسید."),
    }[kind]
    return paragraphs(say("**{name}**", name=NAMES[name]), say("{meaning}", meaning=_MEANINGS[name]), asked)


def history(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """The last changes of a setting: (moment, who, value)."""
    if not rows:
        return Text()
    told = [say("{when}: {value}، {who}", when=when, value=value, who=who) for when, who, value in rows]
    return lines(say("تغییرهای پیشین:"), *told)


BY_COMMAND_LINE: Final = "از خط فرمان"


def changed(name: str, value: Value) -> Text:
    """Said after the change."""
    return say("ثبت شد. {name}: {value}", name=NAMES[name], value=shown(name, value))
