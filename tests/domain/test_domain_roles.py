"""Roles and the agency of an officer."""

from domain.roles import Actor, Grant, Role


def test_a_person_has_the_roles_granted_and_no_other() -> None:
    actor = Actor(1, "زهرا", frozenset({Grant(Role.REVIEWER), Grant(Role.OFFICER, 70)}))
    assert [role for role in Role if actor.has(role)] == [Role.OFFICER, Role.REVIEWER]
    assert actor.agency_id == 70


def test_a_reviewer_files_for_no_agency() -> None:
    assert Actor(1, "زهرا", frozenset({Grant(Role.REVIEWER)})).agency_id is None


def test_a_stranger_has_no_role_whatever_is_claimed() -> None:
    assert Actor(None, "", frozenset({Grant(Role.ADMIN)})).has(Role.ADMIN) is False
