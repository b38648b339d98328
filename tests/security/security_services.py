"""Every service that a person can call, as calls on other people's things in a real office."""

# ruff: noqa: ARG005 - every call is given the same three things

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from security_matrix import ACTORS
from services_complaints import ANSWERS as COMPLAINT_ANSWERS
from services_complaints import begun, complain
from services_office import ANSWERS, Office

from domain.audience import Audience
from domain.calendar import Period as Hours
from domain.lifecycle import State
from domain.reports import Period
from domain.roles import Actor, Role
from domain.windows import Stage
from services import (
    agreement,
    audiences,
    catalogue,
    complaint_desk,
    complaints,
    cosign,
    decisions,
    desk,
    drafts,
    files,
    following,
    history,
    incidents,
    links,
    notice_desk,
    people,
    personal,
    proposals,
    refusals,
    reports,
    reset_desk,
    resets,
    retention,
    review,
    search,
    settings,
    staffing,
    substitutes,
    survey,
    tracking,
    window_drafts,
    windows,
)
from services import audit as audits
from services import calendar as calendars
from services.drafts import PROPOSAL_FORM
from services.people import STRANGER
from storage.records import Case, FormRun
from storage.records.complaints import Complaint
from storage.work import Work


@dataclass(frozen=True)
class World:
    """People by the columns of the matrix, and things of people who are in none of them."""

    actors: Mapping[str, Actor]
    target: Actor
    filer: Actor
    cases: Mapping[State, Case]
    refused: Case
    draft: FormRun
    free: Complaint
    held: Complaint
    proposal: int
    reset: int
    request: int
    substitution: int
    survey: int


HIRED: Final = {
    "officer": (Role.OFFICER,),
    "foreign": (Role.OFFICER,),
    "reviewer": (Role.REVIEWER,),
    "director": (Role.DIRECTOR,),
    "complaints": (Role.COMPLAINTS,),
    "admin": (Role.ADMIN,),
    "auditor": (Role.AUDITOR,),
    "reviewer+admin": (Role.REVIEWER, Role.ADMIN),
    "officer+reviewer": (Role.OFFICER, Role.REVIEWER),
    "substitute": (Role.COMPLAINTS,),
}
DAY: Final = dt.date(2026, 10, 1)
SOON: Final = dt.datetime(2026, 10, 20, 5, 30, tzinfo=dt.UTC)
PERIOD: Final = Period(DAY, DAY)
HOURS: Final = Hours(((dt.time(8), dt.time(12)),))


async def build(office: Office) -> World:
    """An office of everybody in the matrix, with something of each kind that is none of theirs."""
    actors = await _people(office)
    filer = await office.officer("کاوه راد")
    judge, head = await office.reviewer("لاله راد"), await office.hire(Role.DIRECTOR, "مهران راد")
    hearer, chief = await office.hire(Role.COMPLAINTS, "نوید راد"), await office.hire(Role.ADMIN, "پویا راد")
    cases = await _cases(office, filer, judge)
    refused = await office.ready(filer, judge)
    await office.do(decisions.refuse, actor=judge, case_id=refused.id, reasons=("special_rule.1",))
    free, held = await complain(office), await complain(office)
    await office.do(complaint_desk.claim, actor=hearer, complaint_id=held.id)
    given = await office.do(staffing.give, by=chief, person_id=filer.person_id or 0, role=Role.AUDITOR)
    asked = await office.do(resets.ask_for_case, filer, ("bale", 1), cases[State.SUBMITTED].code)
    assert asked.reset is not None
    request = await office.do(personal.ask, STRANGER, ("bale", 7777), "correction", "نام")
    made = await office.do(
        substitutes.appoint,
        by=head,
        substitute_id=judge.person_id or 0,
        first_day=DAY + dt.timedelta(days=9),
        last_day=DAY + dt.timedelta(days=9),
    )
    number = await office.look(lambda work: _survey(work, cases[State.AGREED], filer))
    return World(
        actors=actors,
        target=hearer,
        filer=filer,
        cases=cases,
        refused=refused,
        draft=await office.draft(filer),
        free=free,
        held=held,
        proposal=given.proposal.id,
        reset=asked.reset.id,
        request=request.id,
        substitution=made.substitution.id,
        survey=number,
    )


def _grant(work: Work, person_id: int, role: Role) -> None:
    work.people.grant(person_id, role, None, None)


async def _people(office: Office) -> dict[str, Actor]:
    found: dict[str, Actor] = {"stranger": STRANGER}
    for place, (name, roles) in enumerate(HIRED.items()):
        agency = "اداره دیگر" if name == "foreign" else "اداره کل راه"
        first = await office.hire(roles[0], f"نفر {place}", agency)
        for role in roles[1:]:
            await office.look(partial(_grant, person_id=first.person_id or 0, role=role))
        found[name] = first
    gone = await office.officer("نفر رفته")
    await office.do(people.revoke, by=None, person_id=gone.person_id or 0, role=Role.OFFICER)
    await office.do(
        substitutes.appoint,
        by=found["reviewer"],
        substitute_id=found["substitute"].person_id or 0,
        first_day=DAY,
        last_day=DAY,
    )
    found["revoked"] = gone

    def now(work: Work, actor: Actor) -> Actor:
        person = work.people.get(actor.person_id) if actor.person_id is not None else None
        return person.actor if person is not None else actor

    return {name: await office.do(now, found[name]) for name in ACTORS}


async def _cases(office: Office, filer: Actor, judge: Actor) -> dict[State, Case]:
    cases = {State.SUBMITTED: await office.file(filer), State.IN_REVIEW: await office.ready(filer, judge)}
    back = await office.ready(filer, judge)
    cases[State.RETURNED] = await office.give_back(judge, back)
    cases[State.AGREED] = await office.decided(filer, judge)
    await office.set(second_signature=True)
    cases[State.AWAITING_SIGNATURE] = await office.decided(filer, judge)
    await office.set(second_signature=False)
    return cases


def _survey(work: Work, case: Case, filer: Actor) -> int:
    planned = survey.plan(work, "case", case.id, 99, person_id=filer.person_id, place=("bale", 1))
    assert planned is not None
    return planned.id


Call = Callable[[Work, Actor, World], object]


def _number(actor: Actor) -> int:
    return actor.person_id or 0


def _case(state: State) -> Callable[[World], int]:
    return lambda world: world.cases[state].id


_WAITS, _HELD, _BACK = _case(State.SUBMITTED), _case(State.IN_REVIEW), _case(State.RETURNED)
_YES, _TO_SIGN = _case(State.AGREED), _case(State.AWAITING_SIGNATURE)
_EVERYBODY: Final = Audience(everyone=True)
_BUSY: Final = {"begins": SOON, "ends": SOON + dt.timedelta(hours=1)}
_WHY: Final = ("special_rule.1",)


def _filed(work: Work, actor: Actor) -> object:
    run = work.forms.start(PROPOSAL_FORM, 1, "bale", 1, actor.person_id or 1, None, {"answers": {}})
    return proposals.file(
        work, actor=actor, run=run, answers=ANSWERS, secret_digest="d", platform="bale", chat_id=1
    )


def _offered(work: Work, actor: Actor) -> object:
    run = work.forms.start(PROPOSAL_FORM, 1, "bale", 1, actor.person_id or 1, None, {"answers": ANSWERS})
    return cosign.offer(work, actor, run)


def _proposed(work: Work, actor: Actor, world: World) -> object:
    given = staffing.give(work, by=actor, person_id=_number(world.filer), role=Role.DIRECTOR)
    return staffing.confirm(work, by=actor, proposal_id=given.proposal.id)


CALLS: Final[tuple[tuple[str, str, str, Call], ...]] = (
    (
        "staffing.take",
        "people",
        "-",
        lambda w, a, o: staffing.take(w, by=a, person_id=_number(o.target), role=Role.COMPLAINTS),
    ),
    ("retention.hold", "hold", "-", lambda w, a, o: retention.hold(w, a, o.free.code, "نو")),
    ("retention.lift", "hold", "-", lambda w, a, o: retention.lift(w, a, o.free.code)),
    ("retention.held", "hold", "-", lambda w, a, o: retention.held(w, a)),
    ("audit.last", "audit", "-", lambda w, a, o: audits.last(w, a, limit=3)),
    ("audiences.one", "notices", "-", lambda w, a, o: audiences.one(w, a, "x")),
    (
        "audiences.add",
        "notices",
        "-",
        lambda w, a, o: audiences.add(w, by=a, title="نو", audience=_EVERYBODY),
    ),
    (
        "audiences.change",
        "notices",
        "-",
        lambda w, a, o: audiences.change(w, by=a, code="x", seen=1, title="نو", audience=_EVERYBODY),
    ),
    ("audiences.switch", "notices", "-", lambda w, a, o: audiences.switch(w, by=a, code="x", on=False)),
    ("audiences.revert", "notices", "-", lambda w, a, o: audiences.revert(w, by=a, code="x", version=1)),
    ("people.everybody", "people", "-", lambda w, a, o: people.everybody(w, by=a)),
    ("people.one", "people", "-", lambda w, a, o: people.one(w, by=a, person_id=_number(o.target))),
    (
        "people.invite",
        "invite",
        "-",
        lambda w, a, o: people.invite(w, by=a, role=Role.OFFICER, name="نو", agency="نو"),
    ),
    (
        "staffing.invite",
        "invite",
        "-",
        lambda w, a, o: staffing.invite(w, by=a, role=Role.OFFICER, name="نو", agency="نو"),
    ),
    (
        "staffing.give",
        "grant",
        "others",
        lambda w, a, o: staffing.give(w, by=a, person_id=_number(o.target), role=Role.AUDITOR),
    ),
    (
        "staffing.give",
        "grant",
        "own",
        lambda w, a, o: staffing.give(w, by=a, person_id=_number(a), role=Role.AUDITOR),
    ),
    ("staffing.waiting", "people", "-", lambda w, a, o: staffing.waiting(w, by=a)),
    ("staffing.seen", "people", "-", lambda w, a, o: staffing.seen(w, by=a, proposal_id=o.proposal)),
    (
        "staffing.confirm",
        "confirm_grant",
        "others",
        lambda w, a, o: staffing.confirm(w, by=a, proposal_id=o.proposal),
    ),
    ("staffing.confirm", "confirm_grant", "proposed", _proposed),
    (
        "staffing.refuse",
        "refuse_grant",
        "others",
        lambda w, a, o: staffing.refuse(w, by=a, proposal_id=o.proposal),
    ),
    (
        "people.revoke",
        "revoke",
        "-",
        lambda w, a, o: people.revoke(w, by=a, person_id=_number(o.target), role=Role.COMPLAINTS),
    ),
    (
        "staffing.rename",
        "rename",
        "-",
        lambda w, a, o: staffing.rename(w, by=a, person_id=_number(o.target), name="نو"),
    ),
    (
        "staffing.let_back",
        "let_back",
        "others",
        lambda w, a, o: staffing.let_back(w, by=a, person_id=_number(o.target)),
    ),
    (
        "staffing.let_back",
        "let_back",
        "own",
        lambda w, a, o: staffing.let_back(w, by=a, person_id=_number(a)),
    ),
    ("links.cut_all", "cut_all", "-", lambda w, a, o: links.cut_all(w, by=a, person_id=_number(o.target))),
    ("links.offer", "link", "-", lambda w, a, o: links.offer(w, by=a)),
    ("links.unlink", "unlink", "others", lambda w, a, o: links.unlink(w, by=a, platform="bale", user_id=9)),
    ("links.leave", "leave", "-", lambda w, a, o: links.leave(w, by=a, keep=None)),
    (
        "substitutes.appoint",
        "substitute",
        "-",
        lambda w, a, o: substitutes.appoint(
            w,
            by=a,
            substitute_id=_number(o.target),
            first_day=DAY + dt.timedelta(days=40),
            last_day=DAY + dt.timedelta(days=40),
        ),
    ),
    (
        "substitutes.end",
        "end_substitute",
        "others",
        lambda w, a, o: substitutes.end(w, by=a, substitution_id=o.substitution),
    ),
    ("settings.change", "settings", "-", lambda w, a, o: settings.change(w, by=a, name="contact", value="۱")),
    ("settings.history", "settings", "-", lambda w, a, o: settings.history(w, a, "contact")),
    ("calendar.close", "calendar", "-", lambda w, a, o: calendars.close(w, a, SOON.date(), "نو")),
    ("calendar.confirm", "calendar", "-", lambda w, a, o: calendars.confirm(w, a, 1)),
    ("calendar.reopen", "calendar", "-", lambda w, a, o: calendars.reopen(w, a, 1)),
    ("calendar.set_weekend", "calendar", "-", lambda w, a, o: calendars.set_weekend(w, a, (4,))),
    ("calendar.set_hours", "calendar", "-", lambda w, a, o: calendars.set_hours(w, a, HOURS)),
    ("calendar.drop_hours", "calendar", "-", lambda w, a, o: calendars.drop_hours(w, a, HOURS)),
    ("calendar.entered", "calendar", "-", lambda w, a, o: calendars.entered(w, a)),
    ("calendar.weeks", "calendar", "-", lambda w, a, o: calendars.weeks(w, a)),
    ("calendar.unconfirmed", "calendar", "-", lambda w, a, o: calendars.unconfirmed(w, a)),
    (
        "catalogue.add",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.add(w, by=a, name="debt_types", title="نو"),
    ),
    (
        "catalogue.reword",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.reword(w, by=a, name="debt_types", code="overpaid_salary", title="نو"),
    ),
    (
        "catalogue.switch",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.switch(w, by=a, name="debt_types", code="overpaid_salary", on=False),
    ),
    (
        "catalogue.revert",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.revert(w, by=a, name="debt_types", code="overpaid_salary", version=1),
    ),
    (
        "catalogue.row_of",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.row_of(w, a, "debt_types", "overpaid_salary"),
    ),
    ("catalogue.agency", "catalogue", "-", lambda w, a, o: catalogue.agency(w, a, 1)),
    ("catalogue.changes", "catalogue", "-", lambda w, a, o: catalogue.changes(w, a, 1)),
    (
        "catalogue.rename_agency",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.rename_agency(w, by=a, agency_id=1, name="نوتر"),
    ),
    (
        "catalogue.switch_agency",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.switch_agency(w, by=a, agency_id=1, on=False),
    ),
    (
        "catalogue.add_official",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.add_official(w, by=a, agency_id=1, name="نو", post="نو"),
    ),
    (
        "catalogue.end_official",
        "catalogue",
        "-",
        lambda w, a, o: catalogue.end_official(w, by=a, agency_id=1, official_id=1),
    ),
    ("cosign.set_cosign", "cosign", "-", lambda w, a, o: cosign.set_cosign(w, a, 1, on=True)),
    ("agreement.draft", "terms", "-", lambda w, a, o: agreement.draft(w, a)),
    ("agreement.rewrite", "terms", "-", lambda w, a, o: agreement.rewrite(w, a, "x", "نو")),
    ("agreement.add", "terms", "-", lambda w, a, o: agreement.add(w, a, "نو", "نو")),
    ("agreement.remove", "terms", "-", lambda w, a, o: agreement.remove(w, a, "x")),
    ("agreement.give_up", "terms", "-", lambda w, a, o: agreement.give_up(w, a, "x")),
    (
        "agreement.publish",
        "terms",
        "-",
        lambda w, a, o: agreement.publish(w, a, seen="x", effective_from=SOON.date()),
    ),
    ("agreement.accept", "accept_terms", "-", lambda w, a, o: agreement.accept(w, a, 2)),
    (
        "notice_desk.draft",
        "notices",
        "-",
        lambda w, a, o: notice_desk.draft(w, a, text="نو", audience=_EVERYBODY, service=False, urgent=False),
    ),
    ("notice_desk.edit", "notices", "-", lambda w, a, o: notice_desk.edit(w, a, 1, text="نو")),
    ("notice_desk.drop", "notices", "-", lambda w, a, o: notice_desk.drop(w, a, 1, 1)),
    ("notice_desk.correct", "notices", "-", lambda w, a, o: notice_desk.correct(w, a, 1, "نو")),
    ("notice_desk.confirm", "notices", "-", lambda w, a, o: notice_desk.confirm(w, a, 1, 1)),
    ("notice_desk.second", "notices", "-", lambda w, a, o: notice_desk.second(w, a, 1, 1)),
    ("notice_desk.pause", "notices", "-", lambda w, a, o: notice_desk.pause(w, a, 1)),
    ("notice_desk.resume", "notices", "-", lambda w, a, o: notice_desk.resume(w, a, 1)),
    ("notice_desk.stop", "notices", "-", lambda w, a, o: notice_desk.stop(w, a, 1, 1)),
    ("notice_desk.take_back", "notices", "-", lambda w, a, o: notice_desk.take_back(w, a, 1, 1)),
    (
        "windows.propose",
        "windows",
        "-",
        lambda w, a, o: windows.propose(w, a, **_BUSY, affected="همه", reason="نو"),
    ),
    ("windows.move", "windows", "-", lambda w, a, o: windows.move(w, a, 1, **_BUSY)),
    ("windows.explain", "windows", "-", lambda w, a, o: windows.explain(w, a, 1, "نو")),
    ("windows.announce", "windows", "-", lambda w, a, o: windows.announce(w, a, 1)),
    ("windows.end", "windows", "-", lambda w, a, o: windows.end(w, a, 1)),
    ("windows.cancel", "windows", "-", lambda w, a, o: windows.cancel(w, a, 1)),
    ("window_drafts.drafted", "windows", "-", lambda w, a, o: window_drafts.drafted(w, a, 1)),
    ("window_drafts.put_aside", "windows", "-", lambda w, a, o: window_drafts.put_aside(w, a, 1)),
    (
        "incidents.open_one",
        "incidents",
        "-",
        lambda w, a, o: incidents.open_one(w, a, affected="همه", begun_at=SOON, text="نو"),
    ),
    ("incidents.write", "incidents", "-", lambda w, a, o: incidents.write(w, a, 1, Stage.RESOLVED, "نو")),
    (
        "incidents.complete",
        "incidents",
        "-",
        lambda w, a, o: incidents.complete(w, a, 1, affected="همه", text="نو"),
    ),
    ("incidents.publish", "incidents", "-", lambda w, a, o: incidents.publish(w, a, 1)),
    ("incidents.put_aside", "incidents", "-", lambda w, a, o: incidents.put_aside(w, a, 1)),
    ("reset_desk.tasks", "reset", "-", lambda w, a, o: reset_desk.tasks(w, a)),
    ("reset_desk.seen", "reset", "-", lambda w, a, o: reset_desk.seen(w, a, o.reset)),
    ("reset_desk.claim", "carry_out_reset", "others", lambda w, a, o: reset_desk.claim(w, a, o.reset)),
    ("reset_desk.release", "hold_reset", "others", lambda w, a, o: reset_desk.release(w, a, o.reset)),
    ("reset_desk.issue", "hold_reset", "others", lambda w, a, o: reset_desk.issue(w, a, o.reset)),
    ("resets.ask_for_factor", "sign", "-", lambda w, a, o: _factor(w, a)),
    ("tracking.reopen", "reopen", "-", lambda w, a, o: tracking.reopen(w, by=a, case_id=_WAITS(o))),
    ("personal.waiting", "data_requests", "-", lambda w, a, o: personal.waiting(w, a)),
    ("personal.seen", "data_requests", "-", lambda w, a, o: personal.seen(w, a, o.request)),
    (
        "personal.answer",
        "request",
        "others",
        lambda w, a, o: personal.answer(w, a, o.request, done=True, words="نو"),
    ),
    ("personal.erase", "request", "others", lambda w, a, o: personal.erase(w, a, o.request)),
    ("reports.report", "report", "-", lambda w, a, o: reports.report(w, a, PERIOD)),
    ("reports.loads", "loads", "-", lambda w, a, o: reports.loads(w, a, PERIOD)),
    ("proposals.file", "file", "-", lambda w, a, o: _filed(w, a)),
    ("proposals.mine", "file", "-", lambda w, a, o: proposals.mine(w, a, 5)),
    ("proposals.states_of_mine", "file", "-", lambda w, a, o: proposals.states_of_mine(w, a)),
    ("cosign.offer", "file", "-", lambda w, a, o: _offered(w, a)),
    ("cosign.offer", "draft", "others", lambda w, a, o: cosign.offer(w, a, o.draft)),
    ("drafts.owned", "draft", "others", lambda w, a, o: drafts.owned(a, o.draft)),
    ("drafts.open", "draft", "others", lambda w, a, o: drafts.open(w, a, o.draft.id, ("bale", 5))),
    ("search.find", "search", "-", lambda w, a, o: search.find(w, actor=a, typed="رضا", limit=5)),
    ("proposals.own_case", "own_case", "others", lambda w, a, o: proposals.own_case(w, a, _WAITS(o))),
    (
        "following.end_all",
        "end_following",
        "others",
        lambda w, a, o: following.end_all(w, by=a, case_id=_WAITS(o)),
    ),
    ("desk.queue", "queue", "-", lambda w, a, o: desk.queue(w, a)),
    ("desk.view", "view", "-", lambda w, a, o: desk.view(w, a, _WAITS(o))),
    ("files.content_for", "case_files", "others", lambda w, a, o: files.content_for(w, a, _WAITS(o), 7)),
    ("history.history", "case_history", "others", lambda w, a, o: history.history(w, a, _WAITS(o))),
    (
        "desk.add_note",
        "note",
        "others",
        lambda w, a, o: desk.add_note(w, actor=a, case_id=_WAITS(o), note="نو"),
    ),
    ("complaint_desk.queue", "complaints", "-", lambda w, a, o: complaint_desk.queue(w, a)),
    ("complaint_desk.view", "complaint_view", "others", lambda w, a, o: complaint_desk.view(w, a, o.free.id)),
    (
        "complaint_desk.file_of",
        "complaint_view",
        "others",
        lambda w, a, o: complaint_desk.file_of(w, a, o.free.id, 1),
    ),
    (
        "complaint_desk.add_note",
        "complaint_view",
        "others",
        lambda w, a, o: complaint_desk.add_note(w, actor=a, complaint_id=o.free.id, note="نو"),
    ),
    ("complaints.file", "complaint", "elsewhere", lambda w, a, o: _complained(w, a)),
    ("survey.own", "survey", "others", lambda w, a, o: survey.own(w, a, ("bale", 5), o.survey)),
    (
        "survey.score",
        "survey",
        "others",
        lambda w, a, o: survey.score(w, actor=a, asker=("bale", 5), survey_id=o.survey, stars=1),
    ),
    (
        "survey.comment",
        "survey",
        "others",
        lambda w, a, o: survey.comment(w, actor=a, asker=("bale", 5), survey_id=o.survey, text="نو"),
    ),
    ("review.claim", "case.claim", "others", lambda w, a, o: review.claim(w, actor=a, case_id=_WAITS(o))),
    (
        "review.release",
        "case.release",
        "others",
        lambda w, a, o: review.release(w, actor=a, case_id=_HELD(o)),
    ),
    (
        "review.tick",
        "case.agree",
        "others",
        lambda w, a, o: review.tick(w, actor=a, case_id=_HELD(o), condition="authorised_official", on=False),
    ),
    (
        "decisions.agree",
        "case.agree",
        "others",
        lambda w, a, o: decisions.agree(w, actor=a, case_id=_HELD(o)),
    ),
    (
        "decisions.refuse",
        "case.refuse",
        "others",
        lambda w, a, o: decisions.refuse(w, actor=a, case_id=_HELD(o), reasons=_WHY),
    ),
    (
        "decisions.return_for_correction",
        "case.return_for_correction",
        "others",
        lambda w, a, o: decisions.return_for_correction(
            w, actor=a, case_id=_HELD(o), reasons=("marked.1",), note="نو"
        ),
    ),
    (
        "decisions.sign",
        "case.sign",
        "others",
        lambda w, a, o: decisions.sign(w, actor=a, case_id=_TO_SIGN(o)),
    ),
    (
        "decisions.supersede",
        "case.supersede",
        "others",
        lambda w, a, o: decisions.supersede(
            w,
            actor=a,
            case_id=_YES(o),
            outcome=State.NOT_AGREED,
            reasons=("mistake.1",),
            note="نو",
            refusal=_WHY,
        ),
    ),
    (
        "decisions.take_back",
        "case.take_back",
        "others",
        lambda w, a, o: decisions.take_back(w, actor=a, case_id=_HELD(o)),
    ),
    (
        "review.hand_over",
        "case.reassign",
        "others",
        lambda w, a, o: review.hand_over(w, actor=a, case_id=_HELD(o), to=_number(o.actors["reviewer"])),
    ),
    (
        "proposals.withdraw",
        "case.withdraw",
        "others",
        lambda w, a, o: proposals.withdraw(w, actor=a, case_id=_WAITS(o), reason="mistaken.1"),
    ),
    (
        "proposals.to_correct",
        "case.resubmit",
        "others",
        lambda w, a, o: proposals.to_correct(w, actor=a, case_id=_BACK(o)),
    ),
    (
        "proposals.resubmit",
        "case.resubmit",
        "others",
        lambda w, a, o: proposals.resubmit(w, actor=a, case_id=_BACK(o), run=o.draft, answers=ANSWERS),
    ),
    (
        "refusals.ask",
        "case.ask_review",
        "others",
        lambda w, a, o: refusals.ask(w, actor=a, case_id=o.refused.id, note="نو"),
    ),
    (
        "complaint_desk.claim",
        "complaint.claim",
        "others",
        lambda w, a, o: complaint_desk.claim(w, actor=a, complaint_id=o.free.id),
    ),
    (
        "complaint_desk.release",
        "complaint.release",
        "others",
        lambda w, a, o: complaint_desk.release(w, actor=a, complaint_id=o.held.id),
    ),
    (
        "complaint_desk.hand_over",
        "complaint.hand_over",
        "others",
        lambda w, a, o: complaint_desk.hand_over(
            w, actor=a, complaint_id=o.held.id, to=_number(o.actors["complaints"])
        ),
    ),
    (
        "complaint_desk.ask",
        "complaint.ask",
        "others",
        lambda w, a, o: complaint_desk.ask(w, actor=a, complaint_id=o.held.id, question="نو"),
    ),
    (
        "complaint_desk.resume",
        "complaint.resume",
        "others",
        lambda w, a, o: complaint_desk.resume(w, actor=a, complaint_id=o.held.id),
    ),
    (
        "complaint_desk.answer",
        "complaint.answer",
        "others",
        lambda w, a, o: complaint_desk.answer(w, actor=a, complaint_id=o.held.id, text="نو", cause="delay"),
    ),
)
"""The service, the deed and object of the matrix, and the call."""


def _complained(work: Work, actor: Actor) -> object:
    """A stranger's form, sent from another chat than the one where it was filled in."""
    run = begun(work)
    return complaints.file(
        work,
        actor=actor,
        run=run,
        answers=COMPLAINT_ANSWERS,
        secret_digest=None,
        sender=("bale", 5),
        chat_id=5,
    )


def _factor(work: Work, actor: Actor) -> object:
    if actor.person_id is not None and work.factors.get(actor.person_id) is None:
        return None  # who has none is told so, as NotYours
    return resets.ask_for_factor(work, actor, "bale")
