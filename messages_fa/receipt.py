"""What the officer is told once a proposal is filed, and whenever its public stage changes."""

import datetime as dt

from messages_fa.markup import Code, Link, Text, code_line, lines, paragraphs, say
from messages_fa.names import REFUSAL_REASONS, RETURN_REASONS, STAGES


def filed(code: str, passcode: str, link: str) -> Text:
    """The receipt: code and passcode, shown once, and what happens next."""
    return paragraphs(
        say("**پیشنهاد شما ثبت شد.**"),
        lines(say("کد رهگیری:"), code_line(code)),
        lines(say("رمز این فرم (فقط همین یک بار نشان داده می‌شود):"), say("{secret}", secret=Code(passcode))),
        lines(
            say("کد و رمز را نگه دارید و رمز را فقط به بدهکار بدهید."),
            say("با کد، هر کس مرحله رسیدگی را می‌بیند؛ جزئیات فقط با رمز دیده می‌شود."),
            say("{link}", link=Link("پیوند پیگیری برای بدهکار", link)) if link else Text(),
        ),
        lines(
            say("**گام بعد:** کارشناسان اداره کل پیشنهاد را بررسی می‌کنند."),
            say("نتیجه در کوتاه‌ترین زمان ممکن در همین گفت‌وگو به شما اعلام می‌شود."),
        ),
        lines(
            say("اداره کل متعهد به حفظ محرمانگی است؛ جزئیات را فقط کارشناسان بررسی و دارنده رمز می‌بینند."),
            say("این خدمت رایگان است."),
        ),
    )


def already_filed(code: str) -> Text:
    """A second press of «ارسال پیشنهاد»: the first succeeded."""
    return lines(
        say("این پیشنهاد پیش‌تر ثبت شده است و دوباره ثبت نشد."),
        say("کد رهگیری:"),
        code_line(code),
    )


def resubmitted(code: str) -> Text:
    """The corrected proposal went back to the office."""
    return lines(
        say("**پیشنهاد اصلاح‌شده ارسال شد.**"),
        say("کد رهگیری همان است:"),
        code_line(code),
        say("گام بعد: بررسی دوباره در اداره کل؛ نتیجه به شما اعلام می‌شود."),
    )


def stage_changed(code: str, stage: str, debtor: str, when: dt.datetime) -> Text:
    """A push to the filing officer at a change of the public stage."""
    return lines(
        say("**{stage}**", stage=STAGES[stage]),
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


def not_agreed(reasons: tuple[str, ...], note: str) -> Text:
    """Why the office did not agree."""
    return lines(
        *_reasons("دلیل عدم موافقت:", [REFUSAL_REASONS[code] for code in reasons], note),
        say("اگر موضوع برطرف شد، با «ثبت پیشنهاد» پیشنهاد تازه‌ای بفرستید."),
    )


def returned(reasons: tuple[str, ...], note: str) -> Text:
    """What the office asks to be corrected."""
    return lines(
        *_reasons("موضوع اصلاح:", [RETURN_REASONS[code] for code in reasons], note),
        say("برای اصلاح، دکمه «اصلاح پیشنهاد» را بزنید. همه پاسخ‌ها محفوظ است."),
    )


def _reasons(title: str, reasons: list[str], note: str) -> list[Text]:
    told = [say("{title} {reason}", title=title, reason=reason) for reason in reasons]
    return [*told, say("توضیح: {note}", note=note)] if note else told
