"""What the chat shows of a secret while it is being made, and takes away again."""

from bot.cards import Here
from bot.post import post
from bot.screen import Screen
from messages_fa import signing as texts
from services import factors as office
from storage.records import SECRET, Lane, Outgoing
from storage.records.factors import FactorSetup
from storage.work import Work

_PICTURE, _KEY = "factor:picture", "factor:key"
"""Where the QR and the secret stand in a chat."""

Place = tuple[str, int]


def show(at: Here, place: Place, secret: str, name: str) -> None:
    """The QR, which stands in no file and no store once it is sent, and the secret as text."""
    take_away(at.work, place)
    drawn = office.picture(office.address(secret, name))
    post(at.work, at.office, *place, Screen(texts.picture_caption(), picture=drawn), slot=_PICTURE)
    post(at.work, at.office, *place, Screen(texts.key(secret)), slot=_KEY)


def take_away(work: Work, place: Place) -> None:
    """Both are deleted from the chat, if they stand there."""
    platform, chat_id = place
    for slot in (_PICTURE, _KEY):
        params = {"chat_id": chat_id, SECRET: True}
        work.outbox.add(Outgoing(platform, chat_id, Lane.REPLIES, "deleteMessage", params, slot=slot))


def end(work: Work, setup: FactorSetup | None) -> None:
    """Nothing of this one stands in its chat any more."""
    if setup is not None and setup.kind == "totp":
        take_away(work, (setup.platform, setup.chat_id))
