"""What is asked of somebody who complains, comments, suggests or reports a fault."""

from typing import Final

from messages_fa import buttons
from messages_fa.complaints import Answers, noun
from messages_fa.form import shortened
from messages_fa.markup import Text, lines, say
from messages_fa.names import STATES

_NAME: Final = 24
"""Characters of a name on a button."""

TEXT_EXAMPLE: Final = ("نتیجه پیشنهاد ما در زمان گفته‌شده اعلام نشد.",)


def ask_kind(_answers: Answers) -> Text:
    """The first question."""
    return lines(
        say("**چه می‌خواهید بفرستید؟**"),
        say("شکایت، نظر، پیشنهاد برای بهتر شدن خدمت، یا گزارش اشکال سامانه."),
    )


def ask_category(answers: Answers) -> Text:
    """About what it is."""
    return say("**موضوع {noun} چیست؟**", noun=noun(answers))


def ask_text(answers: Answers) -> Text:
    """The text itself."""
    return lines(
        say("**متن {noun} را بنویسید.**", noun=noun(answers)),
        say("بنویسید چه رخ داده است و چه می‌خواهید. این نوشته محرمانه می‌ماند."),
    )


def ask_case(_answers: Answers) -> Text:
    """Which proposal it is about."""
    return lines(
        say("**درباره کدام پیشنهاد است؟**"),
        say(
            "کد رهگیری ۱۲ رقمی آن را بنویسید. اگر درباره پیشنهادی نیست، «{skip}» را بزنید.", skip=buttons.SKIP
        ),
    )


def own_case(debtor: str, state: str) -> str:
    """A button for one of an officer's own proposals: whom it is about, and where it stands."""
    return f"{shortened(debtor, _NAME)}، {STATES[state]}"


def ask_files(_answers: Answers) -> Text:
    """Attachments."""
    return lines(
        say("**اگر مدرکی دارید بفرستید.**"),
        say(
            "عکس یا پرونده PDF، یکی‌یکی یا با هم؛ پس از آخرین پرونده «{go_on}» را بزنید. اگر ندارید «{skip}».",
            go_on=buttons.CONTINUE,
            skip=buttons.SKIP,
        ),
    )


def ask_behalf(answers: Answers) -> Text:
    """For whom."""
    return say("**این {noun} را از طرف چه کسی ثبت می‌کنید؟**", noun=noun(answers))


def ask_behalf_name(_answers: Answers) -> Text:
    """Who that is."""
    return say("**نام و نام خانوادگی آن شخص چیست؟**")


def ask_anonymous(_answers: Answers) -> Text:
    """Whether nothing of the sender is to be kept."""
    return lines(
        say("**بدون نام ثبت شود؟**"),
        say("با «بله»، نام و گفت‌وگوی شما در این ثبت نگه داشته نمی‌شود."),
        say("آنگاه پاسخ فقط با کد رهگیری و رمزی که می‌گیرید دیده می‌شود و پیامی برای شما فرستاده نمی‌شود."),
    )


WHY: Final[dict[str, str]] = {
    "kind": "پرسش بعدی و راه رسیدگی به همین بستگی دارد.",
    "case": "کسانی که در روند آن پیشنهاد بوده‌اند به این مورد رسیدگی نمی‌کنند.",
    "anonymous": "هر کس می‌تواند بدون ترس از شناخته شدن شکایت کند.",
    "passcode": "این ثبت بدون نام است؛ فقط رمز نشان می‌دهد که از آن شماست.",
}
"""Why a question is asked, by the name of its step."""


def why(name: str) -> Text:
    """Why this question is asked."""
    return say(WHY[name])


def wrong_passcode() -> Text:
    """The one answer while it is not the right one, or nobody is listened to for a while."""
    return lines(
        say("این رمز پذیرفته نشد. رمز ۸ نویسه است؛ آن را از پیام ثبت کپی کنید و دوباره بفرستید."),
        say("پس از چند بار تلاش ناموفق، پاسخ‌گویی مدتی متوقف می‌شود."),
        say("این رمز را کسی جز شما ندارد؛ اگر گم شده است، موضوع را دوباره ثبت کنید."),
    )


def ask_passcode(_answers: Answers) -> Text:
    """The passcode of an anonymous one."""
    return lines(say("**رمزی را که هنگام ثبت گرفتید بفرستید.**"), say("پیام شما پس از خواندن پاک می‌شود."))


def ask_reply(_answers: Answers) -> Text:
    """The reply to the office's question."""
    return say("**پاسخ خود را به پرسش اداره کل بنویسید.**")


def ask_objection(_answers: Answers) -> Text:
    """The objection."""
    return lines(
        say("**بنویسید به چه چیزی در پاسخ اعتراض دارید.**"),
        say("شخص دیگری به اعتراض شما رسیدگی می‌کند. اعتراض یک بار ثبت می‌شود و پاسخ آن نهایی است."),
    )
