"""Samples of what an admin sees of the office's lists, for the golden page."""

from collections.abc import Iterator
from datetime import UTC, datetime

from outside_samples import said

from domain.catalogue import Listed
from messages_fa import catalogue, general, settings
from messages_fa.markup import Text

AT = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
WHO = "لیلا کاظمی"
RENT = "کرایه ماشین‌آلات دولتی"


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of this area with its title."""
    yield "lists", catalogue.lists()
    rows = [(1, "کسری ابواب جمعی", True), (2, RENT, False)]
    yield "list of debt types", catalogue.listing(Listed.DEBT_TYPES, rows, general.page(1, 2))
    agencies = [(1, "سازمان نمونه", True), (2, "شرکت آب منطقه‌ای", False)]
    yield "list of agencies", catalogue.listing("agencies", agencies, general.page(1, 1))
    yield (
        "entry with its wordings",
        catalogue.entry(
            Listed.REFUSAL,
            title="مشمول نبودن طلبکار",
            ground="ماده ۴۷ قانون محاسبات عمومی کشور",
            offered=False,
            fixed=False,
            history=[
                (1, "مشمول نبودن طلبکار در ماده ۴۷", "", None, True),
                (2, "مشمول نبودن طلبکار", WHO, AT, False),
            ],
        ),
    )
    yield (
        "entry that stays",
        catalogue.entry(
            Listed.DEBT_TYPES,
            title="سایر",
            ground="",
            offered=True,
            fixed=True,
            history=[(1, "سایر", "", None, True)],
        ),
    )
    for name in Listed:
        yield f"entry asks title of {name}", catalogue.ask_title(name)
    yield "entry asks ground", catalogue.ask_ground()
    yield "entry preview", catalogue.sure_of_entry(RENT, "ماده ۴۷ قانون محاسبات عمومی کشور")
    yield "entry saved", catalogue.saved(RENT)
    yield "entry retired", said(catalogue.switched(RENT, on=False))
    yield "entry offered again", said(catalogue.switched(RENT, on=True))
    yield "entry fixed", said(catalogue.fixed())
    yield "entry changed meanwhile", catalogue.changed_meanwhile(RENT)
    yield "entry double", catalogue.double(RENT)
    yield "button back to a wording", said(catalogue.revert(2))
    yield "button end official", said(catalogue.end_official("زهرا احمدی"))
    yield (
        "agency",
        catalogue.agency(
            name="سازمان نمونه",
            active=True,
            officers=3,
            cosign=True,
            officials=[("زهرا احمدی", "مدیرکل امور مالی")],
            of=1,
        ),
    )
    changed: list[tuple[str, str | bool, str, datetime]] = [
        ("cosign", True, "", AT),
        ("cosign", False, WHO, AT),
        ("offered", True, WHO, AT),
        ("offered", False, WHO, AT),
        ("name", "سازمان نمونه", WHO, AT),
    ]
    yield "agency changes", catalogue.changes("سازمان نمونه", changed)
    yield "agency unchanged", catalogue.changes("سازمان نمونه", [])
    yield (
        "agency without officials",
        catalogue.agency(name="شرکت آب", active=False, officers=0, cosign=False, officials=[], of=0),
    )
    yield "agency asks name", catalogue.ask_agency_name()
    yield "agency preview", catalogue.sure_of_agency_name("سازمان نمونه خدمات")
    yield "official asks name", catalogue.ask_official_name()
    yield "official asks post", catalogue.ask_official_post()
    yield "official preview", catalogue.sure_of_official("زهرا احمدی", "مدیرکل امور مالی")
    yield "official ended", said(catalogue.official_ended("زهرا احمدی"))
    yield "setting preview", settings.sure("decision_target", "3d")
    yield "setting revert", said(settings.revert("decision_target", None))
