"""Misses of codes and passcodes, so that a wait outlives a restart."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from domain.throttle import Counter
from storage.tables.people import counters
from storage.transaction import Transaction

_THIS: Final = (counters.c.scope == bindparam("of"), counters.c.key == bindparam("whom"))
_KEPT: Final = (counters.c.misses, counters.c.since, counters.c.blocked_until)
_LOOK: Final = select(*_KEPT).where(*_THIS)
# Held, so that two processes counting at the same moment count two.
_GET: Final = _LOOK.with_for_update()
_BEGIN = insert(counters)
_HOLD: Final = _BEGIN.on_conflict_do_update(
    index_elements=[counters.c.scope, counters.c.key], set_={"misses": counters.c.misses}
).returning(*_KEPT)
_PUT = insert(counters)
_PUT_ROW: Final = _PUT.on_conflict_do_update(
    index_elements=[counters.c.scope, counters.c.key],
    set_={
        "misses": _PUT.excluded.misses,
        "since": _PUT.excluded.since,
        "blocked_until": _PUT.excluded.blocked_until,
    },
)
_CLEAR: Final = delete(counters).where(*_THIS)
_FORGET: Final = delete(counters).where(
    counters.c.scope == bindparam("of"), counters.c.since < bindparam("before")
)


class Counters:
    """One counter for each scope (a rule) and key (an asker, a form, or both)."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def look(self, scope: str, key: str) -> Counter | None:
        """The counter as stored, or None; nobody is kept from counting meanwhile."""
        return _counter(self._tx.connection.execute(_LOOK, {"of": scope, "whom": key}).first())

    def get(self, scope: str, key: str) -> Counter | None:
        """The counter as stored, held until the unit ends, or None."""
        return _counter(self._tx.connection.execute(_GET, {"of": scope, "whom": key}).first())

    def hold(self, scope: str, key: str) -> Counter:
        """The counter, begun without misses if there was none, held until the unit ends.

        A row that is not there cannot be held, so two first misses at once would count as one.
        """
        values = {"scope": scope, "key": key, "misses": 0, "since": self._tx.now, "blocked_until": None}
        row = self._tx.connection.execute(_HOLD, values).one()
        return Counter(row.misses, row.since, row.blocked_until)

    def put(self, scope: str, key: str, counter: Counter) -> None:
        """Store this counter in place of what was there."""
        values = {
            "scope": scope,
            "key": key,
            "misses": counter.misses,
            "since": counter.since,
            "blocked_until": counter.blocked_until,
        }
        self._tx.connection.execute(_PUT_ROW, values)

    def clear(self, scope: str, key: str) -> None:
        """Forget the misses of this key."""
        self._tx.connection.execute(_CLEAR, {"of": scope, "whom": key})

    def forget(self, scope: str, before: datetime) -> None:
        """Forget every counter of this rule that was begun before this moment."""
        self._tx.connection.execute(_FORGET, {"of": scope, "before": before})


def _counter(found: Row[Any] | None) -> Counter | None:
    return None if found is None else Counter(found.misses, found.since, found.blocked_until)
