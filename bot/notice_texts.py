"""The words of a notice, made of its content when it is sent: each area adds its own renderer."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from messages_fa import agreement
from messages_fa.markup import Text
from storage.records import JsonObject


def _new_terms(content: JsonObject) -> Text:
    return agreement.new_version(content["version"], dt.date.fromisoformat(content["since"]))


TEXTS: Final[dict[str, Callable[[JsonObject], Text]]] = {"terms": _new_terms}
"""By what a notice is about; the push of a correction is rendered by the entry «about.push»."""


def text_of(about: str, content: JsonObject) -> Text:
    """The words of this content."""
    return TEXTS[about](content)


def push_of(about: str, content: JsonObject) -> Text:
    """The words of the short new message beside a correction."""
    return TEXTS[f"{about}.push"](content)
