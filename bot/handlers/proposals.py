"""The officer's side: a new proposal, drafts, the own cases, the correction of a returned one."""

from bot import announce
from bot.conversations import correction
from bot.conversations.form import SUMMARY, Position, Returned
from bot.conversations.given import JSON
from bot.conversations.journey import open_answers
from bot.conversations.proposal import PROPOSAL
from bot.handlers import accepting, alike, answering, forms, locking, mine
from bot.handlers.forms import Ready
from bot.handlers.waiting import where
from bot.incoming import SlowWanted
from bot.lists import PAGE, how_many, on_page, pages
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from domain.answers import closed_fields
from domain.authority import Deed, plays
from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.lifecycle import State
from domain.proposal import FIELDS
from messages_fa import buttons, filing, general, receipt, review
from messages_fa import cosign as confirming
from messages_fa.markup import Text, lines, paragraphs
from services import cosign, drafts, expiry, proposals
from services.cases import proposal_of, stored
from services.secrets import NewSecret, new_secret
from storage.errors import NotFound
from storage.records import Case, CaseEvent, FormRun


def new(turn: Turn) -> None:
    """«ثبت پیشنهاد»: once the agreement in force is accepted."""
    if accepting.accepted(turn, accepting.NEW):
        forms.begin(turn, PROPOSAL)


def show_drafts(turn: Turn, page: int = 0) -> None:
    """«پیش‌نویس‌ها»: each with its step, its age and when it expires; below, what is closed or locked."""
    every = drafts.mine(turn.work, turn.actor)
    kept = on_page(every, page)
    rows = tuple(
        (
            Button(buttons.continue_draft(n), f"d:open:{run.id}"),
            Button(buttons.delete_draft(n), f"d:drop:{run.id}"),
        )
        for n, run in enumerate(kept, 1)
    )
    listed = [
        (forms.title_of(run), _standing(turn, run), general.age(run.updated_at, turn.work.now))
        for run in kept
    ]
    pages_of = general.page(page + 1, how_many(len(every)))
    text, more = general.drafts(listed, pages_of), pages(page, len(every), "d:page")
    beside = _apart(turn)
    told = paragraphs(text, *(part.text for part in beside))
    turn.show(Screen(told, (*rows, *more, *(row for part in beside for row in part.rows))), slot="drafts")


def _standing(turn: Turn, run: FormRun) -> Text:
    """The step where a draft stands, and when it expires if the office has set a period."""
    until = expiry.expires_at(turn.work, run)
    return lines(where(turn, run), filing.draft_until(until) if until else Text())


def _apart(turn: Turn) -> list[Screen]:
    """The drafts that wait for the official, and those that are closed; nothing where there is none."""
    parts = []
    if waits := cosign.waiting(turn.work, turn.actor):
        told = [
            confirming.waiting(n, forms.title_of(run), one.expires_at)
            for n, (run, one) in enumerate(waits, 1)
        ]
        takes = (
            Button(buttons.take_back_draft(n), f"day:take:{run.id}") for n, (run, _) in enumerate(waits, 1)
        )
        parts.append(Screen(confirming.waiting_list(told), column(*takes)))
    if closed := expiry.closed(turn.work, turn.actor)[:PAGE]:
        rows = [(forms.title_of(run), expiry.restorable_until(turn.work, run)) for run in closed]
        back = (Button(buttons.restore_draft(n), f"day:restore:{run.id}") for n, run in enumerate(closed, 1))
        parts.append(Screen(filing.expired_list(rows), column(*back)))
    return parts


def act_on_draft(turn: Turn, verb: str, draft_id: int) -> None:
    """Continue or delete one of the own drafts, or turn the page of their list (then the number is its).

    Deleting erases what was typed, so it is asked about first.
    """
    if verb == "page" and not plays(turn.actor, Deed.FILE):
        turn.show(Screen(general.left_for_later(buttons.COMPLAIN)), slot="drafts")
        return
    if verb == "page":
        show_drafts(turn, draft_id)
        return
    try:
        run = drafts.open(turn.work, turn.actor, draft_id, turn.place)
    except NotFound:
        if not plays(turn.actor, Deed.FILE):
            raise NotYours("draft") from None
        turn.answer(general.old_button())
        turn.tell(general.draft_gone())
        return
    if verb == "open" and run.subject is not None:
        correct(turn, run.subject)
    elif verb == "open":
        turn.shown = True
        forms.resume(turn, run)
    elif verb == "drop":
        forms.ask_to_delete(turn, run)
    elif verb == "erase":
        _erase(turn, run)
    else:
        raise OldButton


def _erase(turn: Turn, run: FormRun) -> None:
    """Give a draft up; who has a list of drafts sees it without this one."""
    drafts.give_up(turn.work, run)
    if turn.chat.form_id == run.id:
        forms.close(turn)
    deleted = general.draft_deleted(forms.title_of(run))
    if not plays(turn.actor, Deed.FILE):
        turn.show(Screen(deleted), slot="drafts")
        return
    turn.answer(deleted.plain)
    show_drafts(turn)


def correct_returned(turn: Turn) -> None:
    """«اصلاح پیشنهاد», typed: the returned case if there is one only, else the list to choose from."""
    listed = proposals.mine(turn.work, turn.actor, limit=PAGE).cases
    returned = [case.id for case in listed if case.state is State.RETURNED]
    if len(returned) == 1:
        correct(turn, returned[0])
    else:
        mine.show(turn)


def correct(turn: Turn, case_id: int) -> None:
    """«اصلاح پیشنهاد»: the form of a returned case, filled in, opened at its summary."""
    try:
        case = proposals.to_correct(turn.work, actor=turn.actor, case_id=case_id)
    except NotAllowedNow:
        _give_up_corrections(turn, case_id)
        turn.answer(general.old_button())
        turn.shown = True
        mine.show(turn)
        return
    except NotYours as refused:
        turn.answer(review.not_yours(str(refused.values.get("why", ""))))
        return
    turn.shown = True
    if drafts.waiting_corrections(turn.work, case.filed_by, case_id):  # it is with the official
        show_drafts(turn)
        return
    asked = proposals.last_return(turn.work, case)
    seen = asked.on_version if asked else case.version
    begun = drafts.corrections(turn.work, case.filed_by, case_id)
    if begun and Position.from_json(begun[0].data).seen in {None, seen}:
        forms.resume(turn, begun[0])
        return
    _give_up_corrections(turn, case_id)  # what was begun answers an earlier return
    forms.begin(turn, PROPOSAL, subject=case_id, position=_to_correct(turn, case, asked, seen))


def _to_correct(turn: Turn, case: Case, asked: CaseEvent | None, seen: int) -> Position:
    """The filled-in form of a returned case, with what its reviewer asks for."""
    proposal = proposal_of(case)
    kept = [turn.work.files.get(number) for number in (proposal.letter_scan, *proposal.attachments)]
    names: dict[str, dict[str, JSON]] = {
        str(file.id): {"name": file.name, "size": file.size} for file in kept
    }
    answers: dict[str, JSON] = proposal.model_dump(mode="json")
    marked, closed = (asked.details or {}).get("fields", ()) if asked else (), closed_fields(answers)
    fields = [name for name in FIELDS if name in marked and name not in closed]
    note, reasons = (asked.note or "", list(asked.reasons)) if asked else ("", [])
    asks = Returned(fields, note, reasons, answers)
    return correction.begin(answers, names, seen, asks)


def again(turn: Turn, case_id: int) -> None:
    """«ثبت دوباره با همین اطلاعات»: a new proposal with the answers of one that was not agreed to.

    It is a case of its own, so it needs a letter of its own; files stay with the case that they came with.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
        OldButton: it stands otherwise now.
    """
    view = proposals.own_case(turn.work, turn.actor, case_id)
    if view.case.state is not State.NOT_AGREED:
        raise OldButton
    kept = {name: value for name, value in stored(view.proposal).items() if name not in _ASKED_ANEW}
    answers = open_answers(PROPOSAL, kept)
    turn.shown = True
    now = forms.current(turn)
    if now is not None and now.form is PROPOSAL and now.position.answers == answers:  # pressed twice
        forms.prompt_again(turn)
        return
    forms.begin(turn, PROPOSAL, position=Position(answers, SUMMARY))


def again_typed(turn: Turn) -> None:
    """«ثبت دوباره با همین اطلاعات», typed: the refused case if it is the only one, else the list."""
    refused = proposals.mine(turn.work, turn.actor, limit=2, states=(State.NOT_AGREED,)).cases
    if len(refused) == 1:
        again(turn, refused[0].id)
    else:
        mine.show(turn, chosen="closed")


_ASKED_ANEW = frozenset({"letter_number", "letter_date", "letter_scan", "attachments"})
_OF_THE_DEBTOR = frozenset(
    ("debtor_kind", "debtor_name", "national_id", "legal_id", "mobile", "amount", "down_payment", "reason")
)


def similar(turn: Turn, case_id: int) -> None:
    """«ثبت مشابه»: a new proposal with the answers of an own one, but whose debt it is and the papers.

    It opens where the first answer is missing. A day that has passed meanwhile is asked anew.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
    """
    view = proposals.own_case(turn.work, turn.actor, case_id)
    asked = _ASKED_ANEW | _OF_THE_DEBTOR
    kept = {name: value for name, value in stored(view.proposal).items() if name not in asked}
    answers = open_answers(PROPOSAL, {name: value for name, value in kept.items() if value is not None})
    turn.shown = True
    now = forms.current(turn)
    if now is not None and now.form is PROPOSAL and now.position.answers == answers:  # pressed twice
        forms.prompt_again(turn)
        return
    if accepting.accepted(turn, accepting.NEW):
        labels = dict.fromkeys(step.label for step in PROPOSAL.steps if answers.get(step.name) is not None)
        note = filing.copied(view.proposal.debtor_name, tuple(labels))
        forms.begin(turn, PROPOSAL, position=Position(answers, SUMMARY), note=note)


def similar_typed(turn: Turn) -> None:
    """«ثبت مشابه», typed: the list shows which."""
    mine.show(turn)


def _give_up_corrections(turn: Turn, case_id: int) -> None:
    """Corrections of a case that is not, or not any more, at the return that they answer."""
    if turn.actor.person_id is None:
        return
    for run in drafts.corrections(turn.work, turn.actor.person_id, case_id):
        drafts.give_up(turn.work, run)
        if turn.chat.form_id == run.id:
            forms.close(turn)
        turn.tell(general.correction_outdated())


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
        answering.ask_rest(turn, ready)
    except NotYours:
        forms.close(turn)
        turn.tell(general.not_allowed())
    except NotAllowedNow:
        forms.drop(turn, ready.run)
        turn.answer(review.changed())
        mine.show(turn)


def _file(turn: Turn, ready: Ready) -> None:
    if not accepting.accepted(turn, accepting.SEND):
        return
    found = alike.open_about(turn, ready.form, ready.position)
    if found is not None:  # filed by somebody else since the summary was drawn
        turn.shown = True
        forms.prompt_again(turn)
        return
    if cosign.wanted(turn.work, turn.actor) and turn.work.cases.of_form(ready.run.id) is None:
        locking.offer(turn, ready.run)
        return
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
        anew=ready.position.anew,
    )
    forms.close(turn)
    if not filed.first_time:
        turn.show(Screen(receipt.already_filed(filed.code)))
        return
    link = turn.office.link(turn.chat.platform, filed.code)
    due = filed.case.due_at
    turn.show(Screen(receipt.filed(filed.code, secret.passcode, link, due)), slot="receipt")
    announce.to_reviewers(turn, filed.case)


def _resubmit(turn: Turn, ready: Ready, case_id: int) -> None:
    known = proposals.to_correct(turn.work, actor=turn.actor, case_id=case_id)
    asked = proposals.last_return(turn.work, known)
    if asked is not None and ready.position.seen not in {None, asked.on_version}:
        correct(turn, case_id)
        return
    if cosign.wanted(turn.work, turn.actor):
        locking.offer(turn, ready.run)
        return
    case = proposals.resubmit(
        turn.work,
        actor=turn.actor,
        case_id=case_id,
        run=ready.run,
        answers=ready.position.answers,
    )
    forms.close(turn)
    turn.show(Screen(receipt.resubmitted(case.code, case.due_at)), slot="receipt")
    announce.to_reviewers(turn, case, corrected=True)
    announce.to_followers(turn, case)
