"""The card of a complaint as one person of the desk may see it: text and buttons."""

from bot.screen import Button, Rows, Screen, column
from domain.complaints import Action
from domain.roles import Actor
from messages_fa import buttons
from messages_fa import complaint_card as texts
from messages_fa.markup import Text, paragraphs
from services import complaint_desk as desk
from services.complaint_desk import DeskView
from storage.work import Work

LONGEST = 3900
"""Characters of a card; a message holds 4,096."""


def screen(work: Work, actor: Actor, complaint_id: int) -> Screen:
    """The card for this person.

    Raises:
        NotFound: there is no such complaint.
        NotYours: not of the desk, or not independent.
    """
    view = desk.view(work, actor, complaint_id)
    return Screen(_text(view), _rows(view))


def _text(view: DeskView) -> Text:
    """The complaint, the notes, and of what was said the newest that finds room."""
    said = [(str(e.action), e.text or "", e.at, e.cause or "") for e in view.said]
    notes = texts.notes([(note.at, note.author, note.text) for note in view.notes])
    whole = paragraphs(_head(view), texts.said(said), notes)
    while len(whole.plain) > LONGEST and said:
        said.pop(0)
        whole = paragraphs(_head(view), texts.said(said), notes, texts.left_out())
    return whole if len(whole.plain) <= LONGEST else paragraphs(_head(view), texts.left_out())


def _head(view: DeskView) -> Text:
    complaint = view.complaint
    return texts.card(
        complaint.kind,
        complaint.category,
        complaint.code,
        complaint.state,
        complaint.text,
        sender=view.sender,
        behalf=str(complaint.content.get("behalf", "")),
        anonymous=complaint.anonymous,
        case_code=view.case_code,
        typed_code=str(complaint.content.get("about", "")),
        files=len(complaint.files),
        filed_at=complaint.filed_at,
        due=view.due,
        overdue=view.overdue,
        escalated=complaint.escalated_at is not None,
        objected=view.objected,
        holder=view.holder_name,
    )


_LABELS = {
    Action.CLAIM: (buttons.CLAIM, "claim"),
    Action.ANSWER: (buttons.ANSWER, "answer"),
    Action.ASK: (buttons.ASK_BACK, "ask"),
    Action.HAND_OVER: (buttons.HAND_OVER, "hand"),
    Action.RELEASE: (buttons.RELEASE, "release"),
}


def _rows(view: DeskView) -> Rows:
    complaint = view.complaint

    def to(verb: str) -> str:
        return f"cmp:{complaint.id}:{complaint.version}:{verb}"

    acts = (_LABELS[action] for action in view.actions)
    files = (Button(buttons.ATTACHMENTS, to("files")),) if complaint.files else ()
    beside = (Button(buttons.INTERNAL_NOTE, to("note")), *files)
    back = Button(buttons.BACK_TO_LIST, to("queue"))
    return (*column(*(Button(label, to(verb)) for label, verb in acts)), beside, (back,))
