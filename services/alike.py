"""The same debt proposed twice: found by a keyed digest, so that nobody's number lies in the clear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.roles import Actor
from domain.tracking import public_stage
from services.cases import speaks_for
from storage.records import Case
from storage.vault import Vault
from storage.work import Work

SHOWN: Final = 5
"""Cases of one warning: a technical bound."""
_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Alike:
    """An undecided case about the same debt, as somebody of its agency may know it.

    Attributes:
        code: the tracking code.
        stage: the public one.
        own: whether this very officer filed it.
    """

    case_id: int
    code: str
    stage: str
    own: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What is open about the same debt.

    Attributes:
        key: of the debt, in hex; a reason given for filing it again holds for this debt alone.
        same_agency: the cases of the own agency, the newest first.
        elsewhere: whether another agency has one, of which nothing else is told.
        cases: the numbers of all of them, for the office alone.
    """

    key: str
    same_agency: tuple[Alike, ...]
    elsewhere: bool
    cases: tuple[int, ...]


def find(work: Work, actor: Actor, answers: Mapping[str, object]) -> Found | None:
    """The undecided cases with the debtor, the type and the amount of these answers; None where none is."""
    digest = _digest(work.vault, answers)
    ids = work.filing.same_debt(digest, SHOWN) if digest else ()
    if digest is None or not ids:
        return None
    cases = [work.cases.get(case_id) for case_id in ids]
    mine = [case for case in cases if case.agency_id == actor.agency_id]
    own = tuple(_alike(actor, case) for case in mine)
    return Found(digest.hex(), own, elsewhere=len(mine) < len(cases), cases=ids)


def reason_for(found: Found | None, given: Mapping[str, object] | None) -> str | None:
    """Why this very debt is proposed again; None where nothing is open about it, or nothing was said of it.

    Args:
        found: what is open about it.
        given: `key` of the debt that somebody was asked about, and the `reason` written then; or None.
    """
    if found is None or not given or given.get("key") != found.key:
        return None
    return str(given["reason"])


def write(work: Work, case: Case) -> None:
    """Let a case just filed or corrected be found."""
    digest = _digest(work.vault, case.proposal)
    if digest is not None:
        work.filing.owes(case.id, digest)


def fill(work: Work, limit: int) -> int:
    """Let some of the undecided cases be found that were filed before this was kept; returns how many."""
    ids = work.filing.without_debt(limit)
    for case_id in ids:
        write(work, work.cases.get(case_id))
    return len(ids)


def _alike(actor: Actor, case: Case) -> Alike:
    return Alike(case.id, case.code, public_stage(case.state), own=speaks_for(actor, case))


def _digest(vault: Vault, answers: Mapping[str, object]) -> bytes | None:
    """Of debtor, type and amount; None while one of them is open."""
    debtor = answers.get("national_id") or answers.get("legal_id")
    said = (debtor, answers.get("debt_type"), answers.get("amount"))
    if not all(said):
        return None
    return bytes.fromhex(vault.digest("same debt", " ".join(map(str, said))))[:_BYTES]
