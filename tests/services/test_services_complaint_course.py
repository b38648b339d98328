"""Complaints that would be stuck, and those who had a part in what they are about."""

from datetime import timedelta

import pytest
from services_complaints import STRANGERS_CHAT, answered, complain
from services_office import Office

from domain.complaints import Action, State
from domain.errors import NotAllowedNow, NotYours
from domain.roles import Actor, Role
from services import complaint_acts, complaint_desk, complaint_watch, complaints, people, substitutes
from services.people import STRANGER
from storage.records.complaints import Complaint
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def handlers(office: Office, complaint: Complaint) -> list[str]:
    fit = await office.do(complaint_acts.handlers_of, complaint)
    return [actor.name for actor in fit]


async def person(office: Office, actor: Actor) -> Actor:
    """Somebody with the roles of this moment."""
    found = await office.look(lambda work: work.people.get(actor.person_id or 0))
    assert found is not None
    return found.actor


async def now(office: Office, complaint: Complaint) -> Complaint:
    return await office.look(lambda work: work.complaints.get(complaint.id))


async def asked(office: Office, officer: Actor) -> Complaint:
    """A complaint whose sender was asked something."""
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    return await office.do(complaint_desk.ask, actor=officer, complaint_id=about.id, question="چه روزی؟")


async def test_who_never_gets_a_reply_goes_on_without_it_and_the_target_counts_again(office: Office) -> None:
    await office.set(complaint_target="1d")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    director = await office.hire(Role.DIRECTOR, "مدیر کل")
    about = await asked(office, officer)
    office.clock.move_on(timedelta(days=200))
    assert await office.do(complaint_watch.escalate_due) == ()
    assert (await office.do(complaint_desk.view, director, about.id)).actions == (Action.RESUME,)
    held = await office.do(complaint_desk.resume, actor=officer, complaint_id=about.id)
    assert (held.state, held.holder) == (State.IN_HAND, officer.person_id)
    office.clock.move_on(timedelta(days=9))
    assert (await office.do(complaint_desk.view, officer, about.id)).overdue
    assert [each.id for each, _ in await office.do(complaint_watch.escalate_due)] == [about.id]


async def test_a_reply_is_taken_whoever_holds_the_complaint_by_then(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    other = await office.hire(Role.COMPLAINTS, "مینا نادری")
    about = await asked(office, officer)
    await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.COMPLAINTS)
    await office.do(complaint_watch.free_unfit)
    freed = await now(office, about)
    replied = await office.do(complaints.reply, actor=STRANGER, complaint=freed, text="روز پنجم.")
    assert (replied.state, replied.holder) == (State.RECEIVED, None)
    await office.do(complaint_desk.claim, actor=other, complaint_id=about.id)
    seen = await office.do(complaint_desk.view, other, about.id)
    assert [event.text for event in seen.said] == ["چه روزی؟", "روز پنجم."]
    with pytest.raises(NotAllowedNow):
        await office.do(complaints.reply, actor=STRANGER, complaint=seen.complaint, text="و ششم.")


async def test_a_complaint_about_a_complaint_is_not_for_who_handled_that_one(office: Office) -> None:
    first, second, third = [
        await office.hire(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری", "زهرا کریمی")
    ]
    about = await answered(office, first, await complain(office))
    again = await complain(office, text="لیلا درست رسیدگی نکرد.", case=about.code)
    assert await handlers(office, again) == ["مینا نادری", "زهرا کریمی"]
    assert (await office.do(complaint_desk.view, second, again.id)).about == "complaint"
    await office.do(complaint_desk.claim, actor=second, complaint_id=again.id)
    of_both = await complain(office, text="این هم درست نبود.", case=again.code)
    assert await handlers(office, of_both) == ["زهرا کریمی"]
    await office.do(complaint_desk.claim, actor=third, complaint_id=of_both.id)


async def test_who_complained_before_joining_the_office_does_not_handle_it(office: Office) -> None:
    own = await complain(office)
    invited = await office.do(people.invite, by=None, role=Role.COMPLAINTS, name="لیلا احمدی")
    joined = await office.do(people.join, platform="bale", user_id=STRANGERS_CHAT, token=invited.token)
    with pytest.raises(NotYours) as refused:
        await office.do(complaint_desk.claim, actor=joined.person.actor, complaint_id=own.id)
    assert refused.value.why == "not_independent"


async def test_who_stands_in_for_the_one_who_answered_sees_nothing_of_the_objection(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    stands_in = await office.reviewer()
    about = await answered(office, officer, await complain(office))
    await office.do(complaints.object_to, actor=STRANGER, complaint=about, text="پاسخ من نبود.")
    today = office.clock.now.date()
    await office.do(
        substitutes.appoint,
        by=officer,
        substitute_id=stands_in.person_id or 0,
        first_day=today,
        last_day=today + timedelta(days=3),
    )
    known = await person(office, stands_in)
    assert known.has(Role.COMPLAINTS)
    with pytest.raises(NotYours) as refused:
        await office.do(complaint_desk.view, known, about.id)
    assert refused.value.why == "not_independent"


async def test_who_stands_in_finds_the_complaint_of_the_absent_one_under_their_own(office: Office) -> None:
    officer, reviewer = await office.hire(Role.COMPLAINTS, "لیلا احمدی"), await office.reviewer()
    about = await complain(office)
    held = await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    await stand_in(office, officer, reviewer)
    known = await person(office, reviewer)
    mine = await office.do(complaint_desk.queue, known, complaint_desk.Filter.MINE)
    assert [row.complaint.id for row in mine.rows] == [about.id]
    lies = await office.do(complaint_acts.keepers_of, held, officer.person_id)
    assert [actor.name for actor in lies] == ["لیلا احمدی", "مینا صادقی"]


async def test_who_stands_in_and_had_a_part_in_it_hears_nothing_of_the_complaint(office: Office) -> None:
    officer, reviewer = await office.hire(Role.COMPLAINTS, "لیلا احمدی"), await office.reviewer()
    case = await office.decided(await office.officer(), reviewer)
    about = await complain(office, case=case.code)
    held = await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    await stand_in(office, officer, reviewer)
    lies = await office.do(complaint_acts.keepers_of, held, officer.person_id)
    assert [actor.name for actor in lies] == ["لیلا احمدی"]


async def stand_in(office: Office, absent: Actor, colleague: Actor) -> None:
    """A colleague stands in from today on."""
    today = office.clock.now.date()
    await office.do(
        substitutes.appoint,
        by=absent,
        substitute_id=colleague.person_id or 0,
        first_day=today,
        last_day=today + timedelta(days=20),
    )


async def test_a_holder_behind_two_hundred_others_loses_the_complaint_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complaint_watch, "AT_ONCE", 1)
    officers = [await office.hire(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری")]
    for officer in officers:
        about = await complain(office)
        await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    await office.do(people.revoke, by=None, person_id=officers[1].person_id or 0, role=Role.COMPLAINTS)
    freed = await office.do(complaint_watch.free_unfit)
    assert [holder for _, holder in freed] == [officers[1].person_id]


async def test_the_target_of_an_objection_goes_up_as_the_first_did(office: Office) -> None:
    await office.set(complaint_target="1d")
    director = await office.hire(Role.DIRECTOR, "مدیر یک")
    await office.hire(Role.DIRECTOR, "مدیر دو")
    about = await complain(office)
    office.clock.move_on(timedelta(days=9))
    assert len(await office.do(complaint_watch.escalate_due)) == 1
    done = await answered(office, director, await now(office, about))
    await office.do(complaints.object_to, actor=STRANGER, complaint=done, text="پاسخ من نبود.")
    assert await office.do(complaint_watch.escalate_due) == ()
    office.clock.move_on(timedelta(days=9))
    assert len(await office.do(complaint_watch.escalate_due)) == 1
    assert await office.do(complaint_watch.escalate_due) == ()
    assert await handlers(office, await now(office, about)) == ["مدیر دو"]


async def test_the_steps_of_an_anonymous_one_never_run_backwards(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    hidden = await complain(office, anonymous=True)
    office.clock.move_on(timedelta(minutes=40))
    about = await answered(office, officer, hidden)
    office.clock.move_on(timedelta(minutes=10))
    moment = office.clock.now
    done = await office.do(complaints.object_to, actor=STRANGER, complaint=about, text="پاسخ من نبود.")
    steps = (await office.do(complaints.stage_of, done)).steps
    assert [at for _, at in steps] == sorted(at for _, at in steps)
    assert moment not in [at for _, at in steps]


async def test_the_queue_asks_no_more_of_the_store_the_longer_it_is(office: Office) -> None:
    await office.set(complaint_target="1d")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")

    def count(work: Work) -> int:
        statements: list[str] = []
        connection = work._transaction.connection._connection  # noqa: SLF001 - behind the store
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
        complaint_desk.queue(work, officer)
        complaint_watch.escalate_due(work)
        complaint_watch.stranded(work)
        raw.set_trace_callback(None)
        return len(statements)

    await complain(office)
    assert (short := await office.look(count)) > 0
    for _ in range(5):
        await complain(office)
    assert await office.look(count) == short
