"""Lists on pages: how many rows a page has, the row that turns it, and the numbers that open its rows."""

from collections.abc import Sequence

from bot.screen import Button, Rows
from messages_fa import buttons

PAGE = 8
"""Rows on a page of a list."""
_ABREAST = 4


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


def numbers(actions: Sequence[str]) -> Rows:
    """«مورد ۱», «مورد ۲» …: one for each row of the page, a few abreast."""
    opening = tuple(Button(buttons.numbered(n), action) for n, action in enumerate(actions, 1))
    return tuple(opening[i : i + _ABREAST] for i in range(0, len(opening), _ABREAST))
