"""What every area keeps values in."""

from enum import Enum
from typing import Any, Final, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""An object that `json` can write: keys are text."""


class Keep(Enum):
    """The type of `KEEP`, which leaves a column as it is where None is a value of its own."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP
