"""`python -m sandbox`: the sandbox on its own, until Ctrl-C."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.server import Sandbox

TELEGRAM_TOKEN = "1000000001:sandbox-telegram"  # noqa: S105 - a made-up one of a local server
BALE_TOKEN = "1000000002:sandbox-bale"  # noqa: S105 - same


def arguments(given: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--journal", type=Path, help="a SQLite file; without it all is forgotten at the end")
    parser.add_argument("--telegram-token", default=TELEGRAM_TOKEN)
    parser.add_argument("--bale-token", default=BALE_TOKEN)
    return parser.parse_args(given)


async def serve(given: argparse.Namespace) -> None:
    """Run until SIGINT or SIGTERM."""
    sandbox = Sandbox(given.journal)
    sandbox.add_bot("telegram", given.telegram_token, "sandbox_bot", "Sandbox (Telegram)")
    sandbox.add_bot("bale", given.bale_token, "sandbox_bot", "Sandbox (Bale)")
    for platform in sandbox.world.bots:
        sandbox.add_person("person", "Person", platform=platform)
    await sandbox.start(given.host, given.port)
    sys.stdout.write(
        f"{sandbox.url}\n"
        f"telegram: {sandbox.url}/bot{given.telegram_token}/METHOD\n"
        f"bale:     {sandbox.url}/bot{given.bale_token}/METHOD\n"
    )
    sys.stdout.flush()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
    await sandbox.stop()


if __name__ == "__main__":
    asyncio.run(serve(arguments(sys.argv[1:])))
