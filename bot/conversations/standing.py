"""What stands beside a question: the answer so far, the one before it, and why it is asked anew."""

from bot.conversations.choices import Choice
from bot.conversations.correction import changed
from bot.conversations.files import TOTAL_LIMIT_MB, Files
from bot.conversations.form import Form, Position, Step
from bot.conversations.given import JSON, Scope
from bot.conversations.journey import is_given, open_steps
from domain.answers import as_day
from messages_fa import buttons
from messages_fa import files as file_texts
from messages_fa import form as texts
from messages_fa.markup import Text, lines, paragraphs, say


def standing(form: Form, step: Step, position: Position, scope: Scope) -> Text:
    """The earlier answer where it is another one, and the answer that stands."""
    value = position.answers.get(step.name)
    before = _before(form, step, position, scope)
    if isinstance(step.kind, Files):
        listed = _list(position, value, step, scope)
        return paragraphs(before, listed if listed.spans else file_texts.files_limit(TOTAL_LIMIT_MB))
    if not is_given(value):
        return lines(before, *_recalled(form, step, scope))
    shown = step.kind.show(value, scope)
    return lines(before, texts.marked_value(shown) if step.kind.several else texts.current_value(shown))


def _recalled(form: Form, step: Step, scope: Scope) -> tuple[Text, ...]:
    """The earlier answers that the question rests on, each with its label."""
    return tuple(
        say("{label}: {value}", label=earlier.label, value=earlier.kind.show(answer, scope))
        for earlier in open_steps(form, scope.answers)
        for answer in [scope.answers.get(earlier.name)]
        if earlier.name in step.recalls and is_given(answer)
    )


def _list(position: Position, value: JSON, step: Step, scope: Scope) -> Text:
    """Files row by row; nothing where there are none."""
    numbers = value if isinstance(value, list) else []
    if not isinstance(step.kind, Files) or not numbers:
        return Text()
    sizes = [_size(position, number) for number in numbers]
    named = zip(step.kind.names(value, scope), sizes, strict=True)
    rows = [file_texts.file_row(place, name, size) for place, (name, size) in enumerate(named, start=1)]
    total = sum(_size(position, number) for number in position.files)
    return paragraphs(lines(*rows), file_texts.files_so_far(len(rows), step.kind.most, total, TOTAL_LIMIT_MB))


def _size(position: Position, number: JSON) -> int:
    size = position.files.get(str(number), {}).get("size")
    return size if isinstance(size, int) else 0


def _before(form: Form, step: Step, position: Position, scope: Scope) -> Text:
    if step.name in position.former:
        return _former(step, position.former[step.name])
    if position.returned is None or step.kind.takes_file or step.name not in changed(form, position):
        return Text()
    value = position.returned.answers.get(step.name)
    return texts.former_value(step.kind.show(value, scope)) if is_given(value) else Text()


def _former(step: Step, value: JSON) -> Text:
    """An answer that does not fit its question any more: written by what it is, not by its question."""
    day = as_day(value)
    if isinstance(value, bool):
        return texts.former_value(say(buttons.YES if value else buttons.NO))
    if isinstance(value, int) and not step.kind.takes_file:
        return texts.former_value(say("{value}", value=value))
    if day is not None:
        return texts.former_value(say("{value}", value=day))
    if isinstance(value, str) and not isinstance(step.kind, Choice):
        return texts.former_value(texts.one_line(value))
    return Text()


def renewal(position: Position, step: Step) -> Text:
    """That the question is new or another one since an older version of the form; nothing otherwise."""
    marked = position.returned is not None and step.name in position.returned.fields
    if marked or step.name not in position.again:
        return Text()
    known = step.name in position.answers or step.name in position.former
    return texts.changed_question() if known else texts.new_question()


def reviewer_asks(position: Position) -> Text:
    """What the office asks to be corrected; nothing in a form of its own."""
    asked = position.returned
    return texts.reviewer_asks(asked.reasons, asked.note) if asked else Text()
