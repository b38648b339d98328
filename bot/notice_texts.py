"""The words of a notice, made of its content when it is sent: each area adds its own renderer."""

from collections.abc import Callable
from typing import Final

from messages_fa import agreement, notices, windows
from messages_fa.markup import Text
from services.agreement import ABOUT as TERMS
from services.incidents import ABOUT as INCIDENT
from services.notices import WRITTEN
from services.windows import ABOUT as WINDOW
from storage.records import JsonObject

TEXTS: Final[dict[str, Callable[[JsonObject], Text]]] = {
    WRITTEN: notices.copy,
    WINDOW: windows.notice,
    INCIDENT: windows.incident,
    f"{INCIDENT}.push": windows.incident_push,
    TERMS: agreement.notice,
}
"""By what a notice is about; the push of a correction is rendered by the entry «about.push»."""


def text_of(about: str, content: JsonObject) -> Text:
    """The words of this content."""
    return TEXTS[about](content)


def push_of(about: str, content: JsonObject) -> Text:
    """The words of the short new message beside a correction."""
    return TEXTS[f"{about}.push"](content)
