"""`audit verify` follows the chain; `export audit` writes it out for the auditor."""

import asyncio
import csv
import json
import os
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import astuple, fields
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import IO, Annotated, Final, TypeVar

import typer
from rich.progress import Progress

from bot.commands.compared import Compared, compared, tell
from bot.settings import Settings
from bot.terminal import complain, fail, go, read_settings
from bot.vaults import open_vault
from domain.audit import Deed
from persian.dates import TEHRAN
from services import audit as office
from services.audit import Anchor, NotAnAnchor, Walk
from services.standing import Said
from storage.engine import Store
from storage.records.audit import AuditRow
from storage.work import Work

app = typer.Typer(name="audit", help="Verify what the office has written down about itself.")
exports = typer.Typer(name="export", help="Write something of the store out, for whoever may have it.")

FORMATS: Final = (".csv", ".jsonl")
_COLUMNS: Final = tuple(field.name for field in fields(AuditRow))

T = TypeVar("T")
Taken = Callable[[tuple[AuditRow, ...]], None]
"""What is done with rows that are as they were written."""

Anchors = Annotated[
    list[str] | None,
    typer.Option("--anchor", help="«NUMBER:MAC» as an admin's chat shows it; may be given several times."),
]


@app.command()
def verify(anchor: Anchors = None) -> None:
    """Follow the whole chain; exit 1 and name the first row that is not as it was written.

    Then compare what stands in the store with what the audit says: roles, accounts, second factors,
    substitutions, proposals about roles, settings, cases, complaints and their histories, all of them. What
    differs is named, and the exit is 1.

    Rows cut off at the end are found by an anchor from the admins' chat alone: give the newest one. The bot
    may be running meanwhile.
    """
    settings, anchors = read_settings(), _anchors(anchor or ())
    done = go(settings, lambda: _visited(settings, lambda store: _verified(store, anchors)))
    _tell(done.walk, anchors)
    tell(done)
    if done.differences:
        fail("The store is not as the audit says.", _REMEDY, code=1)


@exports.command(name="audit")
def export(
    path: Annotated[
        Path, typer.Argument(help="The file to write, ending in .csv or .jsonl; it must be new.")
    ],
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From this day on, Tehran's time.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Up to this day and with it.")
    ] = None,
    anchor: Anchors = None,
) -> None:
    """Write rows out for the auditor, readable by its owner alone, and verify the whole chain meanwhile.

    The export is written down in the audit itself.
    """
    settings, anchors = read_settings(), _anchors(anchor or ())
    if path.suffix not in FORMATS:
        fail(f"{path} ends in neither of {', '.join(FORMATS)}.", "Choose such a name: it says the format.")
    begin, end = _moment(since), _moment(until, later=timedelta(days=1))
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="")
    except FileExistsError:
        fail(
            f"{path} is there already, and was left as it is.", "Choose another name, or move that file away."
        )
    written = 0

    def take(rows: tuple[AuditRow, ...]) -> None:
        nonlocal written
        chosen = [row for row in rows if (not begin or row.at >= begin) and (not end or row.at < end)]
        written += len(chosen)
        write(chosen)

    async def work(store: Store) -> Walk:
        walk = await _followed(store, anchors, take)
        await store.run(lambda work: _note_export(work, written, walk))
        return walk

    with file:
        write = _jsonl(file) if path.suffix == ".jsonl" else _csv(file)
        walk = go(settings, lambda: _visited(settings, work))
    typer.echo(f"{written} rows were written to {path}; only you may read it.")
    _tell(walk, anchors)


def _note_export(work: Work, rows: int, walk: Walk) -> None:
    work.audit.caused_by("command:audit")
    found = walk.problem.kind if walk.problem else "whole"
    work.audit.note(Deed.AUDIT_EXPORTED, by=None, about="audit", rows=rows, upto=walk.number, found=found)


def _anchors(typed: Iterable[str]) -> tuple[Anchor, ...]:
    try:
        return tuple(map(office.anchor_of, typed))
    except NotAnAnchor:
        fail(
            "An anchor is given as NUMBER:MAC.",
            'Copy it whole from an admin\'s chat: --anchor "N1284:3f2a91c4-…"',
        )


async def _verified(store: Store, anchors: tuple[Anchor, ...]) -> Compared:
    said = Said()
    walk = await _followed(store, anchors, said.take)
    return Compared(walk) if walk.problem else await compared(store, walk, said)


async def _visited(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do it beside a bot that may be running."""
    vault = await open_vault(settings)
    store = await Store.open(settings.store_url, vault=vault, exclusive=False)
    try:
        return await work(store)
    finally:
        await store.close()


async def _followed(store: Store, anchors: tuple[Anchor, ...], take: Taken) -> Walk:
    """The walk's end; each stretch is a unit of its own, so that nobody waits for long."""
    total = (await store.run(lambda work: work.audit.head())).number
    walk = Walk()
    with Progress(console=complain, transient=True) as progress:
        bar = progress.add_task("verifying", total=total or None)
        while not walk.over:
            walk = await store.run(_step(walk, anchors))
            take(walk.rows)
            progress.update(bar, completed=walk.number)
            await asyncio.sleep(0)
    return walk


def _step(walk: Walk, anchors: tuple[Anchor, ...]) -> Callable[[Work], Walk]:
    return lambda work: office.follow(work, walk, anchors)


def _tell(walk: Walk, anchors: tuple[Anchor, ...]) -> None:
    if walk.problem is not None:
        typer.echo(_WORDS[walk.problem.kind].format(*astuple(walk.problem)[1:]))
        typer.echo(f"Rows 1 to {walk.number} are as they were written.") if walk.number else None
        fail("The audit is broken.", _REMEDY, code=1)
    typer.echo(f"The audit is whole: {walk.number} rows, the last one {_end(walk)}.")
    if not anchors:
        typer.echo("No anchor was given: rows cut off at the end would not have been seen. Give --anchor.")


def _end(walk: Walk) -> str:
    mac = walk.mac[: office.ANCHOR_DIGITS]
    return f"N{walk.number}:{mac}"


_WORDS: Final = {
    "altered": "Row {0} was altered.",
    "missing": "Row {0} is missing.",
    "inserted": "Row {0} was inserted.",
    "reordered": "Rows were reordered: what belongs at {0} stands at {1}.",
    "cut": "Rows are missing at the end: row {0} and all behind it.",
    "rewritten": "Row {0} is not the one that was anchored: somebody with the key has rewritten the audit.",
    "end": "Row {0} is the last one, but what the store keeps of the chain's end does not fit it.",
}
_REMEDY: Final = (
    "Stop the bot and keep the database, the key and the logs as they are. Find out who could write to the "
    "database; restore the last backup whose audit verifies beside it and compare; tell the director and the "
    "auditor."
)


def _moment(day: datetime | None, *, later: timedelta = timedelta()) -> datetime | None:
    return None if day is None else datetime.combine(day.date() + later, time(), TEHRAN)


def _values(row: AuditRow) -> tuple[object, ...]:
    return tuple(
        value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in astuple(row)
    )


def _csv(file: IO[str]) -> Callable[[Iterable[AuditRow]], None]:
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    return lambda rows: writer.writerows(map(_values, rows))


def _jsonl(file: IO[str]) -> Callable[[Iterable[AuditRow]], None]:
    def write(rows: Iterable[AuditRow]) -> None:
        for row in rows:
            said = dict(zip(_COLUMNS, _values(row), strict=True))
            file.write(json.dumps(said | {"codes": _codes(row)}) + "\n")

    return write


def _codes(row: AuditRow) -> object:
    with suppress(ValueError):
        return json.loads(row.codes)
    return row.codes
