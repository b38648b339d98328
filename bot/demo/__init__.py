"""The sandbox with demo people, and the bot serving it: same code, pipeline and HTTP as with real tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel

from bot import app as application
from bot.settings import Settings
from domain.roles import Role
from sandbox import Clock, Sandbox
from storage.engine import Store
from storage.vault import Vault, load_key
from storage.work import Work

TOKENS: Final = {
    "telegram": "1000000001:DEMO-of-the-sandbox-no-secret-00001",
    "bale": "1000000002:DEMO-of-the-sandbox-no-secret-00002",
}
"""Tokens of the sandbox's own bots; they open nothing anywhere else."""

BOT_NAME: Final = "مهلت"
AGENCY: Final = "سازمان نمونه خدمات استان"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody with a phone on the chat page; without a role, anybody."""

    key: str
    name: str
    platform: str
    hint: str
    role: Role | None = None


PEOPLE: Final = (
    DemoPerson("officer", "سارا محمدی", "bale", "کارشناس دستگاه", Role.OFFICER),
    DemoPerson("reviewer", "رضا کریمی", "bale", "کارشناس بررسی", Role.REVIEWER),
    DemoPerson("reviewer2", "مریم احمدی", "telegram", "کارشناس بررسی", Role.REVIEWER),
    DemoPerson("director", "علی حسینی", "bale", "مدیر", Role.DIRECTOR),
    DemoPerson("admin", "نرگس رضایی", "bale", "مدیر سامانه", Role.ADMIN),
    DemoPerson("debtor", "حسن یوسفی", "telegram", "بدهکار"),
)


async def demo(settings: Settings, console: Console) -> None:
    """Run until SIGTERM or SIGINT; all is kept under `DATA_DIR`/demo between runs.

    Raises:
        StorageError: the demo's store cannot be used; another demo may be running on it.
        PortTaken: a port cannot be listened on.
        TaskEnded: a part of the bot failed.
    """
    stop = application.stop_on_signals()
    home = settings.data_dir / "demo"
    home.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    # The store comes first: its lock keeps two demos from writing into one journal.
    store = await _open_store(_inside(settings, home), clock)
    sandbox = None
    try:
        sandbox = await _open_sandbox(home, clock, settings.chat_page_port)
        await _settle_people(store, sandbox)
        await store.close()
        app = await application.App.open(_inside(settings, home, sandbox.url), clock=clock)
        console.print(_welcome(sandbox.url, home))
        await app.run(stop)
    finally:
        await store.close()
        if sandbox is not None:
            await sandbox.stop()


async def _open_store(settings: Settings, clock: Clock) -> Store:
    return await Store.open(settings.store_url, vault=Vault(load_key(settings.key_path)), clock=clock)


async def _open_sandbox(home: Path, clock: Clock, port: int) -> Sandbox:
    sandbox = Sandbox(home / "sandbox.sqlite", clock)
    for platform, token in TOKENS.items():
        sandbox.add_bot(platform, token, "mohlat_bot", BOT_NAME)
    try:
        await sandbox.start(port=port)
    except OSError as error:
        await sandbox.stop()
        raise application.PortTaken("CHAT_PAGE_PORT", port, error.strerror or str(error)) from None
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


async def _settle_people(store: Store, sandbox: Sandbox) -> None:
    """Give everybody a phone, and the staff their roles; whoever is there already stays as they are."""
    phones = {
        person.key: sandbox.add_person(
            person.key, person.name, platform=person.platform, role_hint=person.hint
        )
        for person in PEOPLE
    }
    users = {key: phone.user_id for key, phone in phones.items()}
    await store.run(lambda work: _grant_roles(work, users))
    for key, phone in phones.items():
        if not phone.started:
            await sandbox.person(phone.platform, key).start()


def _grant_roles(work: Work, users: dict[str, int]) -> None:
    """Bind the staff to their accounts, the first time."""
    staff = [(person, person.role) for person in PEOPLE if person.role is not None]
    if any(work.people.by_account(person.platform, users[person.key]) for person, _ in staff):
        return
    agency = work.people.agency_named(AGENCY) or work.people.add_agency(AGENCY)
    for person, role in staff:
        known = work.people.add(person.name)
        work.people.bind(person.platform, users[person.key], known.id)
        work.people.grant(known.id, role, agency.id if role is Role.OFFICER else None, None)


def _welcome(url: str, home: Path) -> Panel:
    text = (
        f"The chat page is at  [bold]{url}/[/bold]\n\n"
        "Demo people (no real office, no real messenger): an officer, two reviewers, a director, an admin, "
        "a debtor.\n"
        "Begin on the officer's phone with «ثبت پیشنهاد»; decide on a reviewer's with «کارتابل»;\n"
        "then send the tracking code from the debtor's.\n\n"
        f"All of it is kept in {home}; delete that folder to begin anew. Ctrl-C stops."
    )
    return Panel(text, title="Mohlat: sandbox", expand=False)
