"""Tracking codes find typing errors; passcodes are read however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.codes import (
    PASSCODE_ALPHABET,
    group_code,
    new_passcode,
    new_tracking_code,
    parse_passcode,
    parse_tracking_code,
    verhoeff_digit,
    verhoeff_ok,
)
from persian.errors import Unreadable
from persian.text import to_persian_digits

codes = st.integers(0, 10**11 - 1).map(lambda number: new_tracking_code(lambda _: number))


@pytest.mark.parametrize(
    ("digits", "check"),
    [("236", "3"), ("12345", "1"), ("142857", "0"), ("123456789012", "0"), ("8473643095483728456789", "2")],
)
def test_the_check_digit_is_the_published_one(digits: str, check: str) -> None:
    assert verhoeff_digit(digits) == check
    assert verhoeff_ok(digits + check)


def test_a_code_is_eleven_random_digits_and_a_check_digit() -> None:
    asked = []

    def five(limit: int) -> int:
        asked.append(limit)
        return 5

    code = new_tracking_code(five)
    assert (asked, code[:11], len(code)) == ([10**11], "00000000005", 12)
    assert len({new_tracking_code() for _ in range(1000)}) == 1000


@given(codes)
def test_every_code_is_read_back_in_each_of_its_shapes(code: str) -> None:
    shapes = (
        code,
        group_code(code),
        to_persian_digits(group_code(code)),
        "-".join(code),
        "\u200c".join(code),
    )
    assert [parse_tracking_code(shape) for shape in shapes] == [code] * 5


@given(codes, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_found(code: str, place: int, added: int) -> None:
    wrong = str((int(code[place]) + added) % 10)
    with pytest.raises(Unreadable, match="code_shape"):
        parse_tracking_code(code[:place] + wrong + code[place + 1 :])


@given(codes, st.integers(0, 10))
def test_two_swapped_neighbours_are_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert verhoeff_ok(swapped) is (swapped == code)


def test_every_swap_of_every_two_digits_changes_the_check_digit() -> None:
    pairs = [(a, b) for a in "0123456789" for b in "0123456789" if a < b]
    same = [
        (place, a, b)
        for place in range(10)
        for a, b in pairs
        if verhoeff_digit("0" * place + a + b + "0" * (9 - place))
        == verhoeff_digit("0" * place + b + a + "0" * (9 - place))
    ]
    assert same == []


@pytest.mark.parametrize(
    "typed", ["", "12345678901", "1234567890123", "12345678901x", "۱۲۳۴ ۵۶۷۸ ۹۰۱²", "+12345678901"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_tracking_code(typed)
    assert (refusal.value.code, refusal.value.values) == ("code_shape", {"digits": 12})


def test_codes_are_shown_by_fours() -> None:
    assert group_code("123456789012") == "1234\u00a05678\u00a09012"


def test_new_passcodes_are_of_the_alphabet_and_read_back() -> None:
    made = {new_passcode() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(passcode) for passcode in made} == {8}
    assert set("".join(made)) == set(PASSCODE_ALPHABET)
    assert {parse_passcode(passcode.lower()) for passcode in made} == made


def test_the_alphabet_has_no_lookalikes() -> None:
    assert (len(PASSCODE_ALPHABET), set("ILOU") & set(PASSCODE_ALPHABET)) == (32, set())


@given(st.text(PASSCODE_ALPHABET, min_size=8, max_size=8))
def test_a_passcode_is_read_in_persian_digits_small_letters_and_with_dashes(passcode: str) -> None:
    persian = passcode.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")).lower()
    assert parse_passcode(f"{persian[:4]} - {persian[4:]}") == passcode


def test_lookalikes_of_one_and_zero_are_forgiven() -> None:
    assert parse_passcode("iIlL oO0O") == "11110000"
