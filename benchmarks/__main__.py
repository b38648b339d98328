"""`make bench`: one table of what the bot reaches, all in one run on the sandbox.

Every bot runs as a process of its own against the same sandbox, in turn; an update counts only with its one
reply in its chat. Absolute figures vary by machine: the ratios within one run are what holds.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import machine, profile
from benchmarks.bench import Bench
from benchmarks.figures import FAIL, Row, Unsound
from benchmarks.report import Cells, Report
from benchmarks.rows import ROWS
from benchmarks.rows.updates import costs, rates
from benchmarks.size import DEFAULT, FULL, TINY, Size
from benchmarks.stage import Contender

PROFILE = "profile"
NAMES = {DEFAULT: "default", FULL: "full", TINY: "tiny"}
TOLD = (
    "All tables are of one run. A ratio is of medians, or the median of those of runs side by side; "
    "the time added and a neighbour's wait leave out what the platform itself takes."
)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exits with 1 if a target is missed. Needs Linux; `make bench` sets the peers up beforehand.",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="ROW",
        choices=[*ROWS, PROFILE],
        help=f"of: {', '.join([*ROWS, PROFILE])}",
    )
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument(
        "--full",
        action="store_true",
        help="a million cases, a broadcast to 10,000, a backlog of 10,000; takes half an hour",
    )
    how_much.add_argument(
        "--tiny", action="store_true", help="does everything with a handful: shows that it runs, no more"
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="PAGE",
        help="put the tables into this page, such as docs/performance.md",
    )
    return parser.parse_args(given)


async def run(
    size: Size,
    wanted: list[str],
    say: Callable[[str, int], None],
    *,
    contenders: list[Contender] | None = None,
) -> Report:
    """Measure these rows.

    Args:
        size: how much of everything.
        wanted: names of `ROWS`, or `profile`.
        say: is told what is being done, and how many of them are done.
        contenders: the bots of the row `updates`; all that can be had if not given.
    """
    report = Report(machine.lines(NAMES.get(size, "chosen")))
    done = 0
    with tempfile.TemporaryDirectory(prefix="mohlat-bench-") as folder:
        async with AsyncExitStack() as resources:
            bench = Bench(size, lambda text: say(text, done), Path(folder), resources, contenders)
            for name in wanted:
                if name == PROFILE:
                    await _profile(bench, report)
                else:
                    report.rows += await _rows(bench, name)
                done += 1
            report.bots = _bots(bench)
    report.notes.append(TOLD)
    return report


async def _rows(bench: Bench, name: str) -> list[Row]:
    """The rows of this name; a run that proved nothing is a target missed."""
    try:
        return await ROWS[name](bench)
    except (Unsound, TimeoutError) as why:
        return [Row(name, "sound runs", str(why) or "time is over", verdict=FAIL)]


async def _profile(bench: Bench, report: Report) -> None:
    try:
        report.stages = await profile.measure(bench)
    except (Unsound, TimeoutError) as why:
        report.notes.append(f"No profile: {why}.")


def _bots(bench: Bench) -> list[Cells]:
    return [
        (name, f"{latency * 1000:.0f} ms", f"{runs[0].replies:,}", str(rates(runs)), str(costs(runs)))
        for latency, measured in bench.measured.items()
        for name, runs in measured.items()
    ]


def main() -> None:
    """Run from the command line."""
    given = arguments()
    size = FULL if given.full else TINY if given.tiny else DEFAULT
    wanted = given.only or [*ROWS, PROFILE]
    console = Console()
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    watched = Console(stderr=True)
    with Progress(*columns, console=watched, transient=True) as progress:
        bar = progress.add_task("", total=len(wanted))

        def say(text: str, done: int) -> None:
            progress.update(bar, description=text, completed=done)
            if not watched.is_terminal:
                watched.print(f"{done}/{len(wanted)} {text}", highlight=False)

        report = asyncio.run(run(size, wanted, say))
    report.show(console)
    if given.write is not None:
        report.write(given.write)
    if report.failed:
        console.print(f"{report.failed} targets missed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
