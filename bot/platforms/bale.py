"""Bale: its own Markdown without an escape, and what its updates may lack (https://docs.bale.ai).

Marks count beside spaces and line edges only, so what is marked is set apart by spaces, and a code stands on
a line of its own, which runs from the right like every other. There is no way to escape a mark: those in
literal text are replaced by look-alikes. Round brackets stay: they mean something only after a square one,
and those are replaced.
"""

import re
from typing import Any

from bot.platforms.platform import Limits, Platform
from messages_fa.markup import FORMERLY, RLM, Span, Style, Text

_LOOK_ALIKES = str.maketrans({"*": "٭", "_": "＿", "[": "(", "]": ")", "`": "'"})
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "\n": "%0A"})
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_GAPS = {Style.PLAIN: "", Style.BOLD: " ", Style.LINK: " ", Style.STRIKE: "", Style.CODE: "\n"}


def render(text: Text) -> str:
    """Neutral text as Bale's Markdown."""
    done, before = "", ""
    for span in text.spans:
        marked = _marked(span)
        if marked and span.style is Style.CODE and not done.endswith(RLM):
            marked = RLM + marked
        if marked:
            gap = _GAPS[span.style]
            done = _joined(done, marked, max(gap, before, key=_strength))
            before = gap
    return done


def _strength(gap: str) -> int:
    return ("", " ", "\n").index(gap)


def _joined(left: str, right: str, gap: str) -> str:
    # A line that has only its mark of direction so far has not begun.
    begun = left.rstrip(RLM)
    if gap == " " and left.endswith(RLM):
        # Right beside the mark of direction a mark of Bale's would count for nothing.
        return f"{left} {right.lstrip()}"
    if not begun or not gap or begun.endswith("\n") or right.startswith("\n"):
        return left + right
    if gap == "\n":
        return f"{left.rstrip(' ')}\n{right.lstrip(' ')}"
    return left + right if left[-1].isspace() or right[0].isspace() else left + gap + right


def _marked(span: Span) -> str:
    literal = span.text.translate(_LOOK_ALIKES)
    if span.style is Style.BOLD:
        return "\n".join(_bold(line) for line in literal.splitlines())
    if span.style is Style.STRIKE:
        return f"({FORMERLY}: {literal})"
    if span.style is Style.LINK:
        label = " ".join(literal.split())
        return f"[{label}]({span.url.translate(_IN_ADDRESS)})" if label else span.url
    return literal


def _bold(line: str) -> str:
    inner = line.strip()
    return f"*{inner}*" if inner else ""


def strip(source: str) -> str:
    """Our Markdown without its marks; a link shows its address."""
    return _LINK.sub(r"\1 (\2)", source.replace("*", ""))


def reply(message_id: int) -> dict[str, Any]:
    """The parameters of an answer to a message."""
    return {"reply_to_message_id": message_id}


BALE = Platform(
    name="bale",
    default_api="https://tapi.bale.ai",
    link_base="https://ble.ir/{bot}?start={payload}",
    render=render,
    strip=strip,
    reply=reply,
    # Uploads of 20 MB were reported to fail; Bale's rates are not published.
    limits=Limits(upload=20 * 2**20),
    rate=20.0,
    counts_marks=True,
    has_commands_menu=False,
    has_secret_header=False,
    sends_allowed_updates=False,
    trust_env=False,
    default_fields={
        "callback_query": {"chat_instance": ""},
        "from": {"is_bot": False, "first_name": ""},
        "chat": {"type": "group"},  # but the sender's own is private: see parsing
        "message": {"date": 0},
        "document": {"file_unique_id": ""},
        "photo": {"file_unique_id": "", "width": 0, "height": 0},
    },
    old_query_prefix="1",
    unknown_chat=("no such group or user", "chat not found"),
)
