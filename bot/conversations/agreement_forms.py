"""The forms of the agreement: a search by anybody, and what an admin writes of a new version."""

from bot.conversations.form import Form, Step
from bot.conversations.given import Answers
from bot.conversations.kinds import Choice, Day, LongText, ShortText
from domain.agreement import LONGEST_SECTION, LONGEST_TITLE
from domain.roles import Role
from messages_fa import agreement as texts
from messages_fa import agreement_writing as writing
from messages_fa import buttons
from messages_fa.markup import Text

SEARCHED = 60
"""Characters of what is searched for."""
SECTIONS = "terms_sections"
"""The list in `Scope.facts` with the sections of the version that is being written, by place."""


def _search(_answers: Answers) -> Text:
    return texts.ask_search()


def _title(_answers: Answers) -> str:
    return buttons.WRITE_TERMS


TERMS_SEARCH = Form(
    name="terms_search",
    version=1,
    steps=(Step("words", ShortText(SEARCHED), _search, buttons.SEARCH_TERMS),),
    title=lambda _answers: buttons.SEARCH_TERMS,
)
TERMS_SECTION = Form(
    name="terms_section",
    version=1,
    steps=(
        Step("section", Choice(SECTIONS), lambda _answers: writing.ask_section(), writing.SECTION),
        Step("text", LongText(LONGEST_SECTION), lambda _answers: writing.ask_text(), writing.SECTION_TEXT),
    ),
    title=_title,
    role=Role.ADMIN,
)
TERMS_ADDED = Form(
    name="terms_added",
    version=1,
    steps=(
        Step("title", ShortText(LONGEST_TITLE), lambda _answers: writing.ask_title(), writing.SECTION_TITLE),
        Step(
            "text", LongText(LONGEST_SECTION), lambda _answers: writing.ask_new_text(), writing.SECTION_TEXT
        ),
    ),
    title=_title,
    role=Role.ADMIN,
)
TERMS_REMOVED = Form(
    name="terms_removed",
    version=1,
    steps=(Step("section", Choice(SECTIONS), lambda _answers: writing.ask_removed(), writing.SECTION),),
    title=_title,
    role=Role.ADMIN,
)
TERMS_DAY = Form(
    name="terms_day",
    version=1,
    steps=(Step("day", Day(near=(0, 1)), lambda _answers: writing.ask_day(), writing.DAY),),
    title=_title,
    role=Role.ADMIN,
)

TERMS_FORMS = (TERMS_SEARCH, TERMS_SECTION, TERMS_ADDED, TERMS_REMOVED, TERMS_DAY)
