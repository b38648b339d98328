"""Every label of a button. The fixed ones stand in manuals and in training: they do not change."""

from typing import Final

from messages_fa.markup import show

# Main menu
NEW: Final = "ثبت پیشنهاد"
DRAFTS: Final = "پیش‌نویس‌ها"
MINE: Final = "پیشنهادهای من"
TRACK: Final = "پیگیری"
HELP: Final = "راهنما"
QUEUE: Final = "کارتابل"
PEOPLE: Final = "کاربران"
SETTINGS: Final = "تنظیمات"

# Forms
CONTINUE: Final = "ادامه"
BACK: Final = "بازگشت"
SKIP: Final = "رد کردن"
CANCEL: Final = "انصراف"
SAVE_DRAFT: Final = "ذخیره پیش‌نویس"
EDIT: Final = "ویرایش"
SEND: Final = "ارسال پیشنهاد"
WHY: Final = "چرا این را می‌پرسید؟"
CONFIRM: Final = "بله، درست است"
RETYPE: Final = "تصحیح"
DELETE: Final = "حذف"
DECLARE: Final = "درستی اطلاعات را تأیید می‌کنم"
FULL_PLAN: Final = "جدول کامل اقساط"
YES: Final = "بله"
NO: Final = "خیر"
NEW_AGENCY: Final = "دستگاه جدید"

# Review
CLAIM: Final = "برداشتن"
RELEASE: Final = "رها کردن"
AGREE: Final = "موافقت"
REFUSE: Final = "عدم موافقت"
RETURN: Final = "بازگشت برای اصلاح"
SIGN: Final = "امضا"
ATTACHMENTS: Final = "پیوست‌ها"
OPEN_CASE: Final = "دیدن پیشنهاد"
CORRECT: Final = "اصلاح پیشنهاد"

# Lists, tracking, people
PREVIOUS: Final = "صفحه پیش"
NEXT: Final = "صفحه بعد"
DETAILS: Final = "دیدن جزئیات"
SURE_TO_DELETE: Final = "بله، پاک شود"
KEEP_DRAFT: Final = "نه، بماند"
SURE_TO_REFUSE: Final = "بله، عدم موافقت ثبت شود"
REOPEN: Final = "بازگشایی"
INVITE: Final = "دعوت همکار"

MENU: Final = "منو"
"""Typed anywhere, it leads to the main menu; like «راهنما», «انصراف» and «بازگشت» it is read first."""

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    CONFIRM: ("بله", "بلی", "آره", "درست است", "تأیید", "تایید"),
    RETYPE: ("خیر", "نه", "اصلاح", "ویرایش"),
    BACK: ("برگشت",),
    CANCEL: ("لغو",),
    CONTINUE: ("بعدی",),
    WHY: ("چرا",),
    DECLARE: ("تأیید", "تایید", "تأیید می‌کنم", "تایید می‌کنم"),
    SEND: ("ارسال",),
    FULL_PLAN: ("جدول", "جدول اقساط"),
}
"""Other words that people type for a button that is on the screen."""


def edit_row(number: int) -> str:
    """The label that edits one row of the summary: «ویرایش ۳»."""
    return f"{EDIT} {show(number)}"


def row(number: int, label: str) -> str:
    """A thing of a numbered list, by which it can also be typed."""
    return f"{show(number)}. {label}"


def delete_row(number: int) -> str:
    """The label that deletes one file of a list: «حذف ۲»."""
    return f"{DELETE} {show(number)}"


def numbered(number: int) -> str:
    """The label that opens a row of a list: «مورد ۳»."""
    return f"مورد {show(number)}"


def continue_draft(number: int) -> str:
    """The label that continues a draft of a list: «ادامه ۲»."""
    return f"{CONTINUE} {show(number)}"


def correct_row(number: int) -> str:
    """The label that corrects a returned case of a list: «اصلاح پیشنهاد ۲»."""
    return f"{CORRECT} {show(number)}"


def delete_draft(number: int) -> str:
    """The label that deletes a draft of a list: «حذف ۲»."""
    return delete_row(number)


def ticked(label: str, *, on: bool) -> str:
    """The label of a condition, and whether it is ticked; words carry it beside the sign."""
    return f"{label} ✓ تأیید شد" if on else f"{label}: تأیید نشده"
