"""«توافق‌نامه خدمت»: the text by section, what is found in it, and what asks for an acceptance.

Sentences of the agreement are shown letter for letter, in the spelling in which they were given.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from domain.agreement import Change, Clause, is_heading
from messages_fa import buttons
from messages_fa.markup import RLM, Span, Style, Text, joined, lines, ours, paragraphs, say

_PIECE: Final = 3400
"""Characters of one message with changes; a message holds 4096."""
_BRIEF: Final = 2400
"""Characters of changes beside the question whether they are accepted."""


def overview(
    titles: Sequence[str],
    number: int,
    since: dt.date | None,
    endings: Sequence[Clause],
    coming: Sequence[tuple[int, dt.date]],
) -> Text:
    """The agreement in force: its title, its version, and every sentence about its end, side by side.

    Args:
        titles: what stands above the text.
        number: of the version.
        since: the day from which it is in force; None for the customer's own text.
        endings: the sentences that say until when it stands.
        coming: versions that are published and not in force yet, each with its day.
    """
    return paragraphs(
        lines(*(ours(RLM + title) for title in titles)),
        lines(version_line(number, since), *(_coming(*each) for each in coming)),
        lines(
            say("**پایان اعتبار، به عین متن:**"),
            *(say(RLM + "بخش {n}: «{text}»", n=one.section, text=ours(one.text)) for one in endings),
            say("همه این جمله‌ها در متن آمده و هیچ‌یک کنار گذاشته نشده است."),
        )
        if endings
        else Text(),
        say("این خدمت رایگان است و هیچ‌کس برای آن از شما پول نمی‌خواهد."),
        say("برای خواندن هر بخش، دکمه آن را بزنید یا شماره آن را بنویسید."),
    )


def version_line(number: int, since: dt.date | None) -> Text:
    """Which version, and since when."""
    if since is None:
        return say("نسخه {number}، متن نخست", number=number)
    return say("نسخه {number}، از {since}", number=number, since=since)


def _coming(number: int, day: dt.date) -> Text:
    return say("نسخه {number} منتشر شده است و از {day} اجرا می‌شود.", number=number, day=day)


def section(number: int, since: dt.date | None, title: str, clauses: Sequence[str]) -> Text:
    """One section, letter for letter."""
    return paragraphs(
        titled(title),
        lines(*map(_clause, clauses)),
        version_line(number, since),
    )


def _clause(clause: str) -> Text:
    mark = "" if is_heading(clause) else "• "
    return Text((Span(f"{RLM}{mark}{clause}"),))


def titled(title: str) -> Text:
    """The title of a section, letter for letter; the word before it begins the line in Persian."""
    return Text((Span("بخش "), Span(title, Style.BOLD)))


# Search


def ask_search() -> Text:
    """The question of «جست‌وجو در متن»."""
    return say("چه واژه‌ای از متن توافق‌نامه را می‌جویید؟ نمونه: شکایات")


def found(words: str, clauses: Sequence[Clause], total: int) -> Text:
    """The sentences that have these words, with their sections."""
    told = (lines(titled(one.title), say(RLM + "• {text}", text=ours(one.text))) for one in clauses)
    more = say("جمله‌های دیگر: {left}. برای دیدن آن‌ها واژه دقیق‌تری بنویسید.", left=total - len(clauses))
    return paragraphs(
        say("در متن توافق‌نامه، «{words}» در {total} جمله یافت شد.", words=words, total=total),
        *told,
        more if total > len(clauses) else Text(),
    )


def not_found(words: str) -> Text:
    """No sentence has all of these words."""
    return lines(
        say(RLM + "«{words}» در متن توافق‌نامه نیست.", words=words),
        say("واژه کوتاه‌تری بنویسید. نمونه: پیگیری"),
    )


# Versions


def versions(rows: Sequence[tuple[int, dt.date | None, str]], in_force: int) -> Text:
    """Every version that was published: (number, since when, who published it), and which is in force."""
    told = [
        lines(
            say(
                "{version}{now}",
                version=version_line(number, since),
                now=say("؛ **در حال اجرا**") if number == in_force else Text(),
            ),
            say("منتشرکننده: {who}", who=who) if who else Text(),
        )
        for number, since, who in rows
    ]
    note = say("پیشنهادی که پیش از تاریخ اجرای یک نسخه ثبت شده است، با نسخه زمان ثبت خود می‌ماند.")
    return paragraphs(say("**نسخه‌های توافق‌نامه**"), *told, note)


def changes(old: int, new: int, changed: Sequence[Change]) -> tuple[Text, ...]:
    """What differs between two versions, as messages."""
    head = say("**تغییرهای نسخه {new} نسبت به نسخه {old}**", old=old, new=new)
    return _pieces([head, *_changed(changed)], _PIECE)


def _changed(changed: Sequence[Change]) -> list[Text]:
    told: list[Text] = []
    for change in changed:
        first, *rest = [
            *(say("حذف شد: {text}", text=ours(text)) for text in change.gone),
            *(say("افزوده شد: {text}", text=ours(text)) for text in change.come),
        ]
        told += [lines(titled(change.title), first), *rest]
    return told or [say("هیچ جمله‌ای تغییر نکرده است.")]


def _pieces(told: Sequence[Text], longest: int) -> tuple[Text, ...]:
    """Lines put together into as few messages as they fit in."""
    pieces: list[list[Text]] = [[]]
    for line in told:
        if pieces[-1] and _length(pieces[-1]) + len(line.plain) > longest:
            pieces.append([])
        pieces[-1].append(line)
    return tuple(joined("\n", *piece) for piece in pieces)


def _length(piece: Sequence[Text]) -> int:
    return sum(len(line.plain) + 1 for line in piece)


# Accepting


def to_accept(number: int, since: dt.date | None, before: int, changed: Sequence[Change]) -> Text:
    """Before a filing: the version in force has changed since the person's last word."""
    first, *rest = _pieces(_changed(changed), _BRIEF)
    return paragraphs(
        say("**توافق‌نامه خدمت تغییر کرده است.**"),
        lines(
            version_line(number, since),
            say("تغییرها نسبت به نسخه {before}:", before=before),
        ),
        first,
        say("برای دیدن بقیه تغییرها «{more}» را بزنید.", more=buttons.WHAT_CHANGED) if rest else Text(),
        say("برای ثبت پیشنهاد، پذیرش این نسخه لازم است. آن را می‌پذیرید؟"),
    )


def accepted(number: int) -> str:
    """The short answer to «می‌پذیرم»."""
    return f"پذیرش نسخه {say('{n}', n=number).plain} ثبت شد."


def not_accepted() -> Text:
    """«نمی‌پذیرم»."""
    return lines(
        say("پذیرش ثبت نشد و پیشنهاد تازه‌ای ثبت نمی‌شود؛ کارهای دیگر مانند پیش در دسترس است."),
        say("پیش‌نویس‌های شما محفوظ است. هر زمان پذیرفتید، «{new}» را بزنید.", new=buttons.NEW),
    )


def changed_meanwhile() -> str:
    """The agreement on the screen is not the one in force, or not the one being written, any more."""
    return "متن در این میان تغییر کرده است؛ صفحه کنونی را ببینید."


def notice(content: Mapping[str, Any]) -> Text:
    """The notice of a new version: its `version` and the day `since` which it is in force, as ISO text."""
    number, since = content["version"], dt.date.fromisoformat(content["since"])
    return paragraphs(
        say("**نسخه تازه توافق‌نامه خدمت**"),
        lines(
            say("نسخه {number} از {since} اجرا می‌شود.", number=number, since=since),
            say("پیشنهادهایی که پیش از آن ثبت شود با نسخه پیشین می‌ماند."),
            say("از آن پس، پیش از نخستین ثبت پیشنهاد پذیرش آن پرسیده می‌شود."),
        ),
        say("متن و تغییرها: «{terms}»", terms=buttons.TERMS),
    )
