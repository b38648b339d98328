"""A prepared statement does what SQLAlchemy does with it, on both engines."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.engine import Store
from storage.statements import Running, Statements
from storage.tables.messages import inbox
from storage.work import Work

AT: Final = datetime(2026, 3, 21, 12, 30, 15, 250_000, tzinfo=UTC)
PUT: Final = insert(inbox)
PUT_ONE: Final = insert(inbox).returning(inbox.c.id, inbox.c.received_at)
LATER: Final = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("number"))
    .values(attempts=inbox.c.attempts + 1, retry_at=bindparam("at"), problem="later")
)
ALL: Final = select(inbox).where(inbox.c.chat_id == bindparam("chat")).order_by(inbox.c.id).limit(10)


def an_update(number: int) -> dict[str, Any]:
    return {
        "platform": "bale",
        "update_id": number,
        "chat_id": 5,
        "body": b"sealed",
        "state": "waiting",
        "attempts": 0,
        "received_at": AT,
    }


def the_connection(work: Work) -> Running:
    return work._transaction.connection  # noqa: SLF001 - what the parts of the store stand on


async def test_every_meeting_gives_the_same(store: Store) -> None:
    def unit(work: Work) -> list[object]:
        run = the_connection(work)
        made = [run.execute(PUT_ONE, an_update(number)).one() for number in (1, 2, 3)]
        assert {row.received_at for row in made} == {AT}
        for number in (1, 2, 3):
            assert run.execute(LATER, {"number": number, "at": AT + timedelta(seconds=number)}).rowcount == 1
        tables = [run.execute(ALL, {"chat": 5}).all() for _ in range(3)]
        assert tables[0] == tables[1] == tables[2]
        return [(row.id, row.body, row.attempts, row.retry_at, row.done_at) for row in tables[2]]

    found = await store.run(unit)
    assert found == [(number, b"sealed", 1, AT + timedelta(seconds=number), None) for number in (1, 2, 3)]


async def test_many_at_once_are_all_there(store: Store) -> None:
    def unit(work: Work) -> tuple[int, object, object]:
        run = the_connection(work)
        for first in (1, 11, 21):
            run.execute(PUT, [an_update(number) for number in range(first, first + 3)])
        many = [{"number": number, "at": None} for number in (1, 11, 12)]
        for _ in range(3):
            run.execute(LATER, many)
        attempts = run.scalars(select(inbox.c.attempts).order_by(inbox.c.update_id))
        return len(run.execute(ALL, {"chat": 5}).all()), list(attempts), run.scalar(ALL, {"chat": 6})

    assert await store.run(unit) == (9, [3, 0, 0, 3, 3, 0, 0, 0, 0], None)


@pytest.mark.parametrize("meetings", [0, 1, 2])
async def test_a_broken_rule_is_told_in_one_way(store: Store, meetings: int) -> None:
    def unit(work: Work) -> None:
        for number in range(meetings):
            the_connection(work).execute(PUT, an_update(100 + number))
        the_connection(work).execute(PUT, an_update(7))
        the_connection(work).execute(PUT, an_update(7))

    with pytest.raises(IntegrityError):
        await store.run(unit)
    assert await store.healthy()
    assert await store.run(lambda work: work.inbox.depth()) == 0


async def test_a_missing_value_is_an_error_and_not_a_null(store: Store) -> None:
    def unit(work: Work) -> None:
        the_connection(work).execute(LATER, {"number": 1, "at": None})
        the_connection(work).execute(LATER, {"number": 1})

    with pytest.raises(KeyError):
        await store.run(unit)


async def test_a_statement_made_on_the_spot_leaves_nothing_behind(store: Store) -> None:
    def unit(work: Work) -> int:
        run = the_connection(work)
        known: Statements = run._statements  # noqa: SLF001 - looked at from outside
        before = len(known._known)  # noqa: SLF001 - as above
        for number in range(20):
            query = select(inbox.c.id).where(inbox.c.update_id == number)
            assert [run.scalar(query) for _ in range(3)] == [None, None, None]
        del query
        return len(known._known) - before  # noqa: SLF001 - as above

    assert await store.run(unit) <= 1


HELD: Final = select(inbox.c.id).where(inbox.c.chat_id == bindparam("chat")).with_for_update()


@pytest.mark.parametrize("between", ["write", "lock", "several", "undo", "on the spot"])
async def test_what_was_read_is_read_again_only_once_something_may_have_changed(
    store: Store, between: str
) -> None:
    def unit(work: Work) -> list[int]:
        run = the_connection(work)

        def rows() -> int:
            return len(run.execute(ALL, {"chat": 5}).all())

        met = ((PUT, an_update(1)), (LATER, {"number": 1, "at": AT}), (HELD, {"chat": 5}), (ALL, {"chat": 5}))
        for statement, values in met:  # met before, they are prepared
            run.execute(statement, values)
        seen = [rows()]
        run.mark()
        behind_its_back(run, "DELETE FROM inbox")
        seen.append(rows())
        if between == "write":
            run.execute(LATER, {"number": 1, "at": AT})
        elif between == "lock":
            run.execute(HELD, {"chat": 5})
        elif between == "several":
            run.execute(LATER, [{"number": 1, "at": AT}])
        elif between == "on the spot":
            run.execute(select(inbox.c.id))
        else:
            run.undo()
        return [*seen, rows()]

    assert await store.run(unit) == [1, 1, 1 if between == "undo" else 0]


async def test_what_one_unit_has_read_is_nothing_to_the_next(store: Store) -> None:
    def look(work: Work) -> int:
        return len(the_connection(work).execute(ALL, {"chat": 5}).all())

    def empty(work: Work) -> None:
        behind_its_back(the_connection(work), "DELETE FROM inbox")

    await store.run(lambda work: the_connection(work).execute(PUT, an_update(1)))
    assert [await store.run(look) for _ in range(2)] == [1, 1]
    await store.run(empty)
    assert await store.run(look) == 0


def behind_its_back(run: Running, sql: str) -> None:
    """What nothing but the driver hears of."""
    run._driver.execute(sql)  # noqa: SLF001 - as above
