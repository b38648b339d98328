"""What every form says: progress, the current value, the read-back, the summary, the way out."""

import datetime as dt
from collections.abc import Sequence

from messages_fa import buttons, names
from messages_fa.markup import Text, joined, lines, paragraphs, say
from persian.dates import show_date, show_long_date
from persian.money import Rials, toman_words, words
from persian.text import to_persian_digits

RLM = "\u200f"
"""Keeps a numbered row running from right to left, whatever follows."""
_LONGEST_LINE = 600
_LONGEST_NAME = 60
_NAMES_SHOWN = 3


def shortened(text: str, limit: int) -> str:
    """Cut a text at `limit` characters with «…»; the whole stays in the record."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def one_line(text: str) -> Text:
    """A person's own words on one line, cut when they are long."""
    return say("{text}", text=shortened(" ".join(text.split()), _LONGEST_LINE))


def digits(text: str) -> Text:
    """A number that is a name, such as a national code, in Persian digits."""
    return say("{digits}", digits=to_persian_digits(text))


def counted(number: int, unit: str) -> Text:
    """A number and what it counts: «۲۴ قسط»."""
    return say("{number} {unit}", number=number, unit=unit) if unit else say("{number}", number=number)


def secret_received() -> Text:
    """Instead of a secret's value."""
    return say("دریافت شد")


def file_named(name: str) -> Text:
    """One file by its name; a photo has none."""
    return say("{name}", name=shortened(name, _LONGEST_NAME)) if name else say("عکس")


def files_named(file_names: Sequence[Text]) -> Text:
    """How many files, and the names of the first ones."""
    more = say("…") if len(file_names) > _NAMES_SHOWN else Text()
    shown = joined("، ", *file_names[:_NAMES_SHOWN], more)
    return say("{count} پرونده ({names})", count=len(file_names), names=shown)


def near_day(away: int, day: dt.date) -> str:
    """The label of a day near today, with its date: «امروز، ۱۴۰۵/۰۷/۰۹»."""
    word = {0: "امروز", -1: "دیروز", 1: "فردا"}[away]
    return f"{word}، {show_date(day)}"


def progress(n: int, of: int) -> Text:
    """Which step of how many."""
    return say("**گام {n} از {of}**", n=n, of=of)


def current_value(value: Text) -> Text:
    """The answer that stands at this step."""
    return say("پاسخ کنونی: {value}", value=value)


def file_row(number: int, name: Text) -> Text:
    """One file of the list at a step that takes several."""
    return say("پرونده {number}: {name}", number=number, name=name)


def files_so_far() -> Text:
    """Under the list of files: how to go on."""
    return say("پرونده دیگری بفرستید یا «{go_on}» را بزنید.", go_on=buttons.CONTINUE)


def more_options(count: int) -> Text:
    """Under a list that is too long for buttons."""
    return say("نام {count} مورد دیگر روی دکمه‌ها نیست؛ نام را بنویسید.", count=count)


def amount_read_back(amount: Rials) -> Text:
    """An amount so that a slip of a factor of ten is seen."""
    return lines(
        say("مبلغ به رقم: **{amount}**", amount=amount),
        say("مبلغ به حروف: {words} ریال", words=words(amount)),
        say("معادل: {tomans}", tomans=toman_words(amount)),
    )


def day_read_back(day: dt.date) -> Text:
    """A date with its names."""
    return say("تاریخ: **{day}**", day=show_long_date(day))


def read_back(label: str, value: Text) -> Text:
    """The question that a reading which is not plain must pass."""
    return paragraphs(
        say("پاسخ شما برای «{label}» این‌گونه خوانده شد:", label=label),
        value,
        say("آیا درست است؟"),
    )


def cancel_question(*, with_draft: bool) -> Text:
    """What to do with a form that somebody wants to leave."""
    if not with_draft:
        return say("از این فرم انصراف می‌دهید؟ پاسخ‌های آن نگه داشته نمی‌شود.")
    return lines(
        say("**از ادامه این پیشنهاد انصراف می‌دهید؟**"),
        say("با «{save}» پاسخ‌ها می‌ماند و بعد ادامه می‌دهید.", save=buttons.SAVE_DRAFT),
        say("با «{drop}» همه پاسخ‌های این پیشنهاد پاک می‌شود.", drop=buttons.DELETE),
    )


def stopped(why: Text) -> Text:
    """The form has ended without a case."""
    return paragraphs(
        say("**این پیشنهاد در این خدمت ثبت نمی‌شود.**"),
        why,
        say("اگر پاسخ چیز دیگری است، «{back}» را بزنید.", back=buttons.BACK),
    )


def summary_row(number: int, label: str, value: Text | None) -> Text:
    """One numbered row of the summary; None is what was not given."""
    shown = say(names.NOT_GIVEN) if value is None else value
    return say(RLM + "{number}. {label}: {value}", number=number, label=label, value=shown)


def summary(rows: Sequence[Text], plan: Text, ending: Text) -> Text:
    """All answers, the plan that follows from them, and what is to be done now."""
    return paragraphs(say("**خلاصه پیشنهاد**"), lines(*rows), plan, ending)


def to_declare() -> Text:
    """Before the declaration."""
    return lines(
        say("پاسخ‌ها را بخوانید. برای تغییر هر سطر، دکمه «{edit}» همان سطر را بزنید.", edit=buttons.EDIT),
        say("طبق بند ۴ توافق‌نامه خدمت، اطلاعات باید درست و کامل باشد."),
        say("اگر چنین است «{declare}» را بزنید.", declare=buttons.DECLARE),
    )


def declared() -> Text:
    """After the declaration."""
    return lines(
        say("درستی و کامل بودن اطلاعات را تأیید کردید."),
        say("برای ثبت در اداره کل «{send}» را بزنید. این خدمت رایگان است.", send=buttons.SEND),
    )
