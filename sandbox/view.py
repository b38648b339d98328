"""What a message looks like on a phone: the Message of the people API."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sandbox import markup

Json = dict[str, Any]


def seen(platform: str, raw: Json, *, mine: bool) -> Json:
    """A Bot API message as the page shows it; `text` is what is read, without marks.

    `mine` tells that the bot sent it: only then is Bale's Markdown rendered.
    """
    source = str(raw.get("text", raw.get("caption", "")))
    entities: list[Json] = raw.get("entities") or raw.get("caption_entities") or []
    if platform == "bale" and mine:
        source, entities = markup.from_bale(source)
    return {
        "id": raw["message_id"],
        "from": "bot" if mine else "me",
        "sender": raw["from"]["first_name"],
        "date": iso(raw["date"]),
        "text": source if "text" in raw else "",
        "caption": source if "caption" in raw else None,
        "html": markup.to_html(source, entities),
        "edited": "edit_date" in raw,
        "deleted": False,
        "photo": _photo(platform, raw),
        "document": _document(platform, raw),
        "contact": raw.get("contact"),
        "inline": [[_button(button) for button in row] for row in _rows(raw)],
        "reply_to": raw.get("reply_to_message", {}).get("message_id"),
    }


def iso(seconds: float) -> str:
    """Seconds since 1970 as an ISO moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _rows(raw: Json) -> list[list[Json]]:
    rows: list[list[Json]] = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _button(button: Json) -> Json:
    return {"text": button["text"], "data": button.get("callback_data"), "url": button.get("url")}


def _address(platform: str, file_id: str) -> str:
    return f"/sandbox/file/{platform}/{quote(file_id)}"


def _photo(platform: str, raw: Json) -> Json | None:
    if "photo" not in raw:
        return None
    largest = raw["photo"][-1]
    return {
        "url": _address(platform, largest["file_id"]),
        "w": largest["width"],
        "h": largest["height"],
        "file_id": largest["file_id"],
    }


def _document(platform: str, raw: Json) -> Json | None:
    given = raw.get("document")
    return given and {
        "url": _address(platform, given["file_id"]),
        "name": given["file_name"],
        "size": given["file_size"],
        "mime": given["mime_type"],
        "file_id": given["file_id"],
    }
