"""Proofs of reliability: `python -m benchmarks.proofs`; each is one function with a long and a short form.

They live in the worlds of the tests, so that there is one way to stand up a bot, a store or an office.
"""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_WORLDS: Final = ("", "pipeline", "processes", "services", "journeys")

for _folder in _WORLDS:
    if (_path := str(ROOT / "tests" / _folder)) not in sys.path:
        sys.path.append(_path)
