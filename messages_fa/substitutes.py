"""Substitutes «جانشین»: who stands in for whom, from when to when, and what is signed on whose behalf."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from messages_fa.markup import RLM, Text, lines, paragraphs, say


class Standing(NamedTuple):
    """A substitution: who is stood in for, by whom, and its first and last day."""

    name: str
    substitute: str
    first: dt.date
    last: dt.date


def by(name: str, absent: str) -> str:
    """Who did something: «مینا صادقی (از طرف رضا کریمی)»; `absent` is empty for an act in the own name."""
    return f"{name} (از طرف {absent})" if absent else name


def signed_for(rows: Sequence[tuple[str, str]]) -> Text:
    """Under a result: each signature of a substitute, as (name, on whose behalf)."""
    told = [
        say("این تصمیم را {name} از طرف {absent} امضا کرده است.", name=name, absent=absent)
        for name, absent in rows
    ]
    return lines(*told)


def standing_row(one: Standing) -> Text:
    """One substitution, in a list or on a person's page."""
    return say(
        "جانشین {name}: {substitute}، از {first} تا {last}",
        name=one.name,
        substitute=one.substitute,
        first=one.first,
        last=one.last,
    )


def substitutes(rows: Sequence[tuple[int, Standing]], *, may: bool) -> Text:
    """«جانشین من»: those that stand or will; `may`: whether there is a role to stand in for."""
    title = say("**جانشین من**")
    about = lines(
        say("جانشین در روزهای مرخصی شما کارهای نقش شما را انجام می‌دهد."),
        say("هر کار او با عبارت «از طرف شما» ثبت می‌شود و در پایان روز آخر خودبه‌خود پایان می‌یابد."),
    )
    if not may and not rows:
        return lines(title, say("جانشین برای کارشناس بررسی، مدیر و مسئول شکایات است."))
    told = [say(RLM + "{n}. {one}", n=n, one=standing_row(one)) for n, one in rows]
    return paragraphs(title, about if may else Text(), lines(*told) if told else say("اکنون جانشینی نیست."))


def no_candidate() -> Text:
    """Nobody could stand in."""
    return lines(
        say("اکنون همکاری نیست که بتواند جانشین شود."),
        say("جانشین باید در اداره نقشی داشته باشد و مدیر سامانه یا کارشناس دستگاه نباشد."),
    )


def ask_substitute(_answers: object = None) -> Text:
    """Who is to stand in."""
    return say("چه کسی جانشین شما باشد؟")


def ask_first(_answers: object = None) -> Text:
    """From which day on."""
    return say("از چه روزی؟")


def ask_last(_answers: object = None) -> Text:
    """Until which day."""
    return say("تا پایان چه روزی؟")


WHO, FIRST, LAST = "جانشین", "از روز", "تا پایان روز"


def sure_to_appoint(one: Standing) -> Text:
    """Before somebody is let stand in."""
    return paragraphs(
        lines(
            say("**{substitute} جانشین شما شود؟**", substitute=one.substitute),
            say("از {first} تا پایان {last}", first=one.first, last=one.last),
        ),
        say("به او و مدیران سامانه خبر داده می‌شود. هر زمان بخواهید آن را پایان می‌دهید."),
    )


def appointed(one: Standing) -> Text:
    """To who is stood in for, the substitute, and the admins."""
    return lines(
        say("**جانشین تعیین شد**"),
        say("{substitute} به جای {name}", substitute=one.substitute, name=one.name),
        say("از {first} تا پایان {last}", first=one.first, last=one.last),
    )


def you_stand_in(one: Standing) -> Text:
    """To the substitute, once appointed: what that means, and where it is done."""
    return lines(
        say("**شما جانشین تعیین شدید**"),
        say(
            "از {first} تا پایان {last} کارهای {name} را هم انجام می‌دهید.",
            first=one.first,
            last=one.last,
            name=one.name,
        ),
        say("در این مدت کارهای این نقش در دکمه‌های پایین صفحه است و با عبارت «از طرف» ثبت می‌شود."),
    )


def begun(one: Standing) -> Text:
    """To the substitute, on the first day."""
    return lines(
        say("**جانشینی شما آغاز شد**"),
        say("تا پایان {last} از طرف {name} کار می‌کنید.", last=one.last, name=one.name),
        say("کارهای این نقش در دکمه‌های پایین صفحه است و با عبارت «از طرف» ثبت می‌شود."),
    )


def sure_to_end(one: Standing) -> Text:
    """Before it is ended early."""
    return lines(say("**این جانشینی اکنون پایان یابد؟**"), standing_row(one))


def over(one: Standing) -> Text:
    """To both: it is over."""
    return lines(
        say("**جانشینی پایان یافت**"),
        say("{substitute} به جای {name}", substitute=one.substitute, name=one.name),
    )


def not_appointed() -> Text:
    """«نه، تعیین نشود»."""
    return say("جانشینی تعیین نشد.")
