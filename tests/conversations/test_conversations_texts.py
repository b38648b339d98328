"""Every word of the forms: complete, in one style, and the same as on the golden page."""

import re

import pytest
from conversation_golden import GOLDEN, all_labels, all_texts, golden_text, never_shown
from conversation_samples import FORMS, SAMPLE_VALUES, raised_codes

from bot.platforms.bale import BALE
from bot.platforms.telegram import TELEGRAM
from domain.conditions import CONDITIONS
from domain.kinds import DEBT_TYPES, CreditorKind, DebtorKind, Kind
from domain.lifecycle import Action, State
from domain.proposal import FIELDS
from domain.roles import Role
from domain.tracking import PUBLIC_STAGES
from messages_fa import month, names, why
from messages_fa.form import files_named, shortened
from messages_fa.markup import RLM, Style, Text, say
from messages_fa.problems import CODES, problem
from sandbox.markup import from_bale, from_html

TEXTS = all_texts()
EACH_TEXT = pytest.mark.parametrize("text", [text for _, text in TEXTS], ids=[title for title, _ in TEXTS])

FORBIDDEN = re.compile(
    "خطا|نامعتبر|غیرمجاز|غلط|لطفا|متأسف|اوه|٪|\\.\\.\\.|ي|ك|تومن|num2words"
    "|کارت بانکی|شماره کارت|هزینه خدمت|[\u200e\u202a-\u202e\u2066-\u2069\ufeff\u00ad]"
)
ALLOWED = re.compile(
    "هیچ‌کس در این سامانه از شما پول، شماره کارت یا رمز بانکی نمی‌خواهد"
    "|متأسفانه کار شما انجام نشد؛ اشکال از سامانه است"
    "|\u200e•+\u200e"
)
"""What must be said though its words are forbidden elsewhere, and the middle of a masked number."""
INFORMAL = re.compile(r"\b(?:بنویس|بزن|بفرست|کن|تو|بگو|ببین)\b")
STRAY_SPACE = re.compile(r"  | [،؛؟.:»](?=\s|$)|« |\b(?:می|نمی) |\w ها\b")
LATIN_SIGNS = re.compile("[,;?]")
DIGITS_JOINED = re.compile("[0-9۰-۹]-[0-9۰-۹]")
PERSIAN_LETTER = re.compile("[آ-ی]")
ROW_NUMBER = re.compile(r"^[۰-۹]{1,2}\. ")
DAY = re.compile("[۱-۹]|[۱-۳][۰-۹]")


def without_code(text: Text) -> str:
    """The prose alone: what is to be copied keeps its Latin digits."""
    return "".join(span.text for span in text.spans if span.style is not Style.CODE)


def test_the_golden_page_is_as_it_was_read_and_kept() -> None:
    assert golden_text() == GOLDEN.read_text("utf-8")


def test_every_text_that_can_be_said_stands_on_the_golden_page() -> None:
    assert never_shown() == []


def test_every_code_that_is_raised_has_words_and_no_words_are_left_over() -> None:
    assert raised_codes() == CODES


@EACH_TEXT
def test_prose_has_persian_digits_only(text: Text) -> None:
    assert re.findall("[0-9٠-٩]", without_code(text)) == []


@EACH_TEXT
def test_no_word_blames_begs_or_breaks_the_line(text: Text) -> None:
    plain = ALLOWED.sub("", text.plain)
    assert FORBIDDEN.findall(plain) == []
    assert INFORMAL.findall(plain) == []


@EACH_TEXT
def test_typography_is_persian(text: Text) -> None:
    plain = without_code(text)
    assert [rule.findall(plain) for rule in (STRAY_SPACE, LATIN_SIGNS, DIGITS_JOINED)] == [[], [], []]
    assert (plain.count("«"), plain.count("(")) == (plain.count("»"), plain.count(")"))


@pytest.mark.parametrize("platform", ["bale", "telegram"])
@EACH_TEXT
def test_each_line_starts_with_a_persian_word_or_from_the_right(text: Text, platform: str) -> None:
    """As the person reads it: Bale sets a code on a line of its own, and knows no mark beside a letter."""
    shown = from_bale(BALE.render(text))[0] if platform == "bale" else from_html(TELEGRAM.render(text))[0]
    lines = [line.removeprefix("«") for line in shown.split("\n") if line]
    assert [line for line in lines if not (PERSIAN_LETTER.match(line) or line.startswith(RLM))] == []
    assert "*" not in shown


@EACH_TEXT
def test_each_text_fits_into_a_message(text: Text) -> None:
    assert 1 <= len(text.plain) <= 4000


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_problem_says_what_to_do_and_gives_an_example(code: str) -> None:
    said = problem(code, **SAMPLE_VALUES).plain
    assert re.search(r"(?:ید|باشد|است)\b.*نمونه: .+$", said), said


@pytest.mark.parametrize("label", all_labels())
def test_labels_are_short_persian_words(label: str) -> None:
    assert PERSIAN_LETTER.match(ROW_NUMBER.sub("", label)) or label == month.EMPTY or DAY.fullmatch(label)
    assert len(label) <= 45
    assert [rule.findall(label) for rule in (FORBIDDEN, STRAY_SPACE)] == [[], []]
    assert re.findall("[0-9]", label) == []


def test_every_code_of_the_office_has_a_name() -> None:
    assert set(names.KINDS) == set(Kind)
    assert set(names.CREDITOR_KINDS) == set(CreditorKind)
    assert set(names.DEBTOR_KINDS) == set(DebtorKind)
    assert tuple(names.DEBT_TYPES) == DEBT_TYPES
    assert set(names.ROLES) == set(Role)
    assert set(names.STATES) == set(State)
    assert tuple(names.STAGES) == tuple(stage.code for stage in PUBLIC_STAGES)
    assert set(names.ACTIONS) == set(Action)
    assert tuple(names.CONDITIONS) == CONDITIONS
    assert set(names.FIELDS) == set(FIELDS)


def test_every_reason_why_belongs_to_a_question() -> None:
    asked = {step.name for form in FORMS for step in form.steps}
    assert set(why.WHY) - asked == set()


def test_a_long_value_is_cut_with_an_ellipsis() -> None:
    assert (shortened("ا" * 10, 10), shortened("ا" * 11, 10)) == ("ا" * 10, f"{'ا' * 9}…")


def test_many_files_are_counted_and_the_first_three_named() -> None:
    listed = files_named([say(name) for name in ("الف", "ب", "پ", "ت")])
    assert listed.plain == "۴ پرونده (الف، ب، پ، …)"
