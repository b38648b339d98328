"""The demo people: invented names, each with a phone on the chat page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.roles import Actor, Role
from services.people import actor_of
from storage.work import Work

AGENCY: Final = "سازمان نمونه خدمات استان"

Accounts = Mapping[str, tuple[str, int]]
"""Platform and user id of each demo person, by key; the private chat has the user's id."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody with a phone on the chat page; without a role, anybody."""

    key: str
    name: str
    platform: str
    hint: str
    role: Role | None = None


PEOPLE: Final = (
    DemoPerson("officer", "سارا محمدی", "bale", "کارشناس دستگاه", Role.OFFICER),
    DemoPerson("reviewer", "رضا کریمی", "bale", "کارشناس بررسی", Role.REVIEWER),
    DemoPerson("reviewer2", "مریم احمدی", "telegram", "کارشناس بررسی", Role.REVIEWER),
    DemoPerson("director", "علی حسینی", "bale", "مدیر · هدف‌های نمونه", Role.DIRECTOR),
    DemoPerson("complaints", "لیلا کاظمی", "bale", "مسئول شکایات", Role.COMPLAINTS),
    DemoPerson("admin", "نرگس رضایی", "bale", "مدیر سامانه · هدف‌های نمونه", Role.ADMIN),
    DemoPerson("admin2", "کاوه صالحی", "telegram", "مدیر سامانه", Role.ADMIN),
    DemoPerson("auditor", "شیرین مرادی", "telegram", "ناظر", Role.AUDITOR),
    DemoPerson("debtor", "حسن یوسفی", "telegram", "بدهکار"),
)


def settle(work: Work, accounts: Accounts) -> None:
    """Open the chats of these people, and bind those of the staff who are not known yet to their roles."""
    agency = work.people.agency_named(AGENCY) or work.people.add_agency(AGENCY)
    for person in (one for one in PEOPLE if one.key in accounts):
        platform, user_id = accounts[person.key]
        if person.role is not None and work.people.by_account(platform, user_id) is None:
            known = work.people.add(person.name)
            work.people.bind(platform, user_id, known.id)
            work.people.grant(known.id, person.role, agency.id if person.role is Role.OFFICER else None, None)
        work.chats.lock(platform, user_id, user_id=user_id, name=person.name)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the demo's history.

    Attributes:
        accounts: of everybody, by key.
        digest: what is kept of the passcode that all cases of the history share.
        now: when the demo is first started, aware.
    """

    accounts: Accounts
    digest: str
    now: datetime

    def actor(self, work: Work, key: str) -> Actor:
        """A demo person with the roles of this moment; a stranger for the debtor."""
        return actor_of(work, *self.accounts[key])


Deed = Callable[[Work, Cast], object]
"""Something that somebody of the cast does; what comes of it is looked up anew where it is needed."""
