"""Scans and attachments: who may see them."""

import pytest
from services_office import Office

from domain.errors import NotYours
from domain.roles import Actor, Role
from services import files
from services.people import STRANGER
from storage.errors import NotFound
from storage.records import Case, StoredFile

PDF = b"%PDF-1.7 scan"


async def case_with_scan(office: Office, officer: Actor) -> tuple[Case, StoredFile]:
    scan = await office.do(files.keep, "نامه.pdf", "application/pdf", PDF)
    return await office.file(officer, letter_scan=scan.id), scan


async def test_the_filer_the_reviewer_and_the_director_see_a_scan_and_nobody_else(office: Office) -> None:
    officer = await office.officer()
    case, scan = await case_with_scan(office, officer)
    for role in (Role.REVIEWER, Role.DIRECTOR):
        assert await office.do(files.content_for, await office.hire(role, "همکار"), case.id, scan.id) == scan
    assert await office.do(files.content_for, officer, case.id, scan.id) == scan
    admin, colleague = await office.hire(Role.ADMIN, "نرگس"), await office.officer("زهرا")
    for other in (admin, colleague, STRANGER):
        with pytest.raises(NotYours):
            await office.do(files.content_for, other, case.id, scan.id)
    assert await office.look(lambda work: work.files.content(scan.id)) == PDF


async def test_a_case_opens_its_own_files_only(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case, _ = await case_with_scan(office, officer)
    _, foreign = await case_with_scan(office, officer)
    for number in (foreign.id, foreign.id + 1):
        with pytest.raises(NotFound):
            await office.do(files.content_for, reviewer, case.id, number)


async def test_attachments_are_files_of_the_case_too(office: Office) -> None:
    officer = await office.officer()
    scan = await office.do(files.keep, "نامه.pdf", "application/pdf", PDF)
    more = await office.do(files.keep, "حکم.jpg", "image/jpeg", b"\xff\xd8\xff")
    case = await office.file(officer, letter_scan=scan.id, attachments=[more.id])
    assert await office.do(files.content_for, officer, case.id, more.id) == more


async def test_a_files_name_is_no_path_and_has_an_end(office: Office) -> None:
    named = [
        (await office.do(files.keep, name, "application/pdf", PDF)).name
        for name in ("../../etc/نامه.pdf", "C:\\papers\\نامه.pdf", "", "a\nb.pdf", "ن" * 500)
    ]
    assert named == ["نامه.pdf", "نامه.pdf", "", "a b.pdf", "ن" * 100]
