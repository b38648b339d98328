"""The officer's day: who owes what, the last filing, reviews asked for, co-signatures; drafts in `Idle`."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import (
    Row,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.lifecycle import State
from storage import form_keys
from storage.case_lists import PROPOSAL
from storage.errors import Erased
from storage.idle import Idle
from storage.records import JsonObject
from storage.records.filing import Cosignature, CosignOutcome, ReviewOutcome, ReviewRequest
from storage.tables.cases import cases
from storage.tables.filing import case_debts, cosignatures, review_requests
from storage.tables.people import accounts, former_accounts

_OPEN: Final = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.AWAITING_SIGNATURE)
_NAME: Final = "cosignatures.name"

_OWE = insert(case_debts)
_OWE_ROW: Final = _OWE.on_conflict_do_update(
    index_elements=[case_debts.c.case_id], set_={"digest": _OWE.excluded.digest}
)
_SAME_DEBT: Final = (
    select(cases.c.id)
    .join(case_debts, case_debts.c.case_id == cases.c.id)
    .where(case_debts.c.digest == bindparam("digest"), cases.c.state.in_(_OPEN))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
_WITHOUT_DEBT: Final = (
    select(cases.c.id)
    .where(cases.c.state.in_(_OPEN), ~exists().where(case_debts.c.case_id == cases.c.id))
    .order_by(cases.c.id)
    .limit(bindparam("most"))
    .with_for_update()
)
_LAST: Final = (
    select(
        cases.c.code, cases.c.version, cases.c.form_id, cases.c.proposal, form_keys.key_of(cases.c.form_id)
    )
    .where(cases.c.filed_by == bindparam("person"), cases.c.agency_id == bindparam("agency"))
    .order_by(cases.c.id.desc())
    .limit(1)
)

_ASK: Final = insert(review_requests).on_conflict_do_nothing().returning(review_requests.c.case_id)
_REQUEST: Final = (
    select(review_requests)
    .where(review_requests.c.case_id == bindparam("row"))
    .order_by(review_requests.c.refused_on.desc())
    .limit(1)
)
_HOLD_REQUEST: Final = (
    update(review_requests)
    .where(
        review_requests.c.case_id == bindparam("row"),
        review_requests.c.refused_on == bindparam("refused"),
        review_requests.c.outcome.is_(None),
    )
    .values(holder=bindparam("person"))
)
_END_REQUEST: Final = (
    update(review_requests)
    .where(
        review_requests.c.case_id == bindparam("row"),
        or_(review_requests.c.outcome.is_(None), review_requests.c.outcome == "recommended"),
    )
    .values(outcome=bindparam("into"))
)
_waiting = and_(
    or_(
        review_requests.c.outcome.is_(None),
        review_requests.c.outcome == literal_column("'recommended'"),
    ),
    func.coalesce(review_requests.c.outcome, "asked").in_(bindparam("kinds", expanding=True)),
)
_REVIEWS: Final = (
    select(review_requests.c.case_id)
    .where(_waiting)
    .order_by(review_requests.c.asked_at, review_requests.c.case_id)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_COUNT_REVIEWS: Final = select(func.count()).select_from(review_requests).where(_waiting)

_OFFER: Final = insert(cosignatures).on_conflict_do_nothing().returning(cosignatures.c.id)
_GET: Final = select(cosignatures).where(cosignatures.c.id == bindparam("row"))
_BY_TOKEN: Final = select(cosignatures).where(cosignatures.c.token_hash == bindparam("token"))
_OF_FORM: Final = select(cosignatures).where(
    cosignatures.c.form_id == bindparam("form"), cosignatures.c.outcome.is_(None)
)
_OPENED: Final = (
    update(cosignatures)
    .where(
        cosignatures.c.id == bindparam("row"),
        cosignatures.c.outcome.is_(None),
        cosignatures.c.user_id.is_(None),
    )
    .values(platform=bindparam("at"), user_id=bindparam("user"), chat_id=bindparam("to"))
)
_END: Final = (
    update(cosignatures)
    .where(cosignatures.c.id == bindparam("row"), cosignatures.c.outcome.is_(None))
    .values(
        outcome=bindparam("into"),
        name=bindparam("called"),
        person_id=bindparam("person"),
        case_id=bindparam("case"),
        ended_at=bindparam("now"),
    )
)
_CONFIRMED: Final = cosignatures.c.case_id == bindparam("case")


def _whose(table: Table) -> Select[Any]:
    """Whose the account is, or was, by which a case was confirmed."""
    same = and_(table.c.platform == cosignatures.c.platform, table.c.user_id == cosignatures.c.user_id)
    return select(table.c.person_id).join(cosignatures, same).where(_CONFIRMED)


# Who has cut the account off is still who confirmed by it.
_COSIGNED_BY: Final = union(
    select(cosignatures.c.person_id).where(_CONFIRMED, cosignatures.c.person_id.is_not(None)),
    _whose(accounts),
    _whose(former_accounts),
)
_CONFIRMED_BY: Final = select(cosignatures.c.case_id).where(
    cosignatures.c.platform == bindparam("at"),
    cosignatures.c.user_id == bindparam("user"),
    cosignatures.c.case_id.is_not(None),
)
_OVER: Final = (
    select(cosignatures)
    .where(cosignatures.c.outcome.is_(None), cosignatures.c.expires_at <= bindparam("now"))
    .order_by(cosignatures.c.expires_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class Filing(Idle):
    """What stands beside the officer's cases and drafts."""

    def owes(self, case_id: int, digest: bytes) -> None:
        """Keep whose debt of which kind and amount this case is about, as a keyed digest."""
        self._tx.connection.execute(_OWE_ROW, {"case_id": case_id, "digest": digest})

    def same_debt(self, digest: bytes, limit: int) -> tuple[int, ...]:
        """The cases about the same debt that are not decided yet, the newest first."""
        return tuple(self._tx.connection.scalars(_SAME_DEBT, {"digest": digest, "most": limit}))

    def without_debt(self, limit: int) -> tuple[int, ...]:
        """Undecided cases whose debt is not kept so yet, held by this unit."""
        return tuple(self._tx.connection.scalars(_WITHOUT_DEBT, {"most": limit}))

    def last_proposal(self, person_id: int, agency_id: int) -> JsonObject | None:
        """The proposal that this person filed last for this agency, or None, as once it is erased."""
        values = {"person": person_id, "agency": agency_id}
        found = self._tx.connection.execute(_LAST, values).first()
        if found is None:
            return None
        try:
            key = form_keys.opened(self._tx, found.form_id, found.form_key)
        except Erased:
            return None
        last: JsonObject = self._tx.vault.open(PROPOSAL, found.proposal, (found.code, found.version), key)
        return last

    def ask_review(self, case_id: int, refused_on: int) -> bool:
        """Keep that a review of this refusal is asked for; False if it was before."""
        values = {"case_id": case_id, "refused_on": refused_on, "asked_at": self._tx.now}
        return self._tx.connection.execute(_ASK, values).first() is not None

    def review_request(self, case_id: int) -> ReviewRequest | None:
        """The last review that was asked for of this case, or None."""
        found = self._tx.connection.execute(_REQUEST, {"row": case_id}).first()
        return None if found is None else ReviewRequest(*found)

    def hold_review(self, request: ReviewRequest, person_id: int | None) -> None:
        """Let this person look at it, or nobody."""
        values = {"row": request.case_id, "refused": request.refused_on, "person": person_id}
        self._tx.connection.execute(_HOLD_REQUEST, values)

    def end_review(self, case_id: int, outcome: ReviewOutcome) -> None:
        """Say what came of it; nothing while none is open."""
        self._tx.connection.execute(_END_REQUEST, {"row": case_id, "into": outcome})

    def reviews(self, kinds: Collection[str], limit: int, offset: int = 0) -> tuple[int, ...]:
        """Cases whose refusal is to be reviewed (`asked`) or replaced (`recommended`), in turn."""
        values = {"kinds": list(kinds), "most": limit, "skip": offset}
        return tuple(self._tx.connection.scalars(_REVIEWS, values)) if kinds else ()

    def count_reviews(self, kinds: Collection[str]) -> int:
        """How many of them there are."""
        if not kinds:
            return 0
        count: int = self._tx.connection.execute(_COUNT_REVIEWS, {"kinds": list(kinds)}).scalar_one()
        return count

    def offer_cosign(
        self, form_id: int, officer: int, agency_id: int | None, token_hash: str, expires_at: datetime
    ) -> bool:
        """Let a draft wait for the official of this agency behind this token; False if it does already."""
        values = {
            "form_id": form_id,
            "officer": officer,
            "agency_id": agency_id,
            "token_hash": token_hash,
            "made_at": self._tx.now,
            "expires_at": expires_at,
        }
        return self._tx.connection.execute(_OFFER, values).first() is not None

    def cosignature(self, row: int) -> Cosignature | None:
        """The co-signature with this number, or None."""
        return self._one_cosign(_GET, {"row": row})

    def cosign_by_token(self, token_hash: str) -> Cosignature | None:
        """The one with this digest, waiting or ended, or None."""
        return self._one_cosign(_BY_TOKEN, {"token": token_hash})

    def cosign_of(self, form_id: int) -> Cosignature | None:
        """The one that this draft waits for, or None."""
        return self._one_cosign(_OF_FORM, {"form": form_id})

    def open_cosign(self, row: int, platform: str, user_id: int, chat_id: int) -> bool:
        """Bind it to the account that opened it; False if another did before."""
        values = {"row": row, "at": platform, "user": user_id, "to": chat_id}
        return self._tx.connection.execute(_OPENED, values).rowcount == 1

    def end_cosign(
        self,
        row: int,
        outcome: CosignOutcome,
        name: str = "",
        *,
        person_id: int | None = None,
        case_id: int | None = None,
    ) -> bool:
        """End it, once; False if it is ended already.

        Args:
            row: which.
            outcome: how.
            name: what the official is called, of one that was confirmed.
            person_id: whom the office knows the official as, or None.
            case_id: the case that arose or was corrected by it, or None.
        """
        sealed = self._tx.vault.seal(_NAME, name, row) if name else None
        values = {
            "row": row,
            "into": outcome,
            "called": sealed,
            "person": person_id,
            "case": case_id,
            "now": self._tx.now,
        }
        return self._tx.connection.execute(_END, values).rowcount == 1

    def cosigned_by(self, case_id: int) -> frozenset[int]:
        """Whom the office knows, by then or since, as an official who confirmed what stands in a case."""
        return frozenset(self._tx.connection.scalars(_COSIGNED_BY, {"case": case_id}))

    def confirmed_by(self, platform: str, user_id: int) -> tuple[int, ...]:
        """The cases that were confirmed by this account, for an agency."""
        return tuple(self._tx.connection.scalars(_CONFIRMED_BY, {"at": platform, "user": user_id}))

    def cosigns_over(self, limit: int) -> tuple[Cosignature, ...]:
        """Those whose link is good no more, held by this unit."""
        values = {"now": self._tx.now, "most": limit}
        return tuple(map(self._cosign, self._tx.connection.execute(_OVER, values)))

    def _one_cosign(self, query: Select[Any], values: dict[str, object]) -> Cosignature | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else self._cosign(found)

    def _cosign(self, found: Row[Any]) -> Cosignature:
        return Cosignature(
            id=found.id,
            form_id=found.form_id,
            officer=found.officer,
            agency_id=found.agency_id,
            made_at=found.made_at,
            expires_at=found.expires_at,
            platform=found.platform,
            user_id=found.user_id,
            chat_id=found.chat_id,
            name="" if found.name is None else str(self._tx.vault.open(_NAME, found.name, found.id)),
            outcome=cast("CosignOutcome | None", found.outcome),
            case_id=found.case_id,
        )
