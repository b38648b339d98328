"""What the office sets: unset until somebody decides, changed by admins only, never overwritten."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_office import Office

from domain.errors import NotASetting, NotYours, OutOfBounds
from domain.roles import Actor, Grant, Role
from domain.settings import SETTINGS, Value, checked
from services import settings
from storage.work import Work


async def test_everything_is_unset_until_the_office_sets_it(office: Office) -> None:
    def all_values(work: Work) -> set[object]:
        return {settings.value(work, name) for name in SETTINGS}

    assert await office.store.run(all_values) == {None}


async def test_the_newest_value_is_in_force_and_the_earlier_ones_are_kept(office: Office) -> None:
    admin = Actor(1, "لیلا کاظمی", frozenset({Grant(Role.ADMIN)}))

    def change(work: Work) -> list[tuple[object, int | None]]:
        for value in (30, 10, 10, 0):
            settings.change(work, by=None, name="undo_minutes", value=value)
        return [(change.value, change.set_by) for change in settings.history(work, admin, "undo_minutes")]

    assert await office.store.run(change) == [(None, None), (10, None), (30, None)]
    assert await office.store.run(lambda work: settings.number(work, "undo_minutes")) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_nobody_but_an_admin_changes_them(office: Office, role: Role) -> None:
    actor = Actor(1, "کسی", frozenset({Grant(role)}))
    with pytest.raises(NotYours):
        await office.store.run(
            lambda work: settings.change(work, by=actor, name="second_signature", value=True)
        )
    assert await office.store.run(lambda work: settings.value(work, "second_signature")) is None


def is_span(text: str) -> bool:
    """Working days or office hours as they are kept, or none."""
    return text in {"", "0"} or re.fullmatch(r"([1-9]\d{0,2}|1000)[dh]", text, re.ASCII) is not None


@given(
    value=st.one_of(st.booleans(), st.integers(), st.text(max_size=300), st.from_regex(r"\A\d{1,4}[dh]\Z"))
)
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_takes_its_own_kind_within_its_bounds_and_nothing_else(name: str, value: Value) -> None:
    setting = SETTINGS[name]
    fits = {
        "switch": isinstance(value, bool),
        "number": type(value) is int and 0 <= value <= setting.most,
        "text": isinstance(value, str) and len(value) <= setting.most,
        "span": (type(value) is int and value == 0) or (isinstance(value, str) and is_span(value)),
    }[setting.kind]
    if fits:
        assert type(checked(name, value)) in {type(value), type(None)}
        assert checked(name, checked(name, value)) == checked(name, value)
    else:
        with pytest.raises(OutOfBounds):
            checked(name, value)


def test_what_is_no_setting_is_told_so() -> None:
    with pytest.raises(NotASetting):
        checked("interest_rate", 5)


def test_a_phone_number_is_kept_so_that_it_is_not_turned_round_between_persian_words() -> None:
    assert checked("contact", "تلفن 041-31234567، واحد پشتیبانی") == "تلفن ۰۴۱ ۳۱۲۳۴۵۶۷، واحد پشتیبانی"
    assert checked("contact", "۰۴۱ – ۳۱۲۳") == "۰۴۱ ۳۱۲۳"
    assert checked("contact", "  ") is None
