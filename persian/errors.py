"""The one error of this package: what a person typed could not be read safely."""


class Unreadable(Exception):  # noqa: N818 - named for what happened, as every error here
    """Typed text that is refused, as a code and values; never a sentence.

    Attributes:
        code: what is wrong, such as ``amount_fraction``; the texts for people hang on it.
        values: what the text about it may tell (limits, counts); never the typed text itself,
            which may be personal data.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, object] = values
