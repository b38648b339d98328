"""What came in, in the bot's own words: one shape for both messengers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scans import Verdict

IncomingKind = Literal["text", "press", "file", "contact", "edited", "joined_group", "other"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that a person sent, not yet downloaded; `size` in bytes, 0 when the platform does not say."""

    file_id: str
    name: str
    mime: str
    size: int
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update.

    `chat_type` is the platform's own word: private, group, supergroup, channel.
    `text` is the message's text, or a file's caption, as typed.
    For a press `data` is the button's callback data, `query_id` the query to answer and `message_id`
    the message that carries the button. `content` holds the file's bytes once dispatch has fetched them and
    `verdict` its clean copy or why there is none, `computed` the outcome of what a handler asked for with
    `SlowWanted`. `forwarded` says that the words are not the person's own: forwarded, made by another bot, or
    in a channel's name.
    """

    platform: str
    chat_id: int
    user_id: int
    chat_type: str
    kind: IncomingKind
    user_name: str = ""
    text: str = ""
    message_id: int = 0
    query_id: str = ""
    data: str = ""
    file: Offered | None = None
    content: bytes | None = None
    verdict: Verdict | None = None
    album: str = ""
    forwarded: bool = False
    computed: object = None
    sent_at: dt.datetime | None = None


class FileWanted(Exception):  # noqa: N818 (it is a request to the dispatcher, not an error)
    """A handler needs the bytes of the offered file: dispatch rolls back, downloads, and runs it again.

    `stranger`: whoever offers it has no role, and waits in places apart.
    """

    def __init__(self, file: Offered, *, stranger: bool = False) -> None:
        super().__init__(file.file_id)
        self.file = file
        self.stranger = stranger


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What dispatch does itself after the commit: only calls that die by themselves.

    `answer` is the text of the callback answer (≤ 200 characters); every press is answered, if with nothing.
    """

    answer: str = ""
    alert: bool = False


class SlowWanted(Exception):  # noqa: N818 (it is a request to the dispatcher, not an error)
    """A handler needs something slow, such as hashing a passcode.

    Dispatch rolls back, computes it in a thread of its own, and runs the handler again with the outcome in
    `Incoming.computed`.
    """

    def __init__(self, compute: Callable[[], object]) -> None:
        super().__init__("slow")
        self.compute = compute
