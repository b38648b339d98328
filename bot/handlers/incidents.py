"""«اختلال»: opened, advanced and closed by admins; the watchdog's drafts, published or put aside."""

from dataclasses import replace

from bot.conversations.window_forms import DRAFT, INCIDENT, WORD, since
from bot.handlers import forms, signing
from bot.handlers.forms import Ready
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, require
from domain.windows import Stage
from messages_fa import window_desk as texts
from messages_fa import windows as notice_texts
from messages_fa.markup import Text
from services import incidents
from services.audience import count
from services.windows import EVERYBODY
from storage.errors import Stale
from storage.records.windows import Incident, IncidentUpdate


def ask_new(turn: Turn, _number: int) -> None:
    """«اختلال تازه»."""
    require(turn.actor, Deed.INCIDENTS)
    turn.shown = True
    forms.begin(turn, INCIDENT)


def finish_new(turn: Turn, ready: Ready) -> None:
    """The form is answered: the draft is shown before anybody is told."""
    answers = ready.position.answers
    word = incidents.open_one(
        turn.work,
        turn.actor,
        affected=str(answers["affected"]),
        begun_at=since(answers["since"], turn.work.now),
        text=str(answers["text"]),
    )
    forms.drop(turn, ready.run)
    _preview(turn, word)


def show(turn: Turn, incident_id: int) -> None:
    """An incident as everybody reads it, and the way to say more."""
    require(turn.actor, Deed.INCIDENTS)
    incident = turn.work.incidents.get(incident_id)
    content = incidents.content_of(incident, turn.work.incidents.updates(incident_id))
    more = (Button(texts.NEW_WORD, f"win:word:{incident_id}"),) if incident.over_at is None else ()
    rows = tuple(row for row in (more, (Button(texts.TO_DESK, "win:desk:0"),)) if row)
    turn.show(Screen(notice_texts.incident(content), rows), slot="windows")


def ask_word(turn: Turn, incident_id: int) -> None:
    """«گزارش تازه»."""
    require(turn.actor, Deed.INCIDENTS)
    turn.shown = True
    forms.begin(turn, WORD, subject=turn.work.incidents.get(incident_id).id)


def finish_word(turn: Turn, ready: Ready) -> None:
    """The word is written: it is shown before anybody is told."""
    answers, incident_id = ready.position.answers, ready.run.subject or 0
    forms.drop(turn, ready.run)
    stage = Stage(str(answers["stage"]))
    _preview(turn, incidents.write(turn.work, turn.actor, incident_id, stage, str(answers["text"])))


def draft_row(incident: Incident) -> Text:
    """A draft in the list: what the watchdog saw, or what an admin says does not work."""
    if incident.cause is not None:
        return texts.seen(incident.cause, incident.begun_at, incident.over_at)
    return texts.incident_draft_row(incident.affected, incident.begun_at)


def show_draft(turn: Turn, incident_id: int) -> None:
    """What was written and not published; before that, what the watchdog saw."""
    require(turn.actor, Deed.INCIDENTS)
    incident = turn.work.incidents.get(incident_id)
    if incident.published_at is not None or incident.dropped_at is not None:
        raise Stale("incident", incident_id)
    word = turn.work.incidents.proposed(incident_id)
    if word is not None:
        _preview(turn, word)
        return
    seen = texts.seen(incident.cause or "", incident.begun_at, incident.over_at)
    turn.show(Screen(texts.drafted(seen), draft_rows(incident_id)), slot="windows")


def draft_rows(incident_id: int) -> tuple[tuple[Button, ...], ...]:
    """What can be done with a draft of the watchdog."""
    return column(
        Button(texts.FILL, f"win:fill:{incident_id}"), Button(texts.PUT_ASIDE, f"win:aside:{incident_id}")
    )


def ask_draft(turn: Turn, incident_id: int) -> None:
    """«نوشتن و انتشار»."""
    require(turn.actor, Deed.INCIDENTS)
    turn.shown = True
    forms.begin(turn, DRAFT, subject=turn.work.incidents.get(incident_id).id)


def finish_draft(turn: Turn, ready: Ready) -> None:
    """The draft has its words."""
    answers, incident_id = ready.position.answers, ready.run.subject or 0
    forms.drop(turn, ready.run)
    word = incidents.complete(
        turn.work, turn.actor, incident_id, affected=str(answers["affected"]), text=str(answers["text"])
    )
    _preview(turn, word)


def put_aside(turn: Turn, incident_id: int) -> None:
    """«کنار گذاشتن»."""
    incidents.put_aside(turn.work, turn.actor, incident_id)
    turn.show(Screen(texts.put_aside()), slot="windows")


def publish(turn: Turn, update_id: int) -> None:
    """«بله، منتشر شود»."""
    require(turn.actor, Deed.INCIDENTS)
    if not signing.signed(turn, f"win:push:{update_id}"):
        return
    incidents.publish(turn.work, turn.actor, update_id)
    turn.show(Screen(texts.told(), column(Button(texts.TO_DESK, "win:desk:0"))), slot="windows")


def _preview(turn: Turn, word: IncidentUpdate) -> None:
    """What everybody will read, and how many they are."""
    incident = turn.work.incidents.get(word.incident_id)
    over = (incident.over_at or turn.work.now) if word.stage is Stage.RESOLVED else None
    shown = replace(incident, stage=word.stage, over_at=over)
    content = incidents.content_of(shown, [*turn.work.incidents.updates(incident.id), word])
    found = count(turn.work, EVERYBODY, service=True, platforms=turn.platforms.keys())
    text = texts.sure_to_tell(notice_texts.incident(content), found.recipients, found.reachable)
    sure = Button(texts.SURE_TO_PUBLISH, f"win:push:{word.id}")
    rows = column(sure, Button(texts.NOT_NOW, "win:desk:0"))
    if incident.published_at is None:
        # Only what the watchdog drafted can be written anew: of it, nothing else is to be asked.
        rows = (*rows, *draft_rows(incident.id)[0 if incident.cause else 1 :])
    turn.show(Screen(text, rows), slot="windows")
