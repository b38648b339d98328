"""Telegram: HTML mark-up, and the limits of its Bot API (https://core.telegram.org/bots/api)."""

import html
import re
from typing import Any

from bot.platforms.platform import Platform
from messages_fa.markup import Span, Style, Text

_TAG = re.compile(r"</?(?:b|code|a|s)(?: [^>]*)?>")


def render(text: Text) -> str:
    """Neutral text as Telegram's HTML."""
    return "".join(_marked(span) for span in text.spans if span.text)


def _marked(span: Span) -> str:
    shown = html.escape(span.text, quote=False)
    if span.style is Style.BOLD:
        return f"<b>{shown}</b>"
    if span.style is Style.CODE:
        return f"<code>{shown}</code>"
    if span.style is Style.STRIKE:
        return f"<s>{shown}</s>"
    if span.style is Style.LINK:
        return f'<a href="{html.escape(span.url)}">{shown}</a>'
    return shown


def strip(source: str) -> str:
    """Our HTML without its tags."""
    return html.unescape(_TAG.sub("", source))


def reply(message_id: int) -> dict[str, Any]:
    """The parameters of an answer to a message; it goes out even if that one is gone."""
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


TELEGRAM = Platform(
    name="telegram",
    default_api="https://api.telegram.org",
    link_base="https://t.me/{bot}?start={payload}",
    render=render,
    strip=strip,
    reply=reply,
    rate=29.0,
    marking={"parse_mode": "HTML"},
    text_extras={"link_preview_options": {"is_disabled": True}},
    unknown_chat=("chat not found", "user not found", "peer_id_invalid"),
)
