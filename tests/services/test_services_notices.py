"""Who a notice reaches, and that what became of it always sums to its audience."""

import asyncio
import contextlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services_office import Clock, Office

from bot import notice_view
from bot.broadcast import broadcast
from bot.office import Office as Wiring
from bot.platforms import PLATFORMS
from domain.audience import Audience
from domain.roles import Actor, Role
from services import audience, notice_desk, notices, people, sending
from services.errors import AudienceEmpty, NoOtherAdmin, NoticeChanged, OwnNotice
from services.sending import Tally
from storage.engine import Store
from storage.records import Claimed, OutboxState, Outcome, Settled
from storage.records.notices import Change, CopyState, Notice, NoticeState
from storage.settling import REVIVABLE, UNKNOWN
from storage.vault import Vault
from storage.work import Work

WIRING = Wiring(PLATFORMS)
EVERYONE = Audience(everyone=True)
NEWS = {"text": "خبر", "service": False}
HERE = frozenset(PLATFORMS)


def meet(work: Work, chat_id: int, platform: str = "bale") -> None:
    """Somebody writes to the bot."""
    work.chats.lock(platform, chat_id, user_id=chat_id, name="")


def known(work: Work, name: str, *chats: tuple[str, int]) -> int:
    """A person with these chats."""
    person = work.people.add(name)
    for platform, chat_id in chats:
        work.people.bind(platform, chat_id, person.id)
        meet(work, chat_id, platform)
    return person.id


def announced(work: Work, meant: Audience = EVERYONE, *, service: bool = True) -> int:
    """A notice to this audience that may go out at any hour."""
    about, content = notices.WRITTEN, {**NEWS, "service": service}
    return notices.announce(
        work, about=about, content=content, audience=meant, by=None, service=service, urgent=True
    )


# Audiences


async def test_rules_add_up_and_whoever_several_name_is_counted_once(office: Office) -> None:
    officer, other = await office.officer(), await office.officer("علی رضایی", "دانشگاه تبریز")
    reviewer = await office.reviewer()
    await office.file(officer)
    await office.draft(other)

    def look(work: Work) -> None:
        for actor, chat_id in ((officer, 1), (other, 2), (reviewer, 3)):
            work.people.bind("bale", chat_id, actor.person_id or 0)
            meet(work, chat_id)
        meet(work, 9)
        work.chats.lock("bale", -5, user_id=0, name="")
        agency = officer.agency_id or 0

        def of(meant: Audience) -> list[tuple[int | None, tuple[str, int] | None]]:
            found = audience.recipients(work, meant)
            return sorted(((one.person_id, one.place) for one in found), key=repr)

        first, second, third = (
            (actor.person_id, ("bale", n)) for n, actor in enumerate((officer, other, reviewer), 1)
        )
        assert of(Audience.of_roles(Role.OFFICER)) == [first, second]
        assert of(Audience(agencies=frozenset({agency}))) == [first]
        assert of(Audience(open_cases=True)) == [first]
        assert of(Audience(open_drafts=True)) == [second]
        both = Audience(roles=frozenset({Role.REVIEWER, Role.OFFICER}), open_cases=True, open_drafts=True)
        assert of(both) == [first, second, third]
        assert of(EVERYONE) == [first, second, third, (None, ("bale", 9))]
        assert audience.count(work, both, service=True, platforms=HERE) == audience.Count(3, 3, 0)

    await office.look(look)


async def test_whoever_lost_the_role_is_not_in_its_audience(office: Office) -> None:
    officer = await office.officer()
    await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.OFFICER)
    meant = Audience(roles=frozenset({Role.OFFICER}), agencies=frozenset({officer.agency_id or 0}))
    assert await office.do(audience.recipients, meant) == ()


async def test_who_comes_later_is_not_told_and_two_messengers_are_one_person(office: Office) -> None:
    def story(work: Work) -> Tally:
        known(work, "زهرا احمدی", ("bale", 1), ("telegram", 2))
        number = announced(work)
        meet(work, 7)
        known(work, "علی رضایی", ("bale", 3))
        return sending.tally(work, number)

    assert await office.look(story) == Tally(0, 0, 0, 0, 1)


async def test_news_is_not_for_whoever_switched_it_off_service_notices_are(office: Office) -> None:
    def story(work: Work) -> None:
        known(work, "زهرا احمدی", ("bale", 1), ("telegram", 2))
        meet(work, 9)
        work.notices.switch_news([("telegram", 2), ("bale", 9)], on=False)
        assert audience.count(work, EVERYONE, service=False, platforms=HERE) == audience.Count(0, 0, 2)
        assert sending.tally(work, announced(work, service=False)).audience == 0
        assert sending.tally(work, announced(work)).audience == 2
        work.notices.switch_news([("bale", 9)], on=True)
        assert sending.tally(work, announced(work, service=False)).audience == 1

    await office.look(story)


async def test_whoever_switches_news_off_while_it_is_being_sent_gets_none(office: Office) -> None:
    def story(work: Work) -> Tally:
        meet(work, 1)
        number = announced(work, service=False)
        work.notices.switch_news([("bale", 1)], on=False)
        broadcast(work, WIRING)
        assert work.outbox.waiting("bale") == 0
        return sending.tally(work, number)

    assert await office.look(story) == Tally(0, 0, 0, 1, 0)


async def test_a_person_without_any_chat_counts_as_out_of_reach(office: Office) -> None:
    await office.officer()
    number = await office.do(announced, Audience.of_roles(Role.OFFICER))
    assert await office.do(sending.tally, number) == Tally(0, 1, 0, 0, 0)


# Confirming


async def admins(office: Office, count: int) -> list[Actor]:
    return [await office.hire(Role.ADMIN, f"مدیر {n}") for n in range(count)]


async def draft(office: Office, admin: Actor, meant: Audience = EVERYONE) -> int:
    notice = await office.do(
        notice_desk.draft, admin, text="متن", audience=meant, service=False, urgent=False
    )
    return notice.id


async def test_everyone_needs_two_admins_for_the_very_version_that_goes_out(office: Office) -> None:
    first, second = await admins(office, 2)
    number = await draft(office, first)
    assert await office.do(notice_desk.confirm, first, number, 1) == "awaits"
    with pytest.raises(OwnNotice):
        await office.do(notice_desk.second, first, number, 1)
    await office.do(notice_desk.edit, second, number, text="متن دیگر")
    for stale in (1, 2, 3):
        with pytest.raises(NoticeChanged):
            await office.do(notice_desk.second, second, number, stale)
    assert await office.do(notice_desk.confirm, first, number, 2) == "awaits"
    await office.do(notice_desk.second, second, number, 2)
    with pytest.raises(NoticeChanged):
        await office.do(notice_desk.second, second, number, 2)
    assert (await office.do(sending.tally, number)).audience == 2


async def test_the_only_admin_cannot_write_to_everyone(office: Office) -> None:
    (admin,) = await admins(office, 1)
    number = await draft(office, admin)
    with pytest.raises(NoOtherAdmin):
        await office.do(notice_desk.confirm, admin, number, 1)


async def test_a_first_confirmation_is_worth_nothing_once_its_admin_is_none_any_more(office: Office) -> None:
    first, second = await admins(office, 2)
    number = await draft(office, first)
    await office.do(notice_desk.confirm, first, number, 1)
    await office.do(people.revoke, by=None, person_id=first.person_id or 0, role=Role.ADMIN)
    with pytest.raises(NoticeChanged):
        await office.do(notice_desk.second, second, number, 1)


async def test_where_the_first_admin_is_none_any_more_another_becomes_the_first(office: Office) -> None:
    first, second, third = await admins(office, 3)
    number = await draft(office, first)
    await office.do(notice_desk.confirm, first, number, 1)
    await office.do(people.revoke, by=None, person_id=first.person_id or 0, role=Role.ADMIN)
    assert await offered(office, number, second) == ["تأیید و ارسال"]
    assert await office.do(notice_desk.confirm, second, number, 1) == "awaits"
    assert await offered(office, number, second) == []
    assert await offered(office, number, third) == ["تأیید دوم و ارسال"]
    await office.do(notice_desk.second, third, number, 1)
    assert (await office.do(sending.tally, number)).audience == 3


async def offered(office: Office, number: int, admin: Actor) -> list[str]:
    """The confirmations that this admin's card offers."""

    def look(work: Work) -> list[str]:
        drawn = notice_view.card(work, WIRING, work.notices.get(number), admin.person_id)
        return [key.label for row in drawn.rows for key in row if "تأیید" in key.label]

    return await office.look(look)


async def test_a_rewritten_draft_is_not_dropped_by_an_old_answer(office: Office) -> None:
    first, second = await admins(office, 2)
    number = await draft(office, first)
    await office.do(notice_desk.edit, second, number, text="متن دیگر")
    with pytest.raises(NoticeChanged):
        await office.do(notice_desk.drop, first, number, 1)
    await office.do(notice_desk.drop, first, number, 2)
    assert await office.look(lambda work: work.notices.get(number).state) is NoticeState.DROPPED


async def test_a_corrected_notice_is_not_ended_by_an_old_answer(office: Office) -> None:
    (admin,) = await admins(office, 1)
    number = await office.look(announced)
    await office.do(notices.revise, number, {**NEWS, "text": "متن دیگر"}, push=None)
    with pytest.raises(NoticeChanged):
        await office.do(notice_desk.stop, admin, number, 1)
    await office.do(notice_desk.stop, admin, number, 2)


async def test_the_parts_of_a_correction_are_all_that_was_sent(office: Office) -> None:
    def people_at(work: Work) -> int:
        for chat_id in range(1, 301):
            meet(work, chat_id)
        return announced(work)

    number = await office.look(people_at)

    def notice(work: Work) -> Notice:
        return work.notices.get(number)

    async def sweep_and_deliver() -> dict[Change, int]:
        await office.look(lambda work: broadcast(work, WIRING))
        await office.look(_deliver_all)
        return await office.look(lambda work: work.notices.changes(notice(work)))

    while await office.look(lambda work: notice(work).state) is not NoticeState.DONE:
        assert await sweep_and_deliver() == {}
    for _ in range(2):
        await office.do(notices.revise, number, {**NEWS, "text": "متن دیگر"}, push=None)
        assert await office.look(lambda work: work.notices.changes(notice(work))) == {Change.QUEUED: 300}
        assert sum((await sweep_and_deliver()).values()) == 300
        while await office.look(lambda work: notice(work).state) is not NoticeState.DONE:
            await sweep_and_deliver()
        assert await office.look(lambda work: work.notices.changes(notice(work))) == {Change.DONE: 300}


def _deliver_all(work: Work) -> None:
    while rows := work.outbox.claim("bale", 400, ()):
        work.outbox.settle([_settled(row, SENT) for row in rows])


async def test_a_card_drawn_before_the_clock_was_set_back_is_drawn_again(office: Office) -> None:
    def sweep(work: Work) -> str | None:
        broadcast(work, WIRING)
        return work.notices.get(number).card

    def deliver_one(work: Work) -> None:
        [row] = work.outbox.claim("bale", 1, ())
        work.outbox.settle([_settled(row, SENT)])

    await office.look(lambda work: meet(work, 1))
    await office.look(lambda work: meet(work, 2))
    number = await office.look(announced)
    before = await office.look(sweep)
    await office.look(deliver_one)
    assert await office.look(sweep) == before, "not so soon"
    office.clock.move_on(-timedelta(days=1))
    assert await office.look(sweep) == str(Tally(1, 0, 0, 0, 1)) + " []"


async def test_an_audience_of_nobody_is_refused(office: Office) -> None:
    (admin,) = await admins(office, 1)
    number = await draft(office, admin, Audience.of_roles(Role.AUDITOR))
    with pytest.raises(AudienceEmpty):
        await office.do(notice_desk.confirm, admin, number, 1)
    assert await office.look(lambda work: work.notices.get(number).state) is NoticeState.DRAFT


async def test_at_night_only_what_is_urgent_goes_out(office: Office) -> None:
    def story(work: Work) -> tuple[bool, bool]:
        meet(work, 1)
        content, about = {**NEWS, "service": True}, notices.WRITTEN
        number = notices.announce(
            work, about=about, content=content, audience=EVERYONE, by=None, service=True
        )
        broadcast(work, WIRING)
        went = work.outbox.waiting("bale") == 1
        notice = work.notices.get(number)
        return went, sending.may_begin(work, notice)

    office.clock.move_on(timedelta(hours=13))
    assert await office.look(story) == (False, False)
    office.clock.move_on(timedelta(days=1, hours=11))  # Saturday morning
    assert await office.look(lambda work: broadcast(work, WIRING) or work.outbox.waiting("bale")) == 1


# Whatever happens, the parts are the whole

SENT, GONE, REFUSED, LOST, CUT = "sent", "unreachable", "refused", "unknown", "no_connection"
outcomes = st.lists(st.sampled_from([SENT, SENT, SENT, GONE, REFUSED, LOST, CUT, "hangs"]), max_size=6)
steps = st.lists(
    st.one_of(
        st.just("sweep"),
        st.just("sweep"),
        outcomes,
        outcomes,
        st.sampled_from(["kill", "pause", "resume", "stop", "revise", "recall"]),
    ),
    max_size=25,
)
MADE: dict[str, tuple[Outcome, str | None]] = {
    SENT: (OutboxState.SENT, None),
    GONE: (OutboxState.UNREACHABLE, "403"),
    REFUSED: (OutboxState.FAILED, "400"),
    LOST: (OutboxState.FAILED, UNKNOWN),
    CUT: (OutboxState.FAILED, REVIVABLE),
}


class Life:
    """One notice to everybody, a messenger that does as it is told, and what the messenger has seen."""

    def __init__(self, office: Office, admin: Actor, number: int) -> None:
        self.office, self.admin, self.number = office, admin, number
        self.accepted: set[str] = set()

    async def does(self, step: str | list[str]) -> None:
        if isinstance(step, list):
            await self.office.look(lambda work: self.deliver(work, step))
        elif step == "sweep":
            await self.office.look(lambda work: broadcast(work, WIRING))
        elif step == "kill":
            await self.office.look(lambda work: [work.outbox.recover(name) for name in PLATFORMS])
        else:
            with contextlib.suppress(NoticeChanged):
                await self.office.look(lambda work: self.act(work, step))

    def act(self, work: Work, verb: str) -> None:
        if verb == "revise":
            notices.revise(work, self.number, {**NEWS, "text": "متن تازه"}, push=None)
        elif verb == "recall":
            notices.recall(work, self.number)
        elif verb == "stop":
            notice_desk.stop(work, self.admin, self.number, work.notices.get(self.number).version)
        else:
            getattr(notice_desk, verb)(work, self.admin, self.number)

    def deliver(self, work: Work, planned: list[str]) -> None:
        """Post the heads of the chats with these outcomes; one that hangs stays as being sent."""
        rows = [row for name in PLATFORMS for row in work.outbox.claim(name, len(planned), ())]
        pairs = [(row, made) for row, made in zip(rows, planned, strict=False) if made != "hangs"]
        self.accepted |= {row.purpose or "" for row, made in pairs if made == SENT}
        work.outbox.settle([_settled(row, made) for row, made in pairs])

    async def finishes(self) -> None:
        """The messenger is well again, and everybody waits until nothing is left to do."""
        for _ in range(40):
            for step in ("kill", "resume", "sweep", [SENT] * 50):
                await self.does(step)
            await self.office.look(lambda work: [work.outbox.revive(name) for name in PLATFORMS])
            if await self.office.look(lambda work: work.notices.get(self.number).state) is NoticeState.DONE:
                return


def _settled(row: Claimed, made: str) -> Settled:
    state, problem = MADE[made]
    message_id = row.id if made == SENT and row.method == "sendMessage" else row.params.get("message_id")
    return Settled(row.id, state, message_id=message_id, problem=problem)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_the_parts_sum_to_the_audience_whatever_happens(
    steps: list[str | list[str]],
    sqlite_template: Path,
    tmp_path: Path,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So few at a time that pauses, ends and recalls find some waiting.
    monkeypatch.setattr(sending, "BATCH", 3)
    monkeypatch.setattr(sending, "AHEAD", 4)
    shutil.copy(sqlite_template, tmp_path / "life.db")
    asyncio.run(_live(f"sqlite:///{tmp_path / 'life.db'}", vault, steps))


async def _live(url: str, vault: Vault, steps: list[str | list[str]]) -> None:
    clock = Clock()
    store = await Store.open(url, vault=vault, clock=clock)
    try:
        life = Life(Office(store, clock), *await store.run(_people))
        for step in steps:
            await life.does(step)
            assert (await store.run(lambda work: sending.tally(work, life.number))).audience == AUDIENCE
        await life.finishes()
        await store.run(lambda work: _judge(work, life))
    finally:
        await store.close()


AUDIENCE = 11


def _people(work: Work) -> tuple[Actor, int]:
    for chat_id in range(10, 16):
        meet(work, chat_id, "telegram" if chat_id % 2 else "bale")
    for n in range(4):
        known(work, f"شخص {n}", ("bale", 20 + n), ("telegram", 30 + n))
    admin = work.people.add("مدیر")
    work.people.grant(admin.id, Role.ADMIN, None, None)
    found = work.people.get(admin.id)
    assert found is not None
    return found.actor, announced(work)


def _judge(work: Work, life: Life) -> None:
    counts = sending.tally(work, life.number)
    notice = work.notices.get(life.number)
    assert (counts.audience, counts.waiting, notice.state) == (AUDIENCE, 0, NoticeState.DONE)
    everybody = f"notice:{life.number}:"
    copies = {key for key in life.accepted if key.startswith(everybody) and key.count(":") == 2}
    assert counts.sent == len(copies)
    assert Change.QUEUED not in work.notices.changes(notice)
    if notice.stopped_at is None and notice.recalled_at is None:
        assert counts.unsent == 0
    assert CopyState.QUEUED not in work.notices.counts(life.number)
