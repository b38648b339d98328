"""Samples of what is said about second factors and forgotten secrets, for the golden page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from messages_fa import resets, signing
from messages_fa.markup import Text, say

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
CODE = "123456789012"
TOKEN = "renew0123456789abcdef0123456789abcdef"
ROW = resets.Row("سارا محمدی", CODE, "bale", NOON, "open", "", NOON + timedelta(days=1), late=False)
OWN = replace(ROW, name="مینا صادقی", code="", platform="", state="held", holder="نادر کاظمی", late=True)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield from _factors()
    yield from _owners()
    yield from _admins()


def _factors() -> Iterator[tuple[str, Text]]:
    yield "factor about", signing.about()
    for kind in signing.NAMES:
        yield f"factor has {kind}", signing.has(kind, NOON)
        yield f"factor ask {kind}", signing.ask(kind)
        yield f"factor made {kind}", signing.made(kind)
        yield f"factor made elsewhere {kind}", signing.made_elsewhere(kind)
    yield "factor choose", signing.choose()
    yield "factor choose to go on", signing.choose_to_go_on()
    yield "factor form kept", signing.kept()
    yield "factor dead", signing.dead()
    yield "factor signed", signing.signed()
    yield "factor not taken", signing.not_taken()
    yield "factor picture", signing.picture_caption()
    yield "factor key", signing.key("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    yield "factor first code", signing.ask_first_code()
    yield "factor code does not fit", signing.code_does_not_fit()
    yield "factor pin", signing.ask_pin()
    yield "factor pin again", signing.ask_pin_again()
    yield "factor pins differ", signing.pins_differ()
    yield "factor setup over", signing.setup_over()
    yield "factor made in another chat", signing.made_in_another_chat()
    yield "factor sure to remove", signing.sure_to_remove()
    yield "factor removed", signing.removed()
    yield "factor removed elsewhere", signing.removed_elsewhere()
    yield "factor kept", signing.kept_as_it_is()


def _owners() -> Iterator[tuple[str, Text]]:
    yield "reset how (officer)", resets.how(officer=True, staff=True)
    yield "reset how (staff)", resets.how(officer=False, staff=True)
    yield "reset how (stranger)", resets.how(officer=False, staff=False)
    yield "reset asked", resets.asked(CODE, new=True, due=NOON, issued=False)
    yield "reset asked for a factor", resets.asked("", new=True, due=None, issued=False)
    yield "reset asked again", resets.asked(CODE, new=False, due=None, issued=False)
    yield "reset asked when issued", resets.asked(CODE, new=False, due=None, issued=True)
    yield "reset asked elsewhere", resets.asked_elsewhere(CODE)
    yield "reset asked for by somebody else", resets.only_filer()
    yield "reset asked by another", resets.asked_by_other(CODE)
    yield "reset asked by a colleague already", resets.asked_by_colleague("بهار نوری")
    yield "reset no other admin", resets.no_other_admin()
    yield "reset withdrawn", resets.withdrawn("")
    yield "reset withdrawn after the issue", resets.withdrawn_after(CODE)
    yield "resets asked too often", resets.too_often(NOON)
    yield "reset code", resets.one_time_code(CODE, TOKEN, NOON)
    yield "reset code of a factor", resets.one_time_code("", TOKEN, NOON)
    yield "reset issued elsewhere", resets.issued_elsewhere(CODE)
    yield "reset expired", resets.expired(CODE)
    yield "reset unusable", resets.unusable()
    yield "reset new passcode", resets.new_passcode(CODE, "KXMTPQRW")
    yield "reset renewed elsewhere", resets.renewed_elsewhere(CODE)


def _admins() -> Iterator[tuple[str, Text]]:
    yield "reset card", resets.card(ROW)
    yield "reset card of a factor", resets.card(OWN)
    for state in ("issued", "used", "withdrawn", "expired", "left"):
        yield f"reset card {state}", resets.card(replace(ROW, state=state))
    yield "reset sure to issue", resets.sure_to_issue(ROW)
    yield "reset list", resets.listing([OWN, ROW], 2)
    yield "reset list empty", resets.listing([])
    yield "reset nearly late", resets.nearly_late(replace(OWN, late=False))
    yield "reset late", resets.late(OWN)
    for title, told in (
        ("issued", resets.issued("سارا محمدی")),
        ("unreachable", resets.unreachable("سارا محمدی")),
        ("taken", resets.taken("نادر کاظمی")),
        ("ended", resets.ended()),
        *((f"refused {why}", resets.refused(why)) for why in ("own_secret", "not_holder", "role")),
    ):
        yield f"reset answer {title}", say("{told}", told=told)
