"""R9 and R10: many people press at the same moment, and one of them is the one."""

import random
from collections import Counter
from collections.abc import Awaitable
from functools import partial

from services_office import ANSWERS, Clock, Office, at_once

from benchmarks.proofs.places import VAULT
from benchmarks.proofs.tally import Place, Tally
from domain.lifecycle import Action, State
from domain.roles import Actor
from services import decisions, proposals, review
from services.errors import AlreadyDecided, Taken
from services.proposals import Filed
from storage.engine import Store
from storage.errors import Stale
from storage.records import Case, FormRun
from storage.work import Work

REVIEWERS = 50
PRESSES = 20
FORMS_AT_ONCE = 10
DIGEST = "of a passcode that nobody has"
FINAL = {State.AGREED, State.NOT_AGREED}


async def _office(place: Place) -> Office:
    clock = Clock()
    return Office(await Store.open(place.url, vault=VAULT, clock=clock, workers=8), clock)


def _name(number: int) -> str:
    return f"بررسی‌کننده {number}"


async def fifty_reviewers(place: Place) -> Tally:
    """R9: each of `size` cases is claimed, then pressed «agree» or «refuse», by fifty reviewers at once."""
    drawn, tally, office = random.Random(place.seed), Tally(), await _office(place)
    officer = await office.officer()
    crowd = {one.person_id: one for one in [await office.reviewer(_name(n)) for n in range(REVIEWERS)]}
    names = {person: _name(number) for number, person in enumerate(crowd)}
    came: Counter[str] = Counter()
    histories: list[tuple[Action, ...]] = []
    for number in range(1, place.size + 1):
        filed = await office.file(officer)
        claims = await at_once(
            *(office.do(review.claim, actor=one, case_id=filed.id) for one in crowd.values())
        )
        winners = [one for one in claims if isinstance(one, Case)]
        came["claims that won"] += len(winners)
        holder = winners[0].holder
        came.update(_came_to(one, names[holder]) for one in claims if not isinstance(one, Case))
        await office.tick_all(crowd[holder], filed)
        presses = [_pressed(office, drawn, one, filed) for one in crowd.values() for _ in range(2)]
        drawn.shuffle(presses)
        decided = await at_once(*presses)
        came["decisions that won"] += sum(isinstance(one, Case) for one in decided)
        came.update(_came_to(one, names[holder]) for one in decided if not isinstance(one, Case))
        histories.append(await office.look(partial(_history, row=filed.id)))
        place.progress(number, place.size, "cases")
    await office.store.close()
    tally.must("claims that won", came["claims that won"], place.size)
    tally.must("decisions that won", came["decisions that won"], place.size)
    # As the store tells it, whatever the presses came to.
    tally.must("histories with one decision", sum(map(_decided_once, histories)), place.size)
    tally.must("losers not told who won", came["not told"], 0)
    tally.count("losers told who won", came["told who won"])
    tally.count("losers told that it changed", came["told that it changed"])
    return tally


def _pressed(office: Office, drawn: random.Random, one: Actor, case: Case) -> Awaitable[Case]:
    if drawn.random() < 0.5:  # noqa: PLR2004 - one of two buttons
        return office.do(decisions.agree, actor=one, case_id=case.id)
    return office.do(decisions.refuse, actor=one, case_id=case.id, reasons=("other.1",), note="یادداشت")


def _came_to(lost: object, winner: str) -> str:
    if isinstance(lost, Stale):
        return "told that it changed"
    told = lost.holder_name if isinstance(lost, Taken) else getattr(lost, "by", "")
    return "told who won" if isinstance(lost, Taken | AlreadyDecided) and told == winner else "not told"


def _history(work: Work, row: int) -> tuple[Action, ...]:
    return tuple(Action(event.action) for event in work.cases.events(row))


def _decided_once(history: tuple[Action, ...]) -> bool:
    decisions = ((Action.AGREE,), (Action.REFUSE,))
    return history[:2] == (Action.SUBMIT, Action.CLAIM) and history[2:] in decisions


async def twenty_presses(place: Place) -> Tally:
    """R10: each of `size` drafts is submitted twenty times at once."""
    tally, office = Tally(), await _office(place)
    officer = await office.officer()
    filed: list[Filed] = []
    for done in range(0, place.size, FORMS_AT_ONCE):
        runs = [await office.draft(officer) for _ in range(min(FORMS_AT_ONCE, place.size - done))]
        filed += await at_once(*(_filed(office, officer, run) for run in runs for _ in range(PRESSES)))
        place.progress(done + len(runs), place.size, "forms")
    mine = await office.do(proposals.mine, officer, limit=1)
    await office.store.close()
    good = [one for one in filed if isinstance(one, Filed)]
    tally.must("presses that raised", len(filed) - len(good), 0)
    tally.must("cases", mine.total, place.size)
    tally.must("codes", len({one.code for one in good}), place.size)
    tally.must("presses told that theirs was the first", sum(one.first_time for one in good), place.size)
    return tally


def _filed(office: Office, officer: Actor, run: FormRun) -> Awaitable[Filed]:
    return office.do(
        proposals.file,
        actor=officer,
        run=run,
        answers=ANSWERS,
        secret_digest=DIGEST,
        platform="bale",
        chat_id=1,
    )
