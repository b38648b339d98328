"""What reviewers see: the prompt, the queue, the card with its checklist."""

import datetime as dt
from collections.abc import Collection, Sequence

from domain.conditions import Finding
from domain.lifecycle import State
from domain.proposal import CREDITORS_WARNED_OF, DebtorKind, Proposal
from messages_fa.form import file_named
from messages_fa.markup import Code, Text, code_line, lines, paragraphs, say
from messages_fa.names import CONDITIONS, CREDITOR_KINDS, DEBT_TYPES, KINDS, RETURN_REASONS, STATES
from persian.dates import tehran_day
from persian.money import words


def prompt(code: str, agency: str, kind: str, *, corrected: bool) -> Text:
    """A new (or corrected) proposal has come in."""
    title = "**پیشنهاد اصلاح‌شده رسید**" if corrected else "**پیشنهاد تازه رسید**"
    return lines(
        say(title),
        say("نوع: {kind}", kind=KINDS[kind]),
        say("دستگاه: {agency}", agency=agency),
        say("کد رهگیری:"),
        code_line(code),
    )


def prompt_status(code: str, state: State, holder: str) -> Text:
    """What a prompt turns into once somebody has taken the case or decided it."""
    return lines(
        say("**{state}**", state=STATES[state]),
        say("نزد: {holder}", holder=holder) if holder else Text(),
        say("کد رهگیری:"),
        code_line(code),
    )


def queue(rows: Sequence[tuple[str, str, State, str, dt.datetime]], total: int, mine: int) -> Text:
    """The queue: (code, agency, state, holder, filed at), the oldest first."""
    if not rows:
        return say("کارتابل خالی است؛ پیشنهادی در انتظار بررسی نیست.")
    told = [
        say(
            "{n}. {agency}، {state}{holder}، ثبت {when}",
            n=n,
            agency=agency,
            state=STATES[state],
            holder=say("، نزد {name}", name=holder) if holder else "",
            when=tehran_day(when),
        )
        for n, (_code, agency, state, holder, when) in enumerate(rows, 1)
    ]
    return paragraphs(
        say("**کارتابل**"),
        say("در انتظار: {total}، نزد شما: {mine}", total=total, mine=mine),
        lines(*told),
        say("برای دیدن پرونده، شماره آن را بزنید."),
    )


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
    corrections: Sequence[tuple[dt.datetime, tuple[str, ...], str]],
) -> Text:
    """The whole case as the reviewer needs it."""
    return paragraphs(
        lines(
            say("**{kind}، {state}**", kind=KINDS[proposal.kind], state=STATES[state]),
            say("کد رهگیری:"),
            code_line(code),
            say("دستگاه: {agency}", agency=agency),
            say("ثبت: {filer}، {when}", filer=filer, when=filed_at),
            say("نزد: {holder}", holder=holder) if holder else Text(),
        ),
        lines(
            say("**مقام مجاز:** {name}، {post}", name=proposal.official_name, post=proposal.official_post),
            say("نامه شماره {number} مورخ {date}", number=proposal.letter_number, date=proposal.letter_date),
        ),
        _debtor(proposal),
        _debt(proposal),
        plan,
        say("**دلیل پیشنهاد:** {reason}", reason=_short(proposal.reason)) if proposal.reason else Text(),
        *(_correction(*row) for row in corrections[-2:]),
    )


def _debtor(proposal: Proposal) -> Text:
    natural = proposal.debtor_kind is DebtorKind.NATURAL
    label = "کد ملی" if natural else "شناسه ملی"
    return lines(
        say("**بدهکار:** {name}", name=proposal.debtor_name),
        say(
            "{label} (قالب درست است): {id}",
            label=label,
            id=_fa(proposal.national_id or proposal.legal_id or ""),
        ),
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


def _correction(when: dt.datetime, reasons: tuple[str, ...], note: str) -> Text:
    told = "، ".join(RETURN_REASONS[code] for code in reasons)
    return say("بازگشت در {when}: {reasons}؛ {note}", when=when, reasons=told, note=_short(note))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PROSE else text[:_LONGEST_PROSE] + "…"


_LONGEST_PROSE = 600


def _fa(digits: str) -> Text:
    return say("{digits}", digits=Code(digits))


def checklist(findings: Sequence[Finding], ticks: Collection[str]) -> Text:
    """The general conditions with what the machine found and what this person has ticked."""
    told = [
        say(
            "{n}. {name}: {tick}{found}",
            n=n,
            name=CONDITIONS[finding.code],
            tick="تأیید شد" if finding.code in ticks else "در انتظار تأیید شما",
            found="" if finding.ok else " (سامانه کاستی می‌بیند)",
        )
        for n, finding in enumerate(findings, 1)
    ]
    told.append(say("پس از تأیید همه شرایط، دکمه «موافقت» نشان داده می‌شود."))
    return lines(say("**شرایط عمومی**"), *told)


def condition(number: int, code: str) -> str:
    """A general condition with its number, by which it can also be typed."""
    return say("{n}. {name}", n=number, name=CONDITIONS[code]).plain


def tick_first() -> str:
    """The callback answer to «موافقت» while conditions are open."""
    return "نخست پرونده را بردارید و همه شرایط عمومی را تأیید کنید."


def taken(holder: str) -> str:
    """The callback answer to the one who came second."""
    return f"این پرونده را {holder} پیش از شما برداشته است."


def changed() -> str:
    """The callback answer when the case has moved on since the card was drawn."""
    return "پرونده در این میان تغییر کرده است؛ وضعیت کنونی نشان داده شد."


def not_yours(why: str) -> str:
    """The callback answer to an act that the rules forbid this person."""
    return _NOT_YOURS.get(why, "این کار در اختیار شما نیست.")


_NOT_YOURS = {
    "not_holder": "این پرونده نزد شما نیست؛ نخست آن را بردارید.",
    "filed_by_you": "پرونده را خود شما ثبت کرده‌اید؛ دیگری باید درباره آن تصمیم بگیرد.",
    "first_signature_yours": "امضای نخست از شماست؛ امضای دوم با شخص دیگری است.",
    "admin_never_decides": "مدیر سامانه درباره پیشنهادها تصمیم نمی‌گیرد.",
    "not_filer": "فقط ثبت‌کننده پیشنهاد این کار را می‌تواند.",
}


def decided(state: State) -> Text:
    """A word to the reviewer after the act."""
    return say("ثبت شد: {state}. نتیجه به دستگاه اعلام می‌شود.", state=STATES[state])


def attachments(count: int) -> Text:
    """What is about to be sent under «پیوست‌ها»."""
    return say("پیوست‌ها ارسال می‌شود. تعداد: {n}", n=count)


def attachment(number: int, name: str, code: str) -> Text:
    """The caption of a file, which names it: the file itself travels under an ASCII name.

    Number 0 is the scan of the authorised official's letter.
    """
    title = say("تصویر نامه امضاشده: ") if number == 0 else say("پیوست {n}: ", n=number)
    return lines(title + file_named(name), say("کد رهگیری:"), code_line(code))
