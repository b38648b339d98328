"""The officer's day beyond the form: withdrawal, the same debt twice, drafts that expire, lost codes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.form import shortened
from messages_fa.markup import RLM, Text, code_line, lines, paragraphs, say, series
from messages_fa.names import STAGES
from messages_fa.reasons import WITHDRAWAL, worded
from persian.dates import tehran_day

Answers = Mapping[str, object]

_TITLE: Final = 80
_LONGEST: Final = 400

WHY_TWICE: Final = "دلیل ثبت دوباره"
"""The part of a card that tells why the same debt was proposed again."""


# Withdrawal


def ask_withdrawal(_answers: Answers) -> Text:
    """Why a proposal is withdrawn."""
    return lines(
        say("**چرا از این پیشنهاد انصراف می‌دهید؟**"),
        say("دلیل در پرونده می‌ماند و اداره کل آن را می‌بیند."),
    )


def ask_withdrawal_note(answers: Answers) -> Text:
    """The reason in own words, where none of the list fits; else what else there is to say."""
    other = str(answers.get("reason", "")).startswith("other")
    return say(
        "**دلیل انصراف را بنویسید.**" if other else "**اگر توضیحی دارید، بنویسید؛ وگرنه «رد کردن» را بزنید.**"
    )


def sure_to_withdraw(answers: Answers) -> Text:
    """Before a proposal is withdrawn: what it brings about."""
    return lines(
        say("**انصراف از پیشنهاد ثبت شود؟**"),
        *_why(str(answers.get("reason", "")), str(answers.get("note") or "")),
        say("پیشنهاد از نوبت بررسی بیرون می‌رود و این انصراف برنمی‌گردد."),
        say("برای همین بدهی می‌توانید بعداً پیشنهاد تازه‌ای ثبت کنید."),
    )


def withdrawn(code: str, debtor: str, reason: str, note: str) -> Text:
    """The receipt of a withdrawal: what happened, and where the proposal is to be found."""
    return paragraphs(
        lines(
            say("**انصراف شما از پیشنهاد ثبت شد.**"),
            say("پیشنهاد مربوط به {debtor}", debtor=debtor),
            say("کد رهگیری:"),
            code_line(code),
        ),
        lines(*_why(reason, note)),
        lines(
            say("پیشنهاد از نوبت بررسی بیرون رفت و رسیدگی پایان یافت."),
            say("متن پیشنهاد و روند آن در «{mine}» می‌ماند.", mine=buttons.MINE),
        ),
    )


def withdrawn_from_desk(code: str) -> Text:
    """To the reviewer who held it."""
    return lines(
        say("**دستگاه از پیشنهاد انصراف داد**"),
        say("پرونده‌ای که نزد شما بود دیگر رسیدگی نمی‌خواهد."),
        say("کد رهگیری:"),
        code_line(code),
    )


def why_withdrawn(reasons: Sequence[str], note: str) -> Text:
    """On the card of a withdrawn case."""
    return lines(*_why(reasons[0] if reasons else "", note))


def _why(reason: str, note: str) -> list[Text]:
    said, rest = worded(WITHDRAWAL, [reason] if reason else [], shortened(note, _LONGEST))
    told = [say("دلیل انصراف: {reason}", reason=each) for each in said]
    return [*told, say("توضیح: {note}", note=rest)] if rest else told


def not_withdrawn() -> Text:
    """The proposal was decided or withdrawn meanwhile."""
    return say("انصراف ثبت نشد: وضعیت این پیشنهاد در این میان تغییر کرده است.")


# The same debt twice


def twice(cases: Sequence[tuple[str, str]], *, elsewhere: bool) -> Text:
    """Before the summary: the same debt is being dealt with.

    Args:
        cases: code and public stage of those of the own agency.
        elsewhere: whether another agency has one; nothing else of it is told.
    """
    told = [
        lines(say(RLM + "{n}. {stage}", n=n, stage=STAGES[stage]), code_line(code))
        for n, (code, stage) in enumerate(cases, 1)
    ]
    return paragraphs(
        say("**برای همین بدهی پیشنهاد دیگری در جریان است**"),
        say("بدهکار، نوع و مبلغ بدهی یکی است."),
        paragraphs(say("در دستگاه شما:"), *told) if told else Text(),
        say("در دستگاه دیگری نیز پیشنهادی برای آن در دست رسیدگی است.") if elsewhere else Text(),
        lines(
            say("اگر همان است، دوباره ثبت نکنید؛ پیش‌نویس شما نگه داشته می‌شود.") if told else Text(),
            say("اگر پیشنهاد جداگانه‌ای است، دلیل را بنویسید؛ کارشناس بررسی آن را می‌بیند."),
            say("اگر پاسخی نادرست است، «{back}» را بزنید و آن را اصلاح کنید.", back=buttons.BACK),
        ),
    )


def ask_why_twice(_answers: Answers) -> Text:
    """Why the same debt is proposed again."""
    return lines(
        say("**چرا برای همین بدهی پیشنهاد دیگری ثبت می‌کنید؟**"),
        say("کارشناس بررسی این دلیل را در پرونده می‌بیند."),
    )


def noted_twice() -> Text:
    """The reason is kept; the summary follows."""
    return say("دلیل ثبت دوباره نگه داشته شد و با پیشنهاد فرستاده می‌شود.")


def other_ended() -> Text:
    """The case that the same debt had beside this draft is not dealt with any more; the summary follows."""
    return lines(
        say("پیشنهاد دیگری که برای همین بدهی در جریان بود در این میان پایان یافت."),
        say("دلیلی لازم نیست؛ می‌توانید همین پیشنهاد را ارسال کنید."),
    )


def copied(debtor: str, labels: Sequence[str]) -> Text:
    """Before a proposal that takes answers over: from which, and which."""
    return lines(
        say("از پیشنهاد مربوط به {debtor} برداشته شد: {labels}.", debtor=debtor, labels=series(labels)),
        say("بدهکار، نامه و مبلغ را خودتان بنویسید."),
    )


def goes_on_there(title: str) -> Text:
    """The form was left for the case that is dealt with already."""
    return say(
        "پیشنهادی ثبت نشد. پیش‌نویس «{title}» در «{drafts}» می‌ماند.",
        title=shortened(title, _TITLE),
        drafts=buttons.DRAFTS,
    )


def filed_twice(reason: str, codes: Sequence[str]) -> Text:
    """On the card: why the same debt was proposed again, and the other cases."""
    return lines(
        say("**{title}:** {reason}", title=WHY_TWICE, reason=shortened(" ".join(reason.split()), _LONGEST)),
        say("پرونده دیگر همین بدهی:") if codes else Text(),
        *(code_line(code) for code in codes),
    )


# Answers of the last filing


def same(label: str) -> str:
    """The button that gives the answer of the last filing: «همان: زهرا احمدی»."""
    return f"{buttons.SAME}: {shortened(label, 36)}"


# Drafts that expire


def draft_until(day: dt.datetime) -> Text:
    """In the list of drafts: when this one expires."""
    return say("مهلت پیش‌نویس: تا {day}", day=tehran_day(day))


def nudge(title: str, where: Text, until: dt.datetime) -> Text:
    """The one word before a draft expires."""
    return lines(
        say("**پیش‌نویس شما تا {day} نگه داشته می‌شود**", day=tehran_day(until)),
        say("پیش‌نویس: {title}", title=shortened(title, _TITLE)),
        where,
        say("تا آن روز ادامه دهید؛ پس از آن بسته می‌شود و یک دوره دیگر می‌توانید آن را بازگردانید."),
    )


def expired(title: str, until: dt.datetime) -> Text:
    """A draft was closed."""
    return lines(
        say("**مهلت پیش‌نویس شما پایان یافت و بسته شد**"),
        say("پیش‌نویس: {title}", title=shortened(title, _TITLE)),
        say("تا {day} با «{label}» برمی‌گردد؛ سپس پاک می‌شود.", day=tehran_day(until), label=buttons.RESTORE),
    )


def expired_list(rows: Sequence[tuple[str, dt.datetime | None]]) -> Text:
    """Below the list of drafts: those that were closed, each with the day until which it can be restored."""
    told = [
        lines(
            say(RLM + "{n}. {title}", n=n, title=shortened(title, _TITLE)),
            say("تا {day} برمی‌گردد", day=tehran_day(until)) if until else say("هر زمان برمی‌گردد"),
        )
        for n, (title, until) in enumerate(rows, 1)
    ]
    return paragraphs(say("**پیش‌نویس‌های بسته‌شده**"), *told)


def restored(title: str) -> Text:
    """A closed draft is a draft again."""
    return say("پیش‌نویس «{title}» بازگشت.", title=shortened(title, _TITLE))


# Codes


def lost_code() -> Text:
    """«کد را گم کرده‌ام», to whoever has no list of own codes; nothing is said of any code."""
    return paragraphs(
        say("**کد رهگیری را چگونه پیدا کنید**"),
        lines(
            say("رسید ثبت پیشنهاد را ببینید؛ کد ۱۲ رقمی در آن است."),
            say("اگر رسید را ندارید، از کارشناس دستگاهی که پیشنهاد را ثبت کرده است بپرسید."),
            say("آن کارشناس کد همه پیشنهادهای خود را در همین ربات، در «{mine}»، می‌بیند.", mine=buttons.MINE),
        ),
        say("این‌جا کدی با نام یا کد ملی جست‌وجو نمی‌شود؛ این برای محرمانگی است."),
    )


def office_contact(contact: str) -> Text:
    """Whom else to ask; nothing while the office has set nothing."""
    return say("تماس با اداره: {contact}", contact=contact) if contact else Text()


def follows(rows: Sequence[tuple[str, str]]) -> Text:
    """«کدهایی که دنبال می‌کنم»: (code, public stage)."""
    if not rows:
        return say("کدی را دنبال نمی‌کنید. کد رهگیری را بفرستید و «{follow}» را بزنید.", follow=buttons.FOLLOW)
    told = [
        lines(say(RLM + "{n}. {stage}", n=n, stage=STAGES[stage]), code_line(code))
        for n, (code, stage) in enumerate(rows, 1)
    ]
    return paragraphs(
        say("**کدهایی که دنبال می‌کنم**"),
        *told,
        say("هر تغییر مرحله همین‌جا خبر داده می‌شود؛ جزئیات نه."),
    )


def unfollow_row(number: int) -> str:
    """The button that ends the following of one code: «پایان ۲»."""
    return say("پایان {n}", n=number).plain


def words_back(title: str, written: Sequence[str]) -> Text:
    """What was written in a small form that came to nothing: it stays in the chat, to be used again."""
    return lines(
        say("«{title}» ثبت نشد. نوشته شما اینجاست تا بتوانید دوباره به کار برید:", title=title),
        *(say("{words}", words=words) for words in written),
    )


def closed_meanwhile(title: str) -> Text:
    """Something was typed into a draft that has expired."""
    return lines(
        say("پیش‌نویس «{title}» در این میان بسته شد و این پیام در آن نوشته نشد.", title=title),
        say("پیام شما در گفت‌وگو مانده است؛ پس از «{back}» دوباره بفرستیدش.", back=buttons.RESTORE),
    )


def locked_meanwhile(title: str) -> Text:
    """Something was typed into a draft that waits for the official."""
    return lines(
        say("پیش‌نویس «{title}» در انتظار تأیید مقام مجاز است و این پیام در آن نوشته نشد.", title=title),
        say("برای تغییر، نخست «{take}» را بزنید.", take=buttons.TAKE_BACK_DRAFT),
    )
