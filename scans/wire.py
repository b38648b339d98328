"""How files and verdicts go between the bot and the child: blocks that say their length."""

import json
from dataclasses import dataclass
from typing import BinaryIO, Final

from scans.verdict import COPY_MB, MB, Clean, Refusal, Verdict

LENGTH: Final = 8
"""Bytes that say how many follow."""
_MOST: Final = (COPY_MB + 1) * MB
"""Bytes of a block: whoever says that more will follow lies."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take.

    Attributes:
        memory: megabytes of address space.
        cpu: seconds of the processor.
        wall: seconds by the clock.
    """

    memory: int = 768
    cpu: int = 20
    wall: int = 30


def block(body: bytes) -> bytes:
    """A block of these bytes."""
    return len(body).to_bytes(LENGTH) + body


def read_block(source: BinaryIO) -> bytes | None:
    """The next block's bytes; None where it ends before its end."""
    head = source.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head)
    body = source.read(size) if size <= _MOST else b""
    return body if len(body) == size else None


def is_block(heard: bytes) -> bool:
    """Whether these bytes are one whole block."""
    return len(heard) >= LENGTH and int.from_bytes(heard[:LENGTH]) == len(heard) - LENGTH


def packed(verdict: Verdict) -> bytes:
    """A verdict as a block: a line of JSON, then the copy."""
    if isinstance(verdict, Refusal):
        return block(json.dumps({"code": verdict.code, "values": dict(verdict.values)}).encode() + b"\n")
    return block(json.dumps({"mime": verdict.mime}).encode() + b"\n" + verdict.content)


def unpacked(body: bytes) -> Verdict:
    """The verdict that a block's bytes are.

    Raises:
        ValueError: they are none.
    """
    line, _, content = body.partition(b"\n")
    head = json.loads(line)
    try:
        return Refusal(**head) if "code" in head else Clean(head["mime"], content)
    except (KeyError, TypeError) as error:
        raise ValueError from error
