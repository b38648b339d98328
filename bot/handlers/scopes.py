"""What the answers of a form are read in: today, the office's contact, and lists from the store."""

from bot.conversations.agreement_forms import SECTIONS, TERMS_REMOVED, TERMS_SECTION
from bot.conversations.audience_forms import AUDIENCE, SURE
from bot.conversations.complaint_forms import COMPLAINT
from bot.conversations.filing_forms import WITHDRAWAL, WITHDRAWALS
from bot.conversations.form import Form, Position
from bot.conversations.given import Answers, Option, Scope
from bot.conversations.journey import open_steps
from bot.conversations.notice_forms import (
    NOTICE,
    NOTICE_AUDIENCE,
    SAVED,
    audience_of,
    saved_codes,
    saved_option,
)
from bot.conversations.officials import OFFICIALS, POSTS
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import DEBT_TYPES, PROPOSAL
from bot.conversations.review_forms import REFUSAL, REFUSALS, RETURN, SUPERSEDING, SUPERSESSIONS
from bot.conversations.staffing_forms import COLLEAGUES, GRANT_AGENCY, SUBSTITUTE
from bot.handlers import calendar_facts
from bot.turn import Turn
from domain.agreement import LONGEST_TITLE
from domain.audience import Audience
from domain.authority import Deed, plays
from domain.catalogue import Listed
from domain.lifecycle import Action
from messages_fa import audiences as audience_texts
from messages_fa import complaint_ask, names
from messages_fa.form import shortened
from persian.dates import tehran_day
from services import agreement, audience, audiences, catalogue, proposals, settings, substitutes
from services.cases import proposal_of
from storage.records import FormRun
from storage.work import Work


def scope_of(turn: Turn, form: Form) -> Scope:
    """The scope of this moment for a form of this chat."""
    facts = _FACTS[form.name](turn) if form.name in _FACTS else {}
    contact = settings.text(turn.work, "contact")
    return Scope(tehran_day(turn.work.now), {}, facts, contact, _last(turn) if form is PROPOSAL else {})


def _last(turn: Turn) -> Answers:
    """What the officer answered last time and may well answer again; nothing about any debtor."""
    actor = turn.actor
    if actor.person_id is None or actor.agency_id is None:
        return {}
    filed = turn.work.filing.last_proposal(actor.person_id, actor.agency_id) or {}
    return {name: filed[name] for name in _ASKED_AGAIN if filed.get(name) is not None}


_ASKED_AGAIN = ("official_name", "official_post", "instalments", "first_due", "grace_until", "deferred_to")
"""Typed answers of a filing that are the agency's own or the plan's; what is chosen is one tap anyway."""


def _agencies(turn: Turn) -> dict[str, tuple[Option, ...]]:
    return {"agencies": tuple(Option(str(a.id), a.name) for a in turn.work.people.agencies())}


def _audiences(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """Whom a notice may be for: agencies, and the saved audiences; one that is retired keeps its mark."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    held = saved_codes(Position.from_json(run.data).answers) if run is not None else frozenset()
    listed = (one for one in audiences.every(turn.work) if one.offered or one.code in held)
    return {**_agencies(turn), SAVED: tuple(saved_option(one.code, one.title) for one in listed)}


def _saved_audience(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """The option that saves an audience, once it is known how many they are."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    marked = audience_of(Position.from_json(run.data).answers) if run is not None else Audience()
    if not marked:
        return _agencies(turn)
    found = audience.count(turn.work, marked, service=True, platforms=turn.office.platforms)
    sure = Option("yes", audience_texts.sure(found.recipients, found.reachable))
    return {**_agencies(turn), SURE: (sure,)}


def _colleagues(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """Who may stand in for this person."""
    found = substitutes.candidates(turn.work, turn.actor)
    return {COLLEAGUES: tuple(Option(str(person.id), person.name) for person in found)}


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
    return {SECTIONS: tuple(Option(one.mark, shortened(one.title, LONGEST_TITLE)) for one in last.sections)}


def _own_cases(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """An officer's newest cases, by whom and where they are: a complaint may be about one of them."""
    if not plays(turn.actor, Deed.FILE):
        return {}
    listed = proposals.mine(turn.work, turn.actor, limit=OWN_CASES).cases
    return {
        "own_cases": tuple(
            Option(case.code, complaint_ask.own_case(proposal_of(case).debtor_name, case.state))
            for case in listed
            if not case.erased
        )
    }


def _proposal(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """What may be chosen in a proposal: types of debt, and the agency's authorised officials."""
    agency_id = turn.actor.agency_id
    officials = catalogue.officials(turn.work, agency_id) if agency_id is not None else ()
    return {
        **_debt_types(turn),
        OFFICIALS: tuple(Option(str(one.id), one.name) for one in officials),
        POSTS: tuple(Option(str(one.id), one.post) for one in officials),
    }


def _debt_types(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """The types of debt of today, and the one that the open form holds though it is offered no more."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    return draft_facts(turn.work, run)


def draft_facts(work: Work, run: FormRun | None) -> dict[str, tuple[Option, ...]]:
    """The lists that a draft of a proposal is read in, whoever looks at it; those of a new one for None."""
    held = (run.data.get("answers") or {}).get("debt_type") if run is not None else None
    listed = catalogue.entries(work, Listed.DEBT_TYPES)
    chosen = (entry for entry in listed if entry.offered or entry.code == held)
    return {DEBT_TYPES: tuple(Option(entry.code, entry.title) for entry in chosen)}


def _reasons(turn: Turn) -> dict[str, tuple[Option, ...]]:
    """The reasons of today, for every act that needs one."""
    return {
        name: tuple(Option(reason.reference, reason.title) for reason in catalogue.reasons(turn.work, act))
        for name, act in _ACTS.items()
    }


_ACTS = {REFUSALS: Action.REFUSE, SUPERSESSIONS: Action.SUPERSEDE, WITHDRAWALS: Action.WITHDRAW}

OWN_CASES = 6
"""Own cases that are offered as buttons; any other is typed by its code."""

_FACTS = {
    PROPOSAL.name: _proposal,
    REFUSAL.name: _reasons,
    SUPERSEDING.name: _reasons,
    WITHDRAWAL.name: _reasons,
    COMPLAINT.name: _own_cases,
    **calendar_facts.FACTS,
    INVITATION.name: _agencies,
    GRANT_AGENCY.name: _agencies,
    SUBSTITUTE.name: _colleagues,
    NOTICE.name: _audiences,
    NOTICE_AUDIENCE.name: _audiences,
    AUDIENCE.name: _saved_audience,
    RETURN.name: _fields,
    TERMS_SECTION.name: _sections,
    TERMS_REMOVED.name: _sections,
}
