"""Files that leave the machine: encrypted with age for those who may open them, and proved by opening them.

Each file is also for a witness, an identity of one run that lives in memory only: with it the file is opened
again once it is on disk, though the secret key of the real recipients is far away.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, TypeAlias

import pyrage

from storage.errors import StorageError

Recipient: TypeAlias = pyrage.x25519.Recipient
Identity: TypeAlias = pyrage.x25519.Identity

DRAFT: Final = ".part"
"""What a file's name ends with until it is whole."""


class NotAnAgeKey(StorageError):  # noqa: N818 - errors are named for what happened
    """A recipient or an identity that age does not know.

    Attributes:
        what: `recipient` or `identity`.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotOpened(StorageError):  # noqa: N818 - errors are named for what happened
    """The file is none of age's, is damaged, or none of the identities is a recipient of it."""


class _Takes(Protocol):
    """What bytes are written into."""

    def write(self, given: bytes, /) -> int:
        """Take some more; says how many."""

    def flush(self) -> None:
        """Keep nothing back."""


class _Reading:
    """A source whose bytes are counted into a digest as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        given = read_on(self._source, size)
        self.digest.update(given)
        return given


def read_on(source: IO[bytes], size: int) -> bytes:
    """The next readable bytes on their way into a backup; none at the end."""
    return source.read(size)


class _Counted:
    """Takes bytes, and keeps nothing but their digest."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, given: bytes) -> int:
        """Some more."""
        self.digest.update(given)
        return len(given)

    def flush(self) -> None:
        """Nothing waits."""


def new_identity() -> tuple[str, str]:
    """A new identity (secret) and its recipient (public), as age writes them."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def recipients_of(text: str) -> list[Recipient]:
    """The recipients (`age1…`) in a text: apart by spaces, commas or lines; what follows a `#` is left out.

    Raises:
        NotAnAgeKey: one of them is none.
    """
    try:
        return [pyrage.x25519.Recipient.from_str(word) for word in _words(text)]
    except pyrage.RecipientError:
        raise NotAnAgeKey("recipient") from None


def identities_of(text: str) -> list[Identity]:
    """The identities (`AGE-SECRET-KEY-1…`) in the text of an identity file.

    Raises:
        NotAnAgeKey: there is none, or one of them is none.
    """
    try:
        found = [pyrage.x25519.Identity.from_str(word) for word in _words(text)]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise NotAnAgeKey("identity")
    return found


def _words(text: str) -> list[str]:
    lines = [line.partition("#")[0] for line in text.splitlines()]
    return " ".join(lines).replace(",", " ").split()


def seal(source: IO[bytes], target: Path, recipients: Sequence[Recipient]) -> None:
    """Encrypt all that the source gives into a file: whole, proved and on disk, or not there at all.

    Raises:
        NotOpened: what was written does not give back what was read; nothing is left of it.
        OSError: it cannot be written there.
    """
    witness, reading = pyrage.x25519.Identity.generate(), _Reading(source)
    with _draft_of(target) as draft:
        with draft.open("wb") as file:
            pyrage.encrypt_io(reading, file, [*recipients, witness.to_public()])
            file.flush()
            os.fsync(file.fileno())
        if _digest_inside(draft, witness) != reading.digest.digest():
            raise NotOpened
        draft.replace(target)
    sync_folder(target.parent)


def unseal(source: Path, into: _Takes, identities: Sequence[Identity]) -> None:
    """Write what a file holds into another that is open.

    Raises:
        NotOpened: it cannot be opened with these.
    """
    with source.open("rb", buffering=0) as file:
        try:
            pyrage.decrypt_io(file, into, identities)
        except pyrage.DecryptError:
            raise NotOpened from None
        except OSError as error:
            if error.errno is None:  # not the system's word, but the cipher's, about a part further on
                raise NotOpened from None
            raise
    into.flush()


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """A private empty file beside its place, gone at the end unless it was moved there."""
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}{DRAFT}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _digest_inside(path: Path, witness: Identity) -> bytes:
    counted = _Counted()
    unseal(path, counted, [witness])
    return counted.digest.digest()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
