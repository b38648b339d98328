"""The office of stories about somebody else: cases filed and acted on without a form or a card.

Everything goes through the services and the announcements that the handlers use, in the bot's own store.
"""

from collections.abc import Callable
from typing import Any

import proposed
from town import Resident, Town

from bot import news
from domain.conditions import conditions_of
from domain.roles import Actor, Role
from services import decisions, proposals, review
from services.people import actor_of
from storage.records import Case
from storage.work import Work

ANSWERS: dict[str, object] = proposed.ANSWERS | {
    "debtor_name": "حسن یوسفی",
    "national_id": "0499370899",
    "amount": 120_000_000,
}
PRIVATE = ("حسن", "یوسفی", "۰۴۹۹۳۷۰۸۹۹", "0499370899", "۱۲۰٬۰۰۰٬۰۰۰", "سازمان نمونه", "زهرا احمدی")


async def file_case(town: Town, officer: Resident, **changed: object) -> Case:
    """A case that this officer has just filed from this chat."""
    person = officer.phone.person

    def unit(work: Work) -> Case:
        actor = actor_of(work, person.platform, person.user_id)
        run = work.forms.start(
            "proposal", 1, person.platform, person.user_id, actor.person_id, None, {"answers": {}}
        )
        filed = proposals.file(
            work,
            actor=actor,
            run=run,
            answers=ANSWERS | changed,
            secret_digest="none",
            platform=person.platform,
            chat_id=person.user_id,
        )
        return filed.case

    return await town.run(unit)


async def judge(town: Town, name: str = "مینا صادقی") -> Actor:
    """A reviewer without a phone."""

    def unit(work: Work) -> Actor:
        person = work.people.add(name)
        work.people.grant(person.id, Role.REVIEWER, None, None)
        hired = work.people.get(person.id)
        assert hired is not None
        return hired.actor

    return await town.run(unit)


async def act(town: Town, verb: Callable[..., Case], by: Actor, case: Case, **given: Any) -> Case:  # noqa: ANN401
    """One act of the office about a case, told to everybody whom it concerns; waits until all is sent."""
    assert town.app is not None
    office = town.app.office

    def unit(work: Work) -> Case:
        moved = verb(work, actor=by, case_id=case.id, **given)
        news.of_change(work, office, moved)
        return moved

    moved = await town.run(unit)
    await town.quiet()
    return moved


async def agree(town: Town, by: Actor, case: Case) -> Case:
    """The reviewer who holds the case ticks everything and agrees."""

    def ticked(work: Work) -> None:
        for condition in conditions_of(case.kind):
            review.tick(work, actor=by, case_id=case.id, condition=condition, on=True)

    await town.run(ticked)
    return await act(town, decisions.agree, by, case)


async def give_back(town: Town, by: Actor, case: Case) -> Case:
    """The reviewer who holds the case returns it for correction."""
    reasons, note = ("marked.1",), "نام بدهکار خوانا نیست."
    return await act(town, decisions.return_for_correction, by, case, reasons=reasons, note=note)


async def resubmit(town: Town, officer: Resident, case: Case, **changed: object) -> Case:
    """The officer sends a returned case in again."""
    person = officer.phone.person
    assert town.app is not None
    office = town.app.office

    def unit(work: Work) -> Case:
        actor = actor_of(work, person.platform, person.user_id)
        run = work.forms.start(
            "proposal", 1, person.platform, person.user_id, actor.person_id, case.id, {"answers": {}}
        )
        moved = proposals.resubmit(work, actor=actor, case_id=case.id, run=run, answers=ANSWERS | changed)
        news.to_followers(work, office, moved)
        return moved

    moved = await town.run(unit)
    await town.quiet()
    return moved
