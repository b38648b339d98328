"""The question whose rows of the audit are to be seen."""

from bot.conversations.form import Form, Step
from bot.conversations.kinds import TrackingCode
from domain.roles import Role
from messages_fa import audit as texts
from messages_fa import buttons

AUDIT_CODE = Form(
    name="audit_code",
    version=1,
    steps=(Step("code", TrackingCode(), lambda _answers: texts.ask_code(), texts.CODE),),
    title=lambda _answers: buttons.AUDIT,
    role=Role.AUDITOR,
)
"""A tracking code."""
