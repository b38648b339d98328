"""The question about the service: one tap, and a comment where it was poor."""

from typing import Final

from messages_fa import buttons
from messages_fa.markup import Text, code_line, lines, paragraphs, say, show

COMMENT: Final = "توضیح"
SCORES: Final[dict[int, str]] = {1: "خیلی بد", 2: "بد", 3: "متوسط", 4: "خوب", 5: "خیلی خوب"}


def question(about: str, code: str, *, again: bool = False) -> Text:
    """The question; `about` is `case` or `complaint`, `again` its one reminder."""
    title = {"case": "رسیدگی به این پیشنهاد", "complaint": "رسیدگی به این شکایت یا نظر"}[about]
    return lines(
        say("**یادآوری: {title} چگونه بود؟**" if again else "**{title} چگونه بود؟**", title=title),
        code_line(code),
        say("از ۱ (خیلی بد) تا ۵ (خیلی خوب) یکی را بزنید. پاسخ اختیاری است."),
    )


def scored(score: int, code: str, *, low: bool, commented: bool = False) -> Text:
    """After a score."""
    return paragraphs(
        lines(say("امتیاز شما: {score} از ۵ ({word})", score=score, word=SCORES[score]), code_line(code)),
        say("توضیح شما هم ثبت شد.") if commented else Text(),
        lines(
            say("چه چیزی خوب نبود؟ با «{write}» بنویسید.", write=buttons.WRITE_COMMENT),
            say("اگر می‌خواهید رسیدگی شود، «{file}» را بزنید.", file=buttons.FILE_COMPLAINT),
        )
        if low
        else Text(),
        say("تا ۱۲ ساعت می‌توانید امتیاز را تغییر دهید."),
    )


def score_label(score: int, *, on: bool = False) -> str:
    """The button of one score, and whether it is the one given."""
    return f"{show(score)} ✓" if on else show(score)


def typed_label(score: int) -> str:
    """What may be typed for the button: «امتیاز ۴»."""
    return f"امتیاز {show(score)}"


def too_late() -> str:
    """The twelve hours are over."""
    return "از امتیاز شما ۱۲ ساعت گذشته است و دیگر تغییر نمی‌کند."


def thanks(score: int) -> str:
    """The short answer to a press."""
    return f"امتیاز {show(score)} ثبت شد؛ سپاسگزاریم."


def ask_comment(_answers: object) -> Text:
    """The comment."""
    return say("**چه چیزی خوب نبود؟** چند جمله کافی است و محرمانه می‌ماند.")


def commented() -> Text:
    """After the comment."""
    return say("توضیح شما ثبت شد؛ سپاسگزاریم.")


def none_asked() -> Text:
    """A score was typed, and nothing was asked in this chat."""
    return say("اکنون پرسشی درباره خدمت باز نیست. برای گفتن نظر «{file}» را بزنید.", file=buttons.COMPLAIN)
