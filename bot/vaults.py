"""The vault of this process, and what an operator is told about its keys."""

from pathlib import Path
from typing import Final

from rich.console import Console

from bot.settings import Settings
from storage.engine import vault_of
from storage.vault import Vault

REMEDIES: Final = {
    "other": (
        "{} does not hold the key of this database",
        "Restore it from its backup, or set KEY_FILE to the right one.",
    ),
    "damaged": (
        "{} does not hold the key of this database, nor any other: a line that is no 32 bytes in base64",
        "Restore it from its backup, or set KEY_FILE to the right one.",
    ),
    "missing": (
        "there is no {}",
        (
            "Restore it from its backup, or set KEY_FILE or MOHLAT_KEYS. "
            "For a PostgreSQL database that was never used, make one: python -m bot keys new"
        ),
    ),
    "unproved": (
        "the database holds sealed values, but not the rows (key_check) that tell its own key from others",
        "Somebody has deleted them. Restore the database from a backup; no key is taken until then.",
    ),
    "readable": (
        "others than its owner can read {}",
        "Take that right away: chmod 600. If somebody may have read it, then: python -m bot keys rotate",
    ),
}
"""By the reason of `KeyUnusable`: what is wrong, and what to do about it."""


async def open_vault(settings: Settings) -> Vault:
    """The vault by these settings; a key that had to be made is announced on the terminal.

    Raises:
        KeyUnusable: there is no key that can be used.
        StoreDown: the store cannot be asked whether it has one.
    """
    return await vault_of(settings.store_url, settings.keys, announce)


def announce(path: Path) -> None:
    """Say on the terminal that a key was made, and what depends on it."""
    Console(stderr=True, highlight=False).print(
        f"A new key was made: {path}\n"
        "Everything personal in the database is sealed with it. Copy it now to a safe place, apart from the\n"
        "database and its backups: without it nothing can be read again; with both, everything can.",
        soft_wrap=True,
        markup=False,
    )
