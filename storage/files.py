"""Files that were sent in: sealed, under the number that they were given here.

What came is kept beside its clean copy, which alone is ever shown.
"""

from collections.abc import Collection
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import form_keys
from storage.errors import NotFound
from storage.records import FileCopy, StoredFile
from storage.tables.forms import file_contents, file_copies, files
from storage.transaction import Transaction
from storage.vault import FormKey

_NAME: Final = "files.name"
_BODY: Final = "file_contents.body"
_COPY: Final = "file_copies.body"

_ADD: Final = insert(files).returning(files.c.id)
_SET_NAME: Final = update(files).where(files.c.id == bindparam("file")).values(name=bindparam("called"))
_ADD_CONTENT: Final = insert(file_contents)
_GET: Final = select(files, form_keys.key_of(files.c.form_id)).where(files.c.id == bindparam("file"))
_CONTENT: Final = (
    select(file_contents.c.body, files.c.form_id, form_keys.key_of(files.c.form_id))
    .join(files, files.c.id == file_contents.c.file_id)
    .where(file_contents.c.file_id == bindparam("file"))
)
_ADD_COPY: Final = insert(file_copies).on_conflict_do_nothing()
_COPIED: Final = (
    select(file_copies, files.c.form_id, form_keys.key_of(files.c.form_id))
    .join(files, files.c.id == file_copies.c.file_id)
    .where(file_copies.c.file_id == bindparam("file"))
)
_FORM: Final = select(files.c.form_id).where(files.c.id == bindparam("file"))
_SAME: Final = select(files.c.id).where(
    files.c.id.in_(bindparam("among", expanding=True)),
    files.c.sha256.in_(bindparam("digests", expanding=True)),
)
_DELETE_CONTENT: Final = delete(file_contents).where(file_contents.c.file_id == bindparam("file"))
_DELETE_COPY: Final = delete(file_copies).where(file_copies.c.file_id == bindparam("file"))
_DELETE: Final = delete(files).where(files.c.id == bindparam("file"))


class Files:
    """The files of all forms."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, name: str, mime: str, content: bytes, form_id: int | None = None) -> StoredFile:
        """Keep these contents, sealed with the key of the form that they belong to, if any.

        Raises:
            Erased: that key was destroyed.
        """
        vault, now, digest = self._tx.vault, self._tx.now, self._digest(content)
        key = None if form_id is None else form_keys.of_form(self._tx, form_id)
        values = {
            "form_id": form_id,
            "name": b"",  # it is bound to the row's number, which is counted when the row is written
            "mime": mime,
            "size": len(content),
            "sha256": digest,
            "added_at": now,
        }
        file_id: int = self._tx.connection.execute(_ADD, values).scalar_one()
        called = vault.seal(_NAME, name, file_id, key)
        self._tx.connection.execute(_SET_NAME, {"file": file_id, "called": called})
        body = vault.seal_bytes(_BODY, content, file_id, key)
        self._tx.connection.execute(_ADD_CONTENT, {"file_id": file_id, "body": body})
        return StoredFile(file_id, name, mime, len(content), digest, now)

    def get(self, file_id: int) -> StoredFile:
        """The file with this number, without its contents.

        Raises:
            NotFound: there is none.
            Erased: the key of its form was destroyed.
        """
        found = self._tx.connection.execute(_GET, {"file": file_id}).first()
        if found is None:
            raise NotFound("file", file_id)
        return self._file(found)

    def content(self, file_id: int) -> bytes:
        """The contents of the file with this number, as they came: never to be shown.

        Raises:
            NotFound: there is none.
            Erased: the key of its form was destroyed.
        """
        found = self._tx.connection.execute(_CONTENT, {"file": file_id}).first()
        if found is None:
            raise NotFound("file", file_id)
        return self._tx.vault.open_bytes(_BODY, found.body, file_id, self._key(found))

    def copy_of(self, file_id: int) -> FileCopy | None:
        """What may be shown of the file with this number; None before it was looked at.

        Raises:
            Erased: the key of its form was destroyed.
        """
        found = self._tx.connection.execute(_COPIED, {"file": file_id}).first()
        if found is None:
            return None
        body = found.body and self._tx.vault.open_bytes(_COPY, found.body, file_id, self._key(found))
        return FileCopy(found.mime or "", body or b"", found.refusal or "")

    def add_copy(self, file_id: int, copy: FileCopy) -> None:
        """Keep what may be shown of a file; what was kept before stays."""
        form_id = self._tx.connection.scalar(_FORM, {"file": file_id})
        key = None if form_id is None else form_keys.of_form(self._tx, form_id)
        body = self._tx.vault.seal_bytes(_COPY, copy.content, file_id, key) if copy.content else None
        values = {"mime": copy.mime or None, "body": body, "refusal": copy.refusal or None}
        self._tx.connection.execute(_ADD_COPY, {"file_id": file_id, **values})

    def same(self, numbers: Collection[int], content: bytes) -> bool:
        """Whether one of the files with these numbers holds the very same bytes."""
        digests = [
            self._digest(content),
            sha256(content).hexdigest(),
        ]  # files of former days have the plain one
        values = {"among": list(numbers), "digests": digests}
        return self._tx.connection.execute(_SAME, values).first() is not None

    def delete(self, file_id: int) -> None:
        """Erase this file and its contents; one that is not there is erased already."""
        self._tx.connection.execute(_DELETE_CONTENT, {"file": file_id})
        self._tx.connection.execute(_DELETE_COPY, {"file": file_id})
        self._tx.connection.execute(_DELETE, {"file": file_id})

    def _digest(self, content: bytes) -> str:
        """By the office's key, so that nobody without it can tell who handed in a paper that he has."""
        return self._tx.vault.digest("file", sha256(content).hexdigest())

    def _key(self, found: Row[Any]) -> FormKey | None:
        return form_keys.opened(self._tx, found.form_id, found.form_key)

    def _file(self, found: Row[Any]) -> StoredFile:
        name = self._tx.vault.open(_NAME, found.name, found.id, self._key(found))
        return StoredFile(found.id, name, found.mime, found.size, found.sha256, found.added_at)
