"""What is said about files: names, sizes, limits, and what of an album was not taken."""

from collections.abc import Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.form import file_named
from messages_fa.markup import RLM, Text, lines, say
from messages_fa.problems import problem
from persian.text import to_persian_digits

UNNAMED: Final = "پیوست"
"""The name of a document that came without one."""
_KB, _MB = 1024, 1024 * 1024
_REFUSED_SHOWN = 10


def file_size(size: int) -> str:
    """A size in bytes: «۱۲۰ کیلوبایت», «۱٫۵ مگابایت»."""
    if size < _MB:
        return f"{to_persian_digits(str(max(1, round(size / _KB))))} کیلوبایت"
    return f"{to_persian_digits(f'{size / _MB:.1f}'.removesuffix('.0')).replace('.', '٫')} مگابایت"


def received(label: str, name: str, size: int) -> Text:
    """With the next question: the file that was asked for has come."""
    return say("{label} دریافت شد: {name}، {size}", label=label, name=file_named(name), size=file_size(size))


def file_row(number: int, name: Text, size: int) -> Text:
    """One file of the list at a step that takes several."""
    return say("پرونده {number}: {name}، {size}", number=number, name=name, size=file_size(size))


def files_so_far(count: int, most: int, total: int, limit: int) -> Text:
    """Under the list of files: how much of the room they take, and how to go on.

    Args:
        count: of the files of the list.
        most: so many it may hold.
        total: bytes of all files of the form.
        limit: of that, in megabytes.
    """
    room = say(
        "مجموع: {count} پرونده از {most}، {total} از {limit} مگابایت",
        count=count,
        most=most,
        total=file_size(total),
        limit=limit,
    )
    if count < most:
        return lines(room, say("پرونده دیگری بفرستید یا «{go_on}» را بزنید.", go_on=buttons.CONTINUE))
    full = "حداکثر {most} پرونده پذیرفته می‌شود؛ «{go_on}» را بزنید یا یکی را حذف کنید."
    return lines(room, say(full, most=most, go_on=buttons.CONTINUE))


def files_limit(limit: int) -> Text:
    """What the question itself does not say: all files together (megabytes), and albums."""
    return lines(
        say("مجموع پرونده‌های این فرم حداکثر {limit} مگابایت است.", limit=limit),
        say("چند عکس را می‌توانید یک‌جا بفرستید."),
    )


def album_refused(rows: Sequence[tuple[int, str, Text]]) -> Text:
    """The files of an album that were not taken: (place, name, why); the others were."""
    hidden = len(rows) - _REFUSED_SHOWN
    return lines(
        say("**پذیرفته نشد: {count} پرونده**", count=len(rows)),
        *(
            say(
                RLM + "پرونده {place} ({name}): {why}",
                place=place,
                name=file_named(name),
                why=why,
            )
            for place, name, why in rows[:_REFUSED_SHOWN]
        ),
        say("و {count} پرونده دیگر.", count=hidden) if hidden > 0 else Text(),
    )


def why_refused(code: str, values: dict[str, object]) -> Text:
    """Why one file of an album was not taken, by the code of its problem."""
    if code == "text_wanted":
        return say("برای این پرسش یک پرونده بس است؛ آن را در گام «پیوست‌ها» بفرستید.")
    return problem(code, **{"example": "", **values})
