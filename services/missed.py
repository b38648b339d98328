"""What somebody missed while no messenger could reach them: told once, when they come back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from domain.lifecycle import State
from domain.roles import Role
from domain.tracking import PUBLIC_STAGES, timeline
from services.cases import hands, steps_of
from storage.records import LedgerRow, OutboxState
from storage.work import Work

LISTED: Final = 20
"""Changes told one by one; of the others, how many."""

_CHANGE: Final = re.compile(r"(?:case|follow):(\d+):([a-z_]+):(\d+)")
_MOMENT: Final = re.compile(r"missed:(\d+)")
_OF_CASE: Final = re.compile(r"(target|cosign):(\d+):[a-z_]+(?::\d+)?|case:(\d+):(upheld):\d+")
_OF_DRAFT: Final = re.compile(r"draft:\d+:[a-z_]+:\d+")
_OF_DATA: Final = re.compile(r"data:(\d+):answer")
_OF_STAFF: Final = re.compile(r"staff:(\d+):\d+")
_CUT: Final = re.compile(r"cut:\d+")
_FOLLOWED: Final = "follow:"
_NOTICES: Final = "notice"
"""What notices and their reports begin with: no prompt about a case."""
_STAGES: Final = frozenset(stage.code for stage in PUBLIC_STAGES)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a case's public stage.

    Attributes:
        code: the tracking code.
        step: as the timeline calls it.
    """

    code: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """Something else that was not heard, of which how it stands now is what matters.

    Attributes:
        kind: `target` (the office's target of an own case), `upheld` (a refusal after its review), `cosign`
            (filed with the official's confirmation), `draft` (the own drafts), `data` (an answer about own
            data), `staff` (the own roles and substitutions), or `cut` (this chat is nobody's any more).
        code: the tracking code; empty for what is about no case.
    """

    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """What is told on return.

    Attributes:
        changes: the first of the changes, in the order in which they happened.
        more: how many further ones there are.
        waiting: how many cases wait for a reviewer or director who missed prompts; None where none does.
        words: what else was not heard, each thing once.
    """

    changes: tuple[Change, ...]
    more: int
    waiting: int | None
    words: tuple[Word, ...] = ()


def catch_up(work: Work, *, platform: str, chat_id: int, person_id: int | None) -> Missed | None:
    """What could not be delivered to any chat of this person, taken off the books; None if nothing.

    Args:
        work: this unit.
        platform: where the person came back.
        chat_id: the chat there.
        person_id: whom the office knows the person as; a stranger has this one chat.
    """
    chats = {(platform, chat_id)}
    if person_id is not None:
        work.people.hold(person_id)  # coming back in two chats at once, one is told
        chats |= {(chat.platform, chat.chat_id) for chat in work.people.chats_of(person_id)}
    rows = _untold(work, sorted(chats))
    if not rows:
        return None
    work.ledger.told([row.id for row in rows])
    changes = _changes(work, [row for row in rows if _concerns(work, row, person_id)])
    words = tuple(dict.fromkeys(word for row in rows for word in _word_of(work, row, person_id)))[:LISTED]
    prompted = any(_is_prompt(row) for row in rows)
    waiting = _waiting(work, person_id) if prompted else None
    if not changes and not words and waiting is None:
        return None
    return Missed(tuple(changes[:LISTED]), max(0, len(changes) - LISTED), waiting, words)


def purpose(work: Work) -> str:
    """The ledger's key of the message that tells what `catch_up` has found in this unit.

    By it the same is told again, should that message not arrive either.
    """
    return f"missed:{round(work.now.timestamp() * 1000)}"


def _untold(work: Work, chats: list[tuple[str, int]]) -> list[LedgerRow]:
    """What no chat of the person has told yet, with what a list said that did not arrive itself."""
    rows = work.ledger.missed(chats)
    lists = {row: _MOMENT.fullmatch(row.purpose) for row in rows}
    again = [
        told
        for found in lists.values()
        if found
        for told in work.ledger.told_at(chats, datetime.fromtimestamp(int(found[1]) / 1000, UTC))
    ]
    work.ledger.told([row.id for row, found in lists.items() if found])
    return [*again, *(row for row, found in lists.items() if not found)]


def _change_in(row: LedgerRow) -> tuple[int, int] | None:
    """The case and its version that a message told of, or None for one that was not about a public stage."""
    found = _CHANGE.fullmatch(row.purpose)
    return (int(found[1]), int(found[3])) if found and found[2] in _STAGES else None


def _is_prompt(row: LedgerRow) -> bool:
    """Whether a message asked somebody of the desk to do something."""
    others = (_OF_CASE, _OF_DRAFT, _OF_DATA, _OF_STAFF, _CUT)
    told = _change_in(row) is not None or any(shape.fullmatch(row.purpose) for shape in others)
    return not told and not row.purpose.startswith(_NOTICES)


def _word_of(work: Work, row: LedgerRow, person_id: int | None) -> tuple[Word, ...]:
    """What else a message told the filer of a case, the owner of a draft, or who asked about own data."""
    about = _OF_DATA.fullmatch(row.purpose)
    asked = work.staffing.request(int(about[1])) if about else None
    if asked is not None:
        return (Word("data"),) if asked.person_id in {None, person_id} else ()
    if person_id is not None and _OF_DRAFT.fullmatch(row.purpose):
        return (Word("draft"),)
    if person_id is None and _CUT.fullmatch(row.purpose):
        return (Word("cut"),)
    if staff := _OF_STAFF.fullmatch(row.purpose):
        return (Word("staff"),) if int(staff[1]) == person_id and not _heard(work, row) else ()
    found = _OF_CASE.fullmatch(row.purpose)
    if found is None:
        return ()
    case = work.cases.get(int(found[2] or found[3]))
    return (Word(found[1] or found[4], case.code),) if case.filed_by == person_id else ()


def _heard(work: Work, row: LedgerRow) -> bool:
    """Whether the same has come to another chat of the person."""
    return any(each.state is OutboxState.SENT for each in work.ledger.of(row.purpose))


def _concerns(work: Work, row: LedgerRow, person_id: int | None) -> bool:
    """Whether it still is this person's business: the chat may have been somebody else's at that time."""
    change = _change_in(row)
    if change is None or row.purpose.startswith(_FOLLOWED):
        return True
    return work.cases.get(change[0]).filed_by == person_id


def _changes(work: Work, rows: Iterable[LedgerRow]) -> list[Change]:
    """Each change once, in whichever chats and ways it was missed."""
    seen = dict.fromkeys(change for row in rows if (change := _change_in(row)) is not None)
    told = [_told(work, case_id, version) for case_id, version in seen]
    return sorted(told, key=lambda change: change.at)


def _told(work: Work, case_id: int, version: int) -> Change:
    events = tuple(event for event in work.cases.events(case_id) if event.on_version <= version)
    step, at = timeline(steps_of(events))[-1]
    return Change(work.cases.get(case_id).code, step, at)


def _waiting(work: Work, person_id: int | None) -> int | None:
    """How many cases this person may take, has in hand or may sign: what the missed prompts were about."""
    person = work.people.get(person_id) if person_id is not None else None
    if person is None:
        return None
    waits = 0
    if person.actor.has(Role.REVIEWER):
        mine = (case for name in hands(person.actor) for case in work.cases.held_by(name))
        held = [case for case in mine if case.state is State.IN_REVIEW]
        waits += work.cases.count((State.SUBMITTED,)) + len(held)
    if person.actor.has(Role.DIRECTOR):
        waits += work.cases.count((State.AWAITING_SIGNATURE,))
    return waits or None
