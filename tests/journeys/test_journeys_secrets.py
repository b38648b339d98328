"""A secret that was typed and cannot be deleted: the person is asked once to delete it."""

import asyncio
from dataclasses import replace

import pytest
from test_journeys_factors import PIN, choose_totp
from town import Resident, Town, file_proposal

from bot import flood
from bot.clock import Clock
from bot.flood import BURST, Flood
from domain.roles import Role

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ASKED = "آن را خودتان از این گفت‌وگو پاک کنید"


async def asks_for_details(town: Town) -> tuple[Resident, str]:
    code, passcode = await file_proposal(await town.officer())
    debtor = await town.newcomer("debtor")
    await debtor.says(code)
    await debtor.presses("دیدن جزئیات")
    return debtor, passcode


async def test_who_sent_a_passcode_that_the_platform_keeps_is_asked_once_to_delete_it(town: Town) -> None:
    debtor, passcode = await asks_for_details(town)
    town.sandbox.faults.add(town.platform, "deleteMessage", "400", times=1)
    await debtor.hears_all(passcode)
    await town.quiet()
    assert passcode in debtor.chat_text()
    assert "جزئیات پیشنهاد" in debtor.chat_text()
    assert debtor.heard(ASKED) == 1
    await town.wait(minutes=11)
    assert debtor.heard(ASKED) == 1


async def test_the_word_that_did_not_get_through_comes_again_and_is_said_once(town: Town) -> None:
    debtor, passcode = await asks_for_details(town)
    town.sandbox.faults.add(town.platform, "deleteMessage", "400")
    await debtor.phone.send("AAAA1111")
    await town.quiet()
    town.sandbox.faults.add(town.platform, "sendMessage", "429", times=2)
    await debtor.phone.send(passcode)
    await town.wait(minutes=2)
    assert debtor.heard(ASKED) == 2, "one for each of the two"


async def test_a_passcode_older_than_the_platform_deletes_is_left_to_the_person(town: Town) -> None:
    debtor, passcode = await asks_for_details(town)
    town.sandbox.faults.add(town.platform, "*", "500")
    await debtor.phone.send(passcode)
    for _ in range(1500):
        if await town.run(lambda work: work.outbox.counts()):
            break
        await asyncio.sleep(0.01)
    await town.crash()
    town.sandbox.faults.orders.clear()
    town.sandbox.clock.advance(49 * 3600)
    await town.open()
    await town.wait(minutes=1)
    assert passcode in debtor.chat_text()
    assert debtor.heard(ASKED) == 1


async def test_a_pin_that_the_platform_keeps_is_left_to_the_person(town: Town) -> None:
    reviewer = await town.reviewer()
    await reviewer.hears_all("رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    town.sandbox.faults.add(town.platform, "deleteMessage", "400", times=1)
    await reviewer.hears_all(PIN)
    await town.quiet()
    assert PIN in reviewer.chat_text()
    assert reviewer.heard(ASKED) == 1


async def test_of_what_is_no_secret_and_of_what_is_gone_already_nothing_is_said(town: Town) -> None:
    debtor, passcode = await asks_for_details(town)
    gone = "Bad Request: message to delete not found"
    town.sandbox.faults.add(town.platform, "deleteMessage", "400", description=gone)
    await debtor.hears_all(passcode)
    await town.quiet()
    assert debtor.heard(ASKED) == 0


async def test_the_key_of_an_authenticator_that_stays_is_told_of_too(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "نرگس رضایی")
    await admin.hears_all("رمز امضا")
    town.sandbox.faults.add(town.platform, "deleteMessage", "400", times=1)
    await choose_totp(admin)
    await town.quiet()
    assert admin.heard(ASKED) == 1


async def test_secrets_that_are_passed_over_in_a_flood_leave_the_chat_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert town.app is not None
    debtor, _ = await asks_for_details(town)
    monkeypatch.setattr(flood, "TELL_SECONDS", 86_400.0)
    handling = town.app.dispatcher._handling  # noqa: SLF001 - the town's own pace holds nobody back
    held_back = {
        name: replace(platform, chat_interval=3_600.0) for name, platform in town.app.office.platforms.items()
    }
    monkeypatch.setattr(handling, "_flood", Flood(held_back, Clock()))
    for _ in range(BURST):
        await debtor.phone.send("😀")
    tries = [f"AAAA{number}" for number in range(1111, 1117)]
    for typed in tries:
        await debtor.phone.send(typed)
    await town.quiet()
    assert debtor.heard("آهسته‌تر") == 1
    assert [typed for typed in tries if typed in debtor.chat_text()] == []
