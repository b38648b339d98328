"""The second factor «رمز امضا»: making one, being asked for it, changing and removing it."""

import datetime as dt
from typing import Final

from messages_fa import buttons
from messages_fa.markup import RLM, Span, Style, Text, lines, paragraphs, say

NAMES: Final = {"totp": buttons.MAKE_TOTP, "pin": buttons.MAKE_PIN}
"""What somebody has, by its kind."""

ASKED: Final = {
    "totp": "کد شش‌رقمی برنامه رمزساز را بفرستید.",
    "pin": "پین شش‌رقمی خود را بفرستید.",
}
_DELETED: Final = "پیام شما پس از خواندن پاک می‌شود."


def about() -> Text:
    """«رمز امضا», to who has none."""
    return paragraphs(
        say("**رمز امضا**"),
        lines(
            say("رمز امضا نشان می‌دهد که تصمیم یا اطلاعیه را خود شما ثبت می‌کنید، نه کسی که گوشی شما را دارد."),
            say("هر بار یک ربع اعتبار دارد و سپس دوباره پرسیده می‌شود."),
        ),
        _ways(),
    )


def _ways() -> Text:
    return lines(
        say(
            "«{label}»: برنامه‌ای در گوشی، مانند Google Authenticator، هر نیم دقیقه کد تازه‌ای می‌دهد.",
            label=buttons.MAKE_TOTP,
        ),
        say("«{label}»: شش رقمی که خود شما انتخاب می‌کنید.", label=buttons.MAKE_PIN),
    )


def has(kind: str, since: dt.datetime) -> Text:
    """«رمز امضا», to who has one."""
    return paragraphs(
        say("**رمز امضای شما: {kind}**", kind=NAMES[kind]),
        lines(
            say("از {since} برقرار است.", since=since),
            say("برای تغییر یا برداشتن آن، همان رمز امضا پرسیده می‌شود."),
        ),
    )


def choose() -> Text:
    """Which kind the new one is to be."""
    return paragraphs(say("**رمز امضای تازه را انتخاب کنید**"), _ways())


def choose_to_go_on() -> Text:
    """The same, to somebody who is about to sign and has none yet."""
    return paragraphs(
        say("**برای ثبت این کار، رمز امضا لازم است**"),
        lines(
            say("هنوز رمز امضا ندارید. یکی را انتخاب کنید؛ پس از ساختن آن، همین کار ثبت می‌شود."),
            say("آنچه نوشته‌اید محفوظ است."),
        ),
        _ways(),
    )


def kept() -> Text:
    """Beside the question for the second factor: the form that waits for it."""
    return say("تصمیم شما هنوز ثبت نشده است؛ آنچه نوشته‌اید محفوظ است و پس از رمز امضا ثبت می‌شود.")


def dead() -> Text:
    """The factor was reset, and there is no new one yet."""
    return lines(
        say("رمز امضای شما باطل شده است."),
        say("با رمز یک‌بارمصرفی که به گفت‌وگوی شما رسیده است، رمز امضای تازه بسازید."),
        say("اگر آن را ندارید یا زمانش گذشته است، «{label}» را بزنید.", label=buttons.FORGOTTEN),
    )


def ask(kind: str) -> Text:
    """The question before something is signed."""
    return lines(say("**رمز امضا**"), say(ASKED[kind]), say(_DELETED))


def signed() -> Text:
    """The code was taken, and nothing waits for it any more."""
    return say("رمز امضا پذیرفته شد و تا یک ربع دوباره پرسیده نمی‌شود.")


def not_taken() -> Text:
    """The one answer to a wrong code, a used one, and to whoever has to wait."""
    return lines(
        say("این رمز پذیرفته نشد. کد برنامه رمزساز فقط یک بار و تا نیم دقیقه اعتبار دارد."),
        say("پس از پنج بار تلاش ناموفق، تا یک ربع یا بیشتر هیچ رمزی پذیرفته نمی‌شود."),
    )


def picture_caption() -> Text:
    """Under the QR."""
    return lines(
        say("این تصویر را با برنامه رمزساز بخوانید."),
        say("تصویر و کلید پس از تأیید از این گفت‌وگو پاک می‌شود؛ آن را برای کسی نفرستید."),
    )


def key(secret: str) -> Text:
    """The secret as text, to be copied by a tap; for who cannot read the picture."""
    return lines(
        say("اگر تصویر را با همین گوشی نمی‌توانید بخوانید، این کلید را در برنامه رمزساز وارد کنید:"),
        Text((Span(RLM), Span(secret, Style.CODE))),
    )


def ask_first_code() -> Text:
    """The code that confirms an authenticator."""
    return lines(say("اکنون کد شش‌رقمی‌ای را که برنامه رمزساز نشان می‌دهد بفرستید."), say(_DELETED))


def code_does_not_fit() -> Text:
    """The code is not of this authenticator."""
    return lines(
        say("این کد با کلید بالا نمی‌خواند. ساعت گوشی را روی تنظیم خودکار بگذارید و کد تازه را بفرستید."),
        say("نمونه: ۱۲۳۴۵۶"),
    )


def ask_pin() -> Text:
    """A new PIN."""
    return lines(
        say("یک پین شش‌رقمی انتخاب کنید و بفرستید. نمونه: ۴۸۱۵۰۳"),
        say(_DELETED),
    )


def ask_pin_again() -> Text:
    """The same PIN once more."""
    return lines(say("همان پین را یک بار دیگر بفرستید."), say(_DELETED))


def pins_differ() -> Text:
    """The two were not the same."""
    return say("دو پین یکسان نبود. از نو بنویسید.")


def made(kind: str) -> Text:
    """The second factor is in force."""
    return lines(
        say("**رمز امضای شما برقرار شد: {kind}**", kind=NAMES[kind]),
        say("از این پس پیش از ثبت تصمیم یا اطلاعیه پرسیده می‌شود. نگهداری آن با خود شماست."),
    )


def made_elsewhere(kind: str) -> Text:
    """To the person's other chats."""
    return lines(
        say("رمز امضای شما تازه شد: {kind}", kind=NAMES[kind]),
        say("اگر این کار را شما نکرده‌اید، به مدیر سامانه خبر دهید."),
    )


def setup_over() -> Text:
    """The time for making it is over, or the reset that allowed it has ended."""
    return say("زمان ساختن رمز امضا گذشته است. «{label}» را دوباره بزنید.", label=buttons.FACTOR)


def made_in_another_chat() -> Text:
    """The old one was proved in another chat, so the new one is made there."""
    return say(
        "ساختن رمز امضا در گفت‌وگوی دیگری آغاز شده است. آن را همان‌جا تمام کنید یا «{label}» را بزنید.",
        label=buttons.FACTOR,
    )


def sure_to_remove() -> Text:
    """The question before it is removed."""
    return lines(
        say("**رمز امضای شما برداشته شود؟**"),
        say("اگر اداره رمز امضا را لازم کرده باشد، پیش از تصمیم بعدی باید یکی بسازید."),
    )


def removed() -> Text:
    """It is gone."""
    return say("رمز امضای شما برداشته شد.")


def removed_elsewhere() -> Text:
    """To the person's other chats."""
    return lines(
        say("رمز امضای شما برداشته شد."),
        say("اگر این کار را شما نکرده‌اید، به مدیر سامانه خبر دهید."),
    )


def kept_as_it_is() -> Text:
    """«نه، رمز امضا بماند»."""
    return say("رمز امضای شما برقرار است.")


CODE: Final = "رمز امضا"
"""The label of the answer."""
