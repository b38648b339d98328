"""Linking the accounts of two messengers to one person, and cutting them off again."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from messages_fa.markup import RLM, Code, Link, Text, lines, paragraphs, say, show
from messages_fa.names import PLATFORMS, ROLES


def offered(token: str, links: Sequence[tuple[str, str]], until: dt.datetime) -> Text:
    """The one-time code, to be sent from the other messenger. `links`: (platform's name, address)."""
    return paragraphs(
        say("**اتصال پیام‌رسان دیگر**"),
        lines(
            say("این کد را از حساب خود در پیام‌رسان دیگر برای همین ربات بفرستید:"),
            say(RLM + "{code}", code=Code(token)),
            *(say("یا این پیوند را آن‌جا باز کنید: {link}", link=Link(name, url)) for name, url in links),
        ),
        lines(
            say("کد یک‌بارمصرف است و تا {until} اعتبار دارد.", until=until),
            say("کد را به هیچ‌کس ندهید؛ هر که آن را بفرستد به جای شما وارد می‌شود."),
        ),
    )


def confirm(name: str, roles: Sequence[str]) -> Text:
    """Asked in the other messenger, before anything is linked."""
    return paragraphs(
        lines(
            say("**این پیام‌رسان به حساب «{name}» متصل شود؟**", name=name),
            say("نقش: {roles}", roles="، ".join(ROLES[role] for role in roles)),
        ),
        say("پیش‌نویس‌ها، پیشنهادها و خبرها از آن پس این‌جا هم در دسترس است."),
    )


def linked(name: str) -> Text:
    """To the messenger just linked."""
    return lines(
        say("**" + RLM + "{name}، این پیام‌رسان به حساب شما متصل شد.**", name=name),
        say("پیش‌نویس‌ها و پیشنهادهای شما این‌جا هم در دسترس است."),
    )


def linked_elsewhere(platform: str, *, cut_off: str) -> Text:
    """To the other chats of the person. `cut_off` is the label that lists the accounts."""
    return lines(
        say("**حساب شما در {platform} نیز متصل شد.**", platform=PLATFORMS[platform]),
        say(
            "اگر این کار را شما نکرده‌اید، در «{label}» آن را قطع کنید و به مدیر سامانه خبر دهید.",
            label=cut_off,
        ),
    )


def not_linked() -> Text:
    """«نه، متصل نشود»."""
    return say("این پیام‌رسان متصل نشد. کد تا پایان زمان خود اعتبار دارد.")


def unusable(why: str) -> Text:
    """The same words for an unknown, used, expired or withdrawn code; others for an account that is taken."""
    return (
        say(_WHY[why])
        if why in _WHY
        else lines(
            say("این کد اتصال قابل استفاده نیست؛ شاید پیش‌تر به کار رفته یا زمان آن گذشته است."),
            say("در پیام‌رسان نخست، با «اتصال پیام‌رسان دیگر» کد تازه بگیرید."),
        )
    )


_WHY: Final = {
    "unconfirmed": "این کد هنوز به تأیید مدیر سامانه دوم نرسیده است؛ پس از تأیید دوباره آن را بفرستید.",
    "already": "این پیام‌رسان از پیش به حساب شما متصل است.",
    "other_person": (
        "این پیام‌رسان از آنِ شخص دیگری است. اگر او حساب دیگری هم دارد، "
        "می‌تواند این را در «حساب‌های متصل» قطع کند. اگر دیگر در این سامانه کاری ندارد، "
        "از مدیر سامانه بخواهید نقش‌های او را بردارد؛ سپس کد تازه‌ای بگیرید و این‌جا بفرستید."
    ),
    "has_cases": (
        "از این حساب پیش‌تر در پرونده‌ای کار شده که هنوز گشوده یا قابل بازنگری است و به نام دیگری متصل نمی‌شود. "
        "حساب دیگری به کار ببرید، یا اگر آن کارها از خود شماست از مدیر سامانه بخواهید به همان نام نقش بدهد."
    ),
}

Row = tuple[str, str, dt.datetime | None, bool]
"""An account: platform, the name it shows, when it was last heard from (or None), whether it is this one."""


def accounts(rows: Sequence[Row]) -> Text:
    """The accounts by which the person is known here."""
    told = [
        lines(
            say(RLM + "{n}. {platform}، {name}", n=n, platform=PLATFORMS[platform], name=name or _UNNAMED)
            + (say(" (همین‌جا)") if here else Text()),
            say("آخرین پیام: {when}", when=seen) if seen else Text(),
        )
        for n, (platform, name, seen, here) in enumerate(rows, 1)
    ]
    only = say("تنها حساب شما همین است و قطع نمی‌شود.") if len(rows) == 1 else Text()
    return paragraphs(say("**حساب‌های متصل**"), *told, only)


_UNNAMED: Final = "بی‌نام"


def sure_to_unlink(platform: str, name: str) -> Text:
    """The question before an account is cut off."""
    return lines(
        say("**حساب «{name}» در {platform} قطع شود؟**", name=name or _UNNAMED, platform=PLATFORMS[platform]),
        say("از آن پس از آن‌جا نه پیش‌نویسی دیده می‌شود و نه کاری به نام شما انجام می‌شود."),
    )


def unlinked_elsewhere(platform: str) -> Text:
    """To the person's other chats."""
    return say("یکی از حساب‌های شما در {platform} قطع شد.", platform=PLATFORMS[platform])


def unlinked_here() -> Text:
    """To the chat that was cut off."""
    return lines(
        say("این پیام‌رسان دیگر به حساب کسی متصل نیست."),
        say("با فرستادن کد رهگیری همچنان مرحله رسیدگی را می‌بینید."),
    )


def sure_to_leave(others: int) -> Text:
    """«خروج از همه»; `others` are the accounts besides this one."""
    return lines(
        say("**همه حساب‌های شما قطع شود؟**"),
        say("حساب‌های دیگر: {others}", others=others),
        say("از حسابی که قطع شود کاری به نام شما انجام نمی‌شود و منوی آن برداشته می‌شود."),
        say("اگر همین حساب را هم قطع کنید، برای بازگشت باید از مدیر سامانه کد ورود دوباره بگیرید."),
    )


def left(cut: int) -> Text:
    """To the account that stays: the others are cut off."""
    return say("قطع شد؛ شمار حساب‌های قطع‌شده: {cut}", cut=cut)


def left_everything() -> Text:
    """To the account from which all were cut off, this one too."""
    return lines(
        say("از همه حساب‌ها خارج شدید و این حساب هم قطع شد."),
        say("برای بازگشت از مدیر سامانه کد ورود دوباره بگیرید."),
    )


def sure_to_cut(name: str, accounts: int, *, way_back: bool = True) -> Text:
    """To an admin, before every account of somebody is cut off.

    `way_back`: whether a second admin could confirm «ورود دوباره».
    """
    return lines(
        say("**همه حساب‌های {name} قطع شود؟**", name=name),
        say("حساب‌های متصل: {accounts}", accounts=accounts),
        say("نقش‌های او می‌ماند؛ برای بازگشت «ورود دوباره» را برای او بسازید.")
        if way_back
        else say(
            "نقش‌های او می‌ماند. مدیر دیگری نیست که بازگشت او را تأیید کند؛ نگهدارنده دستگاه او را بازمی‌گرداند."
        ),
    )


def cut_by_admin(name: str, cut: int) -> str:
    """The short answer to the admin."""
    return f"حساب‌های {name} قطع شد ({show(cut)})."


def admin_cut(name: str, by: str) -> Text:
    """To the other admins."""
    return say(
        "{by} همه حساب‌های {name}، مدیر سامانه، را قطع کرد. اگر از آن بی‌خبرید، با او تماس بگیرید.",
        by=by,
        name=name,
    )


def last_account() -> str:
    """The only account stays."""
    return "این تنها حساب شماست و قطع نمی‌شود. نخست پیام‌رسان دیگری متصل کنید."


def about() -> Text:
    """Under the help of people who have a role."""
    return say("یک نفر، دو پیام‌رسان: پیش‌نویس‌ها و پیشنهادها در بله و تلگرام یکی است.")
