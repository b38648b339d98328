"""What a person wrote is no link, mention or command of ours: a messenger must not make it one by itself.

Messengers look for these in every text and make them tappable, under the office's name. A mark that shows
nothing, at the one place that makes them what they are, leaves them a text. Numbers, dates and letter numbers
are let be, and so are the file names that people send.
"""

import re
from typing import Final

BREAK: Final = "\u2060"
"""WORD JOINER: neither seen nor a place where a line may end, and none of our own texts needs it."""

_OCTET: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
# A sentence often ends without a space in Persian: of its own letters only what is a domain counts as one.
_PERSIAN: Final = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff"
_DOMAINS: Final = (
    "ایران|همراه|بازار|موقع|عراق|عرب|عمان|قطر|مصر|تونس|سودان|امارات|اتصالات|پاکستان|المغرب|الاردن|الجزائر"
)
_FILES: Final = "(?i:pdf|png|jpe?g)"

_TAPPED: Final = re.compile(
    rf"""
      @ (?=[0-9_-]*[A-Za-z])                            # @name, name@example.ir
    | / (?<![\w/<>]/) (?=[0-9_]*[A-Za-z])               # /command
    | \# (?<!\w\#) (?=[\d_]*[^\W\d_])                   # #tag
    | \$ (?<!\w\$) (?=[A-Z])                            # $TAG
    | : (?<=[A-Za-z]:) (?=//)                           # https://
    | \. (?<=[^\s.]\.) (?!{_FILES}\b) (?=[^\W\d_{_PERSIAN}]{{2}} | (?:{_DOMAINS})(?!\w))   # example.ir
    | \. (?<=[0-9]\.) (?={_OCTET}\.{_OCTET}\.{_OCTET}(?![0-9]))                            # 192.0.2.1
    """,
    re.VERBOSE,
)


def untappable(text: str) -> str:
    """The text with a `BREAK` in whatever a messenger would make tappable; any other text as it is.

    Without the breaks it is the same text again, and cleaning takes them out.
    """
    return _TAPPED.sub(rf"\g<0>{BREAK}", text)
