"""What was due before a store was restored may have been said after the backup: it counts as said, unheard.

The sweeps themselves do this, with whatever they say left unsent: so each marks its own rows, and a sweep
that is added one day needs no word here.
"""

from functools import partial
from typing import Final

from bot.handlers.frozen import QUIET
from bot.office import Office
from bot.one_by_one import put_aside
from bot.part import Sweep
from bot.platforms import PLATFORMS
from bot.timers import SWEEPS
from storage.engine import Store
from storage.work import Work

_ITS_OWN_TIME: Final = QUIET | {"show_anchor", "erase_due", "broadcast"}
"""Sweeps that are left to the bot: they tell nobody, say what is true whenever it is said, or what is new."""


async def drop_waiting(store: Store) -> None:
    """Empty what a fence holds, and have what was due before it was shut done unheard; the fence stays.

    What was written, or fell due, behind the fence is the bot's to say once it is open.
    """
    await store.run(lambda work: work.fence.drop())
    office = Office(PLATFORMS)
    for name, sweep, _ in SWEEPS:
        if name not in _ITS_OWN_TIME:
            while await store.run(partial(_unheard, office, name, sweep)):
                pass


def _unheard(office: Office, name: str, sweep: Sweep, work: Work) -> bool:
    """One unit of a sweep; whether there may be more. One that fails is left to the bot, which says so."""
    work.audit.caused_by(f"sweep:{name}")
    more = [False]

    def do() -> None:
        more[0] = bool(sweep(work, office))

    def attempt() -> None:
        error = work.attempt(do)
        if error is not None:
            put_aside(work, office, name, error)

    work.fence.unsaid(attempt)
    return more[0]
