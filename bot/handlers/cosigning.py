"""The authorised official's confirmation: the officer's link, the official's screen, what comes of it."""

from typing import Final

from bot import announce
from bot.cards import Errand, Here
from bot.conversations.filing_forms import COSIGNER, SENT_BACK
from bot.conversations.form import Position
from bot.conversations.given import Option, Scope
from bot.conversations.proposal import PROPOSAL
from bot.conversations.show import plan_summary
from bot.conversations.summary import answer_rows
from bot.handlers import forms, proposals
from bot.handlers.expiring import owner_places
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.post import chats_of, post_to_first
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.errors import Incomplete, NotAllowedNow, NotYours
from messages_fa import buttons, receipt
from messages_fa import cosign as texts
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from persian.text import fold
from services import cosign
from services.cosign import Asked
from services.errors import CosignUnusable, TermsNotAccepted
from services.proposals import Filed
from services.secrets import NewSecret, new_secret
from storage.errors import NotFound
from storage.records import Case, FormRun, Lane
from storage.work import Work


def seems_code(text: str) -> bool:
    """Whether a text can only be meant as the code of a confirmation."""
    return fold(text).startswith(cosign.PREFIX)


# The officer


def take_back(turn: Turn, draft: str) -> None:
    """«پس گرفتن».

    Raises:
        OldButton: it is confirmed, given back or open again.
    """
    try:
        run = cosign.take_back(turn.work, turn.actor, number(draft))
    except NotFound:
        raise OldButton from None
    turn.answer(texts.taken_back(forms.title_of(run)).plain)
    proposals.show_drafts(turn)


# The official


def use(turn: Turn, token: str) -> None:
    """A code or a link was opened: the whole proposal with its files, to be confirmed or sent back."""
    account, chat_id = turn.asker, turn.chat.chat_id
    try:
        asked = cosign.open(turn.work, account=account, chat_id=chat_id, token=fold(token))
    except CosignUnusable as unusable:
        turn.tell(texts.unusable(unusable.why, unusable.code))
        return
    _show(turn, asked)


def _show(turn: Turn, asked: Asked) -> None:
    position = Position.from_json(asked.run.data)
    answers = position.answers
    attached = answers.get("attachments")
    numbers = [answers.get("letter_scan"), *(attached if isinstance(attached, list) else [])]
    papers = [turn.work.files.get(int(str(one))) for one in numbers if one is not None]
    for place, file in enumerate(papers, 1):
        caption = texts.paper(place, len(papers), file.name)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=file.id))
    today = tehran_day(turn.work.now)
    named = tuple(Option(str(file.id), file.name) for file in papers)
    rows = answer_rows(PROPOSAL, position, Scope(today, answers, {"files": named}))
    plan = PROPOSAL.plan(answers, today) if PROPOSAL.plan else None
    text = texts.to_confirm(
        asked.agency, asked.officer, rows, plan_summary(plan) if plan else Text(), asked.cosign.expires_at
    )
    acts = column(
        Button(buttons.CONFIRM_AND_SEND, f"day:sign:{asked.cosign.id}"),
        Button(buttons.BACK_TO_OFFICER, f"day:back:{asked.cosign.id}"),
    )
    turn.tell(text, acts, slot="cosign")


def sign(turn: Turn, which: str) -> None:
    """«تأیید و ارسال»: whom the office does not know is asked for the name first."""
    asked = _asked(turn, number(which))
    if asked is None:
        return
    if asked.name:
        _confirm(turn, asked.cosign.id, asked.name)
        return
    turn.shown = True
    forms.begin(turn, COSIGNER, subject=asked.cosign.id)


def ask_objection(turn: Turn, which: str) -> None:
    """«بازگرداندن به کارشناس»."""
    asked = _asked(turn, number(which))
    if asked is not None:
        turn.shown = True
        forms.begin(turn, SENT_BACK, subject=asked.cosign.id)


def finish_name(turn: Turn, ready: Ready) -> None:
    """The name was typed: the proposal is filed."""
    _confirm(turn, ready.run.subject or 0, str(ready.position.answers["name"]), ready)


def finish_objection(turn: Turn, ready: Ready) -> None:
    """What is to be corrected was written: the draft is the officer's again."""
    which, note = ready.run.subject or 0, str(ready.position.answers["note"])
    forms.drop(turn, ready.run)
    if _asked(turn, which) is None:
        forms.give_words_back(turn, ready)
        return
    asked = cosign.give_back(turn.work, account=turn.asker, number=which)
    turn.show(Screen(texts.sent_back()))
    _tell_officer(turn, asked.run, texts.returned(forms.title_of(asked.run), note), "returned")


def _asked(turn: Turn, which: int) -> Asked | None:
    """What may still be confirmed; None once it is said that it may not."""
    try:
        return cosign.asked_of(turn.work, account=turn.asker, number=which)
    except CosignUnusable as unusable:
        turn.tell(texts.unusable(unusable.why, unusable.code))
        return None


def _confirm(turn: Turn, which: int, name: str, ready: Ready | None = None) -> None:
    asked = _asked(turn, which)
    secret = turn.incoming.computed
    if asked is not None and not isinstance(secret, NewSecret):
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: new_secret(pepper))
    if ready is not None:
        forms.drop(turn, ready.run)
    if asked is None or not isinstance(secret, NewSecret):
        return
    try:
        filed = cosign.confirm(
            turn.work, account=turn.asker, number=which, name=name, secret_digest=secret.digest
        )
    except (Incomplete, TermsNotAccepted, NotYours, NotAllowedNow, CosignUnusable) as refused:
        why = _why(refused)
        cosign.give_back(turn.work, account=turn.asker, number=which)
        turn.show(Screen(texts.outdated_for_official(why)))
        _tell_officer(turn, asked.run, texts.outdated(forms.title_of(asked.run), why), "outdated")
        return
    if asked.run.subject is None:
        turn.show(Screen(texts.confirmed(filed.code)), slot="cosign")
        _tell_filed(turn, filed, secret, name)
    else:
        turn.show(Screen(texts.confirmed_correction(filed.code)), slot="cosign")
        _tell_sent_in(turn, filed.case, name)


def _why(refused: Exception) -> str:
    """Why it cannot be filed as it stands, as the texts call it."""
    if isinstance(refused, CosignUnusable):
        return refused.why
    causes = ((TermsNotAccepted, "terms"), (NotYours, "role"), (NotAllowedNow, "gone"))
    return next((why for kind, why in causes if isinstance(refused, kind)), "answers")


def _tell_sent_in(turn: Turn, case: Case, name: str) -> None:
    """Of a correction: the officer, the desk and those who follow the case are told."""
    places = chats_of(turn.work, turn.office, case.filed_by, (case.platform, case.chat_id))
    if places:
        told = paragraphs(texts.confirmed_by(name), receipt.resubmitted(case.code, case.due_at))
        purpose = f"cosign:{case.id}:sent:{case.version}"
        post_to_first(turn.work, turn.office, places, Screen(told), lane=Lane.NOTICES, purpose=purpose)
    announce.to_reviewers(turn, case, corrected=True)
    announce.to_followers(turn, case)


def _tell_filed(turn: Turn, filed: Filed, secret: NewSecret, name: str) -> None:
    """The receipt goes to the officer, with the passcode that nobody else sees; the desk is told."""
    case = filed.case
    places = chats_of(turn.work, turn.office, case.filed_by, (case.platform, case.chat_id))
    if places:
        link = turn.office.link(places[0][0], filed.code)
        told = receipt.filed(filed.code, secret.passcode, link, case.due_at)
        screen, purpose = Screen(paragraphs(texts.confirmed_by(name), told)), f"cosign:{case.id}:filed"
        post_to_first(turn.work, turn.office, places, screen, lane=Lane.NOTICES, purpose=purpose)
    announce.to_reviewers(turn, case)


def _tell_officer(at: Here, run: FormRun, text: Text, what: str) -> None:
    if places := owner_places(at, run):
        screen = Screen(text, column(Button(buttons.CONTINUE, f"d:open:{run.id}")))
        purpose = f"draft:{run.id}:{what}:{round(at.work.now.timestamp())}"
        post_to_first(at.work, at.office, places, screen, lane=Lane.NOTICES, purpose=purpose)


def expire_due(work: Work, wiring: Office) -> bool:
    """A sweep: drafts whose link was not used in time are open again, and their officers are told."""
    runs = cosign.expire(work)
    at = Errand(work, wiring)

    def tell(run: FormRun) -> None:
        _tell_officer(at, run, texts.expired(forms.title_of(run)), "cosign")

    one_by_one(work, wiring, "expire_cosign", runs, tell)
    return bool(runs)


SWEEPS: Final = (("expire_cosign", expire_due, 60),)
