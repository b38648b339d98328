"""The questions about a second factor, one each: none of their answers is ever kept with the form."""

from bot.conversations.form import Form, Step
from bot.conversations.kinds import Pin
from messages_fa import signing as texts
from messages_fa.markup import Text


def _form(name: str, kind: Pin, ask: Text) -> Form:
    return Form(
        name=name,
        version=1,
        steps=(Step("code", kind, lambda _answers: ask, texts.CODE),),
        title=lambda _answers: texts.CODE,
        secret=True,
    )


SIGN_BY_TOTP = _form("sign_totp", Pin(known=True), texts.ask("totp"))
SIGN_BY_PIN = _form("sign_pin", Pin(known=True), texts.ask("pin"))
FIRST_CODE = _form("first_code", Pin(), texts.ask_first_code())
"""Confirms an authenticator."""
NEW_PIN = _form("new_pin", Pin(), texts.ask_pin())
PIN_AGAIN = _form("pin_again", Pin(), texts.ask_pin_again())

FACTOR_FORMS = (SIGN_BY_TOTP, SIGN_BY_PIN, FIRST_CODE, NEW_PIN, PIN_AGAIN)
