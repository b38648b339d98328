"""Imported before all else: while a process starts it makes no garbage, so nobody looks for any.

The collector would look through everything that is imported, again and again: a tenth of the start.
"""

import gc

gc.disable()


def settle() -> None:
    """What is there by now stays for good: from here on only what is newer is looked through.

    A collection of all would stop the loop for a tenth of a second.
    """
    gc.freeze()
    gc.enable()
