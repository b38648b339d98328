"""Where requests go: to the two platforms alone, with TLS that nothing switches off."""

import ast
import asyncio
import contextlib
import datetime as dt
import io
import ipaddress
import json
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import ValidationError
from town import Town, claim, file_proposal

from bot.platforms import PLATFORMS
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.request import AiohttpRequest, Elsewhere
from bot.settings import Settings

BOT = Path(__file__).parents[2] / "bot"
TOKEN = "4000000001:outgoing-no-secret-000000000000000001"


@dataclass
class Server:
    """Whoever listens at a port of this machine, and what it was asked for."""

    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            target = head.split()[1]
            self.asked.append(target)
            answer = next((answer for end, answer in self.answers.items() if end in target), ok({}))
            writer.write(answer)
            await writer.drain()
        writer.close()


def ok(result: object, status: str = "200 OK", headers: str = "") -> bytes:
    """An answer of the Bot API."""
    body = json.dumps({"ok": True, "result": result}).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
    return head.encode() + body


@contextlib.asynccontextmanager
async def serving(
    answers: dict[str, bytes] | None = None, *, context: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    made = Server(answers or {})
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=context)
    made.port = listening.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        listening.close()


@contextlib.asynccontextmanager
async def bot_at(base: str) -> AsyncIterator[BotApi]:
    api = BotApi(PLATFORMS["telegram"], TOKEN, base, AiohttpRequest(read_seconds=10))
    try:
        yield api
    finally:
        await api.close()


# --- TLS --------------------------------------------------------------------------------------------


def self_signed(folder: Path, host: str) -> ssl.SSLContext:
    """The certificate of a stranger who calls itself so."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pkcs8 = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "stranger.pem"
    path.write_bytes(pkcs8 + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


SWITCHES = {
    "PYTHONHTTPSVERIFY": "0",
    "NODE_TLS_REJECT_UNAUTHORIZED": "0",
    "CURL_CA_BUNDLE": "",
    "REQUESTS_CA_BUNDLE": "",
    "AIOHTTP_NO_SSL_VERIFY": "1",
}


async def test_a_server_that_cannot_prove_who_it_is_is_told_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SWITCHES.items():
        monkeypatch.setenv(name, value)
    async with serving(context=self_signed(tmp_path, "api.telegram.org")) as stranger:
        for host in ("127.0.0.1", "localhost"):
            async with bot_at(f"https://{host}:{stranger.port}") as api:
                with pytest.raises(NotConnected):
                    await api.call("getMe", {})
        assert stranger.asked == []
        # It does listen: whoever asks for no proof gets through.
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        _, writer = await asyncio.open_connection("127.0.0.1", stranger.port, ssl=trusting)
        writer.write(b"GET /reached HTTP/1.1\r\n\r\n")
        await writer.drain()
        while not stranger.asked:  # noqa: ASYNC110 - the server is a plain list
            await asyncio.sleep(0.01)
        writer.close()
    assert stranger.asked == ["/reached"]


def test_nothing_in_the_bot_names_a_switch_of_tls() -> None:
    words = {"ssl", "verify", "verify_ssl", "ssl_context", "fingerprint", "check_hostname", "verify_mode"}
    named = []
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.arg if isinstance(node, ast.keyword) else getattr(node, "attr", None)
            if name in words and "platforms" in path.parts:
                named.append(f"{path.name}: {name}")
    assert named == []
    assert [name for name in Settings.model_fields if {"tls", "ssl", "verify"} & set(name.split("_"))] == []


# --- addresses --------------------------------------------------------------------------------------

TAKEN = (
    "https://api.telegram.org",
    "https://tapi.bale.ai/",
    "https://proxy.example.ir/telegram",
    "http://127.0.0.1:8081",
    "http://localhost:8081",
    "http://[::1]:8081",
)
NOT_TAKEN = (
    "http://api.telegram.org",
    "http://10.0.0.7:8081",
    "http://127.0.0.1.example.ir",
    "http://localhost.example.ir",
    "https://user:secret@api.telegram.org",
    "http://127.0.0.1:8081@example.ir",
    "https://api.telegram.org?to=x",
    "https://api.telegram.org#x",
    "ftp://127.0.0.1",
    "//api.telegram.org",
)


@pytest.mark.parametrize("base", TAKEN)
def test_tokens_go_out_with_tls_or_stay_on_this_machine(base: str) -> None:
    assert Settings(_env_file=None, telegram_api=base, bale_api=base).bale_api == base.rstrip("/")


@pytest.mark.parametrize("base", NOT_TAKEN)
def test_an_address_that_would_show_the_token_is_refused_at_the_start(base: str) -> None:
    with pytest.raises(ValidationError, match="should be"):
        Settings(_env_file=None, telegram_api=base)


ELSEWHERE = (
    "http://127.0.0.1:1/x",
    "http://localhost:{port}/x",
    "https://127.0.0.1:{port}/x",
    "http://127.0.0.1:{port}@example.ir/x",
    "http://127.0.0.1@example.ir:{port}/x",
    "http://example.ir/x",
)


async def test_the_client_goes_to_its_own_server_only() -> None:
    async with serving() as server:
        request = AiohttpRequest()
        request.keep_to(f"http://127.0.0.1:{server.port}")
        for address in ELSEWHERE:
            with pytest.raises(Elsewhere):
                await request.exchange("GET", address.format(port=server.port))
        assert server.asked == []
        await request.exchange("GET", f"http://127.0.0.1:{server.port}/own")
        await request.shutdown()
    assert server.asked == ["/own"]


async def test_without_tls_no_request_leaves_this_machine() -> None:
    async with bot_at("http://api.example.ir") as api:
        with pytest.raises(Elsewhere):
            await api.call("getMe", {})


async def test_a_redirect_is_not_followed() -> None:
    async with serving() as other:
        away = ok({}, "302 Found", f"Location: http://127.0.0.1:{other.port}/caught\r\n")
        page = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:%d/caught\r\n" % other.port
        page += b"Content-Length: 0\r\nConnection: close\r\n\r\n"
        answers = {"/sendMessage": page, "/getFile": ok({"file_path": "a/b.pdf"}), "/file/": away}
        async with serving(answers) as server, bot_at(f"http://127.0.0.1:{server.port}") as api:
            with pytest.raises(NoAnswer):
                await api.call("sendMessage", {})
            with pytest.raises(Refused):
                await api.download("x", 100)
        assert len(server.asked) == 3
    assert other.asked == []


FILES = f"/file/bot{TOKEN}/"
PATHS = {
    "documents/file_1.pdf": FILES + "documents/file_1.pdf",
    "5:1790000000:1:aa==": FILES + "5:1790000000:1:aa==",
    "//example.ir/x": FILES + "example.ir/x",
    "@example.ir/x": FILES + "@example.ir/x",
    "../bot{token}/logOut": None,
    "a/../../../bot{token}/logOut": None,
    "%2e%2e/%2E%2e/bot{token}/logOut": None,
    "%252e%252e/x": None,
    "..\\x": None,
    "..%5cx": None,
    "http://example.ir/x": None,
    "https://127.0.0.1/x": None,
    "a?b": None,
    "a#b": None,
    "a\r\nHost: example.ir": None,
    "a\0b": None,
    "": None,
}


@pytest.mark.parametrize("path", PATHS)
async def test_a_file_s_path_leads_nowhere_else(path: str) -> None:
    given = path.format(token=TOKEN)
    async with (
        serving({"/getFile": ok({"file_path": given})}) as server,
        bot_at(f"http://127.0.0.1:{server.port}") as api,
    ):
        if PATHS[path] is None:
            with pytest.raises(Refused):
                await api.download("x", 10_000)
        else:
            await api.download("x", 10_000)
    wanted = [PATHS[path]] if PATHS[path] else []
    assert server.asked == [f"/bot{TOKEN}/getFile", *wanted]


# --- a whole journey --------------------------------------------------------------------------------

_heard: list[tuple[str, Any]] | None = None


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard is not None and event in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        _heard.append((event, arguments))


sys.addaudithook(_listen)  # it cannot be taken away again, so it is idle but in the test below


@pytest.fixture
def connections() -> Iterator[list[tuple[str, Any]]]:
    """Every connection that this process makes meanwhile."""
    global _heard  # noqa: PLW0603 - an audit hook knows no other place
    _heard = []
    yield _heard
    _heard = None


async def test_a_whole_journey_goes_to_the_platforms_alone(
    connections: list[tuple[str, Any]], town: Town, written: io.StringIO
) -> None:
    officer = await town.officer()
    reviewer = await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await town.quiet()
    sandbox = ("127.0.0.1", int(town.sandbox.url.rpartition(":")[2]))
    reached = {arguments[1] for event, arguments in connections if event != "socket.getaddrinfo"}
    names = {arguments[0] for event, arguments in connections if event == "socket.getaddrinfo"}
    assert sandbox in reached
    assert reached - {sandbox} == set()
    assert names - {"127.0.0.1", None} == set()
    assert sandbox[0] in str(town.settings.telegram_api)
    assert written.getvalue().count("elsewhere") == 0
