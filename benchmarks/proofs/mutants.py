"""The mutation check: without any of five safeguards at least one test must turn red.

Each is taken out of a copy of the tree; the named tests are run there, green before and red after.
"""

import asyncio
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.proofs import ROOT
from benchmarks.proofs.tally import Place, Tally

TREE: Final = (
    *("bot", "domain", "messages_fa", "persian", "sandbox", "services", "storage"),
    *("tests", "benchmarks", "docs", "pyproject.toml", "Makefile"),
)
PATIENCE: Final = 900.0
OUTCOME: Final = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A safeguard, the words that stand for it in each file, what stands there without it, and its tests."""

    safeguard: str
    changes: tuple[tuple[str, str, str], ...]
    tests: tuple[str, ...]


_RECEIVE: Final = (
    "        rows = await receive(self._store, self.platform.name, updates) if updates else ()\n"
)
_ADVANCE: Final = "        self._offset = updates[-1].update_id + 1 if updates else None\n"

MUTANTS: Final = (
    Mutant(
        "commit before acknowledging",
        (
            (
                "bot/intake.py",
                f"{_RECEIVE}{_ADVANCE}",
                f"{_ADVANCE}{_RECEIVE}",
            ),
        ),
        ("tests/pipeline/test_pipeline_polling.py",),
    ),
    Mutant(
        "BEGIN IMMEDIATE",
        (("storage/sqlite.py", 'raw.execute("BEGIN IMMEDIATE")', 'raw.execute("BEGIN")'),),
        ("tests/storage/test_storage_proof_begin.py",),
    ),
    Mutant(
        "the unique key of updates",
        (
            (
                "storage/inbox.py",
                "    .on_conflict_do_nothing(index_elements=[inbox.c.platform, inbox.c.update_id])\n",
                "",
            ),
            ("storage/tables/messages.py", '    UniqueConstraint("platform", "update_id"),\n', ""),
            (
                "storage/migrations/versions/0002_messages.py",
                'sa.UniqueConstraint("platform", "update_id", name=op.f("uq_inbox_platform_update_id")),',
                "",
            ),
        ),
        ("tests/pipeline/test_pipeline_polling.py", "tests/storage/test_storage_inbox.py"),
    ),
    Mutant(
        "the version guard of a case",
        (
            (
                "storage/cases.py",
                '    .where(cases.c.id == bindparam("row"), cases.c.version == bindparam("seen"))\n',
                '    .where(cases.c.id == bindparam("row"), bindparam("seen") > 0)\n',
            ),
        ),
        ("tests/storage/test_storage_cases.py",),
    ),
    Mutant(
        "the redaction filter of the log",
        (("bot/logs.py", "    handler.addFilter(Redaction(secrets))\n", ""),),
        ("tests/pipeline/test_pipeline_logs.py",),
    ),
)


async def mutants(place: Place) -> Tally:
    """Try the first `size` of them."""
    tally = Tally()
    for number, mutant in enumerate(MUTANTS[: place.size], 1):
        copy = _copy(place.folder / f"tree-{number}")
        before = await _red(copy, mutant.tests)
        tally.must(f"without the mutation, {mutant.safeguard}", before or "green", "green")
        _mutate(copy, mutant)
        red = await _red(copy, mutant.tests, "--maxfail=1")
        tally.count(f"without {mutant.safeguard}", f"red: {red[0]}" if red else "survived")
        if not red:
            tally.wrong.append(f"survived: without {mutant.safeguard}")
        shutil.rmtree(copy)
        place.progress(number, len(MUTANTS), "mutants")
    return tally


def _copy(there: Path) -> Path:
    there.mkdir()
    for name in TREE:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules", "shots")
            shutil.copytree(ROOT / name, there / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, there / name)
    return there


def _mutate(copy: Path, mutant: Mutant) -> None:
    for name, safeguard, without in mutant.changes:
        text = (copy / name).read_text()
        if text.count(safeguard) != 1:
            raise LookupError(f"{name}: {mutant.safeguard} is found {text.count(safeguard)} times, not once")
        (copy / name).write_text(text.replace(safeguard, without))


async def _red(copy: Path, tests: tuple[str, ...], *more: str) -> list[str]:
    """The tests that fail there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "pytest", "-p", "no:cacheprovider", "-rfE", *more, *tests),
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "500"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(PATIENCE):
        told, _ = await process.communicate()
    red = OUTCOME.findall(told.decode())
    if process.returncode and not red:
        raise RuntimeError(told.decode()[-2000:])
    return red
