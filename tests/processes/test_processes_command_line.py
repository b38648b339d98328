"""The command line: what it prints, what it complains of, and with which exit code."""

import asyncio
import base64
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes_world import PATIENCE, TOKENS, World, free_port

NO_TOKENS: dict[str, object] = {"TELEGRAM_TOKEN": "", "BALE_TOKEN": ""}
SOME_KEY = base64.b64encode(b"k" * 32).decode()
COMMANDS = (
    *("run", "demo", "invite", "revoke", "doctor", "reset-factor", "set", "keys", "audit"),
    *("backup", "restore", "retention", "sbom"),
)

HELP = {
    (): COMMANDS,
    ("run",): ("--or-demo", "TELEGRAM_TOKEN", "BALE_TOKEN"),
    ("invite",): ("--role", "--name", "--agency", "24 hours", "last line"),
    ("revoke",): ("--role", "--name", "--person"),
    ("demo",): ("chat page",),
    ("doctor",): ("what to do",),
    ("retention",): ("dry-run", "run", "hold", "lift", "holds"),
}


async def test_help_tells_of_every_command_and_option(world: World) -> None:
    asked = (world.command(*command, "--help", COLUMNS=200, TERM="dumb") for command in HELP)
    for (code, printed, complaint), words in zip(await asyncio.gather(*asked), HELP.values(), strict=True):
        assert (code, complaint) == (0, "")
        assert [word for word in words if word not in printed] == []


async def test_an_invitation_made_while_the_bot_runs_lets_its_owner_in(any_world: World) -> None:
    world = any_world
    bot = world.bot()
    await bot.start()
    await bot.ready()
    code, printed, complaint = await world.command("invite", "--role", "reviewer", "--name", "رضا کریمی")
    assert (code, complaint) == (0, "")
    token = printed.splitlines()[-1]
    assert len(token) == 32
    phone = world.phone("bale", "reviewer")
    await phone.send(f"/start {token}")
    word = await phone.sees("رضا کریمی، خوش آمدید", within=PATIENCE)
    assert "کارشناس بررسی" in word["text"]
    again = world.phone("telegram", "somebody else")
    await again.send(f"/start {token}")
    assert "رضا کریمی" not in (await again.sees(within=PATIENCE))["text"]
    assert (await bot.stop())[0] == 0


async def test_an_invitation_made_before_the_first_start_counts_as_well(world: World) -> None:
    code, printed, _ = await world.command(
        "invite", "--role", "officer", "--name", "سارا محمدی", "--agency", "سازمان نمونه", **NO_TOKENS
    )
    assert code == 0
    bot = world.bot()
    await bot.start()
    phone = world.phone("telegram", "officer")
    await phone.send(f"/start {printed.splitlines()[-1]}")
    assert "سازمان نمونه" in (await phone.sees("خوش آمدید", within=PATIENCE))["text"]


Wrong = tuple[tuple[str, ...], dict[str, object], tuple[str, ...]]
MISTAKES: dict[str, Wrong] = {
    "no token": (
        ("run",),
        NO_TOKENS,
        ("No token is set", "BALE_TOKEN", "TELEGRAM_TOKEN", "python -m bot demo"),
    ),
    "no number": (("run",), {"HEALTH_PORT": "many"}, ("HEALTH_PORT: ", "valid integer", "or in .env")),
    "no such port": (("run",), {"WEBHOOK_PORT": 70_000}, ("WEBHOOK_PORT: ", "65535")),
    "no level": (("run",), {"LOG_LEVEL": "LOUD"}, ("LOG_LEVEL: ", "'DEBUG'")),
    "no rate": (("demo",), {"BALE_RATE": 0}, ("BALE_RATE: ", "greater than 0")),
    "no engine": (("doctor",), {"DATABASE_URL": "mysql://u:hidden@h/d"}, ("DATABASE_URL: ", "sqlite:///")),
    "no database port": (
        ("run",),
        {"DATABASE_URL": "postgresql://u:hidden@h:x/d"},
        ("DATABASE_URL: ", "port"),
    ),
    "no address": (("run",), {"BALE_API": "tapi.bale.ai"}, ("BALE_API: ", "https://")),
    "no secret": (("run",), {"WEBHOOK_URL": "https://x.ir"}, ("WEBHOOK_SECRET: ", "32", "WEBHOOK_URL")),
    "short secret": (
        ("run",),
        {"WEBHOOK_URL": "https://x.ir", "WEBHOOK_SECRET": "hidden"},
        ("WEBHOOK_SECRET: ", "32"),
    ),
    "database away": (
        ("run",),
        {"DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/d", "MOHLAT_KEYS": SOME_KEY},
        ("database cannot be reached", "DATABASE_URL"),
    ),
    "no key for a server": (
        ("run",),
        {"DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/d"},
        ("key cannot be used", "MOHLAT_KEYS", "keys new"),
    ),
    "no folder": (("run",), {"DATA_DIR": "/dev/null/x"}, ("Not a directory", "/dev/null", "DATA_DIR")),
    "no agency": (
        ("invite", "--role", "officer", "--name", "سارا"),
        {},
        ("officer files for one agency", "--agency"),
    ),
    "no name": (("invite", "--role", "admin", "--name", " "), {}, ("name is empty", "--name")),
    "no role": (
        ("invite", "--role", "king", "--name", "x"),
        {"TERM": "dumb"},
        ("--role", "'king'", "officer"),
    ),
    "no command": (("walk",), {"TERM": "dumb"}, ("No such command 'walk'",)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
async def test_what_is_wrong_is_said_with_what_to_do(world: World, mistake: str) -> None:
    command, settings, words = MISTAKES[mistake]
    code, printed, complaint = await world.command(*command, **settings)
    assert (code, printed) == (2, "")
    assert [word for word in words if word not in complaint] == [], complaint
    assert "Traceback" not in complaint
    assert "hidden" not in complaint


async def test_a_second_process_on_the_same_file_is_told_so(world: World) -> None:
    bot = world.bot()
    await bot.start()
    await bot.ready()
    code, _, complaint = await world.command("run")
    assert code == 2
    assert "in use by another process" in complaint
    assert str(world.home / "mohlat.sqlite") in complaint


@pytest.mark.parametrize("command", ["run", "invite"])
async def test_a_key_file_that_holds_no_key_is_told(world: World, command: str) -> None:
    world.home.mkdir()
    (world.home / "secret.key").write_text("not a key")
    how = ("--role", "admin", "--name", "x") if command == "invite" else ()
    code, _, complaint = await world.command(command, *how)
    assert code == 2
    assert f"{world.home / 'secret.key'} does not hold the key" in complaint
    assert "KEY_FILE" in complaint


@contextmanager
def _listening() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


PORTS = {"HEALTH_PORT": "run", "WEBHOOK_PORT": "run", "CHAT_PAGE_PORT": "demo"}


@pytest.mark.parametrize("setting", PORTS)
async def test_a_port_that_is_taken_is_told_and_the_process_ends(world: World, setting: str) -> None:
    with _listening() as port:
        hook: dict[str, object] = {"WEBHOOK_URL": "https://x.ir", "WEBHOOK_SECRET": "s" * 32}
        more = {**(hook if setting == "WEBHOOK_PORT" else {}), setting: port}
        code, _, complaint = await world.command(PORTS[setting], **more)
    assert code == 2
    assert f"Port {port} cannot be listened on" in complaint
    assert f"set {setting} to a free port" in complaint
    assert "Traceback" not in complaint


BROKEN = """
import bot.intake
async def run(self): raise RuntimeError('1234567890')
bot.intake.Polling.run = run
from bot.__main__ import cli
cli(['run'])
"""


async def test_a_process_whose_part_fails_ends_with_an_error_for_its_supervisor(world: World) -> None:
    bot = world.bot()
    await bot.start(sys.executable, "-c", BROKEN)
    assert bot.process is not None
    assert await bot.process.wait() == 1
    log = bot.log.read_text()
    assert "A part of the bot has failed" in log
    assert "1234567890" not in log


async def test_the_doctor_finds_a_sound_bot_sound(world: World) -> None:
    code, printed, complaint = await world.command("doctor")
    assert (code, complaint) == (0, "")
    assert "wrong" not in printed
    for found in (
        "python",
        "time zones",
        "disk",
        "key",
        "store",
        "telegram: answers as @mohlat_bot",
        "bale: answers",
    ):
        assert found in printed
    bot = world.bot()
    await bot.start()
    await bot.ready()
    assert (await world.command("doctor"))[0] == 0


async def test_the_doctor_looks_and_makes_nothing(world: World) -> None:
    code, printed, _ = await world.command("doctor")
    assert world.home.exists() is False
    if world.store_url.startswith("sqlite"):
        assert (code, "no key yet" in printed, "no database yet" in printed) == (0, True, True)
    else:
        assert (code, "python -m bot keys new" in printed, "no tables yet" in printed) == (1, True, True)


async def test_the_doctor_tells_of_a_lost_key_and_makes_none(world: World) -> None:
    assert (await world.command("invite", "--role", "admin", "--name", "x"))[0] == 0
    key = world.home / "secret.key"
    key.unlink()
    code, printed, _ = await world.command("doctor")
    assert (code, key.exists()) == (1, False)
    assert f"its key is lost: there is no {key}" in printed
    assert "Restore the key from its backup" in printed


async def test_the_doctor_says_what_to_do_about_everything_that_is_wrong(world: World) -> None:
    world.home.mkdir()
    (world.home / "secret.key").write_text("not a key")
    code, printed, complaint = await world.command(
        "doctor", BALE_TOKEN=TOKENS["bale"] + "x", TELEGRAM_API=f"http://127.0.0.1:{free_port()}"
    )
    assert (code, complaint) == (1, "")
    found = [line.split(": ")[0].split()[-1] for line in printed.splitlines() if line.startswith("wrong")]
    assert found == ["key", "bale", "telegram"]
    for remedy in ("KEY_FILE", "TELEGRAM_API", "Check BALE_TOKEN"):
        assert remedy in printed
    assert (await world.command("doctor", DATA_DIR=Path("/dev/null/x")))[0] == 1
    assert (await world.command("doctor", **NO_TOKENS, DATA_DIR=world.home / "other"))[0] == 1
