"""The words that mean a deed wherever they stand: commands, names of the menu, and buttons that are typed."""

from collections.abc import Callable
from functools import partial
from typing import Final

from bot import actions
from bot.handlers import (
    answering,
    desk,
    forms,
    links,
    mine,
    people,
    proposals,
    review,
    settings,
    start,
    tracking,
)
from bot.part import Act
from bot.parts import PARTS
from bot.turn import Turn
from messages_fa import buttons, general
from messages_fa.markup import Text
from persian.text import key


def _in_form(label: str, action: str, otherwise: Callable[[], Text]) -> Act:
    """A reserved word: the button of that name on the screen, else what the word always does in a form."""

    def act(turn: Turn) -> None:
        if forms.current(turn) is None:
            turn.tell(otherwise())
        else:
            actions.carry_out(turn, answering.press(turn, answering.labelled(turn, label) or action))

    return act


IN_FORM: Final[dict[str, Act]] = {
    "cancel": _in_form(buttons.CANCEL, "x", general.nothing_to_cancel),
    "back": _in_form(buttons.BACK, "b", general.nothing_to_go_back_in),
}
COMMANDS: Final[dict[str, Act]] = {
    "start": start.greet,
    "menu": start.menu,
    "help": start.help_,
    "new": proposals.new,
    "drafts": proposals.show_drafts,
    "mine": mine.show,
    "queue": desk.show_queue,
    "people": people.show_people,
    "settings": settings.show_settings,
    "track": tracking.prompt,
    "link": links.offer,
    **IN_FORM,
    **{name: act for part in PARTS for name, act in part.commands.items()},
}
ENTRIES: Final = {entry.command: entry for entry in start.MENU}
ASIDES: Final = frozenset({"drafts", "mine", "queue", "people", "settings", "link", "track"}).union(
    *(part.asides for part in PARTS)
)
"""Look-ups in the middle of a form: answered, and a line under them leads back to the form."""

WORDS: Final = {key(entry.label): entry.command for entry in start.MENU} | {
    key(buttons.MENU): "menu",
    key(buttons.CANCEL): "cancel",
    key(buttons.BACK): "back",
    key(buttons.MY_DATA): "mydata",
}
"""Words that are read before any answer, in every state."""

PUSHED: Final[dict[str, Act]] = {
    key(buttons.OPEN_CASE): desk.open_waiting,
    key(buttons.CORRECT): proposals.correct_returned,
    key(buttons.AGAIN): proposals.again_typed,
    key(buttons.AGREE): review.agree_too_early,
    key(buttons.UNFOLLOW): tracking.prompt,
    key(buttons.STEPS): tracking.prompt,
    key(buttons.SEARCH): mine.ask,
    key(buttons.LINK): links.offer,
    key(buttons.ACCOUNTS): links.show,
    **{key(label): partial(desk.show_filtered, which=which) for which, label in desk.FILTERS.items()},
    **{key(label): act for part in PARTS for label, act in part.words.items()},
}
"""Buttons typed though the screen that the person drew has none: of messages that come by themselves, and
«موافقت» while conditions are open."""
