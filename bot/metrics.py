"""What the pipeline counts; `health` shows it. Labels are platforms and codes, never persons."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY: Final = CollectorRegistry()

RECEIVED: Final = Counter(
    "mohlat_updates_received", "Updates stored for the first time.", ["platform"], registry=REGISTRY
)
HANDLED: Final = Counter(
    "mohlat_updates_handled",
    "Turns of updates by what came of them: handled, ignored, postponed, retried, set_aside, quarantined.",
    ["platform", "result"],
    registry=REGISTRY,
)
HANDLING: Final = Histogram(
    "mohlat_handling_seconds",
    "Seconds from the start of an update's turn to its commit.",
    ["platform"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
SENT: Final = Counter(
    "mohlat_sends", "Posts of the outbox by their result.", ["platform", "result"], registry=REGISTRY
)
POLLED: Final = Counter(
    "mohlat_polls", "Long polls by their result.", ["platform", "result"], registry=REGISTRY
)
BACKLOG: Final = Gauge(
    "mohlat_backlog", "Rows of the inbox and the outbox by their state.", ["box", "state"], registry=REGISTRY
)
OLDEST: Final = Gauge("mohlat_oldest_seconds", "Age of the oldest waiting row.", ["box"], registry=REGISTRY)
POLL_AGE: Final = Gauge(
    "mohlat_poll_age_seconds", "Seconds since the last long poll ended.", ["platform"], registry=REGISTRY
)
