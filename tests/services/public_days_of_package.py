"""The public holidays as the package `holidays` knows them: what services/public_days.tsv is written from.

After an upgrade of the package: `.venv/bin/python tests/services/public_days_of_package.py`, and look at the
difference. Years that are over stay as they were.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from holidays.constants import HOLIDAY_NAME_DELIMITER
from holidays.countries.iran import Iran

from persian.text import clean, to_persian_digits

YEARS: Final = range(2025, 2061)
FILE: Final = Path(__file__).parents[2] / "services" / "public_days.tsv"

_ESTIMATED: Final = "(تخمینی)"
_NAME_LIMIT: Final = 100
"""Characters: a technical bound."""


def table() -> str:
    """The whole file: a line for each day, with its date, `sure` or `estimated`, and its name."""
    return "".join(f"{line}\n" for year in YEARS for line in _lines(year))


def _lines(year: int) -> Iterator[str]:
    for day, name in sorted(Iran(years=[year], observed=False, language="fa_IR").items()):
        yield "\t".join((day.isoformat(), "sure" if _is_sure(name) else "estimated", _name(name)))


def _is_sure(name: str) -> bool:
    """Whether any of the holidays that fall on a day is sure: an estimated one makes no other doubtful."""
    return any(_ESTIMATED not in part for part in name.split(HOLIDAY_NAME_DELIMITER))


def _name(name: str) -> str:
    parts = name.replace(_ESTIMATED, "").replace("؛", ";").split(";")
    return to_persian_digits(clean("، ".join(" ".join(part.split()) for part in parts), limit=_NAME_LIMIT))


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
