"""«وضعیت سامانه», and what is said while the service can only be read."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.windows import Availability
from messages_fa import buttons
from messages_fa.form import briefly, one_line, shortened
from messages_fa.markup import RLM, Text, lines, paragraphs, say, show
from messages_fa.windows import INCIDENT, STAGES, between, clock, kind_of, moment, span
from persian.dates import TEHRAN
from persian.money import grouped
from persian.text import to_persian_digits

HISTORY: Final = "تاریخچه ۹۰ روز"
TO_STATUS: Final = "بازگشت به وضعیت"

_TITLE = 80
_WHOLE = 100
_DRAFTS = 10
"""Drafts named in one message; of the others, how many: no message is too long to be sent."""


def works() -> Text:
    """Now, when nothing is wrong: whoever reads this has been answered."""
    return say("اکنون: سامانه در دسترس است و پیام شما هم‌اکنون دریافت و پاسخ داده شد.")


def held(begins: dt.datetime, ends: dt.datetime, affected: str, now: dt.datetime, *, unplanned: bool) -> Text:
    """Now, in a window."""
    return lines(
        say("اکنون: **{kind} در جریان است**", kind=kind_of(unplanned=unplanned)),
        say("آغاز: {at}", at=moment(begins)),
        until(ends, now),
        say("آنچه در دسترس نیست: {affected}", affected=one_line(affected)),
    )


def until(ends: dt.datetime, now: dt.datetime) -> Text:
    """When a window is to be over."""
    if ends > now:
        return say("پایان پیش‌بینی‌شده: {at}", at=moment(ends))
    return say("پایان اعلام‌شده {at} بود و گذشته است؛ پایان قطعی اعلام می‌شود.", at=moment(ends))


def broken(stage: str, affected: str, begun: dt.datetime) -> Text:
    """Now, in an incident."""
    return lines(
        say("اکنون: **اختلال؛ {stage}**", stage=STAGES[stage]),
        say("آنچه درست کار نمی‌کند: {affected}", affected=one_line(affected)),
        say("آغاز: {at}", at=moment(begun)),
    )


def upcoming(begins: dt.datetime, ends: dt.datetime, affected: str) -> Text:
    """The next window."""
    return lines(
        say("قطعی بعدی: {at}", at=moment(begins)),
        say("مدت: {length}", length=between(begins, ends)),
        say("آنچه در دسترس نخواهد بود: {affected}", affected=one_line(affected)),
    )


def none_upcoming() -> Text:
    """No window is announced."""
    return say("قطعی برنامه‌ریزی‌شده‌ای در پیش نیست.")


def percent(hundredths: int) -> str:
    """Hundredths of a percent: 9993 is «۹۹٫۹۳ درصد»."""
    return to_persian_digits(f"{hundredths // _WHOLE}٫{hundredths % _WHOLE:02d} درصد")


def figure(of: Availability) -> Text:
    """The share of the time with service, and how it is worked out."""
    return lines(
        say("دسترس‌پذیری در ۹۰ روز گذشته: **{share}**", share=percent(of.hundredths)),
        say("قطعی برنامه‌ریزی‌شده: {minutes} دقیقه", minutes=grouped(of.planned)),
        say("قطعی برنامه‌ریزی‌نشده و اختلال: {minutes} دقیقه", minutes=grouped(of.unplanned)),
        say(
            "محاسبه: {whole} دقیقه منهای {planned} و {unplanned} دقیقه می‌شود {up}، تقسیم بر {whole} دقیقه.",
            whole=grouped(of.minutes),
            planned=grouped(of.planned),
            unplanned=grouped(of.unplanned),
            up=grouped(of.up),
        ),
        say("درصد تا دو رقم اعشار، گرد شده به پایین است."),
    )


def page(now: Sequence[Text], following: Text, share: Text) -> Text:
    """«وضعیت سامانه», whole."""
    return paragraphs(say("**وضعیت سامانه**"), *now, following, share)


def window_row(begins: dt.datetime, ends: dt.datetime, over: dt.datetime | None, *, unplanned: bool) -> Text:
    """A window in the history."""
    if over is None:
        return say("{kind}؛ آغاز {at}، هنوز در جریان", kind=kind_of(unplanned=unplanned), at=show(begins))
    late = say("؛ {length} پس از زمان اعلام‌شده", length=between(ends, over)) if over > ends else Text()
    told = say("{kind}؛ {span}", kind=kind_of(unplanned=unplanned), span=span(begins, over))
    return say("{told}؛ مدت {length}{late}", told=told, length=between(begins, over), late=late)


def incident_row(begun: dt.datetime, over: dt.datetime | None, affected: str) -> Text:
    """An incident in the history."""
    when = say("آغاز {at}، هنوز در جریان", at=show(begun))
    if over is not None:
        when = say("{span}؛ مدت {length}", span=span(begun, over), length=between(begun, over))
    return say("{kind}؛ {when}؛ {affected}", kind=INCIDENT, when=when, affected=briefly(one_line(affected)))


def history(rows: Sequence[Text], first: int, which_page: Text) -> Text:
    """Windows and incidents of ninety days, the last first; `first` is the number of the first row shown."""
    if not rows:
        return say("در ۹۰ روز گذشته قطعی یا اختلالی ثبت نشده است.")
    told = [say(RLM + "{n}. {row}", n=n, row=row) for n, row in enumerate(rows, first)]
    return paragraphs(say("**قطعی‌ها و اختلال‌های ۹۰ روز گذشته**"), *told, which_page)


# What is said while the service can only be read


def _kept(title: str, where: Text) -> Text:
    """That the draft is safe, and the step where it stands."""
    kept = say("پیش‌نویس «{title}» محفوظ است", title=shortened(title, _TITLE))
    return say("{kept}؛ {where}", kept=kept, where=where) if where.spans else say("{kept}.", kept=kept)


def _back(ends: dt.datetime, now: dt.datetime) -> Text:
    if ends > now:
        return say("از {at} می‌توانید ادامه دهید.", at=moment(ends))
    return say("پایان قطعی همین‌جا اعلام می‌شود.")


def hint(ends: dt.datetime, now: dt.datetime) -> str:
    """The callback answer to what cannot be done in a window."""
    if ends > now:
        today = ends.astimezone(TEHRAN).date() == now.astimezone(TEHRAN).date()
        when = f"ساعت {clock(ends)}" if today else moment(ends)
        return f"سامانه در زمان قطعی است؛ از {when} ادامه دهید. چیزی از دست نمی‌رود."
    return "قطعی سامانه هنوز ادامه دارد؛ پایان آن اعلام می‌شود. چیزی از دست نمی‌رود."


def not_now(ends: dt.datetime, now: dt.datetime) -> Text:
    """Something was asked for that changes something."""
    return lines(
        say("سامانه در زمان قطعی است و این کار اکنون ممکن نیست؛ چیزی ثبت نشد."),
        _back(ends, now),
        say("در این مدت پیگیری با کد رهگیری و «{status}» کار می‌کند.", status=buttons.STATUS),
    )


def not_kept(ends: dt.datetime, now: dt.datetime, *, pressed: bool = False) -> Text:
    """An answer was given to a short form, which keeps no draft; `pressed` with a button."""
    return lines(_unrecorded(pressed=pressed), _back(ends, now))


def answer_not_kept(
    draft: tuple[str, Text], ends: dt.datetime, now: dt.datetime, *, pressed: bool = False
) -> Text:
    """An answer was given to a draft (title, where it stands) that stands still."""
    return lines(_unrecorded(pressed=pressed), _kept(*draft), _back(ends, now))


def _unrecorded(*, pressed: bool) -> Text:
    if pressed:
        return say("سامانه در زمان قطعی است و با این دکمه چیزی ثبت نشد.")
    return say("سامانه در زمان قطعی است و پاسخ شما ثبت نشد؛ پیام شما در همین گفت‌وگو می‌ماند.")


def frozen(drafts: Sequence[tuple[str, Text]], ends: dt.datetime, now: dt.datetime) -> Text:
    """The word to the owner of drafts (title, where it stands) when a window begins."""
    return lines(
        say("**قطعی سامانه آغاز شد**"),
        *_all_kept(drafts),
        _back(ends, now),
        say("تا آن زمان پاسخ‌ها ثبت نمی‌شود. پس از پایان، همین‌جا خبر می‌دهیم."),
    )


def freed(drafts: Sequence[tuple[str, Text]]) -> Text:
    """The word to the owner of drafts (title, where it stands) when a window is over."""
    button = buttons.CONTINUE if len(drafts) == 1 else buttons.DRAFTS
    return lines(
        say("**قطعی سامانه پایان یافت**"),
        *_all_kept(drafts),
        say("برای ادامه از همان گام «{button}» را بزنید.", button=button),
    )


def _all_kept(drafts: Sequence[tuple[str, Text]]) -> list[Text]:
    if len(drafts) == 1:
        return [_kept(*drafts[0])]
    rows = [
        say(RLM + "{n}. {title}؛ {where}", n=n, title=shortened(title, _TITLE), where=where)
        for n, (title, where) in enumerate(drafts[:_DRAFTS], 1)
    ]
    if len(drafts) > _DRAFTS:
        rows.append(say("و {n} پیش‌نویس دیگر", n=len(drafts) - _DRAFTS))
    return [say("پیش‌نویس‌های شما محفوظ است:"), *rows]
