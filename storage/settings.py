"""What the office has set, change by change: nothing is overwritten, the newest is in force."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from domain.settings import Value
from storage.audit import in_letters, note
from storage.records import SettingChange
from storage.tables.office import office_settings
from storage.transaction import Transaction
from storage.vault import Vault

_SET: Final = insert(office_settings)
_HISTORY: Final = (
    select(office_settings)
    .where(office_settings.c.name == bindparam("which"))
    .order_by(office_settings.c.id.desc())
    .limit(bindparam("most"))
)


_newest = select(func.max(office_settings.c.id)).group_by(office_settings.c.name)
_IN_FORCE: Final = select(office_settings.c.name, office_settings.c.value).where(
    office_settings.c.name.in_(bindparam("names", expanding=True)),
    office_settings.c.id.in_(_newest.where(office_settings.c.name.in_(bindparam("names", expanding=True)))),
)


class Settings:
    """The office's settings by name; which there are, the domain says."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def value(self, name: str) -> Value:
        """What is in force; None while unset."""
        newest = self.history(name, limit=1)
        return newest[0].value if newest else None

    def in_force(self, names: Collection[str]) -> dict[str, Value]:
        """What is in force of each of these that was ever set."""
        found = self._tx.connection.execute(_IN_FORCE, {"names": list(names)})
        return {row.name: row.value for row in found}

    def put(self, name: str, value: Value, set_by: int | None) -> None:
        """Set it from now on; None for `set_by` is the command line."""
        values = {"name": name, "value": value, "set_by": set_by, "set_at": self._tx.now}
        self._tx.connection.execute(_SET, values)
        said = value if isinstance(value, int) else None
        note(
            self._tx,
            Deed.SETTING,
            by=set_by,
            about=f"setting:{name}",
            value=said,
            mark=mark(self._tx.vault, name, value),
            unset=value is None,
        )

    def history(self, name: str, limit: int) -> tuple[SettingChange, ...]:
        """The last changes, the newest first."""
        found = self._tx.connection.execute(_HISTORY, {"which": name, "most": limit})
        return tuple(map(_change, found))


def mark(vault: Vault, name: str, value: Value) -> str | None:
    """What the audit keeps of a setting that is a word: 64 bits of a keyed digest, in letters.

    The word itself may be free text. None of a number, which the audit has as it is, and of nothing.
    """
    if not isinstance(value, str):
        return None
    return in_letters(vault.digest("setting", f"{name}\n{value}"))


def _change(found: Row[Any]) -> SettingChange:
    return SettingChange(found.name, found.value, found.set_by, found.set_at, found.id)
