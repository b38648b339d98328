"""How long to wait after failures in a row."""

import random
from typing import Final

JITTER: Final = 0.2
FURTHEST_DOUBLING: Final = 32


def backoff(failures: int, *, first: float, most: float) -> float:
    """Seconds before the next try: `first` after one failure, doubling up to `most`, 20 % less or not.

    The jitter shortens only, so `most` is never passed.
    """
    doubled = first * 2.0 ** min(failures - 1, FURTHEST_DOUBLING)
    return min(doubled, most) * (1 - JITTER * random.random())  # noqa: S311 - spreads load, guards nothing
