"""What the process says of itself, and to whom."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from engines import PgServer
from processes_world import TOKENS, World, get
from psycopg import sql
from sqlalchemy import make_url

STALLED_SOON = (
    sys.executable,
    "-c",
    "import bot.health; bot.health.STALLED_SECONDS = 3.0; from bot.__main__ import cli; cli(['run'])",
)
"""The bot itself, that takes 3 seconds without a poll for a stall instead of 90."""


def _other_address() -> str:
    """This machine's address on its network, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


async def test_a_sound_process_says_so_on_localhost_only(world: World) -> None:
    bot = world.bot()
    await bot.start()
    await bot.ready()
    assert await bot.told("/healthz") == {"ok": True, "problems": []}
    assert await bot.told("/readyz") == {"ok": True, "problems": []}
    status, metrics = await get(f"{bot.health}/metrics")
    assert status == 200
    assert 'mohlat_poll_age_seconds{platform="bale"}' in metrics
    other = _other_address()
    if other and not other.startswith("127."):
        assert await get(f"http://{other}:{bot.environment['HEALTH_PORT']}/healthz") == (0, "")


async def test_a_refused_token_is_told_by_readyz_and_not_by_healthz(world: World) -> None:
    bot = world.bot(BALE_TOKEN=TOKENS["bale"][:-1] + "x")
    await bot.start()
    await _says(bot.health, "/readyz", "token_refused:bale")
    assert await bot.told("/healthz") == {"ok": True, "problems": []}
    phone = world.phone("telegram", "somebody")
    await phone.send("/start")
    await phone.sees("خوش آمدید")


async def test_a_store_that_is_down_is_told_by_readyz(pg_world: World, pg_server: PgServer) -> None:
    bot = pg_world.bot()
    await bot.start()
    await bot.ready()
    with _shut(pg_server, pg_world.database_url):
        await _says(bot.health, "/readyz", "store_down")
        assert await bot.told("/healthz") == {"ok": True, "problems": []}
    await bot.ready()
    phone = pg_world.phone("telegram", "somebody")
    await phone.send("/start")
    await phone.sees("خوش آمدید", within=10)


@contextmanager
def _shut(server: PgServer, url: str) -> Iterator[None]:
    """Nobody gets into the database meanwhile."""
    name = sql.Identifier(str(make_url(url).database))
    with psycopg.connect(server.uri, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        server.disconnect(url)
        yield
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


async def test_a_stalled_poll_is_told_by_healthz_until_it_is_answered(world: World) -> None:
    bot = world.bot()
    await bot.start(*STALLED_SOON)
    await bot.ready()
    # Nothing is written to the bot, so the poll under way is held for longer than 3 seconds.
    await _says(bot.health, "/healthz", "polling_stalled:bale")
    phone = world.phone("bale", "somebody")
    await phone.send("/start")
    await phone.sees("خوش آمدید", within=10)
    _, body = await get(f"{bot.health}/healthz")
    assert "polling_stalled:bale" not in body


async def _says(health: str, path: str, problem: str) -> None:
    async with asyncio.timeout(30):
        while True:
            status, body = await get(f"{health}{path}")
            if status == 503 and problem in body:
                return
            await asyncio.sleep(0.05)
