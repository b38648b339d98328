"""What the answers of a form are read in: today, the office's contact, and lists from the store."""

from bot.conversations.agreement_forms import SECTIONS, TERMS_REMOVED, TERMS_SECTION
from bot.conversations.complaint_forms import COMPLAINT
from bot.conversations.form import Form
from bot.conversations.given import Option, Scope
from bot.conversations.journey import open_steps
from bot.conversations.notice_forms import NOTICE, NOTICE_AUDIENCE
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import PROPOSAL
from bot.conversations.review_forms import RETURN
from bot.handlers import calendar_facts
from bot.turn import Turn
from domain.agreement import LONGEST_TITLE
from domain.roles import Role
from messages_fa import complaints, names
from messages_fa.form import shortened
from persian.dates import tehran_day
from services import agreement, proposals, settings
from services.cases import proposal_of


def scope_of(turn: Turn, form: Form) -> Scope:
    """The scope of this moment for a form of this chat."""
    facts = _FACTS[form.name](turn) if form.name in _FACTS else {}
    return Scope(tehran_day(turn.work.now), {}, facts, settings.text(turn.work, "contact"))


def _agencies(turn: Turn) -> dict[str, tuple[Option, ...]]:
    return {"agencies": tuple(Option(str(a.id), a.name) for a in turn.work.people.agencies())}


def _fields(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """What may be marked as needing correction in the open form's case: what it has, or might have had."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    if run is None or run.subject is None:
        return {}
    proposal = turn.work.cases.get(run.subject).proposal
    given = {name for name in names.FIELDS if proposal.get(name) not in (None, [])}
    markable = given | {step.name for step in open_steps(PROPOSAL, proposal) if step.optional}
    return {"fields": tuple(Option(name, names.FIELDS[name]) for name in names.FIELDS if name in markable)}


def _sections(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """The sections of the agreement as they would be published."""
    last = turn.work.agreement.draft() or agreement.newest(turn.work)
    named = ((str(place), section.title) for place, section in enumerate(last.sections, 1))
    return {SECTIONS: tuple(Option(place, shortened(title, LONGEST_TITLE)) for place, title in named)}


def _own_cases(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """An officer's newest cases, by whom and where they are: a complaint may be about one of them."""
    if not turn.actor.has(Role.OFFICER):
        return {}
    listed = proposals.mine(turn.work, turn.actor, limit=OWN_CASES).cases
    return {
        "own_cases": tuple(
            Option(case.code, complaints.own_case(proposal_of(case).debtor_name, case.state))
            for case in listed
        )
    }


OWN_CASES = 6
"""Own cases that are offered as buttons; any other is typed by its code."""

_FACTS = {
    COMPLAINT.name: _own_cases,
    **calendar_facts.FACTS,
    INVITATION.name: _agencies,
    NOTICE.name: _agencies,
    NOTICE_AUDIENCE.name: _agencies,
    RETURN.name: _fields,
    TERMS_SECTION.name: _sections,
    TERMS_REMOVED.name: _sections,
}
