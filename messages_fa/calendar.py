"""«تقویم کاری» in words: a month with its days off, office hours, closures, and what an admin is asked."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.calendar import Calendar, DayOff, MonthDay, Period
from messages_fa.markup import RLM, Text, lines, paragraphs, say, show
from messages_fa.targets import weekdays
from persian.dates import MONTHS, show_date, show_long_date
from persian.text import to_persian_digits

TITLE: Final = "تقویم کاری"
ADD: Final = "افزودن تعطیلی"
HOURS: Final = "ساعت اداری"
WEEKEND: Final = "روزهای تعطیل هفته"
LUNAR: Final = "تأیید تعطیلات قمری"
ENTERED: Final = "تعطیلی‌های ثبت‌شده"
WEEKS: Final = "تغییرهای ساعت و هفته"
BACK: Final = "بازگشت به تقویم کاری"
SURE_TO_CONFIRM: Final = "بله، این روز تعطیل است"
NOT_A_HOLIDAY: Final = "این روز تعطیل نیست"
SURE_TO_REOPEN: Final = "بله، لغو شود"
SURE_TO_DROP: Final = "بله، حذف شود"
ALL_YEAR, SEASON, DATES = "همه سال", "بخشی از هر سال", "یک بازه تاریخ، مانند ماه رمضان"


def month(
    year: int,
    number: int,
    calendar: Calendar,
    days: Sequence[DayOff],
    working: int,
    *,
    hours: Sequence[Period],
    first: int = 1,
) -> Text:
    """A Jalali month: its days off by name, the weekly ones, and the office hours.

    Args:
        year: Jalali.
        number: of the month, from 1.
        calendar: as it stands.
        days: the days off of this month that have a name, in order, confirmed or not.
        working: how many working days it has.
        hours: the office hours of this page.
        first: the number of the first of them.
    """
    return paragraphs(
        lines(
            say("**تقویم کاری، {month} {year}**", month=MONTHS[number - 1], year=year),
            say("روزهای کاری این ماه: {working}", working=working),
            say("تعطیل هفتگی: {days}", days=weekdays(calendar.weekend)) if calendar.weekend else Text(),
            Text()
            if calendar.weekend_set
            else say("این فرض سامانه است؛ اداره هنوز روزهای تعطیل هفته را تعیین نکرده است."),
        ),
        lines(say("**تعطیلات این ماه**"), *map(_day_off, days))
        if days
        else say("این ماه جز تعطیل هفتگی، تعطیلی ندارد."),
        _hours(hours, first),
    )


def _day_off(off: DayOff) -> Text:
    kind = "تعطیلی اداره" if off.kind == "closure" else "تعطیل رسمی"
    return say(
        "{day}: {name} ({kind})",
        day=show_long_date(off.day),
        name=off.name,
        kind=kind if off.confirmed else "قمری، تأییدنشده؛ هنوز اثری در تاریخ‌ها ندارد",
    )


def _hours(periods: Sequence[Period], first: int) -> Text:
    if not periods:
        return lines(
            say("**ساعت اداری:** تنظیم نشده"),
            say("تا آن زمان، یادآوری‌ها در روزهای کاری از ۸ تا ۲۰ فرستاده می‌شود؛ این فقط حد فنی است."),
        )
    rows = [
        say(RLM + "{n}. {period}", n=n, period=period_line(each)) for n, each in enumerate(periods, first)
    ]
    return lines(say("**ساعت اداری**"), *rows)


def period_line(period: Period) -> str:
    """When which hours count: «همه سال: ۷:۳۰ تا ۱۴:۳۰»."""
    return f"{_when(period)}: {spans(period)}"


def _when(period: Period) -> str:
    if period.dates is not None:
        first, last = period.dates
        return f"از {show_date(first)} تا {show_date(last)}"
    if period.season is not None:
        return f"هر سال از {season_day(period.season[0])} تا {season_day(period.season[1])}"
    return ALL_YEAR


def season_day(day: MonthDay) -> str:
    """«۱ مهر»."""
    return f"{show(day[1])} {MONTHS[day[0] - 1]}"


def spans(period: Period) -> str:
    """«۸:۰۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۷:۰۰»."""
    return " و ".join(f"{_time(begin)} تا {_time(end)}" for begin, end in period.spans)


def _time(time: dt.time) -> str:
    return to_persian_digits(f"{time.hour}:{time.minute:02d}")


def ask_day() -> Text:
    """Which day the office is closed."""
    return lines(say("**افزودن تعطیلی**"), say("اداره در همه استان چه روزی بسته است؟"))


def ask_reason() -> Text:
    """Why it is."""
    return say("دلیل تعطیلی را کوتاه بنویسید؛ کاربران آن را می‌بینند. نمونه: برودت هوا")


def ask_closing(day: dt.date | None, reason: str) -> Text:
    """Whether the closure is meant."""
    return lines(
        say("**این تعطیلی ثبت شود؟**"),
        say("روز: {day}", day=show_long_date(day)) if day else Text(),
        say("دلیل: {reason}", reason=reason),
        say("متقاضی و کارشناسی که تاریخ هدف پرونده آنان جابه‌جا شود، با همین دلیل باخبر می‌شوند."),
    )


def ask_part() -> Text:
    """For which part of the year office hours are set."""
    return lines(
        say("**ساعت اداری**"),
        say("برای چه زمانی؟ بازه تاریخ بر بخش سال، و بخش سال بر همه سال مقدم است."),
    )


def ask_first() -> Text:
    """The first day of a season or a range."""
    return say("از چه روزی؟")


def ask_last() -> Text:
    """The last day of it."""
    return say("تا پایان چه روزی؟")


def ask_spans() -> Text:
    """The hours."""
    return say("ساعت کار هر روز کاری را بنویسید؛ چند بازه را با «و» جدا کنید.")


def ask_hours(period: str) -> Text:
    """Whether these hours are meant."""
    return lines(say("**این ساعت اداری ثبت شود؟**"), say("{period}", period=period))


def ask_weekdays() -> Text:
    """The question of the weekly days off."""
    return lines(
        say("**روزهای تعطیل هفته**"),
        say("همه روزهای تعطیل را نشان کنید و «ادامه» را بزنید."),
    )


def ask_sure_weekend(days: frozenset[int]) -> Text:
    """Whether these weekly days off are meant."""
    return lines(
        say("**این روزها تعطیل هفتگی باشد؟**"), say("{days}", days=weekdays(days) if days else "هیچ روزی")
    )


def sure(count: int, *, more: bool) -> str:
    """The label that carries a change out, with what it does to the targets."""
    if not count:
        return "بله، ثبت شود؛ تاریخ هدفی جابه‌جا نمی‌شود"
    least = "دست‌کم " if more else ""
    return f"بله، ثبت شود؛ {least}{show(count)} تاریخ هدف جابه‌جا می‌شود"


def effect(count: int, *, more: bool) -> Text:
    """What a change would do to the targets."""
    if not count:
        return say("با این کار تاریخ هدفی جابه‌جا نمی‌شود.")
    number = f"دست‌کم {show(count)}" if more else show(count)
    return say("با این کار {n} تاریخ هدف جابه‌جا می‌شود.", n=number)


def ask_lunar(off: DayOff, told: Text) -> Text:
    """Whether an estimated lunar day is a holiday; `told` is the effect."""
    return lines(
        say("**{name}**", name=off.name),
        say("روز برآوردشده: {day}", day=show_long_date(off.day)),
        say("آیا این روز بنا بر تقویم رسمی تعطیل است؟"),
        told,
    )


def ask_reopen(off: DayOff, told: Text) -> Text:
    """Whether a closure is to be taken back; `told` is the effect."""
    return lines(
        say("**این تعطیلی لغو شود؟**"),
        say("{day}: {name}", day=show_long_date(off.day), name=off.name),
        told,
    )


def ask_drop(period: Period, told: Text) -> Text:
    """Whether office hours are to be taken back; `told` is the effect."""
    return lines(say("**این ساعت اداری حذف شود؟**"), say("{period}", period=period_line(period)), told)


def lunar(days: Sequence[DayOff], first: int = 1) -> Text:
    """The lunar holidays that wait to be confirmed, numbered from `first`."""
    if not days:
        return say("تعطیل قمری تأییدنشده‌ای در پیش نیست.")
    return paragraphs(
        lines(
            say("**تأیید تعطیلات قمری**"),
            say("این روزها برآورد است و تا تأیید شما تاریخ هدفی را جابه‌جا نمی‌کند."),
        ),
        lines(
            *(
                say(RLM + "{n}. {day}: {name}", n=n, day=show_long_date(off.day), name=off.name)
                for n, off in enumerate(days, first)
            )
        ),
    )


def entered(rows: Sequence[tuple[dt.date, str, str, dt.datetime, str]], first: int = 1) -> Text:
    """What admins have entered, the newest first: day, kind, name, when, who; numbered from `first`."""
    if not rows:
        return say("هنوز کسی روزی را ثبت یا لغو نکرده است.")
    told = [
        lines(
            say(
                RLM + "{n}. {kind}، {day}: {name}",
                n=n,
                kind=_ENTERED[kind],
                day=show_long_date(day),
                name=name,
            ),
            say("ثبت: {who}، {when}", who=who, when=when),
        )
        for n, (day, kind, name, when, who) in enumerate(rows, first)
    ]
    return paragraphs(say("**تعطیلی‌های ثبت‌شده**"), *told)


_ENTERED: Final = {"closure": "تعطیلی اداره", "holiday": "تعطیل رسمی", "working": "لغو تعطیلی"}


def weeks(rows: Sequence[tuple[dt.datetime, str, frozenset[int] | None, Sequence[Period]]]) -> Text:
    """Changes of the weekly days off (None: unset) and of office hours: when, who, what."""
    if not rows:
        return say("هنوز کسی ساعت اداری یا تعطیل هفتگی را تغییر نداده است.")
    told = [
        lines(
            say("ثبت: {who}، {when}", who=who, when=when),
            say("تعطیل هفتگی: {days}", days=_weekend(days)),
            *(say("{period}", period=period_line(each)) for each in periods),
        )
        for when, who, days, periods in rows
    ]
    return paragraphs(say("**تغییرهای ساعت اداری و تعطیل هفتگی**"), *told)


def _weekend(days: frozenset[int] | None) -> str:
    return "تنظیم نشده" if days is None else weekdays(days) or "هیچ روزی"


def take_back_row(number: int) -> str:
    """The label that takes back a row of a list: «لغو ۲»."""
    return f"لغو {show(number)}"


def hours_row(number: int) -> str:
    """The label that takes back office hours: «حذف ساعت ۲»."""
    return f"حذف ساعت {show(number)}"


def done() -> str:
    """The short answer to a change."""
    return "ثبت شد. تاریخ‌های هدف با تقویم تازه محاسبه می‌شود."


def no_day_left() -> Text:
    """All seven days cannot be off."""
    return say("دست‌کم یک روز هفته باید روز کاری بماند. نمونه: پنجشنبه و جمعه")


LABELS: Final = {
    "day": "روز تعطیلی",
    "reason": "دلیل",
    "part": "برای چه زمانی",
    "from": "از روز",
    "to": "تا روز",
    "begin": "از تاریخ",
    "end": "تا تاریخ",
    "sure": "ثبت",
}
"""What an answer of the calendar's forms is called."""
