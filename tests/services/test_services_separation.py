"""Whoever filed a case never decides it, and two signatures are two persons, whatever roles come and go."""

import asyncio
import datetime as dt
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from services_office import ANSWERS, Clock

from domain.conditions import conditions_of
from domain.errors import DomainError
from domain.lifecycle import DECISIONS, Action
from domain.roles import Actor, Role
from services import decisions, proposals, review
from services import settings as office_settings
from services.drafts import PROPOSAL_FORM
from services.errors import ServicesError
from storage.engine import Store
from storage.errors import Stale
from storage.records import CaseEvent
from storage.vault import Vault
from storage.work import Work

PEOPLE = 4
ROLES = (Role.OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.ADMIN)
person = st.integers(0, PEOPLE - 1)
step = st.one_of(
    st.tuples(st.sampled_from(("grant", "revoke")), person, st.sampled_from(ROLES)),
    st.tuples(st.sampled_from(("stand_in", "hand_over")), person, person),
    st.tuples(st.sampled_from(("file", "claim", "agree", "agree", "sign", "sign", "refuse")), person, person),
)
Step = tuple[str, int, int | Role]


class Town:
    """A few people, one agency, and one case at a time."""

    def __init__(self, work: Work) -> None:
        self.ids = [work.people.add(f"شخص {n}").id for n in range(PEOPLE)]
        self.agency = work.people.add_agency("سازمان نمونه").id
        self.cases: list[int] = []
        office_settings.change(work, by=None, name="second_signature", value=True)

    def does(self, work: Work, what: Step) -> None:
        """One step, whoever may take it; what the rules forbid comes to nothing."""
        verb, who, other = what
        if verb in {"grant", "revoke"}:
            role = Role(str(other))
            agency = self.agency if role is Role.OFFICER else None
            if verb == "grant":
                work.people.grant(self.ids[who], role, agency, None)
            else:
                work.people.revoke(self.ids[who], role, agency)
        elif verb == "stand_in":
            until = work.now + dt.timedelta(days=1)
            work.staffing.add_substitution(self.ids[who], self.ids[int(other)], work.now, until)
        else:
            self._acts(work, verb, self._actor(work, who), self.ids[int(other)])

    def _actor(self, work: Work, who: int) -> Actor:
        found = work.people.get(self.ids[who])
        assert found is not None
        return found.actor

    def _acts(self, work: Work, verb: str, actor: Actor, other: int) -> None:
        if verb == "file":
            run = work.forms.start(PROPOSAL_FORM, 1, "bale", 1, actor.person_id, None, {"answers": {}})
            filed = proposals.file(
                work,
                actor=actor,
                run=run,
                answers=ANSWERS,
                secret_digest="none",
                platform="bale",
                chat_id=1,
            )
            self.cases.append(filed.case.id)
            return
        case = self.cases[-1] if self.cases else 0
        if verb == "claim":
            review.claim(work, actor=actor, case_id=case)
        elif verb == "hand_over":
            review.hand_over(work, actor=actor, case_id=case, to=other)
        elif verb == "agree":
            for condition in conditions_of(work.cases.get(case).kind):
                review.tick(work, actor=actor, case_id=case, condition=condition, on=True)
            decisions.agree(work, actor=actor, case_id=case)
        elif verb == "sign":
            decisions.sign(work, actor=actor, case_id=case)
        else:
            decisions.refuse(work, actor=actor, case_id=case, reasons=("special_rule.1",))


def names(event: CaseEvent) -> set[int | None]:
    """Who took the step, and on whose behalf."""
    return {event.person_id, event.on_behalf_of} - {None}


async def live(store: Store, steps: list[Step]) -> list[tuple[CaseEvent, ...]]:
    """Take these steps one after the other in a town of their own; the lives of the cases that came of it."""
    town = await store.run(Town)
    for each in _PROLOGUE + steps:
        try:
            await store.run(partial(town.does, what=each))
        except (DomainError, ServicesError, Stale):
            continue
    return await store.run(lambda work: [work.cases.events(number) for number in town.cases])


_PROLOGUE: list[Step] = [
    ("grant", 0, Role.OFFICER),
    ("grant", 1, Role.REVIEWER),
    ("grant", 2, Role.DIRECTOR),
    ("file", 0, 0),
    ("claim", 1, 0),
]
"""A case that somebody reviews, so that the steps lead somewhere."""


def test_no_sequence_of_roles_and_substitutes_lets_one_person_do_both(tmp_path: Path, vault: Vault) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(f"sqlite:///{tmp_path}/town.db", vault=vault, clock=Clock()))

        @settings(max_examples=80, deadline=None)
        @given(steps=st.lists(step, max_size=14))
        def try_it(steps: list[Step]) -> None:
            for events in runner.run(live(store, steps)):
                _require_separation(events)

        try:
            try_it()
        finally:  # an open store's thread would keep the process from ending
            runner.run(store.close())


def _require_separation(events: tuple[CaseEvent, ...]) -> None:
    filers = {event.person_id for event in events if event.action == Action.SUBMIT}
    assert [event for event in events if event.action in DECISIONS and names(event) & filers] == []
    signed = [event for event in events if event.action in {Action.AGREE, Action.SIGN}]
    assert [one for one in signed[1:] if names(signed[0]) & names(one)] == []
