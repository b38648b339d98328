"""Formatted text: Telegram's HTML and Bale's Markdown into entities, entities into safe HTML.

Offsets and lengths of entities count UTF-16 units, as the Bot API does. The errors read as those of
Telegram's own parser (byte offsets in UTF-8).
"""

import html
import itertools
import re
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
SHOWN_AS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "span",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)(>?)")
ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
CHARACTER = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
PIECE = re.compile(r"[<&]")
SAFE_LINK = re.compile(r"(https?://|tg://|tel:|mailto:)", re.IGNORECASE)
BALE_MARKS = re.compile(
    r"(?<!\S)(?P<mark>[*_])(?=[^\s*_])(?P<marked>[^\n]*?)(?<=\S)(?P=mark)(?!\S)"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\s]+)\)",
)
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")

# What a messenger makes tappable by itself, in a text that nobody has marked; a few of the domains there are.
_DOMAIN = r"(?:[\w-]+\.)+(?:com|net|org|ir|me|io|example|ایران)(?!\w)"
_NUMBERS = r"\.".join(["(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"] * 4)
BY_ITSELF = (
    ("email", re.compile(rf"(?<![\w.+-])[\w.+-]+@{_DOMAIN}")),
    ("url", re.compile(rf"(?:https?|tg)://\S+|(?<![\w-]){_DOMAIN}(?:[/?#]\S*)?")),
    ("url", re.compile(rf"(?<![\w.]){_NUMBERS}(?![\w.])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z][A-Za-z0-9_]{0,63}")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
    ("cashtag", re.compile(r"(?<!\w)\$[A-Z]{1,8}(?![A-Za-z])")),
)
NOT_LOOKED_INTO = ("code", "pre", "text_link")


class CannotParse(ValueError):  # noqa: N818 - named for what happened
    """The HTML is wrong; the text says how, in Telegram's words."""


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    entity: Entity


def utf16(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class _Reader:
    """One pass over a Telegram HTML text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain: list[str] = []
        self.length = 0
        self.entities: list[Entity] = []
        self.open: list[_Open] = []

    def add(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16(text)

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while found := PIECE.search(self.source, at):
            self.add(self.source[at : found.start()])
            at = self.tag(found.start()) if found[0] == "<" else self.character(found.start())
        self.add(self.source[at:])
        if self.open:
            raise CannotParse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.plain), self.entities

    def character(self, at: int) -> int:
        found = CHARACTER.match(self.source, at)
        self.add(html.unescape(found[0]) if found else "&")
        return found.end() if found else at + 1

    def tag(self, at: int) -> int:
        found = TAG.match(self.source, at)
        where = f"at byte offset {len(self.source[:at].encode())}"
        if found is None or not found[4]:
            raise CannotParse(f"Unclosed start tag {where}")
        name = found[2].lower()
        if found[1]:
            self.close(name, where)
        else:
            self.begin(name, found[3], where)
        return found.end()

    def begin(self, name: str, rest: str, where: str) -> None:
        attributes = {
            key.lower(): html.unescape(value.strip("\"'")) for key, value in ATTRIBUTE.findall(rest)
        }
        unknown_span = name == "span" and attributes.get("class") != "tg-spoiler"
        if name not in TAGS:
            raise CannotParse(f'Unsupported start tag "{name}" {where}')
        if unknown_span:
            raise CannotParse(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_Open(name, self.length, _entity(name, attributes)))

    def close(self, name: str, where: str) -> None:
        if not self.open:
            raise CannotParse(f"Unexpected end tag {where}")
        last = self.open.pop()
        if name not in ("", last.tag):
            raise CannotParse(f'Unmatched end tag {where}, expected "</{last.tag}>", found "</{name}>"')
        entity = {**last.entity, "offset": last.offset, "length": self.length - last.offset}
        # A link without an address is plain text, as in Telegram.
        if entity["length"] and entity.get("url") != "":
            self.entities.append(entity)


def _entity(name: str, attributes: dict[str, str]) -> Entity:
    kind = TAGS[name]
    if kind == "text_link":
        return {"type": kind, "url": attributes.get("href", "")}
    if kind == "custom_emoji":
        return {"type": kind, "custom_emoji_id": attributes.get("emoji-id", "")}
    if kind == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": kind}


def from_html(source: str) -> tuple[str, list[Entity]]:
    """Telegram HTML into plain text and entities.

    Raises:
        CannotParse: an unknown, unclosed or crossed tag.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


def from_bale(source: str) -> tuple[str, list[Entity]]:
    """Bale Markdown into plain text and entities; what is not well marked stays as it stands.

    Marks count only beside spaces or at the edges of a line: «*a* b» is bold, «x*a*» is not. A backtick
    means nothing.
    """
    if "*" not in source and "_" not in source and "[" not in source:
        return source, []
    plain: list[str] = []
    entities: list[Entity] = []
    length = at = 0
    for found in BALE_MARKS.finditer(source):
        before = source[at : found.start()]
        inner, nested = from_bale(found["marked"]) if found["mark"] else (found["label"], [])
        start = length + utf16(before)
        kind: Entity = {"type": "bold" if found["mark"] == "*" else "italic"}
        if found["url"]:
            kind = {"type": "text_link", "url": found["url"]}
        entities.append({**kind, "offset": start, "length": utf16(inner)})
        entities += [{**entity, "offset": entity["offset"] + start} for entity in nested]
        plain += [before, inner]
        length = start + utf16(inner)
        at = found.end()
    return "".join([*plain, source[at:]]), entities


def commands(text: str) -> list[Entity]:
    """The `bot_command` entities of what a person wrote."""
    if "/" not in text:
        return []
    return [
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for found in COMMAND.finditer(text)
    ]


def by_itself(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities of a text, with those that Telegram adds to it by itself."""
    closed = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in NOT_LOOKED_INTO]
    added: list[Entity] = []
    for kind, pattern in BY_ITSELF:
        for found in pattern.finditer(text):
            start, length = utf16(text[: found.start()]), utf16(found[0])
            if all(start + length <= begin or end <= start for begin, end in closed):
                closed.append((start, start + length))
                added.append({"type": kind, "offset": start, "length": length})
    return sorted(entities + added, key=lambda entity: (entity["offset"], -entity["length"]))


def strip(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space at both ends, as Telegram keeps messages."""
    bare = text.strip()
    if len(bare) == len(text) or not entities:
        return bare, entities
    lead = utf16(text[: len(text) - len(text.lstrip())])
    end = utf16(bare)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] - lead + entity["length"])
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return bare, moved


def to_html(text: str, entities: list[Entity]) -> str:
    """Safe HTML of a message: everything escaped, only the entities' own tags, <br> for line ends.

    Each stretch between two edges is wrapped on its own, so that crossing entities stay well-formed.
    """
    raw = text.encode("utf-16-le")
    edges = sorted(
        {0, len(raw) // 2, *(e["offset"] for e in entities), *(e["offset"] + e["length"] for e in entities)},
    )
    pieces = []
    for start, stop in itertools.pairwise(edges):
        piece = html.escape(raw[2 * start : 2 * stop].decode("utf-16-le", "replace")).replace("\n", "<br>")
        for entity in reversed(entities):
            if entity["offset"] <= start and stop <= entity["offset"] + entity["length"]:
                piece = _wrap(piece, entity)
        pieces.append(piece)
    return "".join(pieces)


def _wrap(piece: str, entity: Entity) -> str:
    if entity["type"] == "text_link" and SAFE_LINK.match(entity["url"]):
        address = html.escape(entity["url"])
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{piece}</a>'
    tag = SHOWN_AS.get(entity["type"].removeprefix("expandable_"))
    if tag is None:
        return piece
    opening = '<span class="spoiler">' if tag == "span" else f"<{tag}>"
    return f"{opening}{piece}</{tag}>"
