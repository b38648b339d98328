"""`python -m bot doctor`: look at everything the bot needs, and say what to do about what is wrong.

It looks only: it makes no folder, key, database or table.
"""

import os
import sys
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rich.console import Console
from rich.markup import escape

from bot import backups
from bot.app import served
from bot.drills import FOLDER
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.request import AiohttpRequest
from bot.room import LEAST_FREE, free_under
from bot.settings import Settings
from bot.vaults import REMEDIES
from domain.roles import Role
from domain.settings import SETTINGS
from scans import clamd
from scans.confined import lacking
from services import settings as office
from storage.engine import Store, file_of
from storage.errors import KeyUnusable, OldTables, StorageError
from storage.vault import KEY_BYTES, Vault
from storage.work import Work

OLDEST_PYTHON: Final = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` is empty when it is sound."""

    what: str
    found: str
    remedy: str = ""


async def examine(settings: Settings, console: Console) -> bool:
    """Print every finding as it is made; whether all is sound."""
    sound = True
    async for finding in _findings(settings):
        mark = "[red]wrong[/red]" if finding.remedy else "[green]ok[/green]   "
        console.print(f"{mark}  {finding.what}: {escape(finding.found)}", soft_wrap=True)
        if finding.remedy:
            console.print(f"       {escape(finding.remedy)}", soft_wrap=True)
            sound = False
    return sound


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _python()
    yield _time_zone()
    yield _disk(settings)
    yield _key(settings)
    for finding in await _store(settings):
        yield finding
    yield _backups(settings, datetime.now(UTC))
    yield _drill(settings)
    yield _parser()
    platforms = served(settings)
    if not platforms:
        yield Finding("tokens", "none set", "Set BALE_TOKEN or TELEGRAM_TOKEN in the environment or in .env.")
    for name in platforms:
        yield await _platform(settings, name)
    if settings.webhook_url:
        yield _webhook(settings)
    if settings.clamd:
        yield await _scanner(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info[:2] < OLDEST_PYTHON
    return Finding("python", version, "Use Python 3.11 or newer." if old else "")


def _time_zone() -> Finding:
    try:
        zoneinfo.ZoneInfo("Asia/Tehran")
    except zoneinfo.ZoneInfoNotFoundError:
        return Finding("time zones", "Asia/Tehran is missing", "Install Debian's tzdata package.")
    return Finding("time zones", "Asia/Tehran is known")


def _disk(settings: Settings) -> Finding:
    try:
        free = free_under(settings.data_dir)
    except OSError as error:
        return Finding(
            "disk", f"{error.strerror}: {settings.data_dir}", "Set DATA_DIR to a folder of its own."
        )
    told = f"{free // 2**20} MB free under DATA_DIR"
    return Finding("disk", told, "Make room: updates cannot be kept without it." if free < LEAST_FREE else "")


def _key(settings: Settings) -> Finding:
    keys = settings.keys
    try:
        if not keys.exists():
            return _no_key(settings)
        newest, *older = Vault.of(keys).ring
    except KeyUnusable as unusable:
        wrong, remedy = REMEDIES[unusable.reason]
        if unusable.reason == "damaged":
            wrong = "{} does not hold a key"
        return Finding("key", wrong.format(keys.name), remedy)
    except OSError as error:
        return Finding("key", f"{error.strerror}: {keys.name}", "Check KEY_FILE and the rights.")
    if left := keys.leftovers():
        names = ", ".join(str(each) for each in left)
        return Finding(
            "key", f"a change of keys was cut off; every key stands also in {names}", "Remove that."
        )
    opens = f", and {', '.join(each.id.hex() for each in older)} to open what is older" if older else ""
    return Finding("key", f"{keys.name}: {newest.id.hex()} seals{opens}; back it up apart from the database")


def _no_key(settings: Settings) -> Finding:
    if file_of(settings.store_url) is None or not settings.keys.ours:
        _, remedy = REMEDIES["missing"]
        return Finding("key", f"there is no {settings.keys.name}", remedy)
    return Finding("key", "no key yet: it is made at the first start")


async def _store(settings: Settings) -> tuple[Finding, ...]:
    if _unmade(settings):
        return (Finding("store", "no database yet: it is made at the first start"),)
    try:
        store = await Store.open(settings.store_url, vault=_vault(settings), look_only=True)
    except (StorageError, OSError) as error:
        return (_unopened(settings, error),)
    try:
        return await store.run(lambda work: (_queues(work), *_fence(work), *_office(work)))
    except StorageError as error:
        remedy = "The database cannot be read: restore it from a backup."
        return (Finding("store", _named(error), remedy),)
    finally:
        await store.close()


def _queues(work: Work) -> Finding:
    depth, waiting = work.inbox.depth(), work.outbox.counts()
    messages = ", ".join(f"{count} {state}" for state, count in sorted(waiting.items())) or "none"
    return Finding("store", f"sound; updates waiting: {depth}; messages: {messages}")


def _office(work: Work) -> Iterator[Finding]:
    """What the office may not have thought of; nothing of it is wrong."""
    unset = [
        name for name, each in SETTINGS.items() if each.kind == "span" and office.value(work, name) is None
    ]
    yield Finding("targets", f"unset: {', '.join(unset)}" if unset else "all set")
    admins = len(work.people.with_role(Role.ADMIN))
    few = "; what takes two admins waits for a second one" if admins == 1 else ""
    yield Finding("admins", f"{admins}{few}")
    heard = [person.actor for person in work.people.with_role(Role.COMPLAINTS)]
    free = [actor for actor in heard if not actor.has(Role.REVIEWER) and not actor.has(Role.DIRECTOR)]
    yield Finding("complaints", f"officers: {len(heard)}, of whom decide no cases: {len(free)}")


def _fence(work: Work) -> Iterator[Finding]:
    """What a restored store holds back, until somebody decides."""
    if work.fence.stands():
        messages, updates = work.fence.held()
        remedy = "Decide: python -m bot restore --open --send-waiting, or --drop-waiting"
        yield Finding("restored", f"held back: {messages} messages, {updates} updates", remedy)


def _backups(settings: Settings, now: datetime) -> Finding:
    """How old the newest backup is, where they are made by themselves."""
    if not backups.scheduled(settings) or settings.backup_to is None:
        return Finding("backups", "not made by themselves; BACKUP_TO and BACKUP_RECIPIENTS have them made")
    made = backups.made_in(settings.backup_to)
    if not made:
        return Finding("backups", f"none in {settings.backup_to} yet: the first is made once the bot runs")
    age = now - made[-1][0]
    late = not timedelta(0) <= age <= 2 * timedelta(hours=settings.backup_hours)
    remedy = "See why, by: python -m bot backup" if late else ""
    return Finding("backups", f"{len(made)}; the newest is {age / timedelta(hours=1):.1f} hours old", remedy)


def _drill(settings: Settings) -> Finding:
    """Whether a readable copy of the database lies about."""
    if not (settings.data_dir / FOLDER).exists():
        return Finding("drill", "nothing left of a trial")
    told = f"a readable copy of the database in {settings.data_dir / FOLDER}"
    return Finding("drill", told, "Where no trial is under way start the bot, or restore: both remove it.")


def _parser() -> Finding:
    """What the process that looks at files gives up; it works without, with the bounds that it has."""
    missing = lacking()
    told = f"this system lacks {', '.join(missing)}" if missing else "no file, no network, no other process"
    return Finding("files", f"looked at in a process of its own: {told}")


def _unmade(settings: Settings) -> bool:
    """Whether the store is a file that is not there."""
    path = file_of(settings.store_url)
    return path is not None and not path.exists()


def _vault(settings: Settings) -> Vault:
    """Where there is no key any other will do to learn whether the store was begun with one."""
    return Vault.of(settings.keys) if settings.keys.exists() else Vault(os.urandom(KEY_BYTES))


def _unopened(settings: Settings, error: StorageError | OSError) -> Finding:
    """Why the store could not be looked into."""
    if isinstance(error, KeyUnusable):
        unproved = error.reason == "unproved"
        return Finding("store", *REMEDIES[error.reason]) if unproved else _other_key(settings)
    if not isinstance(error, OldTables):
        return Finding("store", _named(error), "Check DATABASE_URL, DATA_DIR and KEY_FILE.")
    if not error.begun:
        return Finding("store", "no tables yet: they are made at the first start")
    if not settings.keys.exists():
        return _other_key(settings)
    return Finding("store", "the tables are older: they are brought up to date at the next start")


def _other_key(settings: Settings) -> Finding:
    """The store cannot be read with what there is."""
    if settings.keys.exists():
        told = f"was begun with another key than {settings.keys.name}"
    else:
        told = f"its key is lost: there is no {settings.keys.name}"
    remedy = "Restore the key from its backup, or set KEY_FILE to the right one, before the bot is started."
    return Finding("store", told, remedy)


def _named(error: Exception) -> str:
    """What happened, in a word, with the engine's own code where there is one."""
    reason = getattr(error, "reason", "") or getattr(error, "strerror", "")
    return f"{type(error).__name__} ({reason})" if reason else type(error).__name__


async def _platform(settings: Settings, name: str) -> Finding:
    platform = served(settings)[name]
    request = AiohttpRequest(proxy=getattr(settings, f"{name}_proxy"), trust_env=platform.trust_env)
    api = BotApi(platform, settings.token(name), getattr(settings, f"{name}_api"), request)
    upper = name.upper()
    try:
        me = await api.call("getMe", {})
    except Refused as refused:
        return Finding(
            name, f"refused with {refused.code}", f"Check {upper}_TOKEN: the platform does not take it."
        )
    except (NotConnected, NoAnswer) as error:
        remedy = f"Check the network, {upper}_API and {upper}_PROXY."
        return Finding(name, f"no answer ({error.reason})", remedy)
    finally:
        await api.close()
    return Finding(name, f"answers as @{me.get('username', '')}")


async def _scanner(settings: Settings) -> Finding:
    if await clamd.answers(settings.clamd):
        return Finding("clamd", f"answers at {settings.clamd}")
    remedy = "Start it, or check CLAMD: while it gives no word no file is taken."
    return Finding("clamd", f"no answer at {settings.clamd}", remedy)


def _webhook(settings: Settings) -> Finding:
    return Finding("webhook", f"{settings.webhook_url} to 127.0.0.1:{settings.webhook_port}")
