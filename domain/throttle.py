"""How often somebody may miss a code or a passcode before being made to wait.

Numbers come from the parameter sheet of the security design, but for those marked as the project's own.
A rule is asked (`blocked`) before anything is hashed, and told (`after_miss`) afterwards. Misses while
blocked need not be counted; if they are, a wait can only grow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)

CODE_MISSES: Final = 10
"""Misses of a code by one asker before a cool-down (parameter sheet)."""
CODE_WINDOW: Final = timedelta(hours=24)
"""Within which they are counted: the project's own number, so that old typing slips are forgotten."""
CODE_COOL_DOWN: Final = timedelta(minutes=15)
"""The project's own number: the sheet asks for a cool-down and leaves its length open."""
PASSCODE_TRIES: Final = 5
"""Wrong passcodes by one asker on one form before waiting (parameter sheet)."""
PASSCODE_FIRST_WAIT: Final = timedelta(minutes=15)
"""The first wait; it doubles with every further wrong passcode (parameter sheet)."""
PASSCODE_LONGEST_WAIT: Final = timedelta(hours=24)
"""Where the doubling ends (parameter sheet)."""
ASKER_TRIES: Final = 10
"""Wrong passcodes by one asker in an hour over all forms (parameter sheet)."""
FORM_TRIES: Final = 100
"""Wrong passcodes on one form since its last success (parameter sheet)."""
RESET_ASKS: Final = 5
"""Requests for a reset by one person in an hour: the project's own number."""
ALARM_ABOVE: Final = 200
"""Misses of all kinds in an hour; one more raises the alarm (parameter sheet)."""
UNTIL_RESET: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""«Blocked until» of a form that only an admin's reset opens again; compare, never show."""


@dataclass(frozen=True)
class Counter:
    """Misses of one key under one rule, as the store keeps them.

    Attributes:
        misses: how many since `since`.
        since: the first of them (an aware moment).
        blocked_until: when the wait is over, or None.
    """

    misses: int
    since: datetime
    blocked_until: datetime | None = None


@dataclass(frozen=True)
class Rule:
    """One row of the parameter sheet.

    Attributes:
        scope: which counters it is about; the first part of a store key.
        limit: the miss at which it bites.
        window: after which counting starts anew, from the first miss; None: only a success forgets.
        until: moment until which the asker waits, from the number of misses (at or over the limit)
            and now; None where nobody waits.
        forgiven: whether a right passcode forgets the misses; where it does not, nobody can clear
            a count by mixing in a code of one's own.
    """

    scope: str
    limit: int
    window: timedelta | None
    until: Callable[[int, datetime], datetime | None]
    forgiven: bool


def passcode_wait(wrong: int) -> timedelta:
    """The wait after so many wrong passcodes of one asker on one form: 15 min at 5, doubling to 24 h."""
    if wrong < PASSCODE_TRIES:
        return timedelta()
    doublings = min(wrong - PASSCODE_TRIES, 10)
    return min(PASSCODE_FIRST_WAIT * (1 << doublings), PASSCODE_LONGEST_WAIT)


CODE_BY_ASKER: Final = Rule(
    "code_by_asker", CODE_MISSES, CODE_WINDOW, lambda _misses, now: now + CODE_COOL_DOWN, forgiven=False
)
PASSCODE_BY_FORM_AND_ASKER: Final = Rule(
    "passcode_by_form_and_asker",
    PASSCODE_TRIES,
    None,
    lambda misses, now: now + passcode_wait(misses),
    forgiven=True,
)
PASSCODE_BY_ASKER: Final = Rule(
    "passcode_by_asker", ASKER_TRIES, HOUR, lambda _misses, now: now + HOUR, forgiven=False
)
PASSCODE_BY_FORM: Final = Rule(
    "passcode_by_form", FORM_TRIES, None, lambda _misses, _now: UNTIL_RESET, forgiven=True
)
FACTOR_BY_PERSON: Final = Rule(
    "factor_by_person",
    PASSCODE_TRIES,
    None,
    lambda misses, now: now + passcode_wait(misses),
    forgiven=True,
)
"""Wrong second factors of one person, in whichever chat: the waits are those of passcodes."""
RESET_BY_PERSON: Final = Rule(
    "reset_by_person", RESET_ASKS + 1, HOUR, lambda _misses, now: now + HOUR, forgiven=False
)
"""Requests for a new passcode or factor by one person: each calls the admins, one withdrawn again too."""
EVERYWHERE: Final = Rule("everywhere", ALARM_ABOVE + 1, HOUR, lambda _misses, _now: None, forgiven=False)
"""Blocks nobody: see `raises_alarm`."""


def after_miss(rule: Rule, counter: Counter | None, now: datetime) -> Counter:
    """The counter after one more miss.

    Args:
        rule: which rule counts.
        counter: as stored, or None for the first miss.
        now: an aware moment.

    Returns:
        The counter to store; a wait that was already longer stays as long.
    """
    going_on = counter is not None and (rule.window is None or now - counter.since < rule.window)
    earlier = counter if going_on else None
    misses = earlier.misses + 1 if earlier else 1
    until = rule.until(misses, now) if misses >= rule.limit else None
    waits = [wait for wait in (until, blocked(counter, now)) if wait is not None]
    return Counter(misses, earlier.since if earlier else now, max(waits, default=None))


def blocked(counter: Counter | None, now: datetime) -> datetime | None:
    """Until when this key must wait, or None if it need not."""
    if counter is None or counter.blocked_until is None or counter.blocked_until <= now:
        return None
    return counter.blocked_until


def needs_reset(counter: Counter | None) -> bool:
    """Whether only an admin's reset of the form opens it again."""
    return counter is not None and counter.blocked_until == UNTIL_RESET


def raises_alarm(rule: Rule, counter: Counter) -> bool:
    """Whether this very miss is the one that alarms the admins: once in each hour."""
    return rule is EVERYWHERE and counter.misses == rule.limit
