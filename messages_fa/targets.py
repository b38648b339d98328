"""Targets in words: a span, when it is up, what moved it, and who is told when."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

from domain.targets import CLOSURE, DOUBTFUL, HOLIDAY, NO_HOURS, PAUSE, WEEKEND, Due, Line, Span
from messages_fa.markup import Text, code_line, lines, paragraphs, say, series, show
from persian.dates import WEEKDAYS, show_long_date, tehran_day

_UNITS = {"days": "روز کاری", "hours": "ساعت اداری"}


def span(of: Span) -> str:
    """«۳ روز کاری» or «۸ ساعت اداری»."""
    return f"{show(of.amount)} {_UNITS[of.unit]}"


def why(code: str, of: Span, due: Due, *, whole: bool = True, clock: str = "decision") -> Text:
    """«چرا این تاریخ؟»: the target for a decision or an answer, and one line for everything that moved it.

    Args:
        code: the tracking code; empty for a second factor, which is no case's.
        of: the target.
        due: when it is up, and what moved it.
        whole: with the moments of the case itself; else only what the public view tells, days and no more.
        clock: `decision` on a case, the answer to a `complaint`, or a `reset` of a forgotten secret.
    """
    moved = [line for line in due.lines if line[0] not in {DOUBTFUL, NO_HOURS}]
    doubtful = [line for line in due.lines if line[0] == DOUBTFUL]
    return paragraphs(
        lines(say("**چرا این تاریخ؟**"), code_line(code) if code else Text()),
        lines(
            say("هدف اداره کل برای {what}: {span}", what=_CLOCKS[clock], span=span(of)),
            say("این هدف را خود اداره تعیین کرده است؛ توافق‌نامه زمانی نام نمی‌برد."),
        ),
        _end(due, clock, whole=whole),
        lines(say("**آنچه در این تاریخ اثر دارد**"), *_lines(moved, clock, whole=whole)) if moved else Text(),
        lines(say("**شاید تعطیل شود**"), *_lines(doubtful, clock, whole=whole)) if doubtful else Text(),
        say(_COUNTED[of.unit]),
    )


_COUNTED: Final = {
    "days": "روز ثبت شمرده نمی‌شود و ساعت روز اثری ندارد. هر تعطیلی تازه این تاریخ را جابه‌جا می‌کند.",
    "hours": "فقط ساعت‌های اداری شمرده می‌شود. هر تعطیلی تازه این تاریخ را جابه‌جا می‌کند.",
}


def _end(due: Due, clock: str, *, whole: bool) -> Text:
    if due.at is not None:
        return say("پایان زمان هدف: {at}", at=due.at if whole else tehran_day(due.at))
    if any(code == NO_HOURS for code, _ in due.lines):
        return no_hours()
    return say("زمان هدف تا {what} ایستاده است و پس از آن ادامه می‌یابد.", what=_UNTIL[clock])


_UNTIL: Final = {"decision": "ارسال اصلاح", "complaint": "رسیدن توضیح ثبت‌کننده"}


def no_hours() -> Text:
    """A target in office hours while none are set."""
    return say("ساعت اداری هنوز تنظیم نشده است؛ تا آن زمان، این هدف تاریخی ندارد.")


def _lines(found: Sequence[Line], clock: str, *, whole: bool) -> Sequence[Text]:
    """To those outside a wait for others is told once, without its moments."""
    waited = () if whole or all(code != PAUSE for code, _ in found) else (_WAITED[clock],)
    told = (_LINES[code](values) for code, values in found if whole or code != PAUSE)
    return (*waited, *told)


_WAITED: Final = {
    "decision": say("زمان انتظار برای اصلاح دستگاه"),
    "complaint": say("زمان انتظار برای توضیح ثبت‌کننده"),
}


def _named(template: str) -> Callable[[Mapping[str, object]], Text]:
    def told(values: Mapping[str, object]) -> Text:
        return say(template, day=show_long_date(cast("dt.date", values["day"])), name=str(values["name"]))

    return told


def _paused(values: Mapping[str, object]) -> Text:
    begin, end = cast("dt.datetime", values["begin"]), cast("dt.datetime | None", values["end"])
    what = _PAUSED[str(values["why"])]
    if end is None:
        return say("از {begin} در انتظار {what}", begin=begin, what=what)
    return say("از {begin} تا {end} در انتظار {what} بود", begin=begin, end=end, what=what)


_PAUSED: Final = {"correction": "اصلاح دستگاه", "awaiting_reply": "توضیح ثبت‌کننده"}


def _weekly(values: Mapping[str, object]) -> Text:
    return say("تعطیل هفتگی: {days} روز", days=cast("int", values["days"]))


_LINES: Final[dict[str, Callable[[Mapping[str, object]], Text]]] = {
    HOLIDAY: _named("تعطیل رسمی، {day}: {name}"),
    CLOSURE: _named("تعطیلی اداره، {day}: {name}"),
    DOUBTFUL: _named("تعطیل قمری تأییدنشده، {day}: {name}"),
    PAUSE: _paused,
    WEEKEND: _weekly,
}


def moved(
    code: str, clock: str, was: dt.datetime, became: dt.datetime, changes: Sequence[Mapping[str, str]]
) -> Text:
    """Told once to whom it concerns: a target has moved, and why."""
    told = " و ".join(dict.fromkeys(change(each) for each in changes))
    return lines(
        say("**{what} تغییر کرد**", what=_MOVED[clock]),
        say(
            "به دلیل {why}، تاریخ هدف از {was} به {became} تغییر کرد.",
            why=told,
            was=tehran_day(was),
            became=tehran_day(became),
        ),
        *((say("کد رهگیری:"), code_line(code)) if code else ()),
    )


_MOVED: Final = {
    "decision": "تاریخ هدف برای اعلام نتیجه",
    "correction": "تاریخ هدف برای اصلاح پیشنهاد",
    "first_look": "تاریخ هدف برای آغاز بررسی",
    "complaint": "تاریخ هدف برای پاسخ",
    "reset": "تاریخ هدف برای بازیابی رمز",
}


def change(values: Mapping[str, str]) -> str:
    """Why targets move, in few words."""
    named = {"name": values.get("name", "")}
    if "day" in values:
        named["day"] = show_long_date(dt.date.fromisoformat(values["day"]))
    return say(_CHANGES[values["why"]], **named).plain


_CHANGES: Final = {
    "closure": "تعطیلی {day} ({name})",
    "holiday": "تعطیل رسمی {day} ({name})",
    "opened": "لغو تعطیلی {day}",
    "weekend": "تغییر روزهای تعطیل هفته",
    "hours": "تغییر ساعت اداری",
    "holidays": "تقویم تعطیلات رسمی",
    "target": "تغییر زمان هدف اداره",
    "awaiting_reply": "انتظار برای توضیح ثبت‌کننده",
}


def warning(code: str, clock: str, at: dt.datetime) -> Text:
    """To whoever the case lies with, before a target is up."""
    return _told(say("**زمان هدف رو به پایان است**"), code, clock, at)


def breach(code: str, clock: str, at: dt.datetime) -> Text:
    """To whoever the case lies with, when a target is up."""
    return _told(say("**زمان هدف گذشت**"), code, clock, at)


def escalation(code: str, clock: str, at: dt.datetime, holder: str) -> Text:
    """To the directors, on the working day after."""
    told = _told(say("**زمان هدف گذشته و کار انجام نشده است**"), code, clock, at)
    return lines(told, say("نزد: {holder}", holder=holder) if holder else say("هنوز کسی آن را برنداشته است."))


def correction_waits(code: str, at: dt.datetime, *, up: bool) -> Text:
    """To the officer whose correction is awaited: half-way, and when the office's target is up."""
    title = "**زمان هدف برای اصلاح گذشت**" if up else "**پیشنهاد در انتظار اصلاح شماست**"
    return lines(
        say(title),
        say("هدف اداره کل برای دریافت اصلاح: تا {at}", at=at),
        say("پیشنهاد همچنان پذیرفته می‌شود؛ بررسی پس از دریافت اصلاح ادامه می‌یابد."),
        say("کد رهگیری:"),
        code_line(code),
    )


_CLOCKS: Final = {
    "first_look": "آغاز بررسی",
    "decision": "تصمیم",
    "complaint": "پاسخ",
    "reset": "بازیابی رمز",
}


def _told(title: Text, code: str, clock: str, at: dt.datetime) -> Text:
    return lines(
        title,
        say("هدف برای {what}: {at}", what=_CLOCKS[clock], at=at),
        say("کد رهگیری:"),
        code_line(code),
    )


def card(due: dt.datetime | None, *, overdue: bool) -> Text:
    """On the card: when the target for a decision is up, while it has one."""
    if due is None:
        return Text()
    mark = say(" **(دیرکرد)**") if overdue else Text()
    return say("هدف برای تصمیم: {due}{mark}", due=due, mark=mark)


def weekdays(days: frozenset[int]) -> str:
    """The names of days of the week, in order."""
    return series(WEEKDAYS[day] for day in sorted(days))
