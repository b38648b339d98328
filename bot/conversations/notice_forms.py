"""The forms of a notice: what it says and to whom, a new text, another audience."""

from typing import Final

from bot.conversations.choices import Choice, YesNo
from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Option, Scope
from bot.conversations.several import Several
from bot.conversations.written import Remark
from domain.audience import Audience
from domain.roles import Role
from messages_fa import audiences
from messages_fa import notices as texts

EVERYONE: Final = "everyone"
AGENCIES: Final = "agencies"
_ROLE: Final = "role."
SERVICE: Final = "service"
SAVED: Final = "saved_audiences"
"""The list in `Scope.facts` of the saved audiences."""
_SAVED: Final = "saved."


def _marked(answers: Answers, name: str) -> frozenset[str]:
    found = answers.get(name)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _of_agencies(answers: Answers) -> bool:
    return AGENCIES in _marked(answers, "audience")


def _is_service(answers: Answers) -> bool:
    return answers.get("kind") == SERVICE


def audience_of(answers: Answers) -> Audience:
    """The audience that was marked."""
    rules = _marked(answers, "audience")
    agencies = _marked(answers, "agencies") if AGENCIES in rules else frozenset()
    return Audience(
        everyone=EVERYONE in rules,
        roles=frozenset(Role(rule.removeprefix(_ROLE)) for rule in rules if rule.startswith(_ROLE)),
        agencies=frozenset(map(int, agencies)),
        open_cases="open_cases" in rules,
        open_drafts="open_drafts" in rules,
    )


def saved_codes(answers: Answers) -> frozenset[str]:
    """The saved audiences that were marked beside the rules."""
    rules = _marked(answers, "audience")
    return frozenset(rule.removeprefix(_SAVED) for rule in rules if rule.startswith(_SAVED))


def saved_option(code: str, title: str) -> Option:
    """A saved audience as it is marked."""
    return Option(_SAVED + code, audiences.saved_rule(title))


def rule_of(part: Audience) -> str:
    """What marks this one rule, which is not that of an agency."""
    if part.roles:
        return _ROLE + next(iter(part.roles))
    flags = (EVERYONE, "open_cases", "open_drafts")
    return next(flag for flag in flags if getattr(part, flag))


class _Listed(Choice):
    """The rules, and behind them the saved audiences (`facts["saved_audiences"]`)."""

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """All of them."""
        return super().options(scope) + scope.facts.get(SAVED, ())


class _Rules(Several):
    """Some of them."""

    def _plain(self) -> Choice:
        return _Listed(self.choices, self.more)


_text = Step("text", Remark(texts.TEXT_LIMIT), texts.QUESTIONS["text"], texts.TEXT)
RULES_STEPS: Final = (
    Step(
        "audience",
        _Rules("audience", tuple(Option(code, label) for code, label in texts.RULES)),
        texts.QUESTIONS["audience"],
        texts.AUDIENCE,
    ),
    Step(
        "agencies",
        Several("agencies", AGENCIES),
        texts.QUESTIONS["agencies"],
        texts.AGENCIES,
        when=_of_agencies,
    ),
)

NOTICE: Final = Form(
    name="notice",
    version=1,
    steps=(
        _text,
        Step(
            "kind",
            Choice(tuple(Option(code, label) for code, label in texts.KINDS.items())),
            texts.QUESTIONS["kind"],
            texts.KIND,
        ),
        Step("urgent", YesNo(), texts.QUESTIONS["urgent"], texts.URGENT, when=_is_service),
        *RULES_STEPS,
    ),
    title=lambda _answers: texts.NEW,
    role=Role.ADMIN,
)
"""A new notice: `kind` is `news` or `service`, `agencies` are numbers of `facts["agencies"]`."""

NOTICE_TEXT: Final = Form(
    name="notice_text", version=1, steps=(_text,), title=lambda _answers: texts.EDIT_TEXT, role=Role.ADMIN
)
"""Another text: of a draft, or the correction of what went out."""

NOTICE_AUDIENCE: Final = Form(
    name="notice_audience",
    version=1,
    steps=RULES_STEPS,
    title=lambda _answers: texts.EDIT_AUDIENCE,
    role=Role.ADMIN,
)
"""Another audience, of a draft."""
