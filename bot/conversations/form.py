"""A form is a tuple of steps; a position in it is the answers and a cursor. Both are data."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from bot.conversations.given import JSON, Answers, Kind
from domain.answers import RuleProblem
from domain.plan import Plan
from domain.roles import Role
from messages_fa import buttons, names
from messages_fa.examples import Examples
from messages_fa.examples import none as no_examples
from messages_fa.markup import Text

SUMMARY: Final = "summary"
REVIEW: Final = "review"
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
        why: why it is asked.
        help: what to do, said to somebody who has missed again and again; where there is none, `why` is.
        when: whether the step is asked at all, as the answers stand.
        optional: whether it may be skipped.
        stop: the text about an answer that ends the form, or None: then no case can arise.
        note: a word about an answer, shown with the next question, or None.
        since: the version of the form in which the question got its present meaning and limits: an answer
            given to an earlier one is asked again.
        renews: names of answers that hang on this one without being closed by it: when it is changed,
            they are asked anew.
        examples: answers as they would be typed, from the other answers and the day, where those of the
            kind do not fit.
        recalls: names of earlier answers that stand under the question as they would be read in the scope.
    """

    name: str
    kind: Kind
    ask: Callable[[Answers], Text]
    label: str
    why: Callable[[], Text] | None = None
    help: Callable[[], Text] | None = None
    when: Callable[[Answers], bool] = always
    optional: bool = False
    stop: Callable[[JSON], Text | None] | None = None
    note: Callable[[JSON, Answers], Text | None] | None = None
    since: int = 1
    examples: Examples = no_examples
    renews: tuple[str, ...] = ()
    recalls: tuple[str, ...] = ()


def no_problems(_answers: Answers, _today: dt.date) -> tuple[RuleProblem, ...]:
    """For a form whose answers cannot contradict each other."""
    return ()


def nobody(_answers: Answers) -> str:
    """For a form whose steps need not say whom it is about."""
    return ""


def proposal(_answers: Answers) -> str:
    """What most forms are about."""
    return names.PROPOSAL


@dataclass(frozen=True, eq=False)
class Form:
    """A form as data; there is one of each, so it is told apart by identity.

    Attributes:
        version: goes up when steps change; an older draft is asked only what is new.
        title: what a draft is called in lists.
        about: whom the answers so far are about, as every step says; empty while that is not known.
        role: the role that whoever answers must hold at every step; None: anybody may.
        secret: whether what is typed into it leaves the chat at once, taken or not.
        noun: what the form is about, as its screens call it: «پیشنهاد», «شکایت».
        send: the label of the button that sends it from its summary.
        leave: the label of the button that leaves it.
        declares: whether the answers are declared right before they can be sent.
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
    about: Callable[[Answers], str] = nobody
    role: Role | None = None
    secret: bool = False
    noun: Callable[[Answers], str] = proposal
    send: str = buttons.SEND
    leave: str = buttons.CANCEL
    declares: bool = True


@dataclass(frozen=True, slots=True)
class Returned:
    """What a reviewer asks an officer to correct.

    Attributes:
        fields: names of the answers to give anew; empty where any may be changed.
        note: what the reviewer wrote.
        reasons: codes of the catalogue of reasons.
        answers: all answers as they were when the case was returned.
    """

    fields: list[str] = field(default_factory=list)
    note: str = ""
    reasons: list[str] = field(default_factory=list)
    answers: dict[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Album:
    """Files sent together: the messenger brings each of them as an update of its own.

    Attributes:
        id: the messenger's name of the album.
        count: how many of its files have come.
        refused: of each that was not taken: name, place in the album, code and values of the problem.
    """

    id: str
    count: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a person is in a form; as JSON it is exactly what is stored.

    Attributes:
        answers: by name; None is a skipped one.
        cursor: the name of the step asked, `SUMMARY`, `REVIEW` or `STOPPED`.
        pending: a reading to be confirmed; when stopped, the answer that stopped the form.
        misses: answers in a row that could not be taken at this step.
        leaving: whether the cancel question is open.
        declared: whether the answers in the summary were declared right.
        stop_step: the step whose answer stopped the form.
        files: name and size in bytes of each file among the answers, by its number.
        seen: the version of the case that the person saw when the form was opened, or None.
        again: names of answers that are to be given anew though they stand.
        former: answers to questions that have changed since, where they do not fit any more.
        home: where «بررسی پیش‌نویس» was opened from; while it is set, answers lead back there.
        returned: what is to be corrected, in the correction of a returned case.
        unchanged: whether it is being asked if a correction that changes nothing is to be sent.
        album: the files that came together last.
        month: the Jalali month whose days are on the screen as buttons, such as `1405-07`, or None.
        about: the tracking code that a small form is about, where its row may not lead to it; or None.
        anew: `key` of the debt and `reason` for which it is proposed again beside an open case; or None.
        named: `debtor` and `code` of the case that a small form is about, as its steps say them; or None.
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
    again: list[str] = field(default_factory=list)
    former: dict[str, JSON] = field(default_factory=dict)
    home: str | None = None
    returned: Returned | None = None
    unchanged: bool = False
    album: Album | None = None
    month: str | None = None
    about: str | None = None
    anew: dict[str, str] | None = None
    named: dict[str, str] | None = None

    def to_json(self) -> dict[str, JSON]:
        """The stored shape."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` made; what an older version did not store takes its default."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        for name, shape in (("returned", Returned), ("album", Album)):
            if known.get(name) is not None:
                known[name] = shape(**known[name])
        return cls(**known)


def reopened(answers: Answers, step: str) -> Position:
    """What was typed and confirmed, with one of its questions open again and to be confirmed anew."""
    return Position({name: answer for name, answer in answers.items() if name != "sure"}, step)
