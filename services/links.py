"""Two messengers, one person: another account is linked by a one-time code, and unlinked again.

Only people who have a role here link accounts: everybody else has nothing that could follow them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domain.authority import Deed, Thing, plays, require_person
from domain.lifecycle import DECISIONS, State
from domain.roles import Actor, Role
from services import following, people
from services.errors import LastAccount, LastAdmin, LinkUnusable, RoleUnfit
from services.secrets import new_token, token_hash
from storage.errors import NotFound
from storage.records import Account, Chat, Person
from storage.records.staffing import GrantProposal
from storage.work import Work

LIFETIME: Final = timedelta(minutes=15)
"""How long a code is good for: the project's own number, enough to pick up the other phone."""
PREFIX: Final = "link"
"""What a code begins with, so that it is never taken for an invitation."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A code: it goes into one deep link and is kept nowhere."""

    token: str = field(repr=False)
    expires_at: datetime


def offer(work: Work, *, by: Actor) -> Offered:
    """Make the code by which this person brings another account; an earlier one is good no more.

    Raises:
        NotYours: somebody without a role.
    """
    person_id = require_person(by, Deed.LINK)
    token, expires_at = PREFIX + new_token(), work.now + LIFETIME
    work.links.offer(token_hash(work.vault, token), person_id, expires_at)
    return Offered(token, expires_at)


def owner(work: Work, *, platform: str, user_id: int, token: str) -> Person:
    """Whose account this one would become, before it does.

    Raises:
        LinkUnusable: the code is unknown, used or expired, or is not for this account.
    """
    digest = token_hash(work.vault, token)
    code = work.links.get(digest)
    if code is None or code.used_at is not None or code.expires_at <= work.now:
        raise LinkUnusable
    offered = work.staffing.proposal_by_token(digest)  # by an admin, to who has no account any more
    if offered is None and not work.people.accounts_of(code.person_id):  # nobody else can have made it
        raise LinkUnusable
    if offered is not None and offered.outcome is None:
        raise LinkUnusable("unconfirmed")
    if offered is not None and not _stands(work, offered):
        raise LinkUnusable
    person = work.people.get(code.person_id)
    if person is None or not person.actor.grants:
        raise LinkUnusable
    known = work.people.by_account(platform, user_id)
    if known is not None and known.id == person.id:
        raise LinkUnusable("already")
    _require_free(work, platform, user_id, person.id)
    return person


def _require_free(work: Work, platform: str, user_id: int, person_id: int) -> None:
    """That whose account it is and was are one person is known here, and nowhere later."""
    known = work.people.by_account(platform, user_id)
    before = {known.id} if known else set()
    others = {*before, *work.people.formerly(platform, user_id)} - {person_id}
    if any(other and other.actor.grants for other in map(work.people.get, others)):
        raise LinkUnusable("other_person")
    if any(work.staffing.in_cases(other) for other in others) or _judged(work, platform, user_id, person_id):
        raise LinkUnusable("has_cases")


def _judged(work: Work, platform: str, user_id: int, person_id: int) -> bool:
    """Whether this person has decided what was confirmed for an agency by this account."""
    confirmed = map(work.cases.get, work.filing.confirmed_by(platform, user_id))
    return any(
        event.action in DECISIONS and person_id in {event.person_id, event.on_behalf_of}
        for case in confirmed
        if case.state not in {State.WITHDRAWN, State.SUPERSEDED}
        for event in work.cases.events(case.id)
    )


def _stands(work: Work, offered: GrantProposal) -> bool:
    """A way back in is worth no more than the words of both admins are worth today."""
    both = [work.people.get(one or 0) for one in (offered.proposed_by, offered.ended_by)]
    return offered.outcome == "confirmed" and all(one and plays(one.actor, Deed.LET_BACK) for one in both)


def link(work: Work, *, platform: str, user_id: int, token: str) -> Person:
    """Use the code: the account is this person's from now on. Of two who send it at once, one has it.

    An account that was somebody's who holds no role any more is free, nothing of theirs stays open in it;
    unless that person had a hand in a case that something can still be done to.

    Raises:
        LinkUnusable: as `owner` says, or somebody else used it this very moment.
    """
    person = owner(work, platform=platform, user_id=user_id, token=token)
    if not work.links.use(token_hash(work.vault, token)):
        raise LinkUnusable
    _free(work, platform, user_id)
    work.people.bind(platform, user_id, person.id)
    following.stop_own(work, person.id)
    return person


def _free(work: Work, platform: str, user_id: int) -> None:
    """Cut the account off from whoever it belonged to.

    Raises:
        LinkUnusable: that person has been given a role this very moment.
    """
    known = work.people.by_account(platform, user_id)
    if known is None:
        return
    work.people.hold(known.id)
    now = work.people.get(known.id)
    if now is None or now.actor.grants:
        raise LinkUnusable("other_person")
    _cut_off(work, known.id, platform, user_id)


def _cut_off(work: Work, person_id: int, platform: str, user_id: int) -> None:
    for chat in work.people.chats_of(person_id):
        if (chat.platform, chat.user_id) == (platform, user_id):
            work.outbox.cut_off(chat.platform, chat.chat_id)
    work.people.unbind(platform, user_id, person_id)


def accounts(work: Work, actor: Actor) -> tuple[Account, ...]:
    """The accounts of this person, the first bound first; none of a stranger's."""
    return work.people.accounts_of(actor.person_id) if actor.person_id is not None else ()


def unlink(work: Work, *, by: Actor, platform: str, user_id: int) -> None:
    """Cut one of the own accounts off: from now on it is a stranger's, and no news falls back to it.

    Raises:
        NotYours: it is not this person's.
        LastAccount: the person would be known by none.
    """
    if by.person_id is not None:
        work.people.hold(by.person_id)
    owner = work.people.by_account(platform, user_id)
    person_id = require_person(by, Deed.UNLINK, Thing(owner=owner.id if owner else None))
    if len(accounts(work, by)) == 1:
        raise LastAccount
    _cut_off(work, person_id, platform, user_id)


def leave(work: Work, *, by: Actor, keep: tuple[str, int] | None) -> tuple[Chat, ...]:
    """«خروج از همه»: cut every account of one's own off, but the one in `keep`; gives the chats cut off.

    Raises:
        NotYours: somebody without an account.
        LastAdmin: the only admin left would be known by none.
    """
    person_id = require_person(by, Deed.LEAVE)
    return _cut_all(work, person_id, by=person_id, keep=keep)


def cut_all(work: Work, *, by: Actor, person_id: int) -> tuple[Chat, ...]:
    """«قطع همه حساب‌ها»: an admin cuts off every account of somebody whose phone was lost, say.

    Another admin's too, alone, since a lost phone cannot wait; a second one's only a while later, for else
    one admin could get rid of all the others.

    Raises:
        NotYours: no admin.
        NotFound: there is no such person.
        LastAdmin: it is the only admin left.
        RoleUnfit: `second_cut`: this admin has cut another admin off less than `people.LIFETIME` ago.
    """
    admin = require_person(by, Deed.CUT_ALL)
    work.people.hold_role(Role.ADMIN)
    person = work.people.get(person_id)
    if person is None:
        raise NotFound("person", person_id)
    if plays(person.actor, Deed.PEOPLE) and person_id != admin and _has_cut_an_admin(work, admin, person_id):
        raise RoleUnfit("second_cut")
    return _cut_all(work, person_id, by=admin, keep=None)


def _has_cut_an_admin(work: Work, admin: int, but: int) -> bool:
    """Whether this admin has cut another one off a short while ago, other than this person."""
    others = (one.id for one in work.people.with_role(Role.ADMIN) if one.id not in {admin, but})
    since = work.now - people.LIFETIME
    return any(
        (event.action, event.by) == ("accounts_cut", admin) and event.at > since
        for other in others
        for event in work.staffing.events(other)
    )


def _cut_all(work: Work, person_id: int, *, by: int, keep: tuple[str, int] | None) -> tuple[Chat, ...]:
    """Cut them off; a code that was to bring another is dead, and so is every signature that was given."""
    work.people.hold_role(Role.ADMIN)
    if keep is None and {person.id for person in people.admins(work)} == {person_id}:
        raise LastAdmin
    work.people.hold(person_id)
    chats = tuple(chat for chat in work.people.chats_of(person_id) if (chat.platform, chat.user_id) != keep)
    for account in work.people.accounts_of(person_id):
        if (account.platform, account.user_id) != keep:
            _cut_off(work, person_id, account.platform, account.user_id)
    work.links.withdraw(person_id)
    work.factors.unsign(person_id)
    work.staffing.note("accounts_cut", person_id, by=by)
    return chats
