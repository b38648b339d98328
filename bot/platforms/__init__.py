"""What differs between the messengers, as data, and the way to speak to their servers."""

from bot.platforms.bale import BALE
from bot.platforms.platform import Platform, Unparsable
from bot.platforms.telegram import TELEGRAM

PLATFORMS: dict[str, Platform] = {platform.name: platform for platform in (BALE, TELEGRAM)}

__all__ = ["BALE", "PLATFORMS", "TELEGRAM", "Platform", "Unparsable"]
