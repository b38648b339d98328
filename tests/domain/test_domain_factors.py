"""The throttle of second factors, and the digits that people type for them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.throttle import FACTOR_BY_PERSON, Counter, after_miss, blocked
from persian.codes import parse_pin
from persian.errors import Unreadable

NOW = datetime(2026, 10, 1, tzinfo=UTC)


@given(st.integers(min_value=1, max_value=40))
def test_five_wrong_codes_are_followed_by_a_quarter_of_an_hour_and_each_further_one_doubles_it(
    n: int,
) -> None:
    counter: Counter | None = None
    for _ in range(n):
        counter = after_miss(FACTOR_BY_PERSON, counter, NOW)
    waits = [timedelta(minutes=min(15 * 2 ** (n - 5), 24 * 60))] if n >= 5 else []
    assert [until - NOW for until in [blocked(counter, NOW)] if until] == waits


@given(st.from_regex("[0-9]{6}", fullmatch=True), st.sampled_from(["", " ", "-", "\u200f"]))
def test_six_digits_are_read_in_any_script_and_spacing(digits: str, between: str) -> None:
    persian = digits.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert [parse_pin(between.join(text)) for text in (digits, persian)] == [digits, digits]


@given(st.text(max_size=12).filter(lambda text: sum(c.isdigit() for c in text) != 6))
def test_nothing_else_is_read(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_pin(text)
    assert refused.value.code == "pin_shape"
