"""Second factors, and the resets of forgotten secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FactorKind = Literal["totp", "pin"]
"""A code of an authenticator («برنامه رمزساز»), or a PIN («پین»)."""

ResetOutcome = Literal["used", "withdrawn", "expired", "left"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor.

    Attributes:
        secret: of an authenticator, in base 32; empty for a PIN.
        digest: of a PIN; empty for an authenticator.
        last_step: the step of 30 seconds since 1970 whose code was taken last, 0 before the first.
        dead_at: when a reset of it was issued; from then on it opens nothing.
    """

    person_id: int
    kind: FactorKind
    secret: str = field(repr=False)
    digest: str = field(repr=False)
    last_step: int
    since: datetime
    dead_at: datetime | None


@dataclass(frozen=True, slots=True)
class FactorSetup:
    """A second factor that is being made in a chat.

    Attributes:
        kind: None until one is chosen.
        secret: of an authenticator, not yet confirmed by a code.
        digest: of a PIN typed once.
        reset_id: the reset that allows it, where the former one was lost.
    """

    person_id: int
    platform: str
    chat_id: int
    kind: FactorKind | None
    secret: str = field(repr=False)
    digest: str = field(repr=False)
    reset_id: int | None
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed last in a chat, and the button that waits for a signature since `asked_at`."""

    person_id: int
    signed_at: datetime | None
    action: str | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reset:
    """A request for a new passcode of a case, or (without a case) for a new second factor.

    Attributes:
        owner: whose it is: the filer, or the person of the factor.
        platform: where it was asked for; empty for the command line.
        holder: the admin who sees to it.
        issued_at: when the one-time code went out, and the old secret died.
        expires_at: of the code.
        outcome: None while it is open.
        due_at: by when the office wants it seen to, moved with the calendar and the target until it was;
            None without a target.
        reminded_at: when the admins were told that it is late.
        warned_at: when they were told that it is nearly up.
        prompted_at: when they were shown it.
        moved_from: what `due_at` was before it was moved, until somebody is told.
        moved_for: what has moved it, as `Recount` has it.
    """

    id: int
    case_id: int | None
    owner: int
    platform: str
    asked_at: datetime
    holder: int | None
    claimed_at: datetime | None
    issued_at: datetime | None
    expires_at: datetime | None
    outcome: ResetOutcome | None
    ended_at: datetime | None
    reminded_at: datetime | None
    due_at: datetime | None = None
    warned_at: datetime | None = None
    prompted_at: datetime | None = None
    moved_from: datetime | None = None
    moved_for: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SecretEvent:
    """One step in the life of a secret: whose, what, when, by whom (None: the clock or the command line)."""

    at: datetime
    action: str
    owner: int
    case_id: int | None
    reset_id: int | None
    by: int | None
