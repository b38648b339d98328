"""The short forms of R9 and R10; the long ones are run by `make proofs`."""

from pathlib import Path

from benchmarks.proofs import deciding
from benchmarks.proofs.tally import Place

SEED = 47


async def test_fifty_reviewers_press_at_once_and_each_case_is_decided_once(
    database_url: str, tmp_path: Path
) -> None:
    assert (await deciding.fifty_reviewers(Place(database_url, tmp_path, SEED, 2))).wrong == []


async def test_a_draft_submitted_twenty_times_at_once_is_one_case(database_url: str, tmp_path: Path) -> None:
    assert (await deciding.twenty_presses(Place(database_url, tmp_path, SEED, 10))).wrong == []
