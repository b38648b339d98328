"""What delivery adds by itself to messages."""

from messages_fa.markup import Text, say


def repeat_note(number: int) -> Text:
    """The last line of a message that is sent again because nobody knows whether it arrived."""
    return say("شاید این پیام را پیش‌تر هم دریافت کرده باشید. شماره پیام: {number}", number=number)


def moved_note() -> str:
    """What is left of a card that was put further down and cannot be deleted any more; sent as it stands."""
    return "این پرونده پایین‌تر در همین گفت‌وگو آمده است."


def delete_yourself() -> str:
    """A message with a secret in it could not be deleted; sent as it stands."""
    return "پیامی که رمز یا کد شما در آن است پاک نشد؛ آن را خودتان از این گفت‌وگو پاک کنید."


def unshown_note() -> str:
    """In place of an attached file of which there is no clean copy; sent as it stands."""
    return "این پرونده سالم یا ایمن نیست و نمایش داده نمی‌شود. از فرستنده بخواهید عکس یا PDF تازه‌ای بفرستد."
