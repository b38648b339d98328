"""`python -m benchmarks.proofs [R1 R4 …] [--seed N] [--short] [--engine sqlite|postgresql]`.

Prints for every proof its seed, its figures and PASS or FAIL; exits with 1 if one failed.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass

from rich.console import Console

from benchmarks.proofs import catalogue
from benchmarks.proofs.catalogue import PROOFS, Proof
from benchmarks.proofs.places import ENGINES, Places, places
from benchmarks.proofs.tally import Place, Tally
from bot.logs import configure

SEED = 47
said = Console(highlight=False, soft_wrap=True)
progress = Console(stderr=True, highlight=False, style="dim")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asked for."""

    proofs: tuple[Proof, ...]
    engines: tuple[str, ...]
    seed: int
    short: bool


async def prove(wish: Wish) -> bool:
    """Run the proofs one after the other; whether all held."""
    all_held = True
    async with places() as found:
        for proof in wish.proofs:
            for engine in [one for one in proof.engines if one in wish.engines]:
                all_held &= await _run(proof, engine, wish, found)
    return all_held


async def _run(proof: Proof, engine: str, wish: Wish, found: Places) -> bool:
    size = proof.short if wish.short else proof.full
    url = await found.database(engine, migrated=proof.migrated)
    told = f"{proof.name} {engine}"
    place = Place(
        url, await found.folder(), wish.seed, size, lambda line: progress.print(f"  {told}: {line}")
    )
    _say(f"{told}: {proof.what.format(size=size)} (seed {wish.seed}) …")
    began = time.monotonic()
    tally = await _tallied(proof, place)
    for what, figure in tally.counts.items():
        _say(f"    {what}: {figure}")
    for objection in tally.wrong:
        _say(f"    WRONG: {objection}")
    held = not tally.wrong
    _say(f"{told}: {'PASS' if held else 'FAIL'} in {time.monotonic() - began:.0f} s")
    return held


def _say(line: str) -> None:
    """At once, also where the output goes into a file."""
    said.print(line, markup=False)
    said.file.flush()


async def _tallied(proof: Proof, place: Place) -> Tally:
    try:
        return await proof.run(place)
    except Exception as error:  # noqa: BLE001 - a proof that breaks has failed; the others are run all the same
        progress.print_exception()
        return Tally(wrong=[f"{type(error).__name__}: {error}"])


def _wish() -> Wish:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofs", description=catalogue.__doc__)
    parser.add_argument("names", nargs="*", help=f"which (default: all): {' '.join(PROOFS)}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--engine", choices=ENGINES, help="one engine only")
    parser.set_defaults(short=False)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--full", dest="short", action="store_false", help="the long form (default)")
    length.add_argument("--short", action="store_true", help="the form that the tests run")
    given = parser.parse_args()
    # «R1» stands for all its parts.
    chosen = {wish: [name for name in PROOFS if wish in (name, name.split("-")[0])] for wish in given.names}
    if unknown := [wish for wish, names in chosen.items() if not names]:
        parser.error(f"no such proof: {' '.join(unknown)}; there are {' '.join(PROOFS)}")
    names = [name for found in chosen.values() for name in found] or list(PROOFS)
    engines = (given.engine,) if given.engine else ENGINES
    return Wish(tuple(PROOFS[name] for name in names), engines, given.seed, given.short)


if __name__ == "__main__":
    configure("ERROR")
    sys.exit(0 if asyncio.run(prove(_wish())) else 1)
