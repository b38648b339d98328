"""Whatever goes wrong at a step: the answer says what to do, with an example that this very step takes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from conversation_samples import FACTS, LETTER, TODAY, Person, filled

from bot.conversations import aid, engine
from bot.conversations.choices import Choice, YesNo
from bot.conversations.every import FORMS
from bot.conversations.form import STOPPED, Form, Position, Step
from bot.conversations.given import FileAnswer, Option, Scope
from bot.conversations.kinds import TrackingCode
from bot.conversations.proposal import PROPOSAL
from bot.conversations.show import problem_of
from messages_fa.markup import say
from messages_fa.problems import CODES
from persian.dates import add_months, show_date

SCOPE = Scope(
    TODAY,
    {},
    {
        **FACTS,
        "fields": (Option("amount", "مبلغ بدهی"), Option("mobile", "تلفن همراه")),
        "colleagues": (Option("7", "مریم احمدی"), Option("8", "علی حسینی")),
    },
)
INSTRUCTION = re.compile(r"(?:ید|باشد|است)\b")
BARE = re.compile("نامعتبر|خطا|غلط|لطفا")
EXAMPLE = "نمونه: "
CODE = Form(
    name="code",
    version=1,
    steps=(Step("code", TrackingCode(), lambda _answers: say("کد رهگیری؟"), "کد رهگیری"),),
    title=lambda _answers: "",
)

WRONG: tuple[str | FileAnswer, ...] = (
    LETTER,
    *("", "؟", "م", "علی", "علی ۲", "۱۲۳", "بدون رقم", "الف" * 3000, "۱۲<b>", "سی‌وهشت‌ساله", "شاید"),
    *("ویرایش ۴", "حذف ۲", "ارسال پیشنهاد", "برداشتن", "ادامه", "رد کردن"),
    *("۰", "۱۲۰", "۱۲۱", "99999", "-5", "12.5", "2 میلیون 500", "999999999999999", "1000000000000000000"),
    *("1360001238", "1111111111", "136", "10380284792", "1038", "09121"),
    *("2026/10/01", "1405/13/1", "31/7/1405", "1405/12/30", "1600/1/1"),
    *("۹۹۹ ساعت", "۵۰۰۰ روز کاری", "۱۴ تا ۸", "۸ تا ۱۲ و ۱۰ تا ۱۴"),
    *("1404/01/01", "1405/07/10", "1405/07/08", "1404/12/29", "1405/08/01"),
)
"""Together they raise every code that a typed or sent answer can."""
OF_FILES = {
    *("file_kind", "file_locked", "file_not_received", "file_too_large", "files_too_large"),
    *("file_damaged", "file_pixels", "file_pages", "file_heavy", "file_infected", "scanner_unreachable"),
    *("files_of_day", "no_room"),
}
"""Raised before a file is kept; `test_conversations_texts` reads their words."""
NEVER_ALONE = {"amount_empty"}
"""Of the language itself: at a step nothing typed is `text_empty`."""
OF_THE_OFFICE = {"window_past", "window_overlaps"}
"""Raised by what else is planned, not by the answer alone; `test_services_windows` meets them."""


def at(form: Form, position: Position, problem_before: engine.Problem | None = None) -> Person:
    person = Person(form, SCOPE)
    person.outcome = engine.Outcome(position, problem_before)
    return person


def gave(form: Form, position: Position, given: str | FileAnswer) -> Person:
    person = at(form, position)
    return person.sends(given) if isinstance(given, FileAnswer) else person.types_freely(given)


def ways_on(form: Form, position: Position) -> Iterator[Position]:
    """The positions after this step: of every branch that it can open."""
    step = engine.asked(form, position)
    assert step is not None
    if step.kind.takes_file:
        yield gave(form, position, LETTER).at
    elif isinstance(step.kind, Choice | YesNo):
        for option in step.kind.options(replace(SCOPE, answers=position.answers)):
            yield at(form, position).does(f"o:{option.code}").at
    else:
        person = gave(form, position, aid.examples(form, position, SCOPE)[0])
        yield (person.tries("yes") if person.at.pending is not None else person).at
    if step.kind.several:
        yield from (gave(form, one, "ادامه").at for one in ways_after_one(form, position, step))


def ways_after_one(form: Form, position: Position, step: Step) -> Iterator[Position]:
    if step.kind.takes_file:
        yield gave(form, position, LETTER).at
    for option in step.kind.options(replace(SCOPE, answers=position.answers)):
        yield at(form, position).does(f"o:{option.code}").at


def questions(form: Form) -> list[Position]:
    """A position at every question of a form."""
    seen, waiting = dict[str, Position](), [engine.begin(form).position]
    while waiting:
        position = waiting.pop()
        if engine.asked(form, position) is None:
            continue
        opened = {step.name for step in engine.open_steps(form, position.answers)}
        if not {position.cursor} | opened <= set(seen):
            seen.setdefault(position.cursor, position)
            waiting.extend(ways_on(form, position))
    return list(seen.values())


def odd_ones() -> list[Position]:
    """Positions of a proposal at which a question takes something else, or that no straight way leads to."""
    alone = [filled(until=step).at for step in ("first_due", "debtor_name")]
    graced = filled("استمهال و تقسیط", until="first_due").at
    company = filled(until="debtor_name", debtor_kind="شخص حقوقی").at
    far = filled(first_due="1499/01/01", instalments="۲").presses("ویرایش ۱۷").at
    few = filled(until="instalments", amount="۳").at
    none_left = filled(until="instalments", amount="۲", down_payment="۱").at
    one_rial = filled(until="down_payment", amount="۱").at
    files = filled(until="attachments").sends(LETTER).at
    full = filled(until="attachments")
    for number in range(20, 30):
        full.sends(replace(LETTER, id=number, size=1))
    waits = filled(until="amount").types("دو میلیون").at
    closed = (
        filled().at,
        filled(until="special_rule").types("بله").at,
        filled(until="amount").types("انصراف").at,
    )
    return [*alone, graced, company, far, few, none_left, one_rial, files, full.at, waits, *closed]


ALL_FORMS = [*FORMS.values(), CODE]


@cache
def everywhere() -> tuple[tuple[Form, Position], ...]:
    straight = [(form, position) for form in ALL_FORMS for position in questions(form)]
    return (*straight, *((PROPOSAL, position) for position in odd_ones()))


def refusals() -> list[tuple[Form, Position, engine.Outcome]]:
    """Every wrong answer at every question: where it was given, and what came of it."""
    told = [
        (form, place, gave(form, place, wrong).outcome) for form, place in everywhere() for wrong in WRONG
    ]
    once = dict[object, tuple[Form, Position, engine.Outcome]]()
    for form, place, outcome in told:
        if outcome.problem:
            what = (form.name, place.cursor, outcome.problem.code, str(place.answers))
            once[what] = (form, place, outcome)
    return list(once.values())


@pytest.fixture(scope="module")
def refused() -> list[tuple[Form, Position, engine.Outcome]]:
    return refusals()


Refused = list[tuple[Form, Position, engine.Outcome]]


def told(form: Form, outcome: engine.Outcome) -> str:
    """The words about the problem, as they stand on the screen."""
    assert outcome.problem is not None
    words = problem_of(outcome.problem, form, outcome.position, SCOPE).plain
    assert words in at(form, outcome.position, outcome.problem).sees
    return words


def test_every_question_of_every_form_is_visited() -> None:
    visited = {(form.name, position.cursor) for form, position in everywhere()}
    assert {(form.name, step.name) for form in ALL_FORMS for step in form.steps} - visited == set()


def test_the_wrong_answers_meet_every_problem_there_is(refused: Refused) -> None:
    met = {outcome.problem.code for _, _, outcome in refused if outcome.problem}
    assert CODES - met == OF_FILES | NEVER_ALONE | OF_THE_OFFICE


def test_each_problem_says_what_to_do_and_none_is_bare(refused: Refused) -> None:
    said = [told(form, outcome) for form, _, outcome in refused]
    assert [text for text in said if BARE.search(text) or not INSTRUCTION.search(text)] == []
    assert [text for text in said if text.count(EXAMPLE) != 1] == []


def test_each_example_is_taken_by_the_very_step_that_shows_it(refused: Refused) -> None:
    wrong = []
    for form, _, outcome in refused:
        example = told(form, outcome).split(EXAMPLE)[1].strip("«»")
        if not (outcome.problem and outcome.problem.code.startswith("file")):
            person = at(form, outcome.position).types_freely(example)
            if person.problem or person.at == outcome.position:
                wrong.append((form.name, outcome.position.cursor, example, person.problem))
    assert wrong == []


def test_a_screen_never_shows_two_examples(refused: Refused) -> None:
    screens = [
        at(form, outcome.position, outcome.problem).sees
        for form, _, outcome in refused
        if form is PROPOSAL and outcome.position.cursor != STOPPED
    ]
    assert [text for text in screens if text.count(EXAMPLE) != 1] == []


def test_a_question_that_is_typed_shows_an_example_and_its_date_is_of_these_days() -> None:
    assert filled(until="letter_date").sees.split("\n")[-1] == f"{EXAMPLE}{show_date(TODAY)}"
    assert filled(until="official_name").sees.split("\n")[-1] == f"{EXAMPLE}زهرا احمدی"
    assert EXAMPLE not in filled(until="debt_type").sees


def test_the_example_of_a_first_due_date_lies_after_the_grace_period() -> None:
    person = filled("استمهال و تقسیط", until="first_due", grace_until="1410/01/15")
    assert person.types("فردا").problem == "first_due_before_grace"
    later = show_date(add_months(TODAY.replace(year=2031, month=4, day=4), 1))
    assert person.sees.split("\n")[2].endswith(f"{EXAMPLE}{later}")


def test_the_example_of_a_down_payment_is_a_tenth_of_the_debt() -> None:
    person = filled(until="down_payment", amount="۲٬۵۰۰٬۰۰۰").types("سه میلیون")
    assert (person.problem, person.sees.split(EXAMPLE)[1].split("\n")[0]) == (
        "down_payment_not_below_amount",
        "۲۵۰٬۰۰۰",
    )


def test_where_no_number_could_be_right_the_example_leads_on() -> None:
    skipped = filled(until="down_payment", amount="۱").types("۱")
    assert skipped.sees.split(EXAMPLE)[1].split("\n")[0] == "رد کردن"
    back = filled(until="instalments", amount="۲", down_payment="۱").types("۲")
    assert (back.problem, back.sees.split(EXAMPLE)[1].split("\n")[0]) == (
        "amount_below_instalments",
        "بازگشت",
    )


def test_a_file_at_a_question_that_waits_for_its_tap_says_which_tap() -> None:
    person = filled(until="letter_date").types("دیروز").sends(LETTER)
    assert (person.problem, person.at.pending) == ("read_back_open", "2026-09-30")
    assert "«بله، درست است»" in person.sees
