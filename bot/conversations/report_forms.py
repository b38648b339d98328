"""The form of a period of one's own."""

from bot.conversations.form import Form, Step
from bot.conversations.kinds import Day
from messages_fa import buttons
from messages_fa import reports as texts

REPORT_PERIOD = Form(
    name="report_period",
    version=1,
    steps=(
        Step("first", Day(), lambda _answers: texts.ask_first(), texts.FROM_DAY),
        Step("last", Day(near=(0,)), lambda _answers: texts.ask_last(), texts.TO_DAY),
    ),
    title=lambda _answers: buttons.REPORT,
)
"""Days as ISO text."""
