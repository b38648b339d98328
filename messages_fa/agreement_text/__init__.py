"""The agreement as the customer gave it, letter for letter: `1.md` is its first version."""

from pathlib import Path
from typing import Final

FIRST: Final = (Path(__file__).parent / "1.md").read_text("utf-8")
"""The first version, in its own spelling; `domain.agreement.parse` reads it."""
