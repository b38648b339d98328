"""What an answer of the messenger means for a message of the outbox: one table, no I/O."""

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Final

from bot.platforms.api import NoAnswer, NotConnected, Refused
from bot.platforms.platform import Platform

UNCHANGED: Final = "message is not modified"
GONE: Final = "message to delete not found"
STAND_BY: Final = 5.0
"""Seconds of a pause that the platform does not measure."""


class Verdict(Enum):
    """What to do with the message.

    SENT: it stands in the chat. PAUSE: the platform wants a rest, the message comes again. NO_PATH: it did
    not go out. UNKNOWN: perhaps it did. REFUSED: its form is not taken. UNREACHABLE: the person cannot be
    written to. TOKEN: the bot itself is not taken. PERHAPS_TOKEN: so says a 404, which also stands for a
    missing method: ask getMe.
    """

    SENT = "sent"
    PAUSE = "pause"
    NO_PATH = "no_path"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TOKEN = "token"  # noqa: S105 - the name of a verdict
    PERHAPS_TOKEN = "perhaps_token"  # noqa: S105 - the name of a verdict


BY_CODE: Final[dict[int, Verdict]] = {
    HTTPStatus.UNAUTHORIZED: Verdict.TOKEN,
    HTTPStatus.FORBIDDEN: Verdict.UNREACHABLE,
    HTTPStatus.NOT_FOUND: Verdict.PERHAPS_TOKEN,
    HTTPStatus.CONFLICT: Verdict.PAUSE,
    HTTPStatus.TOO_MANY_REQUESTS: Verdict.PAUSE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with what belongs to it.

    `problem` is a code for the ledger, `wait` the seconds of a pause, `message_id` that of a new message.
    """

    verdict: Verdict
    problem: str = ""
    wait: float = 0.0
    message_id: int | None = None


def accepted(result: object) -> Answer:
    """The messenger carried the call out; of a message sent, its id."""
    message_id = result.get("message_id") if isinstance(result, dict) else None
    known = isinstance(message_id, int) and not isinstance(message_id, bool)
    return Answer(Verdict.SENT, message_id=message_id if known else None)


def failed(error: Refused | NotConnected | NoAnswer, platform: Platform) -> Answer:
    """What a failed call means."""
    if isinstance(error, NotConnected):
        return Answer(Verdict.NO_PATH, "no_connection")
    if isinstance(error, NoAnswer):
        return Answer(Verdict.UNKNOWN, "no_answer")
    said = error.description.lower()
    if UNCHANGED in said or GONE in said:
        return Answer(Verdict.SENT)
    if any(words in said for words in platform.unknown_chat):
        return Answer(Verdict.UNREACHABLE, "unknown_chat")
    verdict = BY_CODE.get(error.code, Verdict.REFUSED)
    return Answer(verdict, str(error.code), wait=error.retry_after or STAND_BY)
