"""A review of a refusal: what the agency asks for, what the desk sees, and what is answered."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from messages_fa import buttons
from messages_fa.form import shortened
from messages_fa.markup import Text, code_line, lines, paragraphs, say
from messages_fa.names import KINDS

Answers = Mapping[str, object]

PART: Final = "درخواست بازنگری"
"""The part of a card that tells of it."""
_LONGEST: Final = 500


def ask_why(_answers: Answers) -> Text:
    """Why the agency wants the refusal reviewed."""
    return lines(
        say("**چرا باید این تصمیم بازنگری شود؟**"),
        say("به دلیل‌های عدم موافقت پاسخ دهید و آنچه را دیده نشده است بنویسید."),
        say("برای هر تصمیم یک بار می‌توان بازنگری خواست؛ کارشناس دیگری آن را انجام می‌دهد."),
    )


def sure_to_ask(answers: Answers) -> Text:
    """Before it is sent."""
    return lines(
        say("**درخواست بازنگری فرستاده شود؟**"),
        say("متن شما: {note}", note=shortened(str(answers.get("note") or ""), _LONGEST)),
        say("تا پایان بازنگری، تصمیم پیشین برقرار است."),
    )


def asked(code: str) -> Text:
    """The receipt."""
    return lines(
        say("**درخواست بازنگری شما ثبت شد.**"),
        say("کد رهگیری:"),
        code_line(code),
        say("کارشناسی که در این تصمیم دست نداشته است آن را بررسی می‌کند."),
        say("تا پایان بازنگری، تصمیم پیشین برقرار است. نتیجه در همین گفت‌وگو اعلام می‌شود."),
    )


def not_asked() -> Text:
    """It could not be recorded: the case stands otherwise now."""
    return say("درخواست بازنگری ثبت نشد: وضعیت این پیشنهاد در این میان تغییر کرده است.")


def standing(how: str, note: str = "") -> Text:
    """On the filer's own view: how far the review is (`free`, `taken`, `over`), and what was said."""
    told = {
        "free": "درخواست بازنگری شما در نوبت است.",
        "taken": "بازنگری تصمیم در جریان است.",
        "over": "بازنگری این تصمیم انجام شده است.",
    }
    if how not in told:
        return Text()
    why = say("توضیح بازنگری: {note}", note=shortened(note, _LONGEST)) if note else Text()
    return lines(say(told[how]), why)


def upheld(code: str, note: str) -> Text:
    """To the agency: the refusal stands."""
    return lines(
        say("**بازنگری انجام شد: تصمیم پیشین تأیید شد**"),
        say("کد رهگیری:"),
        code_line(code),
        say("توضیح: {note}", note=note),
        say("این تصمیم را شخص دیگری غیر از تصمیم‌گیرنده نخست بررسی کرد."),
        say(
            "با مدارک تازه می‌توانید «{again}» را بزنید، یا از «{complain}» بنویسید.",
            again=buttons.AGAIN,
            complain=buttons.COMPLAIN,
        ),
    )


def prompt(code: str, agency: str, kind: str) -> Text:
    """To the reviewers who had no hand in the refusal."""
    return _announced("**درخواست بازنگری یک عدم موافقت رسید**", code, agency, kind)


def prompt_directors(code: str, agency: str, kind: str, reviewer: str) -> Text:
    """To the directors who may replace the refusal."""
    return lines(
        _announced("**پیشنهاد جایگزینی یک تصمیم رسید**", code, agency, kind),
        say("بازنگری: {reviewer}", reviewer=reviewer),
        say(
            "پرونده را ببینید و با «{supersede}» یا «{uphold}» تصمیم بگیرید.",
            supersede=buttons.SUPERSEDE,
            uphold=buttons.UPHOLD,
        ),
    )


def _announced(title: str, code: str, agency: str, kind: str) -> Text:
    return lines(
        say(title),
        say("نوع: {kind}", kind=KINDS[kind]),
        say("دستگاه: {agency}", agency=agency),
        say("کد رهگیری:"),
        code_line(code),
    )


def ask_note(_answers: Answers, *, uphold: bool) -> Text:
    """What the reviewer has to say: to the agency, or to the directors."""
    if uphold:
        return lines(say("**چرا تصمیم پیشین تأیید می‌شود؟**"), say("دستگاه این نوشته را می‌بیند."))
    return lines(say("**چرا تصمیم باید جایگزین شود؟**"), say("فقط مدیر و کارشناسان بررسی آن را می‌بینند."))


def sure(answers: Answers, *, uphold: bool) -> Text:
    """Before the outcome of a review is recorded."""
    note = shortened(str(answers.get("note") or ""), _LONGEST)
    title = "**تصمیم پیشین تأیید شود؟**" if uphold else "**جایگزینی به مدیر پیشنهاد شود؟**"
    follows = (
        "نتیجه به دستگاه اعلام می‌شود و بازنگری پایان می‌یابد."
        if uphold
        else "مدیری که در تصمیم نخست دست نداشته است تصمیم می‌گیرد."
    )
    return lines(say(title), say("توضیح: {note}", note=note), say(follows))


def concluded(*, uphold: bool) -> Text:
    """A word to the reviewer."""
    if uphold:
        return say("ثبت شد: تصمیم پیشین تأیید شد. نتیجه به دستگاه اعلام می‌شود.")
    return say("ثبت شد: جایگزینی تصمیم به مدیر پیشنهاد شد.")


def not_followed(code: str, by: str, note: str) -> Text:
    """To whoever recommended to replace it: the director lets the refusal stand."""
    return lines(
        say("**تصمیم پیشین تأیید شد و جایگزین نمی‌شود**"),
        say("کد رهگیری:"),
        code_line(code),
        say("مدیر: {by}", by=by),
        say("توضیح: {note}", note=note),
    )


def on_card(
    asked_at: dt.datetime, words: str, *, holder: str, answer: tuple[str, str, str] | None = None
) -> Text:
    """On the card: what the agency writes, who looks at it, and what came of it.

    Args:
        asked_at: when it was asked for.
        words: the agency's.
        holder: who looks at it; empty for nobody.
        answer: what was said last: `uphold`, `recommend` or `let_stand`, the name, the words; or None.
    """
    told = Text()
    if answer is not None:
        action, name, note = answer
        title = "جایگزینی پیشنهاد شد" if action == "recommend" else "تصمیم پیشین تأیید شد"
        told = say("{title}، {name}: {note}", title=title, name=name, note=shortened(note, _LONGEST))
    return paragraphs(
        lines(
            say("**{part}،** {when}", part=PART, when=asked_at),
            say("متن دستگاه: {words}", words=shortened(" ".join(words.split()), _LONGEST)),
            say("بازنگری نزد: {holder}", holder=holder) if holder and answer is None else Text(),
            told,
        )
    )
