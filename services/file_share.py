"""What one sender without a role may keep in files within a day: megabytes are bounded, never words.

What was taken in is counted, not what is kept: a draft that is given up and sent again costs anew. All
accounts of one person share one count. The count tells neither who nor when: its key is a keyed digest, its
beginning an hour, and each file counts in whole megabytes.
"""

from datetime import timedelta
from typing import Final

from domain.roles import Actor
from domain.settings import STRANGERS_FILES
from domain.throttle import Counter
from persian.errors import Unreadable
from services import settings
from services.complaint_acts import hour_of
from services.tracking import Asker, asker_key
from storage.work import Work

SCOPE: Final = "files_by_sender"
DAY: Final = timedelta(days=1)
_MB: Final = 2**20


def is_bounded(actor: Actor) -> bool:
    """Whether this is somebody without a role at this moment, known to the office or not."""
    return not actor.grants


def insist(work: Work, asker: Asker, size: int) -> None:
    """Insist that a file of so many bytes would still be taken; asked before it is fetched.

    Raises:
        Unreadable: `files_of_day` (opens, an ISO moment): with it the day would hold too much.
    """
    _insist(work, _today(work, work.counters.look(SCOPE, _key(work, asker))), size)


def take(work: Work, asker: Asker, size: int) -> None:
    """Count a file that is about to be kept, with its clean copy, of so many bytes together.

    Raises:
        Unreadable: as `insist`.
    """
    key = _key(work, asker)
    held = _today(work, work.counters.hold(SCOPE, key))
    _insist(work, held, size)
    work.counters.put(SCOPE, key, Counter(held.misses + _megabytes(size), held.since))


def forget(work: Work) -> None:
    """Forget the counts of days that are over."""
    work.counters.forget(SCOPE, work.now - DAY)


def _insist(work: Work, held: Counter, size: int) -> None:
    """The first file of a day is always taken: whatever the bound, there is a moment to send one."""
    most = settings.number(work, STRANGERS_FILES.name) or STRANGERS_FILES.standard
    if held.misses and most is not None and held.misses + _megabytes(size) > most:
        raise Unreadable("files_of_day", opens=(held.since + DAY).isoformat())


def _today(work: Work, stored: Counter | None) -> Counter:
    """What was taken in within the day that began with the first file, in megabytes."""
    if stored is None or not stored.misses or work.now - stored.since >= DAY:
        return Counter(0, hour_of(work.now))
    return stored


def _megabytes(size: int) -> int:
    """Whole ones, begun ones too: a finer count would tell which files of no name are whose."""
    return max(1, -(-size // _MB))


def _key(work: Work, asker: Asker) -> str:
    person = work.people.by_account(*asker)
    whose = asker_key(asker) if person is None else f"person:{person.id}"
    return work.vault.digest("files of a sender", whose)
