"""Greeting, the main menu, help, the commands of a role, and leaving groups."""

from dataclasses import dataclass, replace

from bot.handlers import forms, waiting
from bot.screen import Button, Screen
from bot.turn import Turn
from domain.authority import Deed, plays
from domain.roles import STOOD_IN_FOR, Actor
from messages_fa import buttons, calendar, commands, general, links
from messages_fa.markup import Text
from messages_fa.names import ROLES
from services import settings


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the main menu: its fixed label, its command, and what it opens (None: for everybody)."""

    label: str
    command: str
    deed: Deed | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether this person has it, by the roles of this moment."""
        return self.deed is None or plays(actor, self.deed)


MENU = (
    Entry(buttons.NEW, "new", Deed.FILE),
    Entry(buttons.DRAFTS, "drafts", Deed.FILE),
    Entry(buttons.MINE, "mine", Deed.FILE),
    Entry(buttons.QUEUE, "queue", Deed.QUEUE),
    Entry(buttons.COMPLAINTS, "complaints", Deed.COMPLAINTS),
    Entry(buttons.NOTICES, "notices", Deed.NOTICES),
    Entry(buttons.PEOPLE, "people", Deed.PEOPLE),
    Entry(buttons.SETTINGS, "settings", Deed.SETTINGS),
    Entry(buttons.REPORT, "report", Deed.REPORTS),
    Entry(buttons.AUDIT, "audit", Deed.AUDIT),
    Entry(buttons.TRACK, "track"),
    Entry(buttons.COMPLAIN, "complaint"),
    Entry(buttons.TERMS, "terms"),
    Entry(buttons.STATUS, "status"),
    Entry(buttons.HELP, "help"),
)
"""The main menu, in order."""


def entries(actor: Actor) -> tuple[Entry, ...]:
    """The entries that this person has, by the roles of this moment."""
    return tuple(entry for entry in MENU if entry.is_for(actor))


def keyboard(actor: Actor) -> tuple[tuple[str, ...], ...]:
    """The labels of the main menu, two in a row."""
    labels = [entry.label for entry in entries(actor)]
    return tuple(tuple(labels[i : i + 2]) for i in range(0, len(labels), 2))


def with_menu(turn: Turn, text: Text) -> None:
    """Send a text together with the main menu."""
    turn.post(turn.chat.platform, turn.chat.chat_id, Screen(text, keyboard=keyboard(turn.actor)))


def greet(turn: Turn) -> None:
    """/start: who you are here, the menu, and the open form's question again if there is one."""
    if turn.actor.person_id is None:
        with_menu(turn, general.greeting_stranger())
    else:
        roles = sorted({ROLES[grant.role] for grant in turn.actor.grants})
        with_menu(turn, general.greeting(turn.actor.name, roles))
    forms.prompt_again(turn)


def greet_lost(turn: Turn) -> None:
    """/start with something that no deep link of ours carries: what to do instead."""
    turn.tell(general.link_not_understood())
    greet(turn)


def menu(turn: Turn) -> None:
    """«منو»."""
    with_menu(turn, general.menu())
    forms.prompt_again(turn)


def help_(turn: Turn) -> None:
    """«راهنما»."""
    with_menu(
        turn,
        general.help_text(
            [entry.label for entry in entries(turn.actor)], settings.text(turn.work, "contact")
        ),
    )
    if turn.actor.grants:
        accounts = (Button(buttons.LINK, "l:new:"), Button(buttons.ACCOUNTS, "l:list:"))
        secrets = (Button(buttons.FACTOR, "sgn:menu:"), Button(buttons.FORGOTTEN, "rst:how:"))
        stands_in = Button(buttons.MY_SUBSTITUTE, "ppl:subs:0")
        own = (stands_in,) if turn.actor.own & STOOD_IN_FOR else ()
        own = (*own, Button(buttons.MY_DATA, "dta:menu:0"))
        turn.tell(links.about(), (accounts, secrets, own))
    waiting.remind(turn)


def set_commands(turn: Turn) -> None:
    """Give this chat the commands of its roles, where the platform has such a menu."""
    if turn.here.has_commands_menu:
        turn.call_bare(
            "setMyCommands",
            commands=bot_commands(turn.actor),
            scope={"type": "chat", "chat_id": turn.chat.chat_id},
        )


def bot_commands(actor: Actor) -> list[dict[str, str]]:
    """The commands of somebody with these roles, as setMyCommands takes them."""
    own = [{"command": entry.command, "description": entry.label} for entry in entries(actor)]
    if plays(actor, Deed.CALENDAR):
        own.append({"command": "calendar", "description": calendar.TITLE})
    if actor.grants:
        own.append({"command": "link", "description": buttons.LINK})
    return own + [{"command": name, "description": told} for name, told in commands.EVERYWHERE.items()]


def leave_group(turn: Turn) -> None:
    """Say once that this works in private chats only, and leave."""
    if (turn.chat.shown or {}).get("left") and turn.incoming.kind != "joined_group":
        return
    turn.tell(general.private_only())
    turn.call("leaveChat")
    turn.chat = replace(turn.chat, shown={"left": True})
