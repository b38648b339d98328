"""Check digits of identifiers, what a refusal tells, and what a mask leaves to be seen."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from persian.errors import Unreadable
from persian.identifiers import (
    mask_id,
    parse_legal_id,
    parse_letter_number,
    parse_mobile,
    parse_national_id,
)

NATIONAL = "0499370899 0084575948 1360001239 1371234566".split()  # noqa: SIM905 - as the rule lists them
LEGAL = "10380284790 10100387143 14001000090 14200001234".split()  # noqa: SIM905 - same


def refusal_of(read: object, text: str) -> tuple[str, dict[str, object]]:
    assert callable(read)
    with pytest.raises(Unreadable) as refusal:
        read(text)
    return refusal.value.code, refusal.value.values


@pytest.mark.parametrize("national_id", NATIONAL)
def test_every_other_check_digit_of_a_national_id_is_refused(national_id: str) -> None:
    for digit in set("0123456789") - {national_id[9]}:
        assert refusal_of(parse_national_id, national_id[:9] + digit) == ("national_id_check", {})


@pytest.mark.parametrize("legal_id", LEGAL)
def test_every_other_check_digit_of_a_legal_id_is_refused(legal_id: str) -> None:
    for digit in set("0123456789") - {legal_id[10]}:
        assert refusal_of(parse_legal_id, legal_id[:10] + digit) == ("legal_id_check", {})


@given(st.text("0123456789", min_size=9, max_size=9))
def test_every_national_id_has_exactly_one_check_digit(nine: str) -> None:
    assume(len(set(nine)) > 1)
    read = [digit for digit in "0123456789" if is_read(parse_national_id, nine + digit)]
    assert len(read) == (0 if nine[3:] == "000000" else 1)


@given(st.text("0123456789", min_size=10, max_size=10))
def test_every_legal_id_has_exactly_one_check_digit(ten: str) -> None:
    assume(len(set(ten)) > 1)
    assert len([digit for digit in "0123456789" if is_read(parse_legal_id, ten + digit)]) == 1


def is_read(read: object, text: str) -> bool:
    assert callable(read)
    try:
        return bool(read(text))
    except Unreadable:
        return False


def test_a_wrong_length_is_told() -> None:
    assert refusal_of(parse_national_id, "۱۲۳") == ("national_id_length", {"digits": 3})
    assert refusal_of(parse_legal_id, LEGAL[0] + "1") == ("legal_id_length", {"digits": 12})
    assert refusal_of(parse_letter_number, "۱" * 41) == (
        "letter_number_length",
        {"characters": 41, "limit": 40},
    )


def test_a_letter_number_may_have_forty_characters() -> None:
    assert parse_letter_number("۱" * 40) == "۱" * 40


@given(st.integers(0, 10**9 - 1), st.sampled_from(["09", "+989", "00989", "989", "9"]))
def test_a_mobile_is_the_same_with_every_prefix(rest: int, prefix: str) -> None:
    assert parse_mobile(f"{prefix}{rest:09d}") == f"09{rest:09d}"


@pytest.mark.parametrize(
    ("identifier", "masked"),
    [("1360001239", "۱۳۶•••۱۲۳۹"), ("10380284790", "۱۰۳••••۴۷۹۰"), ("1234567", "•••••••"), ("", "")],
)
def test_a_masked_identifier_hides_its_middle(identifier: str, masked: str) -> None:
    assert mask_id(identifier).replace("\u200e", "") == masked


def test_the_ends_of_a_masked_identifier_keep_their_order_beside_persian_text() -> None:
    assert mask_id("1360001239") == "۱۳۶\u200e•••\u200e۱۲۳۹"
