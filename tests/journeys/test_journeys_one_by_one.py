"""What cannot be done for one row stops nobody behind it, and the admins hear of it once."""

import pytest
from town import Town

from bot.one_by_one import one_by_one
from bot.post import post
from bot.screen import Screen
from domain.audience import Audience
from domain.roles import Role
from messages_fa.markup import say
from services import notices
from storage.records import Lane
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]


async def test_a_notice_that_nobody_can_word_stops_no_other(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    officer = await town.officer()

    def announced(work: Work) -> None:
        for about, content in (("unheard_of", {}), (notices.WRITTEN, {"text": "فردا آموزش برگزار می‌شود."})):
            notices.announce(
                work,
                about=about,
                content=content,
                audience=Audience.of_roles(Role.OFFICER),
                by=None,
                service=True,
                urgent=True,
            )

    await town.run(announced)
    for _ in range(3):
        await town.sweep()
    assert officer.heard("فردا آموزش برگزار می‌شود.") == 1
    assert admin.heard("notice:1") == 1, "the admins hear of it once"
    await town.wait(minutes=61)
    assert admin.heard("notice:1") == 2, "it is tried again in an hour"
    assert officer.heard("فردا آموزش برگزار می‌شود.") == 1


async def test_a_row_that_fails_leaves_nothing_and_the_others_are_done(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "لیلا کاظمی"), await town.officer()
    assert town.app is not None
    office = town.app.office

    def tell(work: Work, row: int) -> None:
        (chat,) = (chat for p in work.people.with_role(Role.OFFICER) for chat in work.people.chats_of(p.id))
        post(work, office, chat.platform, chat.chat_id, Screen(say("ردیف {n}", n=row)), lane=Lane.NOTICES)
        if row == 2:
            raise LookupError(row)

    def sweep(work: Work) -> None:
        one_by_one(work, office, "a_sweep", (1, 2, 3), lambda row: tell(work, row))

    await town.run(sweep)
    await town.run(sweep)
    await town.quiet()
    assert [officer.heard(f"ردیف {row}") for row in "۱۲۳"] == [2, 0, 2]
    assert admin.heard("a-sweep") == 1
