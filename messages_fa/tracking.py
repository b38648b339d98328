"""Tracking: what anybody with a code sees, and what a passcode opens for ten minutes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.proposal import DebtorKind, Proposal
from messages_fa.general import page as which_page
from messages_fa.markup import RLM, Text, code_line, lines, ours, paragraphs, say, show
from messages_fa.names import DEBT_TYPES, KINDS, STAGES, STEPS, UNNAMED
from messages_fa.review import short_amount
from persian.dates import tehran_day
from persian.identifiers import mask_id

PASSCODE: Final = "رمز فرم"


def ask_code(followed: Sequence[tuple[str, str]] = (), *, files: bool = False) -> Text:
    """The prompt of «پیگیری».

    Args:
        followed: (code, public stage) of what this chat follows.
        files: whether this is an officer, who has a list of the own codes.
    """
    told = [
        lines(say(RLM + "{n}. {stage}", n=n, stage=STAGES[stage]), code_line(code))
        for n, (code, stage) in enumerate(followed, 1)
    ]
    return paragraphs(
        lines(
            say("کد رهگیری ۱۲ رقمی را بفرستید."),
            say("نمونه: ۱۲۳۴ ۵۶۷۸ ۹۰۱۲"),
            say(_LOST_BY_OFFICER if files else _LOST),
        ),
        paragraphs(say("**کدهایی که پیگیری می‌کنید**"), *told) if told else Text(),
    )


_LOST = "کد را ندارید؟ از دستگاهی که پیشنهاد را ثبت کرده است بپرسید."
_LOST_BY_OFFICER = "کد را ندارید؟ کد همه پیشنهادهایی که ثبت کرده‌اید در «پیشنهادهای من» است."


def stage(
    code: str,
    now: str,
    steps: Sequence[tuple[str, dt.datetime]],
    next_step: str,
    *,
    target: dt.date | None = None,
    standing: Text | None = None,
    drawn_at: dt.datetime | None = None,
    own: bool = False,
) -> Text:
    """The public view of a case: its steps with their moments and what comes next; nothing personal.

    Args:
        code: the tracking code.
        now: the public stage.
        steps: the timeline.
        next_step: what comes next, by its code.
        target: the office's own day for a decision, where it has set one.
        standing: a word about following, or None.
        drawn_at: when this view was drawn.
        own: whether the agency that filed it reads this: then what comes next is said to it.
    """
    return paragraphs(
        lines(
            say("**{stage}**", stage=STAGES[now]),
            say("کد رهگیری:"),
            code_line(code),
        ),
        lines(*(say("{step}: {when}", step=STEPS[name], when=when) for name, when in steps)),
        lines(
            say("گام بعد: {next}", next=(_NEXT | _NEXT_OF_AGENCY if own else _NEXT)[next_step]),
            say("هدف اداره کل برای اعلام نتیجه: تا {day}", day=target) if target else Text(),
        ),
        standing or Text(),
        say("این وضعیت در {when} گرفته شد.", when=drawn_at) if drawn_at else Text(),
    )


def following() -> Text:
    """On the view of a chat that follows the code."""
    return say("این کد را پیگیری می‌کنید؛ هر تغییر مرحله همین‌جا خبر داده می‌شود.")


def followers(count: int) -> Text:
    """On the filer's own view: how many others follow the code, or nothing."""
    if not count:
        return Text()
    return say("این کد را {n} گفت‌وگوی دیگر پیگیری می‌کند و فقط مرحله را می‌بیند.", n=count)


def news(code: str, step: str, when: dt.datetime) -> Text:
    """A push to a follower: the stage, and nothing else."""
    return lines(
        say("**{step}**", step=STEPS[step]),
        say("کد رهگیری:"),
        code_line(code),
        say("زمان: {when}", when=when),
    )


def follow_ended() -> str:
    """The short answer to «پایان پیگیری»."""
    return "پیگیری این کد پایان یافت."


def following_was_ended(code: str) -> Text:
    """To a follower whose following the filer has ended."""
    return lines(
        say("دستگاهی که پیشنهاد را ثبت کرده است پیگیری این کد را پایان داد."),
        code_line(code),
        say("هر زمان با فرستادن کد، مرحله رسیدگی را می‌بینید."),
    )


def following_ended(count: int) -> str:
    """The short answer to the filer who ended it for the others."""
    return f"پیگیری {show(count)} گفت‌وگوی دیگر پایان یافت."


def too_many(why: str, limit: int) -> str:
    """Why no further code can be followed, and what to do; a technical bound, as the words say."""
    if why == "by_chat":
        return f"هر گفت‌وگو حداکثر {show(limit)} کد را پیگیری می‌کند. نخست پیگیری یکی را پایان دهید."
    return "شمار پیگیری‌های این کد به حد فنی رسیده است. هر زمان با فرستادن کد، مرحله را می‌بینید."


def caught_up(
    changes: Sequence[tuple[str, str, dt.datetime]],
    more: int,
    waiting: int | None,
    words: Sequence[tuple[str, str]] = (),
) -> Text:
    """What was missed while no message arrived.

    Args:
        changes: (code, step, moment) in order.
        more: how many further changes there are.
        waiting: how many cases wait for this person; None for nobody of the desk.
        words: what else was not heard: (kind, code or empty).
    """
    told = [
        lines(say(RLM + "{n}. {step}، {when}", n=n, step=STEPS[step], when=when), code_line(code))
        for n, (code, step, when) in enumerate(changes, 1)
    ]
    return paragraphs(
        say("**خبرهایی که به شما نرسیده بود**"),
        *told,
        say("و {n} مورد دیگر", n=more) if more else Text(),
        *(lines(say(_WORDS[kind]), code_line(code) if code else Text()) for kind, code in words),
        say("اکنون {n} پیشنهاد در «کارتابل» منتظر شماست.", n=waiting) if waiting is not None else Text(),
    )


_WORDS: Final = {
    "target": "خبری درباره زمان هدف این پیشنهاد داشتید؛ وضعیت کنونی را با همین کد ببینید.",
    "upheld": "بازنگری انجام شد و تصمیم پیشین تأیید شد؛ توضیح آن در «پیشنهادهای من» است.",
    "cosign": "پیشنهاد شما با تأیید مقام مجاز ثبت شد؛ رمز آن را از «پیشنهادهای من» دوباره بخواهید.",
    "draft": "خبری درباره پیش‌نویس‌های شما بود؛ «پیش‌نویس‌ها» را ببینید.",
    "data": "پاسخی به درخواست شما درباره داده‌هایتان داده شد؛ «داده‌های من» و سپس «دریافت داده‌ها» را بزنید.",
    "staff": "خبری درباره نقش یا جانشینی شما بود؛ «داده‌های من» و سپس «دریافت داده‌ها» سابقه آن را نشان می‌دهد.",
    "cut": "این گفت‌وگو از حساب شما در این سامانه جدا شده است؛ اگر شما نخواسته‌اید، به مدیر سامانه خبر دهید.",
}
"""By the kinds of `services.missed.Word`."""

_NEXT = {
    "review_begins": "کارشناسان اداره کل بررسی را آغاز می‌کنند.",
    "office_decides": "اداره کل نتیجه را در کوتاه‌ترین زمان ممکن اعلام می‌کند.",
    "agency_corrects": "دستگاه اجرایی پیشنهاد را اصلاح و دوباره ارسال می‌کند.",
    "agency_is_told": "نتیجه به دستگاه اجرایی اعلام شده است؛ برای ادامه کار به همان دستگاه مراجعه کنید.",
    "nothing": "رسیدگی به درخواست دستگاه پایان یافته است.",
    "later_decision_holds": "تصمیم تازه‌تری جایگزین شده است؛ از دستگاه اجرایی بپرسید.",
}
_NEXT_OF_AGENCY = {
    "agency_corrects": "پیشنهاد را با «اصلاح پیشنهاد» اصلاح و دوباره ارسال کنید.",
    "agency_is_told": "نتیجه به شما اعلام شده است؛ آن را به بدهکار برسانید.",
    "nothing": "رسیدگی به درخواست شما پایان یافته است.",
    "later_decision_holds": "تصمیم تازه‌تری جایگزین این تصمیم شده است.",
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
        say("رمز ۸ نویسه‌ای این فرم را بفرستید."),
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


FILTERS: Final[dict[str, str]] = {
    "all": "همه",
    "returned": STAGES["returned"],
    "open": "در حال رسیدگی",
    "closed": "پایان‌یافته",
}
"""Which of the own cases are listed, by the code of the filter."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the own list.

    Attributes:
        stage: the public one.
        proposal: None where its content is not to be shown to this person any more.
    """

    number: int
    code: str
    stage: str
    filed_at: dt.datetime
    proposal: Proposal | None


def mine(rows: Sequence[Listed], page: int, pages: int, *, chosen: str, counts: Mapping[str, int]) -> Text:
    """The officer's own cases, newest first.

    Args:
        rows: of this page.
        page: which, from 1.
        pages: how many.
        chosen: the code of the filter.
        counts: how many cases each filter has.
    """
    if not counts["all"]:
        return say("هنوز پیشنهادی ثبت نکرده‌اید. برای آغاز «ثبت پیشنهاد» را بزنید.")
    told = [say("{label}: {n}", label=FILTERS[code], n=count) for code, count in counts.items() if count]
    shown = say("**فقط {label}**", label=FILTERS[chosen]) if chosen != "all" else Text()
    return paragraphs(say("**پیشنهادهای من**"), lines(*told), shown, *_listed(rows), which_page(page, pages))


def found(words: str, rows: Sequence[Listed], total: int, page: int, pages: int) -> Text:
    """What a search in the own cases has found."""
    if not rows:
        return lines(
            say("برای «{words}» در پیشنهادهای شما چیزی پیدا نشد.", words=words),
            say(_SEARCHED_BY),
            say(_SEARCHES),
        )
    return paragraphs(
        say("**نتیجه جست‌وجوی «{words}»: {n} پیشنهاد**", words=words, n=total),
        *_listed(rows),
        which_page(page, pages),
    )


def ask_search() -> Text:
    """The question of «جست‌وجو»."""
    return lines(say("**چه چیزی را جست‌وجو می‌کنید؟**"), say(_SEARCHED_BY), say(_SEARCHES))


_SEARCHED_BY = "نام بدهکار یا دست‌کم ۳ حرف نخست آن، کد رهگیری یا شماره نامه را بنویسید."
_SEARCHES = "نمونه: رضا کریمی یا ۱۲۳/۴۵/ص"


def _listed(rows: Sequence[Listed]) -> list[Text]:
    return [
        lines(
            say(
                RLM + "{n}. {debtor}: {stage}",
                n=row.number,
                debtor=row.proposal.debtor_name if row.proposal else UNNAMED,
                stage=STAGES[row.stage],
            ),
            code_line(row.code),
            _told_apart(row.proposal) if row.proposal else Text(),
            say("تاریخ ثبت: {when}", when=tehran_day(row.filed_at)),
        )
        for row in rows
    ]


def _told_apart(proposal: Proposal) -> Text:
    """What tells cases of one debtor apart."""
    return say(
        "{amount}، نامه شماره {letter}",
        amount=short_amount(proposal.amount),
        letter=proposal.letter_number,
    )
