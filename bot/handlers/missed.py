"""What a person has missed while out of reach: told once, as soon as they are back."""

from bot import complaint_missed, notice_missed
from bot.screen import Screen
from bot.turn import Turn
from messages_fa import tracking
from services.missed import catch_up, purpose


def tell(turn: Turn) -> None:
    """List it in one message, before whatever is answered; complaints and notices as they stand."""
    complaint_missed.tell(turn)
    notice_missed.tell(turn)
    missed = catch_up(
        turn.work,
        platform=turn.chat.platform,
        chat_id=turn.chat.chat_id,
        person_id=turn.actor.person_id,
    )
    if missed is not None:
        changes = [(change.code, change.step, change.at) for change in missed.changes]
        words = [(word.kind, word.code) for word in missed.words]
        text = tracking.caught_up(changes, missed.more, missed.waiting, words)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(text), purpose=purpose(turn.work))
