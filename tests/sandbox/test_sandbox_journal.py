"""With a journal, a stop, a start and even a kill lose nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
from sandbox_story import TOKENS, caller, furnish

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


async def test_everything_is_there_after_a_new_start(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    journal = tmp_path / "journal.sqlite"
    box = furnish(Sandbox(journal))
    await box.start()
    telegram, phone = caller(box, http, "telegram"), box.person("telegram", "officer")
    await phone.start()
    keys = {"keyboard": [["منو"]]}
    buttons = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}
    await telegram("sendMessage", chat_id=phone.chat.id, text="یک", reply_markup=keys)
    await telegram("sendMessage", chat_id=phone.chat.id, text="دو", reply_markup=buttons)
    await telegram("getUpdates", offset=100_000_002)
    await phone.send_file(b"%PDF", "a.pdf")
    await phone.press("yes", within=0)
    pending = await telegram("getUpdates")
    shown, keyboard = phone.messages(), phone.keyboard()
    await box.stop()

    box = furnish(Sandbox(journal))
    await box.start()
    telegram, phone = caller(box, http, "telegram"), box.person("telegram", "officer")
    assert (phone.messages(), phone.keyboard()) == (shown, keyboard)
    assert await telegram("getUpdates") == pending
    document, press = pending["result"]
    path = (await telegram("getFile", file_id=document["message"]["document"]["file_id"]))["result"][
        "file_path"
    ]
    async with http.get(f"{box.url}/file/bot{TOKENS['telegram']}/{path}") as answer:
        assert await answer.read() == b"%PDF"
    told = await telegram("answerCallbackQuery", callback_query_id=press["callback_query"]["id"])
    assert told["result"] is True
    sent = (await telegram("sendMessage", chat_id=phone.chat.id, text="سه"))["result"]
    assert sent["message_id"] > shown[-1]["id"]
    await box.stop()

    box = furnish(Sandbox(journal))
    await box.start()
    telegram = caller(box, http, "telegram")
    again = await telegram("answerCallbackQuery", callback_query_id=press["callback_query"]["id"])
    assert again["error_code"] == 400
    await box.stop()


async def test_the_clock_goes_on_from_where_it_was_set(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    box = furnish(Sandbox(tmp_path / "journal.sqlite"))
    await box.start()
    async with http.post(f"{box.url}/sandbox/clock", json={"advance": 1200}) as answer:
        assert answer.status == 200
    await box.stop()
    assert Sandbox(tmp_path / "journal.sqlite").clock.offset == 1200


async def test_an_outage_ends_where_it_began(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    box = furnish(Sandbox(tmp_path / "journal.sqlite"))
    await box.start()
    port = int(box.url.rpartition(":")[2])
    await box.person("telegram", "officer").send("پیش")
    await box.stop()
    telegram = caller(box, http, "telegram")
    with pytest.raises(aiohttp.ClientConnectionError):
        await telegram("getMe")
    await box.start(port=port)
    await box.person("telegram", "officer").send("پس")
    assert [u["message"]["text"] for u in (await telegram("getUpdates"))["result"]] == ["پیش", "پس"]
    await box.stop()


async def test_a_kill_loses_nothing_that_a_person_sent(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--journal", str(tmp_path / "j.sqlite")]
    first, url = run(command)
    try:
        for number in range(50):
            sent = await http.post(f"{url}/sandbox/chat/bale/person/send", json={"text": str(number)})
            assert sent.status == 200
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    second, url = run(command)
    try:
        async with http.get(f"{url}/bot1000000002:sandbox-bale/getUpdates") as answer:
            updates = (await answer.json())["result"]
        assert [u["message"]["text"] for u in updates] == [str(n) for n in range(50)]
    finally:
        second.terminate()
        assert second.wait(10) == 0


def run(command: list[str]) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert process.stdout is not None
    return process, process.stdout.readline().strip()
