"""What is told of a complaint: to who handles it, to who complained, and to the admins if nobody is left.

All goes into the outbox in the very transaction of the act that causes it.
"""

from collections.abc import Collection, Iterable

from bot import announce, cards, complaint_card, complaint_view
from bot.cards import COMPLAINT, Here
from bot.post import Place, chats_of, post, post_to_first
from bot.screen import Button, Rows, Screen, column
from domain.complaints import HELD_IN, Action, State
from domain.errors import NotYours
from domain.roles import Actor, Role
from messages_fa import buttons
from messages_fa import complaint_desk as desk_texts
from messages_fa import complaints as texts
from messages_fa import targets as target_texts
from messages_fa.markup import Text
from services import complaint_acts, survey
from services.cases import name_of
from services.complaint_watch import Overdue
from storage.records import Lane
from storage.records.complaints import AnswerTarget, Complaint, ComplaintEvent


def came_in(at: Here, complaint: Complaint, *, objection: bool = False) -> tuple[Place, ...]:
    """Tell whoever may be given it; one of many of the same sender waits for the digest instead.

    If nobody is independent, the admins are told at once that somebody has to be appointed.

    Returns:
        The chats that were told.
    """
    fit = complaint_acts.handlers_of(at.work, complaint)
    if not fit and complaint.stranded_at is None:
        at.work.complaints.strand(complaint.id, at.work.now)
        announce.to_admins(at.work, at.office, desk_texts.stranded(complaint.code))
    elif fit and (not complaint.batched or objection):
        text = desk_texts.prompt(complaint.kind, complaint.category, complaint.code, objection=objection)
        return _prompt(at, complaint, text, fit, replaces=objection)
    return ()


def appointed(at: Here, complaint: Complaint, *, somebody: bool) -> None:
    """Somebody independent is there now for a complaint that had nobody, or nobody is left."""
    if somebody:
        objection = complaint.state is State.OBJECTED
        text = desk_texts.prompt(complaint.kind, complaint.category, complaint.code, objection=objection)
        _prompt(at, complaint, text, complaint_acts.handlers_of(at.work, complaint))
    else:
        announce.to_admins(at.work, at.office, desk_texts.stranded(complaint.code))


def went_up(at: Here, complaint: Complaint, holder: int | None) -> None:
    """It went up to the directors: they are told, and who held it."""
    told = _prompt(
        at,
        complaint,
        desk_texts.escalated(complaint.code),
        complaint_acts.handlers_of(at.work, complaint),
    )
    gone = desk_texts.went_up(complaint.code)
    told = (*told, *to_keepers(at, complaint, holder, gone, opens=False, but=told))
    refresh(at, complaint, but=told)


def to_person(
    at: Here, complaint: Complaint, person_id: int | None, text: Text, *, opens: bool = True
) -> tuple[Place, ...]:
    """Put a word about it in place of one person's cards; the chats that were told."""
    person = at.work.people.get(person_id) if person_id is not None else None
    return _prompt(at, complaint, text, [person.actor] if person else [], opens=opens)


def to_keepers(
    at: Here,
    complaint: Complaint,
    holder: int | None,
    text: Text,
    *,
    opens: bool = True,
    but: Collection[Place] = (),
) -> tuple[Place, ...]:
    """The same for whom it lies with: this holder and who stands in for them, in every chat but these."""
    return _prompt(
        at, complaint, text, complaint_acts.keepers_of(at.work, complaint, holder), opens=opens, but=but
    )


def digest(at: Here, count: int) -> None:
    """Tell of many at once: the complaints officers, or the directors where there are none."""
    role = Role.COMPLAINTS if at.work.people.with_role(Role.COMPLAINTS) else Role.DIRECTOR
    rows = column(Button(buttons.COMPLAINTS, "cmp:q:0:open"))
    for place in _places(at, [person.actor for person in at.work.people.with_role(role)]):
        post(at.work, at.office, *place, Screen(desk_texts.digest(count), rows), lane=Lane.NOTICES)


def refresh(at: Here, complaint: Complaint, *, but: Collection[Place] = ()) -> None:
    """Bring the cards and prompts that stand up to date, in every chat of the desk but these."""
    prompted = {
        (sent.platform, sent.chat_id) for sent in at.work.ledger.of(f"complaint:{complaint.id}:prompt:")
    }
    for actor in complaint_acts.staff(at.work):
        for place in _places(at, [actor]):
            known = place in prompted or cards.stands(at, place, complaint.id, kind=COMPLAINT)
            if place not in but and known:
                shown = _stands_there(at, complaint, actor, place)
                cards.redraw(at, place, complaint.id, shown, kind=COMPLAINT)


def _stands_there(at: Here, complaint: Complaint, actor: Actor, place: Place) -> Screen:
    """The card itself where this person has it open and may; else how it stands, and what opens it."""
    if cards.is_open(at, place, complaint.id, kind=COMPLAINT):
        try:
            return complaint_card.screen(at.work, actor, complaint.id)
        except NotYours:  # not independent any more: what was open goes off the screen
            pass
    holder = name_of(at.work, complaint.holder) if complaint.state in HELD_IN else ""
    return Screen(desk_texts.prompt_status(complaint.code, complaint.state, holder), _open(complaint))


def to_owner(at: Here, complaint: Complaint) -> None:
    """Tell who complained of the last act of the office, as far as it concerns them; nobody if anonymous.

    An answer has the question about the service planned: nobody has to say first that it will do.
    """
    last = at.work.complaints.events(complaint.id)[-1]
    text = _news(at, complaint, last)
    places = owner_places(at, complaint)
    if text is None or not places:
        return
    rows = complaint_view.acts(at.work, complaint, complaint_view.OWNER)
    purpose = f"complaint:{complaint.id}:{complaint.state}:{complaint.version}"
    post_to_first(at.work, at.office, places, Screen(text, rows), lane=Lane.NOTICES, purpose=purpose)
    if last.action is Action.ANSWER:
        plan_survey(at, complaint)


def plan_survey(at: Here, complaint: Complaint) -> None:
    """Have who complained asked about the service, once; nobody of an anonymous one."""
    if complaint.platform is None or complaint.chat_id is None:
        return
    survey.plan(
        at.work,
        "complaint",
        complaint.id,
        complaint.version,
        person_id=complaint.person_id,
        place=(complaint.platform, complaint.chat_id),
    )


def moved(at: Here, target: AnswerTarget) -> None:
    """The calendar has moved the target: who complained and who has it in hand hear why."""
    complaint = at.work.complaints.get(target.complaint_id)
    if target.moved_from is None or target.due_at is None:
        return
    told = target_texts.moved(complaint.code, COMPLAINT, target.moved_from, target.due_at, target.moved_for)
    places = owner_places(at, complaint)
    if places:
        screen = Screen(told, complaint_view.why(complaint))
        purpose = f"complaint:{complaint.id}:{complaint.state}:{complaint.version}"
        post_to_first(at.work, at.office, places, screen, lane=Lane.NOTICES, purpose=purpose)
    _beside(at, complaint, complaint_acts.keepers_of(at.work, complaint, complaint.holder), told)
    refresh(at, complaint)


def warned(at: Here, target: AnswerTarget) -> None:
    """The target is nearly up: who has it in hand hears of it, or whoever may take it."""
    complaint = at.work.complaints.get(target.complaint_id)
    if target.due_at is not None:
        told = target_texts.warning(complaint.code, COMPLAINT, target.due_at)
        _beside(at, complaint, _lies_with(at, complaint), told)


def overdue(at: Here, found: Overdue) -> None:
    """A missed target cannot go up: who has it or may take it hears; the admins, if a director is lacking."""
    target, complaint = found.target, at.work.complaints.get(found.target.complaint_id)
    if target.due_at is not None:
        told = target_texts.breach(complaint.code, COMPLAINT, target.due_at)
        _beside(at, complaint, _lies_with(at, complaint), told)
    if not found.director:
        announce.to_admins(at.work, at.office, desk_texts.no_director(complaint.code))


def _lies_with(at: Here, complaint: Complaint) -> tuple[Actor, ...]:
    kept = complaint_acts.keepers_of(at.work, complaint, complaint.holder)
    return kept or complaint_acts.handlers_of(at.work, complaint)


def _beside(at: Here, complaint: Complaint, people: Iterable[Actor], text: Text) -> None:
    """Tell these people something about it, below the card that may be in use."""
    for place in _places(at, people):
        post(at.work, at.office, *place, Screen(text, _open(complaint)), lane=Lane.NOTICES)


def _news(at: Here, complaint: Complaint, last: ComplaintEvent) -> Text | None:
    if last.action is Action.ASK:
        return texts.asked(complaint.code, last.text or "")
    if last.action is Action.ANSWER:
        return texts.answered(complaint.code, last.text or "", last=complaint.state is State.CLOSED)
    if last.action is Action.RESUME:
        return texts.resumed(complaint.code)
    claims = [e for e in at.work.complaints.events(complaint.id) if e.action is Action.CLAIM]
    first = last.action is Action.CLAIM and len(claims) == 1
    return texts.in_hand(complaint.code) if first else None


def owner_places(at: Here, complaint: Complaint) -> list[Place]:
    """The chats of who complained, in the order in which news is tried there; none of an anonymous one."""
    if complaint.platform is None or complaint.chat_id is None:
        return []
    return chats_of(at.work, at.office, complaint.person_id, (complaint.platform, complaint.chat_id))


def _prompt(
    at: Here,
    complaint: Complaint,
    text: Text,
    people: Iterable[Actor],
    *,
    replaces: bool = True,
    opens: bool = True,
    but: Collection[Place] = (),
) -> tuple[Place, ...]:
    places = tuple(place for place in _places(at, people) if place not in but)
    screen = Screen(text, _open(complaint) if opens else ())
    purpose = f"complaint:{complaint.id}:prompt:{complaint.version}"
    for place in places:
        cards.put(at, place, complaint.id, screen, purpose=purpose, replaces=replaces, kind=COMPLAINT)
    return places


def _open(complaint: Complaint) -> Rows:
    return column(Button(buttons.OPEN_COMPLAINT, f"cmp:{complaint.id}:{complaint.version}:open"))


def _places(at: Here, people: Iterable[Actor]) -> tuple[Place, ...]:
    return tuple(
        (chat.platform, chat.chat_id)
        for actor in people
        if actor.person_id is not None
        for chat in at.work.people.chats_of(actor.person_id)
        if chat.platform in at.office.platforms
    )
