"""Passcodes and invitation tokens: made, kept as digests only, compared.

`new_secret` and `verify` are slow on purpose (tens of milliseconds, 19 MiB): call them outside a unit of
work.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from persian.codes import new_passcode, parse_passcode
from persian.errors import Unreadable
from storage.vault import Vault

TOKEN_BYTES: Final = 16
"""128 bits (parameter sheet)."""

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)

# The digest of nobody's passcode, hashed with the parameters above: comparing with it costs the same work.
_NOBODYS: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$AYe75BY25f2G/N3bYBa7KA$9RJ+qdY73Ek2V7LVE7t6GDgfWjK6B/KmEvcpAssEHvU"
)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A form's passcode «رمز», shown once, and the digest that is kept of it; neither is ever printed."""

    passcode: str = field(repr=False)
    digest: str = field(repr=False)


def new_secret(pepper: bytes) -> NewSecret:
    """Make a passcode. Slow.

    Args:
        pepper: the vault's, which the store does not hold.
    """
    passcode = new_passcode()
    return NewSecret(passcode, _HASHER.hash(_peppered(passcode, pepper)))


def digest_of(secret: str, pepper: bytes) -> str:
    """What is kept of a secret that its owner has chosen, such as a PIN. Slow.

    Args:
        secret: as it will be compared.
        pepper: the vault's.
    """
    return _HASHER.hash(_peppered(secret, pepper))


def same(digest: str, secret: str, pepper: bytes) -> bool:
    """Whether this is the secret of that digest. Slow, and equally slow whatever the answer.

    Args:
        digest: as `digest_of` made it; empty where there is none.
        secret: as typed.
        pepper: the vault's.
    """
    return _same(digest or _NOBODYS, _peppered(secret, pepper)) and bool(digest)


DEAD: Final = ""
"""The digest of a passcode that was reset: nothing opens it."""


def verify(digest: str | None, passcode: str, pepper: bytes) -> bool:
    """Whether a typed passcode is the right one. Slow, and equally slow whatever the answer.

    Args:
        digest: as stored, or None where there is no such form.
        passcode: as typed; one that cannot be a passcode is simply wrong.
        pepper: the vault's.
    """
    try:
        typed, known = parse_passcode(passcode), digest
    except Unreadable:
        typed, known = "", None
    return _same(known or _NOBODYS, _peppered(typed, pepper)) and known is not None


def _same(digest: str, peppered: bytes) -> bool:
    try:
        return _HASHER.verify(digest, peppered)
    except (VerificationError, InvalidHashError):
        return False


def _peppered(passcode: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, passcode.encode(), "sha256")


def new_token() -> str:
    """Make the one-time token of a deep link: 128 unguessable bits in 32 hexadecimal digits.

    No «_», which Bale's Markdown would take for a mark.
    """
    return secrets.token_hex(TOKEN_BYTES)


def token_hash(vault: Vault, token: str) -> str:
    """What is stored of a token (hex); it is long enough to need no slow hash."""
    return vault.digest("invitation", token)
