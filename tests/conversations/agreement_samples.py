"""Samples of the agreement and of what is measured against it, for the golden page and the rules of texts."""

import datetime as dt
from collections.abc import Iterator

from domain.agreement import Change, Clause, Section, changes, endings, found, parse
from domain.reports import Period, Times
from domain.windows import Availability
from messages_fa import agreement, agreement_writing, measured
from messages_fa.agreement_text import FIRST
from messages_fa.markup import Text, say
from persian.dates import TEHRAN, gregorian

OFFICIAL = parse(FIRST)
# The customer's spelling is not this page's: only those of the sections stand here that keep to the rules.
SECTIONS = (
    OFFICIAL.sections[0],
    Section("۲. هزینه", ("این خدمت بدون هزینه ارائه می‌گردد.",)),
    Section(
        "۳. مسئولیت",
        (
            "✓ پیگیری",
            "به محض ثبت درخواست، نتیجه پیگیری آن در کوتاه‌ترین زمان ممکن اعلام می‌گردد.",
            "کد پیگیری هر درخواست یکتاست.",
        ),
    ),
    *OFFICIAL.sections[5:],
)
DAY, TODAY = gregorian(1405, 8, 1), gregorian(1405, 7, 13)
WHEN = dt.datetime.combine(TODAY, dt.time(9, 5), TEHRAN)
NEW = (
    SECTIONS[0],
    Section("۲. هزینه", ("این خدمت بدون هزینه است.", "هیچ پرداختی در این سامانه انجام نمی‌شود.")),
    *SECTIONS[2:],
)
CHANGED = changes(SECTIONS, NEW)
MANY = tuple(Change(f"{n} بخش", (), ("جمله تازه " * 30,)) for n in "۱۲۳۴۵۶۷۸۹")
PERIOD = Period(gregorian(1405, 4, 17), TODAY)
FEW, SOME, UNSET, NONE = Times(3, 2, 4), Times(48, 3, 7, 48, 45), Times(48, 3, 7), Times(0, None, None)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the agreement with its title."""
    yield from _read()
    yield from _accepting()
    yield from _writing()
    yield from _measured()


def _read() -> Iterator[tuple[str, Text]]:
    ends = endings(SECTIONS)
    yield "agreement overview", agreement.overview(OFFICIAL.titles, 1, None, ends, ())
    yield "agreement overview coming", agreement.overview(OFFICIAL.titles, 2, TODAY, ends, ((3, DAY),))
    yield "agreement overview without end", agreement.overview(OFFICIAL.titles, 2, TODAY, (), ())
    for number, section in enumerate(SECTIONS, 1):
        yield f"agreement section {number}", agreement.section(1, None, section.title, section.clauses)
    yield "agreement search", agreement.ask_search()
    hits = found(SECTIONS, "پیگیری")
    yield "agreement found", agreement.found("پیگیری", hits[:1], len(hits))
    yield "agreement found all", agreement.found("پیگیری", hits[:1], 1)
    yield "agreement not found", agreement.not_found("وام مسکن")
    rows = ((1, None, ""), (2, TODAY, "لیلا کاظمی"), (3, DAY, "لیلا کاظمی"))
    yield "agreement versions", agreement.versions(rows, 2)
    for number, piece in enumerate(agreement.changes(1, 2, CHANGED), 1):
        yield f"agreement changes {number}", piece
    for number, piece in enumerate(agreement.changes(2, 3, MANY), 1):
        yield f"agreement many changes {number}", piece
    yield "agreement no changes", agreement.changes(1, 2, ())[0]


def _accepting() -> Iterator[tuple[str, Text]]:
    yield "agreement to accept", agreement.to_accept(2, TODAY, 1, CHANGED)
    yield "agreement to accept many", agreement.to_accept(3, DAY, 2, MANY)
    yield "agreement accepted", say("{word}", word=agreement.accepted(2))
    yield "agreement not accepted", agreement.not_accepted()
    yield "agreement changed meanwhile", say("{word}", word=agreement.changed_meanwhile())
    yield "agreement notice", agreement.notice({"version": 2, "since": DAY.isoformat()})


def _writing() -> Iterator[tuple[str, Text]]:
    titles = [change.title for change in CHANGED]
    yield "agreement writing", agreement_writing.writing(2, titles, "لیلا کاظمی", WHEN)
    yield "agreement writing nothing", agreement_writing.writing(2, (), "لیلا کاظمی", WHEN)
    yield "agreement writing not begun", agreement_writing.not_begun(2)
    yield "agreement which section", agreement_writing.ask_section()
    yield "agreement new text", agreement_writing.ask_text()
    yield "agreement new title", agreement_writing.ask_title()
    yield "agreement text of a new section", agreement_writing.ask_new_text()
    yield "agreement which to remove", agreement_writing.ask_removed()
    yield "agreement section changed meanwhile", agreement_writing.section_changed()
    yield "agreement from when", agreement_writing.ask_day()
    yield "agreement kept", agreement_writing.kept()
    yield "agreement preview", agreement_writing.preview(2, DAY, 24)
    yield "agreement sure to give up", agreement_writing.sure_to_give_up(2)
    yield "agreement given up", agreement_writing.given_up()
    yield "agreement published", agreement_writing.published(2, DAY, 24)
    for why in (
        "too_many",
        "title_taken",
        "no_sentence",
        "last_section",
        "day_passed",
        "before_coming",
        "unchanged",
    ):
        yield f"agreement unfit {why}", agreement_writing.unfit(why, limit=20, day=TODAY)


def _measured() -> Iterator[tuple[str, Text]]:
    clause = Clause(SECTIONS[2].title, 3, 1, SECTIONS[2].clauses[1])
    up = Availability(129_600, 90, 12)
    rows = (
        (
            clause,
            (
                ("first_look", measured.times(SOME, staff=False)),
                ("decision", measured.times(UNSET, staff=True)),
            ),
        ),
        (clause, (("answers", measured.times(FEW, staff=False)),)),
        (clause, (("availability", measured.availability(up)), ("windows", measured.windows(3)))),
        (
            clause,
            (
                (
                    "resets",
                    measured.resets(9, 9, dt.timedelta(minutes=125), Times(9, None, None, 9, 7), staff=False),
                ),
                ("unplanned", measured.unplanned(1, 3, has_lead=True)),
            ),
        ),
        (None, (("unplanned", measured.unplanned(1, 3, has_lead=False)),)),
    )
    yield "agreement measured", measured.measured(PERIOD, WHEN, rows)
    yield (
        "agreement measured none",
        measured.measured(PERIOD, WHEN, ((clause, (("decision", measured.times(NONE, staff=True)),)),)),
    )
    few = measured.resets(2, 0, None, NONE, staff=False) + measured.resets(0, 0, None, NONE, staff=True)
    yield "agreement measured few resets", measured.measured(PERIOD, WHEN, ((clause, (("resets", few),)),))
    yield "agreement not measured yet", measured.not_yet()
    yield "agreement how", measured.how(tuple(measured.NAMES))
