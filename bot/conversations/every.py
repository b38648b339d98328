"""Every form by name: a stored session names its form."""

from collections.abc import Mapping
from typing import Final

from bot.conversations.agreement_forms import TERMS_FORMS
from bot.conversations.audience_forms import AUDIENCE
from bot.conversations.audit_forms import AUDIT_CODE
from bot.conversations.calendar_forms import CALENDAR_FORMS
from bot.conversations.catalogue_forms import AGENCY_RENAMED, ENTRY_FORMS, OFFICIAL
from bot.conversations.complaint_forms import COMPLAINT_FORMS
from bot.conversations.factor_forms import FACTOR_FORMS
from bot.conversations.filing_forms import FILING_FORMS
from bot.conversations.form import Form
from bot.conversations.notice_forms import NOTICE, NOTICE_AUDIENCE, NOTICE_TEXT
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import PROPOSAL
from bot.conversations.report_forms import REPORT_PERIOD
from bot.conversations.review_forms import NOTE, REFUSAL, RETURN, SUPERSEDING
from bot.conversations.search_form import SEARCH
from bot.conversations.setting_forms import SETTING_FORMS
from bot.conversations.staffing_forms import STAFFING_FORMS
from bot.conversations.tracking_forms import PASSCODE
from bot.conversations.window_forms import WINDOW_FORMS

FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        PROPOSAL,
        *ENTRY_FORMS.values(),
        AGENCY_RENAMED,
        OFFICIAL,
        REFUSAL,
        RETURN,
        SUPERSEDING,
        NOTE,
        INVITATION,
        NOTICE,
        AUDIENCE,
        NOTICE_TEXT,
        NOTICE_AUDIENCE,
        PASSCODE,
        SEARCH,
        *FACTOR_FORMS,
        *STAFFING_FORMS,
        *SETTING_FORMS,
        *CALENDAR_FORMS,
        *WINDOW_FORMS,
        *TERMS_FORMS,
        REPORT_PERIOD,
        AUDIT_CODE,
        *COMPLAINT_FORMS,
        *FILING_FORMS,
    )
}
