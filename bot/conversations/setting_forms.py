"""A form of one question for each thing that the office may set, made from the list of settings."""

from typing import Final

from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Kind, Option
from bot.conversations.kinds import Choice, LongText, Whole
from bot.conversations.spans import SpanOfTime
from domain.settings import SETTINGS, Setting
from messages_fa import settings as texts
from messages_fa.buttons import NO, YES
from messages_fa.markup import Text

PREFIX: Final = "setting_"
"""Before the setting's name in the name of its form."""

ON: Final = "on"


def _kind(setting: Setting) -> Kind:
    if setting.kind == "switch":
        return Choice((Option(ON, YES), Option("off", NO)))
    if setting.kind == "number":
        return Whole(0, setting.most, texts.unit(setting.name), (Option("0", texts.UNSET),))
    if setting.kind == "span":
        return SpanOfTime(setting.most, texts.UNSET)
    return LongText(setting.most)


def _form(setting: Setting) -> Form:
    name = setting.name

    def asked(_answers: Answers) -> Text:
        return texts.question(name)

    def title(_answers: Answers) -> str:
        return texts.NAMES[name]

    optional = setting.kind == "text"
    steps = (Step("value", _kind(setting), asked, texts.NAMES[name], optional=optional),)
    return Form(name=f"{PREFIX}{name}", version=1, steps=steps, title=title)


SETTING_FORMS: Final = tuple(map(_form, SETTINGS.values()))
"""`value` is `on` or `off`, a whole number, a span (`0` to unset it), or a text (None to unset it)."""
