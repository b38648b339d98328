"""One unit of work: what is done together, or not at all."""

from collections.abc import Callable
from datetime import datetime

from storage.agreement import Agreements
from storage.audit import Audit
from storage.calendar import Calendars
from storage.cases import Cases
from storage.catalogue import Catalogues
from storage.chats import Chats
from storage.complaints import Complaints
from storage.counters import Counters
from storage.factors import Factors
from storage.fence import Fence
from storage.files import Files
from storage.filing import Filing
from storage.followers import Followers
from storage.forms import Forms
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.keys import Keys
from storage.ledger import Ledger
from storage.links import Links
from storage.measures import Measures
from storage.notices import Notices
from storage.outbox import Outbox
from storage.people import People
from storage.reports import Reports
from storage.retention import Retention
from storage.reviews import Reviews
from storage.settings import Settings
from storage.staffing import Staffing
from storage.standing import Stands
from storage.terms import Terms
from storage.transaction import Transaction
from storage.vault import Vault
from storage.views import Views
from storage.windows import Windows


class Work:
    """One transaction with its parts, named for what they keep.

    A unit is a plain function of a `Work`. It may be run more than once (a serialisation failure, a shared
    commit that failed), so it must have no effect but through its parts.
    """

    __slots__ = (
        "_transaction",
        "agreement",
        "audit",
        "calendar",
        "cases",
        "catalogue",
        "chats",
        "complaints",
        "counters",
        "factors",
        "fence",
        "files",
        "filing",
        "followers",
        "forms",
        "inbox",
        "incidents",
        "keys",
        "ledger",
        "links",
        "measures",
        "notices",
        "outbox",
        "people",
        "reports",
        "retention",
        "reviews",
        "settings",
        "staffing",
        "stands",
        "terms",
        "views",
        "windows",
    )

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.audit = Audit(transaction)
        self.inbox = Inbox(transaction)
        self.outbox = Outbox(transaction)
        self.ledger = Ledger(transaction)
        self.chats = Chats(transaction)
        self.people = People(transaction)
        self.links = Links(transaction)
        self.forms = Forms(transaction)
        self.cases = Cases(transaction)
        self.reviews = Reviews(transaction)
        self.files = Files(transaction)
        self.fence = Fence(transaction)
        self.counters = Counters(transaction)
        self.views = Views(transaction)
        self.followers = Followers(transaction)
        self.terms = Terms(transaction)
        self.keys = Keys(transaction)
        self.settings = Settings(transaction)
        self.windows = Windows(transaction)
        self.incidents = Incidents(transaction)
        self.staffing = Staffing(transaction)
        self.stands = Stands(transaction)
        self.notices = Notices(transaction)
        self.filing = Filing(transaction)
        self.factors = Factors(transaction)
        self.complaints = Complaints(transaction)
        self.catalogue = Catalogues(transaction)
        self.calendar = Calendars(transaction)
        self.agreement = Agreements(transaction)
        self.measures = Measures(transaction)
        self.reports = Reports(transaction)
        self.retention = Retention(transaction)

    def attempt(self, do: Callable[[], object]) -> Exception | None:
        """Do a part of this unit that may fail by itself: one row of many.

        Returns:
            What it raised, with nothing of it kept; None if all went well. The engine's own trouble is raised
            here too: it is the whole unit's.
        """
        return self._transaction.attempt(do)

    @property
    def now(self) -> datetime:
        """The moment the unit began: aware, UTC, whole milliseconds."""
        return self._transaction.now

    @property
    def vault(self) -> Vault:
        """The key, for what a service must seal or digest by itself."""
        return self._transaction.vault

    @property
    def signals(self) -> set[str]:
        """What the store's listeners are told once this unit is committed, such as `outbox:bale`."""
        return self._transaction.signals
