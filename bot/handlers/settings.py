"""«تنظیمات»: what the office has set, and changing it."""

from collections.abc import Sequence
from typing import Final

from bot.conversations.form import Position
from bot.conversations.setting_forms import PREFIX, SETTING_FORMS, answers_of, value_of
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, require
from domain.settings import SETTINGS, Value
from domain.targets import Span
from messages_fa import buttons, targets
from messages_fa import calendar as calendar_texts
from messages_fa import catalogue as catalogue_texts
from messages_fa import settings as texts
from messages_fa.markup import Text, paragraphs
from persian.dates import tehran_day
from services import settings as office
from services.cases import name_of
from storage.records import SettingChange

_FORMS = {form.name: form for form in SETTING_FORMS}


def show_settings(turn: Turn) -> None:
    """Every setting with what is in force, a button for each group of them."""
    require(turn.actor, Deed.SETTINGS)
    values = {name: office.value(turn.work, name) for name in SETTINGS}
    groups = enumerate(texts.SECTIONS.items(), 1)
    rows = [Button(buttons.row(n, title), f"s:{name}") for n, (name, (title, _)) in groups]
    calendar = Button(calendar_texts.TITLE, "cal:month:now")
    lists = Button(catalogue_texts.TITLE, "cat:lists::")
    turn.show(Screen(texts.listing(values), column(*rows, calendar, lists)), slot="settings")


def _show_section(turn: Turn, section: str) -> None:
    """One group, a button for each setting."""
    require(turn.actor, Deed.SETTINGS)
    names = texts.SECTIONS[section][1]
    values = {name: office.value(turn.work, name) for name in names}
    rows = [Button(buttons.row(n, texts.NAMES[name]), f"s:{name}") for n, name in enumerate(names, 1)]
    back = Button(texts.TO_SECTIONS, f"s:{_ALL}")
    turn.show(Screen(texts.section(section, values), column(*rows, back)), slot="settings")


_ALL: Final = "all"


def ask(turn: Turn, name: str) -> None:
    """Open a group of settings, or ask for the new value of one, with its last changes.

    Raises:
        OldButton: there is no such setting (any more).
        NotYours: no admin.
    """
    if name == _ALL:
        show_settings(turn)
        return
    if name in texts.SECTIONS:
        _show_section(turn, name)
        return
    if _BACK in name:
        _revert(turn, *name.split(_BACK, 1))
        return
    if name not in SETTINGS:
        raise OldButton
    changes = office.history(turn.work, turn.actor, name)
    told = texts.history(
        [
            (
                change.set_at,
                name_of(turn.work, change.set_by) or texts.BY_COMMAND_LINE,
                texts.shown(name, change.value),
            )
            for change in changes
        ]
    )
    turn.shown = True  # the list stays; the question comes as a message of its own
    if told.plain:
        earlier = Button(texts.revert(name, _before(changes)), f"s:{name}{_BACK}{changes[0].id}")
        turn.tell(told, ((earlier,),))
    forms.begin(turn, _FORMS[f"{PREFIX}{name}"])


_BACK: Final = ".back."


def _before(changes: Sequence[SettingChange]) -> Value:
    """What was in force before the last change."""
    return changes[1].value if len(changes) > 1 else None


def _revert(turn: Turn, name: str, last: str) -> None:
    """«بازگشت به …»: asks whether what was in force before the change that was seen is to be so again."""
    if name not in SETTINGS:
        raise OldButton
    changes = office.history(turn.work, turn.actor, name)
    if not changes or changes[0].id != number(last):
        raise OldButton
    turn.shown = True
    position = Position(answers_of(name, _before(changes)), "sure")
    forms.begin(turn, _FORMS[f"{PREFIX}{name}"], position=position)


def finish(turn: Turn, ready: Ready) -> None:
    """The value was given: it is in force from now on.

    Raises:
        NotYours: no admin (any more).
    """
    name = ready.form.name.removeprefix(PREFIX)
    value = office.change(turn.work, by=turn.actor, name=name, value=value_of(name, ready.position.answers))
    forms.drop(turn, ready.run)
    turn.tell(paragraphs(texts.changed(name, value), _without_hours(turn, name, value)))
    show_settings(turn)


def _without_hours(turn: Turn, name: str, value: Value) -> Text:
    """Of a target in office hours, that it has no date while no hours are set."""
    in_hours = SETTINGS[name].kind == "span" and value is not None and Span.of(str(value)).unit == "hours"
    return (
        Text()
        if not in_hours or turn.work.calendar.in_force().has_hours(tehran_day(turn.work.now))
        else targets.no_hours()
    )
