"""The command line: `python -m bot …`."""

from bot import starting

# isort: split

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import app as application
from bot import doctor as examination
from bot import logs, reset_cards
from bot.app import PortTaken, TaskEnded
from bot.cards import Errand
from bot.handlers.resets import send_out
from bot.office import Office
from bot.platforms import PLATFORMS
from bot.settings import Settings
from domain.errors import NotASetting, OutOfBounds
from domain.roles import Role
from domain.settings import SETTINGS, Value, known
from persian.dates import TEHRAN
from persian.text import key
from services import people, reset_desk
from services import settings as office
from services.errors import AgencyNeeded, LastAdmin, NameNeeded
from storage.engine import Store, vault_of
from storage.errors import KeyUnusable, NotFound, StorageError, StoreDown, StoreInUse
from storage.work import Work

T = TypeVar("T")

cli = typer.Typer(
    name="python -m bot",
    help="Mohlat: proposals for instalments and deferrals of debts to the state, on Bale and Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
complain = Console(stderr=True, highlight=False)


@cli.command()
def run(
    *,
    or_demo: Annotated[
        bool, typer.Option("--or-demo", help="With no token set, start the sandbox with demo people instead.")
    ] = False,
) -> None:
    """Serve the bot on every platform that has a token (TELEGRAM_TOKEN, BALE_TOKEN)."""
    settings = _settings()
    if application.served(settings):
        _configure_logs(settings)
        _go(settings, lambda: application.run(settings))
    elif or_demo:
        demo(at=None)
    else:
        _fail(
            "No token is set.",
            "Set BALE_TOKEN or TELEGRAM_TOKEN in the environment or in .env, or try the sandbox: "
            "python -m bot demo",
        )


@cli.command()
def demo(
    at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%dT%H:%M"], help="Set the sandbox's clock first, in Tehran's time."),
    ] = None,
) -> None:
    """Start the sandbox with demo people, the bot inside it, and print the address of the chat page."""
    from bot.demo import demo as demonstrate  # noqa: PLC0415 - who serves an office needs no sandbox

    settings = _settings()
    _configure_logs(settings, quiet=True)
    _go(settings, lambda: demonstrate(settings, Console(highlight=False), at and at.replace(tzinfo=TEHRAN)))


@cli.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    name: Annotated[str, typer.Option(help="The person's name, as colleagues will see it.")],
    agency: Annotated[str | None, typer.Option(help="The agency an officer files for.")] = None,
) -> None:
    """Make a one-time invitation, good for 24 hours; its code is the last line printed.

    The person sends it to the bot as «/start CODE». The bot may be running meanwhile.
    """
    settings = _settings()
    try:
        made = _go(
            settings,
            lambda: _visit(
                settings,
                lambda work: people.invite(work, by=None, role=role, name=name, agency=agency),
            ),
        )
    except AgencyNeeded:
        _fail("An officer files for one agency.", 'Add: --agency "NAME OF THE AGENCY"')
    except NameNeeded:
        _fail("The name is empty.", 'Add: --name "FULL NAME"')
    typer.echo(f"Invitation for {name} as {role.value}, valid until {made.expires_at:%Y-%m-%d %H:%M} UTC.")
    typer.echo(f"To be sent to the bot in a private chat: /start {made.token}")
    typer.echo(made.token)


@cli.command()
def revoke(
    role: Annotated[Role, typer.Option(help="The role to take away.")],
    name: Annotated[str, typer.Option(help="The person's name, as the list «کاربران» shows it.")],
    person: Annotated[
        int | None, typer.Option(help="The person's number, where several bear the name.")
    ] = None,
) -> None:
    """Take a role away from a person; it is gone at their next press. The bot may be running meanwhile."""
    settings = _settings()
    try:
        found = _go(settings, lambda: _visit(settings, lambda work: _revoke(work, role, name, person)))
    except LastAdmin:
        _fail("This is the only admin left.", "Invite another one first: python -m bot invite --role admin …")
    if not found:
        _fail(f"Nobody named «{name}» is {role.value}.", "See «کاربران» in the chat of an admin.")
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        _fail(f"Several people named «{name}» are {role.value}: {numbers}.", "Add: --person NUMBER")
    typer.echo(f"{name} is no longer {role.value}.")


@cli.command(name="reset-factor")
def reset_factor(
    name: Annotated[str, typer.Option(help="The person's name, as the list «کاربران» shows it.")],
    person: Annotated[
        int | None, typer.Option(help="The person's number, where several bear the name.")
    ] = None,
    case: Annotated[
        str, typer.Option(help="The tracking code of a case of theirs, for its passcode instead.")
    ] = "",
) -> None:
    """Send somebody a one-time code for a lost second factor, where no other admin can: the last one's.

    The code goes into the person's own chat alone, by the bot when it runs; nobody sees it here. The old
    factor is dead from this moment on.
    """
    settings = _settings()
    try:
        found = _go(settings, lambda: _visit(settings, lambda work: _reset(work, name, person, case)))
    except NotFound as missing:
        lacking = (
            "no such case" if missing.what == "case" else "no second factor, or no chat that can be reached"
        )
        _fail(f"«{name}» has {lacking}: nothing was changed.", "See «کاربران» in the chat of an admin.")
    if not found:
        _fail(f"Nobody is named «{name}».", "See «کاربران» in the chat of an admin.")
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        _fail(f"Several people are named «{name}»: {numbers}.", "Add: --person NUMBER")
    typer.echo(f"A one-time code is on its way to the chat of {name}; it is good for 24 hours.")


def _reset(work: Work, name: str, number: int | None, code: str) -> list[int]:
    """Issue a one-time code where one person fits; the numbers of those who do."""
    people_named = [one for one in work.people.all() if key(one.name) == key(name)]
    found = [one.id for one in people_named if number in (None, one.id)]
    if len(found) == 1:
        at = Errand(work, Office(PLATFORMS))
        if not reset_cards.in_reach(at, found[0]):
            raise NotFound("chat", found[0])
        issued = reset_desk.issue_by_keeper(work, found[0], code)
        send_out(at, issued)
        reset_cards.redraw(at, issued.reset)
    return found


@cli.command(name="set")
def set_(
    name: Annotated[str | None, typer.Argument(help="Which setting; none: list them all.")] = None,
    value: Annotated[
        str | None, typer.Argument(help="on, off, a number, a text, or «unset»; none: show it.")
    ] = None,
) -> None:
    """Show or change what the office sets, such as the second signature. The bot may be running meanwhile."""
    settings = _settings()
    try:
        rows = _go(settings, lambda: _visit(settings, lambda work: _set(work, name, value)))
    except NotASetting as unknown:
        _fail(f"There is no setting «{unknown.name}».", f"Known are: {', '.join(SETTINGS)}.")
    except OutOfBounds as bounds:
        _fail(f"{bounds.name} cannot be «{value}».", _TAKES[known(bounds.name).kind].format(bounds.most))
    for key_, in_force in rows:
        typer.echo(f"{key_}: {'unset' if in_force is None else in_force}")


def _set(work: Work, name: str | None, typed: str | None) -> list[tuple[str, Value]]:
    if name is not None and typed is not None:
        office.change(work, by=None, name=name, value=_value_of(name, typed))
    names = list(SETTINGS) if name is None else [name]
    return [(each, office.value(work, each)) for each in names]


_TAKES = {
    "switch": "It takes: on, off, unset.",
    "number": "It takes: unset, or a whole number up to {}.",
    "text": "It takes: unset, or a text of at most {} characters.",
    "span": "It takes: unset, or working days as 3d, or office hours as 8h, each up to {}.",
}


def _value_of(name: str, typed: str) -> Value:
    """What was typed, as this kind of setting takes it; what it cannot take is refused by the rules."""
    if typed == "unset":
        return None
    kind = known(name).kind
    if kind == "switch":
        return {"on": True, "off": False}.get(typed, typed)
    return int(typed) if kind == "number" and typed.isdecimal() else typed


@cli.command()
def doctor() -> None:
    """Check settings, key, store, and the way to each platform; say what to do about what is wrong."""
    settings = _settings()
    sound = _go(settings, lambda: examination.examine(settings, Console(highlight=False)))
    raise typer.Exit(0 if sound else 1)


async def _visit(settings: Settings, unit: Callable[[Work], T]) -> T:
    """Run one unit beside a bot that may be running."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault = await vault_of(settings.store_url, settings.key_path)
    store = await Store.open(settings.store_url, vault=vault, exclusive=False)
    try:
        return await store.run(unit)
    finally:
        await store.close()


def _revoke(work: Work, role: Role, name: str, number: int | None) -> list[int]:
    """Revoke where one person fits; the numbers of those who do."""
    found = [
        one.id
        for one in work.people.all()
        if key(one.name) == key(name) and one.actor.has(role) and number in (None, one.id)
    ]
    if len(found) == 1:
        people.revoke(work, by=None, person_id=found[0], role=role)
    return found


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        # Only pydantic's words: the value itself may be a secret.
        told = "\n".join(
            f"  {'.'.join(map(str, error['loc'])).upper()}: {error['msg'].removeprefix('Value error, ')}"
            for error in wrong.errors(include_input=False, include_url=False)
        )
        _fail(f"These settings cannot be used:\n{told}", "Correct them in the environment or in .env.")


def _configure_logs(settings: Settings, *, quiet: bool = False) -> None:
    level = "WARNING" if quiet and "log_level" not in settings.model_fields_set else settings.log_level
    logs.configure(level, settings.secrets)


def _go(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Run it on the fastest loop there is; what an operator can mend is said without a traceback."""
    starting.settle()
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_awaited(work))
    except StoreInUse as busy:
        _fail(
            f"The database is in use by another process: {busy.path}.",
            "Stop that process first, or set DATA_DIR to another folder.",
        )
    except KeyUnusable:
        _fail(
            f"The key file cannot be used: {settings.key_path} does not hold the key of this database.",
            "Restore it from its backup, or set KEY_FILE to the right one.",
        )
    except StoreDown as down:
        _fail(
            f"The database cannot be reached ({down.reason}).", "Check DATABASE_URL, DATA_DIR and the disk."
        )
    except PortTaken as taken:
        _fail(
            f"Port {taken.port} cannot be listened on: {taken.reason}.",
            f"Stop what listens there, or set {taken.setting} to a free port.",
        )
    except TaskEnded as ended:
        _fail(
            f"A part of the bot has failed and it was stopped: {ended.name}.",
            "Start it again (a supervisor does so by itself); the log says where it failed.",
            code=1,
        )
    except StorageError as error:
        _fail(f"The store cannot be used: {error}.", "Run: python -m bot doctor")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        _fail(f"{error.strerror or error}{where}.", "Check DATA_DIR, DATABASE_URL, KEY_FILE and the rights.")


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not on every system; asyncio's own loop serves as well
    except ImportError:
        return None
    return uvloop.new_event_loop


def _fail(what: str, remedy: str, *, code: int = 2) -> NoReturn:
    complain.print(f"{what}\n{remedy}", soft_wrap=True, markup=False)
    sys.exit(code)


if __name__ == "__main__":
    cli()
