"""The authorised official's confirmation, where an agency wants one: for the officer and for the official."""

import datetime as dt
from collections.abc import Mapping, Sequence

from messages_fa import buttons
from messages_fa.form import shortened
from messages_fa.markup import RLM, Code, Link, Text, code_line, lines, paragraphs, say
from messages_fa.names import PLATFORMS

Answers = Mapping[str, object]
_TITLE = 80


def offered(token: str, links: Sequence[tuple[str, str]], until: dt.datetime) -> Text:
    """To the officer: the link to pass on; shown once.

    Args:
        token: what is sent where there is no link.
        links: messenger and link of each.
        until: until when it is good.
    """
    return paragraphs(
        lines(
            say("**پیشنهاد در انتظار تأیید مقام مجاز است**"),
            say("دستگاه شما ثبت هر پیشنهاد را با تأیید مقام مجاز انجام می‌دهد."),
            say("این پیوند را فقط به مقام مجاز بدهید؛ یک بار و تا {until} به کار می‌آید.", until=until),
        ),
        lines(*(say("{link}", link=Link(f"پیوند تأیید در {PLATFORMS[name]}", link)) for name, link in links)),
        lines(say("یا این کد را در همین ربات بفرستد:"), say(RLM + "{token}", token=Code(token))),
        lines(
            say("تا تأیید او پیشنهادی ثبت نمی‌شود و پیش‌نویس قفل است."),
            say("برای تغییر آن «{take}» را بزنید.", take=buttons.TAKE_BACK_DRAFT),
        ),
    )


def waiting(number: int, title: str, until: dt.datetime) -> Text:
    """In the list of drafts: one that is with the official."""
    return lines(
        say(RLM + "{n}. {title}", n=number, title=shortened(title, _TITLE)),
        say("پیوند تأیید تا {until} به کار می‌آید.", until=until),
    )


def waiting_list(rows: Sequence[Text]) -> Text:
    """Below the list of drafts: those that are with the official."""
    return paragraphs(say("**در انتظار تأیید مقام مجاز**"), *rows)


def taken_back(title: str) -> Text:
    """The officer took the draft back."""
    return say(
        "پیش‌نویس «{title}» پس گرفته شد و پیوند تأیید دیگر به کار نمی‌آید.", title=shortened(title, _TITLE)
    )


def unusable(why: str, code: str = "") -> Text:
    """The link opens nothing.

    Args:
        why: as `services.errors.CosignUnusable` says.
        code: the tracking code of what this account has confirmed, or empty.
    """
    if code:
        return lines(say("این پیشنهاد را پیش‌تر تأیید کرده‌اید. کد رهگیری:"), code_line(code))
    told = {
        "own": "این پیوند برای مقام مجاز است؛ کارشناسی که پیشنهاد را فرستاده است نمی‌تواند آن را تأیید کند.",
        "confirmed": "این پیشنهاد را پیش‌تر تأیید کرده‌اید و به اداره کل رفته است.",
        "returned": "این پیشنهاد را پیش‌تر به کارشناس دستگاه برگردانده‌اید.",
        "expired": "مهلت این پیوند پایان یافته است. پیوند تازه را از کارشناس دستگاه خود بخواهید.",
        "other": "این حساب از آنِ کسی با نقش دیگر است و نمی‌تواند این پیشنهاد را تأیید کند.",
    }
    return say(told.get(why, "این پیوند دیگر به کار نمی‌آید. پیوند تازه را از کارشناس دستگاه خود بخواهید."))


def to_confirm(agency: str, officer: str, rows: Sequence[Text], plan: Text, until: dt.datetime) -> Text:
    """To the official: the whole proposal."""
    return paragraphs(
        lines(
            say("**پیشنهادی برای تأیید شما**"),
            say("دستگاه: {agency}", agency=agency),
            say("کارشناس: {officer}", officer=officer),
            say("تصویر نامه و پیوست‌ها بالای همین پیام است."),
        ),
        lines(*rows),
        plan,
        lines(
            say("با «{sign}» پیشنهاد به نام شما و کارشناس به اداره کل می‌رود.", sign=buttons.CONFIRM_AND_SEND),
            say("اگر ایرادی دارد، آن را با «{back}» برگردانید.", back=buttons.BACK_TO_OFFICER),
            say("این تأیید تا {until} ممکن است. این خدمت رایگان است.", until=until),
        ),
    )


def paper(number: int, count: int, name: str) -> Text:
    """The caption of a file for the official."""
    return say("پرونده {n} از {of}: {name}", n=number, of=count, name=shortened(name, _TITLE))


def ask_name(_answers: Answers) -> Text:
    """What the official is called: asked once, of whom the office does not know."""
    return lines(
        say("**نام و نام خانوادگی شما چیست؟**"),
        say("نام شما در سابقه پیشنهاد می‌ماند و با نوشتن آن پیشنهاد ارسال می‌شود."),
    )


def ask_objection(_answers: Answers) -> Text:
    """What is to be corrected, said to the officer."""
    return lines(say("**چه چیزی باید اصلاح شود؟**"), say("کارشناس دستگاه این نوشته را می‌بیند."))


def confirmed_correction(code: str) -> Text:
    """To the official: the correction is sent in."""
    return lines(
        say("**تأیید شما ثبت شد و پیشنهاد اصلاح‌شده به اداره کل رفت.**"),
        say("کد رهگیری:"),
        code_line(code),
        say("با این کد، مرحله رسیدگی را همین‌جا می‌بینید."),
    )


def confirmed(code: str) -> Text:
    """To the official: it is filed."""
    return lines(
        say("**تأیید شما ثبت شد و پیشنهاد به اداره کل رفت.**"),
        say("کد رهگیری:"),
        code_line(code),
        say("با این کد، مرحله رسیدگی را همین‌جا می‌بینید. رسید و رمز برای کارشناس فرستاده شد."),
    )


def confirmed_by(name: str) -> Text:
    """To the officer, above the receipt."""
    return say("مقام مجاز، {name}، پیشنهاد را تأیید کرد.", name=name)


def sent_back() -> Text:
    """To the official."""
    return say("پیشنهاد به کارشناس دستگاه بازگشت و چیزی به اداره کل فرستاده نشد.")


def returned(title: str, note: str) -> Text:
    """To the officer: the official wants it otherwise."""
    return lines(
        say("**مقام مجاز پیشنهاد را بازگرداند**"),
        say("پیش‌نویس: {title}", title=shortened(title, _TITLE)),
        say("توضیح: {note}", note=note),
        say("پیش‌نویس باز است؛ آن را اصلاح کنید و دوباره بفرستید."),
    )


_OUTDATED = {
    "answers": "پاسخی دیگر درست نیست",
    "terms": "نسخه تازه تفاهم‌نامه هنوز پذیرفته نشده است",
    "moved": "کارشناس از زمان ارسال پیوند به دستگاه دیگری رفته است",
    "alike": "برای همین بدهی پیشنهاد دیگری در جریان است",
    "gone": "پرونده دیگر در انتظار اصلاح نیست",
}
"""Why what was to be confirmed cannot be filed as it stands."""


def outdated(title: str, why: str) -> Text:
    """To the officer: what was to be confirmed cannot be filed as it stands any more."""
    return lines(
        say("**پیشنهاد تأیید نشد: {why}**", why=_OUTDATED.get(why, _OUTDATED["answers"])),
        say("پیش‌نویس: {title}", title=shortened(title, _TITLE)),
        say("پیش‌نویس باز است؛ آن را ببینید، کامل کنید و دوباره بفرستید."),
    )


def outdated_for_official(why: str) -> Text:
    """To the official, of the same; `role` where the officer may not file any more."""
    if why == "role":
        return lines(
            say("کارشناسی که این پیشنهاد را فرستاده بود دیگر نمی‌تواند آن را ثبت کند و چیزی ثبت نشد."),
            say("دستگاه باید آن را از راه کارشناس دیگری بفرستد."),
        )
    told = _OUTDATED.get(why, _OUTDATED["answers"])
    return lines(
        say("پیشنهاد تأیید نشد: {why}. برای اصلاح به کارشناس بازگشت.", why=told),
        say("پیوند تازه را از او بخواهید."),
    )


def expired(title: str) -> Text:
    """To the officer: nobody confirmed it in time."""
    return lines(
        say("**مهلت تأیید مقام مجاز پایان یافت**"),
        say("پیش‌نویس: {title}", title=shortened(title, _TITLE)),
        say("پیش‌نویس دوباره باز است؛ برای پیوند تازه آن را از «{drafts}» بفرستید.", drafts=buttons.DRAFTS),
    )


def on_card(name: str) -> Text:
    """On the card of the case: whose confirmation it has."""
    return say("**تأیید مقام مجاز در سامانه:** {name}", name=name)


def once_on_card(name: str) -> Text:
    """The same where an earlier version was confirmed, and the one that stands was not."""
    return say("**تأیید مقام مجاز در سامانه، فقط برای نسخه پیش از اصلاح:** {name}", name=name)
