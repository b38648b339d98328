"""One page with every text of the forms, as a platform without mark-up shows it."""

import importlib
import inspect
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType, ModuleType

import draft_samples
import word_samples
from conversation_samples import (
    FORMS,
    KINDS,
    LETTER,
    RULING,
    SAMPLE_VALUES,
    SCOPE,
    TODAY,
    Person,
    filled,
    said,
)

from bot.conversations.form import Form, Step
from bot.conversations.show import plan_texts, why_screen
from bot.screen import Screen
from messages_fa import names, notes
from messages_fa.markup import Text
from messages_fa.problems import CODES, problem
from persian.money import Rials

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.txt"
SAMPLES = tuple(
    importlib.import_module(path.stem)
    for path in sorted(HERE.glob("*_samples.py"))
    if path.stem != "conversation_samples"
)
"""A module of samples is found by its name; its `texts()` yields titles and texts."""
_MADE_AT_IMPORT = frozenset({"why.why", "why.help_at", "reasons.offered"})
"""The forms ask for these once, when they are read; what they got stands at their questions."""
_NOT_TEXTS = frozenset({"markup"})
"""Modules of messages_fa that say nothing themselves."""


def golden_text() -> str:
    """The page, in a fixed order."""
    return "\n\n".join(f"## {title}\n{text}" for title, text in _entries()) + "\n"


def all_texts() -> list[tuple[str, Text]]:
    """Every text with its title; for what must hold of each of them."""
    return [
        *_questions(),
        *_reasons(),
        *_problems(),
        *_notes(),
        *_samples(),
        *_screens_alone(),
    ]


def never_shown() -> list[str]:
    """The public functions of messages_fa that are not called for the page: what they say is not on it."""
    modules = [
        importlib.import_module(f"messages_fa.{path.stem}")
        for path in sorted(Path(names.__file__).parent.glob("*.py"))
        if path.stem not in {"__init__", *_NOT_TEXTS}
    ]
    public = {name for module in modules for name in _functions(module)}
    return sorted(public - _called() - _MADE_AT_IMPORT)


def _functions(module: ModuleType) -> Iterator[str]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__.removeprefix('messages_fa.')}.{name}"


def _called() -> set[str]:
    """The functions of messages_fa that making the page calls."""
    called: set[str] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        module = str(frame.f_globals.get("__name__", ""))
        if event == "call" and module.startswith("messages_fa."):
            called.add(f"{module.removeprefix('messages_fa.')}.{frame.f_code.co_name}")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        golden_text()
    finally:
        sys.setprofile(before)
    return called


def _samples() -> Iterator[tuple[str, Text]]:
    for module in SAMPLES:
        yield from module.texts()


def _entries() -> Iterator[tuple[str, str]]:
    for title, text in [
        *_questions(),
        *_reasons(),
        *_problems(),
        *_notes(),
        *_samples(),
    ]:
        yield title, text.plain
    yield "labels of rows", "\n".join(f"[{label}]" for label in word_samples.labels())
    for title, screen in _screens():
        yield title, f"{screen.text.plain}\n{_buttons(screen)}"
    for title, text in _plans():
        yield title, text.plain


def _buttons(screen: Screen) -> str:
    return "\n".join(" ".join(f"[{button.label}]" for button in row) for row in screen.rows)


def _questions() -> Iterator[tuple[str, Text]]:
    for form in FORMS:
        for name, step in _steps(form).items():
            for title, answers in _variants(form, name):
                yield f"{title} {form.name}.{name}", step.ask(answers)


def _steps(form: Form) -> dict[str, Step]:
    """By name: a question that is optional in one branch only stands twice in its form."""
    return {step.name: step for step in form.steps}


def _variants(form: Form, name: str) -> list[tuple[str, dict[str, str]]]:
    if name == "debtor_name":
        return [
            ("question (natural)", {"debtor_kind": "natural"}),
            ("question (legal)", {"debtor_kind": "legal"}),
        ]
    if name == "instalments":
        return [("question", {}), ("question (after a down payment)", {"down_payment": "1"})]
    if form.name == "refusal" and name == "note":
        return [("question (other)", {"reason": "other"}), ("question (listed)", {"reason": "special_rule"})]
    return [("question", {})]


def _reasons() -> Iterator[tuple[str, Text]]:
    for form in FORMS:
        for name, step in _steps(form).items():
            if step.why is not None:
                yield f"why {form.name}.{name}", step.why()
            if step.help is not None:
                yield f"help {form.name}.{name}", step.help()


def _problems() -> Iterator[tuple[str, Text]]:
    for code in sorted(CODES):
        yield f"problem {code}", problem(code, **SAMPLE_VALUES)
    for given in ("excel", "heic", "zip", "renamed", ""):
        yield f"problem file_kind {given}", problem("file_kind", given=given)


def _notes() -> Iterator[tuple[str, Text]]:
    yield "note special_rule", notes.special_rule_stops()
    yield "note creditor_kind", notes.creditor_not_named()
    yield "note offence", notes.prosecution_goes_on()
    yield "note amount", notes.amount_in_words(Rials(850_000_005))


def _screens() -> Iterator[tuple[str, Screen]]:
    yield "screen first", Person().screen
    yield "screen choice", filled(until="debt_type").screen
    yield "screen day", filled(until="letter_date").screen
    yield "screen optional", filled(until="mobile").screen
    yield "screen interval", filled(until="interval_months").screen
    yield "screen after a problem", filled(until="national_id").types("۱۲۳").screen
    yield "screen after three problems", filled(until="amount").types("زیاد").types("؟").types("خیلی").screen
    yield "screen amount read back", filled(until="amount").types("هشتاد و پنج میلیون تومان").screen
    yield "screen day read back", filled(until="first_due").types("۳۰ روز بعد").screen
    yield "screen number read back", filled(until="instalments").types("دوازده").screen
    yield "screen calendar", filled(until="first_due").presses("انتخاب از تقویم").screen
    yield "screen label typed", filled(until="official_post").types("ویرایش ۴").screen
    helped = Person(scope=replace(SCOPE, contact="۰۲۵۳۷۷۷۱۲۳۴، کارشناس پشتیبانی"))
    yield "screen help", helped.fills(said(), until="letter_date").types("۱").types("۲").types("۳").screen
    yield "screen examples", helped.presses("نمونه‌ها").screen
    yield "screen current value", filled(until="debt_type").presses("بازگشت").presses("بازگشت").screen
    yield "screen current scan", filled(until="debtor_kind").presses("بازگشت").screen
    yield "screen scan received", filled(until="letter_scan").sends(LETTER).screen
    yield "screen files", filled(until="attachments").sends(LETTER).sends(RULING).screen
    yield "screen note", filled(until="creditor_kind").types("شرکت دولتی").screen
    yield "screen stopped", filled(until="special_rule").types("بله").screen
    yield "screen cancel", filled(until="amount").presses("انصراف").screen
    yield "screen cancel small", Person(FORMS[1]).presses("انصراف").screen
    why = filled(until="special_rule")
    yield "screen why", why_screen(why.form, why.at, why.scope, lambda action: action)
    for kind in KINDS:
        yield f"summary {kind}", filled(kind).screen
    full = filled(
        debtor_kind="شخص حقوقی", legal_id="10380284790", debt_type="سایر", debt_type_other="هزینه دوره"
    )
    yield "summary declared", full.presses("درستی اطلاعات را تأیید می‌کنم").screen
    attached = filled(until="attachments").sends(LETTER).sends(RULING).presses("ادامه")
    yield "summary with files", attached.screen
    yield from draft_samples.screens()
    yield "screen invitation agency", Person(FORMS[3]).types("کارشناس دستگاه").screen


def _screens_alone() -> Iterator[tuple[str, Text]]:
    for title, screen in _screens():
        yield title, screen.text
    yield from _plans()


def _plans() -> Iterator[tuple[str, Text]]:
    for kind in KINDS:
        person = filled(kind)
        made = person.form.plan(person.at.answers, TODAY) if person.form.plan else None
        for part, text in enumerate(plan_texts(made) if made else (), start=1):
            yield f"plan {kind} {part}", text


def all_labels() -> list[str]:
    """Every label of a button on these screens, and every name of the office's codes."""
    shown = [button.label for _, screen in _screens() for row in screen.rows for button in row]
    tables = [table for name, table in vars(names).items() if name.isupper() and isinstance(table, dict)]
    return sorted({*shown, *(label for table in tables for label in table.values())})
