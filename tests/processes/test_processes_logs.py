"""The canary: a whole journey at DEBUG leaves nothing personal and no secret in the log."""

import json
from datetime import datetime

from processes_world import (
    AGREED,
    AMOUNT,
    NAME,
    NATIONAL_ID,
    PATIENCE,
    RECEIPT,
    TOKENS,
    World,
    agree,
    file_proposal,
    shown,
)

from bot.logs import ALLOWED_KEYS
from domain.roles import Role
from messages_fa.markup import RLM
from persian.text import to_latin_digits


async def test_a_whole_journey_at_debug_writes_no_canary(world: World) -> None:
    bot = world.bot(LOG_LEVEL="debug", BALE_TOKEN=TOKENS["bale"])
    officer = await world.staff(Role.OFFICER, "bale", "سارا محمدی")
    reviewer = await world.staff(Role.REVIEWER, "telegram", "رضا کریمی")
    debtor = world.phone("telegram", "بدهکار")
    await bot.start()
    await reviewer.send("/start")
    await reviewer.sees("خوش آمدید", within=PATIENCE)
    for kind in ("500", "429", "reset_after", "400"):
        world.sandbox.faults.add("*", "sendMessage", kind, times=1)
        world.sandbox.faults.add("*", "getUpdates", kind, times=1)
    await file_proposal(officer, amount=AMOUNT)
    await agree(reviewer, 1, lambda: world.count("cases WHERE state = 'agreed'") == 1)
    await officer.sees(AGREED, within=PATIENCE)
    [(code,)] = world.rows("SELECT code FROM cases")
    receipt = next(text for text in shown(officer) if RECEIPT in text).replace(RLM, "")
    passcode = next(
        line.strip() for line in receipt.splitlines() if len(line.strip()) == 8 and line.isascii()
    )
    await debtor.send(code)
    await debtor.sees("موافقت شد", within=PATIENCE)
    await debtor.press("دیدن جزئیات")
    await debtor.sees(within=PATIENCE)
    await debtor.send(passcode)
    await debtor.sees(NAME, within=PATIENCE)
    await world.settled()
    assert (await bot.stop())[0] == 0

    log = bot.log.read_text()
    people = [NAME, "سارا محمدی", "رضا کریمی", "بدهکار", "letter.pdf"]
    spaced = [space.join((code[:4], code[4:8], code[8:])) for space in (" ", "\u00a0")]
    numbers = [NATIONAL_ID, AMOUNT, code, *spaced, passcode]
    chats = [str(phone.chat.id) for phone in (officer, reviewer, debtor)]
    digits = [to_latin_digits(number) for number in numbers] + ["120000000"]
    canaries = [*people, *numbers, *digits, *chats, *TOKENS.values()]
    assert [canary for canary in canaries if canary in log] == []

    lines = [json.loads(line) for line in log.splitlines()]
    assert {key for line in lines for key in line} <= ALLOWED_KEYS
    assert {"platform_ready", "poll_failed", "draining", "stopped"} <= {line["event"] for line in lines}
    moments = [datetime.fromisoformat(line["timestamp"]) for line in lines]
    assert moments == sorted(moments)
