"""One person on two messengers: linked by a code that is good once, and cut off again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from services_office import Clock, Office, at_once

from domain.errors import NotYours
from domain.roles import Actor, Role
from services import links, people, proposals, review
from services.errors import InvitationUnusable, LastAccount, LinkUnusable
from services.links import LIFETIME
from storage.records import Alternative, OutboxState, Outgoing, Person, Settled
from storage.work import Work


async def code(office: Office, actor: Actor) -> str:
    return (await office.do(links.offer, by=actor)).token


async def link(office: Office, token: str, user_id: int, platform: str = "telegram") -> Person:
    return await office.do(links.link, platform=platform, user_id=user_id, token=token)


async def accounts(office: Office, actor: Actor) -> list[tuple[str, int]]:
    return [(one.platform, one.user_id) for one in await office.do(links.accounts, actor)]


async def why(office: Office, token: str, user_id: int, platform: str = "telegram") -> str:
    with pytest.raises(LinkUnusable) as refused:
        await link(office, token, user_id, platform)
    return str(refused.value.why)


async def test_the_other_messenger_is_the_same_person_from_then_on(office: Office) -> None:
    officer = await office.officer()
    first = await office.account(officer)
    token = await code(office, officer)
    owner = await office.do(links.owner, platform="telegram", user_id=9, token=token)
    assert owner.name == officer.name
    assert await office.do(people.actor_of, "telegram", 9) == people.STRANGER, "asking links nothing"
    await link(office, token, 9)
    assert await office.do(people.actor_of, "telegram", 9) == officer
    assert await accounts(office, officer) == [first, ("telegram", 9)]


async def test_unknown_used_expired_and_replaced_codes_answer_alike(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    used = await code(office, officer)
    await link(office, used, 9)
    replaced = await code(office, officer)
    expired = await code(office, officer)
    clock.move_on(LIFETIME)
    answers = [await why(office, token, 10) for token in ("", "link", used, replaced, expired)]
    assert answers == [""] * 5
    clock.move_on(-timedelta(milliseconds=1))
    await link(office, expired, 10)


async def test_one_code_sent_from_many_accounts_at_once_links_one(office: Office) -> None:
    officer = await office.officer()
    token = await code(office, officer)
    came = await at_once(*(link(office, token, n) for n in range(10, 20)))
    assert sum(isinstance(one, Person) for one in came) == 1
    assert all(isinstance(one, Person | LinkUnusable) for one in came)
    assert len(await accounts(office, officer)) == 2


async def test_an_account_of_somebody_is_not_taken_over(office: Office) -> None:
    officer, other = await office.officer(), await office.reviewer()
    token = await code(office, officer)
    platform, user_id = await office.account(other)
    assert await why(office, token, user_id, platform) == "other_person"
    own = await office.account(officer)
    assert await why(office, token, own[1], own[0]) == "already"
    await link(office, token, 9)  # neither try has used it up


async def test_the_only_account_of_somebody_without_a_role_any_more_is_free(office: Office) -> None:
    officer, former = await office.officer(), await office.reviewer()
    token = await code(office, officer)
    platform, user_id = await office.account(former)
    place = await office.chat(former, user_id, platform)
    assert await why(office, token, user_id, platform) == "other_person"
    await office.do(people.revoke, by=None, person_id=former.person_id or 0, role=Role.REVIEWER)
    await link(office, token, user_id, platform)
    assert await office.do(people.actor_of, platform, user_id) == officer
    assert await accounts(office, former) == []
    chat = await office.look(lambda work: work.chats.get(*place))
    assert chat is not None
    assert (chat.person_id, chat.form_id, chat.screen) == (officer.person_id, None, 1)


async def test_only_people_with_a_role_link_and_a_revoked_ones_code_dies(office: Office) -> None:
    with pytest.raises(NotYours):
        await code(office, people.STRANGER)
    officer = await office.officer()
    token = await code(office, officer)
    await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.OFFICER)
    assert await why(office, token, 9) == ""
    with pytest.raises(NotYours):
        await code(office, await office.do(people.actor_of, *await office.account(officer)))
    agency_id = officer.agency_id
    await office.look(lambda work: work.people.grant(officer.person_id or 0, Role.OFFICER, agency_id, None))
    assert await why(office, token, 9) == "", "the role came back, the code did not"


async def test_a_code_that_a_person_leaves_behind_is_worth_nothing(office: Office) -> None:
    officer = await office.officer()
    token = await code(office, officer)
    await office.look(lambda work: work.people.set_active(officer.person_id or 0, active=False))
    assert await why(office, token, 9) == ""


async def test_an_account_cut_off_is_a_strangers_and_nothing_stays_open_in_its_chat(office: Office) -> None:
    officer = await office.officer()
    await link(office, await code(office, officer), 9)
    place = await office.chat(officer, 9, "telegram")
    run = await office.draft(officer)

    def open_form(work: Work) -> None:
        chat = work.chats.lock(*place, user_id=9, name="")
        work.chats.save(replace(chat, form_id=run.id, shown={"buttons": [["ادامه", "f1:n"]]}))

    await office.look(open_form)
    await office.do(links.unlink, by=officer, platform="telegram", user_id=9)
    chat = await office.look(lambda work: work.chats.get(*place))
    assert chat is not None
    assert (chat.person_id, chat.form_id, chat.shown, chat.screen) == (None, None, None, 1)
    assert await office.do(people.actor_of, "telegram", 9) == people.STRANGER


async def test_an_account_from_which_somebody_filed_becomes_nobody_elses_once_it_is_cut_off(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await link(office, await code(office, officer), 9)
    await office.chat(officer, 1)
    case = await office.file(officer)
    await office.do(links.unlink, by=officer, platform="bale", user_id=1)
    token = await code(office, reviewer)
    assert await why(office, token, 1, "bale") == "other_person"
    assert (await link(office, await code(office, officer), 1, "bale")).id == officer.person_id
    await office.do(links.unlink, by=officer, platform="bale", user_id=1)

    async def goes() -> None:
        await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.OFFICER)

    await goes()
    assert await why(office, token, 1, "bale") == "has_cases"
    agency_id = officer.agency_id
    await office.look(lambda work: work.people.grant(officer.person_id or 0, Role.OFFICER, agency_id, None))
    await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="mistaken.1")
    await goes()
    assert (await link(office, token, 1, "bale")).id == reviewer.person_id


async def invited(office: Office, role: Role) -> str:
    return (await office.do(people.invite, by=None, role=role, name="مینا صادقی")).token


async def test_who_filed_and_was_cut_off_comes_in_by_an_invitation_as_the_same_person(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    here = await office.account(officer)
    await office.do(links.leave, by=officer, keep=None)
    token = await invited(office, Role.REVIEWER)
    with pytest.raises(InvitationUnusable) as refused:  # the officer's role is still held: by two admins then
        await office.do(people.join, platform=here[0], user_id=here[1], token=token)
    assert refused.value.why == "former"
    await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.OFFICER)
    joined = await office.do(people.join, platform=here[0], user_id=here[1], token=token)
    assert (joined.person.id, joined.person.name) == (officer.person_id, officer.name)
    with pytest.raises(NotYours) as barred:
        await office.do(review.claim, actor=joined.person.actor, case_id=case.id)
    assert barred.value.why == "filed_by_you"
    await office.do(review.claim, actor=reviewer, case_id=case.id)


async def test_an_account_of_long_ago_becomes_nobody_elses_while_its_person_could_file_again(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await link(office, await code(office, officer), 9)
    await office.do(links.unlink, by=officer, platform="telegram", user_id=9)
    assert await why(office, await code(office, reviewer), 9) == "other_person"
    with pytest.raises(InvitationUnusable):
        await office.do(
            people.join, platform="telegram", user_id=9, token=await invited(office, Role.REVIEWER)
        )


async def test_the_last_account_stays_even_if_both_are_cut_at_once(office: Office) -> None:
    officer = await office.officer()
    first = await office.account(officer)
    with pytest.raises(LastAccount):
        await office.do(links.unlink, by=officer, platform=first[0], user_id=first[1])
    await link(office, await code(office, officer), 9)
    cuts = ((platform, user_id) for platform, user_id in (first, ("telegram", 9)))
    came = await at_once(
        *(office.do(links.unlink, by=officer, platform=where, user_id=user) for where, user in cuts)
    )
    assert [type(one) for one in came if one is not None] == [LastAccount]
    assert len(await accounts(office, officer)) == 1


async def test_nobody_cuts_off_what_is_not_theirs(office: Office) -> None:
    officer, other = await office.officer(), await office.reviewer()
    platform, user_id = await office.account(other)
    for somebody in (officer, people.STRANGER):
        with pytest.raises(NotYours):
            await office.do(links.unlink, by=somebody, platform=platform, user_id=user_id)


async def test_a_code_is_neither_printed_nor_kept(office: Office) -> None:
    officer = await office.officer()
    made = await office.do(links.offer, by=officer)
    assert made.token not in repr(made)
    assert await office.look(lambda work: work.links.get(made.token)) is None


async def test_news_on_its_way_does_not_fall_back_to_a_chat_cut_off_meanwhile(office: Office) -> None:
    officer = await office.officer()
    await link(office, await code(office, officer), 9)
    here = await office.chat(officer, 5)
    there, third = await office.chat(officer, 9, "telegram"), await office.chat(officer, 8, "telegram")
    ways = tuple(Alternative(*place, "sendMessage", {"text": "خبر"}) for place in (there, third))
    news = Outgoing(*here, 1, "sendMessage", {"text": "خبر"}, purpose="case:1:agreed:2", fallback=ways)
    row = await office.look(lambda work: work.outbox.add(news))
    await office.do(links.unlink, by=officer, platform="telegram", user_id=9)
    lost = Settled(row, OutboxState.UNREACHABLE, problem="403")
    await office.look(lambda work: work.outbox.settle([lost]))
    ledger = await office.look(lambda work: work.ledger.of("case:1"))
    assert [(one.platform, one.chat_id) for one in ledger] == [here, third]
