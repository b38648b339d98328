"""The office's record of itself «رویدادنگاری»: the daily anchor."""

from messages_fa.markup import Code, Text, lines, say


def anchor(number: int, mac: str) -> Text:
    """The end of the record, to be kept outside of the store.

    Args:
        number: of the last row.
        mac: what its mac begins with, in hex.
    """
    return lines(
        say("نشان درستی رویدادنگاری تا امروز: {anchor}", anchor=Code(_copied(number, mac))),
        say("این پیام را نگه دارید؛ راهبر سامانه با آن نشان می‌دهد که چیزی از پایان رویدادها بریده نشده است."),
    )


def _copied(number: int, mac: str) -> str:
    """As it is copied into the check: «N1284:3f2a91c4-…».

    It begins with a letter, and has hyphens in place of spaces: else parts of it would change places beside
    Persian text.
    """
    return f"N{number}:{'-'.join(mac[i : i + 8] for i in range(0, len(mac), 8))}"
