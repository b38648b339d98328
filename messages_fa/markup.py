"""The one helper through which every text is made: it formats by type and keeps user text literal.

A template is Persian prose with `{name}` placeholders and `**bold**`. A value is formatted by its type:

=============  =====================================================
Rials          «۱۲٬۵۰۰٬۰۰۰ ریال»
date           «۱۴۰۵/۰۷/۰۹»
datetime       «۱۴۰۵/۰۷/۰۹ ساعت ۱۴:۰۵», Tehran time (must be aware)
int            Persian digits, no grouping
Code           a span that is copied by a tap; its digits stay as given
Link           a labelled link
Struck         what held once: struck out, or marked in words
Text           inlined with its own mark-up
str            literal text: cleaned of control marks, never mark-up, and nothing to be tapped
=============  =====================================================
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from messages_fa.untappable import untappable
from persian.codes import group_code
from persian.dates import show_date, show_moment
from persian.money import Rials, grouped
from persian.text import clean, to_persian_digits, visible

RLM = "\u200f"
"""The mark from which a line runs from right to left, whatever it begins with."""

LONGEST_VALUE = 1500
"""Characters of one user-supplied value in a text; a message holds 4096."""


class Style(StrEnum):
    """How a span looks; each platform renders it in its own mark-up."""

    PLAIN = "plain"
    BOLD = "bold"
    CODE = "code"
    LINK = "link"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of literal characters in one style."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A formatted text, neutral of platform."""

    spans: tuple[Span, ...] = ()

    def __add__(self, other: "Text") -> "Text":
        return Text(self.spans + other.spans)

    @property
    def plain(self) -> str:
        """The characters alone, as a platform without mark-up shows them."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be copied by a tap: a tracking code, a passcode."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link with a label."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Struck:
    """What held once and is replaced: struck out where the platform can, else «(پیش‌تر: …)»."""

    text: str


FORMERLY: Final = "پیش‌تر"
"""The word by which a platform without strikes marks what held once."""

Value = str | int | Rials | dt.date | dt.datetime | Code | Link | Struck | Text

_TOKEN = re.compile(r"(\*\*|\{[a-z_0-9]+\})")


def say(template: str, **values: Value) -> Text:
    """Make a text from a template and its values.

    Raises:
        KeyError: a placeholder has no value.
    """
    spans: list[Span] = []
    style = Style.PLAIN
    for part in _TOKEN.split(template):
        if part == "**":
            style = Style.PLAIN if style is Style.BOLD else Style.BOLD
        elif part.startswith("{") and part.endswith("}"):
            spans.extend(_spans(values[part[1:-1]], style))
        elif part:
            spans.append(Span(part, style))
    return Text(_merged(spans))


def code_line(code: str) -> Text:
    """A tracking code on a line of its own, from the right, to be copied by a tap where the platform can."""
    return Text((Span(RLM), Span(visible(group_code(code)), Style.CODE)))


def ours(text: str) -> Text:
    """Characters of our own making, marks of direction among them."""
    return Text((Span(text),))


def lines(*texts: Text) -> Text:
    """Put texts under one another, leaving out empty ones."""
    return joined("\n", *texts)


def paragraphs(*texts: Text) -> Text:
    """Put texts under one another with an empty line between, leaving out empty ones."""
    return joined("\n\n", *texts)


def joined(between: str, *texts: Text) -> Text:
    """Join texts with a separator, leaving out empty ones."""
    spans: list[Span] = []
    for text in texts:
        if text.spans:
            spans.extend((Span(between), *text.spans) if spans else text.spans)
    return Text(tuple(spans))


def series(parts: Iterable[str]) -> str:
    """Names one after another: «تقسیط، استمهال»."""
    return "، ".join(parts)


def show(value: int | dt.date | dt.datetime) -> str:
    """Show a number, an amount, a date or a moment as prose does."""
    if isinstance(value, Rials):
        return f"{grouped(value)} ریال"
    if isinstance(value, dt.datetime):
        return show_moment(value)
    if isinstance(value, dt.date):
        return show_date(value)
    return to_persian_digits(str(value))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Put neighbours of one style together: Bale sets every marked span apart by spaces."""
    merged: list[Span] = []
    for span in spans:
        if merged and not span.url and merged[-1].style is span.style and not merged[-1].url:
            merged[-1] = Span(merged[-1].text + span.text, span.style)
        else:
            merged.append(span)
    return tuple(merged)


def _spans(value: Value, style: Style) -> tuple[Span, ...]:
    if isinstance(value, Text):
        return value.spans
    if isinstance(value, Code):
        return (Span(visible(value.text), Style.CODE),)
    if isinstance(value, Link):
        return (Span(visible(value.label), Style.LINK, value.url),)
    if isinstance(value, Struck):
        return (Span(untappable(visible(value.text)), Style.STRIKE),)
    if isinstance(value, str):
        return (Span(untappable(clean(value, limit=LONGEST_VALUE)), style),)
    return (Span(show(value), style),)
