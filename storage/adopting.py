"""What stood before there was an audit is written down once, so that from then on everything can be judged.

Only where the chain has no row yet, and only in the unit that takes a store over from an older release (see
`storage.keys`): a store that this release began never comes here, whatever is put into it.
"""

from typing import Final

from domain.audit import Deed
from storage.audit import Audit, note
from storage.records.standing import TOKEN_CHARACTERS, Armed, Kind, Proposed
from storage.standing import Stands
from storage.tables.types import milliseconds
from storage.transaction import Transaction

CAUSE: Final = "upgrade:adopt"
_THINGS: Final[tuple[tuple[Kind, Deed], ...]] = (("case", Deed.CASE), ("complaint", Deed.COMPLAINT))


def adopt(tx: Transaction) -> None:
    """Write down all that `audit verify` compares, as it stands, if nothing ever was written down."""
    if Audit(tx).head().number:
        return
    tx.cause = CAUSE
    stands = Stands(tx)
    _adopt_people(tx, stands)
    for offer in stands.invitations():
        about = f"invitation:{offer.token_hash[:TOKEN_CHARACTERS]}"
        note(tx, Deed.INVITED, by=offer.made_by, about=about, given=offer.role, agency=offer.agency_id)
    for number, one in stands.proposals().items():
        _adopt_proposal(tx, f"grant_proposal:{number}", one)
    for each in stands.settings():
        value = each.value if isinstance(each.value, int) else None
        about, unset = f"setting:{each.name}", each.value is None
        note(tx, Deed.SETTING, by=None, about=about, value=value, mark=each.mark, unset=unset)
    for kind, deed in _THINGS:
        _adopt_things(tx, stands, kind, deed)


def _adopt_people(tx: Transaction, stands: Stands) -> None:
    for held in stands.grants():
        note(tx, Deed.GRANTED, by=None, about=f"person:{held.person}", given=held.role, agency=held.agency)
    for one in stands.accounts():
        note(tx, Deed.LINKED, by=None, about=f"person:{one.person}", platform=one.platform, mark=one.mark)
    for factor in stands.factors():
        _adopt_factor(tx, factor)
    for lent in stands.stand_ins():
        note(
            tx,
            Deed.SUBSTITUTE,
            by=None,
            about=f"substitution:{lent.number}",
            step="make",
            person=lent.person,
            substitute=lent.substitute,
            begins=lent.begins,
            ends=lent.ends,
        )


def _adopt_factor(tx: Transaction, one: Armed) -> None:
    about, since = f"person:{one.person}", milliseconds(one.since)
    note(tx, Deed.FACTOR, by=None, about=about, step=f"{one.kind}_made", owner=one.person, since=since)
    if one.dead:
        note(tx, Deed.RESET, by=None, about=about, step="issued", owner=one.person)


def _adopt_proposal(tx: Transaction, about: str, one: Proposed) -> None:
    alone = one.outcome == "alone"
    note(
        tx,
        Deed.GRANT_PROPOSAL,
        by=one.by,
        about=about,
        step="alone" if alone else "propose",
        kind=one.kind,
        person=one.person,
        role_given=one.role,
        agency=one.agency,
        token=one.token,
    )
    if one.outcome and not alone:
        note(tx, Deed.GRANT_PROPOSAL, by=one.ended_by, about=about, step=one.outcome)


def _adopt_things(tx: Transaction, stands: Stands, kind: Kind, deed: Deed) -> None:
    after = 0
    while found := stands.after(kind, after):
        for one in found:
            for step in one.steps:
                note(
                    tx,
                    deed,
                    by=step.person,
                    about=f"{kind}:{one.number}",
                    version=step.version,
                    step=step.action,
                    before=step.before,
                    after=step.after,
                )
        after = found[-1].number
