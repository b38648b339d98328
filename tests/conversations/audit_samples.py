"""Samples of what is said about the office's record of itself, for the golden page."""

import datetime as dt
from collections.abc import Iterator

from domain.audit import Deed
from domain.lifecycle import Action
from messages_fa import audit
from messages_fa.markup import Text

MAC = "3f2a91c400112233445566778899aabb"
AT = dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC)
CODE = "123456789012"


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield "audit anchor", audit.anchor(1284, MAC)
    yield "audit rows", audit.listing([_case(), _by_nobody(), _unknown()], None)
    yield "audit rows of a code", audit.listing([_case()], CODE)
    yield "audit rows none", audit.listing([], CODE)
    yield "audit ask code", audit.ask_code()
    yield "audit no such code", audit.no_such_code()
    yield "audit deeds", audit.listing([_of(deed) for deed in Deed], None)
    yield "audit things", audit.listing([audit.thing(f"{kind}:7", None) for kind in audit.THINGS], None)


def _case() -> Text:
    who = audit.who("director+reviewer@7", "رضا کریمی")
    what = audit.deed(Deed.CASE, Action.AGREE)
    return audit.row(1284, AT, what=what, who=who, thing=audit.thing("case:12", CODE))


def _by_nobody() -> Text:
    return _row(Deed.SETTING, audit.who("keeper", None), "setting:undo_minutes")


def _unknown() -> Text:
    return _row(Deed.CASE_UNLOCKED, audit.who("", None), "case:12")


def _of(deed: Deed) -> Text:
    return _row(deed, audit.who("clock", None), "office")


def _row(deed: Deed, who: str, about: str) -> Text:
    return audit.row(17, AT, what=audit.deed(deed, ""), who=who, thing=audit.thing(about, None))
