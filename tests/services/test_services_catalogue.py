"""The office words its own lists: nothing is overwritten, and what was told keeps its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_office import Office, at_once

from domain.catalogue import Entry, Listed, newest, read_worded, without_mark
from domain.errors import NotYours
from domain.roles import Role
from messages_fa.receipt import not_agreed
from services import catalogue, cosign, decisions
from services.cases import proposal_of
from services.errors import EntryDouble, EntryFixed, NameNeeded, ReasonUnknown
from storage.errors import Stale
from storage.work import Work

RENT = "کرایه ماشین‌آلات دولتی"


@given(st.text(max_size=60), st.text(max_size=60), st.integers(min_value=1, max_value=10**6))
def test_a_reference_with_words_is_read_as_it_was_written(title: str, ground: str, version: int) -> None:
    entry = Entry("own3", version, without_mark(title), without_mark(ground))
    assert read_worded(entry.worded_reference) == entry


def test_of_each_code_the_newest_is_in_force_and_other_stands_last() -> None:
    listed = (Entry("a", 1, "یک"), Entry("other", 1, "سایر"), Entry("b", 1, "دو"), Entry("a", 2, "یکِ تازه"))
    assert newest(listed) == (Entry("a", 2, "یکِ تازه"), Entry("b", 1, "دو"), Entry("other", 1, "سایر"))


async def test_a_type_of_debt_is_added_and_filed_with_the_words_of_that_day(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.OFFICER, "سارا محمدی", "سازمان نمونه")
    added = await office.do(catalogue.add, by=admin, name=Listed.DEBT_TYPES, title=RENT)
    case = await office.file(officer, debt_type=added.code)
    await office.do(
        catalogue.reword, by=admin, name=Listed.DEBT_TYPES, code=added.code, title="کرایه دستگاه‌ها"
    )
    assert (proposal_of(case).debt_type, proposal_of(case).debt_type_other) == (added.code, RENT)
    listed = await office.look(catalogue.debt_types)
    assert [entry.title for entry in listed][-2:] == ["کرایه دستگاه‌ها", "سایر"]


async def test_a_refusal_for_a_reason_of_the_offices_own_can_always_be_read_again(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.OFFICER, "سارا محمدی", "سازمان نمونه")
    reviewer = await office.hire(Role.REVIEWER, "رضا کریمی")
    added = await office.do(
        catalogue.add, by=admin, name=Listed.REFUSAL, title="نبود اعتبار", ground="بند ۳ دستورالعمل"
    )
    case = await office.ready(officer, reviewer)
    refused = await office.do(
        decisions.refuse, actor=reviewer, case_id=case.id, reasons=(added.reference,), note=None
    )
    await office.do(catalogue.switch, by=admin, name=Listed.REFUSAL, code=added.code, on=False)
    event = (await office.events(refused))[-1]
    assert "نبود اعتبار (بند ۳ دستورالعمل)" in not_agreed(event.reasons, "").plain
    again = await office.ready(officer, reviewer)
    with pytest.raises(ReasonUnknown):
        await office.do(decisions.refuse, actor=reviewer, case_id=again.id, reasons=(added.reference,))


async def test_a_wording_is_taken_back_and_the_history_keeps_all_three(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    code = "fine"

    def unit(work: Work) -> list[tuple[int, str]]:
        catalogue.row_of(work, admin, Listed.DEBT_TYPES, code)
        catalogue.reword(work, by=admin, name=Listed.DEBT_TYPES, code=code, title="جریمه")
        catalogue.revert(work, by=admin, name=Listed.DEBT_TYPES, code=code, version=1)
        return [(row.version, row.title) for row in catalogue.authors(work, Listed.DEBT_TYPES, code).values()]

    first = "جریمه یا جزای نقدی"
    assert await office.look(unit) == [(1, first), (2, "جریمه"), (3, first)]
    assert (await office.do(catalogue.entry, Listed.DEBT_TYPES, code)).title == first


async def test_looking_at_an_entry_to_edit_it_makes_no_second_version_and_a_colleagues_edit_stands(
    office: Office,
) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    name, code = Listed.REFUSAL, "special_rule"
    await office.do(catalogue.row_of, admin, name, code)
    assert [one.version for one in await office.look(lambda work: catalogue.versions(work, name, code))] == [
        1
    ]
    await office.do(catalogue.reword, by=admin, name=name, code=code, title="یک", seen=1)
    with pytest.raises(Stale):
        await office.do(catalogue.reword, by=admin, name=name, code=code, title="دو", seen=1)
    assert (await office.look(lambda work: catalogue.entry(work, name, code))).title == "یک"


async def test_two_admins_who_add_at_once_both_add(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    came = await at_once(
        *(office.do(catalogue.add, by=admin, name=Listed.REFUSAL, title=title) for title in ("یک", "دو"))
    )
    assert [one.title for one in came] == ["یک", "دو"]


async def test_what_cannot_be_is_refused(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    reviewer = await office.hire(Role.REVIEWER, "رضا کریمی")
    add = catalogue.add
    with pytest.raises(NotYours):
        await office.do(add, by=reviewer, name=Listed.DEBT_TYPES, title=RENT)
    with pytest.raises(NameNeeded):
        await office.do(add, by=admin, name=Listed.DEBT_TYPES, title=" \u200f ")
    with pytest.raises(EntryDouble):
        await office.do(add, by=admin, name=Listed.DEBT_TYPES, title="كسري ابواب جمعي")
    with pytest.raises(EntryFixed):
        await office.do(catalogue.switch, by=admin, name=Listed.REFUSAL, code="other", on=False)


async def test_an_agency_is_renamed_and_has_its_officials(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.OFFICER, "سارا محمدی", "سازمان نمونه")
    other = await office.hire(Role.OFFICER, "نگار رستمی", "شرکت آب")
    agency_id, taken = officer.agency_id or 0, other.agency_id or 0
    renamed = await office.do(catalogue.rename_agency, by=admin, agency_id=agency_id, name="سازمان نو")
    assert renamed.name == "سازمان نو"
    with pytest.raises(EntryDouble):
        await office.do(catalogue.rename_agency, by=admin, agency_id=taken, name="سازمان نو")
    post = "مدیرکل امور مالی"
    await office.do(catalogue.add_official, by=admin, agency_id=agency_id, name="زهرا احمدی", post=post)
    with pytest.raises(EntryDouble):
        await office.do(catalogue.add_official, by=admin, agency_id=agency_id, name="زهرا احمدی", post=post)
    listed = await office.do(catalogue.officials, agency_id)
    assert [(one.name, one.post) for one in listed] == [("زهرا احمدی", post)]
    await office.do(catalogue.end_official, by=admin, agency_id=agency_id, official_id=listed[0].id)
    assert await office.do(catalogue.officials, agency_id) == ()


async def test_who_offered_hid_or_switched_an_agency_stands_in_its_history(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    agency_id = officer.agency_id or 0
    for on in (False, False, True):  # a second press changes nothing, and is none of anybody's acts
        await office.do(catalogue.switch_agency, by=admin, agency_id=agency_id, on=on)
    await office.do(cosign.set_cosign, None, agency_id, on=True)
    told = await office.do(catalogue.changes, admin, agency_id)
    assert [(one.what, one.value, one.by) for one in told] == [
        ("cosign", True, None),
        ("offered", True, admin.person_id),
        ("offered", False, admin.person_id),
    ]
    with pytest.raises(NotYours):
        await office.do(catalogue.changes, officer, agency_id)
