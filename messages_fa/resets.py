"""Forgotten secrets «بازیابی رمز»: what the owner reads, and what the admins read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from messages_fa import buttons
from messages_fa.markup import RLM, Code, Text, code_line, lines, paragraphs, say
from messages_fa.names import PLATFORMS

# The owner


def how(*, officer: bool, staff: bool) -> Text:
    """«رمز را فراموش کرده‌ام», pressed or typed where it is not known which one is meant."""
    return paragraphs(
        say("**بازیابی رمز**"),
        lines(
            say(
                "رمز یک پیشنهاد: آن را در «{mine}» باز کنید و «{label}» را بزنید.",
                mine=buttons.MINE,
                label=buttons.FORGOTTEN,
            )
            if officer
            else say("رمز هر پیشنهاد را فقط کارشناسی که آن را ثبت کرده است بازیابی می‌کند؛ از دستگاه بپرسید."),
            say(
                "رمز پیشنهاد همکاری که رفته است: کد رهگیری آن را بنویسید و «{label}» را بزنید.",
                label=buttons.DETAILS,
            )
            if officer
            else Text(),
            say("رمز امضای خود شما: «{label}» را بزنید.", label=buttons.FACTOR) if staff else Text(),
        ),
    )


def asked(code: str, *, new: bool, due: dt.datetime | None, issued: bool) -> Text:
    """To the owner who asked. `code` is the case's, or empty for a second factor."""
    if issued:
        return lines(
            say("برای این درخواست رمز یک‌بارمصرف صادر شده و به گفت‌وگوی شما رسیده است."),
            say("اگر پیدا نمی‌شود، «{label}» را بزنید و دوباره بخواهید.", label=buttons.WITHDRAW_RESET),
        )
    return paragraphs(
        lines(
            say("**درخواست رمز تازه ثبت شد.**") if new else say("درخواست شما پیش‌تر ثبت شده و در دست است."),
            _which(code),
        ),
        lines(
            say("مدیر سامانه موظف به رسیدگی است؛ او رمز را نه می‌بیند و نه انتخاب می‌کند."),
            say("هدف اداره کل: تا {due}", due=due) if due else Text(),
            say("رمز یک‌بارمصرف به گفت‌وگوی خود شما با این ربات می‌رسد؛ تا آن زمان رمز کنونی برقرار است."),
        ),
    )


def _which(code: str) -> Text:
    if not code:
        return say("برای: رمز امضای شما")
    return lines(say("برای رمز پیشنهاد با کد رهگیری:"), code_line(code))


def asked_elsewhere(code: str) -> Text:
    """To the owner's other chats."""
    return paragraphs(
        lines(say("**به نام شما رمز تازه درخواست شد.**"), _which(code)),
        say("اگر این کار را شما نکرده‌اید، «{label}» را بزنید.", label=buttons.WITHDRAW_RESET),
    )


def only_filer() -> Text:
    """To whoever is not the filer, and for a code that nobody has: nothing tells one from the other."""
    return lines(
        say("رمز تازه تنها به گفت‌وگوی کارشناسی می‌رسد که پیشنهاد را ثبت کرده است؛ به شما رمزی داده نمی‌شود."),
        say("اگر بدهکار هستید، رمز را از دستگاهی بخواهید که پیشنهاد را ثبت کرده است."),
    )


def asked_by_other(code: str) -> Text:
    """To the filer, or to who stays on for the filer: somebody else asked for the passcode of the case."""
    return lines(
        say("شخص دیگری رمز این پیشنهاد را درخواست کرد. چیزی به او داده نشد و رمز کنونی برقرار است."),
        say("کد رهگیری:"),
        code_line(code),
    )


def asked_by_colleague(name: str) -> Text:
    """To an officer: a colleague has asked for the passcode of a departed officer's case already."""
    return lines(
        say(
            "همکار شما، {name}، رمز این پیشنهاد را پیش‌تر خواسته است و رمز یک‌بارمصرف به گفت‌وگوی او می‌رسد.",
            name=name,
        ),
        say("اگر خود شما باید آن را بگیرید، از او بخواهید «{label}» را بزند.", label=buttons.WITHDRAW_RESET),
    )


def no_other_admin() -> Text:
    """To the only admin: nobody else in the chat can see to it."""
    return lines(
        say("مدیر دیگری نیست و هیچ‌کس رمز خود را به تنهایی بازیابی نمی‌کند."),
        say("از مسئول فنی بخواهید دستور «reset-factor» را روی سرور اجرا کند."),
    )


def withdrawn(code: str) -> Text:
    """The owner wanted no reset, before anything was issued."""
    return lines(say("درخواست رمز تازه لغو شد."), _which(code))


def withdrawn_after(code: str) -> Text:
    """The same once a code was issued: what it would have replaced is dead already."""
    return lines(
        say("رمز یک‌بارمصرف باطل شد. رمز پیشین نیز با صدور آن باطل شده است."),
        _which(code),
        say("برای رمز تازه، «{label}» را دوباره بزنید.", label=buttons.FORGOTTEN),
    )


def too_often(until: dt.datetime) -> Text:
    """Somebody asked again and again."""
    return say("درخواست‌های شما پی‌درپی بوده است. درخواست بعدی از {until} پذیرفته می‌شود.", until=until)


def one_time_code(code: str, token: str, until: dt.datetime) -> Text:
    """To the owner's own chat, and nowhere else."""
    return paragraphs(
        lines(say("**رمز یک‌بارمصرف شما**"), _which(code)),
        lines(
            say("دکمه زیر را بزنید، یا این رمز را به همین ربات بفرستید:"),
            say(RLM + "{token}", token=Code(token)),
        ),
        lines(
            say("تا {until} و فقط یک بار اعتبار دارد. رمز پیشین از هم‌اکنون باطل است.", until=until),
            say("این رمز را به هیچ‌کس، حتی مدیر سامانه، ندهید."),
        ),
    )


def issued_elsewhere(code: str) -> Text:
    """To the owner's other chats."""
    return lines(
        say("**رمز پیشین شما باطل شد و رمز یک‌بارمصرف به گفت‌وگوی شما رسید.**"),
        _which(code),
        say("اگر شما نخواسته‌اید، «{label}» را بزنید.", label=buttons.WITHDRAW_RESET),
    )


def expired(code: str) -> Text:
    """The one-time code has run out."""
    return lines(
        say("زمان رمز یک‌بارمصرف گذشت و به کار نرفت."),
        _which(code),
        say("رمز پیشین باطل است. برای رمز تازه، «{label}» را دوباره بزنید.", label=buttons.FORGOTTEN),
    )


def unusable() -> Text:
    """The same for an unknown, used, expired or withdrawn code, and for somebody else's."""
    return say("این رمز یک‌بارمصرف قابل استفاده نیست؛ شاید به کار رفته یا زمان آن گذشته است.")


def new_passcode(code: str, passcode: str) -> Text:
    """The new passcode, shown once."""
    return paragraphs(
        lines(say("**رمز تازه ساخته شد.**"), say("کد رهگیری:"), code_line(code)),
        lines(
            say("رمز این فرم (فقط همین یک بار نشان داده می‌شود):"),
            say(RLM + "{secret}", secret=Code(passcode)),
        ),
        lines(
            say("رمز را نگه دارید و فقط به بدهکار بدهید."),
            say("رمز پیشین دیگر چیزی را باز نمی‌کند و هر که با آن جزئیات را می‌دید، دیگر نمی‌بیند."),
        ),
    )


def renewed_elsewhere(code: str) -> Text:
    """To the owner's other chats."""
    return lines(
        say("رمز تازه این پیشنهاد در گفت‌وگوی دیگر شما ساخته شد."),
        say("کد رهگیری:"),
        code_line(code),
        say("اگر این کار را شما نکرده‌اید، به مدیر سامانه خبر دهید."),
    )


# The admins

STATES: Final = {
    "open": "در انتظار رسیدگی",
    "held": "در دست {holder}",
    "issued": "رمز یک‌بارمصرف صادر شد؛ در انتظار صاحب رمز",
    "used": "پایان یافت: رمز تازه ساخته شد",
    "withdrawn": "پایان یافت: صاحب رمز لغو کرد",
    "expired": "پایان یافت: رمز یک‌بارمصرف به کار نرفت",
    "left": "پایان یافت: صاحب رمز دیگر این نقش را ندارد",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A request as an admin reads it.

    Attributes:
        name: of the owner.
        code: of the case, or empty for a second factor.
        platform: where it was asked for, or empty.
        state: a key of `STATES`.
        holder: the name of the admin who sees to it.
        due: the office's own target, or None.
    """

    name: str
    code: str
    platform: str
    asked_at: dt.datetime
    state: str
    holder: str
    due: dt.datetime | None
    late: bool


def _state(row: Row) -> str:
    return STATES[row.state].format(holder=row.holder)


def card(row: Row) -> Text:
    """A request, to an admin: no more than is needed to see to it."""
    return paragraphs(
        say("**درخواست رمز تازه**"),
        lines(
            say("درخواست‌کننده: {name}", name=row.name),
            lines(say("برای رمز پیشنهاد با کد رهگیری:"), code_line(row.code))
            if row.code
            else say("برای: رمز امضا"),
            say("زمان درخواست: {when}", when=row.asked_at),
            say("پیام‌رسان: {name}", name=PLATFORMS[row.platform]) if row.platform else Text(),
            say("هدف اداره کل: تا {due}" + (" **(دیرکرد)**" if row.late else ""), due=row.due)
            if row.due
            else Text(),
        ),
        say("وضعیت: {state}", state=_state(row)),
    )


def sure_to_issue(row: Row) -> Text:
    """Asked before the old one dies."""
    return paragraphs(
        say("**رمز یک‌بارمصرف برای {name} صادر شود؟**", name=row.name),
        lines(
            say("رمز کنونی ({what}) همان لحظه باطل می‌شود.", what=_what(row)),
            say("رمز یک‌بارمصرف فقط به گفت‌وگوی خود او می‌رود و شما آن را نمی‌بینید."),
        ),
    )


def listing(rows: Sequence[Row], more: int = 0) -> Text:
    """«درخواست‌های رمز»: the oldest first."""
    if not rows:
        return lines(say("**درخواست‌های رمز**"), say("درخواستی در انتظار نیست."))
    told = [
        lines(
            say(
                RLM + "{n}. " + ("**دیرکرد:** " if row.late else "") + "{name}، {what}",
                n=n,
                name=row.name,
                what=_what(row),
            ),
            say("از {when}؛ {state}", when=row.asked_at, state=_state(row)),
        )
        for n, row in enumerate(rows, 1)
    ]
    return paragraphs(say("**درخواست‌های رمز**"), *told, say("و {n} درخواست دیگر", n=more) if more else Text())


def _what(row: Row) -> str:
    return "رمز یک پیشنهاد" if row.code else "رمز امضا"


def late(row: Row) -> Text:
    """A reminder, in office hours."""
    return paragraphs(say("**زمان هدف برای یک درخواست رمز گذشت.**"), card(row))


def nearly_late(row: Row) -> Text:
    """The warning before that, in office hours."""
    return paragraphs(say("**زمان هدف برای یک درخواست رمز رو به پایان است.**"), card(row))


def issued(name: str) -> str:
    """The short answer to the admin."""
    return f"رمز یک‌بارمصرف صادر شد و به گفت‌وگوی {name} رفت."


def unreachable(name: str) -> str:
    """The short answer: no message can reach the owner now, so nothing was issued."""
    return f"پیامی به {name} نمی‌رسد؛ رمزی صادر نشد. پس از بازگشت او دوباره بزنید."


def taken(holder: str) -> str:
    """The short answer to the second of two admins."""
    return f"{holder} پیش از شما این درخواست را برداشته است."


def refused(why: str) -> str:
    """Why an admin may not do it."""
    return _REFUSED.get(why, "این کار در اختیار شما نیست.")


_REFUSED: Final = {
    "own_secret": "رمز خود را نمی‌توانید بازیابی کنید؛ مدیر دیگری باید این کار را انجام دهد.",
    "not_holder": "این درخواست نزد شما نیست؛ نخست «رسیدگی می‌کنم» را بزنید.",
}


def ended() -> str:
    """The request has ended meanwhile."""
    return "این درخواست پایان یافته است."
