"""What people type, line by line in corpus.tsv, and what becomes of it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from persian.codes import parse_passcode, parse_tracking_code
from persian.dates import jalali
from persian.errors import Unreadable
from persian.identifiers import parse_legal_id, parse_letter_number, parse_mobile, parse_national_id
from persian.money import parse_amount
from persian.numbers import parse_whole
from persian.typed_dates import parse_date

TODAY = dt.date(2026, 10, 1)  # ۱۴۰۵/۰۷/۰۹, a Thursday


def read_amount(typed: str) -> str:
    amount = parse_amount(typed)
    return f"{amount.rials:d} {'plain' if amount.plain else 'confirm'}"


def read_date(typed: str) -> str:
    day = parse_date(typed, today=TODAY)
    year, month, number = jalali(day.date)
    return f"{year:04d}/{month:02d}/{number:02d} {'plain' if day.plain else 'confirm'}"


READERS: dict[str, Callable[[str], object]] = {
    "amount": read_amount,
    "number": parse_whole,
    "date": read_date,
    "national_id": parse_national_id,
    "legal_id": parse_legal_id,
    "mobile": parse_mobile,
    "letter": parse_letter_number,
    "code": parse_tracking_code,
    "passcode": parse_passcode,
}


def rows() -> list[tuple[str, str, str]]:
    lines = Path(__file__).with_name("corpus.tsv").read_text(encoding="utf-8").splitlines()
    cells = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    return [(kind, unescaped(typed), expected) for kind, typed, expected in cells]


def unescaped(typed: str) -> str:
    seen = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), typed)
    return seen.replace("\\n", "\n")


def outcome(kind: str, typed: str) -> str:
    try:
        return str(READERS[kind](typed))
    except Unreadable as refusal:
        return f"!{refusal.code}"


@pytest.mark.parametrize(("kind", "typed", "expected"), rows())
def test_what_is_typed_becomes_what_the_corpus_says(kind: str, typed: str, expected: str) -> None:
    assert outcome(kind, typed) == expected


def test_the_corpus_is_large_has_every_kind_and_no_line_twice() -> None:
    read = rows()
    assert len(read) >= 550
    assert {kind for kind, _, _ in read} == set(READERS)
    assert [line for line, times in Counter(row[:2] for row in read).items() if times > 1] == []
