"""Lists that a person turns page by page."""


def page_at(asked: int, rows: int, size: int) -> int:
    """The page to show, from 0: the one that was asked for, or the last where that lies behind the end."""
    return min(asked, max(0, rows - 1) // size)
