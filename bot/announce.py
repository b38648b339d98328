"""Messages to people other than the one who acts: prompts to reviewers, results to officers.

All go into the outbox in the very transaction of the act that causes them.
"""

from bot.office import Office
from bot.post import post
from bot.screen import Button, Rows, Screen, column
from bot.turn import Turn
from domain.lifecycle import State
from domain.proposal import Proposal
from domain.roles import Role
from domain.tracking import public_stage
from messages_fa import buttons, receipt, review
from messages_fa.markup import Text, paragraphs
from services.cases import agency_name_of, name_of
from storage.records import Case, Chat, Lane
from storage.work import Work

HELD_IN = frozenset({State.IN_REVIEW, State.AWAITING_SIGNATURE})
"""States in which a case lies with its holder."""


def to_reviewers(turn: Turn, case: Case, *, corrected: bool = False) -> None:
    """Prompt every reviewer, but the one who filed, in the private chat."""
    agency = agency_name_of(turn.work, case)
    text = review.prompt(case.code, agency, case.kind, corrected=corrected)
    rows = column(Button(buttons.OPEN_CASE, f"c:{case.id}:{case.version}:open"))
    for chat in _reviewers_chats(turn, case):
        _post(turn, chat, text, rows, slot=_slot(case), purpose=f"case:{case.id}:prompt:{case.version}")


def refresh_prompts(turn: Turn, case: Case) -> None:
    """Bring the prompts in the other reviewers' chats up to date: who holds it, or how it ended."""
    holder = name_of(turn.work, case.holder) if case.state in HELD_IN else ""
    text = review.prompt_status(case.code, case.state, holder)
    rows = column(Button(buttons.OPEN_CASE, f"c:{case.id}:{case.version}:open"))
    # A prompt may still wait in the outbox: the edit behind it finds its message once it is sent.
    prompts = turn.work.ledger.of(f"case:{case.id}:prompt:")
    prompted = {(prompt.platform, prompt.chat_id) for prompt in prompts}
    for chat in _reviewers_chats(turn, case):
        at = (chat.platform, chat.chat_id)
        stands = at in prompted or turn.work.outbox.slot_message(*at, _slot(case)) is not None
        if stands and at != (turn.chat.platform, turn.chat.chat_id):
            turn.post(*at, Screen(text, rows), lane=Lane.NOTICES, slot=_slot(case), edit=True)


def to_officer(turn: Turn, case: Case, *, reasons: tuple[str, ...] = (), note: str = "") -> None:
    """Push a change of the public stage to the chat from which the case was filed.

    Whoever filed it and no longer is an officer of that agency learns what anybody with the code may.
    """
    proposal = Proposal.model_validate(case.proposal)
    stage = public_stage(case.state)
    screen, purpose = (
        Screen(receipt.stage_changed(case.code, stage, "", turn.work.now)),
        _purpose(case, stage),
    )
    if _still_officer(turn, case):
        head = receipt.stage_changed(case.code, stage, proposal.debtor_name, turn.work.now)
        screen = _result(case, head, reasons, note, offence=proposal.offence)
    for platform, chat_id in _officers_chats(turn, case):
        turn.post(platform, chat_id, screen, lane=Lane.NOTICES, purpose=purpose)


def _purpose(case: Case, stage: str) -> str:
    return f"case:{case.id}:{stage}:{case.version}"


def _still_officer(turn: Turn, case: Case) -> bool:
    person = turn.work.people.get(case.filed_by)
    return person is not None and person.actor.agency_id == case.agency_id


def _result(case: Case, head: Text, reasons: tuple[str, ...], note: str, *, offence: bool) -> Screen:
    """The whole news, with what is to be done."""
    rows: Rows = ()
    tail = Text()
    if case.state is State.AGREED:
        tail = receipt.agreed(offence=offence)
    elif case.state is State.NOT_AGREED:
        tail = receipt.not_agreed(reasons, note)
    elif case.state is State.RETURNED:
        tail = receipt.returned(reasons, note)
        rows = column(Button(buttons.CORRECT, f"c:{case.id}:{case.version}:fix"))
    return Screen(paragraphs(head, tail), rows)


def _officers_chats(turn: Turn, case: Case) -> list[tuple[str, int]]:
    """The chat from which the case was filed; the filer's others while its platform is not served."""
    if case.platform in turn.platforms:
        return [(case.platform, case.chat_id)]
    chats = turn.work.people.chats_of(case.filed_by)
    return [(chat.platform, chat.chat_id) for chat in chats if chat.platform in turn.platforms]


def to_admins(work: Work, office: Office, text: Text, rows: Rows = ()) -> None:
    """Tell every admin, in every chat of theirs."""
    for person in work.people.with_role(Role.ADMIN):
        for chat in work.people.chats_of(person.id):
            if chat.platform in office.platforms:
                post(work, office, chat.platform, chat.chat_id, Screen(text, rows), lane=Lane.NOTICES)


def _slot(case: Case) -> str:
    return f"case:{case.id}"


def _reviewers_chats(turn: Turn, case: Case) -> tuple[Chat, ...]:
    people = turn.work.people
    return tuple(
        chat
        for person in people.with_role(Role.REVIEWER)
        if person.id != case.filed_by
        for chat in people.chats_of(person.id)
        if chat.platform in turn.platforms
    )


def _post(turn: Turn, chat: Chat, text: Text, rows: Rows, *, slot: str | None, purpose: str | None) -> None:
    turn.post(chat.platform, chat.chat_id, Screen(text, rows), lane=Lane.NOTICES, slot=slot, purpose=purpose)
