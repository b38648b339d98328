"""Resets of forgotten passcodes and second factors, and every step in the life of a secret."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from storage.audit import note
from storage.case_lists import PASSCODE
from storage.records import View
from storage.records.factors import Reset, ResetOutcome, SecretEvent
from storage.tables.cases import cases, views
from storage.tables.factors import resets, secret_events
from storage.transaction import Transaction

_ADD: Final = insert(resets).on_conflict_do_nothing().returning(resets.c.id)
_THIS: Final = resets.c.id == bindparam("row")
_STANDS: Final = resets.c.outcome.is_(None)
_GET: Final = select(resets).where(_THIS).with_for_update()
_BY_TOKEN: Final = select(resets).where(resets.c.token_hash == bindparam("token")).with_for_update()
_OPEN_CASE: Final = select(resets).where(_STANDS, resets.c.case_id == bindparam("of"))
_OPEN_FACTOR: Final = select(resets).where(
    _STANDS, resets.c.case_id.is_(None), resets.c.owner == bindparam("of")
)
_OWN: Final = select(resets).where(resets.c.owner == bindparam("of")).order_by(resets.c.id)
_OPEN: Final = select(resets).where(_STANDS).order_by(resets.c.id)
_CLAIM: Final = (
    update(resets)
    .where(_THIS, _STANDS, resets.c.holder.is_not_distinct_from(bindparam("before")))
    .values(holder=bindparam("by"), claimed_at=bindparam("now"))
)
_ISSUE: Final = (
    update(resets)
    .where(_THIS, _STANDS)
    .values(issued_at=bindparam("issued"), token_hash=bindparam("token"), expires_at=bindparam("until"))
)
_END: Final = (
    update(resets)
    .where(_THIS, _STANDS)
    .values(outcome=bindparam("what"), ended_at=bindparam("now"), token_hash=None)
)
_OVER: Final = (
    select(resets)
    .where(_STANDS, resets.c.expires_at <= bindparam("now"))
    .order_by(resets.c.id)
    .limit(bindparam("most"))
)
_REMINDED: Final = update(resets).where(_THIS).values(reminded_at=bindparam("now"))
_WARNED: Final = update(resets).where(_THIS).values(warned_at=bindparam("now"))
_PROMPTED: Final = update(resets).where(_THIS).values(prompted_at=bindparam("now"))
_TOLD: Final = update(resets).where(_THIS).values(told_at=bindparam("now"))
_UNTOLD: Final = (
    select(resets)
    .where(resets.c.outcome == literal_column("'expired'"), resets.c.told_at.is_(None))
    .order_by(resets.c.id)
    .limit(bindparam("most"))
)
_ASKED: Final = (
    select(resets)
    .where(resets.c.asked_at >= bindparam("start"), resets.c.asked_at < bindparam("stop"))
    .order_by(resets.c.id)
)

_CODE: Final = select(cases.c.code).where(cases.c.id == bindparam("of"))
_SET_DUE: Final = (
    update(resets)
    .where(_THIS, _STANDS, resets.c.issued_at.is_(None))
    .values(due_at=bindparam("due"), moved_from=bindparam("was"), moved_for=bindparam("why"))
)
# Put off, it is warned of and reminded of anew; what was said of a moment that came nearer stays said.
_PUT_OFF: Final = _SET_DUE.values(warned_at=None, reminded_at=None)
_TOLD_MOVE: Final = update(resets).where(_THIS).values(moved_from=None, moved_for=None)
_MOVED: Final = select(resets).where(_STANDS, resets.c.moved_from.is_not(None)).order_by(resets.c.id)

_PASSCODE: Final = update(cases).where(cases.c.id == bindparam("of")).values(passcode=bindparam("sealed"))
_VIEWS: Final = select(views).where(views.c.case_id == bindparam("of"))
_DROP_VIEWS: Final = delete(views).where(views.c.case_id == bindparam("of"))

_NOTE: Final = insert(secret_events)
_FACTOR: Final = frozenset({"totp_made", "pin_made", "factor_removed"})
"""Steps that make or remove a second factor."""
_EVENTS: Final = (
    select(secret_events).where(secret_events.c.owner == bindparam("of")).order_by(secret_events.c.id)
)
_LAST: Final = (
    select(secret_events.c.at)
    .where(secret_events.c.case_id == bindparam("of"), secret_events.c.action == bindparam("what"))
    .order_by(secret_events.c.id.desc())
    .limit(1)
)


class Resets:
    """One open reset for each case and each person's factor."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def ask_reset(
        self, owner: int, case_id: int | None, platform: str, due_at: datetime | None = None
    ) -> Reset | None:
        """A new request, due at this moment if ever; None if one stands already."""
        values = {
            "case_id": case_id,
            "owner": owner,
            "platform": platform,
            "asked_at": self._tx.now,
            "due_at": due_at,
        }
        row_id = self._tx.connection.execute(_ADD, values).scalar_one_or_none()
        return None if row_id is None else self.reset(row_id)

    def reset(self, reset_id: int) -> Reset | None:
        """The request with this number, held until the unit ends, or None."""
        return _first(self._tx.connection.execute(_GET, {"row": reset_id}).first())

    def reset_by_token(self, token_hash: str) -> Reset | None:
        """The request whose one-time code has this digest, held until the unit ends, or None."""
        return _first(self._tx.connection.execute(_BY_TOKEN, {"token": token_hash}).first())

    def reset_of_case(self, case_id: int) -> Reset | None:
        """The open request for this case, or None."""
        return _first(self._tx.connection.execute(_OPEN_CASE, {"of": case_id}).first())

    def reset_of_factor(self, person_id: int) -> Reset | None:
        """The open request for this person's second factor, or None."""
        return _first(self._tx.connection.execute(_OPEN_FACTOR, {"of": person_id}).first())

    def open_resets(self) -> tuple[Reset, ...]:
        """Every open request, the oldest first."""
        return tuple(map(_reset, self._tx.connection.execute(_OPEN)))

    def resets_of(self, owner: int) -> tuple[Reset, ...]:
        """Every request for this person's secrets, open or ended, the oldest first."""
        return tuple(map(_reset, self._tx.connection.execute(_OWN, {"of": owner})))

    def asked_between(self, begin: datetime, end: datetime) -> tuple[Reset, ...]:
        """The requests made from `begin` until before `end`, the oldest first."""
        return tuple(map(_reset, self._tx.connection.execute(_ASKED, {"start": begin, "stop": end})))

    def claim_reset(self, reset_id: int, before: int | None, by: int | None) -> bool:
        """Hand it from one admin (None: from nobody) to another; False if it was in other hands, or ended."""
        values = {"row": reset_id, "before": before, "by": by, "now": self._tx.now}
        return self._tx.connection.execute(_CLAIM, values).rowcount == 1

    def issue_reset(self, reset_id: int, token_hash: str, expires_at: datetime, issued_at: datetime) -> bool:
        """Its one-time code is this from now on, and no other; False if the request has ended."""
        values = {"row": reset_id, "token": token_hash, "until": expires_at, "issued": issued_at}
        return self._tx.connection.execute(_ISSUE, values).rowcount == 1

    def end_reset(self, reset_id: int, outcome: ResetOutcome) -> bool:
        """End it, once; its code opens nothing any more."""
        values = {"row": reset_id, "what": outcome, "now": self._tx.now}
        return self._tx.connection.execute(_END, values).rowcount == 1

    def set_reset_due(
        self, reset: Reset, due_at: datetime | None, changes: Sequence[Mapping[str, str]]
    ) -> None:
        """A request that is not seen to is due at this moment from now on, if ever, for these changes."""
        both = reset.due_at is not None and due_at is not None
        moved = (*reset.moved_for, *(one for one in changes if one not in reset.moved_for))
        values = {
            "row": reset.id,
            "due": due_at,
            "was": (reset.moved_from or reset.due_at) if both else None,
            "why": [dict(one) for one in moved] if both else None,
        }
        later = reset.due_at is not None and due_at is not None and due_at > reset.due_at
        self._tx.connection.execute(_PUT_OFF if later else _SET_DUE, values)

    def moved_resets(self) -> tuple[Reset, ...]:
        """Open requests whose target was moved and of which nobody was told; now they count as told."""
        found = tuple(map(_reset, self._tx.connection.execute(_MOVED)))
        for reset in found:
            self._tx.connection.execute(_TOLD_MOVE, {"row": reset.id})
        return found

    def expired_resets(self, *, limit: int) -> tuple[Reset, ...]:
        """The open requests whose code has run out, the oldest first."""
        found = self._tx.connection.execute(_OVER, {"now": self._tx.now, "most": limit})
        return tuple(map(_reset, found))

    def note_reminder(self, reset_id: int) -> None:
        """The admins were told that it is late."""
        self._tx.connection.execute(_REMINDED, {"row": reset_id, "now": self._tx.now})

    def note_warning(self, reset_id: int) -> None:
        """The admins were told that it is nearly up."""
        self._tx.connection.execute(_WARNED, {"row": reset_id, "now": self._tx.now})

    def note_prompt(self, reset_id: int) -> None:
        """The admins were shown it."""
        self._tx.connection.execute(_PROMPTED, {"row": reset_id, "now": self._tx.now})

    def untold_resets(self, *, limit: int) -> tuple[Reset, ...]:
        """Requests whose code ran out, and whose owners were not told so yet; the oldest first."""
        return tuple(map(_reset, self._tx.connection.execute(_UNTOLD, {"most": limit})))

    def note_told(self, reset_id: int) -> None:
        """The owner was told that its code ran out."""
        self._tx.connection.execute(_TOLD, {"row": reset_id, "now": self._tx.now})

    # What a reset does to its case

    def set_passcode(self, case_id: int, digest: str) -> None:
        """This is the digest of the case's passcode from now on; an empty one is that of none."""
        code = self._tx.connection.execute(_CODE, {"of": case_id}).scalar_one()
        sealed = self._tx.vault.seal(PASSCODE, digest, code) if digest else None
        self._tx.connection.execute(_PASSCODE, {"of": case_id, "sealed": sealed})

    def end_views(self, case_id: int) -> tuple[View, ...]:
        """Nobody sees the case by its former passcode any more; gives the leaves that were taken."""
        found = self._tx.connection.execute(_VIEWS, {"of": case_id}).all()
        self._tx.connection.execute(_DROP_VIEWS, {"of": case_id})
        return tuple(View(row.case_id, row.platform, row.chat_id, row.until) for row in found)

    # The record

    def note_event(
        self,
        action: str,
        owner: int,
        *,
        by: int | None,
        case_id: int | None = None,
        reset_id: int | None = None,
    ) -> None:
        """Write one step down."""
        values = {
            "at": self._tx.now,
            "action": action,
            "owner": owner,
            "case_id": case_id,
            "reset_id": reset_id,
            "by": by,
        }
        self._tx.connection.execute(_NOTE, values)
        note(
            self._tx,
            Deed.FACTOR if action in _FACTOR else Deed.RESET,
            by=by,
            about=f"person:{owner}" if reset_id is None else f"reset:{reset_id}",
            step=action,
            owner=owner,
            case=case_id,
        )

    def secret_events(self, owner: int) -> tuple[SecretEvent, ...]:
        """Every step about this person's secrets, the first first."""
        found = self._tx.connection.execute(_EVENTS, {"of": owner})
        return tuple(
            SecretEvent(row.at, row.action, row.owner, row.case_id, row.reset_id, row.by) for row in found
        )

    def last_event(self, action: str, case_id: int) -> datetime | None:
        """When this happened last to the case's passcode, or None."""
        moment: datetime | None = self._tx.connection.execute(
            _LAST, {"of": case_id, "what": action}
        ).scalar_one_or_none()
        return moment


def _first(found: Row[Any] | None) -> Reset | None:
    return None if found is None else _reset(found)


def _reset(found: Row[Any]) -> Reset:
    return Reset(
        id=found.id,
        case_id=found.case_id,
        owner=found.owner,
        platform=found.platform,
        asked_at=found.asked_at,
        holder=found.holder,
        claimed_at=found.claimed_at,
        issued_at=found.issued_at,
        expires_at=found.expires_at,
        outcome=found.outcome,
        ended_at=found.ended_at,
        reminded_at=found.reminded_at,
        due_at=found.due_at,
        warned_at=found.warned_at,
        prompted_at=found.prompted_at,
        moved_from=found.moved_from,
        moved_for=tuple(found.moved_for or ()),
    )
