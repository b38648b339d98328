"""The small forms of the officer's day: withdrawal, a debt again, reviews of refusals, co-signatures."""

from functools import partial

from bot.conversations.choices import Choice, sure
from bot.conversations.form import Form, Step
from bot.conversations.given import Answers
from bot.conversations.kinds import Name
from bot.conversations.written import Remark
from domain.lifecycle import OTHER, code_of
from messages_fa import buttons, cosign, filing, names, refusals

NOTE_LIMIT = 1000
"""Characters."""
WITHDRAWALS = "withdrawals"
"""The list of `Scope.facts` that holds the reasons of today."""

_note = Remark(NOTE_LIMIT)


def _other(answers: Answers) -> bool:
    return code_of(str(answers.get("reason", ""))) == OTHER


def _listed(answers: Answers) -> bool:
    return not _other(answers)


WITHDRAWAL = Form(
    name="withdrawal",
    version=1,
    steps=(
        Step(
            "reason",
            Choice(WITHDRAWALS),
            filing.ask_withdrawal,
            names.REASON,
        ),
        Step("note", _note, filing.ask_withdrawal_note, names.NOTE, when=_other),
        Step("note", _note, filing.ask_withdrawal_note, names.NOTE, when=_listed, optional=True),
        Step("sure", sure(buttons.SURE_TO_WITHDRAW), filing.sure_to_withdraw, names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["withdraw"],
    leave=buttons.KEEP_PROPOSAL,
)
"""«انصراف از پیشنهاد»: `reason` is a reference; `note` may be None unless it is another one."""

ANEW = Form(
    name="anew",
    version=1,
    steps=(Step("reason", _note, filing.ask_why_twice, filing.WHY_TWICE),),
    title=lambda _answers: filing.WHY_TWICE,
)
"""Why a debt is proposed again though a case about it is open; its subject is the proposal's form."""

REVIEW_REQUEST = Form(
    name="review_request",
    version=1,
    steps=(
        Step("note", _note, refusals.ask_why, names.REASON),
        Step("sure", sure(buttons.SURE_TO_ASK_REVIEW), refusals.sure_to_ask, names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["ask_review"],
)


def _conclusion(name: str, *, uphold: bool, label: str) -> Form:
    return Form(
        name=name,
        version=1,
        steps=(
            Step("note", _note, partial(refusals.ask_note, uphold=uphold), names.NOTE),
            Step("sure", sure(label), partial(refusals.sure, uphold=uphold), names.SURE),
        ),
        title=lambda _answers: names.ACTIONS[name],
    )


UPHOLD = _conclusion("uphold", uphold=True, label=buttons.SURE_TO_UPHOLD)
RECOMMEND = _conclusion("recommend", uphold=False, label=buttons.SURE_TO_RECOMMEND)

COSIGNER = Form(
    name="cosigner",
    version=1,
    steps=(Step("name", Name(), cosign.ask_name, names.PERSON_NAME),),
    title=lambda _answers: buttons.CONFIRM_AND_SEND,
)
"""The official's name, of whom the office does not know; its subject is the co-signature."""

SENT_BACK = Form(
    name="sent_back",
    version=1,
    steps=(Step("note", _note, cosign.ask_objection, names.NOTE),),
    title=lambda _answers: buttons.BACK_TO_OFFICER,
)

FILING_FORMS = (WITHDRAWAL, ANEW, REVIEW_REQUEST, UPHOLD, RECOMMEND, COSIGNER, SENT_BACK)
