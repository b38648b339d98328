"""A store that was down is drafted as an incident as soon as it can keep one."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from services_office import Office

from bot.office import Office as Wiring
from bot.platforms import PLATFORMS
from bot.watchdog import Watchdog
from domain.roles import Role
from storage.errors import StoreDown
from storage.work import Work

T = TypeVar("T")


class Cut:
    """The way to the office's store, which can be cut; and the watchdog's eyes and watch."""

    def __init__(self, office: Office) -> None:
        self.is_cut = False
        self._office = office
        self._begun = office.clock.now

    async def run(self, unit: Callable[[Work], T]) -> T:
        """A unit of work, where there is a way."""
        if self.is_cut:
            raise StoreDown("cut")
        return await self._office.store.run(unit)

    async def elect(self, name: str) -> bool:
        """Whether this process is the one."""
        return not self.is_cut and await self._office.store.elect(name)

    async def obstacles(self) -> list[str]:
        """What the process cannot do without."""
        return ["store_down"] if self.is_cut else []

    def monotonic(self) -> float:
        """Seconds since the beginning."""
        return (self._office.clock.now - self._begun).total_seconds()


async def test_a_store_that_was_down_for_longer_than_two_minutes_is_drafted_once_after_it_came_back(
    office: Office,
) -> None:
    await office.hire(Role.ADMIN, "لیلا کاظمی")
    cut = Cut(office)
    dog = Watchdog(cut, Wiring(PLATFORMS), cut, cut)  # type: ignore[arg-type] # it never sleeps here

    async def goes_on(seconds: int) -> int:
        for _ in range(seconds // 10):
            await dog.look()
            office.clock.move_on(timedelta(seconds=10))
        return len(await office.look(lambda work: work.incidents.drafts()))

    cut.is_cut = True
    assert await goes_on(100) == 0
    cut.is_cut = False
    assert await goes_on(60) == 0, "it was back before two minutes had passed"
    cut.is_cut, begun = True, office.clock.now
    assert await goes_on(300) == 0, "nothing can be kept"
    cut.is_cut, over = False, office.clock.now
    assert await goes_on(600) == 1
    (draft,) = await office.look(lambda work: work.incidents.drafts())
    assert (draft.begun_at, draft.over_at) == (begun, over)
