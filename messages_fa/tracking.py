"""Tracking: what anybody with a code sees, and what a passcode opens for ten minutes."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.proposal import DebtorKind, Proposal
from messages_fa.markup import Code, Text, code_line, lines, ours, paragraphs, say
from messages_fa.names import DEBT_TYPES, KINDS, STAGES
from persian.dates import tehran_day
from persian.identifiers import mask_id

PASSCODE: Final = "رمز فرم"


def ask_code() -> Text:
    """The prompt of «پیگیری»."""
    return lines(
        say("کد رهگیری ۱۲ رقمی را بفرستید."),
        say("نمونه: ۱۲۳۴ ۵۶۷۸ ۹۰۱۲"),
    )


def stage(code: str, now: str, steps: Sequence[tuple[str, dt.datetime]], next_step: str) -> Text:
    """The public view of a case: stages with their moments and what comes next; nothing personal."""
    return paragraphs(
        lines(
            say("**{stage}**", stage=STAGES[now]),
            say("کد رهگیری:"),
            code_line(code),
        ),
        lines(*(say("{stage}: {when}", stage=STAGES[name], when=when) for name, when in steps)),
        say("گام بعد: {next}", next=_NEXT[next_step]),
    )


_NEXT = {
    "review_begins": "کارشناسان اداره کل بررسی را آغاز می‌کنند.",
    "office_decides": "اداره کل نتیجه را در کوتاه‌ترین زمان ممکن اعلام می‌کند.",
    "agency_corrects": "دستگاه اجرایی پیشنهاد را اصلاح و دوباره ارسال می‌کند.",
    "agency_is_told": "نتیجه به دستگاه اجرایی اعلام شده است؛ برای ادامه کار به همان دستگاه مراجعه کنید.",
    "nothing": "رسیدگی به درخواست دستگاه پایان یافته است.",
    "later_decision_holds": "تصمیم تازه‌تری جایگزین شده است؛ از دستگاه اجرایی بپرسید.",
}


def missed() -> Text:
    """The one answer to an unknown, malformed or throttled code, and to a wrong passcode."""
    return lines(
        say("با این مشخصات چیزی پیدا نشد."),
        say("کد رهگیری ۱۲ رقم و رمز ۸ نویسه است؛ آن را کپی کنید و دوباره بفرستید. نمونه کد: ۱۲۳۴ ۵۶۷۸ ۹۰۱۲"),
        say("پس از چند بار تلاش ناموفق، پاسخ‌گویی مدتی متوقف می‌شود."),
        say("کد یا رمز را ندارید؟ از دستگاهی که پیشنهاد را ثبت کرده است بپرسید."),
    )


def ask_passcode() -> Text:
    """The prompt for the form's passcode."""
    return lines(
        say("رمز ۸ حرفی این فرم را بفرستید."),
        say("نمونه: {sample}", sample=Code("7K3M9QXA")),
        say("پیام شما پس از خواندن پاک می‌شود."),
    )


def why_passcode() -> Text:
    """Why a passcode is asked for."""
    return say("جزئیات پیشنهاد محرمانه است؛ رمز نشان می‌دهد که دستگاه آن‌ها را به شما سپرده است.")


def details(code: str, agency: str, proposal: Proposal, plan: Text, until: dt.datetime) -> Text:
    """What the passcode opens: the content of the form, with identifiers masked."""
    natural = proposal.debtor_kind is DebtorKind.NATURAL
    identifier = (proposal.national_id if natural else proposal.legal_id) or ""
    return paragraphs(
        lines(say("**جزئیات پیشنهاد**"), say("کد رهگیری:"), code_line(code)),
        lines(
            say("دستگاه: {agency}", agency=agency),
            say("نوع پیشنهاد: {kind}", kind=KINDS[proposal.kind]),
            say("بدهکار: {name}", name=proposal.debtor_name),
            say("{label}: {id}", label="کد ملی" if natural else "شناسه ملی", id=ours(mask_id(identifier))),
            say("نوع بدهی: {debt}", debt=proposal.debt_type_other or DEBT_TYPES[proposal.debt_type]),
            say("مبلغ بدهی: {amount}", amount=proposal.amount),
            say("پایان دوره تنفس: {date}", date=proposal.grace_until) if proposal.grace_until else Text(),
        ),
        plan,
        say("این پیام در {until} پنهان می‌شود.", until=until),
    )


def form_closed(code: str) -> Text:
    """To the admins: too many wrong passcodes closed a form's details to everybody but its officer."""
    return lines(
        say("**رمز یک فرم بارها نادرست وارد شد**"),
        say("نمایش جزئیات این فرم تا بازگشایی بسته است. رمز همان می‌ماند."),
        say("کد رهگیری:"),
        code_line(code),
    )


def form_reopened(code: str) -> Text:
    """To the admin who opened it again."""
    return lines(say("نمایش جزئیات این فرم با رمز باز شد."), say("کد رهگیری:"), code_line(code))


def details_hidden() -> Text:
    """What remains of the details after ten minutes."""
    return say("زمان نمایش جزئیات پایان یافت. برای دیدن دوباره، کد رهگیری را بفرستید.")


def mine(rows: Sequence[tuple[str, str, str, dt.datetime]], page: int, pages: int) -> Text:
    """The officer's own cases: (code, debtor, public stage, filed at), newest first."""
    if not rows:
        return say("هنوز پیشنهادی ثبت نکرده‌اید. برای آغاز «ثبت پیشنهاد» را بزنید.")
    told = [
        lines(
            say("{n}. {debtor}: {stage}", n=n, debtor=debtor, stage=STAGES[stage]),
            code_line(code),
            say("تاریخ ثبت: {when}", when=tehran_day(when)),
        )
        for n, (code, debtor, stage, when) in enumerate(rows, 1)
    ]
    more = say("صفحه {page} از {pages}", page=page, pages=pages) if pages > 1 else Text()
    return paragraphs(say("**پیشنهادهای من**"), *told, more)
