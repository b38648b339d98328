"""Every label of a button. The fixed ones stand in manuals and in training: they do not change."""

from typing import Final

from messages_fa.markup import show

# Main menu
NEW: Final = "ثبت پیشنهاد"
DRAFTS: Final = "پیش‌نویس‌ها"
MINE: Final = "پیشنهادهای من"
TRACK: Final = "پیگیری"
TERMS: Final = "توافق‌نامه خدمت"
HELP: Final = "راهنما"
QUEUE: Final = "کارتابل"
NOTICES: Final = "اطلاعیه‌ها"
PEOPLE: Final = "کاربران"
SETTINGS: Final = "تنظیمات"

COMPLAIN: Final = "شکایت و نظر"
COMPLAINTS: Final = "شکایت‌ها"

# Complaints and the survey
SEND_COMPLAINT: Final = "ارسال"
ANSWER_WITH_PASSCODE: Final = "دیدن پاسخ با رمز"
SATISFIED: Final = "بله، راضی بودم"
OBJECT: Final = "خیر، اعتراض دارم"
REPLY: Final = "پاسخ به پرسش"
OPEN_COMPLAINT: Final = "دیدن شکایت"
ANSWER: Final = "پاسخ دادن"
ASK_BACK: Final = "نیاز به توضیح"
GO_ON_UNANSWERED: Final = "ادامه بدون پاسخ"
FULL_TEXTS: Final = "متن کامل"
BACK_TO_COMPLAINT: Final = "بازگشت به شکایت"
SURE_TO_ANSWER: Final = "بله، پاسخ فرستاده شود"
OPEN_COMPLAINTS: Final = "رسیدگی‌نشده"
CLOSED_COMPLAINTS: Final = "پاسخ‌داده‌شده"
FOR_MYSELF: Final = "از طرف خودم"
FOR_OTHER: Final = "از طرف دیگری"
WRITE_COMMENT: Final = "نوشتن توضیح"
FILE_COMPLAINT: Final = "ثبت شکایت"

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

# The officer's day
SIMILAR: Final = "ثبت مشابه"
WITHDRAW: Final = "انصراف از پیشنهاد"
KEEP_PROPOSAL: Final = "نه، پیشنهاد بماند"
SURE_TO_WITHDRAW: Final = "بله، انصراف ثبت شود"
FOLLOW_SAME: Final = "همان را دنبال می‌کنم"
FILE_ANYWAY: Final = "ثبت جدید با ذکر دلیل"
SAME: Final = "همان"
RESTORE: Final = "بازگرداندن"
LOST_CODE: Final = "کد را گم کرده‌ام"
FOLLOWS: Final = "کدهایی که دنبال می‌کنم"
ASK_REVIEW: Final = "درخواست بازنگری"
SURE_TO_ASK_REVIEW: Final = "بله، درخواست فرستاده شود"
TAKE_REVIEW: Final = "برداشتن بازنگری"
LEAVE_REVIEW: Final = "رها کردن بازنگری"
UPHOLD: Final = "تأیید تصمیم پیشین"
SURE_TO_UPHOLD: Final = "بله، تأیید ثبت شود"
RECOMMEND: Final = "پیشنهاد جایگزینی به مدیر"
SURE_TO_RECOMMEND: Final = "بله، پیشنهاد ثبت شود"
QUEUE_REVIEWS: Final = "بازنگری"
TAKE_BACK_DRAFT: Final = "پس گرفتن"
CONFIRM_AND_SEND: Final = "تأیید و ارسال"
BACK_TO_OFFICER: Final = "بازگرداندن به کارشناس"

# The agreement
SEARCH_TERMS: Final = "جست‌وجو در متن"
VERSIONS: Final = "نسخه‌ها"
MEASURED: Final = "آنچه وعده داده شد، آنچه سنجیده شد"
HOW_COUNTED: Final = "هر عدد چگونه شمرده شد؟"
ALL_SECTIONS: Final = "فهرست بخش‌ها"
PREVIOUS_SECTION: Final = "بخش پیش"
NEXT_SECTION: Final = "بخش بعد"
WHAT_CHANGED: Final = "همه تغییرها"
ACCEPT_TERMS: Final = "می‌پذیرم"
DECLINE_TERMS: Final = "نمی‌پذیرم"
WRITE_TERMS: Final = "تدوین نسخه تازه"
ADD_SECTION: Final = "افزودن بخش"
REMOVE_SECTION: Final = "حذف یک بخش"
PUBLISH_TERMS: Final = "تاریخ اجرا و انتشار"
SURE_TO_PUBLISH: Final = "بله، منتشر شود"
GIVE_UP_TERMS: Final = "کنار گذاشتن نسخه"
SURE_TO_GIVE_UP: Final = "بله، کنار گذاشته شود"

# Reports
REPORT: Final = "گزارش"
AUDIT: Final = "رویدادنگاری"
AUDIT_OF_CODE: Final = "رویدادهای یک کد"
NEWEST_ROWS: Final = "تازه‌ترین رویدادها"
OTHER_PERIOD: Final = "بازه دیگر"
BY_AGENCY: Final = "به تفکیک دستگاه"
BY_DEBT_TYPE: Final = "به تفکیک نوع بدهی"
BY_REASON: Final = "دلیل‌ها"
BY_PERSON: Final = "بار کار کارشناسان"
VOICES: Final = "نظرسنجی، شکایت و بازیابی رمز"
BY_CAUSE: Final = "علت شکایت‌ها"
WHOLE_REPORT: Final = "گزارش کلی"
OTHER_PERIODS: Final = "دوره‌های دیگر"

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
WHY_DUE: Final = "چرا این تاریخ؟"
SEARCH: Final = "جست‌وجو"
LINK: Final = "اتصال پیام‌رسان دیگر"
ACCOUNTS: Final = "حساب‌های متصل"
SURE_TO_LINK: Final = "بله، متصل شود"
NOT_TO_LINK: Final = "نه، متصل نشود"
SURE_TO_UNLINK: Final = "بله، قطع شود"
KEEP_ACCOUNT: Final = "نه، همین بماند"
SURE_TO_INVITE: Final = "بله، دعوت‌نامه ساخته شود"
INVITE: Final = "دعوت همکار"
SURE_TO_REVOKE: Final = "بله، نقش برداشته شود"
KEEP_ROLE: Final = "نه، نقش بماند"

# Roles by two, substitutes, leaving, own data
GIVE_ROLE: Final = "دادن نقش"
SURE_TO_GIVE: Final = "بله، نقش داده شود"
NOT_TO_GIVE: Final = "نه، داده نشود"
WAITING_GRANTS: Final = "در انتظار تأیید مدیر دوم"
CONFIRM_GRANT: Final = "تأیید می‌کنم"
REFUSE_GRANT: Final = "رد می‌کنم"
WITHDRAW_GRANT: Final = "پس گرفتن پیشنهاد"
RENAME: Final = "اصلاح نام"
CUT_ACCOUNTS: Final = "قطع همه حساب‌ها"
SURE_TO_CUT: Final = "بله، همه حساب‌ها قطع شود"
LET_BACK: Final = "ورود دوباره"
SURE_TO_LET_BACK: Final = "بله، کد ورود ساخته شود"
TO_PERSON: Final = "بازگشت به صفحه کاربر"
LEAVE_ALL: Final = "خروج از همه"
LEAVE_OTHERS: Final = "بله، جز همین حساب"
LEAVE_EVERYTHING: Final = "بله، همین حساب هم"
MY_SUBSTITUTE: Final = "جانشین من"
NEW_SUBSTITUTE: Final = "تعیین جانشین"
SURE_TO_APPOINT: Final = "بله، جانشین تعیین شود"
NOT_TO_APPOINT: Final = "نه، تعیین نشود"
SURE_TO_END_SUBSTITUTE: Final = "بله، جانشینی پایان یابد"
KEEP_SUBSTITUTE: Final = "نه، ادامه یابد"
MY_DATA: Final = "داده‌های من"
EXPORT_DATA: Final = "دریافت داده‌ها"
CORRECT_DATA: Final = "درخواست اصلاح داده"
ERASE_DATA: Final = "درخواست پاک کردن"
SURE_TO_ASK_ERASURE: Final = "بله، درخواست ثبت شود"
NOT_TO_ASK: Final = "نه، درخواستی ندارم"
DATA_REQUESTS: Final = "درخواست‌های داده"
DATA_DONE: Final = "انجام شد، پاسخ می‌نویسم"
DATA_ERASE: Final = "پاک کردن آنچه می‌شود"
SURE_TO_ERASE: Final = "بله، برای همیشه پاک شود"
DATA_REFUSE: Final = "رد با نوشتن دلیل"
BACK_TO_REQUEST: Final = "بازگشت به درخواست"

# Second factor, forgotten secrets
FACTOR: Final = "رمز امضا"
MAKE_TOTP: Final = "برنامه رمزساز"
MAKE_PIN: Final = "پین شش‌رقمی"
CHANGE_FACTOR: Final = "تغییر رمز امضا"
REMOVE_FACTOR: Final = "برداشتن رمز امضا"
SURE_TO_REMOVE_FACTOR: Final = "بله، رمز امضا برداشته شود"
KEEP_FACTOR: Final = "نه، رمز امضا بماند"
CONTINUE_SIGNING: Final = "ادامه ثبت"
FORGOTTEN: Final = "رمز را فراموش کرده‌ام"
RESETS: Final = "درخواست‌های رمز"
CLAIM_RESET: Final = "رسیدگی می‌کنم"
TAKE_RESET_OVER: Final = "به جای همکار رسیدگی می‌کنم"
ISSUE_RESET: Final = "صدور رمز یک‌بارمصرف"
ISSUE_AGAIN: Final = "صدور دوباره"
SURE_TO_ISSUE: Final = "بله، صادر شود"
NOT_TO_ISSUE: Final = "نه، صادر نشود"
USE_RESET: Final = "ساخت رمز تازه"
WITHDRAW_RESET: Final = "لغو درخواست رمز"

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


def continue_form(noun: str) -> str:
    """The label that leads back to the form that waits: «ادامه همین پیشنهاد»."""
    return f"{CONTINUE} همین {noun}"


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


def version(number: int) -> str:
    """The label that opens a version of the agreement: «نسخه ۲»."""
    return f"نسخه {show(number)}"


def numbered(number: int, name: str = "") -> str:
    """The label that opens a row of a list, with whom it is about: «مورد ۳», «مورد ۳ · حسن یوسفی»."""
    label = f"مورد {show(number)}"
    return f"{label}{NAMED}{name}" if name else label


def restore_draft(number: int) -> str:
    """The label that restores a closed draft of a list: «بازگرداندن ۲»."""
    return f"{RESTORE} {show(number)}"


def take_back_draft(number: int) -> str:
    """The label that takes a draft back from the official: «پس گرفتن ۲»."""
    return f"{TAKE_BACK_DRAFT} {show(number)}"


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


def end_substitute(number: int) -> str:
    """The label that ends one substitution of a list: «پایان جانشینی ۱»."""
    return f"پایان جانشینی {show(number)}"


def revoke_role(role: str) -> str:
    """The label that takes a role away: «برداشتن نقش مدیر»."""
    return f"برداشتن نقش {role}"


def ticked(label: str, *, on: bool) -> str:
    """The label of a condition, and whether it is ticked; words carry it beside the sign."""
    return f"{label} ✓ تأیید شد" if on else f"{label}: تأیید نشده"


def marked(label: str, *, on: bool) -> str:
    """The label of one of several things to mark, and whether it is marked."""
    return f"☑ {label}" if on else f"☐ {label}"


def counted(label: str, count: int) -> str:
    """The label of a filter with the number of cases that it holds: «نزد من (۳)»."""
    return f"{label} ({show(count)})"
