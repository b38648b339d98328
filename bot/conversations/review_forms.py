"""The two small forms of a reviewer: why a proposal is refused, and what is to be corrected."""

from bot.conversations.form import Form, Step
from bot.conversations.given import Answers
from bot.conversations.kinds import Choice, LongText, Option
from bot.conversations.proposal import choice
from messages_fa import ask, buttons, names
from messages_fa.why import why

NOTE_LIMIT = 1000
"""Characters."""


def _other(answers: Answers) -> bool:
    return answers.get("reason") == "other"


def _listed(answers: Answers) -> bool:
    return not _other(answers)


_ask_note = ask.REFUSAL["note"]

REFUSAL = Form(
    name="refusal",
    version=1,
    steps=(
        Step("reason", choice(names.REFUSAL_REASONS), ask.REFUSAL["reason"], names.REASON),
        Step("note", LongText(NOTE_LIMIT), _ask_note, names.NOTE, why("note"), when=_other),
        Step("note", LongText(NOTE_LIMIT), _ask_note, names.NOTE, why("note"), when=_listed, optional=True),
        Step("sure", Choice((Option("yes", buttons.SURE_TO_REFUSE),)), ask.REFUSAL["sure"], names.SURE),
    ),
    title=lambda _answers: names.ACTIONS["refuse"],
)
"""A refusal cannot be taken back, so the last question is whether it is meant.

`reason` is a code of `names.REFUSAL_REASONS`; `note` may be None unless the reason is `other`."""

RETURN = Form(
    name="return",
    version=1,
    steps=(
        Step("reason", choice(names.RETURN_REASONS), ask.RETURN["reason"], names.TO_CORRECT),
        Step("note", LongText(NOTE_LIMIT), ask.RETURN["note"], names.NOTE, why("note")),
    ),
    title=lambda _answers: names.ACTIONS["return_for_correction"],
)
"""`reason` is a code of `names.RETURN_REASONS`; `note` says what is to be corrected."""
