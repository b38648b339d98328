"""The one key: it seals what is personal, and makes digests that nobody without it can make."""

import base64
import binascii
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeyUnusable

KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Vault:
    """Seals values with AES-256-GCM: key id (4 bytes), nonce (12), ciphertext and tag.

    The context, such as `cases.proposal`, is bound to the value: what was sealed for one column does not
    open in another.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise KeyUnusable
        self._subkey = lru_cache(maxsize=64)(lambda purpose: _derive(key, purpose))
        self._cipher = AESGCM(self._subkey("seal"))
        self._id = self._subkey("key id")[:_ID_BYTES]

    @property
    def pepper(self) -> bytes:
        """The subkey (32 bytes) mixed into passcodes before they are hashed."""
        return self._subkey("pepper")

    def seal(self, context: str, value: object) -> bytes:
        """Seal a JSON value for this context."""
        return self.seal_bytes(context, _ENCODE(value).encode())

    def open(self, context: str, blob: bytes) -> Any:  # noqa: ANN401 - whatever JSON was sealed
        """The JSON value sealed for this context.

        Raises:
            KeyUnusable: another key, another context, or a changed value.
        """
        return json.loads(self.open_bytes(context, blob))

    def seal_bytes(self, context: str, plain: bytes) -> bytes:
        """Seal bytes for this context."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._id + nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open_bytes(self, context: str, blob: bytes) -> bytes:
        """The bytes sealed for this context.

        Raises:
            KeyUnusable: another key, another context, or a changed value.
        """
        nonce = blob[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        if blob[:_ID_BYTES] != self._id or len(nonce) < _NONCE_BYTES:
            raise KeyUnusable
        try:
            return self._cipher.decrypt(nonce, blob[_ID_BYTES + _NONCE_BYTES :], context.encode())
        except InvalidTag:
            raise KeyUnusable from None

    def digest(self, purpose: str, text: str) -> str:
        """HMAC-SHA256 of a text in hex (64 characters), under a subkey of this purpose alone."""
        mac = hmac.HMAC(self._subkey("digest " + purpose), hashes.SHA256())
        mac.update(text.encode())
        return mac.finalize().hex()


def load_key(path: Path) -> bytes:
    """The key kept in this file as base64; a new one is made if there is no file.

    Raises:
        KeyUnusable: the file holds something else than 32 bytes in base64.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return _create(path)
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        raise KeyUnusable from None
    if len(key) != KEY_BYTES:
        raise KeyUnusable
    return key


def _create(path: Path) -> bytes:
    """Write a new key beside its place and link it there: it is whole on disk, or not there at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = os.urandom(KEY_BYTES)
    draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename this never replaces a key made meanwhile
    except FileExistsError:
        return load_key(path)
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return key


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _derive(key: bytes, purpose: str) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"mohlat", info=purpose.encode())
    return hkdf.derive(key)
