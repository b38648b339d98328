"""Working days and office hours as people type them: «۳ روز کاری», «8 ساعت اداری», «سه روز», «3d»."""

import re
from typing import Final, Literal

from persian.errors import Unreadable
from persian.numbers import parse_whole
from persian.text import key

Unit = Literal["days", "hours"]

_UNITS: Final[dict[str, Unit]] = {"روز": "days", "d": "days", "ساعت": "hours", "h": "hours"}
_OWN: Final[dict[Unit, str]] = {"days": "کاری", "hours": "اداری"}
_SPAN: Final = re.compile(r"(?P<count>.+?) ?(?P<unit>روز|ساعت|[dh])(?: ?(?P<own>کاری|اداری))?")


def parse_span(text: str) -> tuple[int, Unit, bool]:
    """Read so many working days or office hours.

    Returns:
        How many, of what, and whether it was typed in full or in short («۳ روز کاری», «3d»): a bare «۳ روز»
        must be read back.

    Raises:
        Unreadable: `span_without_unit` for a mere number, else `span_not_understood`, also for none and for
            «روز اداری» and «ساعت کاری», of which nobody can tell what is meant.
    """
    typed = key(text)
    found = _SPAN.fullmatch(typed)
    count = _whole(found["count"] if found else typed)
    if found is None and count:
        raise Unreadable("span_without_unit")
    if found is None or not count:
        raise Unreadable("span_not_understood")
    unit, own = _UNITS[found["unit"]], found["own"]
    if own not in {None, _OWN[unit]}:
        raise Unreadable("span_not_understood")
    return count, unit, own is not None or found["unit"] in {"d", "h"}


def _whole(words: str) -> int:
    try:
        return parse_whole(words)
    except Unreadable:
        return 0
