"""What the office keeps of one person, or of one stranger's chat, as it is handed out «داده‌های من»."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it, by kind; empty where nothing is kept. Moments are aware.

    Attributes:
        name: by which the office knows the person; empty for a stranger.
        roles: (role, since).
        accounts: (platform, name shown there, since or None, last heard from).
        cases: (tracking code, state, filed): own proposals.
        drafts: (what is being filled in, its title, last change).
        complaints: (code, kind, state, filed): those that are not anonymous.
        followed: tracking codes.
        surveys: (score, when, comment).
        news_off: whether news is switched off.
        factor: the kind of the second factor; empty for none.
        substitutions: (who is stood in for, who stands in, first day, last day).
        accepted: (version of the agreement, when).
        requests: (kind, asked, outcome or empty, words, answer): about own data.
        cosigned: (name given, when, tracking code or empty, whether it waits): links opened as an agency's
            official.
        resets: (tracking code or empty for the second factor, asked, one-time code issued or None, outcome or
            empty): of forgotten secrets.
        undecided: (tracking code, act, when, whether a second signature is awaited): own decisions that are
            not known outside yet.
        acts: (act, role or empty, when): about the person's roles and accounts.
    """

    name: str = ""
    roles: tuple[tuple[str, datetime], ...] = ()
    accounts: tuple[tuple[str, str, datetime | None, datetime | None], ...] = ()
    cases: tuple[tuple[str, str, datetime], ...] = ()
    drafts: tuple[tuple[str, str, datetime], ...] = ()
    complaints: tuple[tuple[str, str, str, datetime], ...] = ()
    followed: tuple[str, ...] = ()
    surveys: tuple[tuple[int, datetime, str], ...] = ()
    news_off: bool = False
    factor: str = ""
    substitutions: tuple[tuple[str, str, date, date], ...] = ()
    accepted: tuple[tuple[int, datetime], ...] = ()
    requests: tuple[tuple[str, datetime, str, str, str], ...] = ()
    cosigned: tuple[tuple[str, datetime, str, bool], ...] = ()
    resets: tuple[tuple[str, datetime, datetime | None, str], ...] = ()
    undecided: tuple[tuple[str, str, datetime, bool], ...] = ()
    acts: tuple[tuple[str, str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Erasable:
    """How much of it can be erased, and how much stays because a record of the office rests on it.

    Attributes:
        drafts, followed, surveys: how many go, with the names that the messengers show.
        complaints: a stranger's closed complaints that are parted from the chat; their records stay.
        cases: filed proposals, which stay with all that was decided about them.
        open_complaints: complaints that are not closed, or a known person's, which stay.
        words: ended requests about own data whose words and answers go.
        cosigned: proposals confirmed as an agency's official, where name and account stay.
        has_roles: whether a role is held, for which name and accounts are needed.
    """

    drafts: int = 0
    followed: int = 0
    surveys: int = 0
    complaints: int = 0
    cases: int = 0
    open_complaints: int = 0
    words: int = 0
    cosigned: int = 0
    has_roles: bool = False
