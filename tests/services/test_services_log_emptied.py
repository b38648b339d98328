"""What was erased of somebody, and what a given-up correction held, leaves the store's log as well."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from services_office import Clock, Office
from sqlalchemy import text

from domain.roles import Actor, Role
from services import drafts, personal, review
from storage.engine import Store
from storage.vault import Vault
from storage.work import Work

STRANGER = Actor(None, "")
PLACE = ("bale", 5)


@pytest.fixture
async def office(sqlite_url: str, vault: Vault, clock: Clock) -> AsyncIterator[Office]:
    """On SQLite: a PostgreSQL server empties its log by itself."""
    store = await Store.open(sqlite_url, vault=vault, clock=clock)
    yield Office(store, clock)
    await store.close()


def sealed(work: Work, query: str) -> bytes:
    """The one value, as it stands in the store."""
    return bytes(work._transaction.connection.execute(text(query)).scalar_one())  # noqa: SLF001 - no part gives it out sealed


def log_of(url: str) -> bytes:
    return Path(url.removeprefix("sqlite:///") + "-wal").read_bytes()


async def is_in_log(office: Office, url: str, value: bytes) -> bool:
    for _ in range(2):  # a batch is told of before the log is emptied: the second waits for the first
        await office.look(lambda work: work.now)
    return value in log_of(url)


async def test_words_of_an_erased_stranger_do_not_stay_in_the_log(office: Office, sqlite_url: str) -> None:
    admin = await office.hire(Role.ADMIN, "نرگس رضایی")
    await office.chat(None, PLACE[1])
    asked = await office.do(personal.ask, STRANGER, PLACE, "correction", "نامم مینا صادقی است.")
    words = await office.look(lambda work: sealed(work, "SELECT words FROM data_requests"))
    await office.do(personal.answer, admin, asked.id, done=True, words="انجام شد.")
    erasure = await office.do(personal.ask, STRANGER, PLACE, "erasure")
    assert await is_in_log(office, sqlite_url, words), "else nothing is tried here"
    await office.do(personal.erase, admin, erasure.id)
    assert not await is_in_log(office, sqlite_url, words)


async def test_a_correction_that_was_given_up_does_not_stay_in_the_log(
    office: Office, sqlite_url: str
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.do(review.claim, actor=reviewer, case_id=(await office.file(officer)).id)
    case = await office.give_back(reviewer, case)
    run = await office.correction(officer, case)
    answers = await office.look(lambda work: sealed(work, "SELECT data FROM forms WHERE subject IS NOT NULL"))
    assert await is_in_log(office, sqlite_url, answers), "else nothing is tried here"
    await office.do(drafts.give_up, run)
    assert not await is_in_log(office, sqlite_url, answers)


async def test_the_name_of_a_chat_that_was_forgotten_does_not_stay_in_the_log(
    office: Office, sqlite_url: str
) -> None:
    await office.chat(None, PLACE[1])
    name = await office.look(lambda work: sealed(work, "SELECT name FROM chats"))
    assert await is_in_log(office, sqlite_url, name), "else nothing is tried here"
    await office.look(lambda work: work.staffing.forget_chat(PLACE))
    assert not await is_in_log(office, sqlite_url, name)
