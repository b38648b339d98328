"""The officer's side: a new proposal, drafts, the own cases, the correction of a returned one."""

from bot import announce
from bot.conversations.form import SUMMARY, Position
from bot.conversations.given import JSON
from bot.conversations.proposal import PROPOSAL
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.lifecycle import State
from domain.proposal import Proposal
from domain.tracking import public_stage
from messages_fa import buttons, general, receipt, review, tracking
from messages_fa.markup import show as shown
from messages_fa.names import UNNAMED
from services import drafts, proposals
from services.secrets import NewSecret, new_secret
from storage.errors import NotFound

PAGE = 8
"""Rows on a page of a list."""


def new(turn: Turn) -> None:
    """«ثبت پیشنهاد»."""
    forms.begin(turn, PROPOSAL)


def show_drafts(turn: Turn, page: int = 0) -> None:
    """«پیش‌نویس‌ها»: each can be continued or deleted."""
    every = drafts.mine(turn.work, turn.actor)
    kept = every[page * PAGE : (page + 1) * PAGE]
    rows = tuple(
        (
            Button(buttons.continue_draft(n), f"d:open:{draft.id}"),
            Button(buttons.delete_draft(n), f"d:drop:{draft.id}"),
        )
        for n, draft in enumerate(kept, 1)
    )
    listed = [(draft.title or UNNAMED, shown(draft.updated_at)) for draft in kept]
    turn.show(Screen(general.drafts(listed), (*rows, *pages(page, len(every), "d:page"))), slot="drafts")


def pages(page: int, total: int, prefix: str) -> Rows:
    """The row that turns the pages of a list of `PAGE` rows each; none where there is one page."""
    earlier = (Button(buttons.PREVIOUS, f"{prefix}:{page - 1}"),) if page else ()
    later = (Button(buttons.NEXT, f"{prefix}:{page + 1}"),) if (page + 1) * PAGE < total else ()
    return ((*earlier, *later),) if earlier or later else ()


def act_on_draft(turn: Turn, verb: str, draft_id: int) -> None:
    """Continue or delete one of the own drafts, or turn the page of their list (then the number is its).

    Deleting erases what was typed, so it is asked about first.
    """
    if verb == "page":
        show_drafts(turn, draft_id)
        return
    try:
        run = drafts.open(turn.work, turn.actor, draft_id)
    except NotFound:
        turn.answer(general.old_button())
        turn.tell(general.draft_gone())
        return
    if verb == "open":
        turn.shown = True
        forms.resume(turn, run)
    elif verb == "drop":
        sure = (Button(buttons.SURE_TO_DELETE, f"d:erase:{run.id}"), Button(buttons.KEEP_DRAFT, "d:page:0"))
        turn.show(Screen(general.delete_draft(run.title or UNNAMED), column(*sure)), slot="drafts")
    elif verb == "erase":
        forms.erase(turn.work, run)
        if turn.chat.form_id == run.id:
            forms.close(turn)
        show_drafts(turn)
    else:
        raise OldButton


def show_mine(turn: Turn, page: int = 0) -> None:
    """«پیشنهادهای من»: the cases this person filed, newest first."""
    found = proposals.mine(turn.work, turn.actor, limit=PAGE, offset=page * PAGE)
    rows = [
        (
            case.code,
            Proposal.model_validate(case.proposal).debtor_name,
            public_stage(case.state),
            case.filed_at,
        )
        for case in found.cases
    ]
    corrections = column(
        *(
            Button(buttons.correct_row(n), f"c:{case.id}:{case.version}:fix")
            for n, case in enumerate(found.cases, 1)
            if case.state is State.RETURNED
        )
    )
    listed = tracking.mine(rows, page + 1, -(-found.total // PAGE))
    turn.show(Screen(listed, (*corrections, *pages(page, found.total, "m"))), slot="mine")


def correct_returned(turn: Turn) -> None:
    """«اصلاح پیشنهاد», typed: the returned case if there is one only, else the list to choose from."""
    listed = proposals.mine(turn.work, turn.actor, limit=PAGE).cases
    returned = [case.id for case in listed if case.state is State.RETURNED]
    if len(returned) == 1:
        correct(turn, returned[0])
    else:
        show_mine(turn)


def correct(turn: Turn, case_id: int) -> None:
    """«اصلاح پیشنهاد»: the form of a returned case, filled in, opened at its summary."""
    try:
        case = proposals.to_correct(turn.work, actor=turn.actor, case_id=case_id)
    except NotAllowedNow:
        turn.answer(general.old_button())
        turn.shown = True
        show_mine(turn)
        return
    except NotYours as refused:
        turn.answer(review.not_yours(str(refused.values.get("why", ""))))
        return
    turn.shown = True
    begun = [run for run in turn.work.forms.drafts_of(case.filed_by, PROPOSAL.name) if run.subject == case_id]
    if begun:
        forms.resume(turn, begun[0])
        return
    proposal = Proposal.model_validate(case.proposal)
    kept = [turn.work.files.get(number) for number in (proposal.letter_scan, *proposal.attachments)]
    names: dict[str, dict[str, JSON]] = {
        str(file.id): {"name": file.name, "size": file.size} for file in kept
    }
    filled = Position(proposal.model_dump(mode="json"), SUMMARY, files=names)
    forms.begin(turn, PROPOSAL, subject=case_id, position=filled)


def finish(turn: Turn, ready: Ready) -> None:
    """«ارسال پیشنهاد» was pressed on a declared summary.

    Raises:
        SlowWanted: a passcode is to be made first; hashing it takes too long for a transaction.
    """
    try:
        if ready.run.subject is None:
            _file(turn, ready)
        else:
            _resubmit(turn, ready, ready.run.subject)
    except Incomplete:
        forms.ask_rest(turn, ready)
    except NotYours:
        forms.close(turn)
        turn.tell(general.not_allowed())
    except NotAllowedNow:
        forms.drop(turn, ready.run)
        turn.answer(review.changed())
        show_mine(turn)


def _file(turn: Turn, ready: Ready) -> None:
    secret = turn.incoming.computed
    if not isinstance(secret, NewSecret):
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: new_secret(pepper))
    filed = proposals.file(
        turn.work,
        actor=turn.actor,
        run=ready.run,
        answers=ready.position.answers,
        secret_digest=secret.digest,
        platform=turn.chat.platform,
        chat_id=turn.chat.chat_id,
    )
    forms.close(turn)
    if not filed.first_time:
        turn.show(Screen(receipt.already_filed(filed.code)))
        return
    link = turn.office.link(turn.chat.platform, filed.code)
    turn.show(Screen(receipt.filed(filed.code, secret.passcode, link)), slot="receipt")
    announce.to_reviewers(turn, filed.case)


def _resubmit(turn: Turn, ready: Ready, case_id: int) -> None:
    case = proposals.resubmit(
        turn.work,
        actor=turn.actor,
        case_id=case_id,
        run=ready.run,
        answers=ready.position.answers,
    )
    forms.close(turn)
    turn.show(Screen(receipt.resubmitted(case.code)), slot="receipt")
    announce.to_reviewers(turn, case, corrected=True)
