"""The card of a notice as its admins see it: the draft with its counts, the progress, the report."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from messages_fa import notices
from messages_fa.form import shortened
from messages_fa.markup import RLM, Text, lines, paragraphs, say

STATES: Final[dict[str, str]] = {
    "draft": "پیش‌نویس",
    "awaiting": "در انتظار تأیید مدیر دوم",
    "sending": "در حال ارسال",
    "paused": "توقف موقت",
    "done": "پایان یافت",
    "stopped": "پیش از پایان متوقف شد",
    "recalled": "پس گرفته شد",
    "dropped": "دور انداخته شد",
}

_BAR: Final = 10
_RULES_SHOWN: Final = 12
_BEGINNING: Final = 80
_LINE: Final = "ـــــــــــــــــــــ"


def heading(kind: str, state: str, *, urgent: bool) -> Text:
    """What it is and how it stands."""
    template = "**{kind} فوری، {state}**" if urgent else "**{kind}، {state}**"
    return say(template, kind=notices.KINDS[kind], state=STATES[state])


def preview(shown: Text) -> Text:
    """The notice between two lines, as its recipients read it."""
    return lines(say(_LINE), shown, say(_LINE))


def counts(rules: Sequence[tuple[str, int, int]], *, recipients: int, reachable: int, declined: int) -> Text:
    """The dry run: (rule, recipients, of them reachable) each, and everybody once.

    Args:
        rules: each rule of the audience.
        recipients: everybody once.
        reachable: those of them who can be reached.
        declined: who would be told but has switched news off.
    """
    told = [_rule(n, *rule) for n, rule in enumerate(rules[:_RULES_SHOWN], 1)]
    more = len(rules) - _RULES_SHOWN
    return lines(
        say("**مخاطبان**"),
        *told,
        say("و {more} گروه دیگر", more=more) if more > 0 else Text(),
        say(
            "جمع بدون تکرار: {recipients} نفر، {reachable} نفر در دسترس",
            recipients=recipients,
            reachable=reachable,
        ),
        say("خاموش‌کردگان خبر: {declined} نفر؛ در شمار بالا نیستند.", declined=declined)
        if declined
        else Text(),
    )


def _rule(n: int, name: str, recipients: int, reachable: int) -> Text:
    return say(
        RLM + "{n}. {name}: {recipients} نفر، {reachable} نفر در دسترس",
        n=n,
        name=name,
        recipients=recipients,
        reachable=reachable,
    )


def starts(at: dt.datetime | None, *, sent: bool) -> Text:
    """When it goes out, where that is not at once: outside office hours nothing but what is urgent does."""
    if at is None:
        return say("ارسال با نخستین ساعت کار اداره آغاز می‌شود.")
    return say(
        "ارسال از {at} آغاز می‌شود." if sent else "اگر اکنون تأیید شود، ارسال از {at} آغاز می‌شود.", at=at
    )


def needs_second() -> Text:
    """What goes to everybody."""
    return say("این اطلاعیه برای همه است؛ پس از تأیید شما، مدیر دیگری هم باید آن را تأیید کند.")


def awaits_second(by: str) -> Text:
    """To whoever confirmed it first, and to the others."""
    return say("تأیید نخست: {by}؛ ارسال پس از تأیید مدیری دیگر آغاز می‌شود.", by=by)


def asked_to_second(by: str) -> Text:
    """Before the card of another admin."""
    return say("همکار شما {by} تأیید شما را می‌خواهد.", by=by)


def progress(*, sent: int, unreachable: int, unknown: int, unsent: int, waiting: int) -> Text:
    """How far the sending is: a bar, and the parts of the audience."""
    audience = sent + unreachable + unknown + unsent + waiting
    done = audience - waiting
    share = 100 * done // audience if audience else 100
    filled = _BAR * share // 100
    bar = "▓" * filled + "░" * (_BAR - filled)
    return lines(
        say(RLM + bar + " {share} درصد", share=share),
        *tally(sent=sent, unreachable=unreachable, unknown=unknown, unsent=unsent, waiting=waiting),
    )


def tally(*, sent: int, unreachable: int, unknown: int, unsent: int, waiting: int) -> tuple[Text, ...]:
    """The parts of the audience; they sum to it."""
    return (
        say("مخاطبان: {all} نفر", all=sent + unreachable + unknown + unsent + waiting),
        say("فرستاده شد: {n}", n=sent),
        say("در دسترس نبود: {n}", n=unreachable),
        say("نامعلوم: {n}", n=unknown),
        say("در انتظار: {n}", n=waiting) if waiting else Text(),
        say("فرستاده نشد: {n}", n=unsent) if unsent else Text(),
    )


def changes(*, recalled: bool, done: int, waiting: int, failed: int) -> Text:
    """How far a correction or a recall is."""
    what = "بازپس‌گیری" if recalled else "اصلاح"
    return lines(
        say("**{what}**", what=what),
        say("انجام شد: {n}", n=done),
        say("در انتظار: {n}", n=waiting) if waiting else Text(),
        say("ممکن نشد: {n}", n=failed) if failed else Text(),
    )


def report(begin: str, told: Text) -> Text:
    """Pushed to its author when nothing is left to do: which notice, and its counts."""
    return paragraphs(
        say("**گزارش اطلاعیه**"),
        say(RLM + "{begin}", begin=shortened(" ".join(begin.split()), _BEGINNING)),
        told,
    )


# Questions and short answers


def correction(shown: Text, *, everyone: bool) -> Text:
    """The preview of a correction, before it is confirmed."""
    return paragraphs(
        say("**این اصلاح فرستاده شود؟**"),
        preview(shown),
        lines(
            say("پیام‌هایی که فرستاده شده‌اند با همین متن جایگزین می‌شوند و آنچه مانده است با همین متن می‌رود."),
            needs_second() if everyone else Text(),
        ),
    )


def correction_to_second(by: str, shown: Text) -> Text:
    """The same, to another admin."""
    return paragraphs(asked_to_second(by), say("**متن اصلاح‌شده اطلاعیه برای همه:**"), preview(shown))


def sure_to_recall(sent: int, waiting: int) -> Text:
    """The question before a notice is taken back."""
    return lines(
        say("**این اطلاعیه پس گرفته شود؟**"),
        say(
            RLM + "{sent} پیام فرستاده‌شده پاک می‌شود یا به جای آن نوشته می‌شود که اطلاعیه پس گرفته شد.",
            sent=sent,
        ),
        say(RLM + "{waiting} نفر که هنوز آن را نگرفته‌اند نخواهند گرفت.", waiting=waiting)
        if waiting
        else Text(),
    )


def sure_to_stop(waiting: int) -> Text:
    """The question before the sending is ended."""
    return lines(
        say("**ارسال پایان یابد؟**"),
        say(
            RLM + "{waiting} نفر که هنوز اطلاعیه را نگرفته‌اند نخواهند گرفت. این کار برگشت ندارد.",
            waiting=waiting,
        ),
    )


def sure_to_drop() -> Text:
    """The question before a draft is given up."""
    return say("**این پیش‌نویس اطلاعیه دور انداخته شود؟**")


def dropped() -> Text:
    """After it."""
    return say("پیش‌نویس اطلاعیه دور انداخته شد.")


def left_as_it_is() -> Text:
    """After «نه، بماند»."""
    return say("چیزی تغییر نکرد.")


def no_other_admin() -> Text:
    """What goes to everybody cannot be confirmed by one admin alone."""
    return lines(
        say("اطلاعیه برای همه را دو مدیر سامانه تأیید می‌کنند و اکنون جز شما مدیری نیست."),
        say("مخاطبان محدودتری برگزینید یا نخست از «کاربران» مدیر دیگری دعوت کنید."),
    )


def nobody() -> Text:
    """An audience without anybody."""
    return say("هیچ‌کس در این مخاطبان نیست. مخاطبان دیگری برگزینید.")


def changed() -> Text:
    """Whoever comes too late: it is as the card below says."""
    return say("اطلاعیه در این میان تغییر کرده است و این کار انجام نشد.")


CHANGED: Final = "این دکمه از وضع پیشین اطلاعیه است و کاری نکرد. اطلاعیه را همان‌گونه که اکنون هست ببینید."
OWN: Final = "تأیید نخست از خود شماست؛ تأیید دوم با مدیر دیگری است."
TESTED: Final = "نسخه آزمایشی برای شما فرستاده شد."
ASKED: Final = "تأیید شما ثبت شد؛ از مدیران دیگر تأیید دوم خواسته شد."
SENDING: Final = "ارسال آغاز شد."
CORRECTING: Final = "اصلاح آغاز شد."
PAUSED: Final = "ارسال موقتاً متوقف شد."
RESUMED: Final = "ارسال ادامه یافت."
STOPPED: Final = "ارسال پایان یافت."
RECALLED: Final = "بازپس‌گیری آغاز شد."


ACTS: Final[dict[str, str]] = {
    "edit": "ویرایش",
    "drop": "دور انداختن",
    "ask": "تأیید نخست",
    "second": "تأیید دوم",
    "send": "آغاز ارسال",
    "pause": "توقف موقت",
    "resume": "ادامه ارسال",
    "stop": "پایان دادن",
    "revise": "اصلاح",
    "recall": "بازپس‌گیری",
    "end": "پایان ارسال",
}


def history(acts: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """Everything that was done: (moment, act, who)."""
    told = [
        say(RLM + "{when}: {act}، {who}", when=when, act=ACTS[act], who=who or "سامانه")
        for when, act, who in acts
    ]
    return lines(say("**سابقه اطلاعیه**"), *(told or [say("هنوز کاری روی آن نشده است.")]))


def version(n: int, when: dt.datetime, who: str, shown: Text) -> Text:
    """What it said at one version."""
    return paragraphs(say(RLM + "نسخه {n}، {when}، {who}:", n=n, when=when, who=who or "سامانه"), shown)


def seconded(by: str, going: str) -> Text:
    """To whoever confirmed it first; `going` says when it goes out."""
    return say("همکار شما {by} تأیید دوم را داد. {going}", by=by, going=going)
