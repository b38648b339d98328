"""A form is a tuple of steps; a position in it is the answers and a cursor. Both are data."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from bot.conversations.given import JSON, Answers, Kind
from domain.answers import RuleProblem
from domain.plan import Plan
from messages_fa.markup import Text

SUMMARY: Final = "summary"
STOPPED: Final = "stopped"


def always(_answers: Answers) -> bool:
    """The condition of a step that belongs to no branch."""
    return True


@dataclass(frozen=True)
class Step:
    """One question.

    Attributes:
        name: of the answer.
        kind: what is accepted.
        ask: the question, which may hang on earlier answers.
        label: of the answer, in the summary.
        why: why it is asked, with an example.
        when: whether the step is asked at all, as the answers stand.
        optional: whether it may be skipped.
        stop: the text about an answer that ends the form, or None: then no case can arise.
        note: a word about an answer, shown with the next question, or None.
    """

    name: str
    kind: Kind
    ask: Callable[[Answers], Text]
    label: str
    why: Callable[[], Text] | None = None
    when: Callable[[Answers], bool] = always
    optional: bool = False
    stop: Callable[[JSON], Text | None] | None = None
    note: Callable[[JSON, Answers], Text | None] | None = None


def no_problems(_answers: Answers, _today: dt.date) -> tuple[RuleProblem, ...]:
    """For a form whose answers cannot contradict each other."""
    return ()


@dataclass(frozen=True)
class Form:
    """A form as data.

    Attributes:
        version: goes up when steps change; an older draft is asked only what is new.
        title: what a draft is called in lists.
        problems: what the answers contradict, as the domain says.
        has_summary: whether it ends in a summary to be declared and sent; otherwise the last answer ends it.
        plan: the plan of payments that complete answers make, if this form has one.
    """

    name: str
    version: int
    steps: tuple[Step, ...]
    title: Callable[[Answers], str]
    problems: Callable[[Answers, dt.date], tuple[RuleProblem, ...]] = no_problems
    has_summary: bool = False
    plan: Callable[[Answers, dt.date], Plan | None] | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a person is in a form; as JSON it is exactly what is stored.

    Attributes:
        answers: by name; None is a skipped one.
        cursor: the name of the step asked, `SUMMARY` or `STOPPED`.
        pending: a reading to be confirmed; when stopped, the answer that stopped the form.
        misses: answers in a row that could not be taken at this step.
        leaving: whether the cancel question is open.
        declared: whether the answers in the summary were declared right.
        stop_step: the step whose answer stopped the form.
        files: name and size in bytes of each file among the answers, by its number.
        seen: the version of the case that the person saw when the form was opened, or None.
    """

    answers: dict[str, JSON]
    cursor: str
    pending: JSON = None
    misses: int = 0
    leaving: bool = False
    declared: bool = False
    stop_step: str | None = None
    files: dict[str, dict[str, JSON]] = field(default_factory=dict)
    seen: int | None = None

    def to_json(self) -> dict[str, JSON]:
        """The stored shape."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` made; what an older version did not store takes its default."""
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})
