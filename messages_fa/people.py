"""Invitations, roles, and who is who."""

import datetime as dt
from collections.abc import Sequence

from messages_fa.markup import RLM, Code, Link, Text, lines, paragraphs, say
from messages_fa.names import ROLES


def sure_to_invite(*, name: str, role: str, agency: str, more: Text) -> Text:
    """The summary before an invitation is made; `more`: whether another admin is to confirm it."""
    return paragraphs(
        say("**این دعوت‌نامه ساخته شود؟**"),
        lines(
            say("نام: {name}", name=name),
            say("نقش: {role}", role=ROLES[role]),
            say("دستگاه: {agency}", agency=agency) if agency else Text(),
        ),
        lines(say("هر که این دعوت‌نامه را برای ربات بفرستد این نقش را می‌گیرد."), more),
    )


def not_invited() -> Text:
    """«انصراف» at the summary."""
    return say("دعوت‌نامه‌ای ساخته نشد.")


def invited(
    *,
    name: str,
    role: str,
    agency: str,
    token: str,
    links: Sequence[tuple[str, str]],
    until: dt.datetime,
    more: Text,
) -> Text:
    """The one-time invitation, to be passed on to that person only.

    Args:
        name: of the person.
        role: which role.
        agency: an officer's.
        token: the code itself.
        links: (platform's name, address).
        until: how long it is good.
        more: whether another admin is to confirm it.
    """
    return paragraphs(
        say("**دعوت‌نامه آماده شد.**"),
        lines(
            say("نام: {name}", name=name),
            say("نقش: {role}", role=ROLES[role]),
            say("دستگاه: {agency}", agency=agency) if agency else Text(),
        ),
        lines(
            say("یکی از پیوندهای ورود را فقط به خود او بدهید:"),
            *(say("پیوند ورود در {link}", link=Link(name, url)) for name, url in links),
        )
        if links
        else Text(),
        lines(say("یا این کد را، تا برای ربات بفرستد:"), say(RLM + "{code}", code=Code(token))),
        lines(say("دعوت‌نامه یک‌بارمصرف است و تا {until} اعتبار دارد.", until=until), more),
    )


def welcome(name: str, role: str, agency: str) -> Text:
    """Said to somebody whose invitation was accepted."""
    return lines(
        say("**" + RLM + "{name}، خوش آمدید.**", name=name),
        say("نقش شما: {role}", role=ROLES[role]),
        say("دستگاه شما: {agency}", agency=agency) if agency else Text(),
        say("از دکمه‌های پایین صفحه آغاز کنید؛ «راهنما» همیشه در دسترس است."),
    )


def came_in(name: str, role: str, agency: str) -> Text:
    """To who made the invitation: it was taken up."""
    return lines(
        say("**" + RLM + "{name} با دعوت‌نامه شما وارد شد.**", name=name),
        say("نقش: {role}", role=ROLES[role]),
        say("دستگاه: {agency}", agency=agency) if agency else Text(),
    )


def invitation_unusable(why: str) -> Text:
    """The same words for an unknown, used or expired one; others for one that is not for this person."""
    if why in _NOT_FOR_YOU:
        return say(_NOT_FOR_YOU[why])
    return lines(
        say("این دعوت‌نامه قابل استفاده نیست؛ شاید پیش‌تر به کار رفته یا زمان آن گذشته است."),
        say("از مدیر سامانه دعوت‌نامه تازه بخواهید."),
    )


_NOT_FOR_YOU = {
    "joined": "شما با همین دعوت‌نامه وارد شده‌اید؛ دعوت‌نامه تازه‌ای لازم نیست.",
    "own": "این دعوت‌نامه را خود شما ساخته‌اید. هیچ‌کس به خود نقش نمی‌دهد؛ آن را به همکارتان بدهید.",
    "unconfirmed": "این دعوت‌نامه هنوز به تأیید مدیر سامانه دوم نرسیده است؛ پس از تأیید دوباره آن را بفرستید.",
    "former": (
        "این حساب پیش‌تر از آن کسی بود که هنوز در این سامانه نقش دارد. اگر خود شما هستید، از مدیر سامانه "
        "«ورود دوباره» بخواهید."
    ),
    "other_agency": "شما کارشناس دستگاه دیگری هستید. نخست باید مدیر سامانه آن نقش را بردارد.",
}


def listing(rows: Sequence[tuple[int, str, Sequence[str], str]], which_page: Text) -> Text:
    """A page of the people: (number, name, roles, agency); those who hold a role stand first."""
    told = [
        say(RLM + "{n}. {name}: {roles}{agency}", n=n, name=name, roles=_roles(roles), agency=_of(agency))
        for n, name, roles, agency in rows
    ]
    return paragraphs(say("**کاربران**"), lines(*told), which_page)


def person(*, name: str, roles: Sequence[str], agency: str, accounts: int, more: Text) -> Text:
    """One of them: roles, agency, by how many accounts of messengers the person is known, and `more`."""
    return paragraphs(
        say("**" + RLM + "{name}**", name=name),
        lines(
            say("وضعیت: {state}", state="فعال" if roles else "نقشی ندارد"),
            say("نقش: {roles}", roles=_roles(roles)) if roles else Text(),
            say("دستگاه: {agency}", agency=agency) if agency else Text(),
            say("حساب‌های متصل: {accounts}", accounts=accounts),
            more,
        ),
    )


def sure_to_revoke(name: str, role: str) -> Text:
    """The question before a role is taken away."""
    return lines(
        say("**نقش «{role}» از {name} برداشته شود؟**", role=ROLES[role], name=name),
        say("از همان دم کارهای این نقش را نمی‌بیند و انجام نمی‌دهد؛ آنچه کرده است در سابقه می‌ماند."),
    )


def revoked(name: str, role: str) -> str:
    """The short answer after it."""
    return f"نقش «{ROLES[role]}» از {name} برداشته شد."


def revoked_from_you(role: str, by: str) -> Text:
    """To whose role was taken away."""
    return say("نقش «{role}» شما به دست {by} برداشته شد.", role=ROLES[role], by=by)


def admin_gone(name: str, by: str) -> Text:
    """To every admin, when an admin is one no more."""
    return lines(
        say("**نقش مدیر سامانه برداشته شد**"),
        say("نام: {name}", name=name),
        say("به دست: {by}", by=by),
    )


def last_admin() -> str:
    """The short answer where nobody would be left to let people in."""
    return "این تنها مدیر سامانه است؛ نخست مدیر دیگری دعوت کنید."


def _roles(roles: Sequence[str]) -> str:
    return "، ".join(ROLES[role] for role in roles) or "بدون نقش"


def _of(agency: str) -> str:
    return f"، {agency}" if agency else ""
