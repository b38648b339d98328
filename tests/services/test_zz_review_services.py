from datetime import timedelta
import pytest
from services_office import Clock, Office, at_once, ANSWERS
from domain.conditions import conditions_of
from domain.errors import NotYours
from domain.lifecycle import Action, State
from domain.roles import Actor, Grant, Role
from services import decisions, people, proposals, review, desk, files, missed, drafts, links
from services.drafts import PROPOSAL_FORM
from storage.records import OutboxState, Outgoing, Settled

MINUTE = timedelta(minutes=1)

async def test_a_taken_back_supersession_leaks_to_officer(office: Office, clock: Clock):
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    await office.do(review.agree, actor=reviewer, case_id=case.id)
    clock.move_on(11 * MINUTE)
    await office.do(review.carry_out)
    await office.do(review.supersede, actor=director, case_id=case.id, outcome=State.NOT_AGREED,
        reasons=("mistake.1",), note="محرمانه", refusal=("special_rule.1",))
    await office.do(review.take_back, actor=director, case_id=case.id)
    view = await office.do(proposals.own_case, officer, case.id)
    assert view.last_word.action == "agree" and view.last_word.note != "محرمانه", view.last_word

async def test_former_officer_reads_whole_case(office: Office):
    officer = await office.officer()
    case = await office.file(officer)
    await office.do(people.revoke, by=None, person_id=officer.person_id, role=Role.OFFICER)
    now = await office.look(lambda w: w.people.get(officer.person_id).actor)
    with pytest.raises(NotYours):
        await office.do(proposals.own_case, now, case.id)

async def test_former_officer_reads_files(office: Office):
    officer = await office.officer()
    kept = await office.do(files.keep, "a.pdf", "application/pdf", b"x")
    case = await office.file(officer, letter_scan=kept.id)
    await office.do(people.revoke, by=None, person_id=officer.person_id, role=Role.OFFICER)
    now = await office.look(lambda w: w.people.get(officer.person_id).actor)
    with pytest.raises(NotYours):
        await office.do(files.content_for, now, case.id, kept.id)

async def test_two_corrections_erase_a_file_that_a_version_names(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    a = await office.do(files.keep, "a.pdf", "application/pdf", b"a")
    b = await office.do(files.keep, "b.pdf", "application/pdf", b"b")
    filed = await office.file(officer, letter_scan=a.id)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, filed)
    def start(w, ids): return w.forms.start(PROPOSAL_FORM, 1, "bale", 1, officer.person_id, case.id, {"answers": {}, "files": {str(i): {"name": "x", "size": 1} for i in ids}})
    one = await office.look(lambda w: start(w, [b.id]))
    two = await office.look(lambda w: start(w, [a.id]))
    await office.do(proposals.resubmit, actor=officer, case_id=case.id, run=one, answers=ANSWERS | {"letter_scan": b.id})
    await office.do(drafts.give_up, two)
    assert (await office.look(lambda w: w.files.get(a.id))).id == a.id

async def test_director_is_told_of_missed_prompts(office: Office):
    director = await office.hire(Role.DIRECTOR, "مدیر")
    place = await office.chat(director, 71)
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(second_signature=True)
    case = await office.decided(officer, reviewer)
    assert case.state is State.AWAITING_SIGNATURE
    def unit(work):
        row = work.outbox.add(Outgoing(*place, 1, "sendMessage", {"text": "x"}, purpose=f"case:{case.id}:prompt:{case.version}"))
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])
    await office.look(unit)
    got = await office.do(missed.catch_up, platform=place[0], chat_id=place[1], person_id=director.person_id)
    assert got is not None

async def test_filer_who_is_reviewer_sees_pending(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.look(lambda w: w.people.grant(officer.person_id, Role.REVIEWER, None, None))
    both = await office.look(lambda w: w.people.get(officer.person_id).actor)
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    await office.do(review.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",), note="متن")
    view = await office.do(desk.view, both, case.id)
    assert view.pending is None

async def test_revoked_holder_leaves_the_case_stuck(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    other = await office.reviewer("دوم")
    case = await office.ready(officer, reviewer)
    await office.do(people.revoke, by=None, person_id=reviewer.person_id, role=Role.REVIEWER)
    got = await office.do(review.claim, actor=other, case_id=case.id)
    assert got.holder == other.person_id

async def test_revoked_holder_keeps_touching(office: Office, clock: Clock):
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    await office.do(people.revoke, by=None, person_id=reviewer.person_id, role=Role.REVIEWER)
    clock.move_on(60 * MINUTE)
    now = await office.look(lambda w: w.people.get(reviewer.person_id).actor)
    await office.do(desk.opened, now, case.id)
    assert (await office.look(lambda w: w.cases.get(case.id))).touched_at != clock.now

async def test_tick_moment_after_taken_back_supersession(office: Office, clock: Clock):
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    case = await office.ready(officer, reviewer)
    await office.do(review.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",))
    await office.set(undo_minutes=10)
    kw = dict(actor=director, case_id=case.id, outcome=State.AGREED, reasons=("mistake.1",), note="ن", conditions=conditions_of(case.kind))
    await office.do(review.supersede, **kw)
    await office.do(review.take_back, actor=director, case_id=case.id)
    clock.move_on(60*MINUTE)
    await office.do(review.supersede, **kw)
    clock.move_on(11*MINUTE)
    await office.do(review.carry_out)
    last = (await office.events(case))[-1]
    assert last.action == "agree"
    assert set(last.details["ticks"].values()) == {(clock.now - 11*MINUTE).isoformat()}, last.details
