"""What the handlers are given at start: the messengers in use, and the settings of the office."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from bot.platforms.platform import Platform
from bot.room import Room


@dataclass(frozen=True, slots=True)
class Office:
    """The wiring that every turn shares.

    Attributes:
        platforms: the messengers served by this process, by name.
        bots: the user name of the bot on each of them, for deep links; filled in as they answer.
        room: what is known of the room on the disk.
    """

    platforms: Mapping[str, Platform]
    bots: MutableMapping[str, str] = field(default_factory=dict)
    room: Room = field(default_factory=Room)

    def link(self, platform: str, payload: str) -> str:
        """A deep link into the bot on this platform; empty while the bot's name is not known."""
        bot = self.bots.get(platform, "")
        return self.platforms[platform].link(bot, payload) if bot else ""
