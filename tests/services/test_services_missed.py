"""Coming back after having been out of reach: every change once, in order, and no more than fit."""

from datetime import timedelta

from services_office import Clock, Office, at_once

from domain.roles import Actor, Role
from services import following, missed, personal, proposals, review
from services.missed import LISTED, Change, Missed, Word
from storage.records import Case, OutboxState, Outgoing, Settled
from storage.work import Work

HOUR = timedelta(hours=1)


async def lost(office: Office, place: tuple[str, int], *purposes: str) -> None:
    """These messages could not be delivered to this chat."""

    def unit(work: Work) -> None:
        rows = [
            work.outbox.add(Outgoing(*place, 1, "sendMessage", {"text": "خبر"}, purpose=purpose))
            for purpose in purposes
        ]
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403") for row in rows])

    await office.look(unit)


async def back(office: Office, actor: Actor | None, place: tuple[str, int]) -> Missed | None:
    person_id = actor.person_id if actor else None
    return await office.do(missed.catch_up, platform=place[0], chat_id=place[1], person_id=person_id)


def purpose(case: Case, stage: str, kind: str = "case") -> str:
    return f"{kind}:{case.id}:{stage}:{case.version}"


async def test_each_missed_change_is_told_once_in_order_whichever_chat_missed_it(
    office: Office, clock: Clock
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here, there = await office.chat(officer, 71), await office.chat(officer, 72, "telegram")
    filed = await office.file(officer)
    told = []
    for act in (review.claim, review.release, review.claim):
        clock.move_on(HOUR)
        told.append(await office.do(act, actor=reviewer, case_id=filed.id))
    start = clock.now - 2 * HOUR
    await lost(office, there, purpose(told[2], "in_review"))
    await lost(office, here, purpose(told[0], "in_review"), purpose(told[1], "submitted"))
    await lost(office, here, purpose(told[2], "in_review"))
    assert await back(office, officer, there) == Missed(
        (
            Change(filed.code, "in_review", start),
            Change(filed.code, "back_in_queue", start + HOUR),
            Change(filed.code, "in_review", start + 2 * HOUR),
        ),
        more=0,
        waiting=None,
    )
    assert await back(office, officer, there) is None
    assert await back(office, officer, here) is None


async def test_coming_back_in_two_chats_at_once_tells_one_of_them(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    places = [await office.chat(officer, 71), await office.chat(officer, 72, "telegram")]
    case = await office.file(officer)
    claimed = await office.do(review.claim, actor=reviewer, case_id=case.id)
    for place in places:
        await lost(office, place, purpose(claimed, "in_review"))
    came = await at_once(*(back(office, officer, place) for place in places))
    assert sorted(one is None for one in came) == [False, True]


async def test_of_many_changes_the_first_are_listed_and_the_others_counted(office: Office) -> None:
    officer = await office.officer()
    here = await office.chat(officer, 71)
    cases = [await office.file(officer) for _ in range(LISTED + 3)]
    await lost(office, here, *(purpose(case, "submitted") for case in cases))
    told = await back(office, officer, here)
    assert told is not None
    assert [change.code for change in told.changes] == [case.code for case in cases[:LISTED]]
    assert told.more == 3
    assert await back(office, officer, here) is None, "those that were only counted are told too"


async def test_a_reviewer_learns_how_many_wait_and_not_which_prompts_were_missed(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here = await office.chat(reviewer, 71)
    cases = [await office.file(officer) for _ in range(3)]
    await lost(office, here, *(f"case:{case.id}:prompt:1" for case in cases))
    assert await back(office, reviewer, here) == Missed((), more=0, waiting=3)
    assert await back(office, reviewer, here) is None


async def test_a_missed_answer_about_own_data_is_no_prompt_of_the_desk(office: Office) -> None:
    reviewer = await office.reviewer()
    here = await office.chat(reviewer, 71)
    await office.file(await office.officer())
    asked = await office.do(personal.ask, reviewer, here, "correction", "نام من")
    await lost(office, here, f"data:{asked.id}:answer")
    assert await back(office, reviewer, here) == Missed((), more=0, waiting=None, words=(Word("data"),))


async def test_a_stranger_is_told_what_the_followed_codes_did(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here = await office.chat(None, 71)
    case = await office.file(officer)
    await office.do(following.follow, platform="bale", chat_id=71, case_id=case.id)
    claimed = await office.do(review.claim, actor=reviewer, case_id=case.id)
    await lost(office, here, purpose(claimed, "in_review", "follow"))
    assert await back(office, None, here) == Missed(
        (Change(case.code, "in_review", office.clock.now),), more=0, waiting=None
    )


async def test_whoever_missed_nothing_is_told_nothing(office: Office) -> None:
    officer = await office.officer()
    assert await back(office, officer, await office.chat(officer, 71)) is None


async def test_what_was_not_told_outlasts_the_ledger(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here = await office.chat(officer, 71)
    case = await office.file(officer)
    claimed = await office.do(review.claim, actor=reviewer, case_id=case.id)
    await lost(office, here, purpose(claimed, "in_review"))
    clock.move_on(timedelta(days=90))
    await office.look(lambda work: work.outbox.prune(work.now - timedelta(days=30)))
    told = await back(office, officer, here)
    assert told is not None
    assert [change.step for change in told.changes] == ["in_review"]
    clock.move_on(timedelta(days=90))
    assert await office.look(lambda work: work.outbox.prune(work.now - timedelta(days=30))) == 1


async def test_a_list_that_does_not_arrive_either_is_told_again(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here = await office.chat(officer, 71)
    case = await office.file(officer)
    claimed = await office.do(review.claim, actor=reviewer, case_id=case.id)
    await lost(office, here, purpose(claimed, "in_review"))
    first = await back(office, officer, here)
    assert first is not None
    await lost(office, here, await office.look(missed.purpose))
    clock.move_on(HOUR)
    released = await office.do(review.release, actor=reviewer, case_id=case.id)
    await lost(office, here, purpose(released, "submitted"))
    again = await back(office, officer, here)
    assert again is not None
    assert again.changes == (*first.changes, Change(case.code, "back_in_queue", clock.now))
    assert await back(office, officer, here) is None


async def test_a_director_learns_how_many_wait_for_a_signature(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "نادر کاظمی")
    await office.set(second_signature=True)
    here = await office.chat(director, 71)
    case = await office.decided(officer, reviewer)
    await lost(office, here, f"case:{case.id}:prompt:{case.version}")
    assert await back(office, director, here) == Missed((), more=0, waiting=1)


async def test_what_waits_for_a_reviewer_is_in_the_queue_or_in_hand_and_nothing_is_said_of_none(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here = await office.chat(reviewer, 71)
    case = await office.file(officer)
    await lost(office, here, f"case:{case.id}:prompt:1")
    held = await office.do(review.claim, actor=reviewer, case_id=case.id)
    assert await back(office, reviewer, here) == Missed((), more=0, waiting=1), "it was handed over"
    await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="paid.1")
    await lost(office, here, f"case:{case.id}:prompt:{held.version}")
    assert await back(office, reviewer, here) is None


async def test_other_news_of_the_own_cases_and_drafts_is_told_once_each(office: Office) -> None:
    officer, other = await office.officer(), await office.officer("زهرا")
    here, there = await office.chat(officer, 71), await office.chat(other, 72)
    case = await office.file(officer)
    news = (f"target:{case.id}:moved:4", f"case:{case.id}:upheld:3", "draft:9:nudge:17", "draft:9:expired:18")
    await lost(office, here, *news, f"target:{case.id}:moved:5")
    await lost(office, there, f"target:{case.id}:moved:6")
    words = (Word("target", case.code), Word("upheld", case.code), Word("draft"))
    assert await back(office, officer, here) == Missed((), 0, None, words)
    assert await back(office, officer, here) is None
    assert await back(office, other, there) is None, "it is not this person's case"


async def test_missed_news_of_the_own_roles_is_told_unless_another_chat_has_it(office: Office) -> None:
    reviewer, other = await office.reviewer(), await office.officer()
    here, there = await office.chat(reviewer, 71), await office.chat(reviewer, 72, "telegram")
    news = f"staff:{reviewer.person_id}:1"
    await office.file(other)
    await lost(office, here, news)
    await lost(office, there, news)
    assert await back(office, reviewer, here) == Missed((), more=0, waiting=None, words=(Word("staff"),))

    def arrives(work: Work) -> None:
        row = work.outbox.add(Outgoing(*there, 0, "sendMessage", {}, purpose=f"staff:{reviewer.person_id}:2"))
        work.outbox.settle([Settled(row, OutboxState.SENT, message_id=1)])

    await office.look(arrives)
    await lost(office, here, f"staff:{reviewer.person_id}:2", f"staff:{other.person_id}:3")
    assert await back(office, reviewer, here) is None


async def test_whoever_was_cut_off_out_of_reach_hears_it_in_that_chat_as_a_stranger(office: Office) -> None:
    officer = await office.officer()
    here = await office.chat(None, 71)
    await lost(office, here, "cut:1")
    assert await back(office, None, here) == Missed((), more=0, waiting=None, words=(Word("cut"),))
    await lost(office, here, "cut:2")
    await office.chat(officer, 71)
    assert await back(office, officer, here) is None
