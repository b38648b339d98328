"""Whoever filed a case or confirmed it never decides it, and two signatures are two persons, whatever comes.

Roles, substitutes and accounts come and go; persons are told apart by their numbers and by their accounts.
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from services_office import ANSWERS, Clock

from domain.conditions import conditions_of
from domain.errors import DomainError
from domain.lifecycle import DECISIONS, Action, State, allowed
from domain.roles import STOOD_IN_FOR, Actor, Role
from services import cosign, decisions, links, people, proposals, refusals, review
from services import settings as office_settings
from services.case_facts import facts_of
from services.drafts import PROPOSAL_FORM
from services.errors import ServicesError
from storage.engine import Store
from storage.errors import NotFound, Stale
from storage.records import CaseEvent, FormRun
from storage.vault import Vault
from storage.work import Work

PEOPLE: Final = 4
ACCOUNTS: Final = 6
"""One for each person at first, and two of strangers."""
ACTING = (Role.OFFICER, Role.REVIEWER, Role.DIRECTOR)
REASONS = ("special_rule.1",)
MANY: Final = ACCOUNTS * ACCOUNTS

person, account = st.integers(0, PEOPLE - 1), st.integers(0, ACCOUNTS - 1)
press = st.tuples(st.just("press"), person, st.integers(0, MANY - 1))
step = st.one_of(
    *[press] * 6,
    st.tuples(st.sampled_from(("grant", "revoke")), person, st.sampled_from((*ACTING, Role.ADMIN))),
    st.tuples(st.just("invite"), account, st.sampled_from(ACTING)),
    st.tuples(st.just("stand_in"), person, person),
    st.tuples(st.sampled_from(("link", "unlink", "leave", "file", "cosign")), account, account),
)
roles = st.tuples(*[st.frozensets(st.sampled_from(ACTING))] * PEOPLE)
Step = tuple[str, int, int | Role]


@dataclass
class Life:
    """What is seen of a case from outside: by which persons and accounts each of its acts was done.

    Attributes:
        cosigned: by which account it was confirmed, or None.
        judges: the persons who decided, each with every account that was theirs from then on.
        filers: the same of who filed it.
        without_role: acts of somebody who held no own role of the office.
    """

    events: tuple[CaseEvent, ...] = ()
    cosigned: int | None = None
    cosigners: set[int] = field(default_factory=set)
    judges: dict[int, set[int]] = field(default_factory=dict)
    filers: dict[int, set[int]] = field(default_factory=dict)
    without_role: list[CaseEvent] = field(default_factory=list)


class Town:
    """A few people, their accounts, one agency, and one case at a time."""

    def __init__(self, work: Work) -> None:
        self.ids = [work.people.add(f"شخص {n}").id for n in range(PEOPLE)]
        # Accounts of their own, for all towns stand in one store.
        self.users = [self.ids[0] * ACCOUNTS + n for n in range(ACCOUNTS)]
        for user, number in zip(self.users, self.ids, strict=False):
            work.people.bind("bale", user, number)
        self.agency = work.people.add_agency("سازمان نمونه").id
        self.lives: dict[int, Life] = {}
        office_settings.change(work, by=None, name="second_signature", value=True)

    def does(self, work: Work, what: Step) -> None:
        """One step, whoever may take it; what the rules forbid comes to nothing.

        Raises:
            DomainError, ServicesError, NotFound, Stale: it may not be taken.
        """
        verb, who, other = what
        if isinstance(other, Role):
            self._staffs(work, verb, who, other)
        elif verb == "stand_in":
            until = work.now + dt.timedelta(days=1)
            work.staffing.add_substitution(self.ids[who], self.ids[other], work.now, until)
        elif verb in {"link", "unlink", "leave"}:
            self._moves(work, verb, self.actor(work, who), self.users[other])
        elif verb in {"file", "cosign"}:
            self._files(work, who, None if verb == "file" else other)
        elif verb in set(Action):
            _ACTS[Action(verb)](self, work, self.actor(work, who), max(self.lives), other)
        elif self.lives:
            self._presses(work, self.actor(work, who), max(self.lives), other)
        self._sees(work)

    def actor(self, work: Work, user: int) -> Actor:
        """Whoever uses this account now."""
        return people.actor_of(work, "bale", self.users[user])

    def _presses(self, work: Work, actor: Actor, case: int, what: int) -> None:
        """One of the buttons that this person is shown at the case, whichever."""
        found = work.cases.get(case)
        shown = [one for one in allowed(found.state, facts_of(work, found), actor) if one in _ACTS]
        if shown:
            _ACTS[shown[what % len(shown)]](self, work, actor, case, what // ACCOUNTS)

    def _staffs(self, work: Work, verb: str, who: int, role: Role) -> None:
        agency = self.agency if role is Role.OFFICER else None
        if verb == "grant":
            work.people.grant(self.ids[who], role, agency, None)
        elif verb == "revoke":
            people.revoke(work, by=None, person_id=self.ids[who], role=role)
        else:
            named = "سازمان نمونه" if role is Role.OFFICER else None
            made = people.invite(work, by=None, role=role, name="کسی", agency=named)
            people.join(work, platform="bale", user_id=self.users[who], token=made.token)

    def _moves(self, work: Work, verb: str, actor: Actor, user: int) -> None:
        if verb == "link":
            token = links.offer(work, by=actor).token
            links.link(work, platform="bale", user_id=user, token=token)
        elif verb == "unlink":
            links.unlink(work, by=actor, platform="bale", user_id=user)
        else:
            links.leave(work, by=actor, keep=None)

    def _files(self, work: Work, who: int, official: int | None) -> None:
        actor, answers = (
            self.actor(work, who),
            ANSWERS | {"amount": 100_000_000 + self.users[len(self.lives)]},
        )
        run = work.forms.start(PROPOSAL_FORM, 1, "bale", 1, actor.person_id, None, {"answers": answers})
        if official is None:
            filed = proposals.file(
                work,
                actor=actor,
                run=run,
                answers=answers,
                secret_digest="none",
                platform="bale",
                chat_id=1,
            )
        else:
            filed = self._confirmed(work, actor, run, ("bale", self.users[official]))
        self.lives[filed.case.id] = Life(cosigned=None if official is None else self.users[official])

    def _confirmed(self, work: Work, actor: Actor, run: FormRun, by: tuple[str, int]) -> proposals.Filed:
        token = cosign.offer(work, actor, run).token
        number = cosign.open(work, account=by, chat_id=1, token=token).cosign.id
        return cosign.confirm(work, account=by, number=number, name="علی", secret_digest="none")

    def _sees(self, work: Work) -> None:
        """Note who did what, and by which accounts they are known now."""
        for case_id, life in self.lives.items():
            new = work.cases.events(case_id)[len(life.events) :]
            life.events += new
            life.cosigners |= work.filing.cosigned_by(case_id)
            for event in new:
                self._notes(work, life, event)
            if work.cases.get(case_id).state is not State.WITHDRAWN:
                for number, known in (*life.judges.items(), *life.filers.items()):
                    known |= {one.user_id for one in work.people.accounts_of(number)}

    def _notes(self, work: Work, life: Life, event: CaseEvent) -> None:
        number = event.person_id or 0
        if event.action == Action.SUBMIT:
            life.filers[number] = set()
        elif event.action in DECISIONS:
            life.judges.setdefault(number, set())
            found = work.people.get(number)
            if found is None or not found.actor.own & STOOD_IN_FOR:
                life.without_role.append(event)


Act = Callable[[Town, Work, Actor, int, int], object]


def _agree(_town: Town, work: Work, actor: Actor, case: int, _other: int) -> None:
    for condition in conditions_of(work.cases.get(case).kind):
        review.tick(work, actor=actor, case_id=case, condition=condition, on=True)
    decisions.agree(work, actor=actor, case_id=case)


def _hand_over(town: Town, work: Work, actor: Actor, case: int, other: int) -> None:
    review.hand_over(work, actor=actor, case_id=case, to=town.ids[other % PEOPLE])


def _supersede(_town: Town, work: Work, actor: Actor, case: int, other: int) -> None:
    decisions.supersede(
        work,
        actor=actor,
        case_id=case,
        outcome=(State.AGREED, State.NOT_AGREED)[other % 2],
        reasons=("mistake.1",),
        note="دوباره دیده شد.",
        refusal=REASONS,
        conditions=conditions_of(work.cases.get(case).kind),
    )


def _concludes(*, uphold: bool) -> Act:
    def conclude(_town: Town, work: Work, actor: Actor, case: int, _other: int) -> None:
        refusals.conclude(work, actor=actor, case_id=case, uphold=uphold, note="دلیل کافی است.")

    return conclude


_ACTS: Final[dict[Action, Act]] = {
    Action.CLAIM: lambda _town, work, actor, case, _: review.claim(work, actor=actor, case_id=case),
    Action.HAND_OVER: _hand_over,
    Action.AGREE: _agree,
    Action.SIGN: lambda _town, work, actor, case, _: decisions.sign(work, actor=actor, case_id=case),
    Action.REFUSE: lambda _town, work, actor, case, _: decisions.refuse(
        work, actor=actor, case_id=case, reasons=REASONS
    ),
    Action.SUPERSEDE: _supersede,
    Action.ASK_REVIEW: lambda _town, work, actor, case, _: refusals.ask(
        work, actor=actor, case_id=case, note="دوباره دیده شود."
    ),
    Action.TAKE_REVIEW: lambda _town, work, actor, case, _: refusals.take(work, actor=actor, case_id=case),
    Action.UPHOLD: _concludes(uphold=True),
    Action.RECOMMEND: _concludes(uphold=False),
}


_OFFICE: Final[list[Step]] = [
    ("grant", 0, Role.OFFICER),
    ("grant", 1, Role.REVIEWER),
    ("grant", 2, Role.REVIEWER),
    ("grant", 2, Role.DIRECTOR),
]
_FILED: Final[list[Step]] = [*_OFFICE, ("file", 0, 0)]
_REFUSED: Final[list[Step]] = [*_FILED, ("claim", 1, 0), ("refuse", 1, 0), ("ask_review", 0, 0)]
_BEGINNINGS: Final[list[list[Step]]] = [
    _FILED,
    [*_OFFICE, ("cosign", 0, 4)],
    [*_OFFICE, ("grant", 3, Role.OFFICER), ("cosign", 0, 3), ("grant", 3, Role.REVIEWER)],
    [*_FILED, ("claim", 1, 0), ("agree", 1, 0)],
    [*_FILED, ("stand_in", 1, 3), ("grant", 3, Role.DIRECTOR), ("claim", 3, 0), ("agree", 3, 0)],
    _REFUSED,
    [*_REFUSED, ("take_review", 2, 0), ("recommend", 2, 0)],
]
"""How far a case has come already, so that few steps lead somewhere."""


async def live(
    store: Store, begun: list[Step], held: tuple[frozenset[Role], ...], steps: list[Step]
) -> list[Life]:
    """Take these steps one after the other in a town of their own; the lives of the cases that came of it."""
    town = await store.run(Town)
    given: list[Step] = [("grant", who, role) for who, roles in enumerate(held) for role in sorted(roles)]
    for each in begun + given + steps:
        try:
            await store.run(partial(town.does, what=each))
        except (DomainError, ServicesError, NotFound, Stale):
            continue
    return list(town.lives.values())


def test_no_sequence_of_roles_substitutes_and_accounts_lets_one_person_do_both(
    tmp_path: Path, vault: Vault
) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(f"sqlite:///{tmp_path}/town.db", vault=vault, clock=Clock()))

        @settings(max_examples=100, deadline=None)
        @given(begun=st.sampled_from(_BEGINNINGS), held=roles, steps=st.lists(step, min_size=5, max_size=16))
        def try_it(begun: list[Step], held: tuple[frozenset[Role], ...], steps: list[Step]) -> None:
            for seen in runner.run(live(store, begun, held, steps)):
                _require_separation(seen)

        try:
            try_it()
        finally:  # an open store's thread would keep the process from ending
            runner.run(store.close())


def names(event: CaseEvent) -> set[int | None]:
    """Who took the step, and on whose behalf."""
    return {event.person_id, event.on_behalf_of} - {None}


def _require_separation(seen: Life) -> None:
    decided = [event for event in seen.events if event.action in DECISIONS]
    assert [event for event in decided if names(event) & (seen.filers.keys() | seen.cosigners)] == []
    of_agency = {user for known in seen.filers.values() for user in known} | {seen.cosigned}
    assert [known for known in seen.judges.values() if known & of_agency] == []
    assert seen.without_role == []
    _require_two(seen)
    _require_other_eyes(seen)


def _require_two(seen: Life) -> None:
    """Each agreement is of two persons, who share no account."""
    for first, second in zip(seen.events, seen.events[1:], strict=False):
        if second.action == Action.SIGN:
            assert first.action == Action.AGREE
            assert names(first) & names(second) == set()
            assert seen.judges[first.person_id or 0] & seen.judges[second.person_id or 0] == set()


def _require_other_eyes(seen: Life) -> None:
    """A refusal is reviewed, and replaced, by others; and who recommends its replacement does not make it."""
    refused: set[int | None] = set()
    recommended: set[int | None] = set()
    asked = False
    for event in seen.events:
        if event.action == Action.ASK_REVIEW:
            asked = True
        if asked and event.action in {Action.UPHOLD, Action.RECOMMEND, Action.SUPERSEDE}:
            assert names(event) & refused == set()
        if event.action == Action.RECOMMEND:
            recommended = names(event)
        if event.action == Action.SUPERSEDE:
            assert names(event) & recommended == set()
            recommended, asked = set(), False
        if event.action == Action.REFUSE:
            refused = names(event)
