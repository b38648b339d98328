"""The form by which an admin invites a person to a role."""

from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Option
from bot.conversations.kinds import Choice, Name
from bot.conversations.proposal import choice
from bot.conversations.written import of_body
from domain.roles import Role
from messages_fa import ask, buttons, names
from messages_fa.examples import OF_STEP
from messages_fa.why import why

NEW_AGENCY = "new"
"""The answer to `agency` when none of `facts["agencies"]` is meant."""


def _officer(answers: Answers) -> bool:
    return answers.get("role") == Role.OFFICER


def _new_agency(answers: Answers) -> bool:
    return _officer(answers) and answers.get("agency") == NEW_AGENCY


def _title(answers: Answers) -> str:
    name = answers.get("name")
    return name if isinstance(name, str) else names.INVITATION


INVITATION = Form(
    name="invitation",
    version=1,
    steps=(
        Step("role", choice(names.ROLES), ask.INVITATION["role"], names.ROLE, why("role")),
        Step(
            "agency",
            Choice("agencies", more=(Option(NEW_AGENCY, buttons.NEW_AGENCY),)),
            ask.INVITATION["agency"],
            names.AGENCY,
            why("agency"),
            when=_officer,
        ),
        Step(
            "agency_name",
            Name(of_person=of_body),
            ask.INVITATION["agency_name"],
            names.AGENCY_NAME,
            when=_new_agency,
            examples=OF_STEP["agency_name"],
        ),
        Step("name", Name(), ask.INVITATION["name"], names.PERSON_NAME),
    ),
    title=_title,
)
"""`agency` is a code of `facts["agencies"]` or `NEW_AGENCY`; only an officer has one."""
