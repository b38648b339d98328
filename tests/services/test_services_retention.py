"""Retention: what is due is erased to its skeleton, what is held back stays; a dry run says which before."""

from datetime import timedelta

import pytest
from services_complaints import STRANGERS_CHAT, answered, complain
from services_office import Office
from sqlalchemy import func, select

from domain.errors import NotYours
from domain.lifecycle import State
from domain.roles import Actor, Role
from services import audit, complaints, decisions, drafts, personal, refusals, retention, review, search
from services.cases import proposal_of
from services.errors import HoldUnfit
from services.people import STRANGER
from storage.errors import Erased, NotFound
from storage.records import Case
from storage.tables.filing import case_debts
from storage.work import Work


async def decided(office: Office, count: int = 1) -> tuple[Actor, list[Case]]:
    """So many cases, decided today."""
    officer, reviewer = await office.officer(), await office.reviewer()
    return officer, [await office.decided(officer, reviewer) for _ in range(count)]


async def erase_all(office: Office) -> list[tuple[int, int]]:
    """Every unit of the sweep until nothing is left."""
    done = []
    while any(some := await office.do(retention.erase_some)):
        done.append(some)
    return done


async def test_while_no_period_is_set_nothing_is_ever_erased(office: Office) -> None:
    await decided(office)
    office.clock.move_on(timedelta(days=36_500))
    plan = await office.do(retention.plan)
    assert (plan.subjects, plan.chats, set(plan.days.values())) == ((), 0, {None})
    assert await erase_all(office) == []


async def test_what_the_dry_run_lists_is_exactly_what_is_erased(office: Office) -> None:
    officer, (old, held) = await decided(office, 2)
    running = await office.file(officer)
    await office.set(keep_cases=30)
    await office.do(retention.hold, None, held.code, "نامه دادگاه")
    office.clock.move_on(timedelta(days=29))
    young = await office.decided(officer, await office.reviewer("نو"))
    office.clock.move_on(timedelta(days=1))
    listed = (await office.do(retention.plan)).subjects
    assert [one.code for one in listed] == [old.code]
    assert await erase_all(office) == [(1, 0)]
    left = {one.code: (await look(office, one)).erased for one in (old, held, running, young)}
    assert left == {old.code: True, held.code: False, running.code: False, young.code: False}
    assert (await office.do(retention.plan)).subjects == ()


async def look(office: Office, case: Case) -> Case:
    """The case as it stands."""
    return await office.look(lambda work: work.cases.get(case.id))


async def test_of_a_case_the_skeleton_stays_and_nothing_of_what_it_said(office: Office) -> None:
    officer, (case,) = await decided(office)
    before = await office.events(case)
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=1))
    await erase_all(office)
    after = await look(office, case)
    assert (after.code, after.state, after.proposal) == (case.code, State.AGREED, {})
    assert [(e.at, e.action, e.person_id) for e in await office.events(case)] == [
        (e.at, e.action, e.person_id) for e in before
    ]
    with pytest.raises(Erased):
        await office.look(lambda work: proposal_of(work.cases.get(case.id)))
    page = await office.do(search.find, actor=officer, typed="یوسفی", limit=9)
    assert page.total == 0
    assert (await office.do(search.find, actor=officer, typed=case.code, limit=9)).total == 1


async def test_no_digest_of_the_debt_outlives_the_case(office: Office) -> None:
    await decided(office)

    def digests(work: Work) -> object:
        counted = select(func.count()).select_from(case_debts)
        return work.filing._tx.connection.scalar(counted)  # noqa: SLF001 - nothing of the office reads it then

    assert await office.look(digests) == 1
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=1))
    await erase_all(office)
    assert await office.look(digests) == 0


async def test_a_draft_that_is_given_up_takes_its_key_with_it(office: Office) -> None:
    run = await office.draft(await office.officer())
    await office.do(drafts.give_up, run)
    with pytest.raises(Erased):
        await office.look(lambda work: work.keys.of_form(run.id))


async def test_a_correction_that_is_given_up_leaves_the_case_readable(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await office.file(officer)
    case = await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, case)
    run = await office.correction(officer, case)
    await office.do(drafts.give_up, run)
    assert (await look(office, case)).proposal == case.proposal


async def test_the_chain_of_the_audit_stays_whole_and_says_what_was_erased(office: Office) -> None:
    _, (case,) = await decided(office)
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=1))
    await erase_all(office)
    rows = await office.look(lambda work: work.audit.last(9, before=10**9, about=f"case:{case.id}"))
    assert rows[0].deed == "erased"
    walk = await office.look(lambda work: audit.follow(work, audit.Walk()))
    assert walk.problem is None


async def test_a_hold_has_a_reason_stands_once_and_is_lifted(office: Office) -> None:
    _, (case,) = await decided(office)
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=1))
    with pytest.raises(HoldUnfit, match="no_reason"):
        await office.do(retention.hold, None, case.code, " ")
    await office.do(retention.hold, None, case.code, "نامه دادگاه")
    with pytest.raises(HoldUnfit, match="held"):
        await office.do(retention.hold, None, case.code, "باز هم")
    held = await office.do(retention.held, None)
    assert [(one.why, code) for one, code in held] == [("نامه دادگاه", case.code)]
    assert await erase_all(office) == []
    await office.do(retention.lift, None, case.code)
    with pytest.raises(HoldUnfit, match="not_held"):
        await office.do(retention.lift, None, case.code)
    assert await erase_all(office) == [(1, 0)]
    with pytest.raises(HoldUnfit, match="erased"):
        await office.do(retention.hold, None, case.code, "دیر")


async def test_only_an_admin_and_the_keeper_hold_back(office: Office) -> None:
    officer, (case,) = await decided(office)
    admin = await office.hire(Role.ADMIN, "مدیر")
    for stranger in (officer, STRANGER):
        with pytest.raises(NotYours):
            await office.do(retention.hold, stranger, case.code, "دلیل")
    await office.do(retention.hold, admin, case.code, "دلیل")
    with pytest.raises(NotFound):
        await office.do(retention.lift, admin, "123456789012")


async def test_a_case_that_is_complained_of_waits_for_the_answer(office: Office) -> None:
    officer, (case,) = await decided(office)
    await complain(office, officer, case=case.code)
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=30))
    assert await erase_all(office) == []


async def test_a_refusal_that_is_being_reviewed_waits_for_the_review(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    await office.do(
        decisions.refuse, actor=reviewer, case_id=case.id, reasons=("other.1",), note="مدارک کافی نیست."
    )
    await office.do(refusals.ask, actor=officer, case_id=case.id, note="مدارک پیوست شده بود.")
    await office.set(keep_cases=1)
    office.clock.move_on(timedelta(days=30))
    assert (await office.do(retention.plan)).subjects == ()
    assert await erase_all(office) == []
    assert not (await look(office, case)).erased


async def test_a_closed_complaint_says_nothing_any_more_and_leads_to_nobody(office: Office) -> None:
    officer, handler = await office.officer(), await office.hire(Role.COMPLAINTS, "مسئول شکایات")
    complaint = await answered(office, handler, await complain(office, officer))
    complaint = await office.do(complaints.accept, actor=officer, complaint=complaint)
    await office.set(keep_complaints=10)
    office.clock.move_on(timedelta(days=10))
    assert await erase_all(office) == [(1, 0)]
    left = await office.look(lambda work: work.complaints.get(complaint.id))
    assert (left.code, left.text, left.files, left.person_id, left.chat_id) == (
        complaint.code,
        "",
        (),
        None,
        None,
    )
    events = await office.look(lambda work: work.complaints.events(complaint.id))
    assert {event.text for event in events} == {None}


async def test_of_an_ended_request_about_own_data_its_kind_and_moments_stay(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "مدیر"), await office.officer()
    here = ("bale", 71)

    def ask(work: Work) -> int:
        return personal.ask(work, officer, here, "correction", "نام من").id

    number = await office.do(ask)
    await office.do(personal.answer, admin, number, done=True, words="درست شد")
    open_one = await office.do(ask)
    await office.set(keep_requests=10)
    office.clock.move_on(timedelta(days=9))
    assert await erase_all(office) == []
    office.clock.move_on(timedelta(days=1))
    assert (await office.do(retention.plan)).requests == 1
    assert await erase_all(office) == [(1, 0)]
    found = {
        one.id: one
        for one in await office.look(lambda work: work.staffing.requests_of(officer.person_id, here))
    }
    assert (found[number].words, found[number].answer, found[number].outcome) == ("", "", "done")
    assert found[open_one].words == "نام من"
    assert (await office.do(retention.plan)).requests == 0


async def test_whoever_lists_what_is_due_or_held_back_leaves_a_look(office: Office) -> None:
    await office.do(retention.plan)
    await office.do(retention.held, None)

    def looks(work: Work) -> list[tuple[str, str]]:
        return [(row.deed, row.about) for row in work.audit.after(0, 1000) if row.deed == "list_seen"]

    assert await office.look(looks) == [("list_seen", "retention"), ("list_seen", "holds")]


async def test_a_stranger_who_was_long_silent_is_forgotten_and_one_who_waits_is_not(office: Office) -> None:
    for number in (71, 72, STRANGERS_CHAT):
        await office.chat(None, number)
    await complain(office, STRANGER)
    await office.set(keep_chats=5)
    office.clock.move_on(timedelta(days=5))
    await office.chat(None, 73)
    assert (await office.do(retention.plan)).chats == 2
    assert await erase_all(office) == [(0, 2)]

    def there(work: Work) -> list[bool]:
        return [work.chats.get("bale", number) is not None for number in (71, 72, 73, STRANGERS_CHAT)]

    assert await office.look(there) == [False, False, True, True]
