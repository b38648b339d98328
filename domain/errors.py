"""What the rules can object to: each objection is a code and its values, never a sentence."""


class DomainError(Exception):
    """A rule of the office was not met.

    The printed form is the code alone, so that no value (a name, an amount) reaches a log through it.

    Attributes:
        code: which objection it is; the words for it are found by this code.
        values: what the words need, by name.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, object] = values


class NotAllowedNow(DomainError):  # noqa: N818 - errors are named for what happened
    """The case is in a state from which this action does not lead anywhere."""

    def __init__(self, action: str, state: str) -> None:
        super().__init__("not_allowed_now", action=action, state=state)
        self.action = action
        self.state = state


class NotYours(DomainError):  # noqa: N818 - errors are named for what happened
    """This person may not take this action on this case.

    Attributes:
        action: what was tried.
        why: `role` (or a foreign agency), `not_holder`, `not_filer` (somebody else filed it),
            `filed_by_you`, `first_signature_yours`, `admin_never_decides`, `decision_waits` (it is made and
            may be taken back), `not_decider`, `too_late` (to take it back), `unfit_colleague` or
            `no_second_signer` (nobody could give the second signature), `own_secret` (an admin's own, which
            another admin resets).
    """

    def __init__(self, action: str, why: str = "role") -> None:
        super().__init__("not_yours", action=action, why=why)
        self.action = action
        self.why = why


class Incomplete(DomainError):  # noqa: N818 - errors are named for what happened
    """Answers are missing or contradict each other.

    Attributes:
        missing: the names of those answers, in the order of the form.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("incomplete", missing=missing)
        self.missing = missing


class Unticked(DomainError):  # noqa: N818 - errors are named for what happened
    """A case was to be agreed before every general condition was ticked.

    Attributes:
        conditions: the codes still open, in the order of the agreement.
    """

    def __init__(self, conditions: tuple[str, ...]) -> None:
        super().__init__("conditions_unticked", conditions=conditions)
        self.conditions = conditions


class NotPublic(DomainError):  # noqa: N818 - errors are named for what happened
    """A stranger's view was asked of a state that has none (a draft)."""

    def __init__(self, state: str) -> None:
        super().__init__("not_public", state=state)
        self.state = state


class NotASetting(DomainError):  # noqa: N818 - errors are named for what happened
    """The office has no setting of this name."""

    def __init__(self, name: str) -> None:
        super().__init__("not_a_setting", name=name)
        self.name = name


class OutOfBounds(DomainError):  # noqa: N818 - errors are named for what happened
    """A setting cannot take this value.

    Attributes:
        most: the largest number, or the longest text in characters.
    """

    def __init__(self, name: str, most: int) -> None:
        super().__init__("out_of_bounds", name=name, most=most)
        self.name = name
        self.most = most
