"""A returned case is corrected in one form, and no form takes away what a version of it names."""

import pytest
from services_office import ANSWERS, Office, at_once

from services import drafts, files, proposals, review
from services.drafts import PROPOSAL_FORM
from storage.errors import Stale
from storage.records import Case, FormRun
from storage.work import Work


def begun(work: Work, case: Case, *held: int) -> FormRun:
    """A correction with these files among its answers."""
    named = {str(number): {"name": "letter.pdf", "size": 1} for number in held}
    data = {"answers": {}, "files": named}
    return work.forms.start(PROPOSAL_FORM, 1, "bale", 1, case.filed_by, case.id, data)


async def test_a_case_has_one_open_correction_and_another_one_after_it(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, filed)
    first = await office.do(begun, case)
    with pytest.raises(Stale):
        await office.do(begun, case)
    await office.do(drafts.give_up, first)
    assert (await office.do(begun, case)).id != first.id


async def test_pressed_in_two_messengers_at_once_a_correction_is_begun_once(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    filed = await office.file(officer)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, filed)

    def press(work: Work) -> int:
        proposals.to_correct(work, actor=officer, case_id=case.id)
        open_ones = drafts.corrections(work, case.filed_by, case.id)
        return (open_ones[0] if open_ones else begun(work, case)).id

    for _ in range(5):
        came = await at_once(*(office.look(press) for _ in range(4)))
        assert len(set(came)) == 1, came
        (run,) = await office.do(drafts.corrections, case.filed_by, case.id)
        await office.do(drafts.give_up, run)


async def test_files_of_every_version_of_a_case_outlast_a_correction_that_is_given_up(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    old, new, spare = [
        await office.do(files.keep, f"{name}.pdf", "application/pdf", name.encode()) for name in "abc"
    ]
    filed = await office.file(officer, letter_scan=old.id)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, filed)
    run = await office.do(begun, case, old.id, new.id)
    answers = ANSWERS | {"letter_scan": new.id}
    await office.do(proposals.resubmit, actor=officer, case_id=case.id, run=run, answers=answers)
    again = await office.do(begun, case, old.id, new.id, spare.id)
    await office.do(drafts.give_up, again)
    kept = await office.look(lambda work: [work.files.get(number).id for number in (old.id, new.id)])
    assert kept == [old.id, new.id]
    assert not await office.look(lambda work: work.files.same([spare.id], b"c"))
