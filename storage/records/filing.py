"""The officer's day: reviews asked for, co-signatures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReviewOutcome = Literal["upheld", "recommended", "replaced"]
CosignOutcome = Literal["confirmed", "returned", "taken_back", "expired"]


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A review of a refusal that its agency asked for; what was written stands in the case's events.

    Attributes:
        refused_on: the version of the case that the refusal made.
        holder: the reviewer who looks at it, or None.
        outcome: what came of it; None while nobody has said.
    """

    case_id: int
    refused_on: int
    asked_at: datetime
    holder: int | None
    outcome: ReviewOutcome | None


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A proposal that waits for its agency's authorised official.

    Attributes:
        officer: the person who sent it.
        agency_id: the agency whose official is asked.
        platform: of the account that opened the link; None until somebody has.
        user_id: that account.
        chat_id: its chat.
        name: what the official is called, as typed once; empty until then.
        outcome: what came of it; None while it waits.
        case_id: the case that arose or was corrected by it, or None.
    """

    id: int
    form_id: int
    officer: int
    agency_id: int | None
    made_at: datetime
    expires_at: datetime
    platform: str | None
    user_id: int | None
    chat_id: int | None
    name: str
    outcome: CosignOutcome | None
    case_id: int | None = None
