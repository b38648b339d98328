"""A filed proposal for the officer who filed it: where it stands, all that was sent, and what comes next."""

from collections.abc import Sequence

from messages_fa.form import file_named, shortened
from messages_fa.markup import RLM, Text, lines, paragraphs, say, series
from messages_fa.reasons import EVERY, worded

_LONGEST_NOTE = 400


def case(
    stage: Text, word: Text, rows: Sequence[Text], plan: Text, papers: Sequence[tuple[str, str]]
) -> Text:
    """The whole case.

    Args:
        stage: code, timeline and what comes next.
        word: what the office said last, or nothing.
        rows: the answers.
        plan: the plan of payments.
        papers: name and size of each file.
    """
    named = [
        say(RLM + "{n}. {name}، {size}", n=n, name=file_named(name), size=size)
        for n, (name, size) in enumerate(papers, 1)
    ]
    return paragraphs(
        stage,
        word,
        lines(say("**متن پیشنهاد**"), *rows),
        plan,
        lines(say("**پیوست‌ها**"), *named),
    )


def last_word(action: str, reasons: Sequence[str], note: str) -> Text:
    """What the office said last, with the catalogue's words for its reasons."""
    line = shortened(" ".join(note.split()), _LONGEST_NOTE)
    said, rest = worded(EVERY[action], reasons, line) if action in EVERY else ([], line)
    return lines(
        say("دلیل: {reasons}", reasons=series(said)) if said else Text(),
        say("توضیح: {note}", note=rest) if rest else Text(),
    )
