"""Samples of tracking, following, searching, linking, people and settings, for the golden page."""

import datetime as dt
from collections.abc import Iterator

from desk_samples import PROPOSAL

from domain.plan import plan_of
from domain.settings import SETTINGS
from messages_fa import links, own, people, plan, settings, tracking
from messages_fa.markup import Text, say
from messages_fa.names import STEPS

CODE = "172264583215"
NOW = dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC)
ROW = tracking.Listed(1, CODE, "returned", NOW, PROPOSAL)
UNSEEN = tracking.Listed(2, CODE, "agreed", NOW, None)
COUNTS = {"returned": 1, "all": 12, "open": 11, "closed": 0}
ADDRESS = [("بله", "https://ble.ir/x?start=link0123")]
VALUES: dict[str, bool | int | str] = {"switch": True, "number": 10, "text": "۰۲۵۳۷۷۷۱۲۳۴", "span": "3d"}
"""A value of each kind of setting."""


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield from _tracking()
    yield from _own_list()
    yield from _links()
    yield from _people()
    yield from _settings()


def _tracking() -> Iterator[tuple[str, Text]]:
    yield "tracking ask", tracking.ask_code()
    yield "tracking ask an officer", tracking.ask_code([(CODE, "in_review")], files=True)
    yield "tracking stage", whole_stage()
    yield "tracking own stage", tracking.stage(CODE, "agreed", [("agreed", NOW)], "agency_is_told", own=True)
    yield "tracking followers", tracking.followers(2)
    yield "tracking news", tracking.news(CODE, "resubmitted", NOW)
    yield "tracking ended by the filer", tracking.following_was_ended(CODE)
    yield "tracking caught up", tracking.caught_up([(CODE, "agreed", NOW)], 3, 12)
    yield "tracking missed", tracking.missed()
    yield "tracking ask passcode", tracking.ask_passcode()
    yield "tracking why passcode", tracking.why_passcode()
    yield (
        "tracking details",
        tracking.details(CODE, "سازمان نمونه", PROPOSAL, plan.short(plan_of(PROPOSAL)), NOW),
    )
    yield "tracking details hidden", tracking.details_hidden()
    yield "tracking form closed", tracking.form_closed(CODE)
    yield "tracking form reopened", tracking.form_reopened(CODE)
    yield "tracking follow ended", said(tracking.follow_ended())
    yield "tracking following ended", said(tracking.following_ended(2))
    yield "tracking too many by chat", said(tracking.too_many("by_chat", 20))
    yield "tracking too many of case", said(tracking.too_many("of_case", 200))


def _own_list() -> Iterator[tuple[str, Text]]:
    yield "own list", tracking.mine([ROW, UNSEEN], 1, 2, chosen="returned", counts=COUNTS)
    yield "own list empty", tracking.mine([], 1, 0, chosen="all", counts=dict.fromkeys(COUNTS, 0))
    yield "own search", tracking.ask_search()
    yield "own found", tracking.found("یوسفی", [ROW], 12, 2, 2)
    yield "own nothing found", tracking.found("یوسفی", [], 0, 1, 0)
    yield (
        "own case",
        own.case(
            whole_stage(),
            own.last_word("refuse", ("other.1",), "سند نیست."),
            [say("\u200f{n}. نوع پیشنهاد: تقسیط", n=1)],
            plan.short(plan_of(PROPOSAL)),
            [("letter.pdf", "۱۲۰ کیلوبایت")],
        ),
    )


def _links() -> Iterator[tuple[str, Text]]:
    yield "links offered", links.offered("link0123", ADDRESS, NOW)
    yield "links confirm", links.confirm("سارا محمدی", ["officer"])
    yield "links linked", links.linked("سارا محمدی")
    yield "links linked elsewhere", links.linked_elsewhere("bale", cut_off="حساب‌های متصل")
    yield "links not linked", links.not_linked()
    for why in ("", "already", "other_person"):
        yield f"links unusable {why}", links.unusable(why)
    yield "links accounts", links.accounts([("bale", "سارا", NOW, True), ("telegram", "", None, False)])
    yield "links one account", links.accounts([("bale", "سارا", NOW, True)])
    yield "links sure to cut off", links.sure_to_unlink("bale", "سارا")
    yield "links cut off elsewhere", links.unlinked_elsewhere("bale")
    yield "links cut off", links.unlinked_here()
    yield "links last account", said(links.last_account())
    yield "links about", links.about()


def _people() -> Iterator[tuple[str, Text]]:
    sara = {"name": "سارا محمدی", "role": "officer", "agency": "سازمان نمونه"}
    rows = [(1, "سارا محمدی", ["officer"], "سازمان نمونه"), (2, "رضا کریمی", [], "")]
    yield "people sure to invite", people.sure_to_invite(**sara, more=Text())
    yield "people not invited", people.not_invited()
    yield "people invited", people.invited(**sara, token="0123", links=ADDRESS, until=NOW, more=Text())
    yield "people welcome", people.welcome(**sara)
    for why in ("", "own", "joined", "other_agency", "former"):
        yield f"people invitation unusable {why}", people.invitation_unusable(why)
    yield "people listing", people.listing(rows, say("صفحه {n} از {of}", n=1, of=2))
    yield (
        "people person",
        people.person(name="سارا محمدی", roles=["officer"], agency="سازمان نمونه", accounts=2, more=Text()),
    )
    yield (
        "people person revoked",
        people.person(name="رضا کریمی", roles=[], agency="", accounts=1, more=Text()),
    )
    yield "people sure to revoke", people.sure_to_revoke("سارا محمدی", "officer")
    yield "people revoked", said(people.revoked("سارا محمدی", "officer"))
    yield "people last admin", said(people.last_admin())


def _settings() -> Iterator[tuple[str, Text]]:
    values = {name: VALUES[setting.kind] for name, setting in SETTINGS.items()}
    yield "settings listing", settings.listing(values)
    yield "settings listing unset", settings.listing(dict.fromkeys(SETTINGS))
    for name in settings.SECTIONS:
        yield f"settings section {name}", settings.section(name, values)
    for name, value in values.items():
        yield f"settings question {name}", settings.question(name)
        yield f"settings changed {name}", settings.changed(name, value)
    yield "settings history", settings.history([(NOW, "نرگس رضایی", "روشن")])


def whole_stage() -> Text:
    """The public view with everything that can stand on it."""
    return tracking.stage(
        CODE,
        "submitted",
        [(step, NOW) for step in STEPS],
        "review_begins",
        target=NOW.date(),
        standing=tracking.following(),
        drawn_at=NOW,
    )


def said(text: str) -> Text:
    """A short answer, as it stands where it is no answer to a press."""
    return say("{text}", text=text)
