"""Samples of «گزارش», for the golden page and the rules of every text."""

import datetime as dt
from collections.abc import Iterator

from domain.lifecycle import Action, State
from domain.reports import PERIODS, Period, Times
from messages_fa import reports
from messages_fa.markup import Text, say
from persian.dates import gregorian

TODAY = gregorian(1405, 7, 13)
HEAD = reports.period_line("month", PERIODS["month"](TODAY))
COUNTS: dict[str, int] = dict.fromkeys(map(str, Action), 3) | {Action.SUBMIT: 64}
OUTCOMES = {State.AGREED: 40, State.NOT_AGREED: 8}
NOBODY: dict[State, int] = {}
STANDING = {State.SUBMITTED: 5, State.IN_REVIEW: 9, State.RETURNED: 2}
SOME, UNSET, NONE = Times(48, 3, 7, 48, 45), Times(48, 3, 7), Times(0, None, None)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the reports with its title."""
    yield "report choose", reports.choose()
    yield "report first day", reports.ask_first()
    yield "report last day", reports.ask_last()
    yield "report ends before", reports.ends_before()
    for name, period in PERIODS.items():
        yield f"report period {name}", reports.period_line(name, period(TODAY))
    yield "report period own", reports.period_line("own", Period(TODAY, TODAY))
    yield "report overview", _overview(SOME, UNSET)
    yield "report overview empty", _overview(NONE, NONE)
    rows = (("سازمان نمونه", 30, OUTCOMES, SOME), ("وزارت راه", 2, NOBODY, NONE))
    yield "report agencies", reports.shares(HEAD, "به تفکیک دستگاه", rows, say("صفحه ۱ از ۲"))
    debts = tuple((name, 3, NOBODY, NONE) for name in ("جریمه یا جزای نقدی", reports.NO_DEBT_TYPE))
    yield "report debt types", reports.shares(HEAD, "به تفکیک نوع بدهی", debts, Text())
    yield "report nothing", reports.shares(HEAD, "به تفکیک دستگاه", (), Text())
    given = (
        (Action.REFUSE, "special_rule.1", 5),
        (Action.REFUSE, "other", 1),
        (Action.RETURN_FOR_CORRECTION, "marked.1", 9),
        (Action.SUPERSEDE, "mistake.1", 1),
        (Action.WITHDRAW, "not_wanted.1", 1),
        (Action.WITHDRAW, "بدهی پرداخت شد", 1),
    )
    yield "report reasons", reports.reasons(HEAD, given, say("صفحه ۱ از ۲"))
    yield "report no reasons", reports.reasons(HEAD, (), Text())
    loads = (("مینا صادقی", 4, 2, 6, 1, 22), ("رضا کریمی", 0, None, None, None, 9))
    yield "report loads", reports.loads(HEAD, loads, say("صفحه ۱ از ۲"))
    yield "report no loads", reports.loads(HEAD, (), Text())
    yield "report voices", _voices()
    yield "report voices empty", reports.voices(HEAD, None, NONE, reports.resets(0, 0, None, 0, 0))
    yield "report causes", _causes()
    yield "report causes none", reports.causes(HEAD, Period(TODAY, TODAY).before, (), (), Text())


def _causes() -> Text:
    top = (("تأخیر در رسیدگی", 3, 1), ("شیوه برخورد", 2, 2), ("اشکال سامانه", 0, 4))
    months = ((1405, 6, "تأخیر در رسیدگی", 3), (1405, 7, "شیوه برخورد", 2))
    return reports.causes(HEAD, Period(TODAY, TODAY).before, top, months, say("صفحه ۱ از ۲"))


def _overview(decision: Times, first_look: Times) -> Text:
    return reports.overview(
        HEAD,
        counts=COUNTS,
        outcomes=OUTCOMES,
        decision=decision,
        first_look=first_look,
        standing=STANDING,
    )


def _voices() -> Text:
    survey = (12, 4.25, {5: 6, 4: 4, 3: 1, 1: 1})
    resets = reports.resets(6, 5, dt.timedelta(minutes=45), 5, 4)
    return reports.voices(HEAD, survey, SOME, resets)
