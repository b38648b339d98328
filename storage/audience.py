"""The statement that finds everybody whom an audience's rules name, each once."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, union

from domain.audience import OPEN_STATES, Audience
from domain.roles import Role
from storage.records import FormStatus
from storage.tables.cases import cases
from storage.tables.forms import forms
from storage.tables.messages import chats
from storage.tables.notices import news_off
from storage.tables.people import grants, people

_DRAFT: Final = "proposal"
"""The form that lies among the drafts."""


def members(audience: Audience, *, service: bool) -> Select[Any]:
    """Rows of person_id, platform, chat_id, reachable; a person without any chat has no platform.

    A person is reached first where the messenger was last heard from, unless that chat is out of reach. Of
    news (`service` false) whoever switched it off in any of the own chats is left out.
    """
    known = _persons(audience, service=service)
    if not audience.everyone:
        return known
    both = known.union_all(_strangers(service=service)).subquery()
    return select(both)


def _persons(audience: Audience, *, service: bool) -> Select[Any]:
    meant = union(*_rules(audience)).subquery("meant")
    in_reach = chats.c.unreachable_at.is_(None)
    place = func.row_number().over(
        partition_by=meant.c.id,
        order_by=(chats.c.unreachable_at.is_not(None), chats.c.last_seen.desc(), chats.c.platform),
    )
    rows = (
        select(
            meant.c.id.label("person_id"),
            chats.c.platform,
            chats.c.chat_id,
            in_reach.label("reachable"),
            place.label("place"),
        )
        .select_from(meant.outerjoin(chats, chats.c.person_id == meant.c.id))
        .where(*([] if service else [~_wants_none(meant.c.id)]))
        .subquery("reached")
    )
    return select(rows.c.person_id, rows.c.platform, rows.c.chat_id, rows.c.reachable).where(
        rows.c.place == 1
    )


def _wants_none(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    own = chats.alias("own")
    return exists().where(
        own.c.person_id == person_id,
        news_off.c.platform == own.c.platform,
        news_off.c.chat_id == own.c.chat_id,
    )


def _rules(audience: Audience) -> Iterator[Select[Any]]:
    """A statement that gives numbers of persons for each rule; at least one."""
    active = select(people.c.id).where(people.c.active)
    nobody = select(people.c.id).where(literal(1) == 0)
    yield nobody
    if audience.everyone:
        yield active
        yield select(chats.c.person_id).where(chats.c.person_id.is_not(None))
    holds = active.join(grants, grants.c.person_id == people.c.id)
    if audience.roles:
        yield holds.where(grants.c.role.in_(sorted(audience.roles)))
    if audience.agencies:
        officers = and_(grants.c.role == Role.OFFICER, grants.c.agency_id.in_(sorted(audience.agencies)))
        yield holds.where(officers)
    if audience.open_cases:
        yield active.join(cases, cases.c.filed_by == people.c.id).where(cases.c.state.in_(OPEN_STATES))
    if audience.open_drafts:
        drafted = active.join(forms, forms.c.person_id == people.c.id)
        yield drafted.where(forms.c.form == _DRAFT, forms.c.status == FormStatus.OPEN)


def _strangers(*, service: bool) -> Select[Any]:
    """Private chats of nobody the office knows; a group has no user."""
    found = select(
        chats.c.person_id,
        chats.c.platform,
        chats.c.chat_id,
        chats.c.unreachable_at.is_(None).label("reachable"),
    ).where(chats.c.person_id.is_(None), chats.c.user_id != 0)
    if service:
        return found
    declined = exists().where(news_off.c.platform == chats.c.platform, news_off.c.chat_id == chats.c.chat_id)
    return found.where(~declined)
