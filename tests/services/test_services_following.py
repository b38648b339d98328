"""Following a code: anybody may, stages only; the filer sees how many do and ends it."""

from datetime import timedelta
from functools import partial

import pytest
from services_office import Clock, Office

from domain.errors import NotYours
from services import following, links
from services.errors import TooManyFollowed
from services.following import FOLLOWED, FOLLOWERS, LOST_FOR
from storage.records import Case, OutboxState, Outgoing, Settled
from storage.work import Work


async def follow(office: Office, case: Case, *places: tuple[str, int]) -> None:
    for platform, chat_id in places:
        await office.do(following.follow, platform=platform, chat_id=chat_id, case_id=case.id)


def crowd(pairs: list[tuple[int, tuple[str, int]]], work: Work) -> None:
    """Each of these cases is followed by the chat beside it."""
    for case_id, place in pairs:
        work.followers.add(case_id, *place, work.now)


async def lose(office: Office, place: tuple[str, int]) -> None:
    """The messenger says that this chat cannot be written to."""

    def unit(work: Work) -> None:
        platform, chat_id = place
        row = work.outbox.add(Outgoing(platform, chat_id, 1, "sendMessage", {"text": "خبر"}))
        work.outbox.claim(platform, 1, ())
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])

    await office.look(unit)


async def test_following_twice_is_following_once_and_ends_at_once(office: Office) -> None:
    case = await office.file(await office.officer())
    debtor = await office.chat(None, 77)
    await follow(office, case, debtor, debtor)
    assert await office.do(following.audience, case) == (debtor,)
    listed = await office.do(following.followed, platform="bale", chat_id=77)
    assert [(stage.code, stage.stage) for stage in listed] == [(case.code, "submitted")]
    assert await office.do(following.unfollow, platform="bale", chat_id=77, case_id=case.id)
    assert not await office.do(following.unfollow, platform="bale", chat_id=77, case_id=case.id)
    assert await office.do(following.audience, case) == ()


async def test_the_same_number_on_the_other_messenger_is_another_follower(office: Office) -> None:
    case = await office.file(await office.officer())
    here, there = await office.chat(None, 77), await office.chat(None, 77, "telegram")
    await follow(office, case, here, there)
    assert sorted(await office.do(following.audience, case)) == [here, there]


async def test_a_chat_follows_so_many_codes_and_a_code_is_followed_by_so_many_chats(office: Office) -> None:
    officer = await office.officer()
    here = await office.chat(None, 77)
    cases = [await office.file(officer) for _ in range(FOLLOWED + 1)]
    await office.look(partial(crowd, [(one.id, here) for one in cases[:-1]]))
    with pytest.raises(TooManyFollowed) as refused:
        await follow(office, cases[-1], here)
    assert (refused.value.why, refused.value.limit) == ("by_chat", FOLLOWED)
    await follow(office, cases[0], here)  # what is followed already stays so
    others = range(1000, 1000 + FOLLOWERS)
    await office.look(partial(crowd, [(cases[-1].id, ("bale", n)) for n in others]))
    with pytest.raises(TooManyFollowed) as refused:
        await follow(office, cases[-1], await office.chat(None, 78))
    assert (refused.value.why, refused.value.limit) == ("of_case", FOLLOWERS)


async def test_the_filer_alone_ends_it_for_all(office: Office) -> None:
    officer, other = await office.officer(), await office.officer("زهرا")
    case = await office.file(officer)
    await follow(office, case, await office.chat(None, 77), await office.chat(None, 78))
    for somebody in (other, await office.reviewer()):
        with pytest.raises(NotYours):
            await office.do(following.end_all, by=somebody, case_id=case.id)
    assert await office.do(following.end_all, by=officer, case_id=case.id) == 2
    assert await office.do(following.end_all, by=officer, case_id=case.id) == 0


async def test_the_filers_own_chats_are_no_audience(office: Office) -> None:
    officer = await office.officer()
    case = await office.file(officer)
    await follow(office, case, await office.chat(officer, 79))
    assert await office.do(following.audience, case) == ()


async def test_a_chat_long_out_of_reach_follows_no_longer(office: Office, clock: Clock) -> None:
    case = await office.file(await office.officer())
    debtor = await office.chat(None, 77)
    await follow(office, case, debtor)
    await lose(office, debtor)
    clock.move_on(LOST_FOR - timedelta(seconds=1))
    assert await office.do(following.audience, case) == (debtor,), "it is told on return"
    clock.move_on(timedelta(seconds=1))
    assert await office.do(following.audience, case) == ()
    await office.chat(None, 77)
    assert await office.do(following.audience, case) == (), "it may follow again, but does not by itself"


async def test_a_chat_that_becomes_the_filer_s_follows_the_own_case_no_longer(office: Office) -> None:
    officer, other = await office.officer(), await office.officer("مریم صادقی")
    mine, theirs = await office.file(officer), await office.file(other)
    await office.chat(None, 95, "telegram")
    for case in (mine, theirs):
        await office.do(following.follow, platform="telegram", chat_id=95, case_id=case.id)
    offered = await office.do(links.offer, by=officer)
    await office.do(links.link, platform="telegram", user_id=95, token=offered.token)
    counts = await office.look(lambda work: [work.followers.count(case.id) for case in (mine, theirs)])
    assert counts == [0, 1]
