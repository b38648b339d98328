"""Reading a method's parameters strictly, refusing with the platform's own words."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox import markup
from sandbox.dialects import Dialect

Json = dict[str, Any]
Shape = TypeVar("Shape", bound=list[Any] | dict[str, Any])
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64
ANSWER_LIMIT = 200
REPLY_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")
INLINE_ACTIONS = frozenset(
    (
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ),
)
LINKS = ("http://", "https://", "tg://", "ton://")


@dataclass(slots=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Params:
    """What a method was given: values (JSON, or texts from a form) and files by field name."""

    values: Json
    files: dict[str, Upload] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - named for what happened
    """The API says no: an error code, a description and perhaps parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refused:
    """A refusal with code 400."""
    return Refused(400, f"Bad Request: {description}")


def text(params: Params, name: str) -> str:
    """A text; numbers of JSON bodies count as their digits."""
    value = params.values.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def integer(params: Params, name: str, otherwise: int = 0) -> int:
    """A whole number, also when given as text; `otherwise` when it is missing or no number."""
    value = params.values.get(name)
    if isinstance(value, int):
        return int(value)
    try:
        return int(value) if isinstance(value, str) else otherwise
    except ValueError:
        return otherwise


def flag(params: Params, name: str) -> bool:
    """A Boolean, also as the texts true, yes, 1."""
    return str(params.values.get(name, "")).lower() in ("true", "yes", "1")


def structure(params: Params, name: str, kind: type[Shape], problem: str) -> Shape | None:
    """A JSON value of one `kind` (dict or list), also when given as text; None when missing.

    Raises:
        Refused: it is no JSON or of another kind (with `problem`).
    """
    value = params.values.get(name)
    if isinstance(value, str):
        value = from_json(value, problem) if value else None
    if value is None:
        return None
    if not isinstance(value, kind):
        raise bad(problem)
    return value


def from_json(source: str | bytes, problem: str) -> object:
    """What a JSON text says.

    Raises:
        Refused: it is no JSON (with `problem`), or holds half of a surrogate pair.
    """
    try:
        value: object = json.loads(source)
    except ValueError:
        raise bad(problem) from None
    low = source.lower()
    if b"\\ud" in low if isinstance(low, bytes) else "\\ud" in low:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise bad("strings must be encoded in UTF-8") from None
    return value


def formatted(params: Params, name: str, dialect: Dialect) -> tuple[str, list[Json]]:
    """A text with its entities: `text` or `caption`, in the platform's own mark-up.

    Raises:
        Refused: wrong HTML, or a parse_mode other than HTML.
    """
    given = text(params, name)
    if not dialect.parse_modes:
        return given.strip(), []
    mode = text(params, "parse_mode").lower()
    if mode == "html":
        try:
            plain, entities = markup.strip(*markup.from_html(given))
            return plain, markup.by_itself(plain, entities)
        except markup.CannotParse as problem:
            raise bad(f"can't parse entities: {problem}") from None
    if mode:
        raise bad("unsupported parse_mode")
    return markup.strip(given, _entities(params, "entities" if name == "text" else "caption_entities", given))


def _entities(params: Params, name: str, shown: str) -> list[Json]:
    given = structure(params, name, list, "can't parse entities JSON object") or []
    size = markup.utf16(shown)
    for entity in given:
        whole = isinstance(entity, dict) and isinstance(entity.get("type"), str)
        if not (whole and _within(entity.get("offset"), entity.get("length"), size)):
            raise bad("can't parse MessageEntity")
        if entity["type"] == "text_link" and not isinstance(entity.get("url"), str):
            raise bad("can't parse MessageEntity")
    return given


def _within(offset: object, length: object, size: int) -> bool:
    if not (isinstance(offset, int) and isinstance(length, int)):
        return False
    return offset >= 0 and length > 0 and offset + length <= size


def message_text(params: Params, dialect: Dialect) -> Json:
    """The `text` and `entities` of a message: 1 to 4096 characters after parsing."""
    shown, entities = formatted(params, "text", dialect)
    if not shown:
        raise bad("message text is empty")
    if len(shown) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": shown, "entities": entities} if entities else {"text": shown}


def caption(params: Params, dialect: Dialect) -> Json:
    """The `caption` and `caption_entities`: up to 1024 characters after parsing, {} without any."""
    shown, entities = formatted(params, "caption", dialect)
    if len(shown) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not shown:
        return {}
    return {"caption": shown, "caption_entities": entities} if entities else {"caption": shown}


def reply_markup(params: Params) -> Json | None:
    """The checked `reply_markup`: inline keyboard, reply keyboard, removal or forced reply.

    Raises:
        Refused: not of one of those shapes, or a button that Telegram would not take.
    """
    given = structure(params, "reply_markup", dict, "can't parse reply keyboard markup JSON object")
    if not given:
        return None
    if "inline_keyboard" in given:
        rows = [[_inline_button(button) for button in row] for row in _rows(given, "inline_keyboard")]
        return {"inline_keyboard": [row for row in rows if row]}
    if "keyboard" in given:
        return {**given, "keyboard": [[_reply_button(b) for b in row] for row in _rows(given, "keyboard")]}
    if not any(kind in given for kind in REPLY_MARKUPS):
        raise bad("can't parse reply keyboard markup: unknown reply markup")
    return given


def inline_only(params: Params) -> Json | None:
    """The `reply_markup` of an edit, which may only be an inline keyboard."""
    given = reply_markup(params)
    if given is not None and "inline_keyboard" not in given:
        raise bad("inline keyboard expected")
    return given


def _rows(given: Json, name: str) -> list[list[Any]]:
    rows = given[name]
    if not isinstance(rows, list):
        raise bad(f'can\'t parse reply keyboard markup: Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad("can't parse reply keyboard markup: expected an Array of Array of buttons")
    return rows


def _inline_button(button: Json) -> Json:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if INLINE_ACTIONS.isdisjoint(button):
        problem = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {problem}")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(LINKS):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _reply_button(button: Json | str) -> Json:
    made = {"text": button} if isinstance(button, str) else button
    if not isinstance(made, dict) or not isinstance(made.get("text"), str) or not made["text"]:
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    return made
