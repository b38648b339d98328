"""The authorised official's confirmation, where an agency wants one: no case arises without it.

The officer's proposal waits, locked, behind a one-time link; the official confirms it by an account of their
own. That the two are different persons is seen by their accounts: an account that the officer has not linked
here cannot be told from somebody else's.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domain.authority import Deed, plays, require, require_person
from domain.errors import NotYours
from domain.proposal import check
from domain.roles import Actor, Role
from persian.dates import tehran_day
from services import agreement, alike, proposals
from services.drafts import owned
from services.errors import CosignUnusable
from services.proposals import Filed
from services.secrets import new_token, token_hash
from storage.errors import NotFound, Stale
from storage.records import FormRun, FormStatus
from storage.records.filing import Cosignature
from storage.work import Work

LIFETIME: Final = timedelta(hours=24)
"""How long a link is good for: as an invitation (parameter sheet)."""
PREFIX: Final = "cosign"
"""What a code begins with, so that it is never taken for an invitation."""
AT_ONCE: Final = 100
"""Links of one unit of a sweep."""

Account = tuple[str, int]
"""A platform's name and a user's id."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A link: its token goes to the officer once and is kept nowhere."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What the official is shown.

    Attributes:
        name: the official's, if the office knows the person; else empty.
    """

    cosign: Cosignature
    run: FormRun
    officer: str
    agency: str
    name: str


def set_cosign(work: Work, by: Actor | None, agency_id: int, *, on: bool) -> None:
    """Say whether the proposals of this agency need their authorised official's confirmation.

    Args:
        work: this unit.
        by: an admin, or None for the command line.
        agency_id: the agency.
        on: from now on; what waits already goes on waiting.

    Raises:
        NotYours: no admin.
        NotFound: there is no such agency.
    """
    require(by, Deed.COSIGN)
    if work.people.agency(agency_id) is None:
        raise NotFound("agency", agency_id)
    work.catalogue.switch(agency_id, "cosign", on=on, by=by.person_id if by else None)


def wanted(work: Work, actor: Actor) -> bool:
    """Whether what this officer files needs the official's confirmation first."""
    agency = work.people.agency(actor.agency_id) if actor.agency_id is not None else None
    return agency is not None and agency.cosign


def offer(work: Work, actor: Actor, run: FormRun) -> Offered:
    """Lock a complete draft, or correction, and make the link by which its official confirms it.

    Raises:
        NotYours: no officer, or another officer's draft.
        Incomplete: answers are missing or contradict each other.
        TermsNotAccepted: the agreement in force waits for the officer's word.
        Stale: the draft was sent or given up meanwhile.
    """
    owned(actor, run)
    person_id = require_person(actor, Deed.FILE)
    check(run.data.get("answers", {}), today=tehran_day(work.now))
    if run.subject is None:
        agreement.filed_under(work, actor)
    token, expires_at = PREFIX + new_token(), work.now + LIFETIME
    locked = work.filing.turn(run, FormStatus.WAITING)
    digest = token_hash(work.vault, token)
    if not locked or not work.filing.offer_cosign(run.id, person_id, actor.agency_id, digest, expires_at):
        raise Stale("form", run.id)
    return Offered(token, expires_at)


def open(work: Work, *, account: Account, chat_id: int, token: str) -> Asked:  # noqa: A001 - `cosign.open`
    """Open the link: the account that does so first is the only one that may confirm.

    Raises:
        CosignUnusable: unknown, ended, expired or opened by somebody else; `own` for the officer, `other`
            for somebody who has another role here or is of another agency; what came of it, for the account
            that had opened it.
    """
    found = work.filing.cosign_by_token(token_hash(work.vault, token))
    if found is None:
        raise CosignUnusable
    asked = _asked(work, found, account)
    if found.user_id is None and not work.filing.open_cosign(found.id, *account, chat_id):
        raise CosignUnusable
    return asked


def asked_of(work: Work, *, account: Account, number: int) -> Asked:
    """What this account has opened, as long as it may be confirmed; the errors are those of `open`."""
    found = work.filing.cosignature(number)
    if found is None or found.user_id is None:
        raise CosignUnusable
    return _asked(work, found, account)


def confirm(work: Work, *, account: Account, number: int, name: str, secret_digest: str) -> Filed:
    """File the proposal, or send its correction in, with the official's confirmation; it stays the officer's.

    Raises:
        CosignUnusable: as for `open`; `moved` and `alike`: give it back.
        Incomplete: what was right yesterday is not today: give it back.
        TermsNotAccepted: the officer has to accept the agreement in force first: give it back.
        NotYours: the officer may not file (any more): give it back.
        NotAllowedNow: the case that it corrects is not returned any more: give it back.
    """
    asked = asked_of(work, account=account, number=number)
    officer = work.people.get(asked.cosign.officer)
    if officer is None:
        raise NotYours("submit")
    if asked.run.subject is None:
        _insist_fit(work, officer.actor, asked)
    run = _unlocked(work, asked.run)
    if run.subject is None:
        filed = _file(work, officer.actor, run, secret_digest, number)
    else:
        filed = _send_in(work, officer.actor, run, run.subject, number)
    known = work.people.by_account(*account)
    work.filing.end_cosign(
        number,
        "confirmed",
        asked.name or name,
        person_id=known.id if known else None,
        case_id=filed.case.id,
    )
    return filed


def _insist_fit(work: Work, officer: Actor, asked: Asked) -> None:
    """Insist that it is filed for the agency whose official was asked, and is no debt twice unsaid."""
    if plays(officer, Deed.FILE) and officer.agency_id != asked.cosign.agency_id:
        raise CosignUnusable("moved")
    data = asked.run.data
    found = alike.find(work, officer, data.get("answers", {}))
    if found is not None and alike.reason_for(found, data.get("anew")) is None:
        raise CosignUnusable("alike")


def _file(work: Work, officer: Actor, run: FormRun, secret_digest: str, number: int) -> Filed:
    return proposals.file(
        work,
        actor=officer,
        run=run,
        answers=run.data.get("answers", {}),
        secret_digest=secret_digest,
        platform=run.platform,
        chat_id=run.chat_id,
        anew=run.data.get("anew"),
        cosigned=number,
    )


def _send_in(work: Work, officer: Actor, run: FormRun, case_id: int, number: int) -> Filed:
    answers = run.data.get("answers", {})
    case = proposals.resubmit(work, actor=officer, case_id=case_id, run=run, answers=answers, cosigned=number)
    return Filed(case, case.code, first_time=False)


def give_back(work: Work, *, account: Account, number: int) -> Asked:
    """The official sends it back to the officer, whose draft is open again; errors are those of `open`."""
    asked = asked_of(work, account=account, number=number)
    _unlocked(work, asked.run)
    work.filing.end_cosign(number, "returned")
    return asked


def take_back(work: Work, actor: Actor, draft_id: int) -> FormRun:
    """The officer takes the draft back; the link opens nothing from now on.

    Raises:
        NotFound: this person has no such draft waiting (any more).
    """
    run = next((run for run, _ in waiting(work, actor) if run.id == draft_id), None)
    found = work.filing.cosign_of(draft_id) if run is not None else None
    if run is None or found is None or not work.filing.end_cosign(found.id, "taken_back"):
        raise NotFound("form", draft_id)
    return _unlocked(work, run)


def waiting(work: Work, actor: Actor) -> tuple[tuple[FormRun, Cosignature], ...]:
    """The officer's own drafts that wait for the official, the last saved first."""
    if actor.person_id is None or not plays(actor, Deed.FILE):
        return ()
    found = [
        (work.forms.get(number), work.filing.cosign_of(number))
        for number in work.filing.drafts_in(actor.person_id, FormStatus.WAITING)
    ]
    return tuple((run, cosign) for run, cosign in found if run is not None and cosign is not None)


def expire(work: Work) -> tuple[FormRun, ...]:
    """Open the drafts again whose links were not used in time."""
    over = [one for one in work.filing.cosigns_over(AT_ONCE) if work.filing.end_cosign(one.id, "expired")]
    runs = [run for one in over if (run := work.forms.get(one.form_id)) is not None]
    return tuple(_unlocked(work, run) for run in runs)


def _asked(work: Work, found: Cosignature, account: Account) -> Asked:
    run, officer = work.forms.get(found.form_id), work.people.get(found.officer)
    taken = found.user_id is not None and (found.platform, found.user_id) != account
    if run is None or officer is None or taken:
        raise CosignUnusable
    if found.outcome is not None or found.expires_at <= work.now:
        raise _over(work, found)
    person = work.people.by_account(*account)
    if person is not None and person.id == officer.id:
        raise CosignUnusable("own")
    agency_id = found.agency_id
    known = person is not None and bool(person.actor.grants)
    if person is not None and known and (person.actor.agency_id != agency_id or _of_office(person.actor)):
        raise CosignUnusable("other")
    agency = work.people.agency(agency_id) if agency_id is not None else None
    name = person.name if person is not None and known else ""
    return Asked(found, run, officer.name, agency.name if agency else "", name)


def _over(work: Work, found: Cosignature) -> CosignUnusable:
    """What came of a link, for the account that had opened it; for others it is unusable and no more."""
    if found.user_id is None or found.outcome == "taken_back":
        return CosignUnusable()
    if found.outcome != "confirmed":
        return CosignUnusable(found.outcome or "expired")
    code = work.cases.get(found.case_id).code if found.case_id is not None else ""
    return CosignUnusable("confirmed", code)


def _of_office(actor: Actor) -> bool:
    """Whether somebody works on proposals at the office: nobody both confirms and judges one."""
    return any(actor.has(role) for role in (Role.REVIEWER, Role.DIRECTOR, Role.ADMIN))


def _unlocked(work: Work, run: FormRun) -> FormRun:
    if run.status is FormStatus.WAITING and not work.filing.turn(run, FormStatus.OPEN):
        raise Stale("form", run.id)
    return work.forms.get(run.id) or run
