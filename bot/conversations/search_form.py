"""The one question of «جست‌وجو» among the own cases."""

from bot.conversations.form import Form, Step
from bot.conversations.kinds import LongText
from messages_fa import buttons, tracking

LIMIT = 120
"""Characters: the longest name of a debtor."""

SEARCH = Form(
    name="search",
    version=1,
    steps=(Step("words", LongText(LIMIT), lambda _answers: tracking.ask_search(), buttons.SEARCH),),
    title=lambda _answers: buttons.SEARCH,
)
