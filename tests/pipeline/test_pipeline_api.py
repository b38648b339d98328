"""Calls: what each kind of answer becomes, and that the token is nowhere in it."""

import asyncio
import traceback

import pytest
from pipeline_world import TOKENS, World
from telegram import Bot
from telegram.error import NetworkError

from bot.platforms import BALE
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.request import AiohttpRequest

# The engine behind it makes no difference here.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def failure(world: World, platform: str, kind: str, retry_after: int = 1) -> Exception:
    world.sandbox.faults.add(platform, "getMe", kind, delay=0.6, retry_after=retry_after)
    with pytest.raises((Refused, NotConnected, NoAnswer)) as caught:
        await world.api(platform, read_seconds=0.3).call("getMe", {})
    return caught.value


@pytest.mark.parametrize(
    ("kind", "code"),
    [("400", 400), ("401", 401), ("403", 403), ("404", 404), ("409", 409), ("ok_false_200", 400)],
)
async def test_a_no_is_refused_with_its_code(world: World, platform: str, kind: str, code: int) -> None:
    error = await failure(world, platform, kind)
    assert isinstance(error, Refused)
    assert error.code == code


async def test_a_429_says_how_long_to_wait(world: World, platform: str) -> None:
    error = await failure(world, platform, "429", retry_after=7)
    assert isinstance(error, Refused)
    assert (error.code, error.retry_after) == (429, 7.0)


@pytest.mark.parametrize(
    "kind", ["500", "502", "html_502", "timeout_before", "timeout_after", "reset_before", "reset_after"]
)
async def test_an_answer_that_tells_nothing_is_no_answer(world: World, platform: str, kind: str) -> None:
    assert isinstance(await failure(world, platform, kind), NoAnswer)


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://no.such.host.invalid"])
async def test_without_a_connection_nothing_went_out(world: World, platform: str, base: str) -> None:
    with pytest.raises(NotConnected):
        await world.api(platform, base=base).call("getMe", {})


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:9"])
async def test_a_dead_proxy_is_no_connection(world: World, proxy: str) -> None:
    request = AiohttpRequest(proxy=proxy)
    with pytest.raises(NotConnected):
        await request.exchange("POST", f"{world.sandbox.url}/bot{TOKENS['telegram']}/getMe", json={})
    await request.shutdown()


@pytest.mark.usefixtures("database_url")
async def test_420_without_a_time_is_a_pause() -> None:
    async def calm(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b'{"ok":false,"error_code":420,"description":"FLOOD"}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(calm, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    request = AiohttpRequest()
    with pytest.raises(Refused) as caught:
        await BotApi(BALE, "1:x", f"http://127.0.0.1:{port}", request).call("getMe", {})
    await request.shutdown()
    server.close()
    assert (caught.value.code, caught.value.retry_after) == (429, 5.0)


@pytest.mark.parametrize("kind", ["400", "500", "timeout_before", "reset_after", "html_502"])
async def test_no_error_tells_the_token(world: World, platform: str, kind: str) -> None:
    error = await failure(world, platform, kind)
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(world.api(platform))
    assert TOKENS[platform] not in told
    assert error.__context__ is None


async def test_a_file_is_downloaded_up_to_a_limit(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await phone.send_file(b"%PDF-1.7 x", "a.pdf")
    file_id = phone.chat.messages[phone.messages()[-1]["id"]].raw["document"]["file_id"]
    api = world.api(platform)
    assert await api.download(file_id, 10) == b"%PDF-1.7 x"
    with pytest.raises(Refused):
        await api.download(file_id, 9)
    with pytest.raises(Refused):
        await api.download("no such file", 9)


async def test_python_telegram_bot_runs_on_the_same_client(world: World) -> None:
    bot = Bot(
        TOKENS["telegram"],
        base_url=f"{world.sandbox.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        assert bot.username == "mohlat_telegram_bot"
        world.sandbox.faults.add("telegram", "getMe", "reset_before", times=1)
        with pytest.raises(NetworkError):
            await bot.get_me()
