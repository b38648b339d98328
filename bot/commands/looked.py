"""What is asked of every copy of the store, when it is made and when it is restored."""

import sqlite3

from bot.settings import Settings
from bot.vaults import open_vault
from services import audit
from storage import backup
from storage.work import Work


class AuditBroken(backup.Unsound):
    """The engine objects to nothing, but the chain of the audit is not whole."""


async def looked_through(settings: Settings, connection: sqlite3.Connection) -> bool:
    """Insist that a copy is sound, that the key fits it and that its audit is whole.

    Returns:
        Whether its tables are today's; the audit of older ones is looked at once they are brought up to date.

    Raises:
        Unsound: the engine objects.
        AuditBroken: the audit does.
        KeyUnusable: it was sealed with another key than the one at hand.
    """
    backup.judge(connection)
    vault = await open_vault(settings)
    return backup.look(connection, vault, whole) is not None


def whole(work: Work) -> bool:
    """Insist that the key fits, and follow the chain of the audit to its end.

    Raises:
        AuditBroken: the chain is broken.
        KeyUnusable: another key.
    """
    work.keys.compare()
    walk = audit.Walk()
    while not walk.over:
        walk = audit.follow(work, walk)
    if walk.problem is not None:
        raise AuditBroken((f"audit: row {walk.problem.number} is {walk.problem.kind}",))
    return True
