"""A proposal to let a person pay a debt later or in instalments, and the rules between its answers.

Article 47 of the Public Accounting Law is the ground. Its by-law could not be read, so nothing here is a
legal limit: every number below only keeps a slip of the finger out of the form.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import core_schema

from domain.answers import Answers, RuleProblem, as_day, closed_fields, rule_problems, timeless_problems
from domain.errors import Incomplete
from domain.kinds import CREDITORS_WARNED_OF, DEBT_TYPES, CreditorKind, DebtorKind, Kind, is_debt_type
from persian.errors import Unreadable
from persian.identifiers import parse_legal_id, parse_mobile, parse_national_id
from persian.money import Rials

__all__ = [
    "AMOUNT_BELOW",
    "CREDITORS_WARNED_OF",
    "DEBT_TYPES",
    "FIELDS",
    "INSTALMENTS",
    "INTERVAL_MONTHS",
    "OPTIONAL",
    "Answers",
    "CreditorKind",
    "DebtorKind",
    "Kind",
    "Proposal",
    "RuleProblem",
    "check",
    "closed_fields",
    "gaps",
    "rule_problems",
]

AMOUNT_BELOW: Final = 10**15
"""Rials; a bound of the form (amounts are written in words below it), not of the law."""
INSTALMENTS: Final = (2, 120)
"""Fewest and most instalments the form takes: a bound of plausibility, not of the law."""
INTERVAL_MONTHS: Final = (1, 12)
"""Months between two instalments that the form takes: a bound of plausibility, not of the law."""


def _iso_day(value: object) -> date:
    day = as_day(value)
    if day is None:
        raise ValueError("not_a_day")
    return day


def _canonical(parse: Callable[[str], str]) -> AfterValidator:
    """Hold an identifier to the very form that its parser gives back."""

    def same(value: str) -> str:
        try:
            parsed = parse(value)
        except Unreadable as unreadable:
            raise ValueError(unreadable.code) from None
        if parsed != value:
            raise ValueError("not_canonical")
        return value

    return AfterValidator(same)


def _must_be_false(value: bool) -> bool:  # noqa: FBT001 - pydantic calls it with one value
    if value:
        raise ValueError("special_rule")
    return value


def _in_catalogue(code: str) -> str:
    if not is_debt_type(code):
        raise ValueError("debt_type")
    return code


def _rials_schema(_source: object, _handler: object) -> core_schema.CoreSchema:
    whole = core_schema.int_schema(strict=True, ge=1, lt=AMOUNT_BELOW)
    return core_schema.no_info_after_validator_function(Rials, whole)


Day = Annotated[date, BeforeValidator(_iso_day)]
Money = Annotated[Rials, GetPydanticSchema(_rials_schema)]
FileId = Annotated[int, Field(strict=True, ge=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Proposal(BaseModel):
    """A complete proposal «پیشنهاد»: what the authorised official of an agency sends to the office.

    Field names are the names of the form's answers. Amounts are whole rials. Loading a stored proposal
    checks everything but the rules that depend on today; `check` checks those too.

    Attributes:
        special_rule: whether another rule already settles this debt; always False, since Article 47
            steps back before such a rule and no case arises.
        offence: whether the debt arose from a crime or violation (note to Article 47: prosecution goes on).
        official_name: the authorised official «مقام مجاز» who signed the agency's letter.
        letter_scan: the number of the stored scan of that letter.
        down_payment: rials paid before the first instalment.
        interval_months: Jalali months from one instalment to the next.
        grace_until: the end of the grace period «دوره تنفس» (kind `both`).
        deferred_to: the day on which the whole amount falls due (kind `deferral`).
        attachments: the numbers of stored files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Kind
    special_rule: Annotated[StrictBool, AfterValidator(_must_be_false)]
    creditor_kind: CreditorKind
    offence: StrictBool
    official_name: Line
    official_post: Line
    letter_number: Line
    letter_date: Day
    letter_scan: FileId
    debtor_kind: DebtorKind
    debtor_name: Line
    national_id: Annotated[str, _canonical(parse_national_id)] | None = None
    legal_id: Annotated[str, _canonical(parse_legal_id)] | None = None
    mobile: Annotated[str, _canonical(parse_mobile)] | None = None
    debt_type: Annotated[str, AfterValidator(_in_catalogue)]
    debt_type_other: Line | None = None
    amount: Money
    down_payment: Money | None = None
    instalments: Annotated[int, Field(strict=True, ge=INSTALMENTS[0], le=INSTALMENTS[1])] | None = None
    interval_months: (
        Annotated[int, Field(strict=True, ge=INTERVAL_MONTHS[0], le=INTERVAL_MONTHS[1])] | None
    ) = None
    first_due: Day | None = None
    grace_until: Day | None = None
    deferred_to: Day | None = None
    reason: Prose | None = None
    attachments: tuple[FileId, ...] = ()

    @model_validator(mode="after")
    def _answers_agree(self) -> Self:
        answers = dict(self)
        if gaps(answers) or timeless_problems(answers):
            raise ValueError("answers_disagree")
        return self


FIELDS: Final = tuple(Proposal.model_fields)
"""Names of all answers, in the order of the form."""
OPTIONAL: Final = frozenset({"mobile", "down_payment", "reason", "attachments"})
"""Answers that may be skipped."""


def gaps(answers: Answers) -> frozenset[str]:
    """Names that are required and not given, or given though their branch is closed."""
    given = {name for name, value in answers.items() if value is not None}
    closed = closed_fields(answers)
    asked = frozenset(FIELDS) - closed
    return frozenset((asked - OPTIONAL - given) | (given & closed - _KEPT_WORDS))


_KEPT_WORDS: Final = frozenset({"debt_type_other"})
"""Given by the office itself at filing, for a type of debt that it has worded: the words of that day."""


def check(answers: Answers, *, today: date) -> Proposal:
    """Make a proposal of a form's answers.

    Args:
        answers: by name; None counts as not given.
        today: the day in Tehran.

    Raises:
        Incomplete: naming every answer that is missing, misshapen, unknown or in contradiction.
    """
    given = {name: value for name, value in answers.items() if value is not None}
    wrong = gaps(given) | {problem.field for problem in rule_problems(given, today=today)}
    proposal, misshapen = _parsed(given)
    if proposal is None or wrong:
        raise Incomplete(_in_form_order(wrong | misshapen))
    return proposal


def _parsed(given: dict[str, object]) -> tuple[Proposal | None, frozenset[str]]:
    try:
        return Proposal.model_validate(given), frozenset()
    except ValidationError as error:
        # Only the names leave here: the rest of pydantic's report would carry personal data along.
        return None, frozenset(str(found["loc"][0]) for found in error.errors() if found["loc"])


def _in_form_order(names: frozenset[str]) -> tuple[str, ...]:
    known = tuple(name for name in FIELDS if name in names)
    return known + tuple(sorted(names - frozenset(FIELDS)))
