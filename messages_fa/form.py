"""What every form says: progress, the current value, the read-back, the summary, the way out."""

import datetime as dt
import re
from collections.abc import Sequence

from messages_fa import buttons, names
from messages_fa.markup import RLM, Text, code_line, joined, lines, ours, paragraphs, say, series
from messages_fa.reasons import MARKED, RETURN, titles
from persian.codes import NO_BREAK_SPACE
from persian.dates import show_date, show_long_date
from persian.money import Rials, toman_words, words
from persian.text import to_persian_digits, visible

_HYPHEN = re.compile(r"(?<=\d)\s*[-‐‑–ـ]\s*(?=\d)")
_LONGEST_LINE = 600
_BRIEF = 120
_LONGEST_NAME = 60
_SHORT_NAME = 40
_NAMES_SHOWN = 3


def shortened(text: str, limit: int) -> str:
    """Cut a text at `limit` characters with «…»; the whole stays in the record."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def unbroken(text: str) -> Text:
    """An office's own words with the parts of a telephone number in their order.

    A hyphen between Persian digits turns them round; a space that does not break keeps them.
    """
    return ours(_HYPHEN.sub(NO_BREAK_SPACE, " ".join(visible(text).split())))


def one_line(text: str) -> Text:
    """A person's own words on one line, cut when they are long."""
    return say("{text}", text=shortened(" ".join(text.split()), _LONGEST_LINE))


def briefly(text: Text) -> Text:
    """A value cut shorter still, where many stand together."""
    plain = text.plain
    return text if len(plain) <= _BRIEF else say("{text}", text=shortened(plain, _BRIEF))


def digits(text: str) -> Text:
    """A number that is a name, such as a national code, in Persian digits."""
    return say("{digits}", digits=to_persian_digits(text))


def counted(number: int, unit: str) -> Text:
    """A number and what it counts: «۲۴ قسط»."""
    return say("{number} {unit}", number=number, unit=unit) if unit else say("{number}", number=number)


def number_read_back(number: int, unit: str) -> Text:
    """A number that was written in words, in figures and in words."""
    return lines(
        say("عدد به رقم: **{number}**", number=counted(number, unit)),
        say("عدد به حروف: {words}", words=words(number)),
    )


def secret_received() -> Text:
    """Instead of a secret's value."""
    return say("دریافت شد")


def file_named(name: str) -> Text:
    """One file by its name; a photo has none. A mark keeps what follows a Latin name in its place."""
    mark = RLM if name[-1:].isascii() else ""
    return say("{name}" + mark, name=shortened(name, _LONGEST_NAME)) if name else say("عکس")


def files_named(file_names: Sequence[Text]) -> Text:
    """How many files, and the names of the first ones."""
    more = say("…") if len(file_names) > _NAMES_SHOWN else Text()
    shown = joined("، ", *file_names[:_NAMES_SHOWN], more)
    return say("{count} پرونده ({names})", count=len(file_names), names=shown)


def near_day(away: int, day: dt.date) -> str:
    """The label of a day near today, with its date: «امروز، ۱۴۰۵/۰۷/۰۹»."""
    word = {0: "امروز", -1: "دیروز", 1: "فردا"}[away]
    return f"{word}، {show_date(day)}"


def progress(n: int, of: int, about: str = "", *, fewer: int = 0) -> Text:
    """Which step of how many, and whom it is about once that is known; `fewer` by the answer just given."""
    place = say("**گام {n} از {of}**", n=n, of=of)
    spared = say("{place} (با پاسخ شما {fewer} گام کم شد)", place=place, fewer=fewer)
    return _titled(spared if fewer > 0 else place, about)


def about_case(debtor: str, code: str) -> Text:
    """Which case a small form is about, at each of its steps."""
    return lines(say("پیشنهاد مربوط به {debtor}، با کد رهگیری:", debtor=debtor), code_line(code))


def _titled(place: Text, about: str) -> Text:
    return say("{place} · {about}", place=place, about=shortened(about, _SHORT_NAME)) if about else place


def current_value(value: Text) -> Text:
    """The answer that stands at this step."""
    return say("پاسخ کنونی: {value}", value=value)


def marked_value(value: Text) -> Text:
    """What is marked so far, where several may be."""
    return say("نشان‌شده: {value}", value=value)


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


def cancel_question(noun: str = names.PROPOSAL) -> Text:
    """What to do with a proposal (or a complaint …) that somebody wants to leave."""
    return lines(
        say("**از ادامه این {noun} انصراف می‌دهید؟**", noun=noun),
        say("با «{save}» پاسخ‌ها می‌ماند و بعد ادامه می‌دهید.", save=buttons.SAVE_DRAFT),
        say("با «{drop}» همه پاسخ‌های این {noun} پاک می‌شود.", drop=buttons.DELETE, noun=noun),
    )


def cancel_correction() -> Text:
    """What to do with a correction that somebody wants to leave."""
    return lines(
        say("**از ادامه این اصلاح انصراف می‌دهید؟**"),
        say("با «{save}» تغییرها می‌ماند و بعد ادامه می‌دهید.", save=buttons.SAVE_DRAFT),
        say("با «{drop}» تغییرها پاک می‌شود و پیشنهاد همان‌گونه که بازگشته است می‌ماند.", drop=buttons.DELETE),
    )


def cancel_small(questions: int) -> Text:
    """Whether to leave a form of which no draft is kept."""
    if questions == 1:
        return say("از پاسخ به این پرسش انصراف می‌دهید؟")
    return say("از این فرم انصراف می‌دهید؟ پاسخ‌های آن نگه داشته نمی‌شود.")


def stopped(why: Text) -> Text:
    """The form has ended without a case."""
    return paragraphs(
        say("**این پیشنهاد در این خدمت ثبت نمی‌شود.**"),
        why,
        say("اگر پاسخ چیز دیگری است، «{back}» را بزنید.", back=buttons.BACK),
    )


def stopped_correction(why: Text, contact: str) -> Text:
    """The same in a correction: the case exists already, and is not ended by an answer."""
    return paragraphs(
        say("**با این پاسخ، پیشنهادی که ثبت کرده‌اید در این خدمت پذیرفته نمی‌شود.**"),
        why,
        lines(
            say("اگر پاسخ چیز دیگری است، «{back}» را بزنید.", back=buttons.BACK),
            say("اگر همین است، ادامه ندهید: پیشنهاد تا تصمیم دستگاه شما «نیازمند اصلاح» می‌ماند."),
            say("برای پس گرفتن آن با اداره کل تماس بگیرید: {contact}", contact=unbroken(contact))
            if contact
            else Text(),
        ),
    )


def summary_row(number: int, label: str, value: Text | None) -> Text:
    """One numbered row of the summary; None is what was not given."""
    shown = say(names.NOT_GIVEN) if value is None else value
    return say(RLM + "{number}. {label}: {value}", number=number, label=label, value=shown)


def corrected_row(row: Text) -> Text:
    """A row of the summary whose answer was changed in the correction."""
    return say("{row} **(اصلاح شد)**", row=row)


def unchanged_row(row: Text) -> Text:
    """A row of the summary that the reviewer marked and that stayed as it was."""
    return say("{row} **(تغییر نکرد)**", row=row)


def summary(rows: Sequence[Text], plan: Text, ending: Text, noun: str = names.PROPOSAL) -> Text:
    """All answers, the plan that follows from them, and what is to be done now."""
    return paragraphs(say("**خلاصه {noun}**", noun=noun), lines(*rows), plan, ending)


def review(
    missing: Sequence[Text], given: Sequence[Text], *, needed: int, noun: str = names.PROPOSAL
) -> Text:
    """«بررسی پیش‌نویس»: what is missing or contradictory, what is given, and how to go on.

    Args:
        missing: the rows that are still asked, those that may be skipped among them.
        given: the rows that are answered.
        needed: how many of the missing ones may not be skipped.
        noun: what the form is about.
    """
    none = say("هنوز پاسخی داده نشده است.")
    spare = len(missing) - needed
    left = say("**مانده: فقط موارد اختیاری**")
    if needed:
        more = say(" و {spare} مورد اختیاری", spare=spare) if spare > 0 else Text()
        left = say("**مانده: {count} مورد لازم{more}**", count=needed, more=more)
    return paragraphs(
        say("**بررسی پیش‌نویس**"),
        lines(left, *missing),
        lines(say("**پاسخ‌های شما:**"), *(given or [none])),
        lines(
            say("برای پاسخ یا تغییر، دکمه همان سطر را بزنید یا شماره آن را بنویسید."),
            say("با «{go_on}» پرسش‌های مانده یک‌به‌یک پرسیده می‌شود.", go_on=buttons.CONTINUE),
            say(
                "سپس خلاصه {noun} برای ارسال نشان داده می‌شود. موارد اختیاری را می‌توانید رد کنید.",
                noun=noun,
            ),
        ),
    )


def missing_row(number: int, label: str, why: Text, *, optional: bool = False) -> Text:
    """One row of what is missing; `why` where an answer stands and cannot remain."""
    template = "{number}. {label} (اختیاری)" if optional else "{number}. {label}"
    row = say(RLM + template, number=number, label=label)
    return say("{row}: {why}", row=row, why=why) if why.spans else row


def new_question() -> Text:
    """Beside a question that an older version of the form did not ask."""
    return say("این پرسش از نسخه پیشین شما تازه است.")


def changed_question() -> Text:
    """Beside a question that an older version of the form asked otherwise."""
    return say("این پرسش پس از پاسخ شما تغییر کرده است؛ پاسخ را دوباره بررسی کنید.")


def form_changed(labels: Sequence[str]) -> Text:
    """A draft opened in a newer version of its form: only these questions are asked."""
    return lines(
        say("فرم پس از آخرین پاسخ شما تغییر کرده است. بقیه پاسخ‌ها محفوظ است."),
        say("فقط این موارد پرسیده می‌شود: {labels}", labels=series(labels)),
    )


def former_value(value: Text) -> Text:
    """An earlier answer that does not stand any more."""
    return say("پاسخ پیشین: {value}", value=value)


def correcting(n: int, of: int, about: str = "") -> Text:
    """Which of the answers to be corrected, of how many, and whom they are about."""
    place = say("**اصلاح {n} از {of}**", n=n, of=of) if of > 1 else say("**اصلاح پیشنهاد**")
    return _titled(place, about)


def reviewer_asks(reasons: Sequence[str], note: str) -> Text:
    """What the office asks to be corrected, repeated above every question of a correction."""
    said = series(titles(RETURN, [reason for reason in reasons if reason != MARKED]))
    return lines(
        say("موضوع اصلاح: {reasons}", reasons=said) if said else Text(),
        say("توضیح کارشناس: {note}", note=shortened(" ".join(note.split()), _LONGEST_LINE))
        if note
        else Text(),
    )


def plan_made_anew() -> Text:
    """Above the plan of a correction that changes it."""
    return say("برنامه پرداخت دوباره محاسبه شد.")


def unchanged_question() -> Text:
    """Before a correction is sent in which nothing was changed."""
    return say("چیزی تغییر نکرده است؛ با این حال ارسال شود؟")


def to_declare(*, partly: bool = False) -> Text:
    """Before the declaration; of a case returned by field only some rows can be changed."""
    how = "برای تغییر سطرهای نیازمند اصلاح" if partly else "برای تغییر هر سطر"
    return lines(
        say("پاسخ‌ها را بخوانید. {how}، دکمه «{edit}» همان سطر را بزنید.", how=how, edit=buttons.EDIT),
        say("طبق بند ۴ توافق‌نامه خدمت، اطلاعات باید درست و کامل باشد."),
        say("اگر چنین است «{declare}» را بزنید.", declare=buttons.DECLARE),
    )


def to_send(send: str) -> Text:
    """Before sending what needs no declaration."""
    return lines(
        say("پاسخ‌ها را بخوانید. برای تغییر هر سطر، دکمه «{edit}» همان سطر را بزنید.", edit=buttons.EDIT),
        say("برای ثبت در اداره کل «{send}» را بزنید. این خدمت رایگان است.", send=send),
    )


def declared() -> Text:
    """After the declaration."""
    return lines(
        say("درستی و کامل بودن اطلاعات را تأیید کردید."),
        say("برای ثبت در اداره کل «{send}» را بزنید. این خدمت رایگان است.", send=buttons.SEND),
    )
