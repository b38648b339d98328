"""The forms by which an admin edits the office's catalogues; each ends in a preview."""

from collections.abc import Callable
from typing import Final

from bot.conversations.choices import sure
from bot.conversations.form import Form, Step
from bot.conversations.given import Answers
from bot.conversations.kinds import Name, ShortText
from bot.conversations.written import of_body
from domain.catalogue import Listed
from domain.roles import Role
from messages_fa import catalogue as texts
from messages_fa import names
from messages_fa.markup import Text

PREFIX: Final = "entry_"
"""Before the catalogue's name in the name of its form."""

_SURE: Final = sure(texts.SAVE)
_LONGEST_TITLE: Final = 60


def _sure(ask: Callable[[Answers], Text]) -> Step:
    return Step("sure", _SURE, ask, names.SURE)


def _title(answers: Answers) -> str:
    title = answers.get("title") or answers.get("name")
    return title if isinstance(title, str) else texts.TITLE


def _entry(name: str) -> Form:
    def asked(_answers: Answers) -> Text:
        return texts.ask_title(name)

    def preview(answers: Answers) -> Text:
        return texts.sure_of_entry(answers.get("title"), answers.get("ground"))

    ground = Step(
        "ground",
        ShortText(shown=texts.GROUND_EXAMPLE),
        lambda _: texts.ask_ground(),
        texts.GROUND_LABEL,
        optional=True,
    )
    return Form(
        name=f"{PREFIX}{name}",
        version=1,
        steps=(
            Step("title", ShortText(_LONGEST_TITLE, texts.TITLE_EXAMPLES[name]), asked, texts.TITLE_LABEL),
            *((ground,) if name != Listed.DEBT_TYPES else ()),
            _sure(preview),
        ),
        title=_title,
        role=Role.ADMIN,
    )


ENTRY_FORMS: Final = {name: _entry(name) for name in Listed}
"""One for each catalogue; the subject is the row of the wording that is replaced, or None for a new entry."""

AGENCY_RENAMED: Final = Form(
    name="agency_renamed",
    version=1,
    steps=(
        Step("name", Name(of_person=of_body), lambda _: texts.ask_agency_name(), texts.AGENCY_NAME),
        _sure(lambda answers: texts.sure_of_agency_name(answers.get("name"))),
    ),
    title=_title,
    role=Role.ADMIN,
)
"""The subject is the agency."""

OFFICIAL: Final = Form(
    name="official",
    version=1,
    steps=(
        Step("name", Name(), lambda _: texts.ask_official_name(), texts.OFFICIAL_NAME),
        Step("post", ShortText(), lambda _: texts.ask_official_post(), texts.OFFICIAL_POST),
        _sure(lambda answers: texts.sure_of_official(answers.get("name"), answers.get("post"))),
    ),
    title=_title,
    role=Role.ADMIN,
)
"""An authorised official «مقام مجاز»; the subject is the agency."""
