"""Finding the own cases: by debtor, code and letter number, and by nobody else."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_office import Office
from sqlalchemy import select

from domain.errors import NotYours
from domain.roles import Actor
from services import review, search
from services.search import LONGEST, SHORTEST
from storage.tables.cases import case_terms
from storage.work import Work


async def found(office: Office, actor: Actor, typed: str) -> list[int]:
    page = await office.do(search.find, actor=actor, typed=typed, limit=100)
    assert page.total == len(page.cases)
    return [case.id for case in page.cases]


@pytest.mark.parametrize(
    "typed",
    [
        "علی‌رضا کریمی‌نژاد",
        "عليرضا كريمي‌نژاد",
        "علیرضا",
        "رضا",
        "کری",
        "  کریمی   علی ",
        "«کریمی‌نژاد»",
        "رَضا",
        "123/45/ص",
        "١٢٣-٤٥ ص",
        "۱۲۳/۴۵",
    ],
)
async def test_a_case_is_found_however_its_words_are_spelt(office: Office, typed: str) -> None:
    officer = await office.officer()
    wanted = await office.file(officer, debtor_name="علی‌رضا کریمی‌نژاد")
    await office.file(officer, debtor_name="مریم صادقی", letter_number="۹/۸/ط")
    assert await found(office, officer, typed) == [wanted.id]


@pytest.mark.parametrize("typed", ["محمدرضا", "محمد رضا", "محمد‌رضا", "رضا کریمی", "محمدرضا کریمی"])
async def test_words_written_apart_are_found_in_one_and_the_other_way_round(
    office: Office, typed: str
) -> None:
    officer = await office.officer()
    case = await office.file(officer, debtor_name="محمد رضا کریمی")
    assert await found(office, officer, typed) == [case.id]


@pytest.mark.parametrize("typed", ["یمی", "کر", "علی صادقی", "حسن", "، /", "۱۲", "45", "123456789012"])
async def test_what_fits_no_case_finds_none(office: Office, typed: str) -> None:
    officer = await office.officer()
    await office.file(officer, debtor_name="علی کریمی")
    assert await found(office, officer, typed) == []


async def test_a_short_word_is_found_whole(office: Office) -> None:
    officer = await office.officer()
    case = await office.file(officer, debtor_name="رز مه")
    assert await found(office, officer, "مه") == [case.id]


async def test_a_tracking_code_finds_its_own_case_only(office: Office) -> None:
    officer, other = await office.officer(), await office.officer("زهرا")
    case = await office.file(officer)
    await office.file(officer)
    spelt = f"{case.code[:4]} {case.code[4:8]} {case.code[8:]}"
    assert await found(office, officer, spelt) == [case.id]
    assert await found(office, other, spelt) == []


async def test_nobody_finds_what_somebody_else_filed(office: Office) -> None:
    officer, colleague, reviewer = (
        await office.officer(),
        await office.officer("زهرا"),
        await office.reviewer(),
    )
    case = await office.file(officer)
    assert await found(office, officer, "کریمی") == [case.id]
    assert await found(office, colleague, "کریمی") == []
    with pytest.raises(NotYours):
        await found(office, reviewer, "کریمی")


async def test_the_newest_come_first_a_page_at_a_time(office: Office) -> None:
    officer = await office.officer()
    filed = [(await office.file(officer)).id for _ in range(5)]
    pages = [
        await office.do(search.find, actor=officer, typed="رضا", limit=2, offset=offset)
        for offset in (0, 2, 4)
    ]
    assert [[case.id for case in page.cases] for page in pages] == [
        filed[:2:-1],
        [filed[2], filed[1]],
        [filed[0]],
    ]
    assert {page.total for page in pages} == {5}


async def test_a_correction_changes_what_finds_the_case(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    await office.give_back(reviewer, case)
    await office.correct(officer, case, debtor_name="حسن یوسفی")
    assert await found(office, officer, "یوسفی") == [case.id]
    assert await found(office, officer, "کریمی") == []


def unwrite(case_id: int, work: Work) -> None:
    """As if this case had been filed before there was a search."""
    work.terms.put(case_id, ())


async def test_cases_filed_before_there_was_a_search_are_filled_in_step_by_step(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    old = [await office.file(officer) for _ in range(5)]
    await office.do(review.claim, actor=reviewer, case_id=old[1].id)
    await office.give_back(reviewer, old[1])
    for case in old:
        await office.look(partial(unwrite, case.id))
    await office.correct(officer, old[1], debtor_name="حسن یوسفی")
    new = await office.file(officer)
    assert await found(office, officer, "رضا") == [new.id]
    counts = [await office.do(search.fill, 2) for _ in range(4)]
    assert counts == [2, 2, 1, 0]
    assert await found(office, officer, "رضا") == [new.id, old[4].id, old[3].id, old[2].id, old[0].id]
    assert await found(office, officer, "یوسفی") == [old[1].id], "the corrected one, as it is now"


async def test_no_word_lies_in_the_clear_and_no_two_people_share_a_digest(office: Office) -> None:
    one, other = await office.officer(), await office.officer("زهرا")
    cases = [await office.file(one), await office.file(one), await office.file(other)]

    def kept(work: Work) -> list[set[bytes]]:
        rows = work._transaction.connection.execute(select(case_terms)).all()  # noqa: SLF001 - behind the store
        return [{bytes(term) for term, case_id in rows if case_id == case.id} for case in cases]

    first, second, foreign = await office.look(kept)
    words = [b"123", "رضا".encode(), "کریمی".encode()]
    assert not any(word in term for term in first | foreign for word in words)
    assert len(first & second) > len(first) - 2, "all but the code is the same for the same words"
    assert first & foreign == set()


NAMES = st.lists(st.text("ابپتحسکگمنیآ\u200c ", min_size=1, max_size=30), min_size=1, max_size=3).map(
    " ".join
)


@given(name=NAMES, data=st.data())
def test_every_word_of_a_name_and_each_of_its_beginnings_is_a_term(name: str, data: st.DataObject) -> None:
    words = search._words(name)  # noqa: SLF001 - the rule itself
    kept = search._beginnings(words)  # noqa: SLF001
    assert set(words) <= kept
    if words:
        word = data.draw(st.sampled_from(words))
        length = data.draw(st.integers(SHORTEST, LONGEST))
        assert word[:length] in kept
        assert {len(short) for short in kept if short not in words} <= set(range(SHORTEST, LONGEST + 1))
