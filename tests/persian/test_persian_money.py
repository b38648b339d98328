"""Amounts: words and figures say the same number, and the likeliest error is a factor of ten."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.errors import Unreadable
from persian.money import Amount, Rials, grouped, parse_amount, toman_words, words
from persian.numbers import parse_whole

LARGEST = 10**15 - 1
amounts = st.one_of(
    st.integers(0, LARGEST),
    st.integers(0, 10_000),
    # Round amounts, with empty groups in the middle, are what people owe.
    st.builds(lambda lead, zeros: lead * 10**zeros, st.integers(1, 999), st.integers(0, 12)),
    st.builds(lambda high, low: high * 10**6 + low, st.integers(1, 999_999), st.integers(0, 999)),
)


@given(amounts)
def test_an_amount_in_words_is_read_back_as_the_same_amount_and_asks_to_be_confirmed(n: int) -> None:
    assert parse_amount(words(n)) == Amount(Rials(n), plain=False)
    assert parse_amount(f"{words(n)} ریال") == Amount(Rials(n), plain=False)


@given(amounts, st.sampled_from(["\u200c", "", "  ", "\u00a0", "\n"]))
def test_an_amount_in_words_is_the_same_however_the_words_are_put_together(n: int, between: str) -> None:
    written = words(n).replace(" ", between).replace("ی", "ي").replace("ک", "ك")
    assert parse_amount(written) == Amount(Rials(n), plain=False)


@given(
    amounts,
    st.sampled_from(",٬،_ \u00a0\u202f\u200c"),
    st.sampled_from(["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "0123456789"]),
)
def test_an_amount_in_figures_is_the_same_with_every_separator_and_every_script(
    n: int, separator: str, script: str
) -> None:
    written = f"{n:,}".translate(str.maketrans("0123456789,", script + separator))
    assert parse_amount(f"\u200f{written} ریال\u200e") == Amount(Rials(n), plain=True)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([("میلیون", 10**6), ("میلیارد", 10**9)]))
def test_a_broken_number_of_millions_is_whole_rials(whole: int, part: int, unit: tuple[str, int]) -> None:
    name, scale = unit
    figures = f"{whole}٫{part:03d}0"  # four decimals: three could be a group of thousands
    assert parse_amount(f"{figures} {name}") == Amount(
        Rials((whole * 1000 + part) * scale // 1000), plain=False
    )


@given(amounts)
def test_an_amount_in_grouped_figures_is_plain(n: int) -> None:
    assert parse_amount(grouped(n)) == Amount(Rials(n), plain=True)
    assert parse_amount(f"{n} ریال") == Amount(Rials(n), plain=True)


@given(st.integers(0, LARGEST // 10))
def test_tomans_are_ten_rials_in_figures_and_in_words(tomans: int) -> None:
    expected = Amount(Rials(tomans * 10), plain=False)
    assert parse_amount(f"{grouped(tomans)} تومان") == expected
    assert parse_amount(toman_words(Rials(tomans * 10))) == expected


@given(amounts)
def test_whole_numbers_are_read_in_words_and_figures(n: int) -> None:
    assert [parse_whole(text) for text in (words(n), grouped(n), str(n))] == [n, n, n]


@given(st.text("0123456789۰۱۲٣,٬.٫/_ -+وهزار\u200cمیلیونتریدصکجپنb²"))
def test_whatever_is_typed_is_an_amount_in_range_or_a_known_refusal(text: str) -> None:
    try:
        amount = parse_amount(text)
    except Unreadable as refusal:
        assert re.fullmatch("amount_(empty|negative|fraction|too_large|not_understood)", refusal.code)  # noqa: PT017 - either way is right
    else:
        assert 0 <= amount.rials <= LARGEST


@given(st.text("0123456789", min_size=1, max_size=30), st.text("0123456789", min_size=1, max_size=8))
def test_a_decimal_is_never_read_as_plain_rials(whole: str, part: str) -> None:
    with pytest.raises(Unreadable):
        parse_amount(f"{whole}.{part}")


def test_an_amount_that_is_too_large_tells_the_limit() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_amount("۱۰۰٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰ تومان")
    assert (refusal.value.code, refusal.value.values) == ("amount_too_large", {"limit": 10**15})


def test_a_refusal_does_not_carry_what_was_typed() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_amount("راز من ۵")
    assert (str(refusal.value), refusal.value.values) == ("amount_not_understood", {})


def test_a_flood_of_digits_or_words_is_refused_at_once() -> None:
    for flood in ("9" * 5000, "صد و " * 5000, "1," * 5000, "\u200c" * 100_000 + "x"):
        with pytest.raises(Unreadable, match="amount_not_understood"):
            parse_amount(flood)


def test_amounts_are_read_as_rials_by_type() -> None:
    assert type(parse_amount("12").rials) is Rials


@pytest.mark.parametrize(
    ("n", "figures"),
    [(0, "۰"), (999, "۹۹۹"), (1000, "۱٬۰۰۰"), (12345678, "۱۲٬۳۴۵٬۶۷۸"), (-5000, "منفی ۵٬۰۰۰")],
)
def test_numbers_are_grouped_by_threes_in_persian_digits(n: int, figures: str) -> None:
    assert grouped(n) == figures


@pytest.mark.parametrize(
    ("n", "formal"),
    [
        (0, "صفر"),
        (18, "هجده"),
        (100, "یکصد"),
        (1000, "یک هزار"),
        (150_000_000, "یکصد و پنجاه میلیون"),
        (2_000_500, "دو میلیون و پانصد"),
        (1_200_000_000, "یک میلیارد و دویست میلیون"),
        (10**12, "یک تریلیون"),
    ],
)
def test_words_are_formal(n: int, formal: str) -> None:
    assert words(n) == formal


@pytest.mark.parametrize("n", [-1, 10**15])
def test_there_are_no_words_outside_the_range(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        words(n)


@pytest.mark.parametrize(
    ("rials", "spoken"),
    [
        (150_000_000, "پانزده میلیون تومان"),
        (15, "یک تومان و پنج ریال"),
        (5, "پنج ریال"),
        (0, "صفر تومان"),
    ],
)
def test_tomans_are_spoken_with_what_remains_in_rials(rials: int, spoken: str) -> None:
    assert toman_words(Rials(rials)) == spoken
