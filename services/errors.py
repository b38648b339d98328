"""What a service can object to beyond the office's rules: codes and values, never sentences."""

from datetime import datetime
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
            already files for another agency; `unconfirmed` while a second admin has not confirmed it;
            `joined` for who came in by it; `former` for an account that was cut off from somebody who holds
            a role still.
    """

    def __init__(
        self, why: Literal["", "own", "joined", "other_agency", "unconfirmed", "former"] = ""
    ) -> None:
        super().__init__(f"invitation_{why or 'unusable'}")
        self.why = why


class RoleUnfit(ServicesError):  # noqa: N818 - errors are named for what happened
    """This role does not fit this person.

    Attributes:
        why: `held` or `proposed` already, `other_agency` (an officer files for one), `inactive`; for a way
            back in `has_account`, `no_role` or `entry_proposed`; `no_second` where no other admin could
            confirm it, `second_gone` while the only other one went a short while ago, `second_cut` for
            a second admin whom one admin would cut off.
    """

    def __init__(
        self,
        why: Literal[
            "held",
            "proposed",
            "other_agency",
            "inactive",
            "has_account",
            "no_role",
            "entry_proposed",
            "no_second",
            "second_gone",
            "second_cut",
        ],
    ) -> None:
        super().__init__(f"role_{why}")
        self.why = why


class NoProposal(ServicesError):  # noqa: N818 - errors are named for what happened
    """What was to be confirmed has ended, run out, or was proposed by somebody who is no admin any more."""

    def __init__(self) -> None:
        super().__init__("no_proposal")


class SubstituteUnfit(ServicesError):  # noqa: N818 - errors are named for what happened
    """This colleague cannot stand in, or not then.

    Attributes:
        why: `barred` (an admin, an officer, nobody of the office, or oneself), `overlap` (somebody stands in
            already) or `past` (the last day is over).
    """

    def __init__(self, why: Literal["barred", "overlap", "past"]) -> None:
        super().__init__(f"substitute_{why}")
        self.why = why


class AskedTooOften(ServicesError):  # noqa: N818 - errors are named for what happened
    """Somebody asked for a reset again and again, and has to wait.

    Attributes:
        until: when the next request is taken (aware).
    """

    def __init__(self, until: datetime) -> None:
        super().__init__("asked_too_often", until=until)
        self.until = until


class RequestWaits(ServicesError):  # noqa: N818 - errors are named for what happened
    """A request of this kind about the own data waits already."""

    def __init__(self) -> None:
        super().__init__("request_waits")


class NoRequest(ServicesError):  # noqa: N818 - errors are named for what happened
    """The request about somebody's data has ended, or is not ended in this way."""

    def __init__(self) -> None:
        super().__init__("no_request")


class LastAdmin(ServicesError):  # noqa: N818 - errors are named for what happened
    """The only admin left keeps the role."""

    def __init__(self) -> None:
        super().__init__("last_admin")


class LinkUnusable(ServicesError):  # noqa: N818 - errors are named for what happened
    """The code links nothing.

    Attributes:
        why: empty for an unknown, used, expired or withdrawn one, which must not be told apart; `already`
            for an account that is this person's; `other_person` for one that is or was of
            somebody else who holds a role; `has_cases` for one that is or was of somebody without a role who
            had a hand in a case that is not over, or by which a case was confirmed that this person decided;
            `unconfirmed` while a second admin has not confirmed it.
    """

    def __init__(self, why: Literal["", "already", "other_person", "has_cases", "unconfirmed"] = "") -> None:
        super().__init__(f"link_{why or 'unusable'}")
        self.why = why


class CosignUnusable(ServicesError):  # noqa: N818 - errors are named for what happened
    """The link of a co-signature opens nothing.

    Attributes:
        why: empty for an unknown, ended or expired one and for another account's, which must not be told
            apart; `own` for the officer who sent the proposal; `other` for somebody who has another role;
            for the account that opened it what came of it (`confirmed`, `returned`, `expired`). When
            confirming, to be given back: `moved` (the officer files for another agency now), `alike` (a
            case about the same debt is open, and nothing was said of it).
        code: the tracking code of what was confirmed, else empty.
    """

    def __init__(
        self,
        why: Literal["", "own", "other", "confirmed", "returned", "expired", "moved", "alike"] = "",
        code: str = "",
    ) -> None:
        super().__init__(f"cosign_{why or 'unusable'}")
        self.why = why
        self.code = code


class ResetUnusable(ServicesError):  # noqa: N818 - errors are named for what happened
    """The one-time code opens nothing: unknown, used, expired, withdrawn or another's, not told apart."""

    def __init__(self) -> None:
        super().__init__("reset_unusable")


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


class ReasonUnknown(ServicesError):  # noqa: N818 - errors are named for what happened
    """A decision for a reason that the catalogue does not offer, or not any more.

    Attributes:
        reference: code and version of the reason, as it was given.
    """

    def __init__(self, reference: str) -> None:
        super().__init__("reason_unknown", reference=reference)
        self.reference = reference


class TermsNotAccepted(ServicesError):  # noqa: N818 - errors are named for what happened
    """Nobody files under a version of the agreement that they have not accepted.

    Attributes:
        version: the one in force.
    """

    def __init__(self, version: int) -> None:
        super().__init__("terms_not_accepted", version=version)
        self.version = version


class TermsUnfit(ServicesError):  # noqa: N818 - errors are named for what happened
    """The agreement cannot be changed or published so.

    Attributes:
        why: `too_many` (sections), `title_taken`, `no_sentence`, `last_section`, `day_passed` or `unchanged`.
        limit: how many sections there may be, where there are too many.
    """

    def __init__(
        self,
        why: Literal[
            "too_many",
            "title_taken",
            "no_sentence",
            "last_section",
            "day_passed",
            "before_coming",
            "unchanged",
        ],
        limit: int = 0,
    ) -> None:
        super().__init__(f"terms_{why}", limit=limit)
        self.why = why
        self.limit = limit


class HoldUnfit(ServicesError):  # noqa: N818 - errors are named for what happened
    """It cannot be held back from erasure so, or not be let go.

    Attributes:
        why: no reason given, held back already, not held back, or erased before.
    """

    def __init__(self, why: Literal["no_reason", "held", "not_held", "erased"]) -> None:
        super().__init__(f"hold_{why}")
        self.why = why


class EntryFixed(ServicesError):  # noqa: N818 - errors are named for what happened
    """An entry of a catalogue on which rules hang can be neither reworded nor retired."""

    def __init__(self) -> None:
        super().__init__("entry_fixed")


class EntryDouble(ServicesError):  # noqa: N818 - errors are named for what happened
    """Something else is called so already.

    Attributes:
        title: the name that is taken.
    """

    def __init__(self, title: str) -> None:
        super().__init__("entry_double", title=title)
        self.title = title


class NoticeChanged(ServicesError):  # noqa: N818 - errors are named for what happened
    """The notice is no longer as it was when the button was drawn: another version, or sent, or ended."""

    def __init__(self) -> None:
        super().__init__("notice_changed")


class AudienceEmpty(ServicesError):  # noqa: N818 - errors are named for what happened
    """Nobody is in the audience of a notice."""

    def __init__(self) -> None:
        super().__init__("audience_empty")


class NoOtherAdmin(ServicesError):  # noqa: N818 - errors are named for what happened
    """What goes to everybody is confirmed by two admins, and there is no other."""

    def __init__(self) -> None:
        super().__init__("no_other_admin")


class OwnNotice(ServicesError):  # noqa: N818 - errors are named for what happened
    """The second confirmation of a notice comes from another person than the first."""

    def __init__(self) -> None:
        super().__init__("own_notice")


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
