"""What the audit says of accounts, second factors, substitutions and proposals, and whether they stand so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from domain.audit import Deed
from storage.records.audit import AuditRow
from storage.records.standing import Armed, Bound, Proposed, StandIn, proposed
from storage.tables.types import milliseconds, moment_of


@dataclass(frozen=True, slots=True)
class Lent:
    """A substitution; its moments (milliseconds) are None where an older note does not tell them."""

    person: int
    substitute: int
    begins: int | None
    ends: int | None


@dataclass(slots=True)
class OfPeople:
    """Gathered row by row.

    Attributes:
        accounts: whose the account with this mark is; None for nobody's.
        unmarked: person, platform and moment of links whose notes are from before there were marks.
        stand_ins: by number.
        factors: by person; None where it was removed.
        proposals: about roles, by number.
    """

    accounts: dict[str, tuple[int, str] | None] = field(default_factory=dict)
    unmarked: set[tuple[int, str, datetime]] = field(default_factory=set)
    stand_ins: dict[int, Lent] = field(default_factory=dict)
    factors: dict[int, Armed | None] = field(default_factory=dict)
    proposals: dict[int, Proposed] = field(default_factory=dict)

    def take(self, row: AuditRow, codes: Mapping[str, Any]) -> None:
        """Gather this row, if it tells of any of these."""
        _, _, number = row.about.partition(":")
        if row.deed in _TAKEN:
            _TAKEN[row.deed](self, row, number, codes)

    def accounts_differ(self, stand: tuple[Bound, ...]) -> Iterator[tuple[object, ...]]:
        """Accounts that are somebody else's than was written down, and those that are gone."""
        for one in stand:
            if one.mark in self.accounts:
                is_so = self.accounts[one.mark] == (one.person, one.platform)
            else:
                is_so = (one.person, one.platform, one.since) in self.unmarked
            if not is_so:
                yield "account_unwritten", one.platform, one.person
        for mark in self.accounts.keys() - {one.mark for one in stand}:
            if (whose := self.accounts[mark]) is not None:
                yield "account_gone", whose[1], whose[0]

    def factors_differ(self, stand: tuple[Armed, ...]) -> Iterator[tuple[object, ...]]:
        """Second factors other than those that were made last, and those that are gone."""
        for one in stand:
            if self.factors.get(one.person) != one:
                yield "factor", one.person
        for person in self.factors.keys() - {one.person for one in stand}:
            if self.factors[person] is not None:
                yield "factor_gone", person

    def stand_ins_differ(self, stand: tuple[StandIn, ...]) -> Iterator[tuple[object, ...]]:
        """Substitutions that were never written down, or are otherwise; one that is gone gives nothing."""
        for one in stand:
            said = self.stand_ins.get(one.number)
            if said is None or not _is_lent(one, said):
                yield "substitution", one.number, one.substitute, one.person

    def proposals_differ(self, stand: Mapping[int, Proposed]) -> Iterator[tuple[object, ...]]:
        """Proposals that were made or ended otherwise than was written down, and those that are gone."""
        for number, one in stand.items():
            said = self.proposals.get(number)
            # An older note does not tell the token.
            if said is None or replace(said, token=said.token or one.token) != one:
                yield "proposal", number
        for number in self.proposals.keys() - stand.keys():
            yield "proposal_gone", number


def _is_lent(one: StandIn, said: Lent) -> bool:
    begins = one.begins if said.begins is None else said.begins
    ends = one.ends if said.ends is None else said.ends
    return said == replace(said, person=one.person, substitute=one.substitute) and (begins, ends) == (
        one.begins,
        one.ends,
    )


def _linked(said: OfPeople, row: AuditRow, person: str, codes: Mapping[str, Any]) -> None:
    if "mark" in codes:
        said.accounts[codes["mark"]] = (int(person), codes["platform"])
    else:
        said.unmarked.add((int(person), codes["platform"], row.at))


def _unlinked(said: OfPeople, _: AuditRow, __: str, codes: Mapping[str, Any]) -> None:
    if "mark" in codes:
        said.accounts[codes["mark"]] = None


def _lent(said: OfPeople, row: AuditRow, number: str, codes: Mapping[str, Any]) -> None:
    ended = milliseconds(row.at)
    if codes["step"] == "make":
        made = Lent(codes["person"], codes["substitute"], codes.get("begins"), codes.get("ends"))
        said.stand_ins[int(number)] = made
    elif codes["step"] == "end" and int(number) in said.stand_ins:
        said.stand_ins[int(number)] = replace(said.stand_ins[int(number)], ends=ended)
    elif codes["step"] == "end_all":
        for each, lent in said.stand_ins.items():
            if lent.substitute == int(number) and lent.ends is not None and lent.ends > ended:
                said.stand_ins[each] = replace(lent, ends=ended)


def _armed(said: OfPeople, row: AuditRow, _: str, codes: Mapping[str, Any]) -> None:
    kind, _, made = codes["step"].rpartition("_")
    since = moment_of(codes["since"]) if "since" in codes else row.at  # it stood when the audit began
    said.factors[codes["owner"]] = Armed(codes["owner"], kind, since, dead=False) if made == "made" else None


def _reset(said: OfPeople, _: AuditRow, __: str, codes: Mapping[str, Any]) -> None:
    """The code of a lost factor went out: the factor is dead."""
    factor = said.factors.get(codes["owner"])
    if factor is not None and codes["step"] == "issued" and "case" not in codes:
        said.factors[codes["owner"]] = replace(factor, dead=True)


def _proposed(said: OfPeople, row: AuditRow, number: str, codes: Mapping[str, Any]) -> None:
    found = proposed(said.proposals.get(int(number)), row.person, codes)
    if found is not None:
        said.proposals[int(number)] = found


_TAKEN: Final = {
    Deed.GRANT_PROPOSAL.value: _proposed,
    Deed.LINKED.value: _linked,
    Deed.UNLINKED.value: _unlinked,
    Deed.SUBSTITUTE.value: _lent,
    Deed.FACTOR.value: _armed,
    Deed.RESET.value: _reset,
}
