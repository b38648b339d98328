"""A new version of the agreement: how an admin writes it, sees it, and publishes it."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.agreement import LONGEST_SECTION, LONGEST_TITLE
from messages_fa import buttons
from messages_fa.agreement import version_line
from messages_fa.markup import RLM, Text, lines, ours, paragraphs, say

SECTION: Final = "بخش"
SECTION_TEXT: Final = "متن بخش"
SECTION_TITLE: Final = "عنوان بخش"
DAY: Final = "تاریخ اجرا"


def writing(number: int, changed: Sequence[str], editor: str, when: dt.datetime | None) -> Text:
    """The version that is being written: which sections are changed, and by whom last."""
    told = [say(RLM + "• {title}", title=ours(title)) for title in changed]
    return paragraphs(
        say("**نسخه {number} در دست تدوین است.**", number=number),
        lines(say("بخش‌های تغییرکرده:"), *told) if told else say("هنوز چیزی تغییر نکرده است."),
        say("آخرین تغییر: {when}، {editor}", when=when, editor=editor) if when and editor else Text(),
        lines(
            say("برای نوشتن متن تازه یک بخش، دکمه آن را بزنید."),
            say("تا زمان انتشار، کسی جز مدیران سامانه این نسخه را نمی‌بیند."),
        ),
    )


def not_begun(number: int) -> Text:
    """No version is being written: what changing a section begins."""
    return lines(
        say("نسخه‌ای در دست تدوین نیست."),
        say("با تغییر نخستین بخش، نسخه {number} از روی آخرین نسخه منتشرشده آغاز می‌شود.", number=number),
    )


def ask_section() -> Text:
    """Which section is written anew."""
    return say("متن کدام بخش تغییر می‌کند؟")


def ask_text() -> Text:
    """The new text of a section."""
    return lines(
        say("متن تازه این بخش را بنویسید؛ هر جمله در یک سطر، حداکثر {limit} نویسه.", limit=LONGEST_SECTION),
        say("متن پیشین این بخش جای خود را به آن می‌دهد."),
    )


def ask_title() -> Text:
    """The title of a section to be added."""
    return say("عنوان بخش تازه چیست؟ حداکثر {limit} نویسه. نمونه: ۸. پشتیبانی", limit=LONGEST_TITLE)


def ask_new_text() -> Text:
    """The text of a section to be added."""
    return say("متن این بخش را بنویسید؛ هر جمله در یک سطر، حداکثر {limit} نویسه.", limit=LONGEST_SECTION)


def ask_removed() -> Text:
    """Which section is left out."""
    return say("کدام بخش در نسخه تازه نباشد؟ در نسخه‌های پیشین می‌ماند.")


def ask_day() -> Text:
    """From when the new version is in force."""
    return say("این نسخه از چه تاریخی اجرا شود؟ امروز یا پس از آن.")


def kept() -> Text:
    """A section was changed in the version that is being written."""
    return say("تغییر در نسخه در دست تدوین نگه داشته شد.")


def section_changed() -> Text:
    """A colleague changed or removed the chosen section meanwhile."""
    return lines(
        say("این بخش در این میان تغییر کرده یا حذف شده است و چیزی جای آن ثبت نشد."),
        say("بخش را دوباره برگزینید؛ آنچه نوشتید محفوظ است."),
    )


def preview(number: int, since: dt.date, audience: int) -> Text:
    """The last question before it is published, under the changes."""
    return paragraphs(
        say("**این نسخه منتشر شود؟**"),
        lines(
            version_line(number, since),
            say("به {count} نفر از کارشناسان دستگاه‌ها و بررسی خبر داده می‌شود.", count=audience),
            say("نسخه منتشرشده تغییر نمی‌کند؛ تنها نسخه‌ای تازه‌تر جای آن را می‌گیرد."),
        ),
    )


def sure_to_give_up(number: int) -> Text:
    """The question before a version that was never published is dropped."""
    return say("نسخه {number} که در دست تدوین است کنار گذاشته شود؟ متن آن برنمی‌گردد.", number=number)


def given_up() -> Text:
    """It was dropped."""
    return say("نسخه در دست تدوین کنار گذاشته شد و چیزی منتشر نشد.")


def published(number: int, since: dt.date, told: int) -> Text:
    """It was published."""
    return lines(
        say("**نسخه {number} توافق‌نامه منتشر شد.**", number=number),
        say("تاریخ اجرا: {since}", since=since),
        say("به {told} نفر خبر داده می‌شود.", told=told),
    )


_UNFIT: Final = {
    "too_many": "توافق‌نامه حداکثر {limit} بخش دارد. متن را به یکی از بخش‌های موجود بیفزایید.",
    "title_taken": "بخشی با این عنوان هست یا عنوان خالی است. عنوان دیگری بنویسید. نمونه: ۸. پشتیبانی",
    "no_sentence": "متن بخش باید دست‌کم یک جمله داشته باشد. نمونه: این خدمت بدون هزینه است.",
    "last_section": "توافق‌نامه باید دست‌کم یک بخش داشته باشد؛ این بخش حذف نشد.",
    "day_passed": "تاریخ اجرا باید امروز یا پس از آن باشد. نمونه: {example}",
    "before_coming": "نسخه دیگری منتشر شده و در راه است. تاریخ اجرا باید {example} یا پس از آن باشد.",
    "unchanged": "هیچ جمله‌ای تغییر نکرده است. نخست متن یک بخش را بنویسید. نمونه: «{example}»",
}


def unfit(why: str, *, limit: int, day: dt.date) -> Text:
    """Why the agreement cannot be changed or published so, and what to do; `day` is the earliest possible."""
    example = day if why in {"day_passed", "before_coming"} else buttons.WRITE_TERMS
    return say(_UNFIT[why], limit=limit, example=example)
