"""A form of one question for each thing that the office may set, made from the list of settings."""

from typing import Final

from bot.conversations.choices import sure
from bot.conversations.form import Form, Step
from bot.conversations.given import JSON, Answers, Kind, Option
from bot.conversations.kinds import Choice, LongText, Rial, Whole
from bot.conversations.spans import SpanOfTime
from domain.roles import Role
from domain.settings import SETTINGS, Setting, Value
from messages_fa import settings as texts
from messages_fa.buttons import NO, YES
from messages_fa.markup import Text
from messages_fa.names import SURE

PREFIX: Final = "setting_"
"""Before the setting's name in the name of its form."""

ON: Final = "on"


def _kind(setting: Setting) -> Kind:
    if setting.kind == "switch":
        return Choice((Option(ON, YES), Option("off", NO)))
    if setting.unit == "rials":
        return Rial(0)
    if setting.kind == "number":
        return Whole(0, setting.most, texts.unit(setting.name), (Option("0", texts.UNSET),))
    if setting.kind == "span":
        return SpanOfTime(setting.most, texts.UNSET)
    return LongText(setting.most)


def value_of(name: str, answers: Answers) -> Value:
    """What is to be set, as the answers have it."""
    answer = answers.get("value")
    if SETTINGS[name].kind == "switch":
        return answer == ON
    return answer if isinstance(answer, int | str) and answer != "0" else None


def answers_of(name: str, value: Value) -> dict[str, JSON]:
    """The other way round: the answers that set this value."""
    if SETTINGS[name].kind == "switch":
        return {"value": ON if value else "off"}
    unset: JSON = None if SETTINGS[name].kind == "text" else 0 if SETTINGS[name].unit == "rials" else "0"
    return {"value": unset if value is None else value}


def _form(setting: Setting) -> Form:
    name = setting.name

    def asked(_answers: Answers) -> Text:
        return texts.question(name)

    def title(_answers: Answers) -> str:
        return texts.NAMES[name]

    def preview(answers: Answers) -> Text:
        return texts.sure(name, value_of(name, answers))

    optional = setting.kind == "text"
    steps = (
        Step("value", _kind(setting), asked, texts.NAMES[name], optional=optional),
        Step("sure", sure(texts.SAVE), preview, SURE),
    )
    return Form(name=f"{PREFIX}{name}", version=1, steps=steps, title=title, role=Role.ADMIN)


SETTING_FORMS: Final = tuple(map(_form, SETTINGS.values()))
"""`value` is `on` or `off`, a whole number, a span (`0` to unset it), or a text (None to unset it)."""
