"""One turn of the conversation: what came in, who sent it, and the ways to answer, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.incoming import Aftermath, Incoming
from bot.office import Office
from bot.platforms.platform import Platform
from bot.post import post
from bot.screen import Rows, Screen
from domain.roles import Actor
from messages_fa import buttons
from messages_fa.markup import Text, say
from persian.text import key
from storage.records import SECRET, Chat, Lane, Outgoing
from storage.work import Work


class OldButton(Exception):  # noqa: N818 (named for what happened)
    """What was pressed fits nothing any more, or never did: nothing in a button is trusted."""


def number(text: str) -> int:
    """A number of ours from callback data.

    Raises:
        OldButton: it is none, or larger than any row's.
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise OldButton
    return int(text)


LONGEST_NUMBER = 18
"""Digits of the largest row number that every store holds."""


@dataclass(slots=True)
class Turn:
    """Everything a handler needs, and all it may touch.

    `chat` is the locked row of the chat; what a handler changes of it is saved when the turn ends. `proved`
    says that the person has given the second factor in this very turn, and `then` is the button that had
    waited for it: it is carried out next.
    """

    work: Work
    incoming: Incoming
    office: Office
    chat: Chat
    actor: Actor
    aftermath: Aftermath = field(default_factory=Aftermath)
    shown: bool = False
    proved: bool = False
    then: str | None = None

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """The messengers in use, by name."""
        return self.office.platforms

    @property
    def here(self) -> Platform:
        """The messenger of this chat."""
        return self.office.platforms[self.chat.platform]

    @property
    def place(self) -> tuple[str, int]:
        """This chat: its platform and its id."""
        return self.chat.platform, self.chat.chat_id

    @property
    def asker(self) -> tuple[str, int]:
        """Who asks, for throttles and grants: an account, known or not."""
        return self.incoming.platform, self.incoming.user_id

    def answer(self, text: str) -> None:
        """Answer the press with a short word (≤ 200 characters); what was typed is answered by a message."""
        if self.incoming.kind == "press":
            self.aftermath = Aftermath(answer=text)
        else:
            self.tell(say("{text}", text=text))

    def show(self, screen: Screen, *, slot: str = "screen") -> None:
        """Show a screen: in place of the pressed message after a press, as a new message otherwise."""
        self.remember(screen.rows)
        edits = self.incoming.kind == "press" and not self.shown
        message_id = self.incoming.message_id if edits else None
        self.post(self.chat.platform, self.chat.chat_id, screen, slot=slot, edit=edits, message_id=message_id)
        self.shown = True

    def tell(self, text: Text, rows: Rows = (), *, slot: str | None = None) -> None:
        """Send a new message to this chat."""
        if rows:
            self.remember(rows)
        self.post(self.chat.platform, self.chat.chat_id, Screen(text, rows), slot=slot)

    def post(
        self,
        platform: str,
        chat_id: int,
        screen: Screen,
        *,
        lane: Lane = Lane.REPLIES,
        slot: str | None = None,
        purpose: str | None = None,
        edit: bool = False,
        message_id: int | None = None,
    ) -> None:
        """Put a message for any chat into the outbox; see `bot.post.post`."""
        post(
            self.work,
            self.office,
            platform,
            chat_id,
            screen,
            lane=lane,
            slot=slot,
            purpose=purpose,
            edit=edit,
            message_id=message_id,
        )

    def call(self, method: str, **params: object) -> None:
        """Put a bare call of the Bot API about this chat into the outbox, after what was put before."""
        self.call_bare(method, chat_id=self.chat.chat_id, **params)

    def take_away(self, *, ask: bool = True) -> None:
        """What was typed held a secret, or was meant to: it leaves the chat.

        Args:
            ask: whether the person is asked to delete it, if the platform does not.
        """
        self.call("deleteMessage", message_id=self.incoming.message_id, **{SECRET: ask})

    def call_bare(self, method: str, **params: object) -> None:
        """The same for a method that takes no chat_id."""
        self.work.outbox.add(
            Outgoing(self.chat.platform, self.chat.chat_id, Lane.REPLIES, method, dict(params))
        )

    def remember(self, rows: Rows) -> None:
        """Keep the labels now on screen, so that they can also be typed."""
        labels = [[button.label, button.action] for row in rows for button in row if button.action]
        self.chat = replace(self.chat, shown={"buttons": labels})

    def labelled(self, text: str) -> str | None:
        """The action of the button on screen that bears this label or number, if there is exactly one.

        Of several with the number («ادامه ۲», «حذف ۲») the first is meant, which never takes anything away.
        """
        wanted, shown = key(text), (self.chat.shown or {}).get("buttons", [])
        found = {action for label, action in shown if wanted in {key(label), key(_head(label))}}
        if found:
            return found.pop() if len(found) == 1 else None
        number = wanted.rstrip(".")
        return next((action for label, action in shown if number in _numbers(label)), None)

    def turn_page(self) -> int:
        """Begin a new live screen: buttons of earlier ones are old from now on."""
        self.chat = replace(self.chat, screen=self.chat.screen + 1)
        return self.chat.screen


def _head(label: str) -> str:
    """A label without whom it is about: «مورد ۳» of «مورد ۳ · حسن یوسفی»."""
    return label.partition(buttons.NAMED)[0]


def _numbers(label: str) -> tuple[str, ...]:
    """The number a label begins or ends with, in Latin digits: «مورد ۳», «۲. نوع بدهی»."""
    words = key(_head(label)).split()
    ends = (words[0].rstrip("."), words[-1]) if words else ()
    return tuple(word for word in ends if word.isascii() and word.isdecimal())
