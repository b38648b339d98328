"""Notices as their recipients read them, the switch of news, and the questions of an admin's forms."""

from collections.abc import Mapping, Sequence
from typing import Final

from messages_fa.ask import Ask
from messages_fa.form import shortened
from messages_fa.markup import LONGEST_VALUE, RLM, Text, joined, lines, ours, paragraphs, say
from messages_fa.names import ROLES
from persian.text import clean

# Buttons
NEW: Final = "اطلاعیه جدید"
NEWS_SWITCH: Final = "اعلان خبرها"
NO_NEWS: Final = "خبر نمی‌خواهم"
WANT_NEWS: Final = "خبر می‌خواهم"
TEST: Final = "ارسال آزمایشی به خودم"
CONFIRM: Final = "تأیید و ارسال"
SECOND: Final = "تأیید دوم و ارسال"
CONFIRM_CORRECTION: Final = "تأیید اصلاح"
SECOND_CORRECTION: Final = "تأیید دوم اصلاح"
EDIT_TEXT: Final = "ویرایش متن"
EDIT_AUDIENCE: Final = "تغییر مخاطبان"
DROP: Final = "دور انداختن"
SURE_TO_DROP: Final = "بله، دور انداخته شود"
PAUSE: Final = "توقف موقت"
RESUME: Final = "ادامه ارسال"
STOP: Final = "پایان دادن"
SURE_TO_STOP: Final = "بله، پایان یابد"
CORRECT: Final = "اصلاح"
RECALL: Final = "بازپس‌گیری"
SURE_TO_RECALL: Final = "بله، پس گرفته شود"
HISTORY: Final = "سابقه اطلاعیه"
OPEN: Final = "دیدن اطلاعیه"
LEAVE: Final = "نه، بماند"

# Names of answers, in the forms
TEXT: Final = "متن"
KIND: Final = "نوع"
URGENT: Final = "فوری"
AUDIENCE: Final = "مخاطبان"
AGENCIES: Final = "دستگاه‌ها"

TEXT_LIMIT: Final = LONGEST_VALUE
"""Characters of a notice: with its heading and its marks it fits into one message of either messenger."""

KINDS: Final[dict[str, str]] = {"news": "خبر", "service": "اطلاعیه خدمت"}

EVERYONE: Final = "همه، حتی کسانی که فقط پیگیری کرده‌اند"
OF_AGENCIES: Final = "کارشناسان دستگاه‌های معین"
WITH_CASES: Final = "کسانی که پیشنهاد تصمیم‌نگرفته دارند"
WITH_DRAFTS: Final = "کسانی که پیش‌نویس دارند"


def copy(content: Mapping[str, object]) -> Text:
    """A notice that an admin wrote, as its recipients read it; content: text, service, corrected."""
    kind = KINDS["service" if content.get("service") else "news"]
    heading = say("**{kind} (اصلاح‌شده)**" if content.get("corrected") else "**{kind}**", kind=kind)
    return paragraphs(heading, body(str(content["text"])))


def body(text: str) -> Text:
    """An admin's own words: every character literal, every line from the right; an address can be tapped."""
    own = (ours(clean(line, limit=LONGEST_VALUE)) for line in text.split("\n"))
    return joined("\n", *(say(RLM + "{line}", line=line) for line in own))


def recalled() -> Text:
    """What stands in place of a notice that was taken back."""
    return say("این اطلاعیه پس گرفته شد.")


def test_copy(content: Text) -> Text:
    """A copy to the admin alone."""
    return paragraphs(say("این پیام آزمایشی است و فقط برای شما فرستاده شد."), content)


# News off and on


def news_switch(*, on: bool) -> Text:
    """Whether this person gets news, under «اعلان خبرها»."""
    state = say("خبرها برای شما فرستاده می‌شود." if on else "خبرها برای شما فرستاده نمی‌شود.")
    return lines(
        say("**اعلان خبرها**"),
        state,
        say("اطلاعیه‌های خدمت، مانند قطعی سامانه، همیشه فرستاده می‌شود."),
    )


def news_off() -> Text:
    """Said after «خبر نمی‌خواهم»."""
    return lines(
        say("از این پس خبری برای شما فرستاده نمی‌شود."),
        say("اطلاعیه‌های خدمت، مانند قطعی سامانه، همچنان فرستاده می‌شود."),
    )


def news_on() -> Text:
    """Said after «خبر می‌خواهم»."""
    return say("از این پس خبرها برای شما فرستاده می‌شود.")


# The list


def listing(rows: Sequence[tuple[int, str, str, str, int, int]], which_page: Text) -> Text:
    """A page of the notices: (number, kind, state, how it begins, sent, audience)."""
    if not rows:
        return paragraphs(say("**اطلاعیه‌ها**"), say("هنوز اطلاعیه‌ای نوشته نشده است."))
    told = [
        lines(
            say(RLM + "{n}. {kind}، {state}", n=n, kind=kind, state=state),
            say(RLM + "{begin}", begin=shortened(" ".join(begin.split()), _BEGINNING)),
            say("فرستاده شد: {sent} از {audience}", sent=sent, audience=audience) if audience else Text(),
        )
        for n, kind, state, begin, sent, audience in rows
    ]
    return paragraphs(say("**اطلاعیه‌ها**"), *told, which_page)


_BEGINNING: Final = 60


# The questions of the forms


def _ask(*parts: str) -> Ask:
    text = lines(*(say(part) for part in parts))
    return lambda _answers: text


def _text(_answers: Mapping[str, object]) -> Text:
    return lines(
        say("**متن اطلاعیه را بنویسید.**"),
        say("متن حداکثر {limit} نویسه است و همان‌گونه که می‌نویسید دیده می‌شود.", limit=TEXT_LIMIT),
    )


def _several(name: str, question: str) -> Ask:
    def ask(answers: Mapping[str, object]) -> Text:
        go_on = "می‌توانید موردهای دیگر را هم نشان کنید؛ سپس «ادامه» را بزنید."
        return lines(say(question), say(go_on if answers.get(name) else "یک یا چند مورد را نشان کنید."))

    return ask


QUESTIONS: Final[dict[str, Ask]] = {
    "text": _text,
    "kind": _ask(
        "**این اطلاعیه خبر است یا اطلاعیه خدمت؟**",
        "خبر: هر کس می‌تواند گرفتن آن را خاموش کند.",
        "اطلاعیه خدمت: برای همه مخاطبان فرستاده می‌شود؛ مانند قطعی سامانه.",
    ),
    "urgent": _ask(
        "**این اطلاعیه فوری است؟**",
        "اطلاعیه فوری بی‌درنگ و در هر ساعتی فرستاده می‌شود؛ دیگر اطلاعیه‌ها فقط در ساعت کار.",
    ),
    "audience": _several("audience", "**این اطلاعیه برای چه کسانی است؟**"),
    "agencies": _several("agencies", "**برای کارشناسان کدام دستگاه‌ها؟**"),
}

RULES: Final[tuple[tuple[str, str], ...]] = (
    ("everyone", EVERYONE),
    *((f"role.{role}", name) for role, name in ROLES.items()),
    ("agencies", OF_AGENCIES),
    ("open_cases", WITH_CASES),
    ("open_drafts", WITH_DRAFTS),
)
"""What may be marked for the audience, with its label."""
