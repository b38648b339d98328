"""«درخواست بازنگری» of a refusal: the officer asks once, somebody else of the desk looks at it again."""

from bot import announce
from bot.conversations.filing_forms import RECOMMEND, REVIEW_REQUEST, UPHOLD
from bot.conversations.form import Form
from bot.handlers import desk, forms, own
from bot.handlers.forms import Ready
from bot.handlers.signing import signed_form
from bot.post import chats_of, post_to_first
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.errors import DomainError, NotAllowedNow, NotYours
from domain.lifecycle import Action
from messages_fa import buttons, review
from messages_fa import refusals as texts
from messages_fa.markup import say
from services import proposals, refusals
from services.cases import agency_name_of, insist_on_version
from services.desk import view
from services.errors import ServicesError
from storage.errors import Stale
from storage.records import Case, Lane

# The officer


def ask(turn: Turn, case_id: int) -> None:
    """Ask why, if no review of this refusal was asked for before; otherwise say so.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
    """
    seen = proposals.own_case(turn.work, turn.actor, case_id)
    if Action.ASK_REVIEW not in seen.actions:
        turn.answer(review.not_yours("asked_already") if seen.review else review.changed())
        turn.shown = True
        own.show(turn, case_id)
        return
    turn.shown = True
    forms.begin(turn, REVIEW_REQUEST, subject=case_id, seen=seen.case.version)


def finish_request(turn: Turn, ready: Ready) -> None:
    """It was written: the desk is told, but whoever had a hand in the refusal."""
    case_id, note = ready.run.subject or 0, str(ready.position.answers["note"])
    forms.drop(turn, ready.run)
    try:
        case = refusals.ask(
            turn.work, actor=turn.actor, case_id=case_id, note=note, version=ready.position.seen
        )
    except NotYours as refused:
        forms.give_words_back(turn, ready)
        # That a decision waits to be published is not known outside.
        hidden = refused.why == "decision_waits"
        turn.show(Screen(texts.not_asked() if hidden else say("{why}", why=review.not_yours(refused.why))))
    except (NotAllowedNow, Stale):
        forms.give_words_back(turn, ready)
        turn.show(Screen(texts.not_asked()))
    else:
        turn.show(Screen(texts.asked(case.code)), slot="receipt")
        text = texts.prompt(case.code, agency_name_of(turn.work, case), case.kind)
        announce.to_people(turn, case, refusals.reviewers(turn.work, case), text)


# The desk


def take(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    """«برداشتن بازنگری»."""
    case = refusals.take(turn.work, actor=turn.actor, case_id=case_id)
    announce.refresh_prompts(turn, case, but=[turn.place])
    desk.show_card(turn, case_id)


def leave(turn: Turn, case_id: int, _version: int, _argument: str) -> None:
    """«رها کردن بازنگری»."""
    case = refusals.leave(turn.work, actor=turn.actor, case_id=case_id)
    announce.refresh_prompts(turn, case, but=[turn.place])
    desk.show_card(turn, case_id)


def ask_uphold(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«تأیید تصمیم پیشین»: a reviewer's, or a director's to whom its replacement is recommended."""
    _begin(turn, case_id, version, refusals.UPHELD, UPHOLD)


def ask_recommend(turn: Turn, case_id: int, version: int, _argument: str) -> None:
    """«پیشنهاد جایگزینی به مدیر»."""
    _begin(turn, case_id, version, frozenset({Action.RECOMMEND}), RECOMMEND)


def _begin(turn: Turn, case_id: int, version: int, acts: frozenset[Action], form: Form) -> None:
    seen = view(turn.work, turn.actor, case_id)
    insist_on_version(seen.case, version)
    if acts.isdisjoint(seen.actions):
        raise NotYours(min(acts), "not_reviewing")
    turn.shown = True
    forms.begin(turn, form, subject=case_id, seen=version)


def finish_uphold(turn: Turn, ready: Ready) -> None:
    """The refusal stands: the agency is told why."""
    _finish(turn, ready, uphold=True)


def finish_recommend(turn: Turn, ready: Ready) -> None:
    """The refusal is to be replaced: the directors who had no hand in it are told."""
    _finish(turn, ready, uphold=False)


def _finish(turn: Turn, ready: Ready, *, uphold: bool) -> None:
    if not signed_form(turn, ready):
        return
    case_id, note = ready.run.subject or 0, str(ready.position.answers["note"])
    forms.drop(turn, ready.run)
    advised = refusals.recommended_by(turn.work, case_id) if uphold else None
    try:
        case = refusals.conclude(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            uphold=uphold,
            note=note,
            version=ready.position.seen,
        )
    except NotYours as refused:
        forms.give_words_back(turn, ready)
        turn.show(Screen(say("{why}", why=review.not_yours(refused.why))))
        return
    except (DomainError, ServicesError, Stale):
        forms.give_words_back(turn, ready)
        turn.show(Screen(say("{why}", why=review.changed())))
    else:
        turn.show(Screen(texts.concluded(uphold=uphold)))
        (_tell_officer if uphold else _tell_directors)(turn, case, note)
        if advised is not None and advised != turn.actor.person_id:
            announce.beside(turn, case, advised, texts.not_followed(case.code, turn.actor.name, note))
    desk.show_card(turn, case_id, anew=True)


def _tell_officer(turn: Turn, case: Case, note: str) -> None:
    announce.refresh_prompts(turn, case, but=[turn.place])
    places = chats_of(turn.work, turn.office, case.filed_by, (case.platform, case.chat_id))
    if places:
        rows = column(Button(buttons.AGAIN, f"c:{case.id}:{case.version}:again"))
        screen, purpose = Screen(texts.upheld(case.code, note), rows), f"case:{case.id}:upheld:{case.version}"
        post_to_first(turn.work, turn.office, places, screen, lane=Lane.NOTICES, purpose=purpose)


def _tell_directors(turn: Turn, case: Case, _note: str) -> None:
    agency = agency_name_of(turn.work, case)
    text = texts.prompt_directors(case.code, agency, case.kind, turn.actor.name)
    told = announce.to_people(turn, case, refusals.directors(turn.work, case), text)
    announce.refresh_prompts(turn, case, but={*told, turn.place})
