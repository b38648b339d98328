"""The card of a case: everything that a reviewer or director needs, in one message."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.conditions import Finding
from domain.lifecycle import State
from domain.proposal import CREDITORS_WARNED_OF, DebtorKind, Proposal
from messages_fa.buttons import HISTORY
from messages_fa.form import shortened
from messages_fa.markup import RLM, Code, Text, code_line, lines, paragraphs, say, series
from messages_fa.names import (
    ACTIONS,
    CONDITIONS,
    CREDITOR_KINDS,
    DEBT_TYPES,
    FIELDS,
    KINDS,
    NOT_GIVEN,
    STATES,
)
from messages_fa.reasons import RETURN, titles
from messages_fa.targets import card as target
from persian.money import words

_LONGEST_REASON: Final = 400
_LONGEST_NOTE: Final = 250
_LONGEST_VALUE: Final = 60
_NOTES_SHOWN: Final = 3
_RETURNS_SHOWN: Final = 2
_CHANGES_SHOWN: Final = 8
"""A message holds 4,096 characters; «سابقه و یادداشت‌ها» tells all of it."""
_BEFORE_THE_DIFFERENCE: Final = 15

PENDING: Final = "تصمیم در انتظار اعلام"
DECIDED: Final = "تصمیم"
CHECKS: Final = "شرایط عمومی"
CHANGES: Final = "تغییرهای آخرین اصلاح"
RETURNS: Final = "بازگشت‌ها"
NOTES: Final = "یادداشت‌های داخلی"
"""The parts of a card below the case."""


def card(
    *,
    code: str,
    proposal: Proposal,
    plan: Text,
    agency: str,
    filer: str,
    state: State,
    holder: str,
    filed_at: dt.datetime,
    due: dt.datetime | None = None,
    overdue: bool = False,
) -> Text:
    """The case itself, and when the office's target for it is up, while it has one."""
    return paragraphs(
        lines(
            say("**{kind}، {state}**", kind=KINDS[proposal.kind], state=STATES[state]),
            say("کد رهگیری:"),
            code_line(code),
            say("دستگاه: {agency}", agency=agency),
            say("ثبت: {filer}، {when}", filer=filer, when=filed_at),
            say("نزد: {holder}", holder=holder) if holder else Text(),
            target(due, overdue=overdue),
        ),
        lines(
            say("**مقام مجاز:** {name}، {post}", name=proposal.official_name, post=proposal.official_post),
            say("نامه شماره {number} مورخ {date}", number=proposal.letter_number, date=proposal.letter_date),
        ),
        _debtor(proposal),
        _debt(proposal),
        plan,
        say("**دلیل پیشنهاد:** {reason}", reason=shortened(proposal.reason, _LONGEST_REASON))
        if proposal.reason
        else Text(),
    )


def _debtor(proposal: Proposal) -> Text:
    natural = proposal.debtor_kind is DebtorKind.NATURAL
    label = "کد ملی" if natural else "شناسه ملی"
    return lines(
        say("**بدهکار:** {name}", name=proposal.debtor_name),
        say("{label}: {id}", label=label, id=_fa(proposal.national_id or proposal.legal_id or "")),
        say("تلفن همراه: {mobile}", mobile=_fa(proposal.mobile)) if proposal.mobile else Text(),
    )


def _debt(proposal: Proposal) -> Text:
    warned = proposal.creditor_kind in CREDITORS_WARNED_OF
    return lines(
        say("**نوع بدهی:** {debt}", debt=proposal.debt_type_other or DEBT_TYPES[proposal.debt_type]),
        say("**مبلغ:** {amount}", amount=proposal.amount),
        say("به حروف: {words} ریال", words=words(proposal.amount)),
        say("پایان دوره تنفس: {date}", date=proposal.grace_until) if proposal.grace_until else Text(),
        say("طلبکار: {creditor}", creditor=CREDITOR_KINDS[proposal.creditor_kind]),
        say("توجه: ماده ۴۷ از وزارتخانه‌ها و مؤسسات دولتی نام می‌برد؛ شمول آن را بررسی کنید.")
        if warned
        else Text(),
        say("بدهی از جرم یا تخلف ناشی شده است؛ موافقت مانع تعقیب نیست.") if proposal.offence else Text(),
    )


def _fa(digits: str) -> Text:
    return say("{digits}", digits=Code(digits))


def returns(rows: Sequence[tuple[dt.datetime, tuple[str, ...], tuple[str, ...], str]]) -> Text:
    """The last returns: when, the marked fields, the reasons, the note."""
    told = []
    for when, fields, reasons, note in rows[-_RETURNS_SHOWN:]:
        marked = [FIELDS[name] for name in fields if name in FIELDS] or titles(RETURN, reasons)
        what = series(marked)
        told.append(say("بازگشت در {when}: {what}؛ {note}", when=when, what=what, note=_line(note)))
    more = len(rows) - len(told)
    return lines(*told, say("و {more} بازگشت پیش‌تر", more=more) if more else Text())


def left_out(parts: Sequence[str]) -> Text:
    """What found no room on the card, and where it is read."""
    if not parts:
        return Text()
    return say("در این کارت جا نشد: {parts}؛ «{all}» را بزنید.", parts=series(parts), all=HISTORY)


def changes(rows: Sequence[tuple[str, Text | None, Text | None]], left: Sequence[str] = ()) -> Text:
    """What the last correction changed: field, value before, value after; None is one not given.

    `left` are the fields that were to be corrected and came back as they were.
    """
    if not rows and not left:
        return Text()
    told = [_change(FIELDS.get(name, name), before, after) for name, before, after in rows[:_CHANGES_SHOWN]]
    more = len(rows) - len(told)
    hidden = say("و {more} تغییر دیگر", more=more) if more > 0 else Text()
    same = [say("{label}: تغییر نکرد", label=FIELDS[name]) for name in left]
    return lines(say("**تغییرهای آخرین اصلاح**"), *told, hidden, *same)


def _change(label: str, before: Text | None, after: Text | None) -> Text:
    """Both values, or where they are long the stretches in which they differ."""
    old, new = _given(before), _given(after)
    pairs = enumerate(zip(old, new, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))
    long = max(len(old), len(new)) > _LONGEST_VALUE
    start = max(0, same - _BEFORE_THE_DIFFERENCE) if long else 0
    return lines(
        say("{label}، پیش از اصلاح: {value}", label=label, value=_stretch(old, start)),
        say("{label}، پس از اصلاح: {value}", label=label, value=_stretch(new, start)),
    )


def _stretch(value: str, start: int) -> str:
    """A value from there on, on one line, cut when it is long."""
    return ("…" if start else "") + shortened(value[start:], _LONGEST_VALUE)


def _line(note: str) -> str:
    """A note on one line, cut when it is long."""
    return shortened(" ".join(note.split()), _LONGEST_NOTE)


def _given(value: Text | None) -> str:
    return " ".join((value.plain if value is not None else NOT_GIVEN).split())


def findings(rows: Sequence[Finding], *, legal: bool) -> Text:
    """What the machine sees of each general condition; the ticks stand on the buttons below."""
    told = [
        say(RLM + "{n}. {found}", n=n, found=_found(finding, legal=legal))
        for n, finding in enumerate(rows, 1)
    ]
    return lines(say("**شرایط عمومی، آنچه سامانه می‌بیند**"), *told)


def _found(finding: Finding, *, legal: bool) -> str:
    good, lacking = _FINDINGS[finding.code]
    if finding.code == "debtor_identity" and legal:
        good = good.replace("کد ملی", "شناسه ملی")
    return good if finding.ok else lacking


_FINDINGS: Final[dict[str, tuple[str, str]]] = {
    "authorised_official": (
        "مقام مجاز: نام، سمت و نامه آمده است",
        "مقام مجاز: نام، سمت یا شماره نامه نیامده است",
    ),
    "debtor_identity": ("کد ملی: قالب درست است", "بدهکار: شناسه نیامده است"),
    "debt_type": ("نوع بدهی: آمده است", "نوع بدهی: شرح نیامده است"),
    "amount": ("مبلغ: به ریال آمده است", "مبلغ: نیامده است"),
    "instalments": ("اقساط: جمع آن‌ها برابر مبلغ بدهی است", "اقساط: جمع آن‌ها برابر مبلغ بدهی نیست"),
    "deferral_date": ("مهلت: تاریخ پایان آمده است", "مهلت: تاریخ پایان نیامده است"),
}
"""By condition: what is told of one in order, and of one that is not. Form only, never the truth of it."""


def condition(number: int, code: str) -> str:
    """A general condition with its number, by which it can also be typed."""
    return say("{n}. {name}", n=number, name=CONDITIONS[code]).plain


def ticked_by(name: str, when: dt.datetime) -> Text:
    """To a director: whose ticks the agreement rests on."""
    return say("شرایط عمومی را {name} در {when} تأیید کرد.", name=name, when=when)


def decided(action: str, by: str, when: dt.datetime, what: Text) -> Text:
    """Of a decision that is known outside: who made it, when, and what it told."""
    return lines(say("**تصمیم:** {action}، {by}، {when}", action=ACTIONS[action], by=by, when=when), what)


def pending(action: str, by: str, due: dt.datetime, what: Text) -> Text:
    """A decision that is not published yet, with what will be told (made by `messages_fa.decision`)."""
    return lines(
        say("**در انتظار اعلام: {action}**", action=ACTIONS[action]),
        say("تصمیم {by} در {due} اعلام می‌شود و تا آن زمان پس‌گرفتنی است.", by=by, due=due),
        what,
    )


def notes(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """The last internal notes: when, who, what."""
    if not rows:
        return Text()
    told = [
        say("{who}، {when}: {note}", who=who, when=when, note=_line(note))
        for when, who, note in rows[-_NOTES_SHOWN:]
    ]
    hidden = len(rows) - len(told)
    more = say("و {hidden} یادداشت پیش‌تر", hidden=hidden) if hidden else Text()
    return lines(say("**یادداشت داخلی**"), *told, more)
