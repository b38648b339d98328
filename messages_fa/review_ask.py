"""The questions of the reviewers' and directors' small forms."""

from collections.abc import Mapping
from typing import Final

from domain.lifecycle import OTHER, Action, State, code_of
from messages_fa.ask import Ask
from messages_fa.decision import decision
from messages_fa.markup import Text, lines, say
from messages_fa.reasons import marked

_SEEN: Final = "دستگاه این نوشته را می‌بیند."
_SEVERAL: Final = "یک یا چند مورد را نشان کنید."
_WHY_NOT: Final = ("**دلیل عدم موافقت چیست؟**", "دلیل در پاسخ اداره کل می‌آید.")
_GO_ON: Final = "می‌توانید موردهای دیگر را هم نشان کنید؛ سپس «ادامه» را بزنید."


def _ask(*parts: str) -> Ask:
    text = lines(*(say(part) for part in parts))
    return lambda _answers: text


def _ask_several(name: str, question: str, *parts: str) -> Ask:
    """A question with several answers; «ادامه» is there, and is named, once one of them is marked."""
    return lambda answers: lines(
        say(question), say(_GO_ON if _listed(answers, name) else _SEVERAL), *(say(part) for part in parts)
    )


def _listed(answers: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = answers.get(name)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _refusal_note(answers: Mapping[str, object]) -> Text:
    other = any(code_of(reference) == OTHER for reference in _listed(answers, "reasons"))
    return lines(
        say("**دلیل را بنویسید.**" if other else "**اگر توضیحی دارید، بنویسید؛ وگرنه «رد کردن» را بزنید.**"),
        say(_SEEN),
    )


def _note(answers: Mapping[str, object]) -> str:
    return str(answers.get("note") or "")


def _refusal_sure(answers: Mapping[str, object]) -> Text:
    return lines(
        say("**عدم موافقت ثبت شود؟**"),
        decision(Action.REFUSE, _listed(answers, "reasons"), _note(answers)),
        say("نتیجه با همین دلیل‌ها به دستگاه اعلام می‌شود."),
    )


def _return_sure(answers: Mapping[str, object]) -> Text:
    fields, reasons = marked(_listed(answers, "fields"))
    return lines(
        say("**پیشنهاد برای اصلاح بازگردانده شود؟**"),
        decision(Action.RETURN_FOR_CORRECTION, reasons, _note(answers), fields=fields),
        say("دستگاه همین را می‌خواند و بر پایه آن اصلاح می‌کند."),
    )


def _new_sure(answers: Mapping[str, object]) -> Text:
    return lines(
        say("**تصمیم تازه ثبت شود؟**"),
        decision(
            Action.SUPERSEDE,
            _listed(answers, "why"),
            _note(answers),
            outcome=str(answers.get("outcome", State.NOT_AGREED)),
            refusal=_listed(answers, "refusal"),
        ),
        say("تصمیم پیشین در سابقه می‌ماند و نتیجه تازه به دستگاه اعلام می‌شود."),
    )


REFUSAL: Final[dict[str, Ask]] = {
    "reasons": _ask_several("reasons", *_WHY_NOT),
    "note": _refusal_note,
    "sure": _refusal_sure,
}

RETURN: Final[dict[str, Ask]] = {
    "fields": _ask_several(
        "fields", "**کدام بخش‌ها باید اصلاح شود؟**", "از دستگاه فقط همین بخش‌ها پرسیده می‌شود."
    ),
    "note": _ask("**چه چیزی باید اصلاح شود؟**", "دستگاه این نوشته را می‌بیند و بر پایه آن اصلاح می‌کند."),
    "sure": _return_sure,
}

SUPERSEDING: Final[dict[str, Ask]] = {
    "outcome": _ask(
        "**نتیجه تازه چیست؟**", "تصمیم پیشین پاک نمی‌شود؛ تصمیم تازه جای آن را می‌گیرد و اعلام می‌شود."
    ),
    "why": _ask_several("why", "**چرا تصمیم پیشین جایگزین می‌شود؟**"),
    "refusal": _ask_several("refusal", *_WHY_NOT),
    "conditions": _ask(
        "**آیا همه شرایط عمومی را خود شما بررسی کرده‌اید؟**", "موافقت فقط با تأیید همه شرایط عمومی ثبت می‌شود."
    ),
    "note": _ask("**توضیح تصمیم تازه را بنویسید.**", _SEEN),
    "sure": _new_sure,
}

INTERNAL: Final[dict[str, Ask]] = {
    "note": _ask("**یادداشت داخلی را بنویسید.**", "فقط کارشناسان بررسی و مدیر آن را می‌بینند."),
}
