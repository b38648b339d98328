"""One file in the child: what it is, and its clean copy."""

from collections.abc import Callable
from typing import Final

from pypdf.errors import LimitReachedError

from scans.papers import clean_pdf
from scans.pictures import PNG_MAGIC, clean_jpeg, clean_png
from scans.verdict import COPY_MB, FILE_MB, MB, Clean, Refusal, Unfit, Verdict

_KINDS: Final[tuple[tuple[bytes, Callable[[bytes], Clean]], ...]] = (
    (b"%PDF-", clean_pdf),
    (b"\xff\xd8\xff", clean_jpeg),
    (PNG_MAGIC, clean_png),
)
"""The first bytes only choose the parser: whether it is such a file, the parser says."""


def clean(content: bytes) -> Verdict:
    """The clean copy of a file, or why there is none; whatever a parser may raise is a refusal."""
    try:
        copy = _cleaned(content)
    except Unfit as unfit:
        return unfit.refusal
    except (MemoryError, LimitReachedError):
        return Refusal("file_heavy")
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything; this process is theirs alone
        return Refusal("file_damaged")
    return copy if len(copy.content) <= COPY_MB * MB else Refusal("file_heavy")


def _cleaned(content: bytes) -> Clean:
    if len(content) > FILE_MB * MB:
        raise Unfit("file_too_large", limit=FILE_MB)
    for magic, cleaner in _KINDS:
        if content.startswith(magic):
            return cleaner(content)
    raise Unfit("file_kind")
