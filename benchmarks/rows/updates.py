"""Updates a second and CPU an update, beside the stock bots."""

from benchmarks.bench import LATENCY, Bench, Run, Runs
from benchmarks.figures import FAIL, SKIPPED, Row, Spread, Target, ratios
from benchmarks.stage import AIOGRAM, FLOOR, PTB, THIS_BOT

GRAMMY = "grammY runner"
CPU_SHARE = 0.45
FLOORS = 3.5


async def measure(bench: Bench) -> list[Row]:
    """All bots at 50 and 0 ms."""
    slow, fast = await bench.throughput(LATENCY), await bench.throughput(0.0)
    return [
        _rates(slow, PTB.name, "50 ms", Target(40, "≥ 40 ×")),
        _rates(slow, AIOGRAM.name, "50 ms", Target(1.0, "≥ 1.0 ×")),
        _rates(slow, GRAMMY, "50 ms", Target(1.0, "≥ 1.0 × (stretch)", stretch=True)),
        _rates(fast, PTB.name, "0 ms", Target(3, "≥ 3 ×")),
        _costs(slow, PTB.name, "50 ms", Target(CPU_SHARE, f"≤ {CPU_SHARE} ×", at_least=False)),
        _costs(
            slow, FLOOR.name, "50 ms", Target(FLOORS, f"≤ {FLOORS} × (stretch)", at_least=False, stretch=True)
        ),
    ]


def rates(runs: list[Run]) -> Spread:
    """Updates a second."""
    return Spread([run.rate for run in runs], "/s")


def costs(runs: list[Run]) -> Spread:
    """CPU an update."""
    return Spread([run.cost for run in runs], " µs")


def _rates(runs: Runs, peer: str, latency: str, target: Target) -> Row:
    what = f"updates/s at {latency}, beside {peer}"
    if peer not in runs:
        return _missing(what, target)
    ours, theirs = rates(runs[THIS_BOT.name]), rates(runs[peer])
    by = ratios(ours.values, theirs.values)
    return Row(what, target.words, f"{ours} : {theirs}", str(by), target.verdict_of(by))


def _costs(runs: Runs, peer: str, latency: str, target: Target) -> Row:
    what = f"CPU an update at {latency}, all in, beside {peer}"
    if peer not in runs:
        return _missing(what, target)
    ours, theirs = costs(runs[THIS_BOT.name]), costs(runs[peer])
    by = ratios(ours.values, theirs.values)
    return Row(what, target.words, f"{ours} : {theirs}", str(by), target.verdict_of(by))


def _missing(what: str, target: Target) -> Row:
    """A peer that could not be had: a target stays unproven, a stretch goal is passed over."""
    return Row(what, target.words, "the peer is not installed", "", SKIPPED if target.stretch else FAIL)
