from datetime import timedelta
import pytest
from services_office import Clock, Office, at_once, ANSWERS
from bot import router
from bot.incoming import Incoming
from bot.office import Office as Wiring
from bot.platforms import PLATFORMS
from domain.roles import Role
from domain.lifecycle import State
from services import review, people, links, missed, files, drafts, following
from storage.records import OutboxState, Outgoing, Settled, Lane

W = Wiring(PLATFORMS, {"bale": "b", "telegram": "t"})
def press(place, data, n=1):
    return Incoming(place[0], place[1], place[1], "private", "press", message_id=n, query_id="1", data=data)
def text(place, t):
    return Incoming(place[0], place[1], place[1], "private", "text", message_id=5, text=t)
async def send(office, incoming):
    return await office.store.run(lambda w: router.handle(w, incoming, W))
async def out(office, place):
    def read(work):
        rows = []
        while True:
            got = work.outbox.claim(place[0], 100, ())
            if not got: break
            rows += got
            work.outbox.settle([Settled(r.id, OutboxState.SENT, message_id=r.id) for r in got])
        return [r for r in rows if r.chat_id == place[1]]
    return await office.look(read)

async def test_two_messengers_begin_two_corrections(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    here, there = await office.chat(officer, 71), await office.chat(officer, 72, "telegram")
    a = await office.do(files.keep, "a.pdf", "application/pdf", b"a")
    filed = await office.file(officer, letter_scan=a.id)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    case = await office.give_back(reviewer, filed)
    data = f"c:{case.id}:{case.version}:fix"
    for _ in range(12):
        await at_once(send(office, press(here, data)), send(office, press(there, data)))
        runs = await office.look(lambda w: drafts.corrections(w, officer.person_id, case.id))
        assert len(runs) == 1, len(runs)
        for run in runs: await office.do(drafts.give_up, run)

async def test_unlinked_chat_is_told_what_its_former_person_missed(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    here, there = await office.chat(officer, 71), await office.chat(officer, 72, "telegram")
    filed = await office.file(officer)
    claimed = await office.do(review.claim, actor=reviewer, case_id=filed.id)
    def lost(work):
        row = work.outbox.add(Outgoing(*there, 1, "sendMessage", {"text": "x"}, purpose=f"case:{claimed.id}:in_review:{claimed.version}"))
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])
    await office.look(lost)
    now = await office.look(lambda w: w.people.get(officer.person_id).actor)
    await office.do(links.unlink, by=now, platform="telegram", user_id=72)
    await send(office, text(there, "سلام"))
    said = " ".join(str(r.params.get("text", "")) for r in await out(office, there))
    assert filed.code[:4] not in said, said

async def test_officer_chat_shows_taken_back_note(office: Office, clock: Clock):
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "مدیر")
    here = await office.chat(officer, 71)
    kept = await office.do(files.keep, "a.pdf", "application/pdf", b"x")
    filed = await office.file(officer, letter_scan=kept.id)
    await office.do(review.claim, actor=reviewer, case_id=filed.id)
    await office.tick_all(reviewer, filed)
    await office.do(review.agree, actor=reviewer, case_id=filed.id)
    await office.set(undo_minutes=10)
    await office.do(review.supersede, actor=director, case_id=filed.id, outcome=State.NOT_AGREED, reasons=("mistake.1",), note="رازی میان ما", refusal=("special_rule.1",))
    await office.do(review.take_back, actor=director, case_id=filed.id)
    await send(office, press(here, f"c:{filed.id}:9:own"))
    said = " ".join(str(r.params.get("text", "")) for r in await out(office, here))
    assert "رضا کریمی" in said and "رازی" not in said, said[:400]

async def test_former_officer_presses_own(office: Office):
    officer = await office.officer()
    here = await office.chat(officer, 71)
    kept = await office.do(files.keep, "a.pdf", "application/pdf", b"x")
    filed = await office.file(officer, letter_scan=kept.id)
    await office.do(people.revoke, by=None, person_id=officer.person_id, role=Role.OFFICER)
    await send(office, press(here, f"c:{filed.id}:1:own"))
    said = " ".join(str(r.params.get("text", "")) for r in await out(office, here))
    assert "رضا کریمی" not in said, said[:200]

async def test_empty_queue_prompt_on_return(office: Office):
    officer, reviewer = await office.officer(), await office.reviewer()
    place = await office.chat(reviewer, 71)
    case = await office.file(officer)
    def lost(work):
        row = work.outbox.add(Outgoing(*place, 1, "sendMessage", {"text": "x"}, purpose=f"case:{case.id}:prompt:1"))
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])
    await office.look(lost)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await send(office, text(place, "سلام"))
    said = "\n".join(str(r.params.get("text", "")) for r in await out(office, place))
    assert "اکنون" not in said, said

async def test_hostile_callbacks(office: Office):
    officer = await office.officer(); place = await office.chat(officer, 71)
    reviewer = await office.reviewer(); desk = await office.chat(reviewer, 75)
    director = await office.hire(Role.DIRECTOR, "مدیر"); boss = await office.chat(director, 76)
    admin = await office.hire(Role.ADMIN, "ادمین"); adm = await office.chat(admin, 77)
    nobody = await office.chat(None, 78)
    kept = await office.do(files.keep, "a.pdf", "application/pdf", b"x")
    case = await office.file(officer, letter_scan=kept.id)
    big = "9" * 18
    datas = ["", ":", "f", "f:", "f1:", "f1", "c:::", "c:1:1:", "c:1:1:tick", "c:1:1:tick.", "c:1:1:tick.x.on", "c:1:1:tick.9.on","c:1:1:tick.0.x", f"c:{big}:1:own", f"c:1:{big}:open", "c:1:1:hand.x", f"c:1:1:hand.{big}", "c:1:1:hand.1", "c:1:1:open.x", "c:1:1:agree.no", "c:1:1:sign.yes", "c:1:1:undo", "c:1:1:refuse", "c:1:1:return", "c:1:1:supersede","c:1:1:note","c:1:1:files","c:1:1:plan","c:1:1:own","c:1:1:papers","c:1:1:table","c:1:1:fix","c:1:1:claim","c:1:1:release", f"d:open:{big}", f"d:page:{big}", "d:x:1", "d:erase:1","d:drop:1", f"m:{big}:all", "m:0:x", "m:0:closed", "z:ask","z:0",f"z:{big}","z:x", f"q:all:{big}", "q:x:0", "q:overdue:0","q:signature:0", "t:", "t:1", f"t:{case.code}", "w:on:1", f"w:on:{case.code}", f"w:off:{case.code}", f"w:end:{case.code}", "w:x:1", "p:1", f"p:{case.code}", "l:yes:", "l:yes:link-1", "l:no:", "l:new:","l:list:","l:x:", "a:cut:bale:1", "a:off:bale:71", "a:off:x:y", "i:new","i:yes","i:no","i:x", "s:contact", "s:x", "o:1", f"o:{big}", "o:x", "ff:z", "f0:z", "f1:g:99999999", "f1:m:140099", "f1:o:", "f1:e:99999999999999999999"]
    bad = []
    for who in (place, desk, boss, adm, nobody):
        for d in datas:
            assert len(d.encode()) <= 64
            try: await send(office, press(who, d))
            except Exception as e: bad.append((who, d, repr(e)[:200]))
    assert not bad, "\n".join(map(str, bad))
