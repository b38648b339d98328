"""A new version of the agreement: an admin writes it section by section, sees what changes, and publishes."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from bot.conversations.agreement_forms import TERMS_ADDED, TERMS_DAY, TERMS_REMOVED, TERMS_SECTION
from bot.conversations.form import Position
from bot.handlers import forms, signing
from bot.handlers.forms import Ready
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from domain.agreement import changes
from domain.answers import as_day
from domain.audience import Audience
from domain.authority import Deed, require
from domain.roles import Role
from messages_fa import agreement as texts
from messages_fa import agreement_writing as writing
from messages_fa import buttons
from messages_fa.form import shortened
from services import agreement, audience, notices
from services.cases import name_of
from services.errors import TermsUnfit
from storage.errors import Stale
from storage.records.agreement import TermsVersion

_LABEL: Final = 45


def show(turn: Turn) -> None:
    """The version that is being written, or what begins one.

    Raises:
        NotYours: no admin.
    """
    now, last = agreement.draft(turn.work, turn.actor), agreement.newest(turn.work)
    sections = (now or last).sections
    rows = [
        Button(shortened(section.title.rstrip(": "), _LABEL), f"trm:edit:{section.mark}")
        for section in sections
    ]
    rows += [Button(buttons.ADD_SECTION, "trm:add:0"), Button(buttons.REMOVE_SECTION, "trm:del:0")]
    if now is None:
        turn.show(Screen(writing.not_begun(last.version + 1), column(*rows)), slot="terms")
        return
    changed = [change.title for change in changes(last.sections, now.sections)]
    rows.append(Button(buttons.PUBLISH_TERMS, "trm:when:0")) if changed else None
    rows.append(Button(buttons.GIVE_UP_TERMS, f"trm:drop:{now.mark}"))
    told = writing.writing(now.version, changed, name_of(turn.work, now.edited_by), now.edited_at)
    turn.show(Screen(told, column(*rows)), slot="terms")


def _edit(turn: Turn, arg: str) -> None:
    _admin(turn)
    turn.shown = True
    forms.begin(turn, TERMS_SECTION, position=Position({"section": arg}, "text"))


def _add(turn: Turn) -> None:
    turn.shown = True
    forms.begin(turn, TERMS_ADDED)


def _remove(turn: Turn) -> None:
    turn.shown = True
    forms.begin(turn, TERMS_REMOVED)


def _when(turn: Turn) -> None:
    turn.shown = True
    forms.begin(turn, TERMS_DAY)


def finish_section(turn: Turn, ready: Ready) -> None:
    """The new text of a section was typed."""
    given = ready.position.answers
    section, text = str(given.get("section")), str(given.get("text"))
    _change(turn, ready, lambda: agreement.rewrite(turn.work, turn.actor, section, text))


def finish_added(turn: Turn, ready: Ready) -> None:
    """A section was typed that is to be added."""
    given = ready.position.answers
    title, text = str(given.get("title")), str(given.get("text"))
    _change(turn, ready, lambda: agreement.add(turn.work, turn.actor, title, text))


def finish_removed(turn: Turn, ready: Ready) -> None:
    """A section was chosen that is to be left out."""
    section = str(ready.position.answers.get("section"))
    _change(turn, ready, lambda: agreement.remove(turn.work, turn.actor, section))


def _change(turn: Turn, ready: Ready, change: Callable[[], TermsVersion]) -> None:
    try:
        change()
    except TermsUnfit as unfit:
        _say_unfit(turn, unfit)
        forms.prompt_again(turn)
        return
    except Stale:
        _choose_anew(turn, ready)
        return
    forms.drop(turn, ready.run)
    turn.tell(writing.kept())
    turn.shown = True
    show(turn)


def _choose_anew(turn: Turn, ready: Ready) -> None:
    """A colleague changed that section meanwhile: another is chosen, and what was typed is kept for it."""
    typed = {name: answer for name, answer in ready.position.answers.items() if name != "section"}
    forms.drop(turn, ready.run)
    turn.shown = True
    turn.tell(writing.section_changed())
    forms.begin(turn, ready.form, position=Position(typed, "section"))


def finish_day(turn: Turn, ready: Ready) -> None:
    """The day was given: everything that changes, and the question whether it is published."""
    day = dt.date.fromisoformat(str(ready.position.answers.get("day")))
    now = agreement.draft(turn.work, turn.actor)
    try:
        agreement.require_day(turn.work, day)
    except TermsUnfit as unfit:
        _say_unfit(turn, unfit)
        forms.prompt_again(turn)
        return
    forms.drop(turn, ready.run)
    turn.shown = True
    if now is None:
        show(turn)
        return
    last = agreement.newest(turn.work)
    for piece in texts.changes(last.version, now.version, changes(last.sections, now.sections)):
        turn.tell(piece)
    sure = (
        Button(buttons.SURE_TO_PUBLISH, f"trm:go:{now.mark}.{day:%Y%m%d}"),
        Button(buttons.NOT_YET, "trm:draft:0"),
    )
    told = writing.preview(now.version, day, _concerned(turn))
    turn.show(Screen(told, column(*sure)), slot="terms")


def _publish(turn: Turn, arg: str) -> None:
    """«بله، منتشر شود»: what was seen, from the day that was seen.

    Raises:
        OldButton: there is no such day.
    """
    _admin(turn)
    seen, _, day = arg.partition(".")
    effective_from = _day(day)
    if not signing.signed(turn, f"trm:go:{arg}"):
        return
    try:
        made = agreement.publish(turn.work, turn.actor, seen=seen, effective_from=effective_from)
    except Stale:
        turn.answer(texts.changed_meanwhile())
        show(turn)
        return
    except TermsUnfit as unfit:
        _say_unfit(turn, unfit)
        show(turn)
        return
    turn.show(Screen(writing.published(made.version, effective_from, _tell(turn, made))), slot="terms")


def _tell(turn: Turn, made: TermsVersion) -> int:
    """Have everybody told who files or reviews under it; returns how many that are."""
    notices.announce(
        turn.work,
        about=agreement.ABOUT,
        content={"version": made.version, "since": str(made.effective_from)},
        audience=_CONCERNED,
        by=turn.actor,
        service=True,
    )
    return _concerned(turn)


def _concerned(turn: Turn) -> int:
    return len(audience.recipients(turn.work, _CONCERNED))


_CONCERNED: Final = Audience.of_roles(Role.OFFICER, Role.REVIEWER)
"""Who works under the agreement: told even with news switched off."""


def _drop(turn: Turn, arg: str) -> None:
    _admin(turn)
    now = agreement.draft(turn.work, turn.actor)
    if now is None or now.mark != arg:
        turn.answer(texts.changed_meanwhile())
        show(turn)
        return
    sure = (
        Button(buttons.SURE_TO_GIVE_UP, f"trm:gone:{now.mark}"),
        Button(buttons.NOT_YET, "trm:draft:0"),
    )
    turn.show(Screen(writing.sure_to_give_up(now.version), column(*sure)), slot="terms")


def _give_up(turn: Turn, arg: str) -> None:
    try:
        agreement.give_up(turn.work, turn.actor, arg)
    except Stale:
        turn.answer(texts.changed_meanwhile())
        show(turn)
    else:
        turn.show(Screen(writing.given_up()), slot="terms")


def _say_unfit(turn: Turn, unfit: TermsUnfit) -> None:
    turn.tell(writing.unfit(unfit.why, limit=unfit.limit, day=agreement.earliest_day(turn.work)))
    turn.shown = True


def _day(text: str) -> dt.date:
    day = as_day(text)
    if day is None:
        raise OldButton
    return day


def _admin(turn: Turn) -> None:
    require(turn.actor, Deed.TERMS)


def _for_admins(act: Callable[[Turn], None]) -> Callable[[Turn, str], None]:
    def acted(turn: Turn, _arg: str) -> None:
        _admin(turn)
        act(turn)

    return acted


VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "draft": _for_admins(show),
    "edit": _edit,
    "add": _for_admins(_add),
    "del": _for_admins(_remove),
    "when": _for_admins(_when),
    "go": _publish,
    "drop": _drop,
    "gone": _give_up,
}
"""What an admin presses about a version that is being written, by the verb of the button."""
