"""What a service can object to beyond the office's rules: codes and values, never sentences."""

from typing import Literal

from domain.errors import NotAllowedNow
from domain.lifecycle import State


class ServicesError(Exception):
    """Base of the errors of this package; the printed form is the code alone.

    Attributes:
        code: which objection it is; the words for it are found by this code.
        values: what the words need, by name.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, object] = values


class NameNeeded(ServicesError):  # noqa: N818 - errors are named for what happened
    """An invitation without the name of the person it is for."""

    def __init__(self) -> None:
        super().__init__("name_needed")


class AgencyNeeded(ServicesError):  # noqa: N818 - errors are named for what happened
    """An officer files for one agency, and none was named."""

    def __init__(self) -> None:
        super().__init__("agency_needed")


class InvitationUnusable(ServicesError):  # noqa: N818 - errors are named for what happened
    """The invitation opens nothing.

    Attributes:
        why: empty for an unknown, used, expired or revoked one, which must not be told apart; `own` for
            the admin who made it (nobody grants a role to themselves); `other_agency` for an officer who
            already files for another agency.
    """

    def __init__(self, why: Literal["", "own", "other_agency"] = "") -> None:
        super().__init__(f"invitation_{why or 'unusable'}")
        self.why = why


class LastAdmin(ServicesError):  # noqa: N818 - errors are named for what happened
    """The only admin left keeps the role."""

    def __init__(self) -> None:
        super().__init__("last_admin")


class LinkUnusable(ServicesError):  # noqa: N818 - errors are named for what happened
    """The code links nothing.

    Attributes:
        why: empty for an unknown, used, expired or withdrawn one, which must not be told apart; `already`
            for an account that is this person's; `other_person` for one that is somebody else's.
    """

    def __init__(self, why: Literal["", "already", "other_person"] = "") -> None:
        super().__init__(f"link_{why or 'unusable'}")
        self.why = why


class LastAccount(ServicesError):  # noqa: N818 - errors are named for what happened
    """The only account by which a person is known stays."""

    def __init__(self) -> None:
        super().__init__("last_account")


class TooManyFollowed(ServicesError):  # noqa: N818 - errors are named for what happened
    """A technical bound of following is reached.

    Attributes:
        why: `by_chat` (this chat follows so many codes) or `of_case` (so many chats follow this code).
        limit: how many.
    """

    def __init__(self, why: Literal["by_chat", "of_case"], limit: int) -> None:
        super().__init__(f"too_many_{why}", limit=limit)
        self.why = why
        self.limit = limit


class Taken(ServicesError):  # noqa: N818 - errors are named for what happened
    """Another reviewer holds the case.

    Attributes:
        holder_name: who, as the office knows the person.
    """

    def __init__(self, holder_name: str) -> None:
        super().__init__("taken", holder_name=holder_name)
        self.holder_name = holder_name


class AlreadyDecided(NotAllowedNow):
    """The case was decided, perhaps a moment ago by a colleague.

    Attributes:
        by: the name of the person whose decision stands.
    """

    def __init__(self, action: str, state: State, by: str) -> None:
        super().__init__(action, state)
        self.code = "already_decided"
        self.values["by"] = by
        self.by = by
