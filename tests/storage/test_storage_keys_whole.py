"""One change of the master key across everything that an office keeps, until the older key is gone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from storage_sealed import READ, fill

from bot.commands.audit import _verified
from services import audit, secrets
from services.audit import Anchor
from storage.backup import copied, judge, look
from storage.engine import Store
from storage.keyfile import KeySource, load_key
from storage.records.factors import Reset
from storage.resealing import SEALED, Progress, Sealed
from storage.vault import Vault
from storage.work import Work

NEW = bytes(range(32, 64))
PIN = "407192"


@asynccontextmanager
async def opened(url: str, source: KeySource) -> AsyncIterator[Store]:
    """The store, opened as by a start, with the keys that are there now."""
    store = await Store.open(url, vault=Vault.of(source))
    try:
        yield store
    finally:
        await store.close()


def settle(work: Work) -> tuple[str, Reset | None]:
    """An office with something in every sealed column, a passcode, a PIN and an open reset of it."""
    fill(work)
    made = secrets.new_secret(work.vault.pepper)
    work.factors.set_passcode(1, made.digest)
    work.factors.put(2, "pin", digest=secrets.digest_of(PIN, work.vault.pepper))
    reset = work.factors.ask_reset(2, None, "bale")
    assert reset is not None
    work.factors.issue_reset(reset.id, work.vault.digest("reset", "code"), work.now, work.now)
    return made.passcode, work.factors.reset(reset.id)


def everything(work: Work) -> str:
    """What is read in all columns but those of which nothing is given out."""
    return str([READ[one.name](work) for one in SEALED if not one.name.startswith(("outbox", "key_check"))])


def opens(work: Work, passcode: str) -> list[object]:
    """Whether what people have in their hands still opens what it did."""
    factor, pepper = work.factors.get(2), work.vault.pepper
    return [
        secrets.verify(work.cases.passcode("code 1"), passcode, pepper),
        secrets.same(factor.digest if factor else "", PIN, pepper),
        work.factors.reset_by_token(work.vault.digest("reset", "code")),
    ]


def _step(one: Sealed, after: tuple[object, ...] | None, work: Work) -> Progress:
    return work.keys.reseal(one, after)


async def rotate(store: Store) -> None:
    """Seal everything anew, as the command does."""
    for one in SEALED:
        after = (await store.run(partial(_step, one, None))).after
        while after is not None:
            after = (await store.run(partial(_step, one, after))).after


async def is_whole(store: Store, kept: Anchor) -> tuple[object, ...]:
    """What `audit verify` finds with the anchor that was kept outside."""
    done = await _verified(store, (kept,))
    return done.walk.problem, done.differences


async def test_a_change_of_the_key_loses_nothing_of_the_office_and_the_older_key_may_go(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mohlat.sqlite"
    url, source = f"sqlite:///{path}", KeySource(tmp_path / "secret.key")
    old = load_key(tmp_path / "secret.key")
    async with opened(url, source) as store:
        passcode, reset = await store.run(settle)
        kept = await store.run(audit.anchor)
        before, found = await store.run(everything), await is_whole(store, kept)
        assert found[0] is None
        with copied(path, tmp_path, lambda _left, _of: None) as backup:
            source.put([NEW, old])
            await rotate(store)
            assert [await store.run(everything), await is_whole(store, kept)] == [before, found]
            source.put([NEW])
            judge(backup.connection)
            assert look(backup.connection, Vault(old), everything) == before
    async with opened(url, source) as again:
        assert [await again.run(everything), await is_whole(again, kept)] == [before, found]
        assert await again.run(partial(opens, passcode=passcode)) == [True, True, reset]
        assert set(await again.run(lambda work: work.keys.standing())) == {
            Vault(NEW).ring[0].id.hex(),
            "form",
        }
