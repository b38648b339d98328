"""The office's record of itself «رویدادنگاری»: the daily anchor."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from domain.audit import Deed
from messages_fa import buttons, names
from messages_fa.markup import Code, Text, code_line, lines, paragraphs, say, series

DEEDS: Final[Mapping[str, str]] = {
    Deed.CASE: "گام پیشنهاد",
    Deed.COMPLAINT: "گام شکایت یا نظر",
    Deed.NOTICE: "کار با اطلاعیه",
    Deed.WINDOW: "کار با قطعی برنامه‌ریزی‌شده",
    Deed.INCIDENT: "کار با اختلال",
    Deed.RESET: "بازیابی رمز",
    Deed.DATA_REQUEST: "درخواست داده",
    Deed.CASE_SEEN: "دیدن پیشنهاد",
    Deed.CASE_UNLOCKED: "دیدن جزئیات با رمز",
    Deed.FILE_SEEN: "دیدن پیوست",
    Deed.COMPLAINT_SEEN: "دیدن شکایت",
    Deed.PEOPLE_SEEN: "دیدن کاربران",
    Deed.REQUEST_SEEN: "دیدن درخواست داده",
    Deed.LIST_SEEN: "دیدن فهرست",
    Deed.REPORT_SEEN: "دیدن گزارش",
    Deed.DATA_EXPORTED: "دریافت داده‌های خود",
    Deed.INVITED: "دعوت همکار",
    Deed.INVITATION_USED: "ورود با دعوت‌نامه",
    Deed.GRANT_PROPOSAL: "پیشنهاد نقش",
    Deed.GRANTED: "دادن نقش",
    Deed.REVOKED: "گرفتن نقش",
    Deed.PERSON: "تغییر مشخصات کاربر",
    Deed.LINKED: "پیوستن حساب",
    Deed.UNLINKED: "جدا کردن حساب",
    Deed.SUBSTITUTE: "جانشینی",
    Deed.FACTOR: "رمز امضا",
    Deed.SETTING: "تغییر تنظیم",
    Deed.CATALOGUE: "تغییر فهرست پایه",
    Deed.AGENCY: "تغییر دستگاه اجرایی",
    Deed.CALENDAR: "تغییر تقویم کاری",
    Deed.AGREEMENT: "کار با توافق‌نامه",
    Deed.RETENTION: "اجرای دوره نگهداری",
    Deed.ERASED: "پاک شدن محتوا",
    Deed.HOLD: "نگهداری به حکم",
    Deed.BACKUP: "ساخت نسخه پشتیبان",
    Deed.RESTORE: "بازگرداندن نسخه پشتیبان",
    Deed.KEYS: "کار با کلیدها",
    Deed.AUDIT_SEEN: "دیدن رویدادنگاری",
    Deed.AUDIT_EXPORTED: "خروجی رویدادنگاری",
    Deed.ANCHOR: "نشان درستی رویدادنگاری",
}
"""What was done or looked at, in a few words: one for every deed."""

THINGS: Final[Mapping[str, str]] = {
    "agency": "دستگاه اجرایی",
    "case": "پیشنهاد",
    "complaint": "شکایت یا نظر",
    "data_request": "درخواست داده",
    "file": "پیوست",
    "grant_proposal": "پیشنهاد نقش",
    "incident": "اختلال",
    "notice": "اطلاعیه",
    "official": "مقام مجاز",
    "person": "کاربر",
    "reset": "بازیابی رمز",
    "substitution": "جانشینی",
    "terms": "توافق‌نامه، نسخه",
    "window": "قطعی",
}
"""What rows are about where a number tells which; of the rest the deed says enough."""

_NOBODYS: Final[Mapping[str, str]] = {"keeper": "خط فرمان", "clock": "خودکار"}
"""Roles of whoever is no person of the office."""
UNKNOWN: Final = "ناشناس"
CODE: Final = "کد رهگیری"


def anchor(number: int, mac: str) -> Text:
    """The end of the record, to be kept outside of the store.

    Args:
        number: of the last row.
        mac: what its mac begins with, in hex.
    """
    return lines(
        say("نشان درستی رویدادنگاری تا امروز: {anchor}", anchor=Code(_copied(number, mac))),
        say("این پیام را نگه دارید؛ راهبر سامانه با آن نشان می‌دهد که چیزی از پایان رویدادها بریده نشده است."),
    )


def listing(rows: Sequence[Text], code: str | None) -> Text:
    """A page of the record, the newest row first.

    Args:
        rows: made by `row`.
        code: the tracking code whose rows these are; None: those of everything.
    """
    about = lines(say("فقط درباره کد رهگیری:"), code_line(code)) if code is not None else Text()
    empty = say("رویدادی نیست.") if not rows else Text()
    return paragraphs(say("**{title}**", title=buttons.AUDIT), about, *rows, empty)


def row(number: int, at: dt.datetime, *, what: str, who: str, thing: Text) -> Text:
    """One row: its number and moment, what was done, by whom, about what."""
    return lines(
        say("ردیف {number}، {at}", number=number, at=at),
        say("{what}، {who}", what=what, who=who),
        thing,
    )


def deed(code: str, step: str) -> str:
    """What was done: the step of a proposal, else the deed."""
    if code == Deed.CASE and step in names.ACTIONS:
        return names.ACTIONS[step]
    return DEEDS.get(code, code)


def who(role: str, name: str | None) -> str:
    """Who did it, as role and name: «کارشناس بررسی، رضا کریمی».

    Args:
        role: as the record has it: `director+reviewer`, `reviewer@7` of a substitute, `keeper`.
        name: None where the record names no person.
    """
    codes = (one.partition("@")[0] for one in role.split("+"))
    held = " و ".join(dict.fromkeys(_ROLES[code] for code in codes if code in _ROLES))
    return series(filter(None, (held, name))) or UNKNOWN


_ROLES: Final = {**names.ROLES, **_NOBODYS}


def thing(about: str, code: str | None) -> Text:
    """What it is about: the tracking code where it has one, else its kind and number."""
    kind, _, number = about.partition(":")
    if code is not None:
        return lines(say("کد رهگیری:"), code_line(code))
    if kind not in THINGS or not number.isdecimal():
        return Text()
    return say("{kind} {number}", kind=THINGS[kind], number=int(number))


def ask_code() -> Text:
    """Whose rows are to be seen."""
    return say("کد رهگیری پیشنهاد یا شکایت را بفرستید تا رویدادهای آن را ببینید. نمونه: ۱۲۳۴ ۵۶۷۸ ۹۰۱۲")


def no_such_code() -> Text:
    """No proposal and no complaint has it."""
    return say("موردی با این کد رهگیری ثبت نشده است. کد را از روی رسید دوباره بنویسید.")


def _copied(number: int, mac: str) -> str:
    """As it is copied into the check: «N1284:3f2a91c4-…».

    It begins with a letter, and has hyphens in place of spaces: else parts of it would change places beside
    Persian text.
    """
    return f"N{number}:{'-'.join(mac[i : i + 8] for i in range(0, len(mac), 8))}"
