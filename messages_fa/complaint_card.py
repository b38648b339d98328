"""The card of a complaint, with what was said about it and the internal notes."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from messages_fa.complaint_desk import CAUSES, due_line
from messages_fa.complaints import CATEGORIES, NOUNS, STAGES
from messages_fa.form import shortened
from messages_fa.markup import Text, code_line, lines, paragraphs, say

_QUOTED: Final = 700
_NOTE_SHOWN: Final = 300
"""Characters of a text, and of a note, on the card."""


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
    files: int,
    filed_at: dt.datetime,
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
        _case(case_code, typed_code),
        say("{text}", text=text),
    )


def _case(case_code: str, typed_code: str) -> Text:
    if case_code:
        return lines(say("درباره پیشنهاد با کد رهگیری:"), code_line(case_code))
    if typed_code:
        return lines(say("کدی که نوشته شده است به پیشنهادی نمی‌رسد:"), code_line(typed_code))
    return Text()


def said(rows: Sequence[tuple[str, str, dt.datetime, str]]) -> Text:
    """What was asked, replied, answered and objected: (action, text, moment, cause) in order."""
    told = [
        lines(
            say("**{what}** ({when})", what=_SAID[action], when=when),
            say("علت: {cause}", cause=CAUSES[cause]) if cause else Text(),
            say("{text}", text=shortened(text, _QUOTED)),
        )
        for action, text, when, cause in rows
    ]
    return paragraphs(*told)


_SAID: Final = {
    "ask": "پرسش از ثبت‌کننده",
    "reply": "توضیح ثبت‌کننده",
    "answer": "پاسخ",
    "object": "اعتراض",
}


def notes(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """The internal notes: (moment, author, text), the first first."""
    told = [
        say(
            "{author} ({at}): {text}",
            author=author,
            at=at,
            text=shortened(" ".join(text.split()), _NOTE_SHOWN),
        )
        for at, author, text in rows
    ]
    return lines(say("**یادداشت داخلی**"), *told) if told else Text()


def left_out() -> Text:
    """At the end of a card that holds no more."""
    return say("بخش قدیمی‌تر برای جا نشدن در یک پیام نیامده است.")


def attachment(place: int, code: str) -> Text:
    """The caption of a file."""
    return lines(say("پیوست {place} شکایت", place=place), code_line(code))
