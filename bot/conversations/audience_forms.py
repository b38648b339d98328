"""The form of a saved audience: its name, its rules, and how many they are before it is saved."""

from typing import Final

from bot.conversations.form import Form, Step
from bot.conversations.given import JSON, Answers
from bot.conversations.kinds import Choice, ShortText
from bot.conversations.notice_forms import AGENCIES, RULES_STEPS, rule_of
from domain.audience import Audience
from domain.roles import Role
from messages_fa import audiences as texts
from messages_fa import names
from messages_fa.markup import Text
from messages_fa.notices import RULES

SURE: Final = "sure_of_audience"
"""The list in `Scope.facts` of the one option that saves it."""
_LABELS: Final = dict(RULES)


def _sure(answers: Answers) -> Text:
    marked = answers.get("audience")
    return texts.ask_sure(answers.get("title"), [_LABELS[str(rule)] for rule in _listed(marked)])


def _listed(marked: JSON) -> list[JSON]:
    return [rule for rule in marked if rule in _LABELS] if isinstance(marked, list) else []


AUDIENCE: Final = Form(
    name="saved_audience",
    version=1,
    steps=(
        Step("title", ShortText(40, texts.NAME_EXAMPLE), texts.ask_name, texts.NAME_LABEL),
        *RULES_STEPS,
        Step("sure", Choice(SURE), _sure, names.SURE, recalls=(AGENCIES,)),
    ),
    title=lambda _answers: texts.FORM,
    role=Role.ADMIN,
)
"""The subject is the row of the version that is changed, or None for a new one."""


def answers_of(title: str, audience: Audience) -> dict[str, JSON]:
    """A saved audience as the answers of its form."""
    rules: list[JSON] = [rule_of(part) for part in audience.parts() if not part.agencies]
    agencies: list[JSON] = [str(agency) for agency in sorted(audience.agencies)]
    if not agencies:
        return {"title": title, "audience": rules}
    return {"title": title, "audience": [*rules, AGENCIES], "agencies": agencies}
