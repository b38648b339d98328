"""A case's public stage has changed: its filer, its followers and the views that stand learn of it.

All goes into the outbox in the very transaction of the change.
"""

from bot import stage_view
from bot.office import Office
from bot.post import Place, post, post_to_first
from bot.screen import Button, Screen, column
from domain.lifecycle import Action, State, allowed
from domain.tracking import is_news, public_stage, timeline
from messages_fa import buttons, receipt, tracking
from messages_fa.markup import Text, paragraphs
from messages_fa.substitutes import signed_for
from services import following, survey
from services.case_facts import refusal_facts
from services.cases import proposal_of, signed_on_behalf, steps_of, supersession
from services.tracking import Stage, stage_of
from storage.records import Case, CaseEvent, Chat, Lane
from storage.work import Work


def of_change(work: Work, office: Office, case: Case) -> None:
    """Tell everybody of a change that the office has made, as the case's last event has it.

    An act that leaves the public stage as it is, such as a hand-over, is nobody's business outside; that a
    case goes back into the queue and is taken again is seen there by who looks, and told to nobody.
    """
    events = work.cases.events(case.id)
    if steps_of(events) == steps_of(events[:-1]):
        return
    if is_news(timeline(steps_of(events))):
        _to_filer(work, office, case, _result(work, case))
        _plan_survey(work, case)
        to_followers(work, office, case)
    else:
        _redraw(work, office, case, stage_of(work, case), _followers(work, office, case))


def _plan_survey(work: Work, case: Case) -> None:
    """Have the filer asked about the service, once for each decision."""
    if case.state in {State.AGREED, State.NOT_AGREED}:
        filed_here = (case.platform, case.chat_id)
        survey.plan(work, "case", case.id, case.version, person_id=case.filed_by, place=filed_here)


def to_followers(work: Work, office: Office, case: Case) -> None:
    """Tell those who follow the code, and draw the public view anew where it stands.

    For a change that the filer has made, who needs no news of it.
    """
    stage = stage_of(work, case)
    step, at = stage.steps[-1]
    audience = _followers(work, office, case)
    _redraw(work, office, case, stage, audience)
    rows = ((Button(buttons.STEPS, f"t:{case.code}"), Button(buttons.UNFOLLOW, f"w:off:{case.code}")),)
    told = Screen(tracking.news(case.code, step, at), rows)
    for platform, chat_id in audience:
        purpose = f"follow:{case.id}:{stage.stage}:{case.version}"
        post(work, office, platform, chat_id, told, lane=Lane.NOTICES, purpose=purpose)


def _followers(work: Work, office: Office, case: Case) -> list[Place]:
    return [there for there in following.audience(work, case) if there[0] in office.platforms]


def _redraw(work: Work, office: Office, case: Case, stage: Stage, followers: list[Place]) -> None:
    """Edit the view of this case where one stands in a chat of theirs or of the filer."""
    slot = stage_view.slot(case.id)
    for platform, chat_id in (*followers, *_chats(work, office, case)):
        if work.outbox.slot_message(platform, chat_id, slot) is None:
            continue
        chat = work.chats.get(platform, chat_id)
        person_id = chat.person_id if chat else None
        view = stage_view.screen(work, stage, platform=platform, chat_id=chat_id, person_id=person_id)
        post(work, office, platform, chat_id, view, lane=Lane.NOTICES, slot=slot, edit=True)


def _to_filer(work: Work, office: Office, case: Case, screen: Screen) -> None:
    """Where the case was filed, else by the next of the person's messengers.

    A chat that is no longer the filer's is told nothing; one known to be out of reach comes last.
    """
    places = _chats(work, office, case)
    if places:
        purpose = f"case:{case.id}:{public_stage(case.state)}:{case.version}"
        post_to_first(work, office, places, screen, lane=Lane.NOTICES, purpose=purpose)


def _chats(work: Work, office: Office, case: Case) -> list[Place]:
    """The filer's chats, in the order in which news is tried there."""
    chats = [chat for chat in work.people.chats_of(case.filed_by) if chat.platform in office.platforms]
    filed_here = (case.platform, case.chat_id)
    chats.sort(key=lambda chat: (chat.unreachable_at is not None, _place(chat) != filed_here))
    return [_place(chat) for chat in chats]


def _place(chat: Chat) -> Place:
    return chat.platform, chat.chat_id


def _result(work: Work, case: Case) -> Screen:
    """The news for the filer, whole for an officer of that agency.

    Whoever no longer is one learns what anybody with the code may.
    """
    step, at = stage_of(work, case).steps[-1]
    filer = work.people.get(case.filed_by)
    if filer is None or filer.actor.agency_id != case.agency_id or case.erased:
        return Screen(receipt.stage_changed(case.code, step, "", at))
    proposal = proposal_of(case)
    head = receipt.stage_changed(case.code, step, proposal.debtor_name, at)
    replaced = supersession(work, case)
    later = receipt.superseded(replaced.reasons, replaced.note or "") if replaced else Text()
    last = work.cases.events(case.id)[-1]
    # A later decision has one note: it is told beside why the earlier one is replaced.
    note = "" if replaced and replaced.note == last.note else last.note or ""
    reviewable = Action.ASK_REVIEW in allowed(case.state, refusal_facts(work, case), filer.actor)
    tail = _tail(last, note, offence=proposal.offence, reviewable=reviewable)
    label, verb = _GO_ON.get(case.state, ("", ""))
    review = (Button(buttons.ASK_REVIEW, f"day:review:{case.id}"),) if reviewable else ()
    rows = column(Button(label, f"c:{case.id}:{case.version}:{verb}"), *review) if verb else ()
    substitutes = signed_for(signed_on_behalf(work, case))
    return Screen(paragraphs(head, later, tail, substitutes), rows)


_GO_ON = {State.RETURNED: (buttons.CORRECT, "fix"), State.NOT_AGREED: (buttons.AGAIN, "again")}
"""What the filer can do about it, in a state that leaves something to do."""


def _tail(last: CaseEvent, note: str, *, offence: bool, reviewable: bool) -> Text:
    """What the last event means for the filer, and why."""
    if last.to_state is State.AGREED:
        return receipt.agreed(offence=offence)
    if last.to_state is State.NOT_AGREED:
        return receipt.not_agreed(last.reasons, note, reviewable=reviewable)
    if last.to_state is State.RETURNED:
        return receipt.returned(last.reasons, note, tuple((last.details or {}).get("fields", ())))
    return Text()
