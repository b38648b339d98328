"""Maintenance and incidents as the office keeps them: announced once, counted exactly, nothing lost."""

from datetime import datetime, timedelta

import pytest
from services_office import Office, at_once

from bot.handlers import frozen
from bot.office import Office as Wiring
from bot.platforms import PLATFORMS
from bot.watchdog import Watchdog
from domain.errors import NotYours
from domain.roles import Actor, Role
from domain.windows import Availability, Stage, Word
from services import incidents, status, windows
from services.windows import ReasonNeeded, WindowUnfit
from storage.errors import Stale
from storage.records.notices import NoticeVersion
from storage.records.windows import Window
from storage.work import Work

WIRING = Wiring(PLATFORMS)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def admin(office: Office) -> Actor:
    return await office.hire(Role.ADMIN, "لیلا کاظمی")


async def planned(office: Office, admin: Actor, after: timedelta, lasts: timedelta = 2 * HOUR) -> Window:
    """A window announced, so long from now."""
    begins = office.clock.now + after
    plan = await office.do(
        windows.propose, admin, begins=begins, ends=begins + lasts, affected="ثبت", reason="نگهداری"
    )
    return await office.do(windows.announce, admin, plan.id)


async def said(office: Office, window: Window) -> list[str]:
    """What was announced of it, in order."""
    return [word.word for word in await office.look(lambda work: work.windows.said(window.id))]


async def contents(office: Office, window: Window) -> list[tuple[str, str]]:
    """What the notices of a window say now: the word under which each went out, and its newest one."""

    def read(work: Work) -> list[tuple[str, str]]:
        words = work.windows.said(window.id)
        return [(word.word, newest(work, word.notice_id).content["word"]) for word in words]

    return await office.look(read)


def newest(work: Work, notice_id: int | None) -> NoticeVersion:
    """What a notice says now."""
    notice = work.notices.get(notice_id or 0)
    return work.notices.version(notice.id, notice.version)


async def sweep_at(office: Office, moment: datetime, times: int = 2) -> None:
    """The sweep runs at this moment, again and again."""
    office.clock.now = moment
    for _ in range(times):
        for window in await office.look(lambda work: work.windows.open()):
            await office.do(windows.announce_due, window.id)


async def test_a_window_is_announced_step_by_step_and_each_step_once(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, timedelta(days=3))
    begins, ends = windows.span_of(window)
    for moment in (begins - 24 * HOUR, begins - HOUR, begins, ends, ends + HOUR):
        await sweep_at(office, moment)
    await office.do(windows.end, admin, window.id)
    assert await said(office, window) == [
        Word.CREATED,
        Word.DAY_BEFORE,
        Word.HOUR_BEFORE,
        Word.STARTED,
        Word.OVERRUN,
        Word.ENDED,
    ]


async def test_where_the_office_says_so_a_window_ends_by_itself(office: Office, admin: Actor) -> None:
    await office.set(windows_end_alone=True)
    window = await planned(office, admin, HOUR)
    begins, ends = windows.span_of(window)
    office.clock.now = ends - MINUTE
    assert await office.look(windows.now_on) is not None
    office.clock.now = ends
    assert await office.look(windows.now_on) is None, "by the clock, before any sweep"
    await sweep_at(office, ends + 5 * HOUR)
    assert await said(office, window) == [Word.CREATED, Word.ENDED]
    assert (await office.look(lambda work: work.windows.get(window.id))).ended_at == ends
    assert await office.do(status.figure, begins, ends) == Availability(120, 120, 0)


async def test_a_moved_window_is_announced_anew_and_the_old_word_is_corrected(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, timedelta(days=3))
    begins, ends = windows.span_of(window)
    await sweep_at(office, begins - 23 * HOUR)
    later = begins + timedelta(days=2)
    plan = await office.do(windows.move, admin, window.id, begins=later, ends=later + HOUR)
    moved = await office.do(windows.announce, admin, plan.id)
    again = await office.do(windows.announce, admin, plan.id)
    assert (windows.span_of(moved), again) == ((later, later + HOUR), moved)
    await sweep_at(office, later - 23 * HOUR)
    await sweep_at(office, later - HOUR)
    assert await contents(office, window) == [
        (Word.CREATED, Word.MOVED),
        (Word.DAY_BEFORE, Word.DAY_BEFORE),
        (Word.MOVED, Word.MOVED),
        (Word.DAY_BEFORE, Word.DAY_BEFORE),
        (Word.HOUR_BEFORE, Word.HOUR_BEFORE),
    ]
    content = await office.look(lambda work: newest(work, work.windows.said(window.id)[2].notice_id).content)
    assert content["was"] == [begins.isoformat(), ends.isoformat()]


async def test_a_cancelled_window_is_told_and_never_spoken_of_again(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, timedelta(days=3))
    begins, ends = windows.span_of(window)
    await office.do(windows.cancel, admin, window.id)
    await sweep_at(office, begins + MINUTE)
    assert await contents(office, window) == [
        (Word.CREATED, Word.CANCELLED),
        (Word.CANCELLED, Word.CANCELLED),
    ]
    assert await office.look(windows.now_on) is None
    assert await office.do(status.figure, begins, ends) == Availability(120, 0, 0)
    with pytest.raises(Stale):
        await office.do(windows.cancel, admin, window.id)


async def test_a_window_in_the_past_or_over_another_is_refused(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, 5 * HOUR)
    for after, code in ((-HOUR, "window_past"), (4 * HOUR, "window_overlaps"), (6 * HOUR, "window_overlaps")):
        with pytest.raises(WindowUnfit) as refused:
            await planned(office, admin, after)
        assert refused.value.code == code
    await planned(office, admin, 7 * HOUR)
    assert await office.look(windows.upcoming) == window


async def test_a_plan_whose_moment_passes_before_it_is_confirmed_is_not_announced(
    office: Office, admin: Actor
) -> None:
    begins = office.clock.now + HOUR
    plan = await office.do(
        windows.propose, admin, begins=begins, ends=begins + HOUR, affected="ثبت", reason="نگهداری"
    )
    office.clock.move_on(2 * HOUR)
    with pytest.raises(WindowUnfit):
        await office.do(windows.announce, admin, plan.id)
    assert await office.look(windows.now_on) is None


async def test_what_comes_later_than_the_notice_lead_needs_a_reason_and_is_counted(
    office: Office, admin: Actor
) -> None:
    await office.set(notice_lead="2d")
    start = office.clock.now
    plan = await office.do(
        windows.propose, admin, begins=start + 4 * HOUR, ends=start + 5 * HOUR, affected="ثبت", reason="وصله"
    )
    with pytest.raises(ReasonNeeded):
        await office.do(windows.announce, admin, plan.id)
    await office.do(windows.explain, admin, plan.id, "رخنه امنیتی")
    window = await office.do(windows.announce, admin, plan.id)
    assert window.unplanned
    planned_one = await planned(office, admin, timedelta(days=20))
    assert not planned_one.unplanned
    assert await office.do(windows.unplanned, start, start + timedelta(days=30)) == 1
    assert await office.do(windows.unplanned, start + timedelta(days=1), start + timedelta(days=30)) == 0
    await office.do(windows.cancel, admin, window.id)
    assert await office.do(windows.unplanned, start, start + timedelta(days=30)) == 0


async def test_a_window_that_goes_on_can_be_made_longer_but_not_begin_elsewhere(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, HOUR)
    begins, ends = windows.span_of(window)
    await sweep_at(office, begins)
    plan = await office.do(windows.move, admin, window.id, begins=begins + HOUR, ends=ends + HOUR)
    longer = await office.do(windows.announce, admin, plan.id)
    assert windows.span_of(longer) == (begins, ends + HOUR)
    await sweep_at(office, ends + MINUTE)
    await sweep_at(office, ends + HOUR)
    assert await said(office, window) == [Word.CREATED, Word.STARTED, Word.MOVED, Word.OVERRUN]


async def test_a_plan_drafted_before_it_began_does_not_move_a_window_that_goes_on(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, HOUR)
    begins, _ = windows.span_of(window)
    away = begins + timedelta(days=1)
    plan = await office.do(windows.move, admin, window.id, begins=away, ends=away + HOUR)
    office.clock.now = begins + 30 * MINUTE
    with pytest.raises(Stale):
        await office.do(windows.announce, admin, plan.id)
    assert await office.look(windows.now_on) == window


async def test_what_is_added_later_than_the_notice_lead_needs_a_reason_and_is_not_planned(
    office: Office, admin: Actor
) -> None:
    await office.set(notice_lead="1d")
    window = await planned(office, admin, timedelta(days=5), 10 * MINUTE)
    begins, ends = windows.span_of(window)
    office.clock.now = begins - MINUTE
    plan = await office.do(windows.move, admin, window.id, begins=begins, ends=ends + timedelta(days=6))
    with pytest.raises(ReasonNeeded) as needed:
        await office.do(windows.announce, admin, plan.id)
    assert needed.value.longer
    await office.do(windows.explain, admin, plan.id, "کار بیشتری مانده است")
    longer = await office.do(windows.announce, admin, plan.id)
    assert longer.unplanned
    day = timedelta(days=1)
    office.clock.now = begins + day
    assert await office.do(status.figure, begins, begins + day) == Availability(1440, 10, 1430)


async def test_prolonging_what_is_past_its_end_makes_nothing_planned_that_was_not(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, timedelta(days=5), 10 * MINUTE)
    begins, _ = windows.span_of(window)
    office.clock.now = now = begins + timedelta(days=1)
    counted = Availability(1440, 10, 1430)
    assert await office.do(status.figure, begins, now) == counted
    plan = await office.do(windows.move, admin, window.id, begins=begins, ends=now + 5 * MINUTE)
    await office.do(windows.announce, admin, plan.id)
    assert await office.do(status.figure, begins, now) == counted


async def test_that_tonights_window_moves_does_not_wait_for_the_morning(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, timedelta(days=3))
    begins, ends = windows.span_of(window)
    office.clock.now = begins - 5 * HOUR
    later = timedelta(days=5)
    plan = await office.do(windows.move, admin, window.id, begins=begins + later, ends=ends + later)
    await office.do(windows.announce, admin, plan.id)

    def urgent(work: Work) -> list[tuple[str, bool]]:
        words = work.windows.said(window.id)
        return [(word.word, work.notices.get(word.notice_id or 0).urgent) for word in words]

    assert await office.look(urgent) == [(Word.CREATED, False), (Word.MOVED, True)]


async def test_nobody_but_an_admin_announces_anything(office: Office) -> None:
    reviewer = await office.reviewer()
    with pytest.raises(NotYours):
        await planned(office, reviewer, HOUR)
    with pytest.raises(NotYours):
        await office.do(
            incidents.open_one, reviewer, affected="ارسال", begun_at=office.clock.now, text="بررسی می‌کنیم"
        )


async def test_drafts_are_noted_once_at_the_start_and_freed_once_at_the_end(
    office: Office, admin: Actor
) -> None:
    officer = await office.officer()
    drafts = [await office.draft(officer) for _ in range(3)]
    window = await planned(office, admin, HOUR)
    await sweep_at(office, windows.begins_of(window))

    def freeze(work: Work) -> tuple[int, ...]:
        return work.windows.freeze(window.id, ["proposal"], 2)

    noted = [await office.look(freeze) for _ in range(3)]
    assert noted == [(drafts[0].id, drafts[1].id), (drafts[2].id,), ()]
    assert await office.look(lambda work: work.windows.free(10)) == ()
    await office.do(windows.end, admin, window.id)
    freed = [await office.look(lambda work: work.windows.free(2)) for _ in range(3)]
    assert freed == noted


async def test_between_two_maintenances_nobody_is_told_to_go_on_and_after_both_once(
    office: Office, admin: Actor
) -> None:
    officer = await office.officer()
    draft = await office.draft(officer)
    first, second = await planned(office, admin, HOUR), await planned(office, admin, 3 * HOUR)
    told: list[tuple[bool, bool]] = []
    for window in (first, second):
        office.clock.now = windows.begins_of(window)
        told += [(await office.look(freeze_drafts), await office.look(free_drafts))]
        office.clock.now = windows.span_of(window)[1]
        await office.do(windows.end, admin, window.id)
    assert told == [(True, False), (True, False)]
    assert await office.look(lambda work: work.windows.free(10)) == (draft.id,)
    assert await office.look(free_drafts) is False


def freeze_drafts(work: Work) -> bool:
    return frozen.freeze_drafts(work, WIRING)


def free_drafts(work: Work) -> bool:
    return frozen.free_drafts(work, WIRING)


async def test_two_sweeps_at_once_tell_the_owner_of_a_draft_once(office: Office, admin: Actor) -> None:
    draft = await office.draft(await office.officer())
    window = await planned(office, admin, HOUR)
    await sweep_at(office, windows.begins_of(window))

    def freeze(work: Work) -> tuple[int, ...]:
        return work.windows.freeze(window.id, ["proposal"], 10)

    assert sorted(await at_once(office.look(freeze), office.look(freeze))) == [(), (draft.id,)]
    await office.do(windows.end, admin, window.id)

    def free(work: Work) -> tuple[int, ...]:
        return work.windows.free(10)

    assert sorted(await at_once(office.look(free), office.look(free))) == [(), (draft.id,)]


# Incidents


async def test_an_incident_goes_through_its_stages_in_one_notice(office: Office, admin: Actor) -> None:
    begun = office.clock.now - 10 * MINUTE
    word = await office.do(
        incidents.open_one, admin, affected="ارسال پیوست", begun_at=begun, text="در حال بررسی هستیم."
    )
    assert await office.look(lambda work: work.incidents.open()) == (), (
        "nothing is told before it is confirmed"
    )
    incident = await office.do(incidents.publish, admin, word.id)
    for stage in (Stage.IDENTIFIED, Stage.MONITORING, Stage.RESOLVED):
        office.clock.move_on(20 * MINUTE)
        word = await office.do(incidents.write, admin, incident.id, stage, "گزارش تازه")
        await office.do(incidents.publish, admin, word.id)
        await office.do(incidents.publish, admin, word.id)
    over = await office.look(lambda work: work.incidents.get(incident.id))
    assert (over.stage, over.over_at, over.notice_id) == (
        Stage.RESOLVED,
        begun + 70 * MINUTE,
        incident.notice_id,
    )
    said_of_it = await office.look(lambda work: newest(work, incident.notice_id))
    assert [word["stage"] for word in said_of_it.content["updates"]] == list(Stage)
    assert said_of_it.push == said_of_it.content
    assert (await office.do(status.figure, begun, begun + 100 * MINUTE)) == Availability(100, 0, 70)
    with pytest.raises(Stale):
        await office.do(incidents.write, admin, incident.id, Stage.MONITORING, "باز هم")


async def test_a_word_that_was_overtaken_is_not_published(office: Office, admin: Actor) -> None:
    word = await office.do(
        incidents.open_one, admin, affected="ارسال", begun_at=office.clock.now, text="بررسی می‌کنیم."
    )
    incident = await office.do(incidents.publish, admin, word.id)
    late = await office.do(incidents.write, admin, incident.id, Stage.IDENTIFIED, "یافتیم.")
    newer = await office.do(incidents.write, admin, incident.id, Stage.MONITORING, "درست شد.")
    await office.do(incidents.publish, admin, newer.id)
    with pytest.raises(Stale):
        await office.do(incidents.publish, admin, late.id)


async def test_the_watchdogs_draft_counts_nowhere_until_an_admin_publishes_it(
    office: Office, admin: Actor
) -> None:
    begun, over = office.clock.now - HOUR, office.clock.now - 30 * MINUTE
    draft = await office.do(incidents.suspect, cause="store_down", begun_at=begun, over_at=over)
    other = await office.do(incidents.suspect, cause="no_path:bale", begun_at=begun, over_at=None)
    await office.do(incidents.put_aside, admin, other.id)
    assert await office.do(status.figure, begun, office.clock.now) == Availability(60, 0, 0)
    word = await office.do(incidents.complete, admin, draft.id, affected="همه خدمات", text="برطرف شده است.")
    incident = await office.do(incidents.publish, admin, word.id)
    assert (incident.stage, incident.over_at) == (Stage.RESOLVED, over)
    assert await office.do(status.figure, begun, office.clock.now) == Availability(60, 0, 30)
    assert await office.look(lambda work: work.incidents.drafts()) == ()


async def test_the_history_has_what_has_begun_the_last_first(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, HOUR)
    begins = windows.begins_of(window)
    office.clock.now = begins + HOUR
    word = await office.do(
        incidents.open_one, admin, affected="ارسال", begun_at=begins + 30 * MINUTE, text="بررسی می‌کنیم."
    )
    await office.do(incidents.publish, admin, word.id)
    cancelled = await planned(office, admin, 5 * HOUR)
    await office.do(windows.cancel, admin, cancelled.id)
    begun = [status.began(one) for one in await office.do(status.history)]
    assert begun == [begins + 30 * MINUTE, begins]
    standing = await office.do(status.standing)
    assert (standing.window, len(standing.incidents)) == (window, 1)
    office.clock.move_on(timedelta(days=200))
    assert len(await office.do(status.history)) == 2, "what goes on still reaches into the ninety days"


async def test_the_notices_of_a_window_reach_who_switched_news_off(office: Office, admin: Actor) -> None:
    window = await planned(office, admin, HOUR)
    notice_id = (await office.look(lambda work: work.windows.said(window.id)))[0].notice_id or 0
    notice = await office.look(lambda work: work.notices.get(notice_id))
    assert (notice.service, notice.urgent, notice.about) == (True, True, windows.ABOUT)
    assert notice.audience == windows.EVERYBODY
    far = await planned(office, admin, timedelta(days=4))
    notice_id = (await office.look(lambda work: work.windows.said(far.id)))[0].notice_id or 0
    assert not (await office.look(lambda work: work.notices.get(notice_id))).urgent


# The watchdog


class Seen:
    """What the watchdog is shown, and the seconds that pass for it as for the office."""

    def __init__(self, office: Office) -> None:
        self.codes: list[str] = []
        self._office, self._begun = office, office.clock.now

    async def obstacles(self) -> list[str]:
        return self.codes

    def monotonic(self) -> float:
        return (self._office.clock.now - self._begun).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self._office.clock.move_on(timedelta(seconds=seconds))


async def test_the_watchdog_drafts_what_outlives_the_maintenance_it_began_in(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, HOUR)
    _, ends = windows.span_of(window)
    seen = Seen(office)
    dog = Watchdog(office.store, WIRING, seen, seen)  # type: ignore[arg-type] # its hours pass with the office's
    office.clock.now = ends - HOUR
    seen.codes = ["no_path:bale"]

    async def drafts_at(moment: datetime) -> list[datetime]:
        office.clock.now = moment
        await dog.look()
        return [draft.begun_at for draft in await office.look(lambda work: work.incidents.drafts())]

    for moment in (ends - HOUR, ends - MINUTE):
        assert await drafts_at(moment) == []
    office.clock.now = ends
    await office.do(windows.end, admin, window.id)
    assert await drafts_at(ends + MINUTE) == []
    assert await drafts_at(ends + 3 * MINUTE) == [ends]
    assert await drafts_at(ends + 10 * HOUR) == [ends], "once"


async def test_the_watchdog_is_silent_about_what_the_maintenance_explains(
    office: Office, admin: Actor
) -> None:
    window = await planned(office, admin, HOUR)
    begins, ends = windows.span_of(window)
    seen = Seen(office)
    dog = Watchdog(office.store, WIRING, seen, seen)  # type: ignore[arg-type] # its hours pass with the office's
    office.clock.now, seen.codes = begins + MINUTE, ["no_path:bale"]
    await dog.look()
    office.clock.now = ends
    await dog.look()
    await office.do(windows.end, admin, window.id)
    office.clock.now, seen.codes = ends + MINUTE, []
    await dog.look()
    office.clock.now = ends + HOUR
    await dog.look()
    assert await office.look(lambda work: work.incidents.drafts()) == ()
