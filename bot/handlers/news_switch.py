"""«اعلان خبرها»: everybody switches news off and on for themselves; service notices come all the same."""

from bot.screen import Button, column
from bot.turn import Turn
from messages_fa import notices


def show_news(turn: Turn) -> None:
    """«اعلان خبرها»: whether news comes here, and the other way."""
    on = not turn.work.notices.off(_own(turn))
    key = Button(notices.NO_NEWS, "ntc:0:0:quiet") if on else Button(notices.WANT_NEWS, "ntc:0:0:hear")
    turn.tell(notices.news_switch(on=on), column(key))


def switch_news(turn: Turn, *, on: bool) -> None:
    """Get news from now on, or no more, in all chats of this person; service notices come all the same."""
    turn.work.notices.switch_news(_own(turn), on=on)
    turn.shown = True  # the news that was pressed stays as it is
    other = Button(notices.NO_NEWS, "ntc:0:0:quiet") if on else Button(notices.WANT_NEWS, "ntc:0:0:hear")
    turn.tell(notices.news_on() if on else notices.news_off(), column(other))


def _own(turn: Turn) -> tuple[tuple[str, int], ...]:
    """Every chat of whoever this is."""
    person_id = turn.actor.person_id
    chats = turn.work.people.chats_of(person_id) if person_id is not None else ()
    return tuple({turn.place, *((chat.platform, chat.chat_id) for chat in chats)})
