"""Where every update goes: one turn in one transaction, and what was meant is done, or why not is said.

`handle` is what dispatch calls for every update.
"""

from bot import actions
from bot.handlers import forms, frozen, held, missed, start
from bot.incoming import Aftermath, Incoming
from bot.meaning import MEANT
from bot.office import Office
from bot.post import post
from bot.screen import Screen
from bot.turn import OldButton, Turn
from bot.words import WORDS
from domain.errors import NotYours
from messages_fa import general
from messages_fa import review as texts
from persian.text import key
from services.people import actor_of
from storage.errors import Erased, NotFound
from storage.work import Work


def handle(work: Work, incoming: Incoming, office: Office) -> Aftermath:
    """Take one update through: everything it causes stands in `work` when this returns.

    Raises:
        FileWanted: dispatch is to download the offered file and call again.
        SlowWanted: dispatch is to compute something slow and call again.
    """
    private = incoming.chat_type == "private"
    # A group is nobody's chat: bound to whoever wrote there last, it would be sent that person's messages.
    owner, name = (incoming.user_id, incoming.user_name) if private else (0, "")
    chat = work.chats.lock(incoming.platform, incoming.chat_id, user_id=owner, name=name)
    actor = actor_of(work, incoming.platform, incoming.user_id)
    work.audit.acting(actor)
    turn = Turn(work, incoming, office, chat, actor)
    if private:
        if chat.came_back:
            missed.tell(turn)
        _take(turn)
    elif incoming.chat_type in {"group", "supergroup"}:
        start.leave_group(turn)
    work.chats.save(turn.chat)
    return turn.aftermath


def pass_over(work: Work, incoming: Incoming, office: Office, *, tell: bool) -> Aftermath | None:
    """What somebody writes beyond what one chat is heard with: not carried out, and told at most once.

    Where a secret is asked for, it leaves the chat all the same.
    """
    if incoming.chat_type != "private":
        return None
    if tell:
        post(work, office, incoming.platform, incoming.chat_id, Screen(general.slower()))
    if incoming.kind == "text":
        _take_away_unheard(work, incoming, office, tell=tell)
    return Aftermath() if tell else None


def _take_away_unheard(work: Work, incoming: Incoming, office: Office, *, tell: bool) -> None:
    chat = work.chats.get(incoming.platform, incoming.chat_id)
    if chat is None or chat.form_id is None:
        return
    turn = Turn(work, incoming, office, chat, actor_of(work, incoming.platform, incoming.user_id))
    now = forms.current(turn)
    if now is not None and now.form.secret:
        # Of a whole flood that cannot be deleted the person hears once.
        turn.take_away(ask=tell)


def _take(turn: Turn) -> None:
    try:
        if turn.incoming.kind in MEANT and not _went_elsewhere(turn):
            meant = MEANT[turn.incoming.kind](turn)
            if not frozen.holds_back(turn, meant):
                meant.act(turn)
    except (OldButton, NotFound):
        actions.old_button(turn)
    except NotYours:
        turn.answer(texts.not_yours(""))
    except Erased:
        turn.answer(general.erased())


def _went_elsewhere(turn: Turn) -> bool:
    """Whether this was meant for a form that is not to be answered here any more: then that is said.

    It is being answered in another chat since, or the person does not hold its role any longer.
    """
    run, text = held.moved_away(turn), turn.incoming.text
    taken = run is None and held.taken_away(turn)
    is_word = turn.incoming.kind == "text" and (text.startswith("/") or key(text) in WORDS)
    if is_word or (turn.incoming.kind == "press" and turn.incoming.data[:1] != "f"):
        return False
    if run is not None:
        turn.answer(general.old_button()) if turn.incoming.kind == "press" else None
        forms.tell_moved(turn, run)
    elif taken:
        turn.answer(general.not_allowed().plain)
    return run is not None or taken
