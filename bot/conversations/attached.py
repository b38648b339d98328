"""The files among the answers: room for one more, their names, albums, and what is left behind."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversations.files import TOTAL_LIMIT_MB, Files
from bot.conversations.form import Album, Form, Position, Step
from bot.conversations.given import JSON, FileAnswer
from persian.errors import Unreadable

_MB = 1024 * 1024


def joined(step: Step, position: Position, value: JSON, file: FileAnswer | None) -> JSON:
    """The new value of the step: a list with one more file where it takes several.

    Raises:
        Unreadable: `file_repeated`, or what `insist_on_room` raises.
    """
    if file is not None:
        insist_on_room(step, position, file.size, number=file.id)
    if not isinstance(step.kind, Files):
        return value
    numbers = _list_at(step, position)
    step.kind.room(numbers, value)
    return [*numbers, value]


def insist_on_room(step: Step, position: Position, size: int, *, number: int | None = None) -> None:
    """Insist that one more file of so many bytes may join; asked before the file is stored at all.

    Raises:
        Unreadable: `files_too_large` (limit, megabytes) or `files_too_many` (limit).
    """
    replaced = position.answers.get(step.name) if not step.kind.several else None
    others = (
        kept["size"] for known, kept in position.files.items() if known not in {str(replaced), str(number)}
    )
    total = size + sum(other for other in others if isinstance(other, int))
    if total > TOTAL_LIMIT_MB * _MB:
        raise Unreadable("files_too_large", limit=TOTAL_LIMIT_MB)
    if isinstance(step.kind, Files) and number is None:
        step.kind.room(_list_at(step, position), None)


def _list_at(step: Step, position: Position) -> list[JSON]:
    current = position.answers.get(step.name)
    return current if isinstance(current, list) else []


def with_file(position: Position, file: FileAnswer | None) -> Position:
    """The position that knows the name of one more file."""
    if file is None:
        return position
    return replace(position, files={**position.files, str(file.id): {"name": file.name, "size": file.size}})


def tidy(form: Form, position: Position) -> Position:
    """Forget the names of files that no answer holds any more."""
    held = {
        str(number)
        for step in form.steps
        if step.kind.takes_file
        for number in _numbers(position.answers.get(step.name))
    }
    return replace(
        position, files={number: file for number, file in position.files.items() if number in held}
    )


def _numbers(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else [value]


def arrived(position: Position, album: str) -> Position:
    """The position that knows that one more file of an album (its id, or nothing) has come."""
    if not album:
        return replace(position, album=None)
    known = position.album if position.album and position.album.id == album else Album(album)
    return replace(position, album=replace(known, count=known.count + 1))


def goes_on(position: Position) -> bool:
    """Whether the file just taken belongs to an album whose first file has its screen already."""
    return position.album is not None and position.album.count > 1


def refused(position: Position, name: str, code: str, values: Mapping[str, object]) -> Position:
    """The position that remembers which file of the album was not taken, and why."""
    if position.album is None:
        return position
    row = {"name": name, "place": position.album.count, "code": code, "values": dict(values)}
    return replace(position, album=replace(position.album, refused=[*position.album.refused, row]))
