"""A request for a new secret in the chats of those concerned: the admins' cards, and the owner's messages.

All goes into the outbox in the very transaction of the act that causes it.
"""

from collections.abc import Collection, Sequence

from bot.cards import Here
from bot.post import Place, post, post_to_first
from bot.screen import Button, Rows, Screen, column
from domain.roles import Actor
from messages_fa import buttons
from messages_fa import resets as texts
from messages_fa.resets import Row
from services import reset_desk as office
from services.reset_clocks import why
from services.reset_desk import Issued, Task
from storage.records import Lane, Outgoing
from storage.records.factors import Reset
from storage.work import Work


def slot(reset_id: int) -> str:
    """The place in an admin's chat where the card of this request stands."""
    return f"reset:{reset_id}"


def row(task: Task) -> Row:
    """A request as the texts take it."""
    reset = task.reset
    state = reset.outcome or ("issued" if reset.issued_at else "held" if reset.holder else "open")
    return Row(task.name, task.code, reset.platform, reset.asked_at, state, task.holder, task.due, task.late)


def screen(work: Work, actor: Actor, reset: Reset) -> Screen:
    """The card for this admin: what may be done about it."""
    text = texts.card(row(office.task(work, reset)))
    return Screen(text, (*_rows(actor, reset), *why_rows(work, reset)))


def why_rows(work: Work, reset: Reset) -> Rows:
    """«چرا این تاریخ؟» under what tells of a target, until it is seen to."""
    return column(_button(buttons.WHY_DUE, "why", reset)) if why(work, reset) is not None else ()


def _rows(actor: Actor, reset: Reset) -> Rows:
    back = column(Button(buttons.RESETS, "rst:list:0"))
    if reset.outcome is not None or reset.owner == actor.person_id:
        return back
    if reset.holder is None:
        return (*column(_button(buttons.CLAIM_RESET, "take", reset)), *back)
    if reset.holder != actor.person_id:
        return (*column(_button(buttons.TAKE_RESET_OVER, "over", reset)), *back)
    label = buttons.ISSUE_AGAIN if reset.issued_at else buttons.ISSUE_RESET
    return (*column(_button(label, "issue", reset), _button(buttons.RELEASE, "free", reset)), *back)


def _button(label: str, verb: str, reset: Reset) -> Button:
    return Button(label, f"rst:{verb}:{reset.id}")


def prompt_admins(at: Here, reset: Reset) -> None:
    """Put a new request before every admin who may see to it."""
    for person in office.admins_for(at.work, reset):
        card = screen(at.work, person.actor, reset)
        for place in places(at, person.id):
            purpose = f"reset:{reset.id}:asked"
            post(at.work, at.office, *place, card, lane=Lane.NOTICES, slot=slot(reset.id), purpose=purpose)


def redraw(at: Here, reset: Reset, *, but: Collection[Place] = ()) -> None:
    """Bring the admins' cards of a request up to date, where they stand or are on their way."""
    prompted = {(sent.platform, sent.chat_id) for sent in at.work.ledger.of(f"reset:{reset.id}:asked")}
    for person in office.admins_for(at.work, reset):
        for place in places(at, person.id):
            stands = at.work.outbox.slot_message(*place, slot(reset.id)) is not None
            if place not in but and (stands or place in prompted):
                card = screen(at.work, person.actor, reset)
                post(at.work, at.office, *place, card, lane=Lane.NOTICES, slot=slot(reset.id), edit=True)


def close(at: Here, reset_id: int) -> None:
    """A request has just ended: its one-time codes leave the chats, and the admins' cards say how."""
    reset = at.work.factors.reset(reset_id)
    if reset is not None:
        take_codes_away(at, reset)
        redraw(at, reset)


def places(at: Here, person_id: int, first: Place | None = None) -> list[Place]:
    """Where a person is reached: those in reach first, and among them `first`."""
    chats = [chat for chat in at.work.people.chats_of(person_id) if chat.platform in at.office.platforms]
    chats.sort(key=lambda chat: (chat.unreachable_at is not None, (chat.platform, chat.chat_id) != first))
    return [(chat.platform, chat.chat_id) for chat in chats]


def in_reach(at: Here, person_id: int) -> bool:
    """Whether a message can reach this person, as far as is known."""
    chats = at.work.people.chats_of(person_id)
    return any(chat.unreachable_at is None and chat.platform in at.office.platforms for chat in chats)


def tell_owner(at: Here, person_id: int, told: Screen, *, but: Sequence[Place] = ()) -> None:
    """Tell every chat of a person, but these."""
    for place in places(at, person_id):
        if place not in but:
            post(at.work, at.office, *place, told, lane=Lane.NOTICES)


def hand_out(at: Here, issued: Issued) -> bool:
    """The one-time code goes to one chat of its owner, and word of it to the others; whether there is one."""
    reset = issued.reset
    code = code_of(at.work, reset)
    chats = places(at, reset.owner, _asked_in(at.work, reset))
    if not chats:
        return False
    use = Button(buttons.USE_RESET, f"rst:use:{issued.token}")
    secret = Screen(texts.one_time_code(code, issued.token, issued.expires_at), column(use, withdraw(reset)))
    post_to_first(at.work, at.office, chats, secret, lane=Lane.NOTICES, purpose=f"reset:{reset.id}:code")
    tell_owner(at, reset.owner, Screen(texts.issued_elsewhere(code), column(withdraw(reset))), but=chats[:1])
    return True


def _asked_in(work: Work, reset: Reset) -> Place | None:
    """Of a case: where it was filed, so that its passcode comes back to where it was given."""
    if reset.case_id is not None:
        case = work.cases.get(reset.case_id)
        return case.platform, case.chat_id
    return next(
        ((c.platform, c.chat_id) for c in work.people.chats_of(reset.owner) if c.platform == reset.platform),
        None,
    )


def take_codes_away(at: Here, reset: Reset) -> None:
    """The messages with the one-time codes of this request leave the chats."""
    for sent in at.work.ledger.of(f"reset:{reset.id}:code"):
        if sent.message_id is not None:
            params = {"chat_id": sent.chat_id, "message_id": sent.message_id}
            at.work.outbox.add(Outgoing(sent.platform, sent.chat_id, Lane.NOTICES, "deleteMessage", params))


def withdraw(reset: Reset) -> Button:
    """The owner's way to end the own request."""
    return Button(buttons.WITHDRAW_RESET, f"rst:stop:{reset.id}")


def code_of(work: Work, reset: Reset) -> str:
    """The tracking code of the case that it is about, or empty for a second factor."""
    return work.cases.get(reset.case_id).code if reset.case_id is not None else ""
