"""«گروه‌های مخاطبان»: audiences that an admin keeps under a name."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from messages_fa import notices
from messages_fa.markup import RLM, Text, lines, paragraphs, say, series

TITLE: Final = "گروه‌های مخاطبان"
NEW: Final = "گروه تازه"
RENAME: Final = "تغییر نام"
EDIT: Final = "تغییر مخاطبان گروه"
RETIRE: Final = "کنار گذاشتن"
OFFER: Final = "بازگرداندن به فهرست"
TO_LIST: Final = "بازگشت به گروه‌ها"
NAME_LABEL: Final = "نام گروه"
NAME_EXAMPLE: Final = ("کارشناسان بررسی و مدیران",)
FORM: Final = "گروه مخاطبان"


def saved_rule(title: str) -> str:
    """What a notice's list of audiences calls a saved one."""
    return f"گروه «{title}»"


def sure(recipients: int, reachable: int) -> str:
    """The button that saves it: how many they are now."""
    return say(
        "بله، ثبت شود؛ {recipients} نفر، {reachable} در دسترس", recipients=recipients, reachable=reachable
    ).plain


def revert(version: int) -> str:
    """The button that makes it what it was."""
    return say("بازگشت به نسخه {n}", n=version).plain


def ask_name(_answers: Mapping[str, object]) -> Text:
    """What it is called."""
    return lines(
        say("**نام این گروه چیست؟**"),
        say("با همین نام در اطلاعیه‌ها برگزیده می‌شود؛ کوتاه بنویسید، تا ۴۰ نویسه."),
    )


def ask_sure(title: object, rules: Sequence[str]) -> Text:
    """What it would be."""
    return lines(
        say("**این گروه ثبت شود؟**"),
        say("نام: {title}", title=str(title or "")),
        say("مخاطبان: {rules}", rules=series(rules)),
        say("شمار کنونی روی دکمه است. اطلاعیه‌های پیشین دگرگون نمی‌شوند."),
    )


def listing(rows: Sequence[tuple[int, str, int, bool]], page: Text) -> Text:
    """A page of them: (number, name, how many people they are now, whether it may be chosen)."""
    told = [
        say(RLM + "{n}. {title}: {count} نفر{state}", n=n, title=title, count=count, state=_retired(on=on))
        for n, title, count, on in rows
    ]
    return paragraphs(
        say("**گروه‌های مخاطبان**"),
        lines(*told) if told else say("هنوز گروهی ثبت نشده است."),
        say("گروه را یک بار می‌سازید و در «{edit}» هر اطلاعیه برمی‌گزینید.", edit=notices.AUDIENCE),
        page if told else Text(),
    )


def _retired(*, on: bool) -> Text:
    return Text() if on else say(" (کنار گذاشته)")


def card(
    title: str, counts: Text, history: Sequence[tuple[int, str, str, dt.datetime, str, bool]], *, on: bool
) -> Text:
    """One of them with what it counts now, and its versions: (version, name, rules, when, who, offered)."""
    told = [
        say(
            RLM + "{n}. {name}: {rules}؛ {who}، {at}{state}",
            n=n,
            name=name,
            rules=rules,
            who=who or "مسئول فنی",
            at=at,
            state=_retired(on=offered),
        )
        for n, name, rules, at, who, offered in history
    ]
    return paragraphs(
        say("**گروه «{title}»{state}**", title=title, state=_retired(on=on)),
        counts,
        lines(say("نسخه‌های این گروه:"), *told),
    )


def saved(title: str) -> str:
    """The short answer."""
    return f"گروه «{title}» ثبت شد."


def switched(title: str, *, on: bool) -> str:
    """The short answer."""
    return f"گروه «{title}» به فهرست بازگشت." if on else f"گروه «{title}» از این پس برگزیده نمی‌شود."


def changed_meanwhile(title: str) -> Text:
    """A colleague has changed it while it was being edited: nothing was saved."""
    return say("همکار دیگری گروه «{title}» را در این میان تغییر داده است؛ چیزی ثبت نشد.", title=title)


def double(title: str, *, on: bool = True) -> Text:
    """Another one is called so; without `on` it is a retired one, which no list of a notice shows."""
    if on:
        return say("گروهی با نام «{title}» هست و چیزی ثبت نشد. نام دیگری بنویسید.", title=title)
    return lines(
        say("گروهی با نام «{title}» کنار گذاشته شده است و چیزی ثبت نشد. نام دیگری بنویسید.", title=title),
        say(
            "برای برگزیدن دوباره آن، در «{list}» «{offer}» را بزنید.",
            list=TITLE,
            offer=OFFER,
        ),
    )


def left_out(titles: Sequence[str]) -> Text:
    """Marked for a notice, and retired before the notice was written."""
    told = "گروه «{title}» کنار گذاشته شده است و در مخاطبان این اطلاعیه نیامد."
    return lines(*(say(told, title=title) for title in titles))
