"""The keys: they seal what is personal, and make digests that nobody without them can make."""

import json
import os
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, Self, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeyUnusable
from storage.keyfile import KEY_BYTES, KeySource, load_key

__all__ = [
    "CLEAR_MARK",
    "FORM_MARK",
    "ID_BYTES",
    "KEY_BYTES",
    "FormKey",
    "Master",
    "Row",
    "Vault",
    "encoded",
    "load_key",
]

Row: TypeAlias = int | str | tuple[int | str, ...]
"""What a row is known by for good: its primary key, or what nobody changes of it."""

ID_BYTES: Final = 4
FORM_MARK: Final = b"form"
"""Stands in place of a key id before what is sealed with a form's own key."""
CLEAR_MARK: Final = bytes(ID_BYTES)
"""Stands there before what an older release kept in clear, until the store is opened; nothing reads it."""
_NONCE_BYTES: Final = 12
_HEAD: Final = ID_BYTES + _NONCE_BYTES
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What was sealed before rows were bound bore another column's name here.
_CALLED_BEFORE: Final = {
    "proposal_versions.proposal": "cases.proposal",
    "factor_setups.secret": "factors.secret",
    "notice_versions.content": "notices.content",
    "notice_versions.push": "notices.push",
}


class Master:
    """One master key.

    It has two ids. What bears `unbound` was sealed before rows were bound: it opens, with its column alone,
    until the keys are rotated; nothing is sealed so any more, and one cannot be made into the other.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise KeyUnusable("damaged")
        self.key = key
        self.cipher = AESGCM(_derive(key, "seal"))
        self.unbound = _derive(key, "key id")[:ID_BYTES]
        self.id = _derive(key, "key id, rows bound")[:ID_BYTES]
        if {self.id, self.unbound} & {FORM_MARK, CLEAR_MARK}:  # one key in a thousand million
            raise KeyUnusable("damaged")


@dataclass(frozen=True)
class FormKey:
    """The key of one form and of the case that it became."""

    plain: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A key that nobody has had."""
        return cls(os.urandom(KEY_BYTES))

    @cached_property
    def cipher(self) -> AESGCM:
        """What seals with it."""
        return AESGCM(self.plain)


class Vault:
    """Seals values with AES-256-GCM: key id (4 bytes), nonce (12), ciphertext and tag.

    The context, such as `cases.proposal`, and the row are bound to the value: what was sealed for one place
    opens in no other.

    Args:
        keys: the master keys, the newest first: it seals, all open.
        source: where they were read, and are read again once it has changed.
    """

    def __init__(self, *keys: bytes, source: KeySource | None = None) -> None:
        self._ring = tuple(map(Master, keys))
        self._source = source
        self._stamp: object = None  # the file may have changed since it was read: it is read once more
        self.take_root(self.first_root())

    @classmethod
    def of(cls, source: KeySource) -> Self:
        """The vault of these keys.

        Raises:
            KeyUnusable: they cannot be read.
        """
        return cls(*source.read(), source=source)

    @property
    def ring(self) -> tuple[Master, ...]:
        """The master keys, the newest first."""
        return self._ring

    def refresh(self) -> None:
        """Take over a ring that was changed meanwhile, such as by a rotation beside this process.

        One that lacks the key by which this process seals is not taken over: it is no rotation, and what was
        sealed with it would be lost to the others.
        """
        if self._source is None or (stamp := self._source.stamp()) == self._stamp:
            return
        self._stamp = stamp
        try:
            ring = tuple(map(Master, self._source.read()))
        except (KeyUnusable, OSError):
            return
        if any(master.id == self._ring[0].id for master in ring):
            self._ring = ring

    # What look-ups are made with

    @property
    def root(self) -> bytes:
        """What all digests come from: 32 bytes that stay when keys are rotated."""
        return self._root

    def first_root(self) -> bytes:
        """The root of a store that is begun with the newest key."""
        return _derive(self._ring[0].key, "look-ups")

    def take_root(self, root: bytes) -> None:
        """Make digests as the store does that keeps this root (sealed)."""
        self._root = root
        self._subkey = lru_cache(maxsize=64)(lambda purpose: _derive(root, purpose))

    @property
    def pepper(self) -> bytes:
        """The subkey (32 bytes) mixed into passcodes before they are hashed."""
        return self._subkey("pepper")

    def digest(self, purpose: str, text: str) -> str:
        """HMAC-SHA256 of a text in hex (64 characters), under a subkey of this purpose alone."""
        mac = hmac.HMAC(self._subkey("digest " + purpose), hashes.SHA256())
        mac.update(text.encode())
        return mac.finalize().hex()

    # Sealing

    def seal(self, context: str, value: object, row: Row = "", key: FormKey | None = None) -> bytes:
        """Seal a JSON value for this column and row, with a form's key or the newest master key."""
        return self.seal_bytes(context, encoded(value), row, key)

    def open(self, context: str, blob: bytes, row: Row = "", key: FormKey | None = None) -> Any:  # noqa: ANN401 - whatever JSON was sealed
        """The JSON value sealed for this column and row.

        Raises:
            KeyUnusable: another key, column or row, or a changed value.
        """
        return json.loads(self.open_bytes(context, blob, row, key))

    def seal_bytes(self, context: str, plain: bytes, row: Row = "", key: FormKey | None = None) -> bytes:
        """Seal bytes for this column and row."""
        nonce, bound = os.urandom(_NONCE_BYTES), _bound(context, row)
        if key is not None:
            return FORM_MARK + nonce + key.cipher.encrypt(nonce, plain, bound)
        newest = self._ring[0]
        return newest.id + nonce + newest.cipher.encrypt(nonce, plain, bound)

    def open_bytes(self, context: str, blob: bytes, row: Row = "", key: FormKey | None = None) -> bytes:
        """The bytes sealed for this column and row.

        Raises:
            KeyUnusable: another key, column or row, or a changed value.
        """
        if len(blob) < _HEAD:
            raise KeyUnusable
        cipher, bound = self._opener(context, blob[:ID_BYTES], row, key)
        try:
            return cipher.decrypt(blob[ID_BYTES:_HEAD], blob[_HEAD:], bound)
        except InvalidTag:
            raise KeyUnusable from None

    def master_of(self, blob: bytes) -> Master | None:
        """The master key that this was sealed with, or None."""
        start = bytes(blob[:ID_BYTES])
        return next((master for master in self._ring if start in (master.id, master.unbound)), None)

    def _opener(self, context: str, start: bytes, row: Row, key: FormKey | None) -> tuple[AESGCM, bytes]:
        if start == FORM_MARK and key is not None:
            return key.cipher, _bound(context, row)
        master = self.master_of(start)
        if master is None:
            self.refresh()
            master = self.master_of(start)
        if master is None:
            raise KeyUnusable
        if start == master.id:
            return master.cipher, _bound(context, row)
        return master.cipher, _CALLED_BEFORE.get(context, context).encode()


def encoded(value: object) -> bytes:
    """A JSON value as the bytes that `Vault.seal` seals."""
    return _ENCODE(value).encode()


def _bound(context: str, row: Row) -> bytes:
    """What stands beside a value, so that it opens there alone."""
    told = "\x1f".join(map(str, row)) if isinstance(row, tuple) else row
    return f"{context}\0{told}".encode()


def _derive(key: bytes, purpose: str) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"mohlat", info=purpose.encode())
    return hkdf.derive(key)
