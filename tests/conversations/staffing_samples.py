"""Samples of roles by two admins, substitutes, accounts and own data, for the golden page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.personal import Erasable, Kept
from messages_fa import links, people, personal, staffing, substitutes
from messages_fa.markup import Code, Text, say
from persian.codes import group_code

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
FIRST, LAST = date(2026, 10, 3), date(2026, 10, 9)
CODE = "123456789012"
TOKEN = "link0123456789abcdef0123456789abcdef"
WAITING = staffing.Waiting("grant", "رضا کریمی", "director", "", "نرگس رضایی", LATER, "", "")
STANDING = substitutes.Standing("رضا کریمی", "مینا صادقی", FIRST, LAST)
ROW = personal.Row("correction", "سارا محمدی", "bale", NOON, "نام من سارا محمدی است.", "", "")
ERASABLE = Erasable(
    drafts=2,
    followed=1,
    surveys=1,
    complaints=1,
    cases=3,
    open_complaints=1,
    words=1,
    cosigned=1,
    has_roles=True,
)
KEPT = Kept(
    name="سارا محمدی",
    roles=(("officer", NOON),),
    accounts=(("bale", "سارا", NOON, LATER), ("telegram", "", None, None)),
    cases=((CODE, "agreed", NOON),),
    drafts=(("proposal", "حسن یوسفی", NOON), ("search", "", NOON)),
    complaints=((CODE, "suggestion", "closed", NOON),),
    followed=(CODE,),
    surveys=((4, NOON, "خوب بود."), (5, NOON, "")),
    news_off=True,
    factor="pin",
    substitutions=(("رضا کریمی", "مینا صادقی", FIRST, LAST),),
    accepted=((1, NOON),),
    requests=(("erasure", NOON, "", "", ""), ("correction", NOON, "done", "نامم سارا است.", "اصلاح شد.")),
    cosigned=(("سارا محمدی", NOON, CODE, False), ("", LATER, "", False), ("", LATER, "", True)),
    resets=((CODE, NOON, LATER, "used"), ("", LATER, None, "")),
    undecided=((CODE, "agree", NOON, True), (CODE, "refuse", LATER, False)),
    acts=(("granted", "officer", NOON), ("renamed", "", LATER), ("removal_proposed", "admin", LATER)),
)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield from _roles()
    yield from _substitutes()
    yield from _accounts()
    yield from _own_data()
    yield from _data_desk()


def _roles() -> Iterator[tuple[str, Text]]:
    yield "grant choose", staffing.choose_role("رضا کریمی")
    yield "grant agency", staffing.ask_agency()
    yield "grant no agency", staffing.no_agency()
    sure = staffing.sure_to_give
    yield "grant sure", sure("رضا کریمی", "officer", "سازمان نمونه", waits=False, alone=False)
    yield "grant sure by two", sure("رضا کریمی", "director", "", waits=True, alone=False)
    yield "grant sure alone", sure("رضا کریمی", "director", "", waits=False, alone=True)
    yield "grant given", staffing.given("رضا کریمی", "director")
    yield "grant got", staffing.got_role("officer", "سازمان نمونه")
    yield "grant proposed", staffing.proposed("رضا کریمی", "director", LATER)
    yield "removal proposed", staffing.removal_proposed("نادر کاظمی", "admin", LATER)
    yield "grant waits", staffing.waits_for_second(LATER)
    yield "grant alone", staffing.given_alone()
    yield "grant card", staffing.card(WAITING)
    for kind, role, agency in (
        ("invitation", "officer", "سازمان نمونه"),
        ("entry", "", ""),
        ("removal", "admin", ""),
    ):
        yield f"grant card {kind}", staffing.card(WAITING._replace(kind=kind, role=role, agency=agency))
    for outcome in ("confirmed", "refused", "expired", "alone", "void"):
        ended = WAITING._replace(outcome=outcome, ended_by="نادر کاظمی")
        yield f"grant card {outcome}", staffing.ended_to_proposer(ended)
    for kind in ("invitation", "entry"):
        passed_on = WAITING._replace(kind=kind, outcome="confirmed", ended_by="نادر کاظمی")
        yield f"grant card {kind} confirmed", staffing.ended_to_proposer(passed_on)
    yield "invitation will wait", staffing.will_wait()
    yield "invitation taken up", people.came_in("رضا کریمی", "reviewer", "")
    yield "invitation taken up by an officer", people.came_in("سارا محمدی", "officer", "سازمان نمونه")
    yield "grant list", staffing.waiting([(1, WAITING), (2, WAITING._replace(kind="entry", role=""))])
    yield "grant list empty", staffing.waiting([])
    yield "grant confirmed", say("{told}", told=staffing.confirmed("رضا کریمی"))
    yield "grant no role left", say("{told}", told=staffing.no_role_left())
    for why in staffing.REFUSED:
        yield f"staff refused {why}", say("{told}", told=staffing.refused(why))
    yield (
        "person more",
        staffing.person_more(
            last_seen=NOON,
            now=LATER,
            alone=["director"],
            standing=[STANDING],
            waits=["auditor"],
            going=["admin"],
        ),
    )
    unseen = staffing.person_more(last_seen=None, now=LATER, alone=[], standing=[], waits=[])
    yield "person more unseen", unseen
    yield "person ask name", staffing.ask_name()
    yield "person renamed", staffing.renamed("سارا محمدی")


def _substitutes() -> Iterator[tuple[str, Text]]:
    yield "substitute by", say("{by}", by=substitutes.by("مینا صادقی", "رضا کریمی"))
    yield "substitute signed", substitutes.signed_for([("مینا صادقی", "رضا کریمی")])
    yield "substitute list", substitutes.substitutes([(1, STANDING)], may=True)
    yield "substitute list empty", substitutes.substitutes([], may=True)
    yield "substitute list of who has none", substitutes.substitutes([], may=False)
    yield "substitute nobody", substitutes.no_candidate()
    yield "substitute who", substitutes.ask_substitute()
    yield "substitute first", substitutes.ask_first()
    yield "substitute last", substitutes.ask_last()
    yield "substitute sure", substitutes.sure_to_appoint(STANDING)
    yield "substitute appointed", substitutes.appointed(STANDING)
    yield "substitute is told", substitutes.you_stand_in(STANDING)
    yield "substitute begun", substitutes.begun(STANDING)
    yield "substitute sure to end", substitutes.sure_to_end(STANDING)
    yield "substitute over", substitutes.over(STANDING)
    yield "substitute not appointed", substitutes.not_appointed()


def _accounts() -> Iterator[tuple[str, Text]]:
    yield "accounts sure to leave", links.sure_to_leave(1)
    yield "accounts left", links.left(1)
    yield "accounts left all", links.left_everything()
    yield "accounts sure to cut", links.sure_to_cut("سارا محمدی", 2)
    yield "accounts sure to cut, nobody to confirm", links.sure_to_cut("سارا محمدی", 1, way_back=False)
    yield "an admin's accounts cut", links.admin_cut("سارا محمدی", "نادر کاظمی")
    yield "accounts cut", say("{told}", told=links.cut_by_admin("سارا محمدی", 2))
    yield "accounts sure to let back", staffing.sure_to_let_back("سارا محمدی")
    address = [("بله", "https://ble.ir/mohlat_bot?start=link0")]
    waits = staffing.waits_for_second(LATER)
    yield "accounts of former", links.unusable("has_cases")
    yield "role taken from you", people.revoked_from_you("admin", "نرگس رضایی")
    yield "admin gone", people.admin_gone("نادر کاظمی", "نرگس رضایی")
    yield "accounts let back", staffing.let_back("سارا محمدی", TOKEN, address, LATER, waits)


def _own_data() -> Iterator[tuple[str, Text]]:
    yield "data menu", personal.menu(known=True)
    yield "data menu of a stranger", personal.menu(known=False)
    yield "data caption", personal.caption()
    for title, kept in (("", KEPT), (" of a stranger", Kept(accounts=(("bale", "حسن", None, NOON),)))):
        told = personal.export(kept, LATER).split("\n\n")
        for number, part in enumerate(told, 1):
            yield f"data file{title} {number}", _written(part)
    yield "data ask correction", personal.ask_correction()
    yield "data sure to ask erasure", personal.sure_to_ask_erasure(ERASABLE)
    yield "data sure to ask erasure of nothing", personal.sure_to_ask_erasure(Erasable())
    for kind in ("correction", "erasure"):
        yield f"data asked {kind}", personal.asked(kind)
    yield "data waits already", personal.waits_already()
    yield "data not asked", personal.not_asked()
    yield "data answered", personal.answered("correction", done=True, words="نام اصلاح شد.")
    yield "data refused", personal.answered("erasure", done=False, words="پرونده‌ها در حال رسیدگی است.")
    yield "data erased", personal.erased(ERASABLE)


def _written(part: str) -> Text:
    code = group_code(CODE)
    return say(part.strip().replace(code, "{code}"), code=Code(code))


def _data_desk() -> Iterator[tuple[str, Text]]:
    stranger = ROW._replace(kind="erasure", name="", words="")
    yield "data list", personal.listing([(1, ROW), (2, stranger)])
    yield "data list empty", personal.listing([])
    yield "data card", personal.card(ROW, None)
    yield "data card of an erasure", personal.card(stranger, replace(ERASABLE, has_roles=False))
    yield "data card done", personal.card(ROW._replace(outcome="done", answer="نام اصلاح شد."), None)
    yield "data new", personal.new_request(ROW)
    yield "data sure to erase", personal.sure_to_erase(stranger)
    yield "data ask answer", personal.ask_answer()
    yield "data ask refusal", personal.ask_refusal()
    for outcome in ("done", "refused"):
        yield f"data told {outcome}", say("{told}", told=personal.told(outcome))
    for why in ("own", "ended", "role"):
        yield f"data refused {why}", say("{told}", told=personal.refused(why))
