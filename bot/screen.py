"""What the bot shows: a text, buttons under it, and the keyboard of the chat. Neutral of platform."""

from dataclasses import dataclass, field

from messages_fa.markup import Text


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `action` is callback data (ASCII, ≤ 64 bytes); `url` makes it a link."""

    label: str
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message to show. `keyboard` (labels in rows) replaces the chat's reply keyboard when given.

    A message has inline `rows` or a `keyboard`, not both: the platforms take one mark-up a message.
    `file_id` makes it a document or photo (id of a stored file) with `text` as its caption (≤ 1024);
    `picture` does the same with a PNG that is kept nowhere but in the message, such as the QR of a secret,
    and `plain_file` with a text file.
    """

    text: Text
    rows: Rows = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    file_id: int | None = None
    picture: bytes | None = field(default=None, repr=False)
    plain_file: bytes | None = field(default=None, repr=False)

    @property
    def has_file(self) -> bool:
        """Whether it is a document or a photo."""
        return (self.file_id, self.picture, self.plain_file) != (None, None, None)


def column(*buttons: Button) -> Rows:
    """Put each button on a row of its own."""
    return tuple((button,) for button in buttons)
