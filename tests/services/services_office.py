"""An office for stories: a store on either engine, a clock that the story moves, and people."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

import proposed

from domain.conditions import conditions_of
from domain.roles import Actor, Role
from services import decisions, people, proposals, review, settings
from services.drafts import PROPOSAL_FORM
from storage.engine import Store
from storage.records import Case, CaseEvent, FormRun
from storage.work import Work

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS = proposed.ANSWERS
MORNING = datetime(2026, 10, 1, 5, 30, tzinfo=UTC)
"""Nine o'clock on ۹ مهر ۱۴۰۵ in Tehran."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Office:
    """A store with its clock; every `do` is one unit of work, as in the bot."""

    store: Store
    clock: Clock
    numbers: "count[int]" = field(default_factory=lambda: count(1000))

    async def do(self, verb: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one verb as a unit of its own."""
        return await self.store.run(lambda work: verb(work, *args, **kwargs))

    async def look(self, read: Callable[[Work], T]) -> T:
        """Read something in a unit of its own."""
        return await self.store.run(read)

    async def hire(self, role: Role, name: str, agency: str | None = None) -> Actor:
        """Somebody new with one role."""
        invited = await self.do(people.invite, by=None, role=role, name=name, agency=agency)
        user_id = next(self.numbers)
        joined = await self.do(people.join, platform="bale", user_id=user_id, token=invited.token)
        return joined.person.actor

    async def officer(self, name: str = "سارا رضایی", agency: str = "اداره کل راه") -> Actor:
        """An officer of an agency."""
        return await self.hire(Role.OFFICER, name, agency)

    async def reviewer(self, name: str = "مینا صادقی") -> Actor:
        """A reviewer."""
        return await self.hire(Role.REVIEWER, name)

    async def account(self, actor: Actor) -> tuple[str, int]:
        """The account that a person hired here uses."""
        numbers = range(1000, 1000 + 200)

        def find(work: Work) -> tuple[str, int]:
            for user_id in numbers:
                person = work.people.by_account("bale", user_id)
                if person is not None and person.id == actor.person_id:
                    return "bale", user_id
            raise LookupError

        return await self.look(find)

    async def draft(self, officer: Actor) -> FormRun:
        """A draft just begun."""
        return await self.look(
            lambda work: work.forms.start(
                PROPOSAL_FORM, 1, "bale", 1, officer.person_id, None, {"answers": {}}
            )
        )

    async def file(self, officer: Actor, digest: str = "digest", **changed: object) -> Case:
        """A case just filed."""
        run = await self.draft(officer)
        filed = await self.do(
            proposals.file,
            actor=officer,
            run=run,
            answers=ANSWERS | changed,
            secret_digest=digest,
            platform="bale",
            chat_id=1,
        )
        return filed.case

    async def correct(self, officer: Actor, case: Case, **changed: object) -> Case:
        """A returned case, corrected and sent in again, or refused without a form left behind."""

        def send(work: Work) -> Case:
            run, answers = correction(work, officer, case), ANSWERS | changed
            return proposals.resubmit(work, actor=officer, case_id=case.id, run=run, answers=answers)

        return await self.look(send)

    async def correction(self, officer: Actor, case: Case) -> FormRun:
        """The form with which a returned case is corrected."""
        return await self.look(lambda work: correction(work, officer, case))

    async def give_back(self, reviewer: Actor, case: Case) -> Case:
        """The case, returned for correction by whoever holds it."""
        return await self.do(
            decisions.return_for_correction,
            actor=reviewer,
            case_id=case.id,
            reasons=("marked.1",),
            note="شماره نامه خوانا نیست.",
        )

    async def chat(self, actor: Actor | None, chat_id: int, platform: str = "bale") -> tuple[str, int]:
        """A chat of somebody's, just heard from; a stranger's when None."""

        def come(work: Work) -> None:
            if actor is not None and actor.person_id is not None:
                work.people.bind(platform, chat_id, actor.person_id)
            work.chats.lock(platform, chat_id, user_id=chat_id, name="")

        await self.look(come)
        return platform, chat_id

    async def set(self, **values: bool | int | str | None) -> None:
        """What the office sets, by the command line."""
        for name, value in values.items():
            await self.do(settings.change, by=None, name=name, value=value)

    async def decided(self, officer: Actor, reviewer: Actor) -> Case:
        """A case that was agreed to."""
        case = await self.ready(officer, reviewer)
        return await self.do(decisions.agree, actor=reviewer, case_id=case.id)

    async def events(self, case: Case) -> tuple[CaseEvent, ...]:
        """The whole life of a case."""
        return await self.look(lambda work: work.cases.events(case.id))

    async def tick_all(self, reviewer: Actor, case: Case) -> None:
        """Every general condition of the case, ticked."""
        for condition in conditions_of(case.kind):
            await self.do(review.tick, actor=reviewer, case_id=case.id, condition=condition, on=True)

    async def ready(self, officer: Actor, reviewer: Actor) -> Case:
        """A case claimed and ticked: one press from an agreement."""
        filed = await self.file(officer)
        case = await self.do(review.claim, actor=reviewer, case_id=filed.id)
        await self.tick_all(reviewer, case)
        return case


def correction(work: Work, officer: Actor, case: Case) -> FormRun:
    """The form with which a returned case is corrected, just begun."""
    return work.forms.start(PROPOSAL_FORM, 1, "bale", 1, officer.person_id, case.id, {"answers": {}})


async def at_once(*tries: Awaitable[Any]) -> list[Any]:
    """All of these at the same time; what each came to, errors included."""
    return await asyncio.gather(*tries, return_exceptions=True)
