"""The forms about staff and own data: an agency, a name, a substitute, what is to be corrected."""

from typing import Final

from bot.conversations.form import Form, Step
from bot.conversations.kinds import Choice, Day, LongText, Name
from domain.roles import Role
from messages_fa import buttons, names
from messages_fa import personal as data_texts
from messages_fa import staffing as texts
from messages_fa import substitutes as substitute_texts

COLLEAGUES: Final = "colleagues"
"""The list in `Scope.facts` of those who may stand in for this person."""
_LONGEST: Final = 1000

GRANT_AGENCY: Final = Form(
    name="grant_agency",
    version=1,
    steps=(Step("agency", Choice("agencies"), texts.ask_agency, names.AGENCY),),
    title=lambda _answers: buttons.GIVE_ROLE,
    role=Role.ADMIN,
)
"""`agency` is a code of `facts["agencies"]`; the run's subject is the person."""

RENAME: Final = Form(
    name="rename",
    version=1,
    steps=(Step("name", Name(), texts.ask_name, texts.NAME),),
    title=lambda _answers: buttons.RENAME,
    role=Role.ADMIN,
)
"""The run's subject is the person."""

SUBSTITUTE: Final = Form(
    name="substitute",
    version=1,
    steps=(
        Step("who", Choice(COLLEAGUES), substitute_texts.ask_substitute, substitute_texts.WHO),
        Step("first", Day(near=(0, 1)), substitute_texts.ask_first, substitute_texts.FIRST),
        Step("last", Day(near=(0, 1)), substitute_texts.ask_last, substitute_texts.LAST),
    ),
    title=lambda _answers: buttons.MY_SUBSTITUTE,
)
"""`who` is a code of `facts["colleagues"]`, the days are ISO dates."""

DATA_CORRECTION: Final = Form(
    name="data_correction",
    version=1,
    steps=(Step("words", LongText(_LONGEST), data_texts.ask_correction, data_texts.CORRECTION),),
    title=lambda _answers: buttons.CORRECT_DATA,
)
DATA_ANSWER: Final = Form(
    name="data_answer",
    version=1,
    steps=(Step("words", LongText(_LONGEST), data_texts.ask_answer, data_texts.ANSWER),),
    title=lambda _answers: buttons.DATA_REQUESTS,
    role=Role.ADMIN,
)
DATA_REFUSAL: Final = Form(
    name="data_refusal",
    version=1,
    steps=(Step("words", LongText(_LONGEST), data_texts.ask_refusal, data_texts.ANSWER),),
    title=lambda _answers: buttons.DATA_REQUESTS,
    role=Role.ADMIN,
)
"""Of the last two the run's subject is the request."""

STAFFING_FORMS: Final = (GRANT_AGENCY, RENAME, SUBSTITUTE, DATA_CORRECTION, DATA_ANSWER, DATA_REFUSAL)
