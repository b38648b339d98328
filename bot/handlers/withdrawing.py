"""«انصراف از پیشنهاد»: the officer takes the own proposal back until it is decided."""

from bot import announce
from bot.conversations.filing_forms import WITHDRAWAL
from bot.conversations.form import Position
from bot.handlers import forms, own
from bot.handlers.forms import Ready
from bot.screen import Screen
from bot.turn import OldButton, Turn
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.lifecycle import Action
from messages_fa import filing as texts
from messages_fa import review
from messages_fa.markup import say
from messages_fa.reasons import not_offered
from services import proposals
from services.cases import proposal_of
from services.errors import ReasonUnknown
from storage.errors import Stale
from storage.records import Case


def ask(turn: Turn, case_id: int) -> None:
    """Ask why, if it may be withdrawn still; else show the case as it stands.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
    """
    view = proposals.own_case(turn.work, turn.actor, case_id)
    if Action.WITHDRAW not in view.actions:
        raise OldButton
    turn.shown = True
    named = {"debtor": view.proposal.debtor_name, "code": view.case.code}
    forms.begin(turn, WITHDRAWAL, subject=case_id, position=Position({}, "reason", named=named))


def finish(turn: Turn, ready: Ready) -> None:
    """The reason was given: the case leaves the queue at once, and whom it concerns is told.

    Whoever has taken or released the case meanwhile does not stand in the way.
    """
    case_id, answers = ready.run.subject or 0, ready.position.answers
    reason, note = str(answers["reason"]), str(answers.get("note") or "")
    forms.drop(turn, ready.run)
    try:
        before = turn.work.cases.get(case_id)
        waits = turn.work.reviews.pending(case_id, before.version)
        case = proposals.withdraw(
            turn.work,
            actor=turn.actor,
            case_id=case_id,
            reason=reason,
            note=note or None,
        )
    except NotYours as refused:
        forms.give_words_back(turn, ready)
        turn.show(Screen(say("{why}", why=review.not_yours(refused.why))))
    except ReasonUnknown:
        forms.give_words_back(turn, ready)
        turn.show(Screen(say("{why}", why=not_offered())))
    except (NotAllowedNow, Incomplete, Stale):
        forms.give_words_back(turn, ready)
        turn.show(Screen(texts.not_withdrawn()))
        own.show(turn, case_id)
    else:
        turn.show(
            Screen(texts.withdrawn(case.code, proposal_of(case).debtor_name, reason, note)), slot="receipt"
        )
        # Whoever's decision waited is told by the sweep that drops it.
        _tell(turn, case, holder=before.holder if waits is None else None)


def _tell(turn: Turn, case: Case, *, holder: int | None) -> None:
    told = announce.to_person(turn, case, holder, texts.withdrawn_from_desk(case.code))
    announce.refresh_prompts(turn, case, but=told)
    announce.to_followers(turn, case)
