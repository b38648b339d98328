"""What an answer of the messenger makes of the row that was posted: no I/O."""

import datetime as dt
from typing import Final, Literal

from bot.backoff import backoff
from bot.verdict import Answer, Verdict
from storage.records import Claimed, OutboxState, Settled
from storage.settling import REVIVABLE, UNKNOWN

UNKNOWN_WAIT: Final = (2.0, 300.0)
UNKNOWN_TRIES: Final = 8
NO_PATH_FOR: Final = dt.timedelta(hours=4)
NO_CONNECTION: Final = REVIVABLE


class Judge:
    """Judges the rows of one sender; it remembers how often each was perhaps sent."""

    def __init__(self) -> None:
        self._unknown_tries: dict[int, int] = {}

    def judge(self, row: Claimed, answer: Answer, *, ill: bool) -> Settled:
        """What becomes of the row; `ill`: the platform has answered nobody for a while."""
        if answer.verdict is Verdict.UNKNOWN:
            return self._perhaps_sent(row, answer, ill=ill)
        settled = _judged(row, answer)
        if settled.state is not OutboxState.UNKNOWN:
            self._unknown_tries.pop(row.id, None)
        return settled

    def _perhaps_sent(self, row: Claimed, answer: Answer, *, ill: bool) -> Settled:
        tries = self._unknown_tries.get(row.id, row.attempts - 1 if row.was_unknown else 0) + 1
        if tries >= UNKNOWN_TRIES:
            self._unknown_tries.pop(row.id, None)
            return Settled(row.id, OutboxState.FAILED, problem=NO_CONNECTION if ill else UNKNOWN)
        self._unknown_tries[row.id] = tries
        wait = backoff(tries, first=UNKNOWN_WAIT[0], most=UNKNOWN_WAIT[1])
        return Settled(row.id, OutboxState.UNKNOWN, retry_after=wait, problem=answer.problem)


def again(row: Claimed, seconds: float, problem: str) -> Settled:
    """The row as it was, after a while; once perhaps sent, it stays so."""
    state: Literal[OutboxState.UNKNOWN, OutboxState.RETRYING]
    state = OutboxState.UNKNOWN if row.was_unknown else OutboxState.RETRYING
    return Settled(row.id, state, retry_after=seconds, problem=problem)


def _judged(row: Claimed, answer: Answer) -> Settled:
    verdict = answer.verdict
    if verdict is Verdict.SENT:
        return Settled(row.id, OutboxState.SENT, message_id=answer.message_id)
    if verdict is Verdict.UNREACHABLE:
        return Settled(row.id, OutboxState.UNREACHABLE, problem=answer.problem)
    if verdict is Verdict.REFUSED:
        return Settled(row.id, OutboxState.FAILED, problem=answer.problem)
    lasting = row.first_failed_at is not None and row.claimed_at - row.first_failed_at >= NO_PATH_FOR
    if verdict is Verdict.NO_PATH and lasting:
        return Settled(row.id, OutboxState.FAILED, problem=NO_CONNECTION)
    # The platform's trouble, not the row's: it stays the next one.
    return again(row, answer.wait, answer.problem)
