"""The questions of the reviewers' and directors' small forms."""

from collections.abc import Mapping
from typing import Final

from domain.lifecycle import OTHER, State, code_of
from messages_fa.ask import Ask
from messages_fa.markup import Text, lines, say
from messages_fa.names import STATES
from messages_fa.reasons import REFUSAL as REFUSALS
from messages_fa.reasons import titles

_SEEN: Final = "دستگاه این نوشته را می‌بیند."
_SEVERAL: Final = "می‌توانید چند مورد را نشان کنید؛ سپس «ادامه» را بزنید."


def _ask(*parts: str) -> Ask:
    text = lines(*(say(part) for part in parts))
    return lambda _answers: text


def _listed(answers: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = answers.get(name)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _refusal_note(answers: Mapping[str, object]) -> Text:
    other = any(code_of(reference) == OTHER for reference in _listed(answers, "reasons"))
    return lines(say("**دلیل را بنویسید.**" if other else "**اگر توضیحی دارید، بنویسید.**"), say(_SEEN))


def _refusal_sure(answers: Mapping[str, object]) -> Text:
    told = titles(REFUSALS, _listed(answers, "reasons"))
    return lines(
        say("**عدم موافقت ثبت شود؟**"),
        *(say("دلیل: {reason}", reason=reason) for reason in told),
        say("نتیجه با همین دلیل‌ها به دستگاه اعلام می‌شود."),
    )


def _new_sure(answers: Mapping[str, object]) -> Text:
    outcome = State(str(answers.get("outcome", State.NOT_AGREED)))
    return lines(
        say("**تصمیم تازه ثبت شود؟**"),
        say("نتیجه تازه: {outcome}", outcome=STATES[outcome]),
        say("تصمیم پیشین در سابقه می‌ماند و نتیجه تازه به دستگاه اعلام می‌شود."),
    )


REFUSAL: Final[dict[str, Ask]] = {
    "reasons": _ask("**دلیل عدم موافقت چیست؟**", _SEVERAL, "دلیل در پاسخ اداره کل می‌آید."),
    "note": _refusal_note,
    "sure": _refusal_sure,
}

RETURN: Final[dict[str, Ask]] = {
    "fields": _ask("**کدام بخش‌ها باید اصلاح شود؟**", _SEVERAL, "از دستگاه فقط همین بخش‌ها پرسیده می‌شود."),
    "note": _ask("**چه چیزی باید اصلاح شود؟**", "دستگاه این نوشته را می‌بیند و بر پایه آن اصلاح می‌کند."),
}

SUPERSEDING: Final[dict[str, Ask]] = {
    "outcome": _ask(
        "**نتیجه تازه چیست؟**", "تصمیم پیشین پاک نمی‌شود؛ تصمیم تازه جای آن را می‌گیرد و اعلام می‌شود."
    ),
    "why": _ask("**چرا تصمیم پیشین جایگزین می‌شود؟**", _SEVERAL),
    "conditions": _ask(
        "**آیا همه شرایط عمومی را خود شما بررسی کرده‌اید؟**", "موافقت فقط با تأیید همه شرایط عمومی ثبت می‌شود."
    ),
    "note": _ask("**توضیح تصمیم تازه را بنویسید.**", _SEEN),
    "sure": _new_sure,
}

INTERNAL: Final[dict[str, Ask]] = {
    "note": _ask("**یادداشت داخلی را بنویسید.**", "فقط کارشناسان بررسی و مدیر آن را می‌بینند."),
}
