"""The short form of R11; the long one is run by `make proofs`."""

from pathlib import Path

from benchmarks.proofs import broadcasting
from benchmarks.proofs.tally import Place

SEED = 47


async def test_a_notice_reaches_everybody_though_its_sender_is_killed(
    sqlite_url: str, tmp_path: Path
) -> None:
    place = Place(sqlite_url, tmp_path, SEED, 60, judges_speed=False)
    assert (await broadcasting.killed(place)).wrong == []
