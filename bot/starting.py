"""Imported before all else: while a process starts it makes no garbage, so nobody looks for any.

The collector would look through everything that is imported, again and again: a tenth of the start.
"""

import gc
import sys
from typing import Final

SWITCH_SECONDS: Final = 0.001
"""How long one thread keeps the interpreter while another waits for it; by default five times as long.

The mark of a sent message would wait so long at each of its steps; a kill before it sends the message twice.
"""

gc.disable()


def settle() -> None:
    """What is there by now stays for good: from here on only what is newer is looked through.

    A collection of all would stop the loop for a tenth of a second. From here on threads take turns, too.
    """
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
