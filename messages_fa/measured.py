"""«آنچه وعده داده شد، آنچه سنجیده شد»: a line or two for each clause, and how each figure was counted."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.agreement import Clause
from domain.reports import FEWEST, Period, Times
from domain.windows import Availability
from messages_fa import buttons
from messages_fa.form import shortened
from messages_fa.markup import RLM, Text, lines, ours, paragraphs, say
from messages_fa.reports import in_target, length, lines_of_days, took
from messages_fa.status import percent

_CLAUSE: Final = 110
"""Characters of a clause beside its figures; the whole of it stands in its section."""

NAMES: Final[dict[str, str]] = {
    "decision": "تصمیم درباره پیشنهاد",
    "first_look": "نخستین بررسی پیشنهاد",
    "answers": "پاسخ به شکایت‌ها و نظرها",
    "resets": "بازیابی رمز فراموش‌شده",
    "availability": "دسترس‌پذیری",
    "windows": "قطعی‌های برنامه‌ریزی‌شده",
    "unplanned": "قطعی‌های بدون اطلاع به‌هنگام",
}
"""What each figure is called."""

_HOW: Final[dict[str, str]] = {
    "decision": (
        "پیشنهادهایی که نخستین تصمیم آن‌ها در این دوره اعلام شده است؛ روزهای کاری پس از روز ثبت تا روز "
        "اعلام، بدون روزهای انتظار برای اصلاح دستگاه"
    ),
    "first_look": "پیشنهادهایی که در این دوره برای نخستین بار برداشته شده‌اند؛ روزهای کاری از ثبت تا برداشتن",
    "answers": (
        "شکایت‌ها و نظرهایی که نخستین پاسخ آن‌ها در این دوره داده شده است؛ روزهای کاری از ثبت تا پاسخ، "
        "بدون روزهای انتظار برای توضیح فرستنده"
    ),
    "resets": "درخواست‌های بازیابی این دوره؛ زمان از درخواست تا صدور کد یک‌بارمصرف",
    "availability": (
        "دقیقه‌های با خدمت از همه دقیقه‌های دوره، از روی دفتر قطعی‌ها و اختلال‌ها؛ درصد، گرد شده به پایین"
    ),
    "windows": "قطعی‌هایی که آغاز آن‌ها در این دوره بوده است",
    "unplanned": "قطعی‌هایی که دیرتر از زمان تنظیم‌شده برای اطلاع‌رسانی اعلام شده‌اند",
}


def measured(
    period: Period,
    made_at: dt.datetime,
    rows: Sequence[tuple[Clause | None, Sequence[tuple[str, Sequence[Text]]]]],
) -> Text:
    """Each clause with its figures, and when they were measured: (clause or None, (code, its lines))."""
    told = [lines(_clause(clause), *(_figure(*each) for each in given)) for clause, given in rows]
    return paragraphs(
        say("**آنچه وعده داده شد، آنچه سنجیده شد**"),
        lines(
            say("دوره: {days}", days=lines_of_days(period)),
            say("سنجیده‌شده در: {at}", at=made_at),
        ),
        *told,
        say("بندهای دیگر، عددی برای سنجش ندارند. «{how}» را ببینید.", how=buttons.HOW_COUNTED),
    )


def not_yet() -> Text:
    """Nothing was measured yet: the office has only just been opened."""
    return say("عددها هنوز سنجیده نشده است؛ چند دقیقه دیگر دوباره ببینید.")


def _clause(clause: Clause | None) -> Text:
    if clause is None:
        return say("**بندی با این مضمون در این نسخه نیست.**")
    return say("**بخش {n}:** «{text}»", n=clause.section, text=ours(shortened(clause.text, _CLAUSE)))


def _figure(code: str, told: Sequence[Text]) -> Text:
    return lines(say("{name}:", name=NAMES[code]), *told)


def times(figure: Times, *, staff: bool) -> list[Text]:
    """How long it took; of few it is said to staff only."""
    if not staff and figure.count < FEWEST:
        return [too_few()]
    if not figure.count:
        return [say("در این دوره موردی نبود.")]
    return [took(figure), _in_target(figure, figure.count, staff=staff)]


def too_few() -> Text:
    """A figure that would point at somebody."""
    return say("کمتر از {n} مورد؛ عددی نشان داده نمی‌شود.", n=FEWEST)


def _in_target(figure: Times, of: int, *, staff: bool) -> Text:
    """The share in time; not where it would tell of few, by itself or by what is left of all of them."""
    return in_target(figure) if staff or _tells_of_many(figure.judged, of) else too_few()


def _tells_of_many(some: int, of: int) -> bool:
    """Whether neither these nor the rest are few: none at all is nobody."""
    return not (0 < some < FEWEST or 0 < of - some < FEWEST)


def resets(asked: int, issued: int, median: dt.timedelta | None, figure: Times, *, staff: bool) -> list[Text]:
    """How fast forgotten passcodes were seen to; of few it is said to staff only.

    Args:
        asked: requests, which are told.
        issued: how many of them a code was issued for, of which the median is.
        median: how long that took.
        figure: how many of them the target was set for, and how many were in time.
        staff: whether the reader may see fewer than five together.
    """
    if not staff and asked < FEWEST:
        return [too_few()]
    if not asked:
        return [say("در این دوره موردی نبود.")]
    head = say("درخواست: {asked}", asked=asked)
    if not staff and median is not None and issued < FEWEST:
        return [head, too_few()]
    fast = [say("میانه زمان رسیدگی: {took}", took=length(median))] if median is not None else []
    return [head, *fast, _in_target(figure, asked, staff=staff)]


def availability(figure: Availability) -> list[Text]:
    """The share of the time with service."""
    return [
        say(RLM + "{share}", share=percent(figure.hundredths)),
        say(
            "قطعی اعلام‌شده: {planned} دقیقه؛ اختلال: {unplanned} دقیقه",
            planned=figure.planned,
            unplanned=figure.unplanned,
        ),
    ]


def windows(count: int) -> list[Text]:
    """How many windows there were."""
    return [say("شمار: {count}", count=count)]


def unplanned(late: int, count: int, *, has_lead: bool) -> list[Text]:
    """How many of them were announced too late."""
    if not has_lead:
        return [say("هدفی تنظیم نشده است.")]
    return [say("شمار: {late} از {count} قطعی", late=late, count=count)]


def how(codes: Sequence[str]) -> Text:
    """How each figure was counted, in words."""
    told = [lines(say("**{name}**", name=NAMES[code]), say("{how}", how=_HOW[code])) for code in codes]
    return paragraphs(
        say("**هر عدد چگونه شمرده شد؟**"),
        *told,
        lines(
            say("همه عددها از رویدادهای ثبت‌شده در سامانه و با تقویم کاری اداره شمرده می‌شود."),
            say("میانه: نیمی از موردها بیش از آن زمان نبرده است؛ صدک نودم: نود درصد موردها."),
            say("عددی که از کمتر از {n} مورد باشد نشان داده نمی‌شود.", n=FEWEST),
        ),
    )
