"""What becomes of a file: a clean copy, or the code of why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

FILE_MB: Final = 10
"""Megabytes of a file as it is sent."""
COPY_MB: Final = 20
"""Megabytes of its clean copy."""
MEGAPIXELS: Final = 25
"""Of a picture, read from its header before any pixel is decoded."""
PAGES: Final = 50
MB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Clean:
    """A file written anew.

    Attributes:
        mime: `application/pdf`, `image/jpeg` or `image/png`; a large PNG may have become a JPEG.
        content: its bytes.
    """

    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no clean copy.

    Attributes:
        code: `file_kind`, `file_too_large` (limit, megabytes), `file_pixels` (limit, millions), `file_pages`
            (limit), `file_locked`, `file_damaged`, `file_heavy`, `file_infected`, or `scanner_unreachable`.
        values: what the code carries.
    """

    code: str
    values: Mapping[str, int] = field(default_factory=dict)


Verdict: TypeAlias = Clean | Refusal


class Unfit(Exception):  # noqa: N818 - named for what the file is
    """The file is refused.

    Attributes:
        refusal: why.
    """

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, values)
