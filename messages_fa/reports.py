"""«گزارش»: a period in figures; nothing in it says anything of one person but the directors' own page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from domain.lifecycle import Action, State
from domain.reports import Period, Times
from messages_fa import buttons, names
from messages_fa.markup import RLM, Text, lines, paragraphs, say
from messages_fa.reasons import EVERY, found
from persian.dates import MONTHS, show_date
from persian.text import to_persian_digits

PERIOD_NAMES: Final[dict[str, str]] = {
    "today": "امروز",
    "week": "این هفته",
    "month": "این ماه",
    "last_month": "ماه پیش",
    "season": "این فصل",
    "year": "امسال",
}
"""By the names of `domain.reports.PERIODS`."""

FROM_DAY: Final = "از تاریخ"
TO_DAY: Final = "تا تاریخ"
NO_DEBT_TYPE: Final = "نامشخص"
"""The debt type of a case in which it is not known yet."""

ACTS: Final = (Action.REFUSE, Action.RETURN_FOR_CORRECTION, Action.SUPERSEDE, Action.WITHDRAW)
"""Acts that have reasons, in the order in which they are shown."""
_OPEN: Final = (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SIGNATURE, State.RETURNED)


def choose() -> Text:
    """The first screen: which period."""
    return paragraphs(
        say("**گزارش**"),
        lines(
            say("دوره را برگزینید؛ هفته از شنبه و ماه، فصل و سال به هجری شمسی است."),
            say("برای بازه دلخواه «{other}» را بزنید.", other=buttons.OTHER_PERIOD),
        ),
    )


def ask_first() -> Text:
    """The first day of a period of one's own."""
    return say("گزارش از چه تاریخی آغاز شود؟")


def ask_last() -> Text:
    """The last day of it."""
    return say("گزارش تا پایان چه تاریخی باشد؟")


def ends_before() -> Text:
    """The last day lies before the first."""
    return say("تاریخ پایان باید همان تاریخ آغاز یا پس از آن باشد. آن را دوباره بنویسید. نمونه: امروز")


def period_line(name: str, period: Period) -> Text:
    """Which period: its name, where it has one, and its days."""
    named = say("**گزارش {name}**", name=PERIOD_NAMES[name]) if name in PERIOD_NAMES else say("**گزارش**")
    return lines(named, say("دوره: {days}", days=lines_of_days(period)))


def lines_of_days(period: Period) -> str:
    """The days of a period: «۱۴۰۵/۰۷/۰۱ تا ۱۴۰۵/۰۷/۳۰», or the one day."""
    if period.first == period.last:
        return show_date(period.first)
    return f"{show_date(period.first)} تا {show_date(period.last)}"


def overview(
    head: Text,
    *,
    counts: Mapping[str, int],
    outcomes: Mapping[State, int],
    decision: Times,
    first_look: Times,
    standing: Mapping[State, int],
) -> Text:
    """A period as a whole, and what is open now.

    Args:
        head: which period.
        counts: how many steps there were, by act.
        outcomes: first decisions by state.
        decision: how long those took.
        first_look: how long the first looks of the period took.
        standing: cases by state, at this moment.
    """
    return paragraphs(
        head,
        lines(
            say("ثبت پیشنهاد: {n}", n=counts.get(Action.SUBMIT, 0)),
            say("نخستین تصمیم: {n}", n=sum(outcomes.values())),
            say("موافقت: {n}", n=outcomes.get(State.AGREED, 0)),
            say("عدم موافقت: {n}", n=outcomes.get(State.NOT_AGREED, 0)),
            say("بازگشت برای اصلاح: {n}", n=counts.get(Action.RETURN_FOR_CORRECTION, 0)),
            say("ارسال پس از اصلاح: {n}", n=counts.get(Action.RESUBMIT, 0)),
            say("انصراف دستگاه: {n}", n=counts.get(Action.WITHDRAW, 0)),
            say("جایگزینی تصمیم: {n}", n=counts.get(Action.SUPERSEDE, 0)),
        ),
        lines(say("**زمان تصمیم**"), *times(decision)),
        lines(say("**زمان نخستین بررسی**"), *times(first_look)),
        lines(
            say("**هم‌اکنون در جریان**"),
            *(say("{state}: {n}", state=names.STATES[state], n=standing.get(state, 0)) for state in _OPEN),
        ),
    )


def times(measured: Times) -> list[Text]:
    """How long it took and how often the target was kept."""
    if not measured.count:
        return [say("در این دوره موردی نبود.")]
    return [took(measured), in_target(measured)]


def took(measured: Times) -> Text:
    """Median and 90th percentile, in working days."""
    return say(
        "میانه {median} و صدک نودم {ninetieth} روز کاری، از {count} مورد",
        median=measured.median or 0,
        ninetieth=measured.ninetieth or 0,
        count=measured.count,
    )


def in_target(measured: Times) -> Text:
    """What share was in time; that no target is set where none is."""
    if measured.share is None:
        return say("هدفی تنظیم نشده است.")
    return say(
        "در هدف: {share} درصد ({kept} از {judged})",
        share=measured.share,
        kept=measured.kept,
        judged=measured.judged,
    )


def shares(
    head: Text, title: str, rows: Sequence[tuple[str, int, Mapping[State, int], Times]], which_page: Text
) -> Text:
    """The period by agency or debt type: (name, filed, first decisions by state, their times)."""
    told = [
        lines(
            say(RLM + "• {name}", name=name),
            say(
                "ثبت: {filed}؛ موافقت: {agreed}؛ عدم موافقت: {refused}",
                filed=filed,
                agreed=outcomes.get(State.AGREED, 0),
                refused=outcomes.get(State.NOT_AGREED, 0),
            ),
            *(times(measured) if measured.count else ()),
        )
        for name, filed, outcomes, measured in rows
    ]
    return paragraphs(
        head, say("{title}", title=title), *(told or [say("در این دوره موردی نبود.")]), which_page
    )


def reasons(head: Text, rows: Sequence[tuple[str, str, int]], which_page: Text) -> Text:
    """The reasons given in the period: (act, reference, how often), in the order of the acts."""
    told: list[Text] = []
    for action in ACTS:
        given = [
            say(RLM + "• {reason}: {count}", reason=_titled(action, reference), count=count)
            for act, reference, count in rows
            if act == action
        ]
        told += [lines(say("**{title}**", title=names.ACTIONS[action]), *given)] if given else []
    return paragraphs(head, *(told or [say("در این دوره دلیلی ثبت نشده است.")]), which_page)


def _titled(action: str, reference: str) -> str:
    """The title of a reason as it was worded then; what was never in a catalogue stands for itself."""
    try:
        return found(EVERY[action], reference).title
    except KeyError:
        return reference


def loads(
    head: Text,
    rows: Sequence[tuple[str, int, int | None, int | None, int | None, int]],
    which_page: Text,
) -> Text:
    """What each person has in hand: (name, in hand, median and 90th percentile of age, overdue, decided)."""
    told = [
        lines(
            say(RLM + "• {name}", name=name),
            say("نزد او: {held}؛ تصمیم در این دوره: {decided}", held=held, decided=decided),
            say(
                "سن پرونده‌ها: میانه {median} و صدک نودم {ninetieth} روز کاری",
                median=median,
                ninetieth=ninetieth or 0,
            )
            if median is not None
            else Text(),
            say("دیرکرد: {overdue}", overdue=overdue) if overdue is not None else Text(),
        )
        for name, held, median, ninetieth, overdue, decided in rows
    ]
    return paragraphs(
        head,
        *(told or [say("اکنون پرونده‌ای نزد کسی نیست و در این دوره تصمیمی گرفته نشده است.")]),
        which_page,
        say("این صفحه فقط برای مدیر است."),
    )


def voices(
    head: Text,
    survey: tuple[int, float, Mapping[int, int]] | None,
    answers: Times,
    resets: Text,
) -> Text:
    """What people thought, how fast complaints were answered and forgotten passcodes seen to.

    Args:
        head: which period.
        survey: how many scores, their mean, and how many of each; None of none.
        answers: how long the answers to complaints took.
        resets: the figures of forgotten passcodes.
    """
    return paragraphs(
        head,
        lines(say("**نظرسنجی**"), *(_survey(*survey) if survey else [say("در این دوره پاسخی نبود.")])),
        lines(say("**پاسخ به شکایت‌ها و نظرها**"), *times(answers)),
        lines(say("**بازیابی رمز**"), resets),
    )


def _survey(count: int, mean: float, each: Mapping[int, int]) -> list[Text]:
    scores = "، ".join(
        to_persian_digits(f"امتیاز {score}: {each.get(score, 0)}") for score in range(5, 0, -1)
    )
    return [
        say("میانگین {mean} از ۵، از {count} پاسخ", mean=decimal(mean), count=count),
        say("{scores}", scores=scores),
    ]


def causes(
    head: Text,
    before: Period,
    top: Sequence[tuple[str, int, int]],
    months: Sequence[tuple[int, int, str, int]],
    which_page: Text,
) -> Text:
    """Why there were complaints: the top causes with their trend, and every month's.

    Args:
        head: which period.
        before: the one it is compared with.
        top: (name of the cause, how often, how often in the period before), the most frequent first.
        months: (Jalali year, month, name of the cause, how often), in the order of time; those of this page.
        which_page: of the months.
    """
    if not top:
        return paragraphs(head, say("در این دوره و دوره پیش، علتی ثبت نشده است."))
    return paragraphs(
        head,
        lines(
            say("**علت شکایت‌ها و نظرها**"),
            say("دوره پیش: {days}", days=lines_of_days(before)),
            *(_trend(*row) for row in top),
        ),
        lines(say("**ماه به ماه**"), *map(_cause, months)) if months else Text(),
        which_page,
    )


def _trend(cause: str, count: int, before: int) -> Text:
    return say(
        RLM + "• {cause}: {count} (دوره پیش {before}؛ {change})",
        cause=cause,
        count=count,
        before=before,
        change=_change(count - before),
    )


def _change(more: int) -> str:
    if not more:
        return "بی‌تغییر"
    return to_persian_digits(f"{abs(more)} {'بیشتر' if more > 0 else 'کمتر'}")


def _cause(row: tuple[int, int, str, int]) -> Text:
    year, month, cause, count = row
    return say(
        "{cause} در {month} {year}: {count}", cause=cause, month=MONTHS[month - 1], year=year, count=count
    )


def decimal(number: float) -> str:
    """A number with one decimal: «۴٫۳»."""
    return to_persian_digits(f"{number:.1f}").replace(".", "٫")


def resets(asked: int, issued: int, median: dt.timedelta | None, judged: int, kept: int) -> Text:
    """Forgotten passcodes: asked for, seen to, how fast, and how often in time."""
    if not asked:
        return say("در این دوره درخواستی نبود.")
    return lines(
        say("درخواست: {asked}؛ رسیدگی‌شده: {issued}", asked=asked, issued=issued),
        say("میانه زمان رسیدگی: {took}", took=length(median)) if median is not None else Text(),
        in_target(Times(asked, None, None, judged, kept)),
    )


def length(took_: dt.timedelta) -> str:
    """A time that passed: «۲ ساعت و ۵ دقیقه»."""
    minutes = int(took_.total_seconds()) // 60
    parts = ((minutes // 60, "ساعت"), (minutes % 60, "دقیقه"))
    told = " و ".join(to_persian_digits(f"{n} {unit}") for n, unit in parts if n)
    return told or "کمتر از یک دقیقه"
