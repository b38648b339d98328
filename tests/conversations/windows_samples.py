"""Samples of what is said of maintenance, incidents and the state of the service, for the golden page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from outside_samples import said

from domain.windows import Availability, Stage, Word
from messages_fa import buttons, general, status, window_ask, window_desk, windows
from messages_fa.markup import Text

NOW = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
BEGINS, ENDS = NOW + timedelta(days=2, hours=10), NOW + timedelta(days=2, hours=12, minutes=30)
WAS = (BEGINS - timedelta(days=1), ENDS - timedelta(days=1))
AFFECTED, REASON = "ثبت و بررسی پیشنهادها", "تعویض سخت‌افزار سامانه"
WHERE = general.draft_at(7, 23, "شماره نامه")
TITLE = "رضا کریمی"
DRAFTS = [(TITLE, WHERE), ("مریم احمدی", general.draft_at_summary())]


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of this area with its title."""
    yield from _notices()
    yield from _incidents()
    yield from _status()
    yield from _frozen()
    yield from _desk()
    for name, ask in (*window_ask.WINDOW.items(), *window_ask.INCIDENT.items()):
        yield f"window asks {name}", ask({})
    for name, title in window_ask.TITLES.items():
        yield f"window form {name}", said(title)


def content(word: Word, *, why: str | None = None) -> dict[str, object]:
    """What a notice of a window is made of."""
    moved, ended = word is Word.MOVED, word is Word.ENDED
    return {
        "word": word,
        "begins": BEGINS.isoformat(),
        "ends": ENDS.isoformat(),
        "was": [moment.isoformat() for moment in WAS] if moved else None,
        "over": (ENDS + timedelta(minutes=20)).isoformat() if ended else None,
        "affected": AFFECTED,
        "reason": REASON,
        "why_unplanned": why,
        "unplanned": why is not None and not moved,
    }


def _notices() -> Iterator[tuple[str, Text]]:
    for word in Word:
        yield f"window {word}", windows.notice(content(word))
    yield "window unplanned", windows.notice(content(Word.CREATED, why="رخنه امنیتی که امروز اعلام شد"))
    yield "window made longer late", windows.notice(content(Word.MOVED, why="کار بیش از برآورد است"))
    yield "window lengths", said("، ".join(map(windows.length, (0, 1, 60, 90, 1500, 10_080))))


def _incident(stage: Stage) -> dict[str, object]:
    stages = list(Stage)[: list(Stage).index(stage) + 1]
    told = [
        {
            "stage": one,
            "at": (NOW + n * timedelta(minutes=20)).isoformat(),
            "text": "علت را یافتیم و برطرف می‌کنیم.",
        }
        for n, one in enumerate(stages)
    ]
    over = (NOW + timedelta(minutes=60)).isoformat() if stage is Stage.RESOLVED else None
    return {
        "affected": "فرستادن پیوست",
        "stage": stage,
        "begun": (NOW - timedelta(minutes=15)).isoformat(),
        "over": over,
        "updates": told,
    }


def _incidents() -> Iterator[tuple[str, Text]]:
    for stage in Stage:
        yield f"incident {stage}", windows.incident(_incident(stage))
        yield f"incident push {stage}", windows.incident_push(_incident(stage))


def _status() -> Iterator[tuple[str, Text]]:
    share = status.figure(Availability(129_600, 150, 75))
    following = status.upcoming(BEGINS, ENDS, AFFECTED)
    yield "status", status.page([status.works()], status.none_upcoming(), share)
    yield "status next", status.page([status.works()], following, share)
    held = status.held(BEGINS, ENDS, AFFECTED, BEGINS, unplanned=False)
    broken = status.broken(Stage.IDENTIFIED, "فرستادن پیوست", NOW)
    yield "status window", status.page([held, broken], status.none_upcoming(), share)
    yield "status overrun", status.held(BEGINS, ENDS, AFFECTED, ENDS, unplanned=True)
    late = ENDS + timedelta(minutes=20)
    rows = [
        status.incident_row(NOW, None, "فرستادن پیوست"),
        status.window_row(BEGINS, ENDS, None, unplanned=False),
        status.window_row(BEGINS, ENDS, late, unplanned=True),
        status.window_row(*WAS, WAS[1], unplanned=False),
        status.incident_row(NOW - timedelta(hours=3), NOW, "فرستادن پیوست"),
    ]
    yield "status history", status.history(rows, 1, general.page(1, 2))
    yield "status history none", status.history([], 1, Text())
    yield "status history label", said(status.HISTORY)


def _frozen() -> Iterator[tuple[str, Text]]:
    yield "frozen", status.frozen([(TITLE, WHERE)], ENDS, BEGINS)
    yield "frozen two drafts", status.frozen(DRAFTS, ENDS, BEGINS)
    yield "frozen overrun", status.frozen([(TITLE, WHERE)], ENDS, ENDS)
    yield "frozen answer", status.answer_not_kept((TITLE, WHERE), ENDS, BEGINS)
    yield "frozen button", status.answer_not_kept((TITLE, WHERE), ENDS, BEGINS, pressed=True)
    yield "frozen answer of another draft", status.answer_not_kept(("شکایت", Text()), ENDS, BEGINS)
    yield "frozen answer of a short form", status.not_kept(ENDS, BEGINS)
    yield "frozen act", status.not_now(ENDS, BEGINS)
    yield "frozen hint", said(status.hint(ENDS, ENDS - timedelta(minutes=20)))
    yield "frozen hint another day", said(status.hint(ENDS, BEGINS))
    yield "frozen hint overrun", said(status.hint(ENDS, ENDS))
    yield "freed", status.freed([(TITLE, WHERE)])
    yield "freed two drafts", status.freed(DRAFTS)
    yield "freed many drafts", status.freed(DRAFTS * 7)
    yield "freed button", said(buttons.CONTINUE)


def _desk() -> Iterator[tuple[str, Text]]:
    held = window_desk.window_row(BEGINS, ENDS, begun=False)
    broken = window_desk.incident_row(windows.STAGES[Stage.MONITORING], NOW, "فرستادن پیوست")
    seen = window_desk.seen("store_down", NOW - timedelta(minutes=3), NOW)
    mine = window_desk.window_draft_row(BEGINS, ENDS)
    ours = window_desk.incident_draft_row("فرستادن پیوست", NOW)
    yield "windows list", window_desk.listing([held], [broken], [mine, ours, seen])
    yield "windows list going on", window_desk.window_row(WAS[0], ENDS, begun=True)
    yield "windows none", window_desk.listing([], [], [])
    yield "watchdog draft", window_desk.drafted(window_desk.seen("no_path:bale", NOW, None))
    yield "watchdog put aside", window_desk.put_aside()
    done = window_desk.done(
        [(NOW, word, "لیلا کاظمی" if word in {Word.CREATED, Word.MOVED} else "") for word in Word]
    )
    yield (
        "window card",
        window_desk.window(AFFECTED, REASON, (BEGINS, ENDS, None), "رخنه امنیتی", done, unplanned=True),
    )
    over = ENDS + timedelta(minutes=4)
    yield (
        "window card over",
        window_desk.window(AFFECTED, REASON, (BEGINS, ENDS, over), None, done, unplanned=False),
    )
    times = (BEGINS, ENDS, None)
    yield (
        "window card cancelled",
        window_desk.window(AFFECTED, REASON, times, None, done, unplanned=False, cancelled=True),
    )
    yield "window overrun, to admins", window_desk.overrun(ENDS)
    shown = windows.notice(content(Word.CREATED))
    yield "window sure to tell", window_desk.sure_to_tell(shown, 120, 118)
    yield "window time read back", window_ask.at_time(said("۲۲:۰۰"))
    yield "window lead", window_desk.lead("۳ روز کاری", BEGINS)
    yield "window reason needed", window_desk.reason_needed("۳ روز کاری", BEGINS)
    yield "window reason needed to extend", window_desk.reason_needed_to_extend("۳ روز کاری", BEGINS)
    yield "window sure to end", window_desk.sure_to_end()
    yield "window sure to cancel", window_desk.sure_to_cancel(120)
    yield "window told", window_desk.told()
    yield "window changed", said(window_desk.changed())
    labels = (window_desk.window_label(1), window_desk.incident_label(2), window_desk.draft_label(3))
    yield "window labels", said("، ".join(labels))
