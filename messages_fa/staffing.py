"""Roles given by two admins, and a person's page: what is said about staff."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from messages_fa.general import age
from messages_fa.markup import RLM, Code, Link, Text, lines, paragraphs, say
from messages_fa.names import ROLES
from messages_fa.substitutes import Standing, standing_row


class Waiting(NamedTuple):
    """What one admin proposed, as the texts take it: `role` is empty for a way back in."""

    kind: str
    name: str
    role: str
    agency: str
    by: str
    until: dt.datetime
    outcome: str
    ended_by: str


_KINDS: Final = {
    "grant": "دادن نقش",
    "invitation": "دعوت به نقش",
    "entry": "ورود دوباره",
    "removal": "برداشتن نقش",
}


# A role for somebody known


def choose_role(name: str) -> Text:
    """Which role is to be given."""
    return say("**کدام نقش به {name} داده شود؟**", name=name)


def no_role_left() -> str:
    """The short answer where every role is held."""
    return "همه نقش‌ها را دارد."


def ask_agency(_answers: object = None) -> Text:
    """For which agency somebody becomes an officer."""
    return say("کارشناس کدام دستگاه می‌شود؟")


AGENCY: Final = "دستگاه"


def no_agency() -> Text:
    """An officer's role while there is no agency."""
    return lines(
        say("هنوز دستگاهی ثبت نشده است."),
        say("نخستین کارشناس هر دستگاه را با «دعوت همکار» وارد کنید."),
    )


def sure_to_give(name: str, role: str, agency: str, *, waits: bool, alone: bool) -> Text:
    """Before a role is given. `alone`: nobody else could confirm it, and that stays on record."""
    return paragraphs(
        lines(
            say("**نقش «{role}» به {name} داده شود؟**", role=ROLES[role], name=name),
            say("دستگاه: {agency}", agency=agency) if agency else Text(),
        ),
        say("این نقش پس از تأیید یک مدیر سامانه دیگر برقرار می‌شود.") if waits else Text(),
        _alone() if alone else Text(),
    )


def _alone() -> Text:
    return say("مدیر سامانه دیگری نیست که تأیید کند؛ در سابقه می‌ماند که یک مدیر آن را داده است.")


def given(name: str, role: str) -> Text:
    """To who gave it: it is in force."""
    return say("نقش «{role}» به {name} داده شد.", role=ROLES[role], name=name)


def got_role(role: str, agency: str) -> Text:
    """To who was given a role."""
    return lines(
        say("**نقش تازه شما: {role}**", role=ROLES[role]),
        say("دستگاه: {agency}", agency=agency) if agency else Text(),
        say("دکمه‌های پایین صفحه اکنون کارهای این نقش را هم دارد."),
    )


def proposed(name: str, role: str, until: dt.datetime) -> Text:
    """To who proposed it."""
    return lines(
        say("**پیشنهاد شد: نقش «{role}» برای {name}**", role=ROLES[role], name=name),
        say("اکنون مدیر سامانه دیگری باید آن را تا {until} تأیید کند.", until=until),
    )


def removal_proposed(name: str, role: str, until: dt.datetime) -> Text:
    """To who proposed that another admin's role be taken away."""
    return lines(
        say("**پیشنهاد شد: برداشتن نقش «{role}» از {name}**", role=ROLES[role], name=name),
        say("تا مدیر سامانه دیگری تأیید نکند نقش برداشته نمی‌شود؛ مهلت تأیید {until} است.", until=until),
    )


def waits_for_second(until: dt.datetime) -> Text:
    """Under a code or an invitation that another admin must confirm."""
    return say("تا مدیر سامانه دیگری تأیید نکند به کار نمی‌آید؛ مهلت تأیید {until} است.", until=until)


def will_wait() -> Text:
    """Before an invitation is made that another admin must confirm."""
    return say("تا مدیر سامانه دیگری تأیید نکند به کار نمی‌آید؛ پس از ساختن از او خواسته می‌شود.")


def given_alone() -> Text:
    """Under an invitation or a code that nobody else could confirm."""
    return _alone()


def card(one: Waiting) -> Text:
    """What waits for a second admin, or what became of it."""
    return paragraphs(
        say("**{kind}**", kind=_KINDS[one.kind]),
        lines(
            say("نام: {name}", name=one.name),
            say("نقش: {role}", role=ROLES[one.role]) if one.role else Text(),
            say("دستگاه: {agency}", agency=one.agency) if one.agency else Text(),
            say("پیشنهاددهنده: {by}", by=one.by),
        ),
        _state(one),
    )


def _state(one: Waiting) -> Text:
    if not one.outcome:
        until_then = "نقش تا تأیید مدیر دوم می‌ماند." if one.kind == "removal" else _NOT_BEFORE
        return lines(say(until_then), say("مهلت تأیید: {until}", until=one.until))
    return say(_OUTCOMES[one.outcome], by=one.ended_by)


_NOT_BEFORE: Final = "پس از تأیید مدیر دوم برقرار می‌شود."
_OUTCOMES: Final = {
    "confirmed": "**تأیید شد** به دست {by}",
    "refused": "**رد شد** به دست {by}",
    "expired": "**مهلت تأیید گذشت** و چیزی تغییر نکرد.",
    "alone": "به دست یک مدیر داده شد؛ مدیر دیگری نبود.",
    "void": "**پایان یافت**؛ این نقش پیش از تأیید برداشته شد.",
}


def waiting(rows: Sequence[tuple[int, Waiting]]) -> Text:
    """The list of what waits."""
    if not rows:
        return say("چیزی در انتظار تأیید مدیر دوم نیست.")
    told = [
        say(
            RLM + "{n}. {kind}، {name}{role}، {by}",
            n=n,
            kind=_KINDS[one.kind],
            name=one.name,
            role=f"، {ROLES[one.role]}" if one.role else "",
            by=one.by,
        )
        for n, one in rows
    ]
    return paragraphs(say("**در انتظار تأیید مدیر دوم**"), lines(*told))


def confirmed(name: str) -> str:
    """The short answer to «تأیید می‌کنم»."""
    return f"تأیید شد: {name}."


def ended_to_proposer(one: Waiting) -> Text:
    """To who proposed it, once it was confirmed, refused, or its time is over."""
    return paragraphs(card(one), _to_do(one))


def _to_do(one: Waiting) -> Text:
    """A code that works from now on, and lies in the chat of who made it, is to be passed on."""
    if one.outcome != "confirmed" or one.kind not in _BY_CODE:
        return Text()
    return say("{what} را اکنون به {name} بدهید، و فقط به خود او.", what=_BY_CODE[one.kind], name=one.name)


_BY_CODE: Final = {"invitation": "پیوند یا کد دعوت‌نامه", "entry": "پیوند یا کد ورود دوباره"}
"""What is confirmed and comes into force once its code is used."""


REFUSED: Final = {
    "own": "هیچ‌کس نقش خود را نمی‌دهد و تأیید نمی‌کند؛ مدیر دیگری باید انجام دهد.",
    "own_proposal": "پیشنهاد از خود شماست؛ مدیر سامانه دیگری باید تأیید کند.",
    "held": "این نقش را دارد.",
    "proposed": "این نقش پیشنهاد شده و در انتظار تأیید مدیر دوم است.",
    "other_agency": "کارشناس دستگاه دیگری است؛ نخست آن نقش را بردارید.",
    "inactive": "این کاربر غیرفعال است.",
    "opened_by_proposer": "حساب شما با کد پیشنهاددهنده باز شده است؛ مدیر سامانه دیگری باید تأیید کند.",
    "entry_proposed": "کد ورود دوباره او ساخته شده و در انتظار تأیید مدیر دوم است.",
    "no_second": "مدیر سامانه دیگری نیست که بتواند تأیید کند؛ نگهدارنده دستگاه مدیر دیگری دعوت کند.",
    "second_gone": "نقش مدیر دیگر به‌تازگی برداشته شده است؛ یک روز پس از آن یا با مدیر تازه ممکن است.",
    "second_cut": "به‌تازگی حساب‌های مدیر دیگری را قطع کرده‌اید؛ یک روز پس از آن یا به دست مدیر دیگری ممکن است.",
    "has_account": "هنوز حساب متصلی دارد؛ نخست «قطع همه حساب‌ها» را بزنید.",
    "no_role": "نقشی ندارد؛ برای او دعوت‌نامه بسازید.",
    "ended": "این پیشنهاد دیگر در انتظار نیست؛ وضعیت کنونی نشان داده شد.",
    "agency": "دستگاه آن مشخص نیست.",
    "last_admin": "تنها مدیر سامانه همین است؛ نخست مدیر دیگری وارد کنید.",
    "role": "این کار در اختیار شما نیست.",
    "barred": "این همکار نمی‌تواند جانشین شود؛ همکار دیگری را برگزینید.",
    "overlap": "در این روزها جانشین دیگری هست؛ نخست آن را پایان دهید.",
    "past": "روز پایان گذشته است؛ روزی از امروز به بعد را بنویسید.",
}


def refused(why: str) -> str:
    """The short answer to what the rules forbid."""
    return REFUSED.get(why, REFUSED["role"])


# A person's page


def person_more(
    *,
    last_seen: dt.datetime | None,
    now: dt.datetime,
    alone: Sequence[str],
    standing: Sequence[Standing],
    waits: Sequence[str],
    going: Sequence[str] = (),
) -> Text:
    """Below a person's page: last seen, roles given by one admin, substitutions, roles that wait or go."""
    return lines(
        say("آخرین حضور: {ago}", ago=age(last_seen, now)) if last_seen else say("آخرین حضور: ثبت نشده"),
        *(say("به دست یک مدیر داده شد: {role}", role=ROLES[role]) for role in alone),
        *(say("در انتظار تأیید مدیر دوم: {role}", role=ROLES[role]) for role in waits),
        *(say("در انتظار تأیید مدیر دوم: برداشتن نقش {role}", role=ROLES[role]) for role in going),
        *(standing_row(one) for one in standing),
    )


def ask_name(_answers: object = None) -> Text:
    """What somebody is called rightly."""
    return say("نام درست را بنویسید.")


NAME: Final = "نام درست"


def renamed(name: str) -> Text:
    """The name is corrected."""
    return say("نام اصلاح شد: {name}", name=name)


def sure_to_let_back(name: str) -> Text:
    """Before a code is made by which somebody without an account comes in again."""
    return lines(
        say("**کد ورود دوباره برای {name} ساخته شود؟**", name=name),
        say("هر که این کد را بفرستد به نام او وارد می‌شود؛ آن را فقط به خود او بدهید."),
    )


def let_back(name: str, token: str, links: Sequence[tuple[str, str]], until: dt.datetime, more: Text) -> Text:
    """The code. `links`: (platform's name, address); `more` says whether another admin confirms it."""
    return paragraphs(
        say("**کد ورود دوباره برای {name}**", name=name),
        lines(
            *(say("پیوند ورود در {link}", link=Link(label, url)) for label, url in links),
            say("یا این کد را برای ربات بفرستد:") if links else say("این کد را برای ربات بفرستد:"),
            say(RLM + "{code}", code=Code(token)),
        ),
        lines(say("کد یک‌بارمصرف است و تا {until} اعتبار دارد.", until=until), more),
    )
