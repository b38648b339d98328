"""The rows of the table: each a function of a `Bench`, by the name that `--only` takes."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from benchmarks.bench import Bench
from benchmarks.figures import Row
from benchmarks.rows import backlog, broadcast, cases, flood, latency, resources, two, units, updates

Measure = Callable[[Bench], Awaitable[list[Row]]]

ROWS: Final[Mapping[str, Measure]] = {
    "updates": updates.measure,
    "latency": latency.measure,
    "flood": flood.measure,
    "backlog": backlog.measure,
    "broadcast": broadcast.measure,
    "units": units.measure,
    "cases": cases.measure,
    "start": resources.start_up,
    "memory": resources.memory,
    "two": two.measure,
}
