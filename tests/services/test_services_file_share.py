"""What one sender without a role may send in files within a day: the megabytes are bounded, not the words."""

from datetime import timedelta

import pytest
from services_complaints import complain
from services_office import Clock, Office

from domain.roles import Role
from domain.settings import STRANGERS_FILES
from persian.errors import Unreadable
from services import file_share, people
from services.tracking import Asker

MB = 2**20
DAY = timedelta(days=1)
SOMEBODY: Asker = ("bale", 5551)


async def taken(office: Office, sizes: list[int], sender: Asker = SOMEBODY) -> list[bool]:
    """Which of these files, in bytes, are taken, each by a unit of its own."""

    async def one(size: int) -> bool:
        try:
            await office.do(file_share.take, sender, size)
        except Unreadable:
            return False
        return True

    return [await one(size) for size in sizes]


async def opens(office: Office, sender: Asker = SOMEBODY) -> object:
    with pytest.raises(Unreadable) as refused:
        await office.do(file_share.insist, sender, 20 * MB)
    assert refused.value.code == "files_of_day"
    return refused.value.values["opens"]


async def test_a_hundred_megabytes_a_day_are_taken_and_the_words_whatever_they_are(office: Office) -> None:
    assert await taken(office, [20 * MB] * 7) == [True] * 5 + [False] * 2
    assert [(await complain(office)).batched for _ in range(3)] == [False] * 3


async def test_what_is_over_is_refused_before_it_is_fetched_and_says_when(
    office: Office, clock: Clock
) -> None:
    begun = clock.now + timedelta(minutes=40)
    clock.now = begun
    await taken(office, [20 * MB] * 5)
    clock.move_on(timedelta(hours=3))
    assert await opens(office) == (begun - timedelta(minutes=40) + DAY).isoformat(), "no minute is kept"
    clock.now = begun - timedelta(minutes=40) + DAY
    assert await taken(office, [20 * MB] * 6) == [True] * 5 + [False]


async def test_a_smaller_file_may_still_fit_and_a_small_one_counts_a_megabyte(office: Office) -> None:
    await office.set(strangers_files=3)
    assert await taken(office, [MB + 1, 2 * MB, 1, 1]) == [True, False, True, False]


async def test_the_first_file_of_a_day_is_taken_whatever_the_bound(office: Office) -> None:
    await office.set(strangers_files=1)
    assert await taken(office, [20 * MB, 1]) == [True, False]


async def test_one_sender_takes_no_share_of_another(office: Office) -> None:
    await office.set(strangers_files=1)
    assert await taken(office, [MB, MB]) == [True, False]
    for other in (("telegram", 5551), ("bale", 5552)):
        assert await taken(office, [MB, MB], other) == [True, False]


async def test_all_accounts_of_somebody_whose_role_is_gone_share_one_count(office: Office) -> None:
    officer = await office.officer()
    person_id, first, second = officer.person_id, await office.account(officer), ("telegram", 9)
    assert person_id is not None
    await office.look(lambda work: work.people.bind(*second, person_id))
    assert not file_share.is_bounded(await office.do(people.actor_of, *second))
    await office.do(people.revoke, by=None, person_id=person_id, role=Role.OFFICER)
    assert file_share.is_bounded(await office.do(people.actor_of, *second))
    await office.set(strangers_files=2)
    assert await taken(office, [MB, MB], first) == [True, True]
    assert await taken(office, [MB], second) == [False]


async def test_a_count_is_forgotten_with_its_day(office: Office, clock: Clock) -> None:
    await office.set(strangers_files=2)
    await taken(office, [2 * MB])
    await office.do(file_share.forget)
    assert await taken(office, [MB]) == [False], "its day is not over"
    clock.move_on(DAY + timedelta(hours=1))
    await office.do(file_share.forget)
    assert await taken(office, [2 * MB]) == [True]


async def test_unset_is_the_technical_bound(office: Office) -> None:
    await office.set(strangers_files=1)
    await office.set(strangers_files=None)
    assert STRANGERS_FILES.standard == 100
    assert await taken(office, [100 * MB, 1]) == [True, False]
