"""Every form by name: a stored session names its form."""

from collections.abc import Mapping
from typing import Final

from bot.conversations.agreement_forms import TERMS_FORMS
from bot.conversations.form import Form
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import PROPOSAL
from bot.conversations.review_forms import NOTE, REFUSAL, RETURN, SUPERSEDING
from bot.conversations.search_form import SEARCH
from bot.conversations.setting_forms import SETTING_FORMS
from bot.conversations.tracking_forms import PASSCODE
from bot.conversations.window_forms import WINDOW_FORMS

FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        PROPOSAL,
        REFUSAL,
        RETURN,
        SUPERSEDING,
        NOTE,
        INVITATION,
        PASSCODE,
        SEARCH,
        *SETTING_FORMS,
        *WINDOW_FORMS,
        *TERMS_FORMS,
    )
}
