"""The screen of the open form: drawn in place or as a new message, one at a time in a chat."""

from collections.abc import Callable

from bot.conversations.attached import goes_on
from bot.conversations.engine import Outcome
from bot.conversations.form import Form
from bot.conversations.show import screen_of
from bot.handlers import alike, held
from bot.handlers.scopes import scope_of
from bot.screen import Screen
from bot.turn import Turn
from messages_fa.markup import Text


def show(turn: Turn, form: Form, outcome: Outcome, *, fresh: bool = False) -> None:
    """Show what the form asks next, or the warning that the same debt is dealt with already.

    Args:
        turn: this turn.
        form: the open form of this chat.
        outcome: where it stands, with what is to be said of the last answer.
        fresh: as a new message, whatever was pressed.
    """
    found = alike.open_about(turn, form, outcome.position)
    if found is not None:
        number, note = turn.chat.form_id or 0, outcome.note or Text()
        show_as(turn, lambda act: alike.warning(found, number, note, act), fresh=fresh)
        return
    scope = scope_of(turn, form)
    in_place = turn.incoming.kind == "file" and goes_on(outcome.position)
    show_as(
        turn,
        lambda act: screen_of(form, outcome.position, scope, outcome, act),
        fresh=fresh,
        in_place=in_place,
    )


def show_as(
    turn: Turn, draw: Callable[[Callable[[str], str]], Screen], *, fresh: bool = False, in_place: bool = False
) -> None:
    """Show a live screen: its buttons carry a new serial, so that those of earlier screens are old.

    In place of the pressed prompt, or of the one that stands; otherwise as a new message, and then the
    buttons of the one that stood go.
    """
    serial = turn.turn_page()
    screen = draw(lambda action: f"f{serial}:{action}")
    if in_place:
        turn.remember(screen.rows)
        turn.post(turn.chat.platform, turn.chat.chat_id, screen, slot=held.PROMPT, edit=True)
        return
    edits = turn.incoming.kind == "press" and not turn.shown and not fresh
    if fresh:
        turn.tell(screen.text, screen.rows, slot=held.PROMPT)
    else:
        turn.show(screen, slot=held.PROMPT)
    if not edits:
        held.take_buttons_off(turn)
