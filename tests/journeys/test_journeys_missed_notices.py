"""Whoever was out of reach reads what was told about the service on return, once, as it stands by then."""

import pytest
from town import Town

from domain.audience import Audience
from domain.roles import Role
from services import notices
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]
TEXT, NEWER, RECALLED, NEWS = "ثبت تا فردا بسته است.", "ثبت باز شد.", "این پس گرفته شد.", "یک خبر ساده."


def announce(work: Work, text: str, *, service: bool) -> int:
    return notices.announce(
        work,
        about=notices.WRITTEN,
        content={"text": text},
        audience=Audience.of_roles(Role.OFFICER),
        by=None,
        service=service,
        urgent=True,
    )


async def test_missed_notices_about_the_service_are_shown_once_as_they_stand_and_news_lapses(
    town: Town,
) -> None:
    officer = await town.officer()
    await officer.phone.block_bot()
    first = await town.run(lambda work: announce(work, TEXT, service=True))
    gone = await town.run(lambda work: announce(work, RECALLED, service=True))
    await town.run(lambda work: announce(work, NEWS, service=False))
    for _ in range(3):
        await town.sweep()
    await town.run(lambda work: notices.revise(work, first, {"text": NEWER}, push=None))
    await town.run(lambda work: notices.recall(work, gone))
    await officer.phone.block_bot(blocked=False)
    await officer.hears_all("راهنما")
    assert [officer.heard(text) for text in (NEWER, TEXT, RECALLED, NEWS)] == [1, 0, 0, 0]
    await officer.hears_all("راهنما")
    await town.sweep()
    assert officer.heard(NEWER) == 1
