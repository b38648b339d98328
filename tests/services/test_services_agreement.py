"""Versions of the agreement: written by admins, in force from a day on, accepted before a filing."""

from datetime import date, timedelta

import pytest
from services_office import Office, at_once
from sqlalchemy import update

from domain.agreement import MOST_SECTIONS
from domain.errors import NotYours
from domain.roles import Actor, Role
from persian.dates import tehran_day
from services import agreement, measured
from services.errors import TermsNotAccepted, TermsUnfit
from services.measured import Figures, Resets, Windows
from storage.errors import Stale
from storage.records.agreement import TermsVersion
from storage.tables.cases import cases
from storage.work import Work

NEW_TEXT = "این خدمت بدون هزینه است.\nپرداختی در کار نیست."


async def admin(office: Office, name: str = "لیلا کاظمی") -> Actor:
    return await office.hire(Role.ADMIN, name)


async def publish(office: Office, by: Actor, *, days: int = 0, text: str = NEW_TEXT) -> TermsVersion:
    """Another text of the fifth section, in force so many days from now."""
    written = await rewrite(office, by, 5, text)
    day = tehran_day(office.clock.now) + timedelta(days=days)
    return await office.do(agreement.publish, by, seen=written.mark, effective_from=day)


async def rewrite(office: Office, by: Actor, place: int, text: str) -> TermsVersion:
    """Another text of the section that stands at this place now."""
    return await office.do(agreement.rewrite, by, await marked(office, place), text)


async def marked(office: Office, place: int) -> str:
    """The mark of the section at this place of what would be published."""
    now = await office.look(lambda work: work.agreement.draft() or agreement.newest(work))
    return now.sections[place - 1].mark


async def in_force(office: Office) -> int:
    return await office.look(agreement.number_in_force)


async def test_the_customers_text_is_in_force_until_the_day_of_another_has_come(office: Office) -> None:
    boss = await admin(office)
    assert await in_force(office) == 1
    assert (await publish(office, boss, days=2)).version == 2
    assert await in_force(office) == 1
    office.clock.move_on(timedelta(days=2))
    assert await in_force(office) == 2
    shown = await office.look(agreement.in_force)
    assert shown.sections[4].clauses == ("این خدمت بدون هزینه است.", "پرداختی در کار نیست.")
    assert shown.sections[:4] == agreement.DOCUMENT.sections[:4]


async def test_a_version_stands_until_the_day_of_the_next_which_is_never_before_it(office: Office) -> None:
    boss = await admin(office)
    await publish(office, boss, days=5)
    with pytest.raises(TermsUnfit) as unfit:
        await publish(office, boss, days=2, text="متن سوم است.")
    assert unfit.value.why == "before_coming"
    await publish(office, boss, days=5, text="متن سوم است.")
    assert [one.version for one in await office.look(agreement.coming)] == [3], (
        "version 2 will never be in force"
    )
    office.clock.move_on(timedelta(days=5))
    assert await in_force(office) == 3
    assert await office.look(agreement.coming) == ()
    assert [one.version for one in await office.look(agreement.history)] == [1, 2, 3]


async def test_nobody_files_under_a_version_that_they_have_not_accepted(office: Office) -> None:
    boss, officer = await admin(office), await office.officer()
    early = await office.file(officer)
    await publish(office, boss)
    with pytest.raises(TermsNotAccepted):
        await office.file(officer)
    assert (await office.look(lambda work: agreement.to_accept(work, officer))).version == 2  # type: ignore[union-attr]
    await office.do(agreement.accept, officer, 2)
    office.clock.move_on(timedelta(hours=1))
    await office.do(agreement.accept, officer, 2)
    late = await office.file(officer)
    stored = await office.look(lambda work: [work.cases.get(case.id).terms_version for case in (early, late)])
    assert stored == [1, 2]
    assert officer.person_id is not None
    kept = await office.look(lambda work: agreement.accepted(work, officer.person_id or 0))
    assert [(one.version, one.at) for one in kept] == [(2, office.clock.now - timedelta(hours=1))]


async def test_only_the_version_in_force_is_accepted_and_by_no_stranger(office: Office) -> None:
    boss, officer = await admin(office), await office.officer()
    await publish(office, boss, days=3)
    with pytest.raises(Stale):
        await office.do(agreement.accept, officer, 2)
    with pytest.raises(NotYours):
        await office.do(agreement.accept, Actor(None, ""), 1)


async def test_what_is_published_is_what_was_seen(office: Office) -> None:
    first, second = await admin(office), await admin(office, "نرگس رضایی")
    seen = await rewrite(office, first, 5, NEW_TEXT)
    await rewrite(office, second, 1, "متن دیگری است.")
    await nothing_can_be_done_with(office, first, seen)
    assert await in_force(office) == 1


async def nothing_can_be_done_with(office: Office, by: Actor, seen: TermsVersion) -> None:
    today = tehran_day(office.clock.now)
    with pytest.raises(Stale):
        await office.do(agreement.publish, by, seen=seen.mark, effective_from=today)
    with pytest.raises(Stale):
        await office.do(agreement.give_up, by, seen.mark)


async def test_a_confirmation_of_one_draft_says_nothing_about_another_in_its_place(office: Office) -> None:
    first, second = await admin(office), await admin(office, "نرگس رضایی")
    seen = await rewrite(office, first, 5, NEW_TEXT)
    await office.do(agreement.give_up, second, seen.mark)
    other = await rewrite(office, second, 5, "این خدمت دیگر رایگان نیست.")
    assert (other.version, other.revision) == (seen.version, seen.revision)
    await nothing_can_be_done_with(office, first, seen)
    today = tehran_day(office.clock.now)
    await office.do(agreement.publish, second, seen=other.mark, effective_from=today)
    third = await rewrite(office, second, 5, NEW_TEXT)
    assert (third.sections, third.revision) == (seen.sections, seen.revision)
    await nothing_can_be_done_with(office, first, seen)
    assert await in_force(office) == 2


async def test_what_is_written_for_one_section_never_lands_in_another(office: Office) -> None:
    first, second = await admin(office), await admin(office, "نرگس رضایی")
    chosen, gone = await marked(office, 2), await marked(office, 1)
    await office.do(agreement.remove, second, gone)
    written = await office.do(agreement.rewrite, first, chosen, NEW_TEXT)
    assert written.sections[0].title == agreement.DOCUMENT.sections[1].title
    assert written.sections[0].clauses == tuple(NEW_TEXT.split("\n"))
    assert written.sections[1:] == agreement.DOCUMENT.sections[2:]
    for act in ((agreement.remove, chosen), (agreement.remove, gone), (agreement.rewrite, chosen, NEW_TEXT)):
        with pytest.raises(Stale):
            await office.do(act[0], second, *act[1:])


async def test_two_admins_who_publish_at_once_publish_one_version(office: Office) -> None:
    first, second = await admin(office), await admin(office, "نرگس رضایی")
    seen = await rewrite(office, first, 5, NEW_TEXT)
    day = tehran_day(office.clock.now)
    tries = (office.do(agreement.publish, by, seen=seen.mark, effective_from=day) for by in (first, second))
    came = await at_once(*tries)
    assert sorted(type(one).__name__ for one in came) == ["Stale", "TermsVersion"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.AUDITOR])
async def test_nobody_but_an_admin_writes(office: Office, role: Role) -> None:
    other = await office.hire(role, "سارا رضایی", "اداره کل راه" if role is Role.OFFICER else None)
    with pytest.raises(NotYours):
        await rewrite(office, other, 5, NEW_TEXT)
    with pytest.raises(NotYours):
        await office.do(agreement.publish, other, seen="", effective_from=date(2026, 12, 1))
    with pytest.raises(NotYours):
        await office.do(agreement.draft, other)


async def test_what_cannot_be_published_is_refused_by_name_and_the_draft_stays(office: Office) -> None:
    boss = await admin(office)
    day = tehran_day(office.clock.now)

    async def refused(verb: object, *args: object, **given: object) -> str:
        with pytest.raises(TermsUnfit) as unfit:
            await office.do(verb, boss, *args, **given)  # type: ignore[arg-type]
        return unfit.value.why

    assert await refused(agreement.rewrite, await marked(office, 5), " - \n •") == "no_sentence"
    same = await rewrite(office, boss, 5, "\n".join(agreement.DOCUMENT.sections[4].clauses))
    assert await refused(agreement.publish, seen=same.mark, effective_from=day) == "unchanged"
    seen = await rewrite(office, boss, 5, NEW_TEXT)
    late = day - timedelta(days=1)
    assert await refused(agreement.publish, seen=seen.mark, effective_from=late) == "day_passed"
    assert await refused(agreement.add, "۵. هزينه ها و پرداخت ها", NEW_TEXT) == "title_taken"
    for number in range(8, MOST_SECTIONS + 1):
        await office.do(agreement.add, boss, f"بخش {number}", NEW_TEXT)
    assert await refused(agreement.add, "یکی دیگر", NEW_TEXT) == "too_many"
    for _ in range(MOST_SECTIONS - 1):
        await office.do(agreement.remove, boss, await marked(office, 1))
    assert await refused(agreement.remove, await marked(office, 1)) == "last_section"
    assert await in_force(office) == 1


async def test_a_version_that_was_given_up_leaves_its_number_to_the_next(office: Office) -> None:
    boss = await admin(office)
    seen = await rewrite(office, boss, 5, NEW_TEXT)
    await office.do(agreement.give_up, boss, seen.mark)
    assert await office.do(agreement.draft, boss) is None
    assert (await publish(office, boss)).version == 2


async def test_every_clause_that_can_be_measured_is_found_in_the_text_and_measured(office: Office) -> None:
    promised = measured.promises(agreement.DOCUMENT.sections)
    assert [(one.clause.section if one.clause else 0, one.figures) for one in promised] == [
        (3, ("answers",)),
        (3, ("first_look", "decision")),
        (3, ("availability",)),
        (3, ("windows",)),
        (4, ("resets",)),
        (4, ("unplanned",)),
    ]
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.decided(officer, reviewer)
    office.clock.move_on(timedelta(days=1))
    assert await office.look(measured.figures) is None, "nothing was measured yet"
    figures = await measure(office)
    assert (figures.decision.count, figures.first_look.count, figures.answers.count) == (1, 1, 0)
    assert (figures.resets, figures.windows) == (Resets(0, None, 0, 0), Windows(0, 0, has_lead=False))
    office.clock.move_on(timedelta(days=measured.DAYS))
    assert await office.look(measured.figures) == figures, "what anybody may look at is only read"
    assert (await measure(office)).decision.count == 0


async def measure(office: Office) -> Figures:
    """Let the sweep measure, a figure in each unit, until nothing is due."""
    measured_ = [await office.look(measured.measure_next) for _ in range(7)]
    assert measured_ == [True] * 6 + [False]
    figures = await office.look(measured.figures)
    assert figures is not None
    assert figures.made_at == office.clock.now
    return figures


async def test_debt_types_of_cases_filed_before_there_were_figures_are_filled_in(office: Office) -> None:
    officer = await office.officer()
    for kind in ("fine", "cash_shortage", "fine"):
        await office.file(officer, debt_type=kind)

    def forget(work: Work) -> None:
        connection = work.reports._tx.connection  # noqa: SLF001 - as the store was before
        connection.execute(update(cases).values(debt_type=None))

    await office.look(forget)
    assert [await office.look(lambda work: agreement.fill_debt_types(work, 2)) for _ in range(3)] == [2, 1, 0]
    begin, end = office.clock.now - timedelta(days=1), office.clock.now + timedelta(days=1)
    counted = await office.look(lambda work: work.reports.filed(begin, end))
    assert counted == {(1, "fine"): 2, (1, "cash_shortage"): 1}
