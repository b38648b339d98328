"""«خروج از همه» of one's own accounts; an admin cuts off somebody's, and lets them back in."""

from collections.abc import Callable
from typing import Final

from bot import staffing_cards as cards
from bot.handlers import links, people, start
from bot.handlers.signing import signed
from bot.post import post
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.errors import NotYours
from domain.roles import Role
from messages_fa import buttons
from messages_fa import links as texts
from messages_fa import staffing as staffing_texts
from messages_fa.names import PLATFORMS
from services import links as office
from services import people as known
from services import staffing
from services.people import STRANGER
from storage.records import Chat, Lane, Person


def ask(turn: Turn, _about: str = "") -> None:
    """«خروج از همه»: asked once, with what stays.

    Raises:
        NotYours: somebody without an account.
    """
    own = office.accounts(turn.work, turn.actor)
    if not own:
        raise NotYours("leave")
    others = len(own) - 1
    choices = [Button(buttons.LEAVE_OTHERS, "ppl:others:0")] if others else []
    more = (Button(buttons.LEAVE_EVERYTHING, "ppl:all:0"), Button(buttons.KEEP_ACCOUNT, "l:list:"))
    turn.show(Screen(texts.sure_to_leave(others), column(*choices, *more)), slot="accounts")


def _leave_others(turn: Turn, _about: str) -> None:
    """Every account but this one is cut off."""
    here = (turn.chat.platform, turn.incoming.user_id)
    cut = office.leave(turn.work, by=turn.actor, keep=here)
    _say_goodbye(turn, cut)
    turn.show(Screen(texts.left(len(cut))), slot="accounts")


def _leave_everything(turn: Turn, _about: str) -> None:
    """Every account is cut off, and this chat is a stranger's."""
    cut = office.leave(turn.work, by=turn.actor, keep=None)
    _say_goodbye(turn, tuple(chat for chat in cut if (chat.platform, chat.chat_id) != turn.place))
    links.become_a_stranger(turn, texts.left_everything())


def _ask_to_cut(turn: Turn, person: str) -> None:
    """«قطع همه حساب‌ها» of somebody, by an admin."""
    one = known.one(turn.work, by=turn.actor, person_id=number(person))
    accounts = turn.work.people.accounts_of(one.person.id)
    if not accounts:
        raise OldButton
    sure = Button(buttons.SURE_TO_CUT, f"ppl:cutyes:{one.person.id}")
    keep = Button(buttons.KEEP_ACCOUNT, f"i:who.{one.person.id}.0")
    back = bool(staffing.confirmers(turn.work, but=turn.actor.person_id, about=one.person.id))
    text = texts.sure_to_cut(one.person.name, len(accounts), way_back=back)
    turn.show(Screen(text, column(sure, keep)), slot="people")


def _cut(turn: Turn, person: str) -> None:
    if not signed(turn, f"ppl:cutyes:{person}"):
        return
    one = known.one(turn.work, by=turn.actor, person_id=number(person))
    if one.person.id == turn.actor.person_id:
        _leave_everything(turn, "")
        return
    count = len(turn.work.people.accounts_of(one.person.id))
    _say_goodbye(turn, office.cut_all(turn.work, by=turn.actor, person_id=one.person.id))
    if plays(one.person.actor, Deed.PEOPLE):
        _tell_admins(turn, one.person)
    turn.answer(texts.cut_by_admin(one.person.name, count))
    people.show_person(turn, one.person.id, "0")


def _tell_admins(turn: Turn, gone: Person) -> None:
    """The other admins hear that one of them was cut off."""
    for person in turn.work.people.with_role(Role.ADMIN):
        if person.id not in {turn.actor.person_id, gone.id}:
            cards.tell(turn, person.id, texts.admin_cut(gone.name, turn.actor.name))


def _say_goodbye(turn: Turn, cut: tuple[Chat, ...]) -> None:
    """Each chat that was cut off is told, and loses its menu; out of reach, on its return."""
    told = Screen(texts.unlinked_here(), keyboard=start.keyboard(STRANGER))
    purpose = f"cut:{round(turn.work.now.timestamp() * 1000)}"
    for chat in cut:
        if chat.platform in turn.platforms:
            there = (chat.platform, chat.chat_id)
            post(turn.work, turn.office, *there, told, lane=Lane.NOTICES, purpose=purpose)


def _ask_to_let_back(turn: Turn, person: str) -> None:
    """«ورود دوباره»: a code for somebody who has no account any more."""
    one = known.one(turn.work, by=turn.actor, person_id=number(person))
    sure = Button(buttons.SURE_TO_LET_BACK, f"ppl:backyes:{one.person.id}")
    keep = Button(buttons.TO_PERSON, f"i:who.{one.person.id}.0")
    text = staffing_texts.sure_to_let_back(one.person.name)
    turn.show(Screen(text, column(sure, keep)), slot="people")


def _let_back(turn: Turn, person: str) -> None:
    if not signed(turn, f"ppl:backyes:{person}"):
        return
    given = staffing.let_back(turn.work, by=turn.actor, person_id=number(person))
    made = given.proposal
    cards.ask_others(turn, made)
    more = staffing_texts.waits_for_second(made.expires_at)
    links_to_it = [
        (PLATFORMS[platform], link)
        for platform in turn.platforms
        if (link := turn.office.link(platform, given.token))
    ]
    text = staffing_texts.let_back(made.name, given.token, links_to_it, made.expires_at, more)
    turn.show(Screen(text), slot="people")


VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "leave": ask,
    "others": _leave_others,
    "all": _leave_everything,
    "cut": _ask_to_cut,
    "cutyes": _cut,
    "back": _ask_to_let_back,
    "backyes": _let_back,
}
