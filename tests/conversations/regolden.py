"""Write golden.txt anew: `python tests/conversations/regolden.py`; read the difference before keeping it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from conversation_golden import GOLDEN, golden_text

GOLDEN.write_text(golden_text(), encoding="utf-8")
