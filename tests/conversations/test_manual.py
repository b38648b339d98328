"""The operator's manual names things as the bot names them, and leaves out nothing that an admin does."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import messages_fa
from bot.__main__ import cli
from bot.handlers.start import MENU
from bot.parts import PARTS
from bot.settings import Settings
from domain.roles import Role
from domain.settings import SETTINGS
from messages_fa import (
    audiences,
    buttons,
    calendar,
    catalogue,
    general,
    names,
    notices,
    settings,
    window_desk,
)

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"
PAGES = (DOCS / "operator.fa.md", *sorted((DOCS / "manual").glob("*.fa.md")))
TEXTS = {page: page.read_text("utf-8") for page in PAGES}
MANUAL = "\n".join(TEXTS.values())
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
PERSIAN = "[آ-ی]"
PICTURES = {page: re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text) for page, text in TEXTS.items()}

IN_FORMS = frozenset(
    {
        "TITLE_LABEL",
        "GROUND_LABEL",
        "AGENCY_NAME",
        "OFFICIAL_NAME",
        "OFFICIAL_POST",
        "BACK",
        "NAME_LABEL",
        "FORM",
    }
)
AGAIN = frozenset(
    {"TO_DESK", "TO_LIST", "TO_LISTS", "TO_AGENCY", "TEXT", "KIND", "URGENT", "AUDIENCE", "AGENCIES"}
)
"""Ways back, and what stands on another screen under the same word."""
PERSONAL = (
    *(
        buttons.INVITE,
        buttons.SURE_TO_INVITE,
        buttons.GIVE_ROLE,
        buttons.SURE_TO_GIVE,
        buttons.SURE_TO_REVOKE,
    ),
    *(buttons.WAITING_GRANTS, buttons.CONFIRM_GRANT, buttons.REFUSE_GRANT, buttons.WITHDRAW_GRANT),
    *(
        buttons.RENAME,
        buttons.CUT_ACCOUNTS,
        buttons.SURE_TO_CUT,
        buttons.LET_BACK,
        buttons.SURE_TO_END_SUBSTITUTE,
    ),
    *(buttons.RESETS, buttons.CLAIM_RESET, buttons.TAKE_RESET_OVER, buttons.ISSUE_RESET, buttons.ISSUE_AGAIN),
    *(
        buttons.DATA_REQUESTS,
        buttons.DATA_DONE,
        buttons.DATA_ERASE,
        buttons.DATA_REFUSE,
        buttons.SURE_TO_ERASE,
    ),
    *(buttons.WRITE_TERMS, buttons.ADD_SECTION, buttons.REMOVE_SECTION, buttons.PUBLISH_TERMS),
    *(buttons.SURE_TO_PUBLISH, buttons.GIVE_UP_TERMS, buttons.SURE_TO_GIVE_UP),
    *(buttons.OTHER_PERIOD, buttons.WHOLE_REPORT, buttons.BY_AGENCY, buttons.BY_DEBT_TYPE, buttons.BY_REASON),
    *(buttons.VOICES, buttons.BY_CAUSE, buttons.BY_PERSON),
)
"""What an admin presses about people, their secrets and data, the agreement and the reports."""


def strings(value: object) -> Iterator[str]:
    """Every string in a value, and in what it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def of_modules() -> set[str]:
    """Every label and name that `messages_fa` holds as data."""
    modules = [
        importlib.import_module(f"messages_fa.{found.name}")
        for found in pkgutil.iter_modules(messages_fa.__path__)
    ]
    return {text for module in modules for value in vars(module).values() for text in strings(value)}


def labels_of(module: object) -> dict[str, str]:
    """The labels of a module of one area, by the names of their constants."""
    return {name: value for name, value in vars(module).items() if name.isupper() and is_label(value)}


def options_of(command: Any) -> set[str]:  # noqa: ANN401 - typer brings its own kind of them
    """Every option of a command, of a group's commands too."""
    below = getattr(command, "commands", {}).values()
    return {each for one in command.params for each in one.opts}.union(*map(options_of, below))


def is_label(value: object) -> bool:
    """Whether it is a word for people."""
    return isinstance(value, str) and re.search(PERSIAN, value) is not None


LABELS = of_modules()


@EACH_PAGE
def test_every_button_that_the_manual_names_is_called_so(page: Path) -> None:
    assert sorted(set(re.findall(r"\*\*«([^»]+)»\*\*", TEXTS[page])) - LABELS) == []


@EACH_PAGE
def test_every_command_that_the_manual_names_is_one(page: Path) -> None:
    known = {entry.command for entry in MENU} | {name for part in PARTS for name in part.commands} | {"start"}
    assert sorted(set(re.findall(r"`/([a-z]+)`", TEXTS[page])) - known) == []


def test_every_command_line_of_the_manual_and_the_readme_is_taken() -> None:
    known = typer.main.get_command(cli).commands  # type: ignore[attr-defined]
    written = re.findall(
        r"^\.venv/bin/python -m bot ([a-z-]+)(.*)$", MANUAL + README.read_text("utf-8"), re.MULTILINE
    )
    options = {name: options_of(found) for name, found in known.items()}
    assert set(known) == {name for name, _ in written}
    assert [line for line in written if not set(re.findall(r"--[a-z-]+", line[1])) <= options[line[0]]] == []


@pytest.mark.parametrize(
    "module", [notices, window_desk, calendar, catalogue, audiences], ids=lambda module: module.__name__
)
def test_every_button_of_an_admins_screens_is_told_of(module: object) -> None:
    labels = {name: label for name, label in labels_of(module).items() if name not in IN_FORMS | AGAIN}
    assert {name: label for name, label in labels.items() if f"«{label}»" not in MANUAL} == {}


def test_every_button_about_people_terms_and_reports_is_told_of() -> None:
    assert [label for label in PERSONAL if f"**«{label}»**" not in MANUAL] == []


def test_every_entry_of_the_menu_is_told_of() -> None:
    assert [entry.label for entry in MENU if f"**«{entry.label}»**" not in MANUAL] == []


def test_every_setting_role_and_list_of_the_office_is_told_of() -> None:
    told = {f"| {settings.NAMES[name]} | `{name}` |" for name in SETTINGS}
    told |= {f"`{role.value}`" for role in Role} | {names.ROLES[role] for role in Role}
    assert sorted(row for row in told if row not in MANUAL) == []


def test_every_variable_of_the_machine_is_told_of() -> None:
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in MANUAL] == []


def test_every_alarm_is_told_of_with_what_to_do() -> None:
    assert [code for code, words in general.ALARMS.items() if f"| `{code}` | {words} | " not in MANUAL] == []


@EACH_PAGE
def test_every_link_of_the_manual_leads_somewhere(page: Path) -> None:
    broken = []
    for path, place in re.findall(r"\]\(([^)#\s]*)(?:#([a-z-]+))?\)", TEXTS[page]):
        target = (page.parent / path).resolve() if path else page
        if not target.is_file() or (place and f'<a id="{place}"></a>' not in target.read_text("utf-8")):
            broken.append((path, place))
    assert broken == []


def test_every_picture_is_shown_and_described_and_none_is_left_over() -> None:
    shown = {(page.parent / path).resolve() for page, found in PICTURES.items() for _, path in found}
    shown |= {
        README.parent / path for path in re.findall(r"docs/pictures/[\w-]+\.png", README.read_text("utf-8"))
    }
    assert shown == set((DOCS / "pictures").glob("*.png"))
    assert [path for found in PICTURES.values() for alt, path in found if not re.search(PERSIAN, alt)] == []
