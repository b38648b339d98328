"""Forms, chats, files and counters are read as they were written."""

from dataclasses import replace
from hashlib import sha256

import pytest
from engines import StoreClock

from domain.throttle import UNTIL_RESET, Counter
from storage.engine import Store
from storage.errors import NotFound, Stale
from storage.records import Chat, FormRun, FormStatus, StoredFile
from storage.work import Work


def started(work: Work, person_id: int | None = None) -> FormRun:
    return work.forms.start("proposal", 1, "bale", 5, person_id, None, {"answers": {}})


async def test_a_form_is_saved_over_the_revision_that_was_seen(store: Store, store_clock: StoreClock) -> None:
    run = await store.run(started)
    assert await store.run(lambda work: work.forms.get(run.id)) == run
    later = store_clock.forward(minutes=1)
    saved = await store.run(lambda work: work.forms.save(run, data={"answers": {"a": 1}}, title="علی"))
    assert saved == replace(run, revision=2, data={"answers": {"a": 1}}, title="علی", updated_at=later)
    with pytest.raises(Stale):
        await store.run(lambda work: work.forms.save(run, data={}))
    untitled = await store.run(lambda work: work.forms.save(saved, data={}))
    assert await store.run(lambda work: work.forms.get(run.id)) == untitled
    assert (untitled.title, untitled.revision) == ("علی", 3)


async def test_a_draft_may_be_resumed_in_another_chat_and_a_newer_form(store: Store) -> None:
    run = await store.run(started)
    moved = replace(run, platform="telegram", chat_id=9, form_version=2)
    saved = await store.run(lambda work: work.forms.save(moved, data={}))
    assert (saved.platform, saved.chat_id, saved.form_version) == ("telegram", 9, 2)
    assert await store.run(lambda work: work.forms.get(run.id)) == saved


async def test_a_form_is_finished_once_and_not_saved_afterwards(store: Store) -> None:
    run = await store.run(started)
    await store.run(lambda work: work.forms.finish(run.id, FormStatus.SENT))
    finished = await store.run(lambda work: work.forms.get(run.id))
    assert finished is not None
    assert finished.status is FormStatus.SENT
    with pytest.raises(Stale):
        await store.run(lambda work: work.forms.finish(run.id, FormStatus.DROPPED))
    with pytest.raises(Stale):
        await store.run(lambda work: work.forms.save(finished, data={}))


async def test_drafts_are_the_open_forms_of_a_person_newest_first(
    store: Store, store_clock: StoreClock
) -> None:
    person = await store.run(lambda work: work.people.add("زهرا"))
    runs = []
    for _ in range(3):
        runs.append(await store.run(lambda work: started(work, person.id)))
        store_clock.forward(minutes=1)
    await store.run(lambda work: work.forms.finish(runs[1].id, FormStatus.DROPPED))
    await store.run(lambda work: work.forms.save(runs[0], data={}))
    drafts = await store.run(lambda work: work.forms.drafts_of(person.id, "proposal"))
    assert [draft.id for draft in drafts] == [runs[0].id, runs[2].id]
    assert await store.run(lambda work: work.forms.drafts_of(person.id, "complaint")) == ()


async def test_a_chat_is_made_when_first_heard_from_and_follows_its_account(
    store: Store, store_clock: StoreClock
) -> None:
    chat = await store.run(lambda work: work.chats.lock("bale", 5, user_id=5, name="زهرا"))
    assert chat == Chat("bale", 5, 5, "زهرا", None, None, 0, None, store_clock.moment, None, None)

    def bind(work: Work) -> int:
        person = work.people.add("زهرا احمدی")
        work.people.bind("bale", 5, person.id)
        return person.id

    person_id = await store.run(bind)
    later = store_clock.forward(minutes=1)
    again = await store.run(lambda work: work.chats.lock("bale", 5, user_id=5, name="زهرا ا."))
    assert again == replace(chat, name="زهرا ا.", person_id=person_id, last_seen=later)
    assert await store.run(lambda work: work.people.chats_of(person_id)) == (again,)
    assert await store.run(lambda work: work.chats.of_person(person_id)) == (again,)
    assert await store.run(lambda work: work.chats.get("telegram", 5)) is None


async def test_a_saved_chat_keeps_its_form_and_screen(store: Store) -> None:
    def unit(work: Work) -> tuple[Chat, Chat | None, Chat | None, tuple[tuple[str, int], ...]]:
        work.chats.lock("bale", 6, user_id=6, name="رضا")
        chat = work.chats.lock("bale", 5, user_id=5, name="زهرا")
        changed = replace(
            chat, form_id=started(work).id, screen=7, shown={"rows": [["بعدی"]]}, reshown_at=work.now
        )
        work.chats.save(changed)
        return changed, work.chats.get("bale", 5), work.chats.hold("bale", 5), work.chats.with_open_form()

    changed, read, held, with_form = await store.run(unit)
    assert (read, held, with_form) == (changed, changed, (("bale", 5),))


async def test_holding_a_chat_is_no_word_from_it(store: Store, store_clock: StoreClock) -> None:
    chat = await store.run(lambda work: work.chats.lock("bale", 5, user_id=5, name="زهرا"))
    store_clock.forward(minutes=1)
    assert await store.run(lambda work: work.chats.hold("bale", 5)) == chat
    assert await store.run(lambda work: work.chats.hold("bale", 6)) is None


async def test_a_file_is_kept_sealed_and_read_back(store: Store, store_clock: StoreClock) -> None:
    content = bytes(range(256)) * 1000
    kept = await store.run(lambda work: work.files.add("نامه.pdf", "application/pdf", content))
    assert kept == StoredFile(
        kept.id,
        "نامه.pdf",
        "application/pdf",
        256_000,
        kept.sha256,
        store_clock.moment,
    )
    assert kept.sha256 != sha256(content).hexdigest(), "who has the paper cannot look for it without the key"
    assert await store.run(lambda work: work.files.same([kept.id], content))
    assert not await store.run(lambda work: work.files.same([kept.id], content[1:]))
    assert await store.run(lambda work: work.files.get(kept.id)) == kept
    assert await store.run(lambda work: work.files.content(kept.id)) == content
    with pytest.raises(NotFound):
        await store.run(lambda work: work.files.get(kept.id + 1))
    with pytest.raises(NotFound):
        await store.run(lambda work: work.files.content(kept.id + 1))


async def test_a_counter_is_replaced_and_cleared(store: Store, store_clock: StoreClock) -> None:
    now = store_clock.moment

    def unit(work: Work) -> list[Counter | None]:
        seen = [work.counters.get("code", "bale:5")]
        for counter in (Counter(1, now), Counter(100, now, UNTIL_RESET)):
            work.counters.put("code", "bale:5", counter)
            seen.append(work.counters.get("code", "bale:5"))
        seen.append(work.counters.get("code", "telegram:5"))
        work.counters.clear("code", "bale:5")
        return [*seen, work.counters.get("code", "bale:5")]

    assert await store.run(unit) == [None, Counter(1, now), Counter(100, now, UNTIL_RESET), None, None]
