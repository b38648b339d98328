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
REVIEW_DRAFT: Final = "بررسی پیش‌نویس"
SEND_UNCHANGED: Final = "بله، ارسال شود"
NOT_YET: Final = "نه، هنوز نه"
CONTINUE_HERE: Final = "ادامه همین‌جا"
CONTINUE_FORM: Final = "ادامه همین پیشنهاد"
NEW_AGENCY: Final = "دستگاه جدید"
EXAMPLES: Final = "نمونه‌ها"

# The month of a date
CALENDAR: Final = "انتخاب از تقویم"
PREVIOUS_MONTH: Final = "ماه پیش"
NEXT_MONTH: Final = "ماه بعد"
PREVIOUS_YEAR: Final = "سال پیش"
NEXT_YEAR: Final = "سال بعد"
TYPE_DATE: Final = "نوشتن تاریخ"

# Review
CLAIM: Final = "برداشتن"
RELEASE: Final = "رها کردن"
AGREE: Final = "موافقت"
REFUSE: Final = "عدم موافقت"
RETURN: Final = "بازگشت برای اصلاح"
SIGN: Final = "امضا"
HAND_OVER: Final = "واگذاری به همکار"
TAKE_BACK: Final = "بازپس‌گیری تصمیم"
SUPERSEDE: Final = "جایگزینی تصمیم"
INTERNAL_NOTE: Final = "یادداشت داخلی"
HISTORY: Final = "سابقه و یادداشت‌ها"
SURE_TO_AGREE: Final = "بله، موافقت ثبت شود"
SURE_TO_RETURN: Final = "بله، بازگردانده شود"
SURE_TO_SIGN: Final = "بله، امضا ثبت شود"
SURE_TO_SUPERSEDE: Final = "بله، تصمیم تازه ثبت شود"
ALL_CONDITIONS: Final = "بله، همه شرایط عمومی برقرار است"
BACK_TO_LIST: Final = "بازگشت به فهرست"
BACK_TO_CASE: Final = "بازگشت به پرونده"
QUEUE_ALL: Final = "همه"
QUEUE_MINE: Final = "نزد من"
QUEUE_UNCLAIMED: Final = "برداشته‌نشده"
QUEUE_SIGNATURE: Final = "در انتظار امضا"
QUEUE_RETURNED: Final = "بازگشته"
QUEUE_OVERDUE: Final = "دیرکرد"
ATTACHMENTS: Final = "پیوست‌ها"
OPEN_CASE: Final = "دیدن پیشنهاد"
CORRECT: Final = "اصلاح پیشنهاد"
AGAIN: Final = "ثبت دوباره با همین اطلاعات"

# Lists, tracking, people
PREVIOUS: Final = "صفحه پیش"
NEXT: Final = "صفحه بعد"
DETAILS: Final = "دیدن جزئیات"
SURE_TO_DELETE: Final = "بله، پاک شود"
KEEP_DRAFT: Final = "نه، بماند"
SURE_TO_REFUSE: Final = "بله، عدم موافقت ثبت شود"
REOPEN: Final = "بازگشایی"
REFRESH: Final = "به‌روزرسانی"
FOLLOW: Final = "پیگیری این کد"
UNFOLLOW: Final = "پایان پیگیری"
END_FOLLOWING: Final = "پایان پیگیری دیگران"
STEPS: Final = "دیدن مراحل"
SEARCH: Final = "جست‌وجو"
LINK: Final = "اتصال پیام‌رسان دیگر"
ACCOUNTS: Final = "حساب‌های متصل"
SURE_TO_LINK: Final = "بله، متصل شود"
NOT_TO_LINK: Final = "نه، متصل نشود"
SURE_TO_UNLINK: Final = "بله، قطع شود"
KEEP_ACCOUNT: Final = "نه، همین بماند"
SURE_TO_INVITE: Final = "بله، دعوت‌نامه ساخته شود"
INVITE: Final = "دعوت همکار"

ALSO_ANSWERS: Final = frozenset({YES, NO, SIGN, ATTACHMENTS, NEW_AGENCY})
"""Labels that may be an answer in words as well; the others, typed at a question, are no answer to it."""

STATUS: Final = "وضعیت سامانه"
MENU: Final = "منو"
"""Typed anywhere, it leads to the main menu; like «راهنما», «انصراف» and «بازگشت» it is read first."""

NAMED: Final = " · "
"""Between what a button is called and whom it is about; what stands before it can be typed alone."""

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    CONFIRM: ("بله", "بلی", "آره", "درست است", "تأیید", "تایید"),
    RETYPE: ("خیر", "نه", "اصلاح", "ویرایش"),
    BACK: ("برگشت",),
    CANCEL: ("لغو",),
    CONTINUE: ("بعدی",),
    WHY: ("چرا",),
    DECLARE: ("تأیید", "تایید", "تأیید می‌کنم", "تایید می‌کنم"),
    SEND: ("ارسال",),
    REVIEW_DRAFT: ("بررسی پیش نویس",),
    SEND_UNCHANGED: ("بله", "بلی", "آره", "ارسال"),
    NOT_YET: ("خیر", "نه"),
    FULL_PLAN: ("جدول", "جدول اقساط"),
}
"""Other words that people type for a button that is on the screen."""


def edit_row(number: int) -> str:
    """The label that edits one row of the summary: «ویرایش ۳»."""
    return f"{EDIT} {show(number)}"


def row(number: int, label: str) -> str:
    """A thing of a numbered list, by which it can also be typed."""
    return f"{show(number)}. {label}"


def answer_row(number: int, label: str) -> str:
    """The label that leads to one missing row of a draft: «۷. مبلغ بدهی»."""
    return f"{show(number)}. {label}"


def delete_row(number: int) -> str:
    """The label that deletes one file of a list: «حذف ۲»."""
    return f"{DELETE} {show(number)}"


def numbered(number: int, name: str = "") -> str:
    """The label that opens a row of a list, with whom it is about: «مورد ۳», «مورد ۳ · حسن یوسفی»."""
    label = f"مورد {show(number)}"
    return f"{label}{NAMED}{name}" if name else label


def continue_draft(number: int) -> str:
    """The label that continues a draft of a list: «ادامه ۲»."""
    return f"{CONTINUE} {show(number)}"


def correct_row(number: int) -> str:
    """The label that corrects a returned case of a list: «اصلاح پیشنهاد ۲»."""
    return f"{CORRECT} {show(number)}"


def delete_draft(number: int) -> str:
    """The label that deletes a draft of a list: «حذف ۲»."""
    return delete_row(number)


def unlink_row(number: int) -> str:
    """The label that cuts off one account of a list: «قطع ۲»."""
    return f"قطع {show(number)}"


def ticked(label: str, *, on: bool) -> str:
    """The label of a condition, and whether it is ticked; words carry it beside the sign."""
    return f"{label} ✓ تأیید شد" if on else f"{label}: تأیید نشده"


def marked(label: str, *, on: bool) -> str:
    """The label of one of several things to mark, and whether it is marked."""
    return f"☑ {label}" if on else f"☐ {label}"


def counted(label: str, count: int) -> str:
    """The label of a filter with the number of cases that it holds: «نزد من (۳)»."""
    return f"{label} ({show(count)})"
