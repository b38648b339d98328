"""`python -m bot retention …`: what is erased when, a dry run, and what is held back."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.terminal import fail, go, read_settings, visit
from messages_fa import buttons
from services import retention as office
from services.errors import HoldUnfit
from services.retention import Plan
from storage.errors import NotFound
from storage.records.retention import Subject
from storage.work import Work

app = typer.Typer(
    name="retention",
    help="What is erased once its period is over, and what is held back. The bot may be running meanwhile.",
    no_args_is_help=True,
)
_WHY_NOT = {
    "no_reason": "No reason was given.",
    "held": "It is held back already.",
    "not_held": "It is not held back.",
    "erased": "It was erased before: nothing is left to hold back.",
}

Code = Annotated[str, typer.Argument(help="The tracking code of a case or a complaint.")]


@app.command(name="dry-run")
def dry_run() -> None:
    """List what would be erased now; nothing is."""
    settings = read_settings()
    _tell(go(settings, lambda: visit(settings, office.plan)))


@app.command()
def run(
    *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask: for a timer of the system.")] = False
) -> None:
    """Erase what is due now, for good; the bot itself does so every ten minutes."""
    settings = read_settings()
    plan = go(settings, lambda: visit(settings, office.plan))
    _tell(plan)
    total = len(plan.subjects) + plan.chats + plan.requests
    if not total:
        return
    if not yes:
        typer.confirm("Erase this for good?", abort=True)
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("Erasing", total=total)
        while done := sum(go(settings, lambda: visit(settings, _erased))):
            progress.advance(bar, done)
    typer.echo("Done. Backups made before still hold it, until they are too old to be kept.")


@app.command()
def hold(
    code: Code, why: Annotated[str, typer.Option(help="Such as the letter of the court; kept sealed.")]
) -> None:
    """Hold a case or a complaint back from erasure until it is lifted («نگهداری به حکم»)."""
    subject = _done(lambda work: office.hold(_caused(work), None, code, why))
    typer.echo(f"The {subject.kind} {subject.code} is held back.")


@app.command()
def lift(code: Code) -> None:
    """Hold it back no longer: once its period is over it is erased."""
    subject = _done(lambda work: office.lift(_caused(work), None, code))
    typer.echo(f"The {subject.kind} {subject.code} is held back no longer.")


@app.command()
def holds() -> None:
    """List what is held back, since when and why."""
    settings = read_settings()
    found = go(settings, lambda: visit(settings, lambda work: office.held(work, None)))
    for one, code in found:
        typer.echo(f"{one.kind} {code}, since {one.placed_at:%Y-%m-%d}: {one.why}")
    if not found:
        typer.echo("Nothing is held back.")


def _done(unit: Callable[[Work], Subject]) -> Subject:
    settings = read_settings()
    try:
        return go(settings, lambda: visit(settings, unit))
    except NotFound:
        fail(
            "There is no case and no complaint with this code.",
            "Type the twelve digits of its tracking code.",
        )
    except HoldUnfit as unfit:
        fail(_WHY_NOT[unfit.why], "See: python -m bot retention holds")


def _erased(work: Work) -> tuple[int, int]:
    return office.erase_some(_caused(work))


def _caused(work: Work) -> Work:
    work.audit.caused_by("command:retention")
    return work


def _tell(plan: Plan) -> None:
    for name, days in plan.days.items():
        typer.echo(f"{name}: {'unset, never erased' if days is None else f'{days} days'}")
    for one in plan.subjects:
        typer.echo(f"{one.kind} {one.code}, unchanged since {one.since:%Y-%m-%d}")
    typer.echo(f"{len(plan.subjects)} cases and complaints, {plan.chats} chats of people whom nobody knows.")
    typer.echo(f"{plan.requests} ended requests about one's own data.")
    if all(days is None for days in plan.days.values()):
        chat = f"«{buttons.SETTINGS}» in an admin's chat"
        typer.echo(f"Set a period first: python -m bot set keep_cases DAYS, or {chat}.")
