"""Stories' raw material: a morning in Mehr 1405, answers of each kind, and every text that can be shown."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.conversations import engine, pressed
from bot.conversations.agreement_forms import SECTIONS
from bot.conversations.filing_forms import WITHDRAWALS
from bot.conversations.form import Form, Position
from bot.conversations.given import FileAnswer, Given, Option, Scope
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import PROPOSAL
from bot.conversations.review_forms import NOTE, REFUSAL, REFUSALS, RETURN, SUPERSEDING, SUPERSESSIONS
from bot.conversations.show import screen_of, typed
from bot.screen import Screen
from domain.answers import LAST_JALALI_YEAR
from domain.catalogue import offered
from messages_fa import reasons
from persian.money import Rials

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 1)
"""۹ مهر ۱۴۰۵."""
FACTS = {
    "agencies": (Option("1", "اداره کل آموزش و پرورش"), Option("2", "شرکت آب منطقه‌ای")),
    "fields": (Option("amount", "مبلغ بدهی"), Option("letter_number", "شماره نامه")),
    REFUSALS: tuple(Option(one.reference, one.title) for one in offered(reasons.REFUSAL)),
    SUPERSESSIONS: tuple(Option(one.reference, one.title) for one in offered(reasons.SUPERSESSION)),
    SECTIONS: (Option("1", "۱. مقدمه"), Option("2", "۲. هدف")),
    WITHDRAWALS: tuple(Option(one.reference, one.title) for one in offered(reasons.WITHDRAWAL)),
}
SCOPE = Scope(TODAY, {}, FACTS)
FORMS = (PROPOSAL, REFUSAL, RETURN, INVITATION, SUPERSEDING, NOTE)
LETTER = FileAnswer(7, "نامه.pdf", 120_000, "application/pdf")
RULING = FileAnswer(8, "رأی دادگاه.jpg", 250_000, "image/jpeg")

_FOR_ALL: dict[str, str | FileAnswer] = {
    "special_rule": "خیر",
    "creditor_kind": "وزارتخانه",
    "offence": "خیر",
    "official_name": "زهرا احمدی",
    "official_post": "مدیرکل امور مالی",
    "letter_number": "۱۲۳/۴۵/ص",
    "letter_date": "۱۴۰۵/۰۷/۰۶",
    "letter_scan": LETTER,
    "debtor_kind": "شخص حقیقی",
    "debtor_name": "رضا کریمی",
    "national_id": "۱۳۶۰۰۰۱۲۳۹",
    "mobile": "رد کردن",
    "debt_type": "اضافه‌پرداختی حقوق و مزایا",
    "amount": "۱۰۰٬۰۰۰٬۰۰۰",
    "reason": "رد کردن",
    "attachments": "رد کردن",
}
_OF_KIND: dict[str, dict[str, str | FileAnswer]] = {
    "تقسیط": {
        "down_payment": "رد کردن",
        "instalments": "۱۲",
        "interval_months": "هر ماه",
        "first_due": "۱۴۰۵/۰۸/۱۰",
    },
    "استمهال": {"deferred_to": "۱۴۰۵/۱۲/۱۰"},
    "استمهال و تقسیط": {
        "down_payment": "۵٬۰۰۰٬۰۰۰",
        "instalments": "۲۴",
        "interval_months": "۲",
        "grace_until": "۱۴۰۵/۱۲/۲۹",
        "first_due": "۱۴۰۶/۰۱/۱۵",
    },
}
KINDS = tuple(_OF_KIND)


def said(kind: str = "تقسیط", **changed: str | FileAnswer) -> dict[str, str | FileAnswer]:
    """What a person says at each step, for a kind, with some of it changed."""
    return {"kind": kind, **_FOR_ALL, **_OF_KIND[kind], **changed}


class Person:
    """Somebody who fills a form in: types, presses, sends files; every event goes through JSON."""

    def __init__(self, form: Form = PROPOSAL, scope: Scope = SCOPE) -> None:
        self.form, self.scope = form, scope
        self.outcome = engine.begin(form)

    @property
    def at(self) -> Position:
        return self.outcome.position

    @property
    def screen(self) -> Screen:
        return screen_of(self.form, self.at, self.scope, self.outcome, lambda action: action)

    @property
    def sees(self) -> str:
        return self.screen.text.plain

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.screen.rows for button in row]

    @property
    def problem(self) -> str | None:
        return self.outcome.problem.code if self.outcome.problem else None

    def presses(self, label: str) -> "Person":
        actions = [b.action for row in self.screen.rows for b in row if b.label == label]
        assert len(actions) == 1, (label, self.labels)
        return self.does(actions[0])

    def does(self, action: str) -> "Person":
        outcome = pressed.press(self.form, self.at, action, self.scope)
        assert outcome is not None, action
        return self._after(outcome)

    def types(self, text: str) -> "Person":
        action = typed(self.form, self.at, self.scope, text)
        if action is not None:
            return self.does(action)
        return self._after(engine.answer(self.form, self.at, Given(text=text), self.scope))

    def tries(self, action: str) -> "Person":
        """Press a button that need not be on the screen, nor be the engine's."""
        outcome = pressed.press(self.form, self.at, action, self.scope)
        return self if outcome is None else self._after(outcome)

    def types_freely(self, text: str) -> "Person":
        """Type anything, the words of the handler's own buttons among it."""
        action = typed(self.form, self.at, self.scope, text)
        return self.types(text) if action is None else self.tries(action)

    def sends(self, file: FileAnswer) -> "Person":
        return self._after(engine.answer(self.form, self.at, Given(file=file), self.scope))

    def gives(self, answer: str | FileAnswer) -> "Person":
        return self.sends(answer) if isinstance(answer, FileAnswer) else self.types(answer)

    def fills(self, answers: dict[str, str | FileAnswer], *, until: str = "summary") -> "Person":
        """Answer whatever is asked until the cursor reaches `until`."""
        while self.at.cursor != until:
            before = self.at
            self.gives(answers[self.at.cursor])
            assert self.at != replace(before, misses=self.at.misses), (before.cursor, self.outcome.problem)
        return self

    def _after(self, outcome: engine.Outcome) -> "Person":
        assert Position.from_json(outcome.position.to_json()) == outcome.position
        self.outcome = outcome
        return self


def filled(kind: str = "تقسیط", *, until: str = "summary", **changed: str | FileAnswer) -> Person:
    """A person who has filled the proposal's form in, up to a step or the summary."""
    return Person().fills(said(kind, **changed), until=until)


SAMPLE_VALUES: dict[str, object] = {
    "characters": 8,
    "limit": 10,
    "count": 3,
    "names": "«تقسیط»، «استمهال»",
    "low": 2,
    "high": 120,
    "at_least": Rials(1),
    "year": 1405,
    "month": 12,
    "days": 29,
    "first": 1300,
    "last": 1500,
    "digits": 9,
    "given": "word",
    "opens": "2026-10-02T06:30:00+00:00",
    "amount": Rials(100_000_000),
    "down_payment": Rials(100_000_000),
    "instalments": 12,
    "last_year": LAST_JALALI_YEAR + 1,
    "first_due": date(2026, 9, 30),
    "grace_until": date(2026, 9, 30),
    "deferred_to": date(2026, 9, 30),
    "letter_date": date(2026, 10, 2),
    "today": TODAY,
    "day": date(2026, 9, 30),
    "begins": datetime(2026, 10, 1, 18, 30, tzinfo=UTC),
    "ends": datetime(2026, 10, 1, 20, 30, tzinfo=UTC),
    "least": 5,
    "most": 7 * 24 * 60,
    "example": "پاسخی که همان پرسش می‌پذیرد",
}
"""A value for every name that a problem's words may need."""


def raised_codes() -> set[str]:
    """Every code that the language, the answers, the forms and what looks at files raise, as written."""
    folders = ("persian", "bot/conversations", "scans")
    sources = [source for folder in folders for source in (ROOT / folder).glob("*.py")]
    others = ("domain/answers.py", "services/file_share.py", "bot/handlers/attaching.py")
    sources += [ROOT / other for other in others]
    return {code for source in sources for code in _codes(ast.parse(source.read_text("utf-8")))}


_CODE_AT = {"Unreadable": 0, "Problem": 0, "RuleProblem": 1, "_dated": 1, "Unfit": 0, "Refusal": 0}


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CODE_AT:
            place = _CODE_AT[node.func.id]
            for part in [part for argument in node.args[place : place + 1] for part in ast.walk(argument)]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
