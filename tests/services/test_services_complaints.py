"""Complaints: codes of their own, nothing kept of the anonymous, and nobody judges in an own matter."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from services_complaints import (
    STRANGERS_CHAT,
    answered,
    begun,
    complain,
    sent,
)
from services_office import Office, at_once
from sqlalchemy import select

from domain.complaints import SENT_AN_HOUR, Action, State
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.roles import Actor, Role
from services import (
    complaint_acts,
    complaint_clocks,
    complaint_desk,
    complaint_traces,
    complaint_watch,
    complaints,
    desk,
    review,
)
from services.complaint_desk import Filter
from services.errors import Taken
from services.people import STRANGER
from services.tracking import Missed
from storage.errors import Stale
from storage.records.complaints import Complaint
from storage.tables import metadata
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASKER = ("bale", STRANGERS_CHAT)


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


# Sending


async def test_a_complaint_has_a_code_that_no_case_has_had(office: Office) -> None:
    case = await office.file(await office.officer())
    codes = iter([case.code, "100000000004"])

    def send(work: Work) -> Complaint:
        run = begun(work)
        return complaints.file(
            work,
            actor=STRANGER,
            run=run,
            answers={"kind": "comment", "category": "bot", "text": "خوب است."},
            secret_digest=None,
            sender=ASKER,
            chat_id=STRANGERS_CHAT,
            new_code=lambda: next(codes),
        ).complaint

    assert (await office.look(send)).code == "100000000004"


async def test_sending_the_same_form_again_gives_the_same_complaint(office: Office) -> None:
    run = await office.look(begun)
    filed = await office.look(lambda work: sent(work, run))
    again = await office.look(lambda work: sent(work, run))
    assert (filed.first_time, again.first_time) == (True, False)
    assert again.complaint == filed.complaint


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"text": "  "}, ("text",)),
        ({"category": "forms"}, ("category",)),
        ({"behalf": "other"}, ("behalf_name",)),
        ({"kind": "x", "category": "x"}, ("kind", "category")),
    ],
)
async def test_what_is_missing_is_named_and_the_form_stays(
    office: Office, changed: dict[str, object], missing: tuple[str, ...]
) -> None:
    run = await office.look(begun)
    with pytest.raises(Incomplete) as refused:
        await office.look(lambda work: sent(work, run, STRANGER, **changed))
    assert refused.value.missing == missing
    assert (await office.look(lambda work: sent(work, run))).first_time


async def test_nothing_in_the_store_leads_from_an_anonymous_complaint_to_its_sender(office: Office) -> None:
    officer = await office.officer()
    office.clock.move_on(timedelta(minutes=17, seconds=3))

    def send(work: Work) -> Complaint:
        work.chats.lock("bale", STRANGERS_CHAT, user_id=STRANGERS_CHAT, name="")
        file = work.files.add("x.pdf", "application/pdf", b"%PDF-1")
        run = begun(work, officer)
        return sent(work, run, officer, anonymous=True, files=[file.id]).complaint

    complaint = await office.look(send)
    moment = office.clock.now

    def rows(work: Work) -> list[tuple[str, dict[str, object]]]:
        connection = work._transaction.connection  # noqa: SLF001 - the whole store is looked through
        return [
            (table.name, dict(row._mapping))  # noqa: SLF001 - a row's public name for its mapping
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]

    found = await office.look(rows)
    of_complaint = [
        row for name, row in found if name.startswith("complaint") or name in {"forms", "files", "counters"}
    ]
    values = list(chain.from_iterable(row.values() for row in of_complaint))
    assert STRANGERS_CHAT not in values
    assert officer.person_id not in [row.get("person_id") for row in of_complaint]
    assert moment not in values, "the moment alone would lead to the messages of the chat"
    assert [row for name, row in found if name == "counters" and str(STRANGERS_CHAT) in str(row)] == []
    assert (complaint.person_id, complaint.platform, complaint.chat_id) == (None, None, None)


async def test_of_an_anonymous_complaint_the_tehran_hour_is_kept(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 24, 6, 34, 9, tzinfo=UTC)
    kept = (await complain(office, anonymous=True)).filed_at
    assert kept == datetime(2026, 11, 24, 6, 30, tzinfo=UTC), "ten o'clock in Tehran"


async def test_only_the_passcode_or_the_sender_opens_the_answer(office: Office) -> None:
    sara, other = await office.officer(), await office.officer("حسن یوسفی")
    own = await complain(office, sara)
    hidden = await complain(office, anonymous=True)
    account = await office.account(sara)
    assert complaints.is_owner(sara, account, own)
    assert not complaints.is_owner(other, account, own)
    assert not complaints.is_owner(STRANGER, ASKER, hidden)
    leave = await office.do(complaints.leave_of, hidden)
    assert await office.do(complaints.has_leave, hidden, leave)
    assert not await office.do(complaints.has_leave, hidden, "0" * 16)
    assert not await office.do(complaints.has_leave, own, await office.do(complaints.leave_of, own))


async def test_wrong_passcodes_are_counted_and_a_right_one_forgives(office: Office) -> None:
    hidden = await complain(office, anonymous=True)

    async def tries(*, right: bool) -> Complaint | Missed:
        tried = await office.do(complaints.passcode_prepare, asker=ASKER, code=hidden.code)
        if isinstance(tried, Missed):
            return tried
        return await office.do(complaints.passcode_finish, asker=ASKER, tried=tried, right=right)

    for _ in range(4):
        assert isinstance(await tries(right=False), Missed)
    assert await tries(right=True) == hidden
    for _ in range(5):
        await tries(right=False)
    waits = await tries(right=True)
    assert isinstance(waits, Missed)
    assert waits.blocked_until is not None


async def test_of_the_sixth_complaint_of_an_hour_officers_hear_with_others(office: Office) -> None:
    listed = [await complain(office) for _ in range(SENT_AN_HOUR + 2)]
    assert [each.batched for each in listed] == [False] * SENT_AN_HOUR + [True, True]
    assert await office.look(lambda work: work.complaints.take_batch()) == 2
    assert await office.look(lambda work: work.complaints.take_batch()) == 0
    office.clock.move_on(timedelta(hours=1, minutes=1))
    await office.do(complaint_traces.forget_senders)
    assert not (await complain(office)).batched


# Who handles it


async def test_everybody_in_the_log_of_the_case_is_kept_away(office: Office) -> None:
    sara, mina, holder = await office.officer(), await office.reviewer(), await office.reviewer("زهرا")
    noter = await office.hire(Role.DIRECTOR, "مدیر یادداشت‌نویس")
    case = await office.file(sara)
    await office.do(review.claim, actor=mina, case_id=case.id)
    await office.do(review.hand_over, actor=mina, case_id=case.id, to=holder.person_id or 0)
    await office.do(desk.add_note, actor=noter, case_id=case.id, note="بررسی شد.")
    free = await office.hire(Role.COMPLAINTS, "مسئول مستقل")

    def grant(work: Work) -> None:
        for actor in (sara, mina, holder, noter):
            work.people.grant(actor.person_id or 0, Role.COMPLAINTS, None, None)

    await office.look(grant)
    about = await complain(office, case=case.code)
    assert about.case_id == case.id
    assert await handlers(office, about) == ["مسئول مستقل"]
    for actor in (sara, mina, holder, noter):
        known = await person(office, actor)
        with pytest.raises(NotYours) as refused:
            await office.do(complaint_desk.claim, actor=known, complaint_id=about.id)
        assert refused.value.why == "not_independent"
        with pytest.raises(NotYours) as unseen:
            await office.do(complaint_desk.view, known, about.id)
        assert unseen.value.why == "not_independent"
    await office.do(complaint_desk.claim, actor=free, complaint_id=about.id)


async def test_without_an_independent_officer_it_is_a_directors_and_without_one_somebody_is_appointed(
    office: Office,
) -> None:
    sara, mina = await office.officer(), await office.reviewer()
    case = await office.file(sara)
    await office.do(review.claim, actor=mina, case_id=case.id)
    await office.look(lambda work: work.people.grant(mina.person_id or 0, Role.COMPLAINTS, None, None))
    about = await complain(office, case=case.code)
    assert await handlers(office, about) == []
    told = await office.do(complaint_watch.stranded)
    assert [(each.id, somebody) for each, somebody in told] == [(about.id, False)]
    assert await office.do(complaint_watch.stranded) == (), "the admins are told once"
    director = await office.hire(Role.DIRECTOR, "مدیر کل")
    assert await handlers(office, about) == ["مدیر کل"]
    told = await office.do(complaint_watch.stranded)
    assert [(each.id, somebody) for each, somebody in told] == [(about.id, True)]
    taken = await office.do(complaint_desk.claim, actor=director, complaint_id=about.id)
    assert taken.holder == director.person_id


async def test_whoever_gets_a_part_in_the_case_later_loses_the_complaint(office: Office) -> None:
    case = await office.file(await office.officer())
    both = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.look(lambda work: work.people.grant(both.person_id or 0, Role.REVIEWER, None, None))
    known = await person(office, both)
    about = await complain(office, case=case.code)
    await office.do(complaint_desk.claim, actor=known, complaint_id=about.id)
    await office.do(review.claim, actor=known, case_id=case.id)
    freed = await office.do(complaint_watch.free_unfit)
    assert [(each.state, holder) for each, holder in freed] == [(State.RECEIVED, both.person_id)]
    with pytest.raises(NotYours):
        await office.do(complaint_desk.claim, actor=known, complaint_id=about.id)


async def test_two_who_take_it_at_once_one_has_it(office: Office) -> None:
    officers = [await office.hire(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری")]
    about = await complain(office)
    came = await at_once(
        *(office.do(complaint_desk.claim, actor=actor, complaint_id=about.id) for actor in officers)
    )
    refused = [each for each in came if isinstance(each, Taken | Stale)]
    assert len(refused) == 1
    assert sum(isinstance(each, Complaint) for each in came) == 1


# Its course


async def test_the_objection_goes_to_another_person_and_its_answer_is_the_last(office: Office) -> None:
    first, second = [await office.hire(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری")]
    about = await answered(office, first, await complain(office))
    objected = await office.do(complaints.object_to, actor=STRANGER, complaint=about, text="پاسخ من نبود.")
    assert (objected.state, objected.holder) == (State.OBJECTED, None)
    assert await handlers(office, objected) == ["مینا نادری"]
    closed = await answered(office, second, objected, "mistake")
    assert closed.state is State.CLOSED
    with pytest.raises(NotAllowedNow):
        await office.do(complaints.object_to, actor=STRANGER, complaint=closed, text="باز هم نه.")


async def test_a_question_stops_the_clock_until_the_reply(office: Office) -> None:
    await office.set(complaint_target="3d")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    about = await complain(office)
    before = await office.do(complaint_clocks.due_of, about)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    asked = await office.do(complaint_desk.ask, actor=officer, complaint_id=about.id, question="چه روزی؟")
    stands = await office.do(complaint_clocks.due_of, asked)
    assert before is not None
    assert stands is not None
    assert stands.at is None
    office.clock.move_on(timedelta(days=7))
    replied = await office.do(complaints.reply, actor=STRANGER, complaint=asked, text="روز پنجم.")
    after = await office.do(complaint_clocks.due_of, replied)
    assert after is not None
    assert after.at is not None
    assert before.at is not None
    assert after.at - before.at >= timedelta(days=6)
    assert (await now(office, about)).holder == officer.person_id


async def test_a_missed_target_goes_up_once_and_the_sender_sees_it(office: Office) -> None:
    await office.set(complaint_target="1d")
    officer, director = (
        await office.hire(Role.COMPLAINTS, "لیلا احمدی"),
        await office.hire(Role.DIRECTOR, "مدیر کل"),
    )
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    assert await office.do(complaint_watch.escalate_due) == ()
    office.clock.move_on(timedelta(days=10))
    gone_up = await office.do(complaint_watch.escalate_due)
    assert [(each.id, holder) for each, holder in gone_up] == [(about.id, officer.person_id)]
    assert await office.do(complaint_watch.escalate_due) == ()
    up = await now(office, about)
    assert await handlers(office, up) == ["مدیر کل"]
    stage = await office.do(complaints.stage_of, up)
    assert [name for name, _ in stage.steps] == ["received", "in_hand", "escalated"]
    assert stage.escalated
    found = await office.do(complaint_desk.queue, director, Filter.OVERDUE)
    assert [row.complaint.id for row in found.rows] == [about.id]


async def test_without_a_target_nothing_is_due_and_nothing_goes_up(office: Office) -> None:
    await office.hire(Role.DIRECTOR, "مدیر کل")
    about = await complain(office)
    office.clock.move_on(timedelta(days=400))
    assert await office.do(complaint_clocks.due_of, about) is None
    assert await office.do(complaint_watch.escalate_due) == ()
    assert Filter.OVERDUE not in await office.do(complaint_desk.filters)


async def test_the_queue_has_what_is_due_first_first_and_hides_what_is_not_ones_own_to_judge(
    office: Office,
) -> None:
    await office.set(complaint_target="2d")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    own = await complain(office, officer)
    late = await complain(office)
    office.clock.move_on(timedelta(days=1))
    later = await complain(office, category="conduct")
    found = await office.do(complaint_desk.queue, officer)
    assert [row.complaint.id for row in found.rows] == [late.id, later.id]
    assert own.id not in [row.complaint.id for row in found.rows]
    await office.do(complaint_desk.claim, actor=officer, complaint_id=later.id)
    counts = (await office.do(complaint_desk.queue, officer, Filter.MINE)).counts
    assert (counts[Filter.OPEN], counts[Filter.MINE], counts[Filter.UNCLAIMED]) == (2, 1, 1)
    await answered(office, officer, later)
    assert (await office.do(complaint_desk.queue, officer, Filter.CLOSED)).total == 1


async def test_notes_are_the_desks_alone(office: Office) -> None:
    officer, other = await office.hire(Role.COMPLAINTS, "لیلا احمدی"), await office.officer()
    about = await complain(office, other)
    await office.do(complaint_desk.add_note, actor=officer, complaint_id=about.id, note="با واحد تماس گرفتم.")
    view = await office.do(complaint_desk.view, officer, about.id)
    assert [(note.author, note.text) for note in view.notes] == [("لیلا احمدی", "با واحد تماس گرفتم.")]
    assert await office.do(complaints.said, about) == ()
    with pytest.raises(NotYours):
        await office.do(complaint_desk.add_note, actor=other, complaint_id=about.id, note="من هم.")


async def test_a_card_that_has_changed_does_nothing(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    about = await complain(office)
    held = await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    with pytest.raises(Stale):
        await office.do(
            complaint_desk.release, actor=officer, complaint_id=about.id, version=held.version - 1
        )
    assert (await now(office, about)).state is State.IN_HAND


async def test_the_lessons_are_counted_by_month_and_cause(office: Office) -> None:
    officer: Actor = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    begin = office.clock.now
    for cause in ("delay", "conduct", "delay"):
        await answered(office, officer, await complain(office), cause)
    office.clock.move_on(timedelta(days=31))
    await answered(office, officer, await complain(office), "rules")
    found = await office.do(complaints.lessons, begin, office.clock.now + timedelta(days=1))
    assert [(row.year, row.month, row.cause, row.count) for row in found] == [
        (1405, 7, "delay", 2),
        (1405, 7, "conduct", 1),
        (1405, 8, "rules", 1),
    ]


async def test_every_step_is_kept_with_who_took_it(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    about = await answered(office, officer, await complain(office))
    await office.do(complaints.accept, actor=STRANGER, complaint=about)
    events = await office.look(lambda work: work.complaints.events(about.id))
    assert [(event.action, event.person_id) for event in events] == [
        (Action.SUBMIT, None),
        (Action.CLAIM, officer.person_id),
        (Action.ANSWER, officer.person_id),
        (Action.ACCEPT, None),
    ]
