"""A secret that was typed leaves the chat, whatever becomes of the bot meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from test_journeys_factors import PIN
from test_journeys_resets import TOKEN, forget, issue
from town import Resident, Town, file_proposal

from bot.incoming import Incoming, SlowWanted
from bot.router import handle
from domain.roles import Role
from storage.work import Work


async def _asks_for_details(town: Town) -> tuple[Resident, str]:
    code, passcode = await file_proposal(await town.officer())
    debtor = await town.newcomer("debtor")
    await debtor.says(code)
    await debtor.presses("دیدن جزئیات")
    return debtor, passcode


async def _about_to_make_a_pin(town: Town) -> tuple[Resident, str]:
    reviewer = await town.reviewer()
    await reviewer.says("رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    return reviewer, PIN


async def _holds_a_reset_code(town: Town) -> tuple[Resident, str]:
    """An officer with a one-time code that an admin has issued, about to type it."""
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "نادر کاظمی")
    code, _ = await file_proposal(officer)
    await forget(officer, code)
    await issue(admin)
    token = TOKEN.search(officer.chat_text())
    assert token is not None
    return officer, token.group()


SECRETS = pytest.mark.parametrize("prepare", [_asks_for_details, _about_to_make_a_pin, _holds_a_reset_code])


def _typed(person: Resident) -> list[str]:
    """What stands in the chat of what the person has written."""
    return [str(m["text"]) for m in person.phone.messages() if m["from"] != "bot"]


@SECRETS
async def test_a_typed_secret_leaves_the_chat_though_the_bot_is_killed_between_commit_and_post(
    town: Town, prepare: Callable[[Town], Awaitable[tuple[Resident, str]]]
) -> None:
    person, secret = await prepare(town)
    await town.quiet()
    town.sandbox.faults.add("telegram", "*", "500")
    await person.phone.send(secret)
    for _ in range(1500):
        waits = await town.run(lambda work: bool(work.outbox.counts()) and not work.inbox.waiting_chats())
        if waits:
            break
        await asyncio.sleep(0.01)
    assert secret in _typed(person), "it stands there as long as nothing can be sent"
    await town.crash()
    town.sandbox.faults.orders.clear()
    await town.open()
    await town.wait(minutes=10)
    assert secret not in _typed(person)


class _CutOffError(Exception):
    """The unit ends before its commit."""


@SECRETS
async def test_the_deletion_stands_with_the_handling_or_neither_does(
    town: Town, prepare: Callable[[Town], Awaitable[tuple[Resident, str]]]
) -> None:
    person, secret = await prepare(town)
    await town.quiet()
    assert town.app is not None
    told = person.phone.messages()[-1]["id"]
    said = Incoming(
        "telegram",
        person.phone.person.user_id,
        person.phone.person.user_id,
        "private",
        "text",
        text=secret,
        message_id=told + 1,
        sent_at=town.sandbox.clock(),
    )
    app, seen = town.app, list[bool]()

    def unit(work: Work, computed: object = None) -> None:
        handle(work, replace(said, computed=computed), app.office)
        seen.append(bool(work.outbox.counts()))
        raise _CutOffError

    before = await town.run(lambda work: (work.chats.get("telegram", said.chat_id), work.audit.head()))
    try:
        await town.run(unit)
    except SlowWanted as slow:
        computed = slow.compute()
        with pytest.raises(_CutOffError):
            await town.run(lambda work: unit(work, computed))
    except _CutOffError:
        pass
    assert seen == [True], "both stood there before it was cut off"
    assert await town.run(lambda work: work.outbox.counts()) == {}
    assert before == await town.run(
        lambda work: (work.chats.get("telegram", said.chat_id), work.audit.head())
    )
    await person.hears_all(secret)
    assert secret not in _typed(person), "the next try finds everything as it was"
