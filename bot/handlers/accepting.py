"""Whether a person has accepted the agreement in force; if not, it is put to them before a filing."""

from bot.handlers import held
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.agreement import changes
from messages_fa import agreement as texts
from messages_fa import buttons
from services import agreement

NEW, SEND = "new", "send"
"""What the person was about to do: begin a filing, or send one in."""


def accepted(turn: Turn, then: str) -> bool:
    """Whether the person may file now; otherwise the version in force is put to them, with what changed.

    Args:
        turn: this turn.
        then: what goes on once it is accepted: `NEW` or `SEND`.
    """
    waiting = agreement.to_accept(turn.work, turn.actor)
    if waiting is None or turn.actor.person_id is None:
        return True
    before = agreement.version(turn.work, agreement.last_accepted(turn.work, turn.actor.person_id))
    changed = changes(before.sections, waiting.sections)
    rows = column(
        Button(buttons.ACCEPT_TERMS, f"trm:yes:{waiting.version}.{then}"),
        Button(buttons.DECLINE_TERMS, f"trm:no:{then}"),
        Button(buttons.WHAT_CHANGED, f"trm:diff:{before.version}.{waiting.version}"),
    )
    told = texts.to_accept(waiting.version, waiting.effective_from, before.version, changed)
    if then == SEND and turn.incoming.kind != "press":
        held.take_buttons_off(turn)
    # Where a form was about to be sent, the question stands in place of its screen.
    turn.show(Screen(told, rows), slot=held.PROMPT if then == SEND else "terms")
    return False
