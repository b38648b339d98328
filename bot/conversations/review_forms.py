"""The small forms of reviewers and directors: a refusal, a return, a later decision, an internal note."""

from bot.conversations.choices import Choice, sure
from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Option
from bot.conversations.several import Several
from bot.conversations.written import Remark
from domain.lifecycle import OTHER, State, code_of
from messages_fa import buttons, names
from messages_fa import review_ask as ask
from messages_fa.reasons import MISSING, found
from messages_fa.reasons import RETURN as RETURNS
from messages_fa.why import why

NOTE_LIMIT = 1000
"""Characters."""
REFUSALS = "refusals"
SUPERSESSIONS = "supersessions"
"""The lists of `Scope.facts` that hold the reasons of today."""


def _other(answers: Answers) -> bool:
    marked = answers.get("reasons")
    return isinstance(marked, list) and any(code_of(str(code)) == OTHER for code in marked)


def _listed(answers: Answers) -> bool:
    return not _other(answers)


def _to_agree(answers: Answers) -> bool:
    return answers.get("outcome") == State.AGREED


def _to_refuse(answers: Answers) -> bool:
    return answers.get("outcome") == State.NOT_AGREED


_note = Remark(NOTE_LIMIT)

REFUSAL = Form(
    name="refusal",
    version=2,
    steps=(
        Step("reasons", Several("reasons", REFUSALS), ask.REFUSAL["reasons"], names.REASON),
        Step("note", _note, ask.REFUSAL["note"], names.NOTE, why("note"), when=_other),
        Step("note", _note, ask.REFUSAL["note"], names.NOTE, why("note"), when=_listed, optional=True),
        Step("sure", sure(buttons.SURE_TO_REFUSE), ask.REFUSAL["sure"], names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["refuse"],
)
"""The last question is whether the refusal is meant.

`reasons` are references to those of the office today; `note` may be None unless `other` is among
them."""

RETURN = Form(
    name="return",
    version=3,
    steps=(
        Step(
            "fields",
            Several("fields", "fields", (Option(MISSING, found(RETURNS, MISSING).title),)),
            ask.RETURN["fields"],
            names.TO_CORRECT,
        ),
        Step("note", _note, ask.RETURN["note"], names.NOTE, why("note")),
        Step("sure", sure(buttons.SURE_TO_RETURN), ask.RETURN["sure"], names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["return_for_correction"],
)
"""`fields` are names of the proposal's fields (a list of the handler's), and perhaps the reference of
«مورد دیگر»; `note` says what is to be corrected. The last question is whether the return is meant."""

SUPERSEDING = Form(
    name="supersede",
    version=1,
    steps=(
        Step(
            "outcome",
            Choice(tuple(Option(state, names.STATES[state]) for state in (State.AGREED, State.NOT_AGREED))),
            ask.SUPERSEDING["outcome"],
            names.NEW_OUTCOME,
        ),
        Step("why", Several("why", SUPERSESSIONS), ask.SUPERSEDING["why"], names.REASON),
        Step(
            "refusal",
            Several("refusal", REFUSALS),
            ask.SUPERSEDING["refusal"],
            names.REASON,
            when=_to_refuse,
        ),
        Step(
            "conditions",
            Choice((Option("all", buttons.ALL_CONDITIONS),)),
            ask.SUPERSEDING["conditions"],
            names.GENERAL_CONDITIONS,
            when=_to_agree,
        ),
        Step("note", _note, ask.SUPERSEDING["note"], names.NOTE, why("note")),
        Step("sure", sure(buttons.SURE_TO_SUPERSEDE), ask.SUPERSEDING["sure"], names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["supersede"],
)
"""A later decision says what is decided now, why, and on which ground."""

NOTE = Form(
    name="note",
    version=1,
    steps=(Step("note", _note, ask.INTERNAL["note"], names.INTERNAL_NOTE),),
    title=lambda _answers: names.INTERNAL_NOTE,
)
"""An internal note «یادداشت داخلی»."""
