"""What admins see of maintenance and incidents: the list, the cards, and what is asked first."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.windows import Word
from messages_fa.form import one_line
from messages_fa.markup import RLM, Text, lines, paragraphs, say, show
from messages_fa.windows import between, kind_of, moment, span

DESK: Final = "قطعی و اختلال"
NEW_WINDOW: Final = "قطعی تازه"
NEW_INCIDENT: Final = "اختلال تازه"
MOVE: Final = "تغییر زمان"
CANCEL_WINDOW: Final = "لغو قطعی"
END: Final = "پایان قطعی"
EXTEND: Final = "تمدید"
NEW_WORD: Final = "گزارش تازه"
FILL: Final = "نوشتن و انتشار"
PUT_ASIDE: Final = "کنار گذاشتن"
SURE_TO_ANNOUNCE: Final = "بله، اعلام شود"
SURE_TO_CANCEL: Final = "بله، لغو شود"
SURE_TO_END: Final = "بله، پایان یابد"
SURE_TO_PUBLISH: Final = "بله، منتشر شود"
NOT_NOW: Final = "اکنون نه"
OTHER_TIME: Final = "زمان دیگر"
UNPLANNED_WHY: Final = "برنامه‌ریزی‌نشده با دلیل"
TO_DESK: Final = "بازگشت به فهرست"

_DONE: Final[dict[str, str]] = {
    Word.CREATED: "اعلام",
    Word.MOVED: "اعلام زمان تازه",
    Word.DAY_BEFORE: "یادآوری یک روز پیش",
    Word.HOUR_BEFORE: "یادآوری یک ساعت پیش",
    Word.STARTED: "خبر آغاز",
    Word.OVERRUN: "خبر گذشتن از زمان اعلام‌شده",
    Word.ENDED: "خبر پایان",
    Word.CANCELLED: "خبر لغو",
}

_CAUSES: Final[dict[str, str]] = {
    "store_down": "پایگاه داده پاسخ نمی‌داد",
    "token_refused:telegram": "تلگرام توکن ربات را نمی‌پذیرفت",
    "token_refused:bale": "بله توکن ربات را نمی‌پذیرفت",
    "no_successful_poll:telegram": "از تلگرام پیامی دریافت نمی‌شد",
    "no_successful_poll:bale": "از بله پیامی دریافت نمی‌شد",
    "no_path:telegram": "ارسال به تلگرام ممکن نبود",
    "no_path:bale": "ارسال به بله ممکن نبود",
}


def window_label(number: int) -> str:
    """The label that opens a window of the list."""
    return f"قطعی {show(number)}"


def incident_label(number: int) -> str:
    """The label that opens an incident of the list."""
    return f"اختلال {show(number)}"


def draft_label(number: int) -> str:
    """The label that opens a draft, of an admin's or of the watchdog's."""
    return f"پیش‌نویس {show(number)}"


def listing(windows: Sequence[Text], incidents: Sequence[Text], drafts: Sequence[Text]) -> Text:
    """Everything that is open."""
    parts = (
        _part("**قطعی‌ها**", windows),
        _part("**اختلال‌ها**", incidents),
        _part("**پیش‌نویس‌ها**", drafts),
    )
    nothing = Text() if windows or incidents or drafts else say("اکنون قطعی یا اختلال بازی نیست.")
    return paragraphs(say("**قطعی و اختلال**"), *parts, nothing)


def _part(head: str, rows: Sequence[Text]) -> Text:
    told = [say(RLM + "{n}. {row}", n=n, row=row) for n, row in enumerate(rows, 1)]
    return lines(say(head), *told) if rows else Text()


def window_row(begins: dt.datetime, ends: dt.datetime, *, begun: bool) -> Text:
    """An open window in the list."""
    state = "در جریان" if begun else "در پیش"
    return say("{span}، {state}", span=span(begins, ends), state=state)


def incident_row(stage: str, begun: dt.datetime, affected: str) -> Text:
    """An open incident in the list; `stage` is its name."""
    return say("{affected}، {stage}، از {at}", affected=one_line(affected), stage=stage, at=show(begun))


def window_draft_row(begins: dt.datetime, ends: dt.datetime) -> Text:
    """A window that was not announced, in the list."""
    return say("قطعی {span}، هنوز اعلام نشده", span=span(begins, ends))


def incident_draft_row(affected: str, begun: dt.datetime) -> Text:
    """An incident in an admin's words that was not published, in the list."""
    return say("اختلال {affected}، از {at}، هنوز منتشر نشده", affected=one_line(affected), at=show(begun))


def seen(cause: str, begun: dt.datetime, over: dt.datetime | None) -> Text:
    """What the watchdog saw."""
    what = _CAUSES.get(cause, cause)
    if over is None:
        return say("{what}؛ از {at}، هنوز ادامه دارد", what=what, at=moment(begun))
    return say("{what}؛ {span}، {length}", what=what, span=span(begun, over), length=between(begun, over))


def drafted(what: Text) -> Text:
    """Told to the admins of a draft: nothing is published by itself."""
    return lines(
        say("**پیش‌نویس اختلال**"),
        what,
        say("به کاربران چیزی گفته نشده است. آن را بنویسید و منتشر کنید، یا کنار بگذارید."),
    )


def window(
    affected: str,
    reason: str,
    times: tuple[dt.datetime, dt.datetime, dt.datetime | None],
    why: str | None,
    done: Text,
    *,
    unplanned: bool,
    cancelled: bool = False,
) -> Text:
    """The card of a window; `times` are its beginning, its planned end, and when it was over, if it is.

    `why` is that of the plan in force; what was planned in time may have been made longer late.
    """
    begins, ends, over = times
    state = "، لغو شد" if cancelled else "، پایان یافت" if over is not None else ""
    return paragraphs(
        say("**{kind}{state}**", kind=kind_of(unplanned=unplanned), state=state),
        lines(
            say("آغاز: {at}", at=moment(begins)),
            say("پایان: {at}", at=moment(over or ends)),
            say("پایان اعلام‌شده: {at}", at=moment(ends)) if over not in {None, ends} else Text(),
            say("مدت: {length}", length=between(begins, over or ends)),
            say("آنچه در دسترس نیست: {affected}", affected=one_line(affected)),
            say("دلیل: {reason}", reason=one_line(reason)),
            say("دلیل اعلام دیرهنگام: {why}", why=one_line(why)) if why else Text(),
        ),
        done,
    )


def done(rows: Sequence[tuple[dt.datetime, str, str]]) -> Text:
    """What was announced of a window: moment, what, by whom (empty: by itself)."""
    told = [
        say("{at}: {what}{by}", at=show(at), what=_DONE[word], by=f"، {by}" if by else "")
        for at, word, by in rows
    ]
    return lines(say("اعلام‌ها:"), *(say(RLM + "{row}", row=row) for row in told)) if told else Text()


def sure_to_tell(preview: Text, recipients: int, reachable: int) -> Text:
    """What will be told, and to how many, before it is."""
    return paragraphs(
        say("این متن برای همه فرستاده می‌شود:"),
        preview,
        lines(
            say(
                "گیرندگان: {recipients} نفر؛ در دسترس: {reachable} نفر",
                recipients=recipients,
                reachable=reachable,
            ),
            say("فرستاده شود؟"),
        ),
    )


def reason_needed(lead: str, earliest: dt.datetime) -> Text:
    """The window comes later than the office's notice lead."""
    return lines(
        say("کمترین فاصله اعلام تا آغاز قطعی {lead} است.", lead=lead),
        say("قطعی‌ای که اکنون اعلام شود از {at} برنامه‌ریزی‌شده به شمار می‌آید.", at=moment(earliest)),
        say(
            "اگر زودتر لازم است «{unplanned}» را بزنید؛ وگرنه «{other}» را، پاسخ‌های دیگر می‌ماند.",
            unplanned=UNPLANNED_WHY,
            other=OTHER_TIME,
        ),
    )


def lead(least: str, earliest: dt.datetime) -> Text:
    """Before a window is asked for: from when on it would be a planned one."""
    return lines(
        say("کمترین فاصله اعلام تا آغاز قطعی {least} است.", least=least),
        say("قطعی‌ای که اکنون اعلام شود از {at} برنامه‌ریزی‌شده به شمار می‌آید.", at=moment(earliest)),
    )


def reason_needed_to_extend(lead: str, earliest: dt.datetime) -> Text:
    """The window would last longer, and what is added comes later than the office's notice lead."""
    return lines(
        say("کمترین فاصله اعلام تا قطعی {lead} است.", lead=lead),
        say("تمدیدی که اکنون اعلام شود تا {at} برنامه‌ریزی‌نشده به شمار می‌آید.", at=moment(earliest)),
        say(
            "اگر لازم است «{unplanned}» را بزنید؛ وگرنه با «{other}» مدت دیگری بدهید.",
            unplanned=UNPLANNED_WHY,
            other=OTHER_TIME,
        ),
    )


def overrun(ends: dt.datetime) -> Text:
    """To the admins: a window is past its announced end, and only they can end it."""
    return lines(
        say("**قطعی از زمان اعلام‌شده گذشته است**"),
        say(
            "پایان اعلام‌شده {at} بود. تا شما پایان ندهید، ثبت و تصمیم برای هیچ‌کس ممکن نیست.", at=moment(ends)
        ),
        say(
            "اگر کار تمام شده است «{end}» را بزنید؛ وگرنه با «{extend}» زمان تازه را اعلام کنید.",
            end=END,
            extend=EXTEND,
        ),
    )


def sure_to_end() -> Text:
    """Before a window is ended."""
    return lines(
        say("قطعی همین اکنون پایان یابد؟"),
        say("به همه و به صاحبان پیش‌نویس‌ها خبر داده می‌شود و ثبت دوباره ممکن می‌شود."),
    )


def sure_to_cancel(recipients: int) -> Text:
    """Before a window is cancelled."""
    return lines(
        say("این قطعی لغو شود؟"), say("خبر لغو برای {recipients} نفر فرستاده می‌شود.", recipients=recipients)
    )


def told() -> Text:
    """It was announced."""
    return say("ثبت شد و برای همه فرستاده می‌شود.")


def changed() -> str:
    """The callback answer to what does not fit any more."""
    return "وضعیت تغییر کرده است؛ فهرست کنونی را ببینید."


def put_aside() -> Text:
    """A draft was put aside."""
    return say("پیش‌نویس کنار گذاشته شد و به کاربران چیزی گفته نشد.")
