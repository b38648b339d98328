"""The second factor: enrolling, and being asked for it."""

from typing import Final

from bot.part import Part
from bot.turn import Turn


def signed(turn: Turn, action: str) -> bool:  # noqa: ARG001 - nobody can enrol yet, so nobody is asked
    """Whether the person may go on now with something that is signed: a decision, a broadcast.

    Otherwise the second factor is asked for, and once it is given the button `action` is carried out as if
    it had been pressed now.

    Args:
        turn: this turn.
        action: the callback data of what is to be done.
    """
    return True


PART: Final = Part()
