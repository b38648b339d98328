"""The record of a case: every step and every internal note, whole, in as many messages as it takes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from domain.lifecycle import State
from messages_fa.markup import RLM, Text, code_line, lines, paragraphs, say, series
from messages_fa.names import ACTIONS, CONDITIONS, FIELDS, NOT_GIVEN, STATES
from messages_fa.reasons import EVERY, told

LONGEST: Final = 3900
"""Characters of a message; the platforms take 4,096."""
_PIECE: Final = 1200
"""Characters of somebody's words in one piece; what is longer is told in several."""

Block = Sequence[Text]
"""The lines of one step or note, none of them longer than a message."""


def messages(code: str, steps: Iterable[Block], notes: Iterable[Block]) -> tuple[Text, ...]:
    """The record.

    Args:
        code: the tracking code.
        steps: made by `step`, the first first.
        notes: made by `note`, the first first.
    """
    written = list(notes)
    title = [say("**سابقه پرونده**"), say("کد رهگیری:"), code_line(code)]
    heading = say("**یادداشت‌های داخلی**") if written else say("یادداشت داخلی ندارد.")
    return _packed([title, *steps, [heading], *written])


def step(
    number: int,
    action: str,
    when: dt.datetime,
    who: str,
    state: State,
    *,
    reasons: Sequence[str] = (),
    words: str = "",
    more: Sequence[Text] = (),
) -> Block:
    """One step of the case: what was done, when and by whom, where it led, and why."""
    why = told(EVERY[action], reasons) if action in EVERY else []
    return [
        say(RLM + "{n}. **{action}،** {when}", n=number, action=ACTIONS[action], when=when),
        say(RLM + "{who}، وضعیت: {state}", who=who or "سامانه", state=STATES[state]),
        *(say("دلیل: {reason}", reason=reason) for reason in why),
        *more,
        *_whole("توضیح: ", words),
    ]


def given_to(name: str) -> Text:
    """To whom a case was given."""
    return say("تحویل‌گیرنده: {name}", name=name)


def marked(fields: Sequence[str]) -> Text:
    """What a return asked for."""
    return say("بخش‌های نشان‌شده: {fields}", fields=series(FIELDS[name] for name in fields if name in FIELDS))


def ticked(ticks: Mapping[str, dt.datetime]) -> tuple[Text, ...]:
    """The general conditions that were found met, each with its moment."""
    return tuple(say("تأیید شد: {name}، {at}", name=CONDITIONS[code], at=at) for code, at in ticks.items())


def taken_back(action: str, reasons: Sequence[str], made_at: dt.datetime) -> tuple[Text, ...]:
    """Of a decision taken back: which one it was."""
    why = told(EVERY[action], reasons) if action in EVERY else []
    return (
        say("تصمیم اعلام‌نشده: {action}، {at}", action=ACTIONS[action], at=made_at),
        *(say("دلیل آن: {reason}", reason=reason) for reason in why),
    )


def change(field: str, before: Text | None, after: Text | None) -> tuple[Text, ...]:
    """A field that a correction changed."""
    label = FIELDS.get(field, field)
    return (
        *_whole(f"{label}، پیش از اصلاح: ", before.plain if before else NOT_GIVEN),
        *_whole(f"{label}، پس از اصلاح: ", after.plain if after else NOT_GIVEN),
    )


def note(who: str, when: dt.datetime, words: str) -> Block:
    """An internal note."""
    return [say(RLM + "{who}، {when}:", who=who, when=when), *_whole("", words)]


def _whole(title: str, words: str) -> tuple[Text, ...]:
    """Somebody's words, all of them."""
    return tuple(
        say("{piece}" if place else title + "{piece}", piece=piece)
        for place, piece in enumerate(_pieces(words))
    )


def _pieces(words: str) -> Iterator[str]:
    """The same in pieces of at most `_PIECE` characters, parted between words where that can be."""
    while len(words) > _PIECE:
        cut = words.rfind(" ", 0, _PIECE) + 1 or _PIECE
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def _packed(blocks: Iterable[Block]) -> tuple[Text, ...]:
    """As few messages as hold these lines in their order; each block begins after an empty line."""
    made, last = [], Text()
    for block in blocks:
        for place, line in enumerate(block):
            longer = lines(last, line) if place else paragraphs(last, line)
            if len(longer.plain) > LONGEST:
                made.append(last)
                longer = line
            last = longer
    return (*made, last)
