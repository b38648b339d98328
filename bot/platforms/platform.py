"""A messenger as data: limits, rates, addresses, and the few functions in which the two differ."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.incoming import Incoming
from bot.platforms.parsing import Unparsable, parse
from bot.screen import Button, Rows, Screen
from messages_fa.markup import Span, Text

__all__ = ["Json", "Limits", "Platform", "Request", "Unparsable"]

Json = dict[str, Any]
Request = tuple[str, Json]
"""A method of the Bot API and its parameters, ready for the outbox."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Limits:
    """The platform's limits: characters of texts, bytes of the rest."""

    text: int = 4096
    caption: int = 1024
    callback: int = 64
    answer: int = 200
    upload: int = 50 * 2**20
    download: int = 20 * 2**20
    photo: int = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Platform:
    """One messenger.

    Attributes:
        name: "telegram" or "bale".
        default_api: the root of the Bot API.
        link_base: a deep link with {bot} and {payload}.
        render: neutral text into the platform's mark-up.
        strip: the platform's mark-up back into bare text.
        reply: the parameters that make a message an answer to a message id.
        limits: see Limits.
        rate: messages a second, overall.
        chat_interval: seconds between messages of one chat when its burst is used up.
        chat_burst: messages that a chat takes at once.
        marking: parameters that go with every marked-up text.
        text_extras: parameters of every text message.
        counts_marks: whether marks count towards the limits of texts.
        has_commands_menu: whether setMyCommands exists.
        has_secret_header: whether webhooks carry a secret header.
        sends_allowed_updates: whether getUpdates and setWebhook know `allowed_updates`.
        trust_env: whether a proxy of the environment may be used.
        default_fields: what updates may lack, by the object it belongs to: see parsing.filled.
        old_query_prefix: a press whose query id starts so comes from a client that shows no answers:
            their text is sent as a message too.
        unknown_chat: lower-case words of a refusal that mean the chat cannot be reached.
    """

    name: str
    default_api: str
    link_base: str
    render: Callable[[Text], str]
    strip: Callable[[str], str]
    reply: Callable[[int], Json]
    limits: Limits = field(default_factory=Limits)
    rate: float = 28.0
    chat_interval: float = 1.0
    chat_burst: int = 4
    marking: Mapping[str, Any] = field(default_factory=dict)
    text_extras: Mapping[str, Any] = field(default_factory=dict)
    counts_marks: bool = False
    has_commands_menu: bool = True
    has_secret_header: bool = True
    sends_allowed_updates: bool = True
    trust_env: bool = True
    default_fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    old_query_prefix: str = ""
    unknown_chat: tuple[str, ...] = ()

    def link(self, bot: str, payload: str) -> str:
        """A deep link that starts the bot with `payload` (≤ 64 of A-Z a-z 0-9 _ -)."""
        return self.link_base.format(bot=bot, payload=payload)

    def params(self, screen: Screen, chat_id: int, *, reply_to: int | None = None) -> Request:
        """The call that shows a screen as a new message.

        A stored file goes as `stored_file`: its bytes are read when it is sent. A picture goes as `picture`
        and a text file as `plain_file`, in base 64: it is sealed and emptied with the other parameters.
        """
        buttons = self._markup(screen)
        answered = {} if reply_to is None else self.reply(reply_to)
        if screen.has_file:
            told = self._marked("caption", screen.text, self.limits.caption)
            return "sendDocument", {"chat_id": chat_id, **_attached(screen), **told, **buttons, **answered}
        told = self._marked("text", screen.text, self.limits.text)
        return "sendMessage", {"chat_id": chat_id, **told, **self.text_extras, **buttons, **answered}

    def edit_params(self, screen: Screen, chat_id: int, message_id: int | None = None) -> Request:
        """The call that turns a message into this screen.

        Without `message_id` delivery takes the message of the row's slot. A file or a chat keyboard cannot
        be edited in, so such a screen is a new message.
        """
        method, params = self.params(screen, chat_id)
        if method != "sendMessage" or screen.keyboard is not None:
            return method, params
        where = {} if message_id is None else {"message_id": message_id}
        return "editMessageText", {**params, **where}

    def as_new(self, params: Json) -> Request:
        """The new message in place of an edit whose message is gone."""
        return "sendMessage", {name: value for name, value in params.items() if name != "message_id"}

    def plain(self, params: Json) -> Json:
        """The same without mark-up: the one more try after a refusal."""
        bare = {name: value for name, value in params.items() if name not in self.marking}
        for name in ("text", "caption"):
            if name in bare:
                bare[name] = self.strip(bare[name])
        return bare

    def noted(self, params: Json, note: Text) -> Json:
        """The same text, or caption of a file, with one more line, if there is room for it."""
        name, room = ("text", self.limits.text) if "text" in params else ("caption", self.limits.caption)
        text = f"{params.get(name, '')}\n{self.render(note)}".lstrip("\n")
        return params if len(text) > room else {**params, name: text}

    def parse(self, raw: Json) -> Incoming | None:
        """One update in the bot's own words; None for kinds that mean nothing to it.

        Raises:
            Unparsable: it is malformed; the reason names types and fields, never contents.
        """
        return parse(self.name, raw, self.default_fields)

    def _marked(self, name: str, text: Text, limit: int) -> Json:
        rendered = self.render(clipped(text, limit))
        if self.counts_marks and len(rendered) > limit:
            rendered = self.render(clipped(text, 2 * limit - len(rendered)))
        return {name: rendered[:limit] if self.counts_marks else rendered, **self.marking}

    def _markup(self, screen: Screen) -> Json:
        if screen.rows:
            return {"reply_markup": {"inline_keyboard": _inline(screen.rows)}}
        if screen.keyboard is None:
            return {}
        if not screen.keyboard:
            return {"reply_markup": {"remove_keyboard": True}}
        rows = [[{"text": label} for label in row] for row in screen.keyboard]
        return {"reply_markup": {"keyboard": rows, "resize_keyboard": True}}


def _attached(screen: Screen) -> Json:
    if screen.picture is not None:
        return {"picture": b64encode(screen.picture).decode()}
    if screen.plain_file is not None:
        return {"plain_file": b64encode(screen.plain_file).decode()}
    return {"stored_file": screen.file_id}


def _inline(rows: Rows) -> list[list[Json]]:
    return [[_button(button) for button in row] for row in rows]


def _button(button: Button) -> Json:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.action}


def units(text: str) -> int:
    """Length in UTF-16 units, which the platforms count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clipped(text: Text, limit: int) -> Text:
    """The text, cut to `limit` UTF-16 units with an ellipsis as its last."""
    if units(text.plain) <= limit:
        return text
    kept: list[Span] = []
    room = limit - 1
    for span in text.spans:
        cut = span.text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
        kept.append(replace(span, text=cut))
        room -= units(span.text)
        if room <= 0:
            break
    return Text((*kept, Span(ELLIPSIS)))
