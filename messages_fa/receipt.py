"""What the officer is told once a proposal is filed, and whenever its public stage changes."""

import datetime as dt

from messages_fa import buttons
from messages_fa.decision import grounds
from messages_fa.form import file_named
from messages_fa.markup import RLM, Code, Link, Text, code_line, lines, paragraphs, say, series
from messages_fa.names import FIELDS, STEPS
from messages_fa.reasons import MARKED, REFUSAL, RETURN, SUPERSESSION
from persian.dates import tehran_day


def filed(code: str, passcode: str, link: str, due: dt.datetime | None = None) -> Text:
    """The receipt: code and passcode, shown once, what happens next and when, who sees it, and help.

    Args:
        code: the tracking code.
        passcode: of the form.
        link: to the tracking, or empty.
        due: when the office's own target for a decision is up; None where it has set none.
    """
    return paragraphs(
        say("**پیشنهاد شما ثبت شد.**"),
        lines(say("کد رهگیری:"), code_line(code)),
        lines(
            say("رمز این فرم (فقط همین یک بار نشان داده می‌شود):"),
            say(RLM + "{secret}", secret=Code(passcode)),
        ),
        lines(
            say("کد و رمز را نگه دارید و رمز را فقط به بدهکار بدهید."),
            say("نگهداری آن‌ها، طبق بند ۴ توافق‌نامه خدمت، بر عهده شماست."),
            say("با کد، هر کس مرحله رسیدگی را می‌بیند؛ جزئیات فقط با رمز دیده می‌شود."),
            say("{link}", link=Link("پیوند پیگیری برای بدهکار", link)) if link else Text(),
        ),
        lines(
            say("**گام بعد:** کارشناسان اداره کل پیشنهاد را بررسی می‌کنند."),
            _when(due),
            say("نتیجه در همین گفت‌وگو به شما اعلام می‌شود."),
            say("متن پیشنهاد و روند آن همیشه در «{mine}» دیده می‌شود.", mine=buttons.MINE),
        ),
        lines(
            say(
                "اداره کل متعهد به حفظ محرمانگی است؛ جزئیات را فقط کارشناسان و مدیران رسیدگی‌کننده "
                "و دارنده رمز می‌بینند."
            ),
            say("این خدمت رایگان است. پرسشی دارید؟ «{help}» را بزنید.", help=buttons.HELP),
        ),
    )


def _when(due: dt.datetime | None) -> Text:
    """When the office decides: its own target, where it has set one; the agreement names no time."""
    if due is None:
        return say("اداره کل در کوتاه‌ترین زمان ممکن تصمیم می‌گیرد.")
    return say("هدف اداره کل برای اعلام نتیجه: تا تاریخ {day}", day=tehran_day(due))


def already_filed(code: str) -> Text:
    """A second press of «ارسال پیشنهاد»: the first succeeded."""
    return lines(
        say("این پیشنهاد پیش‌تر ثبت شده است و دوباره ثبت نشد."),
        say("کد رهگیری:"),
        code_line(code),
    )


def resubmitted(code: str, due: dt.datetime | None = None) -> Text:
    """The corrected proposal went back to the office."""
    return lines(
        say("**پیشنهاد اصلاح‌شده ارسال شد.**"),
        say("کد رهگیری همان است:"),
        code_line(code),
        say("گام بعد: بررسی دوباره در اداره کل؛ نتیجه در همین گفت‌وگو به شما اعلام می‌شود."),
        _when(due),
    )


def stage_changed(code: str, stage: str, debtor: str, when: dt.datetime) -> Text:
    """A push to the filing officer at a change of the public stage."""
    return lines(
        say("**{stage}**", stage=STEPS[stage]),
        say("پیشنهاد مربوط به {debtor}", debtor=debtor) if debtor else Text(),
        say("کد رهگیری:"),
        code_line(code),
        say("زمان: {when}", when=when),
    )


def agreed(*, offence: bool) -> Text:
    """What an agreement means for the officer."""
    return lines(
        say("اداره کل با این پیشنهاد موافقت کرد. مراتب را به بدهکار اعلام کنید."),
        say("به موجب تبصره ماده ۴۷، تقسیط یا مهلت، مانع تعقیب جرم یا تخلف نیست.") if offence else Text(),
    )


def not_agreed(reasons: tuple[str, ...], note: str, *, reviewable: bool = False) -> Text:
    """Why the office did not agree, and what can be done: filing it again, and asking for a review once."""
    return lines(
        *grounds("دلیل عدم موافقت:", REFUSAL, reasons, note),
        say("اگر موضوع برطرف شد، «{again}» را بزنید؛ نامه تازه‌ای لازم است.", again=buttons.AGAIN),
        say("اگر تصمیم را درست نمی‌دانید، می‌توانید فقط یک بار «{ask}» کنید.", ask=buttons.ASK_REVIEW)
        if reviewable
        else Text(),
    )


def superseded(reasons: tuple[str, ...], note: str) -> Text:
    """Before a later decision: it replaces the one that was told before, and why."""
    return lines(
        say("این تصمیم جایگزین تصمیم پیشین اداره کل است."),
        *grounds("دلیل جایگزینی:", SUPERSESSION, reasons, note),
    )


def returned(reasons: tuple[str, ...], note: str, fields: tuple[str, ...] = ()) -> Text:
    """What the office asks to be corrected; the marked fields stand for the reason that they are marked."""
    why = [reason for reason in reasons if not (fields and reason == MARKED)]
    named = series(FIELDS[name] for name in fields if name in FIELDS)
    return lines(
        say("بخش‌های نیازمند اصلاح: {named}", named=named) if named else Text(),
        *grounds("موضوع اصلاح:", RETURN, why, note),
        say("برای اصلاح، دکمه «اصلاح پیشنهاد» را بزنید. همه پاسخ‌ها محفوظ است."),
    )


def own_file(place: int, of: int, name: str, code: str) -> Text:
    """The caption of a file of an own case."""
    title = say("پیوست {place} از {of}: {name}", place=place, of=of, name=file_named(name))
    return lines(title, say("کد رهگیری:"), code_line(code))
