"""The card of a complaint as one person of the desk may see it: text and buttons."""

import datetime as dt

from bot.complaint_view import shown_time
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
    text, is_whole = _text(view)
    return Screen(text, _rows(view, is_whole=is_whole))


def written(view: DeskView) -> tuple[Text, ...]:
    """Whatever was written after the complaint itself, whole: each for a message of its own."""
    notes = (texts.notes([note]) for note in _notes(view))
    return (*(texts.one_said(*row) for row in _said(view)), *notes)


def _said(view: DeskView) -> list[tuple[str, str, dt.date, str]]:
    return [(str(e.action), e.text or "", shown_time(view.complaint, e.at), e.cause or "") for e in view.said]


def _notes(view: DeskView) -> list[tuple[dt.datetime, str, str]]:
    return [(note.at, note.author, note.text) for note in view.notes]


def _text(view: DeskView) -> tuple[Text, bool]:
    """The complaint and what was written, and whether that is all of it.

    Where it is too long, the oldest notes go first, then what was said first; the newest words stay.
    """
    said, notes = _said(view), _notes(view)
    whole = paragraphs(_head(view), texts.said(said), texts.notes(notes))
    if len(whole.plain) <= LONGEST:
        return whole, True
    while len(whole.plain) > LONGEST and (notes or len(said) > 1):
        (notes or said).pop(0)
        whole = paragraphs(_head(view), texts.said(said), texts.notes(notes), texts.left_out())
    return whole, False


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
        about_complaint=view.about == "complaint",
        files=len(complaint.files),
        filed_at=shown_time(complaint, complaint.filed_at),
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
    Action.RESUME: (buttons.GO_ON_UNANSWERED, "resume"),
    Action.HAND_OVER: (buttons.HAND_OVER, "hand"),
    Action.RELEASE: (buttons.RELEASE, "release"),
}


def _rows(view: DeskView, *, is_whole: bool) -> Rows:
    complaint = view.complaint

    def to(verb: str) -> str:
        return f"cmp:{complaint.id}:{complaint.version}:{verb}"

    acts = (_LABELS[action] for action in view.actions)
    files = (Button(buttons.ATTACHMENTS, to("files")),) if complaint.files else ()
    texts_whole = () if is_whole else (Button(buttons.FULL_TEXTS, to("texts")),)
    beside = (Button(buttons.INTERNAL_NOTE, to("note")), *files, *texts_whole)
    why = (Button(buttons.WHY_DUE, f"cmp:w:0:{complaint.code}"),) if view.due else ()
    back = Button(buttons.BACK_TO_LIST, to("queue"))
    return (*column(*(Button(label, to(verb)) for label, verb in acts)), beside, (*why, back))
