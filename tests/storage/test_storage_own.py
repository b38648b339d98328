"""Five thousand cases of one officer: a page of them is found by the index, and so is what is looked for."""

import re
from dataclasses import asdict

import pytest
from sqlalchemy import insert
from storage_office import Office, filed, found_office

from domain.lifecycle import State
from storage.engine import Store
from storage.records import Case
from storage.tables.cases import case_codes, case_terms, cases
from storage.tables.forms import forms
from storage.work import Work

MANY = 5000
STATES = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.AGREED)
ALL, SOME, FEW = b"everybody", b"every tenth", b"one"


def crowd(work: Work, first: Case) -> None:
    """So many cases like the first, in turn in each state, each tenth with a second word."""
    run = work._transaction.connection.execute  # noqa: SLF001 - in bulk, as no service would
    form = work.forms.get(first.form_id)
    assert form is not None
    of_form = {
        **{name: value for name, value in asdict(form).items() if name in forms.c},
        "data": work.vault.seal("forms.data", {}),
        "title": None,
    }
    numbers = range(first.id + 1, first.id + MANY)
    run(insert(forms), [{**of_form, "id": first.form_id + n - first.id} for n in numbers])
    run(insert(case_codes), [{"code": f"code {n}", "kind": "case"} for n in numbers])
    like = {name: value for name, value in asdict(first).items() if name in cases.c and value is not None}
    rows = [
        {
            **like,
            "id": n,
            "code": f"code {n}",
            "form_id": first.form_id + n - first.id,
            "state": STATES[n % len(STATES)],
            "proposal": work.vault.seal("cases.proposal", first.proposal, (f"code {n}", first.version)),
        }
        for n in numbers
    ]
    run(insert(cases), rows)
    terms = [(ALL, n) for n in numbers] + [(SOME, n) for n in numbers if n % 10 == 0]
    run(insert(case_terms), [{"term": term, "case_id": n} for term, n in (*terms, (FEW, first.id + 7))])


@pytest.fixture
async def officer(store: Store) -> tuple[Office, int]:
    """An officer with so many cases; and the number of the first."""

    def unit(work: Work) -> tuple[Office, int]:
        office = found_office(work)
        first = filed(work, office, "code 0")
        crowd(work, first)
        return office, first.id

    return await store.run(unit)


async def test_any_page_of_five_thousand_holds_its_rows_and_no_others(
    store: Store, officer: tuple[Office, int]
) -> None:
    office, first = officer
    newest = await store.run(lambda work: work.cases.filed_by(office.officer, limit=8))
    assert ([case.id - first for case in newest.cases], newest.total) == (
        list(range(MANY - 1, MANY - 9, -1)),
        MANY,
    )
    oldest = await store.run(lambda work: work.cases.filed_by(office.officer, limit=8, offset=MANY - 8))
    assert [case.id - first for case in oldest.cases] == list(range(7, -1, -1))

    page = await store.run(
        lambda work: work.cases.filed_by(office.officer, limit=8, offset=800, states=(State.RETURNED,))
    )
    counts = await store.run(lambda work: work.cases.states_filed_by(office.officer))
    assert {case.state for case in page.cases} == {State.RETURNED}
    assert page.total == counts[State.RETURNED]
    assert sum(counts.values()) == MANY

    asked: list[tuple[list[bytes], bytes]] = [
        ([ALL], b""),
        ([ALL, SOME], b""),
        ([SOME, FEW], FEW),
        ([], b""),
    ]

    def unit(work: Work) -> list[tuple[tuple[int, ...], int]]:
        find = work.terms.find
        return [find(office.officer, every=every, whole=whole, limit=3) for every, whole in asked]

    every, tenth, one, none = await store.run(unit)
    assert every == (tuple(first + MANY - n for n in (1, 2, 3)), MANY - 1)
    assert [n % 10 for n in tenth[0]] == [0, 0, 0]
    assert tenth[1] in {MANY // 10, MANY // 10 - 1}
    assert one[1] == 1
    assert none == ((), 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_turning_a_page_reads_the_index_and_the_rows_of_the_page(
    store: Store, officer: tuple[Office, int]
) -> None:
    office, _ = officer
    statements: list[str] = []

    def unit(work: Work) -> list[str]:
        connection = work._transaction.connection._connection  # noqa: SLF001 - behind the store
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
        work.cases.filed_by(office.officer, limit=8, offset=MANY - 8)
        work.cases.filed_by(office.officer, limit=8, offset=800, states=(State.RETURNED, State.AGREED))
        raw.set_trace_callback(None)
        asked = [text for text in statements if text.startswith("SELECT")]
        return [row[3] for text in asked for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

    steps = [step for step in await store.run(unit) if re.match("SCAN|SEARCH", step)]
    assert set(steps) == {
        "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH cases USING COVERING INDEX ix_cases_filed_by (filed_by=?)",
        "SEARCH form_keys USING INTEGER PRIMARY KEY (rowid=?)",
    }
