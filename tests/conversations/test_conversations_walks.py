"""Whatever people do, in whatever order: no answer is lost, nothing breaks, every screen fits."""

import json
from dataclasses import replace

from conversation_samples import FORMS, LETTER, RULING, SCOPE, TODAY, Person, filled
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations import engine
from bot.conversations.form import REVIEW, STOPPED, SUMMARY, Form, Position
from bot.conversations.given import FileAnswer, Scope
from bot.conversations.proposal import PROPOSAL
from bot.conversations.show import plan_texts, screen_of, typed, why_screen
from domain.plan import instalment_plan
from domain.proposal import check

TYPED = (
    *("بله", "خیر", "تقسیط", "استمهال", "استمهال و تقسیط", "سایر", "شخص حقوقی", "شخص حقیقی", "وزارتخانه"),
    *(
        "زهرا احمدی",
        "۱۲۳/۴۵/ص",
        "1360001239",
        "10380284790",
        "09123456789",
        "۱۴۰۵/۰۷/۰۶",
        "دیروز",
        "۶ ماه بعد",
    ),
    *(
        "۱",
        "۲",
        "۱۲۰",
        "۱۰۰٬۰۰۰٬۰۰۰",
        "هشتاد میلیون تومان",
        "۱ سال بعد",
        "رد کردن",
        "بازگشت",
        "ادامه",
        "انصراف",
        "بررسی پیش‌نویس",
    ),
    *("ویرایش ۱", "ویرایش ۱۵", "", "²", "\u2067\u200f", "x" * 5000, "الف " * 500, "/start", "کارشناس دستگاه"),
)
LONGEST_ACTION = 64 - len("f:") - 18
"""Bytes of callback data, without a serial of the most digits that there can be."""
FILES = (LETTER, RULING, FileAnswer(9, "ن" * 300 + ".png", 5, "image/png"))
ACTIONS = (
    "yes",
    "no",
    "b",
    "k",
    "n",
    "x",
    "stay",
    "ok",
    "r",
    "r",
    "y",
    "rm:0",
    "o:yes",
    "o:natural",
    "o:2026-09-30",
    "e:0",
    "e:9",
    "e:22",
    "cal",
    "cal",
    "wr",
    "m:140508",
    "m:150013",
    "m:0",
    "g:14050709",
    "g:14050812",
    "g:14050800",
    "eg",
    "off",
    "z",
)
EVENTS = st.one_of(
    st.sampled_from(TYPED).map(lambda text: ("types", text)),
    st.sampled_from(FILES).map(lambda file: ("sends", file)),
    st.sampled_from(ACTIONS).map(lambda action: ("does", action)),
    st.integers(0, 40).map(lambda place: ("taps", place)),
    st.text(max_size=30).map(lambda text: ("types", text)),
    st.just(("restarts", None)),
)


def happens(person: Person, event: tuple[str, object]) -> None:
    match event:
        case "types", str(text):
            person.types_freely(text)
        case "sends", FileAnswer() as file:
            person.sends(file)
        case "does", str(action):
            person.tries(action)
        case "taps", int(place):
            buttons = [button for row in person.screen.rows for button in row]
            person.tries(buttons[place % len(buttons)].action)
        case _:
            kept = Position.from_json(json.loads(json.dumps(person.at.to_json())))
            person.outcome = engine.resume(person.form, kept, person.scope)


def is_sound(person: Person) -> None:
    form, position = person.form, person.at
    names = [step.name for step in engine.open_steps(form, position.answers)]
    assert set(position.answers) <= set(names)
    assert position.cursor in {*names, SUMMARY, REVIEW, STOPPED}
    n, of = engine.progress(form, position)
    assert 1 <= n <= len(names) <= of
    assert Position.from_json(json.loads(json.dumps(position.to_json()))) == position
    if position.cursor == SUMMARY:
        assert engine.missing(form, position, person.scope) == ()
    if position.cursor == REVIEW:
        assert engine.missing(form, position, person.scope) != ()
    for screen in (person.screen, why_screen(form, position, person.scope, str)):
        assert 1 <= len(screen.text.plain) <= 4000
        labels = [button.label for row in screen.rows for button in row]
        actions = [button.action for row in screen.rows for button in row]
        assert all(labels)
        told_apart = [action for action in actions if action != "z"]  # the cells that do nothing
        assert len(set(told_apart)) == len(told_apart)
        assert all(action.isascii() and len(action) <= LONGEST_ACTION for action in actions)


def nothing_is_lost(before: Position, person: Person) -> None:
    """An answer of a branch that is still open is only ever changed at its own step."""
    names = {step.name for step in engine.open_steps(person.form, person.at.answers)}
    lost = {name for name in names & set(before.answers) if name not in person.at.answers}
    changed = {
        name
        for name in set(before.answers) & set(person.at.answers)
        if before.answers[name] != person.at.answers[name]
    }
    assert lost | changed <= {before.cursor}


def walks(person: Person, events: list[tuple[str, object]]) -> None:
    for event in events:
        if person.outcome.done:
            return
        before = person.at
        happens(person, event)
        is_sound(person)
        nothing_is_lost(before, person)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.lists(EVENTS, max_size=40))
def test_no_walk_from_the_beginning_breaks_anything(form: Form, events: list[tuple[str, object]]) -> None:
    walks(Person(form), events)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["تقسیط", "استمهال", "استمهال و تقسیط"]), st.lists(EVENTS, max_size=30))
def test_no_walk_from_the_summary_breaks_anything(kind: str, events: list[tuple[str, object]]) -> None:
    walks(filled(kind), events)


@settings(max_examples=60, deadline=None)
@given(
    amount=st.integers(1_000, 10**15 - 1),
    down=st.integers(1, 500) | st.none(),
    instalments=st.integers(2, 120),
    interval=st.integers(1, 6),
)
def test_what_is_declared_adds_up_and_is_a_proposal(
    amount: int, down: int | None, instalments: int, interval: int
) -> None:
    person = filled(
        amount=str(amount),
        down_payment="رد کردن" if down is None else str(down),
        instalments=str(instalments),
        interval_months=str(interval),
    )
    proposal = check(person.at.answers, today=TODAY)
    plan = instalment_plan(amount, down, instalments, proposal.first_due or TODAY, interval)
    assert person.form.plan is not None
    assert person.form.plan(person.at.answers, TODAY) == plan
    assert sum(int(row.amount) for row in plan.rows) == amount
    parts = [part.plain.split("\n") for part in plan_texts(plan)]
    assert sum(len(lines) - 1 for lines in parts) == len(plan.rows) + 1
    assert max(len("\n".join(lines)) for lines in parts) <= 3500
    assert (("جدول کامل اقساط" in person.labels), len(person.sees) <= 4000) == (len(plan.rows) > 12, True)


def test_the_longest_summary_still_fits() -> None:
    long = f"{'م' * 59} {'م' * 60}"
    person = filled(
        "استمهال و تقسیط",
        official_name=long,
        official_post=long,
        letter_number="۱" * 40,
        debtor_name=long,
        debt_type="سایر",
        debt_type_other=long,
        amount=str(10**15 - 1),
        instalments="۱۱",
        reason="دلیل " * 400,
        letter_scan=FILES[2],
        until="attachments",
    )
    for number in range(20, 30):
        person.sends(replace(FILES[2], id=number))
    person.presses("ادامه").types("سلام")
    assert person.at.cursor == SUMMARY
    assert len(person.sees) <= 4000
    assert person.at.answers["debtor_name"] == long


@given(st.text(max_size=60))
def test_any_words_are_read_the_same_on_a_screen_shown_again(text: str) -> None:
    person = filled(until="debt_type")
    again = Scope(TODAY)
    assert typed(PROPOSAL, person.at, SCOPE, text) == typed(PROPOSAL, person.at, again, text)
    assert screen_of(PROPOSAL, person.at, again, None, str) == screen_of(
        PROPOSAL, person.at, SCOPE, None, str
    )
