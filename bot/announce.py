"""Messages to people other than the one who acts: prompts and cards of reviewers and directors, and news.

All go into the outbox in the very transaction of the act that causes them.
"""

from collections.abc import Collection, Iterable

from bot import card_view, cards, news
from bot.cards import Here
from bot.office import Office
from bot.post import Place, post
from bot.screen import Button, Rows, Screen, column
from domain.authority import Deed, plays
from domain.lifecycle import HELD_IN, State
from domain.roles import Role
from messages_fa import buttons, review
from messages_fa.markup import Text
from services.case_facts import agreement_of
from services.cases import agency_name_of, doer, name_of
from services.decisions import signers
from storage.records import Case, Lane, Person
from storage.work import Work


def to_reviewers(at: Here, case: Case, *, corrected: bool = False) -> None:
    """Prompt every reviewer, but those who filed or confirmed it, in every chat of theirs."""
    text = review.prompt(case.code, agency_name_of(at.work, case), case.kind, corrected=corrected)
    barred = {case.filed_by, *at.work.filing.cosigned_by(case.id)}
    people = [person for person in at.work.people.with_role(Role.REVIEWER) if person.id not in barred]
    _prompt(at, case, text, people, replaces=corrected)


def to_directors(at: Here, case: Case) -> tuple[Place, ...]:
    """Prompt the directors who may give the second signature; the chats that were told."""
    agreed = agreement_of(at.work, case)
    text = review.prompt_signature(
        case.code, agency_name_of(at.work, case), case.kind, doer(at.work, agreed) if agreed else ""
    )
    return _prompt(at, case, text, signers(at.work, case, agreed.person_id if agreed else None))


def to_colleague(at: Here, case: Case, by: str) -> tuple[Place, ...]:
    """Tell the holder that the case was given to them; the chats that were told."""
    text = review.handed_over(case.code, agency_name_of(at.work, case), case.kind, by)
    return to_person(at, case, case.holder, text)


def to_person(at: Here, case: Case, person_id: int | None, text: Text) -> tuple[Place, ...]:
    """Put a word about the case in place of one person's cards; the chats that were told."""
    person = at.work.people.get(person_id) if person_id is not None else None
    opens = person is not None and plays(person.actor, Deed.QUEUE)
    return _prompt(at, case, text, [person] if person else [], opens=opens)


def beside(at: Here, case: Case, person_id: int | None, text: Text) -> None:
    """Tell one person something about the case, below the card that may be in use: it stays, drawn anew."""
    person = at.work.people.get(person_id) if person_id is not None else None
    for place in _places(at, [person] if person else []):
        post(at.work, at.office, *place, Screen(text, _open(case)), lane=Lane.NOTICES)
        if cards.is_open(at, place, case.id) and person is not None:
            cards.redraw(at, place, case.id, card_view.screen(at.work, person.actor, case.id))


def to_people(at: Here, case: Case, people: Iterable[Person], text: Text) -> tuple[Place, ...]:
    """Put a prompt about the case in place of the cards of these people; the chats that were told."""
    return _prompt(at, case, text, people)


def refresh_prompts(at: Here, case: Case, *, but: Collection[Place] = ()) -> None:
    """Bring the cards that stand up to date, in every chat but these: who holds it, or how it ended."""
    # A prompt may still wait in the outbox: the edit behind it finds its message once it is sent.
    prompted = {(sent.platform, sent.chat_id) for sent in at.work.ledger.of(f"case:{case.id}:prompt:")}
    people = at.work.people
    desk = {person.id: person for role in _DESK for person in people.with_role(role)}
    for person in desk.values():
        for place in _places(at, [person]):
            if place not in but and (place in prompted or cards.stands(at, place, case.id)):
                cards.redraw(at, place, case.id, _stands_there(at, case, person, place))


def _stands_there(at: Here, case: Case, person: Person, place: Place) -> Screen:
    """The card itself where this person has it open; else how the case stands, and what opens it."""
    if cards.is_open(at, place, case.id):
        return card_view.screen(at.work, person.actor, case.id)
    holder = name_of(at.work, case.holder) if case.state in HELD_IN else ""
    waits = at.work.reviews.pending(case.id, case.version) if person.id != case.filed_by else None
    decider = doer(at.work, waits) if waits else ""
    return Screen(review.prompt_status(case.code, case.state, holder, decider), _open(case))


_DESK = (Role.REVIEWER, Role.DIRECTOR)


def acted(at: Here, case: Case, *, but: Collection[Place] = ()) -> None:
    """Tell everybody of an act: the cards that stand, directors who are to sign, the filer, followers.

    The reasons and the note that the filer reads are those of the last event.
    """
    waits = case.state is State.AWAITING_SIGNATURE
    told = to_directors(at, case) if waits else ()
    refresh_prompts(at, case, but={*but, *told})
    if not waits:
        to_officer(at, case)


def to_officer(at: Here, case: Case) -> None:
    """Tell of a change of the public stage: its filer, and those who follow the code."""
    news.of_change(at.work, at.office, case)


def to_followers(at: Here, case: Case) -> None:
    """Tell those who follow the code of a change that the filer has made."""
    news.to_followers(at.work, at.office, case)


def to_admins(work: Work, office: Office, text: Text, rows: Rows = ()) -> None:
    """Tell every admin, in every chat of theirs."""
    for person in work.people.with_role(Role.ADMIN):
        for chat in work.people.chats_of(person.id):
            if chat.platform in office.platforms:
                post(work, office, chat.platform, chat.chat_id, Screen(text, rows), lane=Lane.NOTICES)


def _prompt(
    at: Here, case: Case, text: Text, people: Iterable[Person], *, replaces: bool = True, opens: bool = True
) -> tuple[Place, ...]:
    places, screen = _places(at, people), Screen(text, _open(case) if opens else ())
    for place in places:
        purpose = f"case:{case.id}:prompt:{case.version}"
        cards.put(at, place, case.id, screen, purpose=purpose, replaces=replaces)
    return places


def _open(case: Case) -> Rows:
    return column(Button(buttons.OPEN_CASE, f"c:{case.id}:{case.version}:open"))


def _places(at: Here, people: Iterable[Person]) -> tuple[Place, ...]:
    return tuple(
        (chat.platform, chat.chat_id)
        for person in people
        for chat in at.work.people.chats_of(person.id)
        if chat.platform in at.office.platforms
    )
