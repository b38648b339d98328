"""The card of a complaint, with what was said about it and the internal notes."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.complaint_desk import CAUSES, due_line
from messages_fa.complaints import CATEGORIES, NOUNS, STAGES
from messages_fa.markup import Text, code_line, lines, paragraphs, say


def card(
    kind: str,
    category: str,
    code: str,
    state: str,
    text: str,
    *,
    sender: str,
    behalf: str,
    anonymous: bool,
    case_code: str,
    typed_code: str,
    about_complaint: bool,
    files: int,
    filed_at: dt.date,
    due: dt.datetime | None,
    overdue: bool,
    escalated: bool,
    objected: bool,
    holder: str,
) -> Text:
    """The complaint itself."""
    who = "بدون نام" if anonymous else sender or "کاربر بدون نقش"
    return paragraphs(
        lines(
            say("**{kind}: {category}**", kind=NOUNS[kind], category=CATEGORIES[category]),
            say("کد رهگیری:"),
            code_line(code),
        ),
        lines(
            say("مرحله: {stage}", stage=STAGES[state]),
            say("نزد: {holder}", holder=holder) if holder else Text(),
            say("رسیدگی به اعتراض؛ پاسخ آن نهایی است.") if objected else Text(),
            say("به مدیر ارجاع شد.") if escalated else Text(),
            say("ثبت: {when}", when=filed_at),
            due_line(due, overdue=overdue),
        ),
        lines(
            say("ثبت‌کننده: {who}", who=who),
            say("از طرف: {behalf}", behalf=behalf) if behalf else Text(),
            say("پیوست: {count} پرونده", count=files) if files else Text(),
        ),
        _subject(case_code, typed_code, about_complaint=about_complaint),
        say("{text}", text=text),
    )


def _subject(case_code: str, typed_code: str, *, about_complaint: bool) -> Text:
    if case_code:
        return lines(say("درباره پیشنهاد با کد رهگیری:"), code_line(case_code))
    if about_complaint:
        return lines(say("درباره رسیدگی به شکایت با کد رهگیری:"), code_line(typed_code))
    if typed_code:
        return lines(say("کدی که نوشته شده است به پیشنهادی نمی‌رسد:"), code_line(typed_code))
    return Text()


def said(rows: Sequence[tuple[str, str, dt.date, str]]) -> Text:
    """What was asked, replied, answered and objected: (action, text, moment or day, cause) in order."""
    return paragraphs(*(one_said(*row) for row in rows))


def one_said(action: str, text: str, when: dt.date, cause: str) -> Text:
    """One of them: (action, text, moment or day, cause)."""
    return lines(
        say("**{what}** ({when})", what=_SAID[action], when=when),
        say("علت: {cause}", cause=CAUSES[cause]) if cause else Text(),
        say("{text}", text=text),
    )


_SAID: Final = {
    "ask": "پرسش از ثبت‌کننده",
    "reply": "توضیح ثبت‌کننده",
    "answer": "پاسخ",
    "object": "اعتراض",
}


def notes(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """The internal notes: (moment, author, text), the first first."""
    told = [
        say("{author} ({at}): {text}", author=author, at=at, text=" ".join(text.split()))
        for at, author, text in rows
    ]
    return lines(say("**یادداشت داخلی**"), *told) if told else Text()


def left_out() -> Text:
    """At the end of a card that holds no more."""
    return say(
        "همه نوشته‌ها در یک پیام جا نشده‌اند؛ برای دیدن همه «{whole}» را بزنید.", whole=buttons.FULL_TEXTS
    )


def attachment(place: int, code: str) -> Text:
    """The caption of a file."""
    return lines(say("پیوست {place} شکایت", place=place), code_line(code))
