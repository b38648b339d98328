"""An officer files, files again, corrects and takes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from services_office import ANSWERS, Clock, Office, at_once

from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.lifecycle import Action, State
from domain.proposal import Proposal
from domain.roles import Actor, Role
from persian.codes import parse_tracking_code
from services import decisions, drafts, proposals, review
from services.people import STRANGER
from services.proposals import Filed
from storage.errors import CodeTaken, NotFound, Stale
from storage.records import Case, CaseEvent, FormRun, FormStatus


async def file(office: Office, officer: Actor, run: FormRun, **changed: object) -> Filed:
    """«ارسال پیشنهاد», on this form."""
    return await office.do(
        proposals.file,
        actor=officer,
        run=run,
        answers=ANSWERS | changed,
        secret_digest="digest",
        platform="bale",
        chat_id=1,
    )


async def give_up(office: Office, run: FormRun) -> None:
    """«حذف» of a draft."""
    await office.look(lambda work: work.forms.finish(run.id, FormStatus.DROPPED))


async def returned(office: Office, officer: Actor, reviewer: Actor) -> Case:
    """A case sent back for correction."""
    case = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    return await office.do(
        decisions.return_for_correction,
        actor=reviewer,
        case_id=case.id,
        reasons=("marked.1",),
        note="شناسه را ببینید",
    )


async def test_an_officer_files_and_the_case_waits_to_be_reviewed(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    filed = await file(office, officer, run)
    case = filed.case
    assert filed.first_time
    assert parse_tracking_code(filed.code) == filed.code == case.code
    assert (case.state, case.version, case.holder, case.filed_by, case.agency_id, case.filed_at) == (
        State.SUBMITTED,
        1,
        None,
        officer.person_id,
        officer.agency_id,
        clock.now,
    )
    assert (case.platform, case.chat_id) == ("bale", 1)
    assert Proposal.model_validate(case.proposal).debtor_name == "رضا کریمی"
    sent = await office.look(lambda work: work.forms.get(run.id))
    assert sent is not None
    assert sent.status is FormStatus.SENT
    assert await office.look(lambda work: work.cases.events(case.id)) == (
        CaseEvent(
            case_id=case.id,
            at=clock.now,
            action=Action.SUBMIT,
            from_state=State.DRAFT,
            to_state=State.SUBMITTED,
            on_version=1,
            person_id=officer.person_id,
            role=Role.OFFICER,
        ),
    )


async def test_filing_again_gives_the_same_case(office: Office) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    first = await file(office, officer, run)
    again = await file(office, officer, run, amount=5_000_000)
    assert again == Filed(first.case, first.code, first_time=False)


async def test_twenty_presses_at_once_make_one_case(office: Office) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    came = await at_once(*(file(office, officer, run) for _ in range(20)))
    assert sorted(one.first_time for one in came) == [False] * 19 + [True]
    assert len({one.case.id for one in came}) == 1
    assert len({one.code for one in came}) == 1
    page = await office.do(proposals.mine, officer, limit=100)
    assert page.total == 1
    assert len(await office.look(lambda work: work.cases.events(came[0].case.id))) == 1


async def test_many_forms_at_once_are_as_many_cases_with_codes_of_their_own(office: Office) -> None:
    officer = await office.officer()
    runs = [await office.draft(officer) for _ in range(10)]
    came = await at_once(*(file(office, officer, run) for run in runs for _ in range(5)))
    assert len({one.code for one in came}) == len({one.case.id for one in came}) == 10


async def test_a_code_drawn_before_is_drawn_anew(office: Office) -> None:
    officer = await office.officer()
    taken = (await office.file(officer)).code
    run = await office.draft(officer)
    draws: Iterator[str] = iter([taken, taken, "123456789010"])
    filed = await office.do(
        proposals.file,
        actor=officer,
        run=run,
        answers=ANSWERS,
        secret_digest="digest",
        platform="bale",
        chat_id=1,
        new_code=lambda: next(draws),
    )
    assert filed.code == "123456789010"


async def test_a_source_of_codes_that_is_stuck_is_given_up_and_nothing_is_filed(office: Office) -> None:
    officer = await office.officer()
    taken = (await office.file(officer)).code
    run = await office.draft(officer)
    with pytest.raises(CodeTaken):
        await office.do(
            proposals.file,
            actor=officer,
            run=run,
            answers=ANSWERS,
            secret_digest="digest",
            platform="bale",
            chat_id=1,
            new_code=lambda: taken,
        )
    assert (await office.do(drafts.mine, officer))[0].id == run.id


async def test_an_incomplete_proposal_is_no_case_and_stays_a_draft(office: Office) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    with pytest.raises(Incomplete) as lacking:
        await file(office, officer, run, debtor_name=None, first_due="2026-09-30", letter_date="2026-10-02")
    assert lacking.value.missing == ("letter_date", "debtor_name", "first_due")
    assert [draft.id for draft in await office.do(drafts.mine, officer)] == [run.id]
    assert (await office.do(proposals.mine, officer, limit=8)).total == 0


async def test_today_is_the_day_in_tehran(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    clock.move_on(timedelta(hours=15))  # half past midnight of the second of October in Tehran
    assert (await file(office, officer, run, letter_date="2026-10-02")).first_time


async def test_only_an_officer_files_and_only_the_own_form(office: Office) -> None:
    officer, colleague = await office.officer(), await office.officer("زهرا")
    reviewer = await office.reviewer()
    run = await office.draft(officer)
    for other in (colleague, reviewer, STRANGER):
        with pytest.raises(NotYours):
            await file(office, other, run)
    without_role = replace(officer, grants=frozenset())
    with pytest.raises(NotYours):
        await file(office, without_role, run)


async def test_a_form_given_up_is_not_filed(office: Office) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    await give_up(office, run)
    with pytest.raises(Stale):
        await file(office, officer, run)


async def test_drafts_are_listed_newest_first_to_their_owner_only(office: Office, clock: Clock) -> None:
    officer, colleague = await office.officer(), await office.officer("زهرا")
    older = await office.draft(officer)
    clock.move_on(timedelta(minutes=1))
    newer = await office.draft(officer)
    clock.move_on(timedelta(minutes=1))
    saved = await office.look(lambda work: work.forms.save(older, data={"answers": {}}, title="رضا کریمی"))
    listed = await office.do(drafts.mine, officer)
    assert [(run.id, run.title, run.updated_at) for run in listed] == [
        (older.id, "رضا کریمی", clock.now),
        (newer.id, None, newer.updated_at),
    ]
    assert await office.do(drafts.mine, colleague) == ()
    assert await office.do(drafts.mine, STRANGER) == ()
    assert await office.do(drafts.open, officer, older.id, ("bale", 1)) == saved


async def test_somebody_elses_draft_cannot_be_opened(office: Office) -> None:
    officer, colleague = await office.officer(), await office.officer("زهرا")
    run = await office.draft(officer)
    missing = []
    for number in (run.id, run.id + 1):
        with pytest.raises(NotFound) as none:
            await office.do(drafts.open, colleague, number, ("bale", 1))
        missing.append(none.value.what)
    assert missing == ["form", "form"]


async def test_a_draft_sent_or_dropped_is_no_draft_any_more(office: Office) -> None:
    officer = await office.officer()
    run = await office.draft(officer)
    await give_up(office, run)
    with pytest.raises(NotFound):
        await office.do(drafts.open, officer, run.id, ("bale", 1))


async def test_the_filer_sees_the_case_its_stages_and_why_it_came_back(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await office.file(officer)
    clock.move_on(timedelta(hours=1))
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    clock.move_on(timedelta(hours=1))
    await office.do(
        decisions.return_for_correction,
        actor=reviewer,
        case_id=filed.id,
        reasons=("marked.1",),
        note="شناسه را ببینید",
    )
    view = await office.do(proposals.own_case, officer, filed.id)
    first = filed.filed_at
    assert view.steps == (
        ("submitted", first),
        ("in_review", first + timedelta(hours=1)),
        ("returned", first + timedelta(hours=2)),
    )
    assert (view.next_step, view.agency_name) == ("agency_corrects", "اداره کل راه")
    assert view.last_word is not None
    assert (view.last_word.reasons, view.last_word.note) == (("marked.1",), "شناسه را ببینید")
    assert view.actions == (Action.RESUBMIT, Action.WITHDRAW)
    assert sum(row.amount for row in view.plan.rows) == view.proposal.amount == 100_000_000


async def test_own_cases_are_for_their_filer_only_and_come_newest_first(office: Office) -> None:
    officer, colleague = await office.officer(), await office.officer("زهرا")
    cases = [await office.file(officer) for _ in range(5)]
    page = await office.do(proposals.mine, officer, limit=2, offset=2)
    assert ([case.id for case in page.cases], page.total) == ([cases[2].id, cases[1].id], 5)
    assert (await office.do(proposals.mine, colleague, limit=8)).total == 0
    with pytest.raises(NotYours):
        await office.do(proposals.mine, STRANGER, limit=8)
    for other in (colleague, STRANGER, await office.reviewer()):
        with pytest.raises(NotYours):
            await office.do(proposals.own_case, other, cases[0].id)


async def test_a_returned_proposal_is_corrected_and_waits_again(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    back = await returned(office, officer, reviewer)
    assert await office.do(proposals.to_correct, actor=officer, case_id=back.id) == back
    case = await office.correct(officer, back, national_id="0499370899")
    assert (case.state, case.holder, case.version) == (State.SUBMITTED, None, back.version + 1)
    assert (case.id, case.code) == (back.id, back.code)
    assert Proposal.model_validate(case.proposal).national_id == "0499370899"
    assert await office.look(lambda work: work.cases.get(case.id)) == case


async def test_a_second_press_on_a_correction_changes_nothing(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    back = await returned(office, officer, reviewer)
    run = await office.correction(officer, back)

    async def press() -> Case:
        return await office.do(proposals.resubmit, actor=officer, case_id=back.id, run=run, answers=ANSWERS)

    case = await press()
    assert await press() == case
    assert len(await office.look(lambda work: work.cases.events(case.id))) == case.version == 4


async def test_only_the_filer_corrects_only_what_was_returned_and_only_completely(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    colleague = await office.officer("زهرا")
    waiting, back = await office.file(officer), await returned(office, officer, reviewer)
    with pytest.raises(NotYours):
        await office.correct(colleague, back)
    with pytest.raises(NotYours):
        await office.do(proposals.to_correct, actor=colleague, case_id=back.id)
    with pytest.raises(NotAllowedNow):
        await office.correct(officer, waiting)
    with pytest.raises(Incomplete):
        await office.correct(officer, back, amount=None)
    other = await office.correction(officer, waiting)
    with pytest.raises(NotYours):
        await office.do(proposals.resubmit, actor=officer, case_id=back.id, run=other, answers=ANSWERS)
    assert await office.look(lambda work: work.cases.get(back.id)) == back


async def test_a_withdrawal_needs_a_reason_and_is_final(office: Office) -> None:
    officer, colleague = await office.officer(), await office.officer("زهرا")
    case = await office.file(officer)
    with pytest.raises(Incomplete):
        await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason=" ")
    with pytest.raises(NotYours):
        await office.do(proposals.withdraw, actor=colleague, case_id=case.id, reason="paid.1")
    gone = await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="paid.1")
    assert (gone.state, gone.holder, gone.decided_at) == (State.WITHDRAWN, None, None)
    with pytest.raises(NotAllowedNow):
        await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="paid.1")
    with pytest.raises(NotAllowedNow):
        await office.do(review.claim, actor=await office.reviewer(), case_id=case.id)


async def test_there_is_no_such_case(office: Office) -> None:
    officer = await office.officer()
    with pytest.raises(NotFound):
        await office.do(proposals.own_case, officer, 404)
