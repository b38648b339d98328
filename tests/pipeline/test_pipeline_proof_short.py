"""The short forms of R4, R6, R7, R8 and R12; the long ones are run by `make proofs`."""

from pathlib import Path

from benchmarks.proofs import delivering, disasters, repeats
from benchmarks.proofs.tally import Place

SEED = 47


def at(url: str, folder: Path, size: int) -> Place:
    """A proof of this size; a test is never decided by how fast the machine is."""
    return Place(url, folder, SEED, size, judges_speed=False)


async def test_updates_delivered_again_and_at_once_have_one_effect_each(
    database_url: str, tmp_path: Path
) -> None:
    assert (await repeats.repeats(at(database_url, tmp_path, 200))).wrong == []


async def test_faulty_sends_lose_nothing_and_repeat_only_what_was_ambiguous(
    database_url: str, tmp_path: Path
) -> None:
    assert (await delivering.faulty_sends(at(database_url, tmp_path, 200))).wrong == []


async def test_who_blocks_the_bot_is_tried_once_and_a_refused_token_keeps_the_rows(
    database_url: str, tmp_path: Path
) -> None:
    assert (await delivering.refusals(at(database_url, tmp_path, 2))).wrong == []


async def test_a_store_that_refuses_acknowledges_nothing_and_loses_nothing(
    database_url: str, tmp_path: Path
) -> None:
    place = at(database_url, tmp_path, 6)
    assert (await disasters.store_in_trouble(place, seconds=0.5)).wrong == []
