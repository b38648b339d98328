"""A form's key is destroyed: what the form and its case held is gone, and nothing else; lists go on."""

import pytest
from storage_sealed import WORDS, fill
from test_storage_rotation import as_before

from domain.lifecycle import State
from storage.engine import Store
from storage.errors import Erased
from storage.vault import Vault
from storage.work import Work


@pytest.fixture
async def full(store: Store) -> Store:
    await store.run(fill)
    return store


def left_of_the_case(work: Work, case_id: int) -> list[object]:
    """What can still be read of a case, in every way there is."""
    case, form = work.cases.get(case_id), work.forms.get(case_id)
    assert form is not None
    pending = work.reviews.pending(case_id, 1)
    return [
        case.proposal,
        case.erased,
        form.data,
        form.title,
        work.reviews.versions(case_id),
        work.reviews.notes(case_id),
        [event.note for event in work.cases.events(case_id)],
        pending and pending.note,
    ]


NOTHING = [{}, True, {}, None, (), (), [None], None]


async def test_nothing_of_the_case_can_be_read_and_its_skeleton_stands(full: Store) -> None:
    await full.run(lambda work: work.keys.destroy(1))
    assert await full.run(lambda work: left_of_the_case(work, 1)) == NOTHING
    case = await full.run(lambda work: work.cases.get(1))
    assert (case.code, case.state, case.version) == ("code 1", State.SUBMITTED, 1)


async def test_the_other_case_stays_and_lists_show_both(full: Store) -> None:
    before = await full.run(lambda work: left_of_the_case(work, 2))
    await full.run(lambda work: work.keys.destroy(1))
    assert await full.run(lambda work: left_of_the_case(work, 2)) == before
    queue = await full.run(lambda work: work.cases.queue([State.SUBMITTED], 9))
    assert [(case.code, case.erased) for case in queue] == [("code 1", True), ("code 2", False)]


async def test_files_of_the_form_are_gone_with_it(full: Store) -> None:
    await full.run(lambda work: work.keys.destroy(1))
    for read in (
        lambda work: work.files.get(1),
        lambda work: work.files.content(1),
        lambda work: work.files.copy_of(1),
        lambda work: work.files.add("x", "image/png", b"x", 1),
        lambda work: work.reviews.add_note(1, 1, WORDS),
        lambda work: work.cases.move(work.cases.get(1), state=State.IN_REVIEW),
        lambda work: work.keys.of_form(1),
    ):
        with pytest.raises(Erased) as erased:
            await full.run(read)
        assert erased.value.form_id == 1
    assert await full.run(lambda work: work.files.content(2)) == WORDS.encode()


async def test_another_process_reads_nothing_either(database_url: str, full: Store, vault: Vault) -> None:
    other = await Store.open(database_url, vault=vault, exclusive=False)
    assert await other.run(lambda work: work.cases.get(1).erased) is False
    await full.run(lambda work: work.keys.destroy(1))
    assert await other.run(lambda work: left_of_the_case(work, 1)) == NOTHING
    await other.close()


async def test_a_form_from_before_forms_had_keys_is_emptied_instead(full: Store) -> None:
    await full.run(lambda work: as_before(work, bytes(range(32))))
    await full.run(lambda work: work.keys.destroy(1))
    assert await full.run(lambda work: left_of_the_case(work, 1)) == NOTHING
    assert await full.run(lambda work: work.cases.get(2).proposal) == {"amount": 1_000_000, "debtor": "علی"}


async def test_destroying_again_changes_nothing(full: Store) -> None:
    for _ in range(2):
        await full.run(lambda work: work.keys.destroy(1))
    assert await full.run(lambda work: left_of_the_case(work, 1)) == NOTHING


async def test_a_correction_is_erased_with_its_case(full: Store) -> None:
    def correct(work: Work) -> int:
        return work.forms.start("proposal", 1, "bale", 5, 1, 1, {"words": WORDS}).id

    form = await full.run(correct)
    await full.run(lambda work: work.keys.destroy(1))
    run = await full.run(lambda work: work.forms.get(form))
    assert run is not None
    assert run.data == {}
