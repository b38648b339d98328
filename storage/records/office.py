"""What the office has set."""

from dataclasses import dataclass
from datetime import datetime

from domain.settings import Value


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting as it was set by somebody (None: by the command line) at a moment; `id` is its row."""

    name: str
    value: Value
    set_by: int | None
    set_at: datetime
    id: int = 0
