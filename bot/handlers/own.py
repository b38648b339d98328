"""A case for the officer who filed it: read again, with its files, its plan and the way to correct it."""

from bot.conversations.form import Position
from bot.conversations.given import JSON, Option, Scope
from bot.conversations.proposal import PROPOSAL
from bot.conversations.show import plan_texts
from bot.conversations.summary import answer_rows
from bot.handlers.tracking import end_following as end_for_others
from bot.screen import Button, Rows, Screen
from bot.turn import Turn
from domain.lifecycle import Action, State
from domain.tracking import public_stage
from messages_fa import buttons, plan, receipt, refusals, tracking
from messages_fa import files as file_texts
from messages_fa import own as texts
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from services import files, proposals
from services import refusals as reviews
from services.cases import stored
from services.proposals import CaseView
from storage.records import StoredFile

_STEPS_SHOWN = 8
"""Steps of the timeline beside everything else; all of them stand in the view of the code."""


TO_LIST = "m:0:all"


def show(turn: Turn, case_id: int, way_back: str = TO_LIST) -> None:
    """The whole case; `way_back` is the action that leads to the list.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
    """
    view = proposals.own_case(turn.work, turn.actor, case_id)
    papers = _papers(turn, view)
    named = tuple(Option(str(file.id), file.name) for file in papers)
    answers: dict[str, JSON] = stored(view.proposal)
    scope = Scope(tehran_day(turn.work.now), answers, {"files": named})
    case, word = view.case, view.last_word
    followers = turn.work.followers.count(case.id)
    text = texts.case(
        tracking.stage(
            case.code,
            public_stage(case.state),
            view.steps[-_STEPS_SHOWN:],
            view.next_step,
            target=tehran_day(case.due_at) if case.due_at else None,
            standing=tracking.followers(followers),
            own=True,
        ),
        paragraphs(
            texts.last_word(word.action, word.reasons, word.note or "") if word else Text(),
            refusals.standing(view.review or "", _upheld(turn, view)),
        ),
        answer_rows(PROPOSAL, Position(answers, ""), scope),
        plan.short(view.plan),
        [(file.name, file_texts.file_size(file.size)) for file in papers],
    )
    turn.show(Screen(text, _rows(view, followers, way_back)), slot="own")


def _upheld(turn: Turn, view: CaseView) -> str:
    """Why the refusal was upheld when it was reviewed; empty where it was not."""
    said = reviews.said(turn.work, view.case) if view.review == "over" else ()
    return next((event.note or "" for event in reversed(said) if event.action in reviews.UPHELD), "")


def _rows(view: CaseView, followers: int, way_back: str) -> Rows:
    def to(verb: str) -> str:
        return f"c:{view.case.id}:{view.case.version}:{verb}"

    def day(verb: str) -> str:
        return f"day:{verb}:{view.case.id}"

    table = (Button(buttons.FULL_PLAN, to("table")),) if plan.is_cut(view.plan) else ()
    fix = (Button(buttons.CORRECT, to("fix")),) if Action.RESUBMIT in view.actions else ()
    alone = (Button(buttons.END_FOLLOWING, to("alone")),) if followers else ()
    again = (Button(buttons.AGAIN, to("again")),) if view.case.state is State.NOT_AGREED else ()
    review = (Button(buttons.ASK_REVIEW, day("review")),) if Action.ASK_REVIEW in view.actions else ()
    similar = (Button(buttons.SIMILAR, day("like")),)
    withdraw = (Button(buttons.WITHDRAW, day("withdraw")),) if Action.WITHDRAW in view.actions else ()
    papers = (Button(buttons.ATTACHMENTS, to("papers")), *table)
    secret = (Button(buttons.FORGOTTEN, f"rst:case:{view.case.code}"),)
    why = (Button(buttons.WHY_DUE, f"cal:why:{view.case.code}"),) if view.case.due_at else ()
    more = (again, review, papers, why, similar, alone, withdraw, secret)
    rows = (fix, *more, (Button(buttons.BACK_TO_LIST, way_back),))
    return tuple(row for row in rows if row)


def end_following(turn: Turn, case_id: int) -> None:
    """«پایان پیگیری دیگران», then the case again; the errors are those of `show`."""
    end_for_others(turn, proposals.own_case(turn.work, turn.actor, case_id).case)
    show(turn, case_id)


def show_files(turn: Turn, case_id: int) -> None:
    """«پیوست‌ها»: every file of the case; the errors are those of `show`."""
    view = proposals.own_case(turn.work, turn.actor, case_id)
    papers = _papers(turn, view)
    for place, file in enumerate(papers, start=1):
        caption = receipt.own_file(place, len(papers), file.name, view.case.code)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=file.id))


def show_plan(turn: Turn, case_id: int) -> None:
    """«جدول کامل اقساط»; the errors are those of `show`."""
    for part in plan_texts(proposals.own_case(turn.work, turn.actor, case_id).plan):
        turn.tell(part)


def _papers(turn: Turn, view: CaseView) -> tuple[StoredFile, ...]:
    numbers = (view.proposal.letter_scan, *view.proposal.attachments)
    return tuple(files.content_for(turn.work, turn.actor, view.case.id, number) for number in numbers)
