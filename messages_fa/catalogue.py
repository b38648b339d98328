"""«فهرست‌ها»: debt types, reasons and agencies, as an admin edits them."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.catalogue import Listed
from messages_fa.markup import RLM, Text, lines, paragraphs, say

TITLE: Final = "فهرست‌ها"
AGENCIES: Final = "دستگاه‌های اجرایی"
NAMES: Final[dict[str, str]] = {
    Listed.DEBT_TYPES: "انواع بدهی",
    Listed.REFUSAL: "دلیل‌های عدم موافقت",
    Listed.SUPERSESSION: "دلیل‌های جایگزینی تصمیم",
    Listed.WITHDRAWAL: "دلیل‌های انصراف دستگاه",
}

NEW: Final = "افزودن مورد تازه"
EDIT: Final = "ویرایش متن"
EDIT_GROUND: Final = "ویرایش مبنای قانونی"
RETIRE: Final = "کنار گذاشتن"
OFFER: Final = "بازگرداندن به فهرست"
TO_LISTS: Final = "بازگشت به فهرست‌ها"
TO_LIST: Final = "بازگشت به فهرست"
RENAME: Final = "تغییر نام"
HIDE: Final = "نیاید در دعوت‌های تازه"
SHOW: Final = "بیاید در دعوت‌های تازه"
ADD_OFFICIAL: Final = "افزودن مقام مجاز"
COSIGN_ON: Final = "تأیید مقام مجاز لازم باشد"
COSIGN_OFF: Final = "تأیید مقام مجاز لازم نباشد"
SAVE: Final = "بله، ثبت شود"
TITLE_LABEL: Final = "متن"
GROUND_LABEL: Final = "مبنای قانونی"
AGENCY_NAME: Final = "نام دستگاه"
OFFICIAL_NAME: Final = "نام مقام مجاز"
OFFICIAL_POST: Final = "سمت مقام مجاز"


GROUND_EXAMPLE: Final = ("ماده ۴۷ قانون محاسبات عمومی کشور",)
TITLE_EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    Listed.DEBT_TYPES: ("کرایه ماشین‌آلات",),
    Listed.REFUSAL: ("کامل نبودن مدارک",),
    Listed.SUPERSESSION: ("اشتباه در محاسبه",),
    Listed.WITHDRAWAL: ("پرداخت بدهی",),
}


def revert(version: int) -> str:
    """The button that words an entry as it was."""
    return say("بازگشت به متن {n}", n=version).plain


def end_official(name: str) -> str:
    """The button that ends somebody's being an authorised official."""
    return f"پایان: {name}"


def lists() -> Text:
    """Which list?"""
    return paragraphs(
        say("**فهرست‌ها**"),
        say("هر تغییر از همین دم به کار می‌رود. آنچه پیش‌تر ثبت یا اعلام شده است، با متن همان زمان می‌ماند."),
    )


def listing(name: str, rows: Sequence[tuple[int, str, bool]], page: Text) -> Text:
    """A page of one list: (number, title, whether it is offered)."""
    told = [
        say(RLM + "{n}. {title}{state}", n=n, title=title, state="" if offered else " (کنار گذاشته)")
        for n, title, offered in rows
    ]
    return paragraphs(say("**{name}**", name=NAMES.get(name, AGENCIES)), lines(*told), page)


def entry(
    name: str,
    *,
    title: str,
    ground: str,
    offered: bool,
    fixed: bool,
    history: Sequence[tuple[int, str, str, dt.datetime | None, bool]],
) -> Text:
    """One entry, with every wording it has had: (version, title, who, when, whether it was offered)."""
    told = [
        say(RLM + "{n}. {title}{state}", n=n, title=old, state=_written(who, at, on=on))
        for n, old, who, at, on in history
    ]
    return paragraphs(
        say("**{title}**", title=title),
        lines(
            say("فهرست: {name}", name=NAMES[name]),
            say("مبنای قانونی: {ground}", ground=ground) if ground else Text(),
            say("وضعیت: {state}", state="در فهرست" if offered else "کنار گذاشته"),
            say("این مورد ثابت است: قاعده‌های سامانه به آن تکیه دارند.") if fixed else Text(),
        ),
        lines(say("متن‌های این مورد تا امروز:"), *told) if told else Text(),
    )


def _written(who: str, at: dt.datetime | None, *, on: bool) -> Text:
    state = Text() if on else say("، کنار گذاشته")
    return state if at is None else say("، {who}، {at}", who=who, at=at) + state


def ask_title(name: str) -> Text:
    """The words of an entry."""
    asked = "نوع بدهی را چگونه بنامیم؟" if name == Listed.DEBT_TYPES else "دلیل را چگونه بنویسیم؟"
    return paragraphs(
        say("**{asked}**", asked=asked), say("همین متن روی دکمه می‌آید؛ کوتاه بنویسید، تا ۶۰ نویسه.")
    )


def ask_ground() -> Text:
    """The rule that a reason rests on."""
    return paragraphs(
        say("**این دلیل بر کدام قانون یا مقررات تکیه دارد؟**"),
        say("تنها اگر مبنایی دارد بنویسید."),
    )


def sure_of_entry(title: object, ground: object) -> Text:
    """The words as they will be seen."""
    return paragraphs(
        say("**این‌گونه ثبت شود؟**"),
        lines(
            say("متن: {title}", title=str(title or "")),
            say("مبنای قانونی: {ground}", ground=str(ground)) if ground else Text(),
        ),
        say("از این پس به کار می‌رود؛ ثبت‌های پیشین دگرگون نمی‌شوند."),
    )


def saved(title: str) -> Text:
    """It is in force."""
    return say("ثبت شد: {title}", title=title)


def switched(title: str, *, on: bool) -> str:
    """The short answer."""
    return f"«{title}» به فهرست بازگشت." if on else f"«{title}» از این پس برگزیده نمی‌شود."


def changed_meanwhile(title: str) -> Text:
    """A colleague worded the entry anew while it was being edited: it is asked once more."""
    return say("همکار دیگری این مورد را در این میان تغییر داده است. متن کنونی: {title}", title=title)


def fixed() -> str:
    """The short answer about an entry on which rules hang."""
    return "این مورد ثابت است و تغییر نمی‌کند."


def double(title: str) -> Text:
    """Something else is called so."""
    return lines(
        say("«{title}» در این فهرست هست و چیزی ثبت نشد.", title=title),
        say("نام دیگری بنویسید، یا همان مورد را باز کنید و ویرایش کنید."),
    )


def agency(
    *,
    name: str,
    active: bool,
    officers: int,
    cosign: bool,
    officials: Sequence[tuple[str, str]],
    of: int,
) -> Text:
    """One agency: (name, post) of a page of its authorised officials, of so many."""
    listed = [say("{name}، {post}", name=called, post=post) for called, post in officials]
    return paragraphs(
        say("**" + RLM + "{name}**", name=name),
        lines(
            say("کارشناسان: {n} نفر", n=officers),
            say("در دعوت‌های تازه: {state}", state="می‌آید" if active else "نمی‌آید"),
            say("تأیید مقام مجاز پیش از ارسال: {state}", state="لازم" if cosign else "لازم نیست"),
        ),
        lines(say("مقام‌های مجاز ({n}):", n=of), *listed)
        if listed
        else say("مقام مجازی برای این دستگاه ثبت نشده است."),
    )


CHANGES: Final = "سابقه تغییرها"
TO_AGENCY: Final = "بازگشت به دستگاه"
_SWITCHED: Final = {
    ("offered", True): "در دعوت‌های تازه می‌آید",
    ("offered", False): "در دعوت‌های تازه نمی‌آید",
    ("cosign", True): "تأیید مقام مجاز لازم شد",
    ("cosign", False): "تأیید مقام مجاز برداشته شد",
}


def changes(name: str, rows: Sequence[tuple[str, str | bool, str, dt.datetime]]) -> Text:
    """A page of what was changed of an agency: (what, the name given or whether switched on, who, when)."""
    told = [
        say(
            RLM + "{at}: {what}، {who}",
            at=at,
            what=f"نام: {value}" if isinstance(value, str) else _SWITCHED[what, value],
            who=who or "مسئول فنی",
        )
        for what, value, who, at in rows
    ]
    return paragraphs(
        say("**سابقه تغییرهای {name}**", name=name),
        lines(*told) if told else say("تاکنون چیزی تغییر نکرده است."),
    )


def ask_agency_name() -> Text:
    """The new name."""
    return paragraphs(
        say("**نام تازه دستگاه چیست؟**"),
        say("نام تازه همه‌جا دیده می‌شود، در پرونده‌های پیشین هم. نمونه: سازمان آب منطقه‌ای استان"),
    )


def sure_of_agency_name(name: object) -> Text:
    """The new name as it will be seen."""
    return say("**نام دستگاه «{name}» شود؟**", name=str(name or ""))


def ask_official_name() -> Text:
    """Who."""
    return say("**نام و نام خانوادگی مقام مجاز چیست؟**")


def ask_official_post() -> Text:
    """In which post."""
    return paragraphs(say("**سمت او چیست؟**"), say("نمونه: مدیرکل امور مالی"))


def sure_of_official(name: object, post: object) -> Text:
    """As it will be kept."""
    return paragraphs(
        say("**این مقام مجاز ثبت شود؟**"),
        lines(say("نام: {name}", name=str(name or "")), say("سمت: {post}", post=str(post or ""))),
        say("کارشناسان این دستگاه هنگام ثبت پیشنهاد او را با یک دکمه برمی‌گزینند."),
    )


def official_ended(name: str) -> str:
    """The short answer."""
    return f"{name} دیگر مقام مجاز این دستگاه نیست؛ ثبت‌های پیشین می‌ماند."
