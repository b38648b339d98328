"""The audit: every unit's notes in one unbroken chain, and whatever is done to it afterwards is named."""

# ruff: noqa: S608 - whoever tampers writes SQL by hand

import asyncio
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from engines import StoreClock
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, make_url, text

from domain.audit import Deed, NotACode
from domain.roles import Actor, Grant, Role
from services.audit import Anchor, NotAnAnchor, Problem, Walk, anchor_of, follow
from storage.engine import Store
from storage.records.audit import AuditRow
from storage.vault import Vault
from storage.work import Work

OLD: Final = "0" * 64


class Refused(Exception):  # noqa: N818 - named for what happened
    """What a service may raise."""


def note(number: int) -> Callable[[Work], None]:
    return lambda work: work.audit.note(Deed.CASE, about=f"case:{number}", step="claim")


async def walked(store: Store, *anchors: Anchor) -> Walk:
    walk = Walk()
    while not walk.over:
        walk = await store.run(partial(_next, walk=walk, anchors=anchors))
    return walk


def _next(work: Work, *, walk: Walk, anchors: tuple[Anchor, ...]) -> Walk:
    return follow(work, walk, anchors)


async def rows(store: Store) -> tuple[AuditRow, ...]:
    return await store.run(lambda work: work.audit.after(0, limit=100_000))


def tamper(url: str, *statements: str) -> None:
    """As somebody who may do everything with the store: first the triggers go."""
    parsed = make_url(url)
    engine = create_engine(
        parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")
    )
    with engine.begin() as connection:
        _disarm(connection)
        for statement in statements:
            connection.execute(text(statement))
        _arm(connection)
    engine.dispose()


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))


def _arm(connection: Connection) -> None:
    """PostgreSQL's tables serve the next test too."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


def renumbered(where: str, by: int) -> tuple[str, str]:
    """Give rows other numbers, by way of numbers that no row has."""
    return (
        f"UPDATE audit SET number = -number WHERE {where}",
        f"UPDATE audit SET number = -number + {by} WHERE number < 0",
    )


def copied(number: int, to: int) -> str:
    """Put a row in that looks like another."""
    return (
        f"INSERT INTO audit SELECT {to}, at, deed, person, role, about, version, codes, cause, mac "
        f"FROM audit WHERE number = {number}"
    )


async def test_two_hundred_units_at_once_make_one_chain_without_gaps(store: Store) -> None:
    await asyncio.gather(*(store.run(note(number)) for number in range(200)))
    kept = await rows(store)
    assert [row.number for row in kept] == list(range(1, 201))
    assert {row.about for row in kept} == {f"case:{number}" for number in range(200)}
    assert await walked(store) == Walk(200, kept[-1].mac, kept, None, over=True)


async def test_what_fails_leaves_no_row_and_no_gap(store: Store) -> None:
    def unit(work: Work, number: int) -> None:
        note(number)(work)
        if number % 3 == 0:
            raise Refused

    done = await asyncio.gather(
        *(store.run(partial(unit, number=n)) for n in range(60)), return_exceptions=True
    )
    assert sum(isinstance(one, Refused) for one in done) == 20
    kept = await rows(store)
    assert sorted(int(row.about[5:]) for row in kept) == [n for n in range(60) if n % 3]
    assert (await walked(store)).problem is None


async def test_an_attempt_that_fails_takes_its_notes_with_it(store: Store) -> None:
    def part(work: Work, number: int) -> None:
        note(number)(work)
        if number == 2:
            raise Refused

    def unit(work: Work) -> None:
        for number in (1, 2, 3):
            work.attempt(partial(part, work, number))

    await store.run(unit)
    assert [(row.number, row.about) for row in await rows(store)] == [(1, "case:1"), (2, "case:3")]


async def test_a_row_says_who_what_and_why(store: Store, store_clock: StoreClock) -> None:
    someone = Actor(7, "نرگس رضایی", frozenset({Grant(Role.ADMIN), Grant(Role.REVIEWER, for_person=9)}))

    def unit(work: Work) -> None:
        work.audit.caused_by("bale:501")
        work.audit.acting(someone)
        work.audit.note(Deed.SETTING, about="setting:undo_minutes", version=3, value=10, unset=None)
        work.audit.note(Deed.CASE, by=None, about="case:4")

    await store.run(unit)
    first, second = await rows(store)
    said = (
        first.at,
        first.deed,
        first.person,
        first.role,
        first.about,
        first.version,
        first.codes,
        first.cause,
    )
    assert said == (
        store_clock.moment,
        "setting",
        7,
        "admin+reviewer@9",
        "setting:undo_minutes",
        3,
        '{"value":10}',
        "bale:501",
    )
    assert (second.person, second.role, second.version, second.codes) == (None, "", None, "{}")


async def test_the_keeper_and_the_clock_are_named_where_nobody_acts(store: Store) -> None:
    def unit(work: Work, cause: str) -> None:
        work.audit.caused_by(cause)
        work.audit.note(Deed.CASE)

    for cause in ("command:set", "sweep:expire", "telegram:9"):
        await store.run(partial(unit, cause=cause))
    assert [row.role for row in await rows(store)] == ["keeper", "clock", ""]


async def test_a_look_is_written_down_once_in_ten_minutes_for_each_person_and_thing(
    store: Store, store_clock: StoreClock
) -> None:
    def look(work: Work, person: int, about: str) -> None:
        work.audit.acting(Actor(person, "", frozenset({Grant(Role.REVIEWER)})))
        for _ in range(2):
            work.audit.note(Deed.CASE_SEEN, about=about)

    for minutes, person, about in (
        (0, 1, "case:1"),
        (4, 1, "case:1"),
        (0, 2, "case:1"),
        (0, 1, "case:2"),
        (6, 1, "case:1"),
    ):
        store_clock.forward(minutes=minutes)
        await store.run(partial(look, person=person, about=about))
    seen = [(row.person, row.about) for row in await rows(store)]
    assert seen == [(1, "case:1"), (2, "case:1"), (1, "case:2"), (1, "case:1")]


async def test_what_is_shown_to_somebody_by_another_is_no_look_of_theirs(store: Store) -> None:
    reviewer, other = Actor(1, "", frozenset({Grant(Role.REVIEWER)})), Actor(2, "")

    def unit(work: Work) -> None:
        work.audit.acting(other)
        work.audit.look(Deed.CASE_SEEN, reviewer, "case:1")
        work.audit.look(Deed.CASE_SEEN, other, "case:1")

    await store.run(unit)
    assert [row.person for row in await rows(store)] == [2]


@pytest.mark.parametrize("value", ["علی رضایی", "two words", "0499370899", "a" * 65, 2**63])
async def test_what_is_no_code_is_refused(store: Store, value: str | int) -> None:
    with pytest.raises(NotACode):
        await store.run(lambda work: work.audit.note(Deed.CASE, found=value))
    with pytest.raises(NotACode):
        await store.run(lambda work: work.audit.note(Deed.CASE, about=f"{value} "))
    assert await rows(store) == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET role = 'admin' WHERE number = 1", "DELETE FROM audit"]
)
async def test_the_store_itself_refuses_to_change_a_row(
    store: Store, database_url: str, statement: str
) -> None:
    await store.run(note(1))
    parsed = make_url(database_url)
    engine = create_engine(
        parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")
    )
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert (await walked(store)).problem is None


TAMPERINGS: Final = {
    "a word": (('UPDATE audit SET codes = \'{"step":"agree"}\' WHERE number = 5',), Problem("altered", 5)),
    "a moment": (("UPDATE audit SET at = at + 1 WHERE number = 9",), Problem("altered", 9)),
    "who": (("UPDATE audit SET person = 3 WHERE number = 1",), Problem("altered", 1)),
    "a mac": ((f"UPDATE audit SET mac = '{OLD}' WHERE number = 5",), Problem("altered", 5)),
    "the last": (("UPDATE audit SET role = 'x' WHERE number = 12",), Problem("altered", 12)),
    "two in a row": (("UPDATE audit SET role = 'x' WHERE number IN (5, 6)",), Problem("altered", 5)),
    "taken out": (("DELETE FROM audit WHERE number = 5",), Problem("missing", 5)),
    "the first taken out": (("DELETE FROM audit WHERE number = 1",), Problem("missing", 1)),
    "taken out and closed up": (
        ("DELETE FROM audit WHERE number = 5", *renumbered("number > 5", -1)),
        Problem("missing", 5),
    ),
    "two taken out and closed up": (
        ("DELETE FROM audit WHERE number IN (5, 6)", *renumbered("number > 6", -2)),
        Problem("missing", 5),
    ),
    "put in between": (
        (
            *renumbered("number >= 5", 1),
            copied(2, 5),
            f"UPDATE audit SET mac = '{OLD}' WHERE number = 5",
        ),
        Problem("inserted", 5),
    ),
    "put before all": (
        (copied(2, 0),),
        Problem("inserted", 0),
    ),
    "put behind all": (
        (copied(12, 13),),
        Problem("inserted", 13),
    ),
    "exchanged": (
        (
            "UPDATE audit SET number = -5 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 9",
            "UPDATE audit SET number = 9 WHERE number = -5",
        ),
        Problem("reordered", 5, 9),
    ),
    "neighbours exchanged": (
        (
            "UPDATE audit SET number = -5 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 6",
            "UPDATE audit SET number = 6 WHERE number = -5",
        ),
        Problem("reordered", 5, 6),
    ),
    "moved forward": (
        (
            "UPDATE audit SET number = 1000 WHERE number = 9",
            *renumbered("number BETWEEN 5 AND 8", 1),
            "UPDATE audit SET number = 5 WHERE number = 1000",
        ),
        Problem("reordered", 5, 6),
    ),
    "moved back": (
        (
            "UPDATE audit SET number = 1000 WHERE number = 5",
            *renumbered("number BETWEEN 6 AND 9", -1),
            "UPDATE audit SET number = 9 WHERE number = 1000",
        ),
        Problem("reordered", 5, 9),
    ),
    "cut": (("DELETE FROM audit WHERE number > 8",), Problem("cut", 9)),
    "all gone": (("DELETE FROM audit",), Problem("cut", 1)),
    "the end set back": (("UPDATE audit_head SET number = 11",), Problem("end", 12)),
}


@pytest.mark.parametrize("how", TAMPERINGS)
async def test_whatever_is_done_to_the_rows_is_named(store: Store, database_url: str, how: str) -> None:
    for number in range(1, 13):
        await store.run(note(number))
    statements, named = TAMPERINGS[how]
    tamper(database_url, *statements)
    walk = await walked(store)
    assert walk.problem == named
    assert walk.number == max(named.number, 1) - (named.kind != "end")


async def test_a_cut_that_also_sets_the_end_back_is_found_by_an_anchor(
    store: Store, database_url: str
) -> None:
    for number in range(1, 13):
        await store.run(note(number))
    kept = await rows(store)
    tamper(
        database_url,
        "DELETE FROM audit WHERE number > 8",
        f"UPDATE audit_head SET number = 8, mac = '{kept[7].mac}'",
    )
    assert (await walked(store)).problem is None
    assert (await walked(store, Anchor(12, kept[11].mac[:32]))).problem == Problem("cut", 9)
    await store.run(note(9))
    assert (await walked(store, Anchor(8, kept[7].mac[:32]))).problem is None
    assert (await walked(store, Anchor(9, OLD[:32]))).problem == Problem("rewritten", 9)


def test_an_anchor_is_read_as_the_chat_shows_it() -> None:
    mac = "3f2a91c4-00112233-44556677-8899aabb"
    plain = Anchor(128, mac.replace("-", ""))
    assert anchor_of(f"128:{mac}") == anchor_of(f"N128:{mac}") == plain
    assert anchor_of(f" «۱۲۸: {mac.upper().replace('-', ' ')}»") == plain
    for wrong in (
        "",
        "128",
        "128:",
        "0:3f2a91c400112233",
        "128:3f2a91",
        "128:xyz",
        ":3f2a91c400112233",
        "-1:ab",
    ):
        with pytest.raises(NotAnAnchor):
            anchor_of(wrong)


COLUMNS: Final = ("at", "deed", "person", "role", "about", "version", "codes", "cause", "mac")


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_one_change_anywhere_is_found_at_its_row(
    data: st.DataObject, sqlite_template: Path, vault: Vault
) -> None:
    total = data.draw(st.integers(2, 12))
    number, column = data.draw(st.integers(1, total)), data.draw(st.sampled_from(COLUMNS))
    value = "77" if column in {"at", "person", "version"} else "'zz'"
    drop = data.draw(st.booleans())
    change = (
        f"DELETE FROM audit WHERE number = {number}"
        if drop
        else f"UPDATE audit SET {column} = {value} WHERE number = {number}"
    )

    async def story(url: str) -> None:
        store = await Store.open(url, vault=vault)
        await asyncio.gather(*(store.run(note(each)) for each in range(total)))
        tamper(url, change)
        found = (await walked(store)).problem
        await store.close()
        gone = Problem("cut" if number == total else "missing", number)
        assert found == (gone if drop else Problem("altered", number))

    with TemporaryDirectory() as folder:
        asyncio.run(story(f"sqlite:///{shutil.copy(sqlite_template, folder)}"))


async def test_the_one_wrong_row_among_a_hundred_thousand_is_named(sqlite_url: str, vault: Vault) -> None:
    def many(work: Work) -> None:
        for number in range(50_000):
            note(number)(work)

    store = await Store.open(sqlite_url, vault=vault)
    for _ in range(2):
        await store.run(many)
    tamper(sqlite_url, "UPDATE audit SET about = 'case:7' WHERE number = 76543")
    assert (await walked(store)).problem == Problem("altered", 76_543)
    await store.close()
