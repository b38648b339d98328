"""Files that were sent in: sealed, under the number that they were given here."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select

from storage.errors import NotFound
from storage.records import StoredFile
from storage.tables.forms import file_contents, files
from storage.transaction import Transaction

_NAME: Final = "files.name"
_BODY: Final = "file_contents.body"

_ADD: Final = insert(files).returning(files.c.id)
_ADD_CONTENT: Final = insert(file_contents)
_GET: Final = select(files).where(files.c.id == bindparam("file"))
_CONTENT: Final = select(file_contents.c.body).where(file_contents.c.file_id == bindparam("file"))
_SAME: Final = select(files.c.id).where(
    files.c.id.in_(bindparam("among", expanding=True)), files.c.sha256 == bindparam("digest")
)
_DELETE_CONTENT: Final = delete(file_contents).where(file_contents.c.file_id == bindparam("file"))
_DELETE: Final = delete(files).where(files.c.id == bindparam("file"))


class Files:
    """The files of all forms."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, name: str, mime: str, content: bytes) -> StoredFile:
        """Keep these contents."""
        vault, now, digest = self._tx.vault, self._tx.now, sha256(content).hexdigest()
        values = {
            "name": vault.seal(_NAME, name),
            "mime": mime,
            "size": len(content),
            "sha256": digest,
            "added_at": now,
        }
        file_id: int = self._tx.connection.execute(_ADD, values).scalar_one()
        body = vault.seal_bytes(_BODY, content)
        self._tx.connection.execute(_ADD_CONTENT, {"file_id": file_id, "body": body})
        return StoredFile(file_id, name, mime, len(content), digest, now)

    def get(self, file_id: int) -> StoredFile:
        """The file with this number, without its contents.

        Raises:
            NotFound: there is none.
        """
        found = self._tx.connection.execute(_GET, {"file": file_id}).first()
        if found is None:
            raise NotFound("file", file_id)
        return self._file(found)

    def content(self, file_id: int) -> bytes:
        """The contents of the file with this number.

        Raises:
            NotFound: there is none.
        """
        body = self._tx.connection.execute(_CONTENT, {"file": file_id}).scalar_one_or_none()
        if body is None:
            raise NotFound("file", file_id)
        return self._tx.vault.open_bytes(_BODY, body)

    def same(self, numbers: Collection[int], content: bytes) -> bool:
        """Whether one of the files with these numbers holds the very same bytes."""
        values = {"among": list(numbers), "digest": sha256(content).hexdigest()}
        return self._tx.connection.execute(_SAME, values).first() is not None

    def delete(self, file_id: int) -> None:
        """Erase this file and its contents; one that is not there is erased already."""
        self._tx.connection.execute(_DELETE_CONTENT, {"file": file_id})
        self._tx.connection.execute(_DELETE, {"file": file_id})

    def _file(self, found: Row[Any]) -> StoredFile:
        name = self._tx.vault.open(_NAME, found.name)
        return StoredFile(found.id, name, found.mime, found.size, found.sha256, found.added_at)
