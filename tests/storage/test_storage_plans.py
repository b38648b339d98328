"""No everyday statement reads a whole table: every plan of SQLite's is looked at."""

import re
from datetime import timedelta

import pytest
from engines import StoreClock
from storage_office import filed, found_office

from domain.audit import Deed
from domain.lifecycle import State
from domain.roles import Role
from domain.throttle import Counter
from storage.audit import told
from storage.engine import Store
from storage.records import Case, OutboxState, Outgoing, RawUpdate, Settled
from storage.records.calendar import ClockRow
from storage.sqlite import Sqlite
from storage.work import Work


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """These tests are about one engine."""
    return sqlite_url


def look_at_figures(work: Work, person_id: int) -> None:
    """What a report asks of a period, and a filing of the agreement."""
    period = (work.now - timedelta(days=1), work.now)
    work.reports.decided(*period)
    work.reports.looked_at(*period)
    work.reports.steps(*period)
    work.reports.filed(*period)
    work.reports.reasons(*period)
    work.reports.decided_by(*period)
    work.reports.answered(*period)
    work.reports.replies_awaited(*period)
    work.reports.standing()
    work.reports.in_hands()
    work.agreement.accepted(person_id)
    work.agreement.without_debt_type(10)


def ask_of_people(work: Work) -> None:
    """Who somebody is, and what the audit's own rows alone tell."""
    work.people.by_account("bale", 5)
    work.people.invitation("digest")
    work.staffing.proposal_by_token("digest")
    work.audit.last_anchor()
    told(work._transaction, Deed.GRANT_PROPOSAL, "grant_proposal:1")  # noqa: SLF001 - as its parts do


def a_day(work: Work) -> None:
    """What happens all the time, or grows with the number of cases."""
    office = found_office(work)
    (row,) = work.inbox.receive("bale", [RawUpdate(1, 5, "{}")])
    chat = work.chats.lock("bale", 5, user_id=5, name="زهرا")
    work.inbox.next_of("bale", 5)
    work.chats.save(chat)
    work.inbox.done(row.id)
    message = work.outbox.add(Outgoing("bale", 5, 1, "sendMessage", {}, slot="s", purpose="p"))
    work.outbox.claim("bale", 10, [1, 2])
    work.outbox.claim("bale", 10, [1], served=[2])
    work.outbox.settle([Settled(message, OutboxState.SENT, 1)])
    work.outbox.settle([Settled(message, OutboxState.UNREACHABLE)])
    work.ledger.of("p")
    work.outbox.revive("bale")
    work.outbox.slot_message("bale", 5, "s")
    case = filed(work, office, "111")
    work.cases.get(case.id)
    work.cases.by_code("111")
    work.cases.queue((State.SUBMITTED, State.IN_REVIEW), 10, 20)
    work.cases.count((State.SUBMITTED,))
    work.cases.held_by(office.reviewer)
    work.cases.filed_by(office.officer, limit=10)
    work.cases.filed_by(office.officer, limit=10, states=(State.RETURNED,))
    work.cases.queue((State.RETURNED,), 10, due=work.now)
    run_the_clocks(work, case)
    look_at_figures(work, office.officer)
    work.cases.idle(work.now, 10)
    work.cases.move(case, state=State.IN_REVIEW)
    work.cases.events(case.id)
    work.reviews.ticks(case.id, office.reviewer)
    work.reviews.untick_all(case.id, office.reviewer)
    work.reviews.versions(case.id)
    work.reviews.corrected([case.id])
    work.reviews.notes(case.id)
    work.reviews.pending(case.id, 1, hold=True)
    work.reviews.due(10)
    work.reviews.drop(case.id, 1)
    work.forms.drafts_of(office.officer, "proposal")
    ask_of_people(work)
    work.people.bind("bale", 5, office.officer)
    work.people.revoke(office.officer, Role.OFFICER, office.agency_id)
    work.chats.of_person(office.officer)
    work.chats.with_open_form()
    work.counters.put("code", "bale:5", Counter(1, work.now))
    work.counters.get("code", "bale:5")
    work.views.active(case.id, "bale", 5)
    work.views.expired(work.now)
    follow_and_link(work, office.officer, case.id)
    work.inbox.prune(work.now)
    work.outbox.prune(work.now - timedelta(days=1))


def run_the_clocks(work: Work, case: Case) -> None:
    """Targets on the working calendar."""
    work.cases.set_due(case, work.now)
    work.calendar.save(ClockRow(case.id, "decision", work.now, (), "3d", due_at=work.now))
    work.calendar.clocks(case.id)
    work.calendar.ringing(10)
    work.calendar.running(work.now, 10)
    work.calendar.open_cases(0, 10)
    work.calendar.untold(10)
    work.calendar.recount()


def follow_and_link(work: Work, officer: int, case_id: int) -> None:
    """What people outside do, and one person on two messengers."""
    work.people.hold_role(Role.ADMIN)
    work.people.hold(officer)
    work.people.accounts_of(officer)
    work.people.unbind("bale", 6, officer)
    work.links.get("digest")
    work.links.use("digest")
    work.terms.put(case_id, [b"a", b"b"])
    work.terms.without(10)
    work.followers.add(case_id, "bale", 5, work.now)
    work.followers.of_case(case_id)
    work.followers.count(case_id)
    work.followers.of_chat("bale", 5)
    work.followers.drop(case_id, "bale", 5)
    work.ledger.missed([("bale", 5)])
    work.outbox.cut_off("bale", 5)


async def test_everyday_statements_find_their_rows_by_an_index(store: Store, store_clock: StoreClock) -> None:
    store_clock.forward(hours=1)
    engine = store._engine  # noqa: SLF001 - this test looks behind the store
    assert isinstance(engine, Sqlite)
    statements: list[str] = []
    await engine._connection.set_trace_callback(statements.append)  # noqa: SLF001
    await store.run(a_day)
    await engine._connection.set_trace_callback(lambda _: None)  # noqa: SLF001

    def plans(work: Work) -> dict[str, list[str]]:
        explain = work._transaction.connection._connection.exec_driver_sql  # noqa: SLF001
        return {
            text: [row[3] for row in explain(f"EXPLAIN QUERY PLAN {text}")]
            for text in statements
            if re.match("SELECT|UPDATE|DELETE", text)
        }

    found = await store.run(plans)
    assert len(found) > 30
    # The first few of each state of the queue (`anon_…`) are gathered by the index before they are merged.
    scans = [
        (text, step)
        for text, steps in found.items()
        for step in steps
        if re.match(r"SCAN (?!anon_)\w+$", step)
    ]
    assert scans == []
