"""What the codes of the office are called: kinds, debts, roles, states, acts and conditions."""

from typing import Final

from domain.kinds import CreditorKind, DebtorKind, Kind
from domain.lifecycle import Action, State
from domain.roles import Role
from domain.tracking import BACK_IN_QUEUE, RESUBMITTED

UNNAMED: Final = "پیشنهاد بی‌نام"
PROPOSAL: Final = "پیشنهاد"
NOT_GIVEN: Final = "ارائه نشده"
PASSCODE: Final = "رمز"
REASON: Final = "دلیل"
NOTE: Final = "توضیح"
SURE: Final = "تأیید"
INTERNAL_NOTE: Final = "یادداشت داخلی"
NEW_OUTCOME: Final = "نتیجه تازه"
GENERAL_CONDITIONS: Final = "شرایط عمومی"
TO_CORRECT: Final = "بخش نیازمند اصلاح"
INVITATION: Final = "دعوت"
ROLE: Final = "نقش"
AGENCY: Final = "دستگاه"
AGENCY_NAME: Final = "نام دستگاه"
PERSON_NAME: Final = "نام"
OFFICIAL: Final = "تأیید مقام مجاز"

KINDS: Final[dict[str, str]] = {
    Kind.INSTALMENTS: "تقسیط",
    Kind.DEFERRAL: "استمهال",
    Kind.BOTH: "استمهال و تقسیط",
}

CREDITOR_KINDS: Final[dict[str, str]] = {
    CreditorKind.MINISTRY: "وزارتخانه",
    CreditorKind.GOVERNMENT_INSTITUTION: "مؤسسه دولتی",
    CreditorKind.STATE_COMPANY: "شرکت دولتی",
    CreditorKind.PUBLIC_BODY: "نهاد عمومی غیردولتی",
}

DEBTOR_KINDS: Final[dict[str, str]] = {
    DebtorKind.NATURAL: "شخص حقیقی",
    DebtorKind.LEGAL: "شخص حقوقی",
}

DEBT_TYPES: Final[dict[str, str]] = {
    "overpaid_salary": "اضافه‌پرداختی حقوق و مزایا",
    "court_award": "محکومیت مالی (رأی قطعی)",
    "cash_shortage": "کسری ابواب جمعی",
    "property_damage": "خسارت به اموال دولتی",
    "state_property_rent": "اجاره‌بها و بهره‌برداری از اموال دولتی",
    "unfulfilled_commitment": "عدم انجام تعهد خدمت یا تحصیل",
    "state_goods_services": "بهای کالا و خدمات دولتی",
    "unsettled_advance": "پیش‌پرداخت یا علی‌الحساب تسویه‌نشده",
    "contract_claims": "مطالبات قراردادی",
    "state_dues": "حقوق دولتی و عوارض قانونی",
    "fine": "جریمه یا جزای نقدی",
    "grant_refund": "استرداد کمک یا تسهیلات",
    "other": "سایر",
}

ROLES: Final[dict[str, str]] = {
    Role.OFFICER: "کارشناس دستگاه",
    Role.REVIEWER: "کارشناس بررسی",
    Role.DIRECTOR: "مدیر",
    Role.COMPLAINTS: "مسئول شکایات",
    Role.ADMIN: "مدیر سامانه",
    Role.AUDITOR: "ناظر",
}

STATES: Final[dict[str, str]] = {
    State.DRAFT: "پیش‌نویس",
    State.SUBMITTED: "ثبت شد",
    State.IN_REVIEW: "در حال بررسی",
    State.RETURNED: "نیازمند اصلاح",
    State.AWAITING_SIGNATURE: "در انتظار امضای دوم",
    State.AGREED: "با پیشنهاد موافقت شد",
    State.NOT_AGREED: "با پیشنهاد موافقت نشد",
    State.WITHDRAWN: "انصراف دستگاه",
    State.SUPERSEDED: "جایگزین‌شده",
}

STAGES: Final[dict[str, str]] = {
    code: STATES[code]
    for code in ("submitted", "in_review", "returned", "agreed", "not_agreed", "withdrawn", "superseded")
}
"""What a stranger is shown; a second signature is no stage of its own."""

STEPS: Final[dict[str, str]] = STAGES | {
    RESUBMITTED: "ارسال پس از اصلاح",
    BACK_IN_QUEUE: "بازگشت به نوبت بررسی",
}
"""The steps of a timeline: the stages, and what a later return to the queue is called."""

ACTIONS: Final[dict[str, str]] = {
    Action.SUBMIT: "ثبت پیشنهاد",
    Action.CLAIM: "برداشتن",
    Action.RELEASE: "رها کردن",
    Action.EXPIRE: "بازگشت خودکار به کارتابل",
    Action.HAND_OVER: "واگذاری به همکار",
    Action.REASSIGN: "واگذاری توسط مدیر",
    Action.AGREE: "موافقت",
    Action.REFUSE: "عدم موافقت",
    Action.RETURN_FOR_CORRECTION: "بازگشت برای اصلاح",
    Action.RESUBMIT: "ارسال پس از اصلاح",
    Action.SIGN: "امضا",
    Action.TAKE_BACK: "بازپس‌گیری تصمیم",
    Action.WITHDRAW: "انصراف از پیشنهاد",
    Action.SUPERSEDE: "جایگزینی تصمیم",
    Action.ASK_REVIEW: "درخواست بازنگری",
    Action.TAKE_REVIEW: "برداشتن بازنگری",
    Action.LEAVE_REVIEW: "رها کردن بازنگری",
    Action.UPHOLD: "تأیید تصمیم پیشین",
    Action.RECOMMEND: "پیشنهاد جایگزینی تصمیم",
    Action.LET_STAND: "تأیید تصمیم پیشین",
}

CONDITIONS: Final[dict[str, str]] = {
    "authorised_official": "ارائه پیشنهاد توسط مقام مجاز",
    "debtor_identity": "مشخصات بدهکار",
    "debt_type": "نوع بدهی",
    "amount": "مبلغ بدهی",
    "instalments": "تعداد اقساط پیشنهادی",
    "deferral_date": "تاریخ پایان مهلت",
}

UNITS: Final[dict[str, str]] = {"instalments": "قسط", "interval_months": "ماه"}
"""What a number counts, by the name of its answer."""

PLATFORMS: Final[dict[str, str]] = {"bale": "بله", "telegram": "تلگرام"}

FIELDS: Final[dict[str, str]] = {
    "kind": "نوع پیشنهاد",
    "special_rule": "مقررات خاص یا عمومی دیگر",
    "creditor_kind": "نوع دستگاه طلبکار",
    "offence": "ناشی از جرم یا تخلف",
    "official_name": "نام مقام مجاز",
    "official_post": "سمت مقام مجاز",
    "letter_number": "شماره نامه",
    "letter_date": "تاریخ نامه",
    "letter_scan": "تصویر نامه",
    "debtor_kind": "بدهکار",
    "debtor_name": "نام بدهکار",
    "national_id": "کد ملی",
    "legal_id": "شناسه ملی",
    "mobile": "تلفن همراه بدهکار",
    "debt_type": "نوع بدهی",
    "debt_type_other": "شرح نوع بدهی",
    "amount": "مبلغ بدهی",
    "down_payment": "پیش‌پرداخت",
    "grace_until": "پایان دوره تنفس",
    "instalments": "تعداد اقساط",
    "interval_months": "فاصله اقساط",
    "first_due": "سررسید نخستین قسط",
    "deferred_to": "پایان مهلت",
    "reason": "دلیل پیشنهاد",
    "attachments": "پیوست‌ها",
}
"""Labels of a proposal's answers, as the summary and the reviewer's card show them."""
