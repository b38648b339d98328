"""The forms about complaints and the survey: the complaint itself, and the small ones of both sides."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversations.choices import Choice, YesNo, sure
from bot.conversations.files import Files
from bot.conversations.form import Form, Step
from bot.conversations.given import Answers, Given, Option, Reading, Scope
from bot.conversations.kinds import Name, Passcode, TrackingCode
from bot.conversations.proposal import choice
from bot.conversations.written import Remark
from domain.complaints import TYPES
from messages_fa import buttons, complaint_desk, names, survey
from messages_fa import complaint_ask as ask
from messages_fa import complaints as texts
from persian.text import key
from services.complaint_acts import TEXT_LIMIT
from services.complaint_traces import OBJECTION_FORM, PASSCODE_FORM
from services.drafts import COMPLAINT_FORM

_text = Remark(TEXT_LIMIT)
COMMENT_LIMIT = 1000
"""Characters of a comment beside a score."""


@dataclass(frozen=True)
class CaseCode(TrackingCode):
    """The tracking code of a proposal, typed or picked from the person's own list (`facts["own_cases"]`)."""

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """The person's own newest cases."""
        return scope.facts.get("own_cases", ())

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read a code, or the name of one of the options.

        Raises:
            Unreadable: as a `TrackingCode` does.
        """
        wanted = key(given.text)
        named = [option.code for option in self.options(scope) if wanted and key(option.label) == wanted]
        if given.option is None and len(named) == 1:
            return Reading(named[0])
        return super().read(given, scope)


class OwnPasscode(Passcode):
    """The passcode of an anonymous complaint: nobody is known who could be given another."""

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """None: what is forgotten stays so."""
        return ()


def _example(_answers: Mapping[str, object], _today: dt.date) -> tuple[str, ...]:
    return ask.TEXT_EXAMPLE


@dataclass(frozen=True)
class _Is:
    """The condition of a step: an answer has this value."""

    name: str
    value: str

    def __call__(self, answers: Answers) -> bool:
        return answers.get(self.name) == self.value


def _step(name: str) -> str:
    return texts.FIELDS[name]


_CATEGORIES = tuple(
    Step(
        "category",
        Choice(tuple(Option(code, texts.CATEGORIES[code]) for code in categories)),
        ask.ask_category,
        _step("category"),
        when=_Is("kind", kind),
    )
    for kind, categories in TYPES.items()
)
"""One question in as many shapes as there are types."""

COMPLAINT = Form(
    name=COMPLAINT_FORM,
    version=1,
    steps=(
        Step(
            "kind",
            choice(texts.TYPES),
            ask.ask_kind,
            _step("kind"),
            lambda: ask.why("kind"),
            renews=("category",),
        ),
        *_CATEGORIES,
        Step("text", _text, ask.ask_text, _step("text"), examples=_example),
        Step("case", CaseCode(), ask.ask_case, _step("case"), lambda: ask.why("case"), optional=True),
        Step("files", Files(), ask.ask_files, _step("files"), optional=True),
        Step(
            "behalf",
            choice({"self": buttons.FOR_MYSELF, "other": buttons.FOR_OTHER}),
            ask.ask_behalf,
            _step("behalf"),
        ),
        Step(
            "behalf_name",
            Name(),
            ask.ask_behalf_name,
            _step("behalf_name"),
            when=_Is("behalf", "other"),
        ),
        Step(
            "anonymous",
            YesNo(),
            ask.ask_anonymous,
            _step("anonymous"),
            lambda: ask.why("anonymous"),
        ),
    ),
    title=texts.title,
    has_summary=True,
    noun=texts.noun,
    send=buttons.SEND_COMPLAINT,
    declares=False,
)
"""«شکایت و نظر»: `kind` and `category` are codes of `domain.complaints.TYPES`, `case` a tracking code."""

COMPLAINT_PASSCODE = Form(
    name=PASSCODE_FORM,
    version=1,
    steps=(Step("passcode", OwnPasscode(), ask.ask_passcode, names.PASSCODE, lambda: ask.why("passcode")),),
    title=lambda _answers: names.PASSCODE,
    secret=True,
)
"""The passcode of an anonymous complaint, by which its answer is seen."""

REPLY = Form(
    name="complaint_reply",
    version=1,
    steps=(Step("text", _text, ask.ask_reply, _step("reply")),),
    title=lambda _answers: _step("reply"),
)
"""What who complained replies to the office's question."""

OBJECTION = Form(
    name=OBJECTION_FORM,
    version=1,
    steps=(Step("text", _text, ask.ask_objection, _step("objection")),),
    title=lambda _answers: _step("objection"),
)
"""The objection «اعتراض» to an answer."""

ANSWER = Form(
    name="complaint_answer",
    version=1,
    steps=(
        Step("text", _text, complaint_desk.ask_answer, complaint_desk.ANSWER),
        Step("cause", choice(complaint_desk.CAUSES), complaint_desk.ask_cause, complaint_desk.CAUSE),
        Step(
            "sure",
            sure(buttons.SURE_TO_ANSWER),
            complaint_desk.ask_sure,
            complaint_desk.SURE,
        ),
    ),
    title=lambda _answers: complaint_desk.ANSWERING,
)
"""The office's answer: text and cause, and whether it is meant."""

QUESTION = Form(
    name="complaint_question",
    version=1,
    steps=(Step("text", _text, complaint_desk.ask_question, complaint_desk.QUESTION),),
    title=lambda _answers: complaint_desk.ASKING,
)
"""«نیاز به توضیح»."""

COMPLAINT_NOTE = Form(
    name="complaint_note",
    version=1,
    steps=(Step("note", Remark(TEXT_LIMIT), complaint_desk.ask_note, names.INTERNAL_NOTE),),
    title=lambda _answers: names.INTERNAL_NOTE,
)
"""An internal note on a complaint."""

COMMENT = Form(
    name="survey_comment",
    version=1,
    steps=(Step("text", Remark(COMMENT_LIMIT), survey.ask_comment, survey.COMMENT),),
    title=lambda _answers: survey.COMMENT,
)
"""What was not good, beside a low score."""

COMPLAINT_FORMS = (COMPLAINT, COMPLAINT_PASSCODE, REPLY, OBJECTION, ANSWER, QUESTION, COMPLAINT_NOTE, COMMENT)
