"""What stands in the store is compared with the audit, and what an insider wrote past it is named."""

# ruff: noqa: S608 - whoever tampers writes SQL by hand

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from storage_office import Office, filed, found_office

from bot.commands.compared import Compared, compared
from domain.lifecycle import Action, State
from domain.roles import Role
from services.audit import Walk
from services.standing import Difference, Said, _people
from storage.engine import Store
from storage.records import Case, CaseEvent
from storage.records.staffing import ProposalKind
from storage.tables.keys import key_check
from storage.vault import Vault
from storage.work import Work

WEEK = timedelta(days=7)


def settle(work: Work) -> None:
    """Officer 1 and reviewer 2, who stand in for each other, two settings, case 1 claimed, case 2 filed."""
    office = found_office(work)
    work.people.grant(office.reviewer, Role.AUDITOR, None, None)
    work.people.revoke(office.reviewer, Role.AUDITOR, None)
    work.people.bind("bale", 501, office.officer)
    work.people.bind("bale", 502, office.reviewer)
    work.people.bind("telegram", 502, office.officer)
    work.people.unbind("telegram", 502, office.officer)
    work.factors.put(office.reviewer, "pin", digest="digest")
    work.factors.note_event("pin_made", office.reviewer, by=office.reviewer)
    lent = work.staffing.add_substitution(office.officer, office.reviewer, work.now, work.now + WEEK)
    work.staffing.add_substitution(office.reviewer, office.officer, work.now, work.now + WEEK)
    work.staffing.end_substitution(lent.id, office.officer)
    work.settings.put("undo_minutes", 5, None)
    work.settings.put("undo_minutes", 10, None)
    work.settings.put("office_phone", "0213334444", None)
    propose(work, "invitation", office, token_hash="digest-1", role=Role.DIRECTOR)
    propose(work, "grant", office, person_id=office.reviewer, role=Role.AUDITOR)
    work.staffing.end_proposal(2, "confirmed", office.reviewer)
    propose(work, "grant", office, person_id=office.officer, role=Role.AUDITOR, outcome="alone")
    for code in ("A", "B"):
        case = filed(work, office, code)
        step(work, case, Action.SUBMIT, State.DRAFT, office.officer)
        if code == "A":
            moved = work.cases.move(case, state=State.IN_REVIEW, holder=office.reviewer)
            step(work, moved, Action.CLAIM, State.SUBMITTED, office.reviewer)


def propose(work: Work, kind: ProposalKind, office: Office, **given: Any) -> None:  # noqa: ANN401 - what `propose` takes
    work.staffing.propose(kind, name="نرگس", by=office.officer, expires_at=work.now + WEEK, **given)


def step(work: Work, case: Case, action: Action, before: State, person: int) -> None:
    role = Role.OFFICER if action == Action.SUBMIT else Role.REVIEWER
    work.cases.record(
        CaseEvent(case.id, work.now, action, before, case.state, case.version, person_id=person, role=role)
    )


def sql(statement: str) -> object:
    """As somebody who may do everything with the store, and has no key."""
    return lambda work: work._transaction.connection.execute(text(statement), {})  # noqa: SLF001


async def ask(store: Store, *statements: str) -> None:
    for statement in statements:
        await store.run(sql(statement))  # type: ignore[arg-type] # a unit


async def judged(store: Store) -> Compared:
    return await compared(store, Walk(), Said())


NOW = "(SELECT max(at) FROM audit)"
PAST: list[tuple[str, tuple[Difference, ...]]] = [
    ("UPDATE cases SET chat_id = 6", ()),
    (
        f"INSERT INTO grants (person_id, role, granted_at) VALUES (2, 'auditor', {NOW})",
        (("grant_unwritten", "auditor", 2),),
    ),
    (
        "UPDATE grants SET role = 'director', granted_at = 1 WHERE person_id = 2",
        (("grant_unwritten", "director", 2), ("grant_gone", "reviewer", 2)),
    ),
    (
        "INSERT INTO grants (person_id, role, granted_at) VALUES (2, 'auditor', 0)",
        (("grant_unwritten", "auditor", 2),),
    ),
    (
        "INSERT INTO accounts (platform, user_id, person_id, since) VALUES ('telegram', 666, 2, 0)",
        (("account_unwritten", "telegram", 2),),
    ),
    (
        "INSERT INTO factors (person_id, kind, pin, last_step, since) SELECT 1, kind, pin, 0, 0 FROM factors",
        (("factor", 1),),
    ),
    (
        (
            "INSERT INTO substitutions (person_id, substitute_id, begins_at, ends_at, made_at)"
            " VALUES (1, 2, 0, 9000000000000, 0)"
        ),
        (("substitution", 3, 2, 1),),
    ),
    ("UPDATE grant_proposals SET outcome = 'confirmed', ended_by = 2 WHERE id = 1", (("proposal", 1),)),
    ("UPDATE grant_proposals SET outcome = 'alone' WHERE id = 1", (("proposal", 1),)),
    ("UPDATE grant_proposals SET ended_by = 1 WHERE id = 2", (("proposal", 2),)),
    ("UPDATE grant_proposals SET outcome = 'confirmed', ended_by = 2 WHERE id = 3", (("proposal", 3),)),
    ("UPDATE grant_proposals SET token_hash = 'another' WHERE id = 1", (("proposal", 1),)),
    ("UPDATE grant_proposals SET role = 'director' WHERE id = 2", (("proposal", 2),)),
    ("UPDATE grant_proposals SET proposed_by = 2 WHERE id = 1", (("proposal", 1),)),
    ("DELETE FROM grant_proposals WHERE id = 3", (("proposal_gone", 3),)),
    (
        "UPDATE cases SET filed_at = 0, version = 9 WHERE id = 2",
        (("stands", "case", 2, "submitted", 9, "submitted", 1),),
    ),
    (
        "INSERT INTO office_settings (name, value, set_at) VALUES ('nudge_days', '3', 0)",
        (("setting_unwritten", "nudge_days"),),
    ),
    (
        "UPDATE cases SET state = 'agreed' WHERE id = 1",
        (("stands", "case", 1, "agreed", 2, "in_review", 2),),
    ),
    ("UPDATE accounts SET person_id = 1 WHERE user_id = 502", (("account_unwritten", "bale", 1),)),
    (
        "UPDATE accounts SET user_id = 666 WHERE person_id = 2",
        (("account_unwritten", "bale", 2), ("account_gone", "bale", 2)),
    ),
    ("DELETE FROM accounts WHERE user_id = 501", (("account_gone", "bale", 1),)),
    (
        f"INSERT INTO accounts (platform, user_id, person_id, since) VALUES ('telegram', 502, 1, {NOW})",
        (("account_unwritten", "telegram", 1),),
    ),
    ("UPDATE factors SET since = since - 60000", (("factor", 2),)),
    ("UPDATE factors SET dead_at = since", (("factor", 2),)),
    ("DELETE FROM factors", (("factor_gone", 2),)),
    ("UPDATE substitutions SET ends_at = ends_at + 1 WHERE id = 1", (("substitution", 1, 2, 1),)),
    ("UPDATE substitutions SET person_id = 1, substitute_id = 2 WHERE id = 2", (("substitution", 2, 2, 1),)),
    ("UPDATE cases SET version = 9 WHERE id = 2", (("stands", "case", 2, "submitted", 9, "submitted", 1),)),
    (
        "UPDATE case_events SET person_id = 1 WHERE case_id = 1 AND on_version = 2",
        (("steps", "case", 1, 2, 2),),
    ),
    ("DELETE FROM case_events WHERE case_id = 2", (("steps", "case", 2, 0, 1),)),
    ("UPDATE office_settings SET value = '7' WHERE id = 2", (("setting", "undo_minutes"),)),
    (
        "UPDATE office_settings SET value = '\"0219998888\"' WHERE name = 'office_phone'",
        (("setting", "office_phone"),),
    ),
    (
        f"INSERT INTO office_settings (name, value, set_at) VALUES ('nudge_days', '3', {NOW})",
        (("setting_unwritten", "nudge_days"),),
    ),
]


@pytest.mark.parametrize(("statement", "differences"), PAST, ids=[str(n) for n in range(len(PAST))])
async def test_what_was_written_past_the_audit_is_named(
    store: Store, statement: str, differences: tuple[Difference, ...]
) -> None:
    await store.run(settle)
    assert (await judged(store)).differences == ()
    await store.run(sql(statement))  # type: ignore[arg-type] # a unit
    assert (await judged(store)).differences == differences


async def test_what_older_notes_do_not_tell_is_no_false_alarm(store: Store) -> None:
    """Links were noted without a mark once, and substitutions without their moments."""
    await store.run(settle)
    said = Said()
    rows = await store.run(lambda work: work.audit.after(0))
    said.take(replace(row, codes=_older(row.codes)) for row in rows)
    stands = await store.run(lambda work: tuple(_people(work, said)))
    assert stands == ()
    await store.run(sql("UPDATE accounts SET platform = 'telegram' WHERE user_id = 502"))  # type: ignore[arg-type] # a unit
    assert await store.run(lambda work: tuple(_people(work, said))) == (("account_unwritten", "telegram", 2),)


def _older(codes: str) -> str:
    return json.dumps({name: each for name, each in json.loads(codes).items() if name not in NEWER})


NEWER = {"mark", "begins", "ends"}


async def older_store(url: str, vault: Vault) -> None:
    """As a release left it that had no audit, brought up to today's tables."""
    store = await Store.open(url, vault=vault)
    await store.run(settle)
    await ask(store, *EMPTY["sqlite" if url.startswith("sqlite") else "postgresql"])
    await ask(store, "DELETE FROM audit", "UPDATE audit_head SET number = 0, mac = ''")
    await store.run(with_the_older_word)
    await store.close()


EMPTY = {
    "sqlite": ("DROP TRIGGER audit_no_delete",),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER",),
}
FORGED = "INSERT INTO grants (person_id, role, granted_at) VALUES (1, 'director', 0)"
FOUND = (("grant_unwritten", "director", 1),)


def with_the_older_word(work: Work) -> None:
    word = work.vault.seal("key_check.sealed", "mohlat", 1)
    work._transaction.connection.execute(  # noqa: SLF001 - behind the store's back
        update(key_check).where(key_check.c.id == 1).values(sealed=word)
    )


async def test_what_stood_before_the_audit_is_written_down_at_the_upgrade_and_nothing_later(
    database_url: str, vault: Vault
) -> None:
    await older_store(database_url, vault)
    store = await Store.open(database_url, vault=vault)
    adopted = await judged(store)
    assert (adopted.walk.problem, adopted.differences) == (None, ())
    assert {row.cause for row in await store.run(lambda work: work.audit.after(0))} == {"upgrade:adopt"}
    await ask(store, FORGED)
    await store.run(with_the_older_word)
    await store.close()
    again = await Store.open(database_url, vault=vault)
    after = await judged(again)
    assert (after.walk.number, after.differences) == (adopted.walk.number, FOUND)
    await again.close()


async def test_nothing_is_ever_written_down_afterwards_in_a_store_that_began_with_its_audit(
    database_url: str, vault: Vault
) -> None:
    store = await Store.open(database_url, vault=vault)
    await store.run(settle)
    await ask(store, *EMPTY["sqlite" if database_url.startswith("sqlite") else "postgresql"], FORGED)
    await ask(store, "DELETE FROM audit", "UPDATE audit_head SET number = 0, mac = ''")
    await store.close()
    again = await Store.open(database_url, vault=vault)
    assert await again.run(lambda work: work.audit.after(0)) == ()
    assert FOUND[0] in (await judged(again)).differences
    await again.close()
