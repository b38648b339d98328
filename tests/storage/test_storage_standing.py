"""What stands in the store is compared with the audit, and what an insider wrote past it is named."""

# ruff: noqa: S608 - whoever tampers writes SQL by hand

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from storage_office import filed, found_office

from bot.commands.compared import Compared, compared
from domain.lifecycle import Action, State
from domain.roles import Role
from services.audit import Walk
from services.standing import Difference, Said, _people
from storage.engine import Store
from storage.records import Case, CaseEvent
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
    for code in ("A", "B"):
        case = filed(work, office, code)
        step(work, case, Action.SUBMIT, State.DRAFT, office.officer)
        if code == "A":
            moved = work.cases.move(case, state=State.IN_REVIEW, holder=office.reviewer)
            step(work, moved, Action.CLAIM, State.SUBMITTED, office.reviewer)


def step(work: Work, case: Case, action: Action, before: State, person: int) -> None:
    role = Role.OFFICER if action == Action.SUBMIT else Role.REVIEWER
    work.cases.record(
        CaseEvent(case.id, work.now, action, before, case.state, case.version, person_id=person, role=role)
    )


def sql(statement: str) -> object:
    """As somebody who may do everything with the store, and has no key."""
    return lambda work: work._transaction.connection.execute(text(statement), {})  # noqa: SLF001


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
        (("grant_gone", "reviewer", 2),),
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
