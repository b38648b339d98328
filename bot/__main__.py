"""The command line: `python -m bot …`."""

from bot import starting  # noqa: F401 - imported before all else: it stops the collector while we start

# isort: split

from datetime import datetime
from typing import Annotated, Final, TypeVar

import typer
from rich.console import Console

from bot import app as application
from bot import doctor as examination
from bot import reset_cards
from bot.cards import Errand
from bot.commands import audit, keys, retention
from bot.commands.backup import backup
from bot.commands.restore import restore
from bot.commands.sbom import sbom
from bot.handlers.resets import send_out
from bot.office import Office
from bot.platforms import PLATFORMS
from bot.terminal import configure_logs, fail, go, read_settings, visit
from domain.errors import NotASetting, OutOfBounds
from domain.roles import Role
from domain.settings import SETTINGS, Value, known
from messages_fa import buttons
from persian.dates import TEHRAN
from persian.text import key
from services import people, reset_desk
from services import settings as office
from services.errors import AgencyNeeded, LastAdmin, NameNeeded
from storage.errors import NotFound
from storage.records import Person
from storage.work import Work

T = TypeVar("T")

_AS_LISTED: Final = f"The person's name, as the list «{buttons.PEOPLE}» shows it."
_SEE_LIST: Final = f"See «{buttons.PEOPLE}» in the chat of an admin."

cli = typer.Typer(
    name="python -m bot",
    help="Mohlat: proposals for instalments and deferrals of debts to the state, on Bale and Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@cli.command()
def run(
    *,
    or_demo: Annotated[
        bool, typer.Option("--or-demo", help="With no token set, start the sandbox with demo people instead.")
    ] = False,
) -> None:
    """Serve the bot on every platform that has a token (TELEGRAM_TOKEN, BALE_TOKEN)."""
    settings = read_settings()
    if application.served(settings):
        configure_logs(settings)
        go(settings, lambda: application.run(settings))
    elif or_demo:
        demo(at=None)
    else:
        fail(
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

    settings = read_settings()
    configure_logs(settings, quiet=True)
    go(settings, lambda: demonstrate(settings, Console(highlight=False), at and at.replace(tzinfo=TEHRAN)))


@cli.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    name: Annotated[str, typer.Option(help="The person's name, as colleagues will see it.")],
    agency: Annotated[str | None, typer.Option(help="The agency an officer files for.")] = None,
) -> None:
    """Make a one-time invitation, good for 24 hours; its code is the last line printed.

    The person sends it to the bot as «/start CODE». The bot may be running meanwhile.
    """
    settings = read_settings()
    try:
        made = go(
            settings,
            lambda: visit(
                settings,
                lambda work: people.invite(work, by=None, role=role, name=name, agency=agency),
            ),
        )
    except AgencyNeeded:
        fail("An officer files for one agency.", 'Add: --agency "NAME OF THE AGENCY"')
    except NameNeeded:
        fail("The name is empty.", 'Add: --name "FULL NAME"')
    typer.echo(f"Invitation for {name} as {role.value}, valid until {made.expires_at:%Y-%m-%d %H:%M} UTC.")
    typer.echo(f"To be sent to the bot in a private chat: /start {made.token}")
    typer.echo(made.token)


@cli.command()
def revoke(
    role: Annotated[Role, typer.Option(help="The role to take away.")],
    name: Annotated[str, typer.Option(help=_AS_LISTED)],
    person: Annotated[
        int | None, typer.Option(help="The person's number, where several bear the name.")
    ] = None,
) -> None:
    """Take a role away from a person; it is gone at their next press. The bot may be running meanwhile."""
    settings = read_settings()
    try:
        found = go(settings, lambda: visit(settings, lambda work: _revoke(work, role, name, person)))
    except LastAdmin:
        fail("This is the only admin left.", "Invite another one first: python -m bot invite --role admin …")
    _insist_on_one(
        found,
        nobody=f"Nobody named «{name}» is {role.value}.",
        several=f"Several people named «{name}» are {role.value}",
    )
    typer.echo(f"{name} is no longer {role.value}.")


@cli.command(name="reset-factor")
def reset_factor(
    name: Annotated[str, typer.Option(help=_AS_LISTED)],
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
    settings = read_settings()
    try:
        found = go(settings, lambda: visit(settings, lambda work: _reset(work, name, person, case)))
    except NotFound as missing:
        lacking = (
            "no such case" if missing.what == "case" else "no second factor, or no chat that can be reached"
        )
        fail(f"«{name}» has {lacking}: nothing was changed.", _SEE_LIST)
    _insist_on_one(found, nobody=f"Nobody is named «{name}».", several=f"Several people are named «{name}»")
    typer.echo(f"A one-time code is on its way to the chat of {name}; it is good for 24 hours.")


def _reset(work: Work, name: str, number: int | None, code: str) -> list[int]:
    """Issue a one-time code where one person fits; the numbers of those who do."""
    found = [one.id for one in _meant(work, name, number)]
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
    settings = read_settings()
    try:
        rows = go(settings, lambda: visit(settings, lambda work: _set(work, name, value)))
    except NotASetting as unknown:
        fail(f"There is no setting «{unknown.name}».", f"Known are: {', '.join(SETTINGS)}.")
    except OutOfBounds as bounds:
        fail(f"{bounds.name} cannot be «{value}».", _TAKES[known(bounds.name).kind].format(bounds.most))
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
    settings = read_settings()
    sound = go(settings, lambda: examination.examine(settings, Console(highlight=False)))
    raise typer.Exit(0 if sound else 1)


cli.add_typer(audit.app)
cli.add_typer(audit.exports)
cli.add_typer(keys.app)
cli.add_typer(retention.app)
cli.command()(backup)
cli.command()(restore)
cli.command()(sbom)


def _revoke(work: Work, role: Role, name: str, number: int | None) -> list[int]:
    """Revoke where one person fits; the numbers of those who do."""
    found = [one.id for one in _meant(work, name, number) if one.actor.has(role)]
    if len(found) == 1:
        people.revoke(work, by=None, person_id=found[0], role=role)
    return found


def _meant(work: Work, name: str, number: int | None) -> list[Person]:
    """Those who bear this name, or the one of them with this number."""
    named = (one for one in work.people.all() if key(one.name) == key(name))
    return [one for one in named if number in (None, one.id)]


def _insist_on_one(found: list[int], *, nobody: str, several: str) -> None:
    """End the process where nobody was meant, or where it takes a number to say who."""
    if not found:
        fail(nobody, _SEE_LIST)
    if len(found) > 1:
        fail(f"{several}: {', '.join(map(str, found))}.", "Add: --person NUMBER")


if __name__ == "__main__":
    cli()
