"""Complaints, comments, suggestions and fault reports, as whoever sends them reads it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.markup import RLM, Code, Link, Text, code_line, lines, paragraphs, say

TYPES: Final[dict[str, str]] = {
    "complaint": "شکایت",
    "comment": "نظر",
    "suggestion": "پیشنهاد",
    "fault": "گزارش اشکال",
}
"""By `domain.complaints.TYPES`."""

NOUNS: Final[dict[str, str]] = TYPES | {"suggestion": "پیشنهاد بهبود"}
"""The same in a sentence, where a suggestion must not be taken for the proposal of an agency."""

CATEGORIES: Final[dict[str, str]] = {
    "delay": "دیر شدن رسیدگی",
    "decision": "نتیجه رسیدگی",
    "conduct": "شیوه برخورد",
    "information": "اطلاع‌رسانی و راهنمایی",
    "code": "کد رهگیری یا رمز",
    "service": "کیفیت خدمت",
    "staff": "همکاران اداره کل",
    "bot": "همین سامانه",
    "forms": "فرم‌ها و پرسش‌ها",
    "process": "روند رسیدگی",
    "unavailable": "در دسترس نبودن سامانه",
    "message": "نرسیدن پیام",
    "form": "کار نکردن فرم",
    "other": "موضوع دیگر",
}

FIELDS: Final[dict[str, str]] = {
    "kind": "نوع",
    "category": "موضوع",
    "text": "متن",
    "case": "کد رهگیری پیشنهاد",
    "files": "پیوست‌ها",
    "behalf": "ثبت از طرف",
    "behalf_name": "نام آن شخص",
    "anonymous": "بدون نام",
    "reply": "پاسخ شما",
    "objection": "متن اعتراض",
}

STAGES: Final[dict[str, str]] = {
    "received": "دریافت شد",
    "in_hand": "در حال رسیدگی",
    "awaiting_reply": "در انتظار توضیح ثبت‌کننده",
    "answered": "پاسخ داده شد",
    "objected": "اعتراض دریافت شد",
    "closed": "پایان یافت",
    "escalated": "به مدیر ارجاع شد",
}
"""By the states of `domain.complaints`, and the step up to the directors."""

UNNAMED: Final = "شکایت و نظر"
_THING: Final = "نوشته"

Answers = Mapping[str, object]


def noun(answers: Answers) -> str:
    """What the form is about, in the middle of a sentence."""
    return NOUNS.get(str(answers.get("kind")), _THING)


def title(answers: Answers) -> str:
    """What a list of drafts calls it: «شکایت: دیر شدن رسیدگی»."""
    kind = NOUNS.get(str(answers.get("kind")))
    category = CATEGORIES.get(str(answers.get("category")))
    return f"{kind}: {category}" if kind and category else kind or UNNAMED


# The acknowledgement


def filed(kind: str, code: str, *, due: dt.date | None, link: str = "", passcode: str = "") -> Text:
    """At once after sending: the code, what happens next and by when; a passcode for an anonymous one.

    Args:
        kind: the type.
        code: the tracking code.
        due: the office's own day for the answer; None where it has set none.
        link: to the tracking, or empty.
        passcode: of an anonymous one; shown once.
    """
    secret = lines(
        say("رمز (فقط همین یک بار نشان داده می‌شود):"), say(RLM + "{secret}", secret=Code(passcode))
    )
    how = (
        lines(
            say("پاسخ فقط با این کد و رمز دیده می‌شود و پیامی برای شما فرستاده نمی‌شود."),
            say("هر زمان کد را همین‌جا بفرستید و سپس رمز را."),
        )
        if passcode
        else say("پاسخ در همین گفت‌وگو به شما اعلام می‌شود.")
    )
    return paragraphs(
        say("**{kind} شما ثبت شد.**", kind=NOUNS[kind]),
        lines(say("کد رهگیری:"), code_line(code)),
        secret if passcode else Text(),
        lines(
            say("**گام بعد:** کسی رسیدگی می‌کند که در آن موضوع نقشی نداشته است."),
            say("هدف اداره کل برای پاسخ: تا تاریخ {day}", day=due)
            if due
            else say("اداره کل در کوتاه‌ترین زمان ممکن پاسخ می‌دهد."),
        ),
        how,
        say("{link}", link=Link("پیوند پیگیری", link)) if link else Text(),
        say("این خدمت رایگان است."),
    )


def already_filed(code: str) -> Text:
    """A second press: the first succeeded."""
    return lines(say("این مورد پیش‌تر ثبت شده است و دوباره ثبت نشد."), say("کد رهگیری:"), code_line(code))


# Following it


def stage(
    code: str,
    now: str,
    steps: Sequence[tuple[str, dt.date]],
    *,
    due: dt.date | None,
    escalated: bool,
    by_passcode: bool,
) -> Text:
    """What anybody with the code sees: the stage and the dates, nothing of what was written.

    Args:
        code: the tracking code.
        now: the stage.
        steps: (stage, moment or day) in order.
        due: the office's own day for the answer, or None.
        escalated: whether it went up to the directors.
        by_passcode: whether the answer is still to be opened with a passcode.
    """
    return paragraphs(
        lines(say("**{stage}**", stage=STAGES[now]), say("کد رهگیری شکایت یا نظر:"), code_line(code)),
        lines(*(say("{step}: {when}", step=STAGES[name], when=when) for name, when in steps)),
        lines(
            say("این مورد به مدیر ارجاع شد.") if escalated else Text(),
            say("هدف اداره کل برای پاسخ: تا تاریخ {day}", day=due) if due else Text(),
            say("پاسخ را با رمزی که هنگام ثبت گرفتید می‌بینید.") if by_passcode else Text(),
        ),
    )


def unanswered(text: str) -> Text:
    """After the right passcode of an anonymous one that waits for its answer still: what was written."""
    return lines(
        say("رمز درست است؛ هنوز پاسخی ثبت نشده است."),
        say("**نوشته شما:** {text}", text=text),
    )


def said(rows: Sequence[tuple[str, str, dt.date]]) -> Text:
    """What was asked, replied, answered and objected: (action, text, moment or day) in order."""
    told = [
        lines(say("**{what}** ({when})", what=_SAID[action], when=when), say("{text}", text=text))
        for action, text, when in rows
    ]
    return paragraphs(*told)


_SAID: Final = {
    "ask": "پرسش اداره کل",
    "reply": "توضیح شما",
    "answer": "پاسخ اداره کل",
    "object": "اعتراض شما",
}


def satisfied_question() -> Text:
    """Under an answer that may be objected to."""
    return say("از این پاسخ راضی بودید؟")


def last_answer() -> Text:
    """Under the answer to an objection."""
    return say("این پاسخ نهایی است و رسیدگی پایان یافت.")


def answered(code: str, text: str, *, last: bool) -> Text:
    """The push of an answer."""
    return paragraphs(
        say("**به اعتراض شما پاسخ داده شد**" if last else "**پاسخ اداره کل رسید**"),
        lines(say("کد رهگیری:"), code_line(code)),
        say("{text}", text=text),
        last_answer() if last else satisfied_question(),
    )


def asked(code: str, text: str) -> Text:
    """The push of a question of the office."""
    return paragraphs(
        say("**اداره کل برای رسیدگی توضیح می‌خواهد**"),
        lines(say("کد رهگیری:"), code_line(code)),
        say("{text}", text=text),
        say("تا پاسخ شما، رسیدگی می‌ایستد. برای پاسخ «{reply}» را بزنید.", reply=buttons.REPLY),
    )


def resumed(code: str) -> Text:
    """The push when the office goes on without the reply."""
    return paragraphs(
        say("**رسیدگی بدون پاسخ شما ادامه یافت**"),
        lines(say("کد رهگیری:"), code_line(code)),
        say("تا اعلام نتیجه هنوز می‌توانید با «{reply}» توضیح دهید.", reply=buttons.REPLY),
    )


def in_hand(code: str) -> Text:
    """The push when somebody has taken it in hand."""
    return lines(say("**رسیدگی آغاز شد**"), say("کد رهگیری:"), code_line(code))


def replied() -> Text:
    """After the reply to a question."""
    return say("توضیح شما رسید و رسیدگی ادامه می‌یابد.")


def accepted() -> str:
    """The short answer to «راضی بودم»."""
    return "از شما سپاسگزاریم؛ رسیدگی پایان یافت."


def objected(due: dt.date | None) -> Text:
    """After an objection."""
    return lines(
        say("**اعتراض شما ثبت شد.**"),
        say("شخص دیگری به آن رسیدگی می‌کند و پاسخ او نهایی است."),
        say("هدف اداره کل برای پاسخ: تا تاریخ {day}", day=due) if due else Text(),
    )


def not_now() -> str:
    """The short answer to a press whose time has passed."""
    return "وضعیت این مورد تغییر کرده است؛ صفحه تازه را ببینید."


def several_wait() -> Text:
    """A label was typed, and several of this person wait for it: they are shown."""
    return say("چند مورد از شما در انتظار است؛ دکمه زیر همان مورد را بزنید.")


def none_waits() -> Text:
    """A label of an answer was typed, and nothing of this person waits for it."""
    return lines(
        say("اکنون پاسخی در انتظار نظر شما نیست."),
        say("کد رهگیری شکایت را بفرستید تا وضعیت آن را ببینید. نمونه: ۱۲۳۴ ۵۶۷۸ ۹۰۱۲"),
    )
