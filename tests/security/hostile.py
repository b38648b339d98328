"""Twenty thousand texts that mean harm, the same ones in every run."""

import random
from collections.abc import Callable
from typing import Final

from bot.platforms.platform import units
from messages_fa.markup import Style, Text

SEED: Final = 47
COUNT: Final = 20_000
LONG: Final = 10_000

MARKS: Final = (
    "<b>",
    "</b>",
    "<b",
    "<a href='tg://user?id=5'>",
    "</a>",
    "<script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;amp;",
    "&",
    "&nbsp",
    "<code>",
    "<pre><code class='x'>",
    "<tg-spoiler>",
    " *پررنگ* ",
    "*",
    "**",
    "***",
    " _کج_ ",
    "__",
    "`",
    "```",
    "[متن](https://example.ir)",
    "[",
    "](",
    ")",
    "~",
    "||",
    "\\*",
    "> نقل",
    "# سر",
    "```[سر]متن```",
    "{x}",
    "**{x}**",
    "@admin",
    "/start x",
    "#برچسب",
    "https://example.ir",
)
UNSEEN: Final = (
    "\u202e",
    "\u202a",
    "\u202b",
    "\u202d",
    "\u202c",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u2061",
    "\u2063",
    "\ufeff",
    "\u00ad",
    "\u180e",
    "\u034f",
    "\u115f",
    "\u3164",
    "\uffa0",
    "\u2800",
    "\ufe0f",
    "\U000e0101",
    "\U000e0041",
    "\U000e007f",
    "\0",
    "\x01",
    "\x08",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\r",
    "\n",
    "\t",
    "\x0b",
    "\x0c",
    "\ud800",
    "\udfff",
    "\udc00\ud800",
)
WORDS: Final = (
    "{0}",
    "{text}",
    "%s%n%x",
    "${jndi:ldap://x}",
    "$(reboot)",
    "`reboot`",
    "'; DROP TABLE cases; --",
    '" OR 1=1 --',
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "f:x:1",
    "c:1:agree",
    "fb",
    "/cancel",
    "انصراف",
    "بازگشت",
    "بله، موافقت ثبت شود",
    "۱۲۳۴ ۵۶۷۸ ۹۰۱۲",
    "../../etc/passwd",
    "file:///etc/passwd",
    "null",
    "NaN",
    "True",
    "۰",
    "-۱",
    "٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩",
    "حسن",
    "یوسفی",
    "می\u200cروم",
    "ي",
    "ك",
    "ﻣﯿﻠﯿﻮﻥ",
    "ﷺ",
    "👨\u200d👩\u200d👧",
    "👍🏽",
    "🇮🇷",
    "❤\ufe0f",
    "\U0001f600",
    "é",
    "ﬁ",
    "²",
    "א",
    "中",
    "\ue000",
    "\ufffe",
    "\U0010ffff",
)
COMBINING: Final = tuple(chr(code) for code in (0x0300, 0x0334, 0x036F, 0x064B, 0x0652, 0x20DD))


def corpus(count: int = COUNT, seed: int = SEED) -> list[str]:
    """So many texts: each alone, then mixtures."""
    drawn = random.Random(seed)  # noqa: S311 - the same ones in every run
    alone = [*MARKS, *UNSEEN, *WORDS, *(f"الف{one}ب" for one in (*MARKS, *UNSEEN, *WORDS)), "", " "]
    made = [_of_kind[number % len(_of_kind)](drawn) for number in range(count - len(alone))]
    return (alone + made)[:count]


def _mixture(drawn: random.Random) -> str:
    pool = (MARKS, UNSEEN, WORDS, (" ", "الف", "ب ", "\n", "x", "1"))
    return "".join(drawn.choice(drawn.choice(pool)) for _ in range(drawn.randint(2, 14)))


def _noise(drawn: random.Random) -> str:
    return "".join(chr(drawn.randrange(0x110000)) for _ in range(drawn.randint(1, 20)))


def _low(drawn: random.Random) -> str:
    return "".join(chr(drawn.randrange(0x3000)) for _ in range(drawn.randint(1, 30)))


def _piled(drawn: random.Random) -> str:
    return "ن" + "".join(drawn.choice(COMBINING) for _ in range(drawn.randint(1, 300)))


def _long(drawn: random.Random) -> str:
    if drawn.random() < 0.95:  # a few are enough
        return _mixture(drawn)
    return (_mixture(drawn) * LONG)[:LONG]


_of_kind: tuple[Callable[[random.Random], str], ...] = (_mixture, _noise, _mixture, _low, _piled, _long)


def entities_of(text: Text) -> list[tuple[str, str]]:
    """The entities that a text's own spans make on Telegram: kind and characters."""
    kinds = {Style.BOLD: "bold", Style.CODE: "code", Style.STRIKE: "strikethrough", Style.LINK: "text_link"}
    return [(kinds[span.style], span.text) for span in text.spans if span.style in kinds and span.text]


def cut(text: str, offset: int, length: int) -> str:
    """A stretch of a text, counted in UTF-16 units."""
    raw = text.encode("utf-16-le")
    assert units(text) >= offset + length
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le")
