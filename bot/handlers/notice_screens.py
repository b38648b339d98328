"""The screens of a notice that its handlers share: its card, and a question beside it."""

from bot import broadcast
from bot import notice_view as view
from bot.screen import Rows, Screen
from bot.turn import Turn
from messages_fa.markup import Text
from storage.records.notices import Notice


def show(turn: Turn, notice_id: int) -> None:
    """The card of the notice, as it stands now."""
    notice = turn.work.notices.get(notice_id)
    turn.show(view.card(turn.work, turn.office, notice, turn.actor.person_id), slot=view.slot(notice_id))


def ask(turn: Turn, notice: Notice, text: Text, keys: Rows) -> None:
    """A question in a message of its own: the card goes on changing while its notice is sent."""
    turn.shown = True
    turn.show(Screen(text, keys), slot=f"{view.slot(notice.id)}:ask")


def redraw(turn: Turn, notice_id: int) -> None:
    """Bring the cards of the other admins up to date."""
    broadcast.redraw(turn.work, turn.office, turn.work.notices.get(notice_id), but=turn.place)
