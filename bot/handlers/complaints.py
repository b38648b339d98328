"""«شکایت و نظر»: sending one, and the area's buttons and sweeps.

Whoever complained goes on in `complaint_following` and `complaint_owner`, who handles it in `complaint_desk`.
Of an anonymous one nothing is kept that leads to the chat: its screens are not remembered, its small forms
carry its code among their sealed answers, and its buttons the passcode's leave.
"""

from bot import complaint_news
from bot.conversations.complaint_forms import (
    ANSWER,
    COMPLAINT,
    COMPLAINT_NOTE,
    COMPLAINT_PASSCODE,
    OBJECTION,
    QUESTION,
    REPLY,
)
from bot.handlers import answering, complaint_desk, complaint_owner, complaint_sweeps, forms
from bot.handlers import complaint_following as following
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.part import Part
from bot.screen import Screen
from bot.turn import Turn, number
from domain.authority import Deed, plays
from domain.errors import Incomplete
from messages_fa import buttons
from messages_fa import complaints as texts
from messages_fa.markup import Text
from persian.dates import tehran_day
from services import complaints as office
from services import drafts
from services.complaint_clocks import due_of
from services.secrets import NewSecret, new_secret
from storage.records.complaints import Complaint


def new(turn: Turn) -> None:
    """«شکایت و نظر»: a new form, or the one that was begun; who has a list of drafts finds that there."""
    begun = drafts.unfinished(turn.work, turn.actor, *turn.place)
    if begun is None or plays(turn.actor, Deed.FILE):
        forms.begin(turn, COMPLAINT)
    else:
        forms.resume(turn, begun)


def finish(turn: Turn, ready: Ready) -> None:
    """«ارسال» was pressed on the summary.

    Raises:
        SlowWanted: a passcode is to be made first, for an anonymous one.
    """
    secret = turn.incoming.computed if isinstance(turn.incoming.computed, NewSecret) else None
    if secret is None and ready.position.answers.get("anonymous") is True:
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: new_secret(pepper))
    try:
        filed = office.file(
            turn.work,
            actor=turn.actor,
            run=ready.run,
            answers=ready.position.answers,
            secret_digest=secret.digest if secret else None,
            sender=turn.asker,
            chat_id=turn.chat.chat_id,
        )
    except Incomplete:
        answering.ask_rest(turn, ready)
        return
    forms.close(turn)
    complaint = filed.complaint
    if not filed.first_time:
        turn.show(Screen(texts.already_filed(complaint.code)))
        return
    turn.show(Screen(_receipt(turn, complaint, secret.passcode if secret else "")))
    if not complaint.untold:
        complaint_news.came_in(turn, complaint)


def _receipt(turn: Turn, complaint: Complaint, passcode: str) -> Text:
    due = due_of(turn.work, complaint)
    return texts.filed(
        complaint.kind,
        complaint.code,
        due=tehran_day(due.at) if due and due.at else None,
        link=turn.office.link(turn.chat.platform, complaint.code),
        passcode=passcode,
    )


def press(turn: Turn, rest: list[str]) -> None:
    """A button of a complaint: of the queue, of the public view, of who complained, or of the desk.

    Raises:
        OldButton: there is no such button.
    """
    whose, place, verb = rest
    if whose == "q":
        complaint_desk.show_queue(turn, number(place), verb)
    elif whose in following.BY_CODE:
        following.BY_CODE[whose](turn, verb)
    elif whose.isdecimal():
        complaint_desk.act(turn, number(whose), number(place), verb)
    else:
        complaint_owner.press(turn, whose, number(place), verb)


PART = Part(
    buttons={"cmp": (press, 3)},
    finish={
        COMPLAINT.name: finish,
        COMPLAINT_PASSCODE.name: following.finish_passcode,
        REPLY.name: complaint_owner.finish_reply,
        OBJECTION.name: complaint_owner.finish_objection,
        ANSWER.name: complaint_desk.finish_answer,
        QUESTION.name: complaint_desk.finish_question,
        COMPLAINT_NOTE.name: complaint_desk.finish_note,
    },
    commands={"complaint": new, "complaints": complaint_desk.show_queue},
    asides=frozenset({"complaints"}),
    words={
        buttons.SATISFIED: complaint_owner.typed("yes", OBJECTION),
        buttons.OBJECT: complaint_owner.typed("no", OBJECTION),
        buttons.REPLY: complaint_owner.typed("reply", REPLY),
        buttons.OPEN_COMPLAINT: complaint_desk.open_waiting,
    },
    sweeps=(
        ("watch_complaints", complaint_sweeps.watch, 60),
        ("escalate_complaints", complaint_sweeps.escalate, 60),
        ("tell_complaints", complaint_sweeps.tell_many, 900),
        ("tell_of_anonymous", complaint_sweeps.tell_of_anonymous, 900),
        ("forget_senders", complaint_sweeps.forget, 900),
    ),
)
