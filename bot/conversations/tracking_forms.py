"""The one question that opens the details of a case: its passcode."""

from bot.conversations.form import Form, Step
from bot.conversations.kinds import Passcode
from messages_fa import tracking

PASSCODE = Form(
    name="passcode",
    version=1,
    steps=(
        Step(
            "passcode",
            Passcode(),
            lambda _answers: tracking.ask_passcode(),
            tracking.PASSCODE,
            tracking.why_passcode,
        ),
    ),
    title=lambda _answers: tracking.PASSCODE,
    problems=lambda _answers, _today: (),
    has_summary=False,
    secret=True,
)
