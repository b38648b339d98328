"""Samples of notices for the golden page: what recipients read, the list, the card, the questions."""

import datetime as dt
from collections.abc import Iterator

from outside_samples import said

from messages_fa import notice_card as card
from messages_fa import notices
from messages_fa.markup import Text

NOON = dt.datetime(2026, 10, 5, 8, 30, tzinfo=dt.UTC)
TEXT = "جلسه آموزش ثبت پیشنهاد روز چهارشنبه ساعت ۱۰ برگزار می‌شود.\nنشانی: سالن همایش اداره کل"
NEWS = {"text": TEXT, "service": False}
SERVICE = {"text": "پاسخ‌گویی تلفنی فردا تا ساعت ۱۲ برقرار نیست.", "service": True, "corrected": True}


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield "notice news", notices.copy(NEWS)
    yield "notice service corrected", notices.copy(SERVICE)
    yield "notice recalled", notices.recalled()
    yield "notice tried out", notices.test_copy(notices.copy(NEWS))
    yield "news on now", notices.news_switch(on=True)
    yield "news off now", notices.news_switch(on=False)
    yield "news switched off", notices.news_off()
    yield "news switched on", notices.news_on()
    yield "notices none", notices.listing([], Text())
    rows = [(1, "خبر", "پیش‌نویس", TEXT, 0, 0), (2, "اطلاعیه خدمت", "پایان یافت", TEXT, 118, 120)]
    yield "notices list", notices.listing(rows, Text())
    for name, ask in notices.QUESTIONS.items():
        yield f"notice ask {name}", ask({})
    yield "notice ask audience marked", notices.QUESTIONS["audience"]({"audience": ["everyone"]})
    yield from _card()
    yield from _sure()


def _card() -> Iterator[tuple[str, Text]]:
    for state in card.STATES:
        yield f"notice heading {state}", card.heading("news", state, urgent=False)
    yield "notice heading urgent", card.heading("service", "sending", urgent=True)
    yield "notice preview", card.preview(notices.copy(NEWS))
    rules = [("کارشناس دستگاه", 84, 80), ("کسانی که پیش‌نویس دارند", 12, 12)]
    yield "notice counts", card.counts(rules, recipients=90, reachable=86, declined=4)
    many = [(f"سازمان {n}", 3, 3) for n in ("نخست", "دوم", "سوم") * 5]
    yield "notice counts of many", card.counts(many, recipients=45, reachable=45, declined=0)
    yield "notice would start", card.starts(NOON, sent=False)
    yield "notice starts", card.starts(NOON, sent=True)
    yield "notice starts unknown", card.starts(None, sent=True)
    yield "notice needs second", card.needs_second()
    yield "notice awaits second", card.awaits_second("مریم احمدی")
    yield "notice asked to second", card.asked_to_second("مریم احمدی")
    yield "notice seconded", card.seconded("نرگس رضایی", card.SENDING)
    yield "notice progress", card.progress(sent=57, unreachable=3, unknown=1, unsent=0, waiting=59)
    done = card.progress(sent=100, unreachable=4, unknown=1, unsent=15, waiting=0)
    yield "notice progress ended", done
    yield "notice correction", card.changes(recalled=False, done=90, waiting=8, failed=2)
    yield "notice recall", card.changes(recalled=True, done=100, waiting=0, failed=0)
    yield "notice report", card.report(TEXT, done)
    acts = [(NOON, act, "مریم احمدی" if act != "end" else "") for act in card.ACTS]
    yield "notice history", card.history(acts)
    yield "notice history none", card.history([])
    yield "notice version", card.version(2, NOON, "مریم احمدی", notices.copy(NEWS))


def _sure() -> Iterator[tuple[str, Text]]:
    shown = notices.copy({**NEWS, "corrected": True})
    yield "notice correction sure", card.correction(shown, everyone=True)
    yield "notice correction to second", card.correction_to_second("مریم احمدی", shown)
    yield "notice recall sure", card.sure_to_recall(90, 30)
    yield "notice stop sure", card.sure_to_stop(30)
    yield "notice drop sure", card.sure_to_drop()
    yield "notice dropped", card.dropped()
    yield "notice left", card.left_as_it_is()
    yield "notice no other admin", card.no_other_admin()
    yield "notice nobody", card.nobody()
    yield "notice changed", card.changed()
    answers = (
        "CHANGED",
        "OWN",
        "TESTED",
        "ASKED",
        "SENDING",
        "CORRECTING",
        "PAUSED",
        "RESUMED",
        "STOPPED",
        "RECALLED",
    )
    for name in answers:
        yield f"notice answer {name.lower()}", said(getattr(card, name))
