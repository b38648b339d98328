"""Where the master keys come from: a file, the environment, or what systemd hands over.

A key is 32 bytes in base64. A file holds one in each line, the newest first; empty lines and those that begin
with `#` are passed over. The first one seals, all of them open.
"""

import base64
import binascii
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.errors import KeyUnusable

KEY_BYTES: Final = 32
_OTHERS: Final = 0o077
_SUFFIX: Final = re.compile(r"\.[0-9a-f]{8}")
"""Of a file of keys that is being written."""


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where keys are read.

    Attributes:
        path: the file; None where they are given as text.
        given: keys in base64, the newest first, apart by commas or blanks.
        ours: whether the bot makes and rotates the file, and insists that nobody else can read it. What
            systemd hands over is guarded, and changed, by its own rules.
    """

    path: Path | None = None
    given: str = ""
    ours: bool = True

    @property
    def name(self) -> str:
        """How an operator knows it."""
        return "MOHLAT_KEYS" if self.path is None else str(self.path)

    def exists(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.given) if self.path is None else self.path.exists()

    def read(self) -> tuple[bytes, ...]:
        """Every key, the newest first.

        Raises:
            KeyUnusable: `missing`, `damaged`, or `readable` by others than its owner.
        """
        if self.path is None:
            return _parsed(self.given.replace(",", "\n").split())
        try:
            mode, text = self.path.stat().st_mode, self.path.read_bytes()
        except FileNotFoundError:
            raise KeyUnusable("missing") from None
        keys = _parsed(text.decode("ascii", "replace").splitlines())
        if self.ours and mode & _OTHERS:
            raise KeyUnusable("readable")
        return keys

    def stamp(self) -> object:
        """What changes when the file does; None where nothing can be seen."""
        if self.path is None:
            return None
        try:
            found = os.stat(self.path)  # noqa: PTH116 - asked in every unit: half the time that pathlib takes
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def leftovers(self) -> tuple[Path, ...]:
        """What a killed `put` has left beside the file, with every key in it; by name."""
        if self.path is None or not self.ours:
            return ()
        beside = self.path.parent.glob(f"{self.path.name}.*")
        return tuple(sorted(each for each in beside if _SUFFIX.fullmatch(each.suffix)))

    def tidy(self) -> None:
        """Remove them; only for a command beside which no other changes the keys."""
        for each in self.leftovers():
            each.unlink(missing_ok=True)

    def put(self, keys: Iterable[bytes]) -> None:
        """Write these keys, the newest first, in the file's place: whole on disk, or not at all."""
        assert self.path is not None  # noqa: S101 - for the type checker: only files are written
        draft = _draft(self.path, keys)
        draft.replace(self.path)
        _sync_folder(self.path.parent)


def load_key(path: Path) -> bytes:
    """The newest key kept in this file; one is made if there is no file.

    Raises:
        KeyUnusable: the file holds something else than keys, or others than its owner can read it.
    """
    source = KeySource(path)
    if not path.exists():
        make_key(path)
    return source.read()[0]


def make_key(path: Path) -> None:
    """Make a key in a file of its own; one that is there, or was made meanwhile, stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(path, [os.urandom(KEY_BYTES)])
    try:
        os.link(draft, path)  # unlike a rename this never replaces a key made meanwhile
    except FileExistsError:
        return
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _parsed(lines: Iterable[str]) -> tuple[bytes, ...]:
    kept = [line.strip() for line in lines]
    try:
        keys = [base64.b64decode(line, validate=True) for line in kept if line and not line.startswith("#")]
    except (binascii.Error, ValueError):
        raise KeyUnusable("damaged") from None
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyUnusable("damaged")
    return tuple(dict.fromkeys(keys))


def _draft(path: Path, keys: Iterable[bytes]) -> Path:
    """The keys in a file beside, on disk, for its owner alone."""
    draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"".join(base64.b64encode(key) + b"\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
