"""What a person thought of the service, in one tap."""

from typing import Final

from bot.part import Part

PART: Final = Part()
