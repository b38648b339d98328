"""Folding what is typed, cleaning what is stored, comparing what is looked for."""

import string

from hypothesis import example, given
from hypothesis import strategies as st

from persian.text import clean, fold, key, to_latin_digits, to_persian_digits

UNSEEN = "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\u0000"
PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيىكآئؤةۀ"
typed_text = st.text(
    PERSIAN + "۰۱۲٠١٢012" + string.ascii_letters + "\u200c \n\t\u00a0\u064e\u0640\u0654" + UNSEEN
)


def test_digits_of_three_scripts_become_latin_and_nothing_else_changes() -> None:
    assert to_latin_digits("۱٢3²Ⅳ१ ي\u200c") == "123²Ⅳ१ ي\u200c"


def test_digits_of_three_scripts_become_persian_and_nothing_else_changes() -> None:
    assert to_persian_digits("۱٢3²Ⅳ१ ي\u200c") == "۱۲۳²Ⅳ१ ي\u200c"


@given(st.integers(min_value=0))
def test_digits_survive_the_way_to_persian_and_back(number: int) -> None:
    assert to_latin_digits(to_persian_digits(str(number))) == str(number)


def test_folding_makes_arabic_letters_persian_and_spaces_single() -> None:
    assert fold("  علي\u00a0 كمالى\t۱۲\n") == "علی کمالی 12"


def test_folding_drops_everything_that_cannot_be_seen() -> None:
    assert fold(f"ا{UNSEEN}ب{UNSEEN}") == "اب"


def test_the_joiner_stays_only_between_two_letters() -> None:
    assert fold("\u200cمی\u200c\u200cروم\u200c ۱۲\u200c۳۴ خانه\u200c۵\u200c") == "می\u200cروم 1234 خانه5"
    assert fold("کتابِ\u200cمن") == "کتابِ\u200cمن"


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("ا\u0653ب") == fold("آب") == "آب"
    assert fold("ا\u200d\u0653ب") == "آب"


@given(st.one_of(typed_text, st.text()))
@example("ي\u0654")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_is_one_line_without_the_unseen(text: str) -> None:
    folded = fold(text)
    assert [sign for sign in folded if sign in UNSEEN or (sign.isspace() and sign != " ")] == []


def test_stored_prose_keeps_its_digits_and_lines() -> None:
    assert clean(" سلام\u202e  ۱۲ 34 \r\n\r\n\r\n\r\nكار\u200cها \u2028پایان\n ", limit=100) == (
        "سلام ۱۲ 34\n\nکار\u200cها\nپایان"
    )


def test_stored_prose_is_cut_without_a_dangling_space_or_joiner() -> None:
    assert clean("می\u200cروم", limit=3) == "می"
    assert clean("ab cd", limit=3) == "ab"
    assert clean("ab", limit=0) == ""


@given(st.one_of(typed_text, st.text()), st.integers(0, 50))
def test_cleaning_twice_is_cleaning_once_and_never_longer_than_the_limit(text: str, limit: int) -> None:
    cleaned = clean(text, limit=limit)
    assert clean(cleaned, limit=limit) == cleaned
    assert len(cleaned) <= limit


def test_texts_that_read_alike_have_the_same_key() -> None:
    same = ["می\u200cروم ۱۲", "میروم 12", " ميروم  ١٢", "مـیـروم ۱۲", "مِی\u200cرَوَم\u00a0۱۲"]
    assert {key(text) for text in same} == {"میروم 12"}
    assert key("ABC") == key("abc")


def test_texts_that_read_differently_have_different_keys() -> None:
    assert len({key(text) for text in ("می روم", "میروم", "می‌روی", "")}) == 4


@given(typed_text)
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
