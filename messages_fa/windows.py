"""What everybody is told of planned maintenance and of incidents, made from their data."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from domain.windows import Stage, Word
from messages_fa.form import one_line
from messages_fa.markup import RLM, Struck, Text, joined, lines, paragraphs, say, show
from persian.dates import TEHRAN, show_long_date
from persian.money import words
from persian.text import to_persian_digits

STAGES: Final[dict[str, str]] = {
    Stage.INVESTIGATING: "بررسی",
    Stage.IDENTIFIED: "شناسایی شد",
    Stage.MONITORING: "در حال پایش",
    Stage.RESOLVED: "برطرف شد",
}

PLANNED: Final = "قطعی برنامه‌ریزی‌شده"
UNPLANNED: Final = "قطعی برنامه‌ریزی‌نشده"
INCIDENT: Final = "اختلال"

_HEADS: Final[dict[str, str]] = {
    Word.CREATED: "**{kind} سامانه**",
    Word.MOVED: "**زمان {kind} سامانه تغییر کرد**",
    Word.DAY_BEFORE: "**یادآوری: {kind} سامانه در پیش است**",
    Word.HOUR_BEFORE: "**{kind} سامانه تا یک ساعت دیگر آغاز می‌شود**",
    Word.STARTED: "**{kind} سامانه آغاز شد**",
    Word.OVERRUN: "**{kind} سامانه از زمان اعلام‌شده گذشته است**",
    Word.ENDED: "**{kind} سامانه پایان یافت**",
    Word.CANCELLED: "**{kind} سامانه لغو شد**",
}
_SHOWN: Final = 6
"""Words of an incident that its notice shows; all of them stand in the history."""

_HOUR, _DAY = 60, 24 * 60


def moment(at: dt.datetime) -> str:
    """A moment in Tehran's time with the names of its day: «پنجشنبه ۹ مهر ۱۴۰۵، ساعت ۱۴:۰۵»."""
    return f"{show_long_date(at.astimezone(TEHRAN).date())}، ساعت {clock(at)}"


def clock(at: dt.datetime) -> str:
    """The time of the day in Tehran: «۱۴:۰۵»."""
    return to_persian_digits(f"{at.astimezone(TEHRAN):%H:%M}")


def length(minutes: int) -> str:
    """A length of time in words: «یک روز و دو ساعت و سی دقیقه»."""
    days, rest = divmod(minutes, _DAY)
    parts = ((days, "روز"), (rest // _HOUR, "ساعت"), (rest % _HOUR, "دقیقه"))
    told = [f"{words(count)} {unit}" for count, unit in parts if count]
    return " و ".join(told) or "کمتر از یک دقیقه"


def between(begins: dt.datetime, ends: dt.datetime) -> str:
    """How long from one moment to another, in words."""
    return length((ends - begins) // dt.timedelta(minutes=1))


def span(begins: dt.datetime, ends: dt.datetime) -> str:
    """From when till when, on one line: «از ۱۴۰۵/۰۷/۰۹ ساعت ۲۲:۰۰ تا ۱۴۰۵/۰۷/۰۹ ساعت ۲۳:۰۰»."""
    return f"از {show(begins)} تا {show(ends)}"


def kind_of(*, unplanned: bool) -> str:
    """What a window is called."""
    return UNPLANNED if unplanned else PLANNED


def notice(content: Mapping[str, Any]) -> Text:
    """What is announced of a window; the content is that of `services.windows.content_of`."""
    begins, ends = _at(content["begins"]), _at(content["ends"])
    word = content["word"]
    head = say(_HEADS[word], kind=kind_of(unplanned=_as_a_whole(content)))
    return paragraphs(head, _BODIES[word](content, begins, ends))


def _announced(content: Mapping[str, Any], begins: dt.datetime, ends: dt.datetime) -> Text:
    return paragraphs(
        lines(_was(content), *_when(begins, ends)),
        _what(content),
        _late(content),
        _meanwhile(),
    )


def _soon(content: Mapping[str, Any], begins: dt.datetime, ends: dt.datetime) -> Text:
    return paragraphs(lines(*_when(begins, ends)), _what(content), _meanwhile())


def _started(content: Mapping[str, Any], begins: dt.datetime, ends: dt.datetime) -> Text:
    until = say("پایان پیش‌بینی‌شده: {at} ({length} پس از آغاز)", at=moment(ends), length=between(begins, ends))
    return paragraphs(until, _what(content), _meanwhile())


def _overrun(_content: Mapping[str, Any], _begins: dt.datetime, ends: dt.datetime) -> Text:
    return lines(
        say("پایان اعلام‌شده {at} بود و کار هنوز ادامه دارد.", at=moment(ends)),
        say("پیش‌نویس‌ها محفوظ است. پایان قطعی همین‌جا اعلام می‌شود."),
    )


def _ended(content: Mapping[str, Any], begins: dt.datetime, ends: dt.datetime) -> Text:
    over = _at(content["over"]) if content["over"] else ends
    return lines(
        say("پایان: {at}", at=moment(over)),
        say("مدت: {length}", length=between(begins, over)),
        say("همه خدمات دوباره در دسترس است و پیش‌نویس‌ها از همان گام ادامه دارد."),
    )


def _cancelled(_content: Mapping[str, Any], begins: dt.datetime, ends: dt.datetime) -> Text:
    return lines(
        say("زمان لغوشده: {was}", was=Struck(span(begins, ends))),
        say("سامانه در این زمان مانند همیشه در دسترس است."),
    )


_BODIES: Final = {
    Word.CREATED: _announced,
    Word.MOVED: _announced,
    Word.DAY_BEFORE: _soon,
    Word.HOUR_BEFORE: _soon,
    Word.STARTED: _started,
    Word.OVERRUN: _overrun,
    Word.ENDED: _ended,
    Word.CANCELLED: _cancelled,
}


def _was(content: Mapping[str, Any]) -> Text:
    if content["was"] is None:
        return Text()
    begins, ends = map(_at, content["was"])
    return say("زمان پیشین: {was}", was=Struck(span(begins, ends)))


def _when(begins: dt.datetime, ends: dt.datetime) -> tuple[Text, ...]:
    return (
        say("آغاز: {at}", at=moment(begins)),
        say("پایان: {at}", at=moment(ends)),
        say("مدت: {length}", length=between(begins, ends)),
    )


def _what(content: Mapping[str, Any]) -> Text:
    return lines(
        say("آنچه در دسترس نیست: {affected}", affected=one_line(content["affected"])),
        say("دلیل: {reason}", reason=one_line(content["reason"])),
    )


def _late(content: Mapping[str, Any]) -> Text:
    why, what = content["why_unplanned"], "قطعی" if _as_a_whole(content) else "تمدید"
    if not why:
        return Text()
    return say("این {what} دیرتر از زمان مقرر اعلام می‌شود؛ دلیل: {why}", what=what, why=one_line(why))


def _as_a_whole(content: Mapping[str, Any]) -> bool:
    """Whether it was announced late as a whole; of words told before, whether a reason was given."""
    return bool(content.get("unplanned", content["why_unplanned"]))


def _meanwhile() -> Text:
    return lines(
        say("در این مدت پیگیری با کد رهگیری و دیدن پیشنهادها کار می‌کند؛ ثبت، ارسال و تصمیم ممکن نیست."),
        say("پیش‌نویس‌ها در همان گام محفوظ می‌ماند."),
    )


def _at(iso: str) -> dt.datetime:
    return dt.datetime.fromisoformat(iso)


# Incidents


def incident(content: Mapping[str, Any]) -> Text:
    """The live notice of an incident; the content is that of `services.incidents.content_of`."""
    return paragraphs(
        say("**اختلال در سامانه: {stage}**", stage=STAGES[content["stage"]]),
        lines(
            say(_AFFECTED[content["over"] is not None], affected=one_line(content["affected"])),
            say("آغاز: {at}", at=moment(_at(content["begun"]))),
            _over(content),
        ),
        _updates(content["updates"]),
    )


_AFFECTED: Final = {True: "آنچه درست کار نمی‌کرد: {affected}", False: "آنچه درست کار نمی‌کند: {affected}"}
"""Whether it is over, and how it is told."""


def incident_push(content: Mapping[str, Any]) -> Text:
    """The short new message beside a changed notice."""
    newest = content["updates"][-1]
    return lines(
        say("**اختلال سامانه: {stage}**", stage=STAGES[content["stage"]]),
        say("{text}", text=one_line(newest["text"])),
        _over(content),
    )


def _over(content: Mapping[str, Any]) -> Text:
    if content["over"] is None:
        return Text()
    begun, over = _at(content["begun"]), _at(content["over"])
    return say("پایان: {at}؛ مدت: {length}", at=moment(over), length=between(begun, over))


def _updates(told: Sequence[Mapping[str, Any]]) -> Text:
    """The newest first."""
    shown = [
        say(
            "{at}، {stage}: {text}",
            at=show(_at(one["at"])),
            stage=STAGES[one["stage"]],
            text=one_line(one["text"]),
        )
        for one in reversed(told[-_SHOWN:])
    ]
    return joined("\n", *(say(RLM + "{line}", line=line) for line in shown))
