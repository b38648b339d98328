"""The sandbox with demo people, and the bot serving it: same code, pipeline and HTTP as with real tokens."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel

from bot import app as application
from bot.demo import history
from bot.demo.cases import FIRST, PASSCODE
from bot.demo.hurry import Hurry
from bot.demo.people import PEOPLE, Accounts, Cast, settle
from bot.ports import PortTaken
from bot.settings import Settings
from bot.tasks import stop_on_signals
from messages_fa.office import BOT
from persian.codes import group_code
from sandbox import Clock, Sandbox
from services.secrets import digest_of
from storage.engine import Store
from storage.vault import Vault, load_key

__all__ = ["PEOPLE", "demo"]

TOKENS: Final = {
    "telegram": "1000000001:DEMO-of-the-sandbox-no-secret-00001",
    "bale": "1000000002:DEMO-of-the-sandbox-no-secret-00002",
}
"""Tokens of the sandbox's own bots; they open nothing anywhere else."""


async def demo(settings: Settings, console: Console, at: datetime | None = None) -> None:
    """Run until SIGTERM or SIGINT; all is kept under `DATA_DIR`/demo between runs.

    Args:
        settings: of which the ports, the pace and the folder count.
        console: where the welcome is printed.
        at: what the sandbox's clock is set to first (aware); None: it goes on from where it was.

    Raises:
        StorageError: the demo's store cannot be used; another demo may be running on it.
        PortTaken: a port cannot be listened on.
        TaskEnded: a part of the bot failed.
    """
    stop = stop_on_signals()
    home = settings.data_dir / "demo"
    home.mkdir(parents=True, exist_ok=True)
    clock, past = Clock(), Clock()
    # The store comes first: its lock keeps two demos from writing into one journal.
    vault = Vault(load_key(_inside(settings, home).key_path))
    store = await Store.open(_inside(settings, home).store_url, vault=vault, clock=past)
    sandbox = None
    try:
        sandbox = await _open_sandbox(home, clock, settings.chat_page_port)
        if at is not None:
            sandbox.set_clock(at)
        await _settle(store, sandbox, past, vault)
        await store.close()
        app = await application.App.open(_inside(settings, home, sandbox.url), clock=clock)
        console.print(_welcome(sandbox.url, home))
        await _run(app, stop, clock)
    finally:
        await store.close()
        if sandbox is not None:
            await sandbox.stop()


async def _run(app: application.App, stop: asyncio.Event, clock: Clock) -> None:
    """Serve, and let the timers go off whenever the clock is moved by hand."""
    hurry = Hurry(app)
    clock.listen(hurry.moved.set)
    hurrying = asyncio.create_task(hurry.run())
    try:
        await app.run(stop)
    finally:
        hurrying.cancel()
        await asyncio.gather(hurrying, return_exceptions=True)


async def _open_sandbox(home: Path, clock: Clock, port: int) -> Sandbox:
    sandbox = Sandbox(home / "sandbox.sqlite", clock)
    for platform, token in TOKENS.items():
        sandbox.add_bot(platform, token, "mohlat_bot", BOT)
    try:
        await sandbox.start(port=port)
    except OSError as error:
        await sandbox.stop()
        raise PortTaken("CHAT_PAGE_PORT", port, error.strerror or str(error)) from None
    return sandbox


def _inside(settings: Settings, home: Path, url: str = "") -> Settings:
    """The same settings with the sandbox in the place of the messengers, and a store of the demo's own."""
    return settings.model_copy(
        update={
            "data_dir": home,
            "database_url": "",
            "key_file": None,
            "webhook_url": "",
            **{f"{platform}_token": SecretStr(token) for platform, token in TOKENS.items()},
            **{f"{platform}_api": url for platform in TOKENS},
            **{f"{platform}_proxy": "" for platform in TOKENS},
        }
    )


async def _settle(store: Store, sandbox: Sandbox, past: Clock, vault: Vault) -> None:
    """Give everybody a phone, the staff their roles, and the office a history, as far as they are lacking."""
    phones = {
        person.key: sandbox.add_person(
            person.key, person.name, platform=person.platform, role_hint=person.hint
        )
        for person in PEOPLE
    }
    accounts = {key: (phone.platform, phone.user_id) for key, phone in phones.items()}
    new = [key for key, phone in phones.items() if not phone.started]
    if len(new) == len(phones):
        await _play(store, past, vault, accounts, sandbox.clock())
    past.set(sandbox.clock())
    await store.run(lambda work: settle(work, {key: accounts[key] for key in new}))
    for key in new:
        await sandbox.person(phones[key].platform, key).start()


async def _play(store: Store, past: Clock, vault: Vault, accounts: Accounts, now: datetime) -> None:
    """The people arrive and the history happens, before anybody has a phone in hand."""
    cast = Cast(accounts, digest_of(PASSCODE, vault.pepper), now)
    left = await store.run(history.left)
    for moment, deed in history.steps(cast, left):
        past.set(moment)
        await store.run(deed)


def _welcome(url: str, home: Path) -> Panel:
    text = (
        f"The chat page is at  [bold]{url}/[/bold]\n\n"
        "Demo people (no real office, no real messenger): an officer, two reviewers, a director,\n"
        "a complaints officer, two admins, an auditor, a debtor; and some history: proposals in every\n"
        "stage, complaints, an incident that is over, a maintenance tomorrow evening.\n"
        "Its office hours and targets («هدف‌های نمونه») are the demo's own, from no law or agreement.\n\n"
        "Begin on the officer's phone with «ثبت پیشنهاد»; decide on a reviewer's with «کارتابل»;\n"
        "then send the tracking code from the debtor's. One that is there already: "
        f"{group_code(FIRST.code)},\nwith the passcode {PASSCODE}.\n"
        "«ابزار آزمایش» on the page moves the clock: reminders and maintenance then happen at once.\n\n"
        f"All of it is kept in {home}; delete that folder to begin anew. Ctrl-C stops."
    )
    return Panel(text, title="Mohlat: sandbox", expand=False)
