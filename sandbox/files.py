"""The files that bots and people send."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Any, ClassVar

from sandbox.journal import Journal

Json = dict[str, Any]
PHOTO_LIMIT = 10 * 2**20
UPLOAD_LIMIT = 50 * 2**20
DOWNLOAD_LIMIT = 20 * 2**20
PREVIEW_SIDE = 320
PNG = b"\x89PNG\r\n\x1a\n"
JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(slots=True)
class Stored:
    """One uploaded file; `size` in bytes, `width` and `height` in pixels (0: no picture)."""

    kind: ClassVar[str] = "file"
    platform: str
    id: str
    name: str
    mime: str
    size: int
    width: int
    height: int
    folder: str

    @property
    def key(self) -> str:
        """The file_id."""
        return self.id

    @property
    def path(self) -> str:
        """Where the bot downloads it: /file/bot<token>/<path>."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.folder}/{self.unique_id}.{suffix if suffix.isascii() else 'bin'}"

    @property
    def unique_id(self) -> str:
        """The file_unique_id."""
        return self.id[-16:]

    def record(self) -> Json:
        """For the journal."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Content:
    """The bytes of a file, as the journal keeps them."""

    kind: ClassVar[str] = "content"
    key: str
    data: bytes

    def record(self) -> bytes:
        """For the journal."""
        return self.data


class Files:
    """All files by id and by path."""

    def __init__(self) -> None:
        self._stored: dict[str, Stored] = {}
        self._paths: dict[tuple[str, str], Stored] = {}
        self._content: dict[str, bytes] = {}

    def add(self, platform: str, folder: str, name: str, mime: str, data: bytes) -> tuple[Stored, Content]:
        """Keep a file; gives what the journal must keep."""
        width, height = picture_size(data)
        seed = f"{platform}/{folder}/{len(self._stored)}/{name}".encode()
        number = f"BQ{len(self._stored):06d}{hashlib.sha256(seed + data[:4096]).hexdigest()[:32]}"
        stored = Stored(platform, number, name, mime, len(data), width, height, folder)
        self._put(stored, data)
        return stored, Content(number, data)

    def _put(self, stored: Stored, data: bytes) -> None:
        self._stored[stored.id] = stored
        self._paths[stored.platform, stored.path] = stored
        self._content[stored.id] = data

    def load(self, journal: Journal) -> None:
        """Take all files out of the journal."""
        for row in sorted(journal.records("file"), key=lambda row: str(row["id"])):
            self._put(Stored(**row), journal.content("content", row["id"]))

    def by_id(self, platform: str, file_id: str) -> Stored | None:
        """A file of this platform; the preview of a picture has an id of its own, «…s»."""
        stored = self._stored.get(file_id.removesuffix("s"))
        return stored if stored and stored.platform == platform else None

    def by_path(self, platform: str, path: str) -> Stored | None:
        """A file by its download path."""
        return self._paths.get((platform, path))

    def data(self, stored: Stored) -> bytes:
        """The bytes."""
        return self._content[stored.id]


def photo(stored: Stored) -> list[Json]:
    """The PhotoSize objects of a picture, the largest last (both hold the same bytes here)."""
    scale = min(1.0, PREVIEW_SIDE / max(stored.width, stored.height, 1))
    return [
        {
            "file_id": stored.id + mark,
            "file_unique_id": stored.unique_id + mark,
            "width": max(1, round(stored.width * factor)),
            "height": max(1, round(stored.height * factor)),
            "file_size": stored.size,
        }
        for mark, factor in (("s", scale), ("", 1.0))
    ]


def document(stored: Stored, *, unique_id: bool) -> Json:
    """The Document object of a file."""
    made: Json = {
        "file_name": stored.name,
        "mime_type": stored.mime,
        "file_id": stored.id,
        "file_size": stored.size,
    }
    if unique_id:
        made["file_unique_id"] = stored.unique_id
    return made


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG, (0, 0) of anything else."""
    if data.startswith(PNG) and len(data) >= 24:  # noqa: PLR2004 - signature and the IHDR's first fields
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every segment starts with FF
        marker, length = struct.unpack(">xBH", data[at : at + 4])
        if marker in JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
