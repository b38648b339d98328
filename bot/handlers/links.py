"""«اتصال پیام‌رسان دیگر»: one person on two messengers."""

from dataclasses import replace

from bot.handlers import missed, start
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.errors import NotYours
from messages_fa import buttons, general
from messages_fa import links as texts
from messages_fa.markup import Text
from messages_fa.names import PLATFORMS
from persian.text import fold
from services import links
from services.errors import LastAccount, LinkUnusable
from services.people import STRANGER
from storage.records import Account, Lane


def seems_code(text: str) -> bool:
    """Whether a text can only be meant as a code that links accounts."""
    return fold(text).startswith(links.PREFIX)


def offer(turn: Turn) -> None:
    """Make a code and show it once; somebody without a role has nothing to link."""
    try:
        made = links.offer(turn.work, by=turn.actor)
    except NotYours:
        turn.tell(general.not_allowed())
        return
    addresses = [
        (PLATFORMS[platform], link)
        for platform in turn.platforms
        if platform != turn.chat.platform and (link := turn.office.link(platform, made.token))
    ]
    turn.tell(texts.offered(made.token, addresses, made.expires_at), column(_TO_ACCOUNTS))


def take_code(turn: Turn, token: str) -> None:
    """A code came from the other messenger: say whose it is, and ask."""
    token = fold(token)  # copied with its line, it may bear the line's mark of direction
    try:
        person = links.owner(
            turn.work, platform=turn.chat.platform, user_id=turn.incoming.user_id, token=token
        )
    except LinkUnusable as unusable:
        turn.tell(texts.unusable(unusable.why))
        return
    roles = sorted({grant.role for grant in person.grants})
    sure = (Button(buttons.SURE_TO_LINK, f"l:yes:{token}"), Button(buttons.NOT_TO_LINK, "l:no:"))
    turn.tell(texts.confirm(person.name, roles), column(*sure))


def act(turn: Turn, verb: str, token: str) -> None:
    """What is pressed about linking.

    Raises:
        OldButton: there is no such verb.
    """
    if verb == "yes":
        _link(turn, token)
    elif verb == "no":
        turn.show(Screen(texts.not_linked()))
    elif verb == "new":
        offer(turn)
    elif verb == "list":
        show(turn)
    else:
        raise OldButton


def show(turn: Turn) -> None:
    """«حساب‌های متصل»: each can be cut off, but the last."""
    own = links.accounts(turn.work, turn.actor)
    if not own:
        turn.tell(general.not_allowed())
        return
    rows = [(one.platform, one.name, one.last_seen, _is_here(turn, one)) for one in own]
    cuts = tuple(
        Button(buttons.unlink_row(n), _account("cut", one)) for n, one in enumerate(own, 1) if len(own) > 1
    )
    more = column(Button(buttons.LINK, "l:new:"), _TO_FACTOR) if turn.actor.grants else ()
    leave = column(Button(buttons.LEAVE_ALL, "ppl:leave:0"))
    turn.show(Screen(texts.accounts(rows), (*column(*cuts), *more, *leave)), slot="accounts")


def act_on_account(turn: Turn, verb: str, platform: str, user: str) -> None:
    """Cut one of the own accounts off, once it is said to be meant.

    Raises:
        OldButton: there is no such verb, or no such account any more.
    """
    named = (platform, number(user))
    own = {(one.platform, one.user_id): one for one in links.accounts(turn.work, turn.actor)}
    if named not in own or verb not in {"cut", "off"}:
        raise OldButton
    if verb == "cut":
        sure = (
            Button(buttons.SURE_TO_UNLINK, _account("off", own[named])),
            Button(buttons.KEEP_ACCOUNT, "l:list:"),
        )
        turn.show(Screen(texts.sure_to_unlink(platform, own[named].name), column(*sure)), slot="accounts")
    else:
        _unlink(turn, own[named])


def _link(turn: Turn, token: str) -> None:
    try:
        person = links.link(
            turn.work, platform=turn.chat.platform, user_id=turn.incoming.user_id, token=token
        )
    except LinkUnusable as unusable:
        turn.show(Screen(texts.unusable(unusable.why)))
        return
    turn.actor = person.actor
    turn.show(Screen(texts.linked(person.name)))
    start.menu(turn)
    start.set_commands(turn)
    missed.tell(turn)
    told = texts.linked_elsewhere(turn.chat.platform, cut_off=buttons.ACCOUNTS)
    _tell_others(turn, person.id, Screen(told, column(_TO_ACCOUNTS)))


def _unlink(turn: Turn, account: Account) -> None:
    owner, here = turn.actor.person_id or 0, _is_here(turn, account)
    chats = turn.work.people.chats_of(owner)
    try:
        links.unlink(turn.work, by=turn.actor, platform=account.platform, user_id=account.user_id)
    except LastAccount:
        turn.answer(texts.last_account())
        return
    _tell_others(turn, owner, Screen(texts.unlinked_elsewhere(account.platform)))
    if here:
        become_a_stranger(turn, texts.unlinked_here())
        return
    for chat in chats:
        if (chat.platform, chat.user_id) == (account.platform, account.user_id):
            _send(turn, chat.platform, chat.chat_id, Screen(texts.unlinked_here(), keyboard=_STRANGERS))
    show(turn)


_STRANGERS = start.keyboard(STRANGER)


def become_a_stranger(turn: Turn, text: Text) -> None:
    """This very chat was cut off: what was open in it is closed, as the store has done already."""
    turn.actor = STRANGER
    turn.chat = replace(turn.chat, person_id=None, form_id=None, shown=None, screen=turn.chat.screen + 1)
    start.with_menu(turn, text)
    start.set_commands(turn)


def _tell_others(turn: Turn, person_id: int, screen: Screen) -> None:
    """Tell the person's chats, but this one."""
    for chat in turn.work.people.chats_of(person_id):
        if (chat.platform, chat.chat_id) != (turn.chat.platform, turn.chat.chat_id):
            _send(turn, chat.platform, chat.chat_id, screen)


def _send(turn: Turn, platform: str, chat_id: int, screen: Screen) -> None:
    if platform in turn.platforms:
        turn.post(platform, chat_id, screen, lane=Lane.NOTICES)


def _is_here(turn: Turn, account: Account) -> bool:
    return (account.platform, account.user_id) == (turn.chat.platform, turn.incoming.user_id)


def _account(verb: str, account: Account) -> str:
    return f"a:{verb}:{account.platform}:{account.user_id}"


_TO_FACTOR = Button(buttons.FACTOR, "sgn:menu:")
_TO_ACCOUNTS = Button(buttons.ACCOUNTS, "l:list:")
