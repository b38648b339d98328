"""After a restart every open prompt is put again, once."""

from dataclasses import replace

from bot.handlers import forms
from bot.incoming import Incoming
from bot.office import Office
from bot.turn import Turn
from messages_fa import general
from services import windows
from services.people import actor_of
from storage.work import Work


def to_reshow(work: Work, office: Office) -> tuple[tuple[str, int], ...]:
    """After a restart: the (platform, chat id) of the chats whose open prompt may have to be put again.

    In a maintenance there are none: no prompt is answered, and who has a draft is told when it is over. Nor
    behind the fence of a restored store: its prompts are old.
    """
    if windows.now_on(work) is not None or work.fence.stands():
        return ()
    busy = set(work.inbox.waiting_chats())  # handling what waits there shows the next prompt
    lanes = work.chats.with_open_form()
    return tuple(lane for lane in lanes if lane[0] in office.platforms and lane not in busy)


def reshow(work: Work, office: Office, platform: str, chat_id: int) -> bool:
    """Put a chat's open prompt again, once, until its owner has acted; whether it was put.

    The chat is held and looked at anew: another process may have served it meanwhile.
    """
    chat = work.chats.hold(platform, chat_id)
    if chat is None or chat.form_id is None:
        return False
    if chat.reshown_at is not None and chat.reshown_at >= chat.last_seen:
        return False
    incoming = Incoming(platform, chat_id, chat.user_id, "private", "other")
    turn = Turn(work, incoming, office, chat, actor_of(work, platform, chat.user_id))
    forms.prompt_again(turn, general.resumed())
    work.chats.save(replace(turn.chat, reshown_at=work.now))
    return True
