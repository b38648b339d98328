"""Lists on pages: how many rows a page has, the row that turns it, and the numbers that open its rows."""

from collections.abc import Sequence
from typing import TypeVar

from bot.screen import Button, Rows
from messages_fa import buttons
from messages_fa.form import shortened

T = TypeVar("T")

PAGE = 8
"""Rows on a page of a list."""
_ABREAST = 4
_NAMED_ABREAST = 2
_LONGEST_NAME = 20
"""Characters of a name on a key."""


def pages(page: int, total: int, prefix: str, suffix: str = "") -> Rows:
    """The row that turns the pages of a list of `PAGE` rows each; none where there is one page.

    Args:
        page: the one shown, from 0.
        total: rows of the whole list.
        prefix: what the action begins with, before the number of the page.
        suffix: what it ends with, after it.
    """
    earlier = (Button(buttons.PREVIOUS, f"{prefix}:{page - 1}{suffix}"),) if page else ()
    later = (Button(buttons.NEXT, f"{prefix}:{page + 1}{suffix}"),) if (page + 1) * PAGE < total else ()
    return ((*earlier, *later),) if earlier or later else ()


def on_page(rows: Sequence[T], page: int) -> Sequence[T]:
    """The rows of a page (from 0)."""
    return rows[page * PAGE : (page + 1) * PAGE]


def how_many(total: int) -> int:
    """How many pages so many rows take; an empty list has one."""
    return max(1, -(-total // PAGE))


def first_on(page: int) -> int:
    """The number of the first row of a page (from 0): they go on from page to page."""
    return page * PAGE + 1


def numbers(actions: Sequence[str], first: int = 1) -> Rows:
    """«مورد ۱», «مورد ۲» …: one for each row of the page, a few abreast."""
    opening = tuple(Button(buttons.numbered(n), action) for n, action in enumerate(actions, first))
    return _abreast(opening, _ABREAST)


def named(rows: Sequence[tuple[str, str]], first: int) -> Rows:
    """«مورد ۱ · حسن یوسفی» …: one for each (name, action), so that a key says whose it is."""
    opening = tuple(
        Button(buttons.numbered(n, shortened(name, _LONGEST_NAME)), action)
        for n, (name, action) in enumerate(rows, first)
    )
    return _abreast(opening, _NAMED_ABREAST)


def _abreast(keys: tuple[Button, ...], most: int) -> Rows:
    return tuple(keys[i : i + most] for i in range(0, len(keys), most))
