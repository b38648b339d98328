"""The audit: what people do and look at in the chat stands there, in codes alone, and can be proved."""

import json
import re

import pytest
from journey_office import PRIVATE
from sqlalchemy import text
from test_journeys_notices import ROLE, write
from test_journeys_resets import forget, issue, renew
from town import Resident, Town, agree, claim, file_proposal, tick_all

from bot.commands.compared import compared
from bot.handlers.audit import show_anchor
from bot.timers import swept
from domain.roles import Role
from persian.codes import new_tracking_code
from persian.text import to_persian_digits
from services.audit import Anchor, Walk, anchor_of, follow
from services.standing import Said
from storage.records.audit import AuditRow

pytestmark = pytest.mark.parametrize(("platform", "database_url"), [("bale", "sqlite")], indirect=True)

ANCHOR = "نشان درستی رویدادنگاری تا امروز"
Told = tuple[str, str, int | None, str, str]


async def rows(town: Town, behind: int = 0) -> tuple[AuditRow, ...]:
    return await town.run(lambda work: work.audit.after(behind, limit=10_000))


async def said(town: Town, behind: int) -> list[Told]:
    """What was written down behind this row: deed, step, who, in which role, about what."""
    found = await rows(town, behind)
    return [
        (row.deed, json.loads(row.codes).get("step", ""), row.person, row.role, row.about) for row in found
    ]


async def whole(town: Town, *anchors: Anchor) -> bool:
    walk = await town.run(lambda work: follow(work, Walk(), anchors))
    return walk.over and walk.problem is None


async def test_a_story_leaves_exactly_its_rows_and_nothing_personal(town: Town) -> None:
    admin, _ = await town.staff(Role.ADMIN, "مریم احمدی"), await town.staff(Role.ADMIN, "نرگس رضایی")
    officer, reviewer = await town.officer(), await town.reviewer()
    hired = await rows(town)
    assert [row.deed for row in hired if row.about.startswith("person:")] == ["linked", "granted"] * 4

    code, passcode = await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    await agree(reviewer)
    await forget(officer, code)
    await issue(admin)
    renewed = await renew(officer)
    await admin.says("تنظیمات")
    await admin.told(next(label for label in admin.labels() if label.endswith("گردش کار")))
    await admin.told(next(label for label in admin.labels() if label.endswith("مهلت بازپس‌گیری تصمیم")))
    await admin.says("۱۰")
    await admin.told("بله، ثبت شود")
    await write(admin, ROLE)
    await town.quiet()

    assert await said(town, len(hired)) == [
        ("case", "submit", 3, "officer", "case:1"),
        ("case_seen", "", 4, "reviewer", "case:1"),
        ("case", "claim", 4, "reviewer", "case:1"),
        ("case", "agree", 4, "reviewer", "case:1"),
        ("reset", "asked", 3, "officer", "reset:1"),
        ("reset", "claimed", 1, "admin", "reset:1"),
        ("reset", "issued", 1, "admin", "reset:1"),
        ("reset", "passcode_made", 3, "officer", "reset:1"),
        ("setting", "", 1, "admin", "setting:undo_minutes"),
        ("notice", "write", 1, "admin", "notice:1"),
    ]
    kept = await rows(town)
    assert all(row.cause.startswith("bale:") for row in kept[len(hired) :])
    everything = json.dumps([(row.role, row.about, row.codes, row.cause) for row in kept], ensure_ascii=False)
    secrets = (*PRIVATE, code, passcode, renewed, "مریم", "احمدی", "120000000", "۱۲۳/۴۵/ص")
    assert [secret for secret in secrets if secret in everything] == []
    assert await whole(town)
    assert town.app is not None
    done = await compared(town.app.store, Walk(), Said())
    assert (done.walk.number, done.walk.problem, done.differences) == (len(kept), None, ())


async def test_who_opens_a_case_by_its_passcode_leaves_a_row_and_a_wrong_one_none(town: Town) -> None:
    officer, anybody = await town.officer(), await town.newcomer("حسن یوسفی")
    code, passcode = await file_proposal(officer)
    before = len(await rows(town))
    await anybody.says(code)
    await anybody.presses("دیدن جزئیات")
    await anybody.hears_all("AAAA1111")
    assert await said(town, before) == []
    await anybody.hears_all(passcode)
    assert await said(town, before) == [("case_unlocked", "", None, "", "case:1")]


async def test_the_anchor_comes_once_a_day_in_office_hours_and_is_taken_as_it_stands(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "مریم احمدی"), await town.officer()
    assert town.app is not None

    async def sweep() -> int:
        assert town.app is not None
        await swept(town.app.store, town.app.office, "show_anchor", show_anchor)
        await town.quiet()
        return admin.heard(ANCHOR)

    assert [await sweep(), await sweep()] == [1, 1]
    (shown,) = [m["text"] for m in admin.phone.messages() if ANCHOR in str(m["text"])]
    end = anchor_of(shown.partition("N")[2].splitlines()[0])
    kept = await rows(town)
    assert (end.number, kept[-1].deed, kept[-1].cause) == (len(kept) - 1, "anchor", "sweep:show_anchor")
    assert await whole(town, end)
    assert not await whole(town, Anchor(end.number, "0" * 32))
    assert officer.heard(ANCHOR) == 0
    await town.wait(hours=14)  # midnight has passed, the office is closed
    assert await sweep() == 1
    await town.wait(hours=10)
    assert await sweep() == 2


FORGED = (
    (
        "INSERT INTO audit (number, at, deed, role, about, codes, cause, mac)"
        " SELECT number + 1000, at + 86400000, deed, role, about, codes, cause, mac FROM audit"
        " WHERE deed = 'anchor'"
    ),
    "DROP TRIGGER audit_no_update; UPDATE audit SET at = at + 86400000 WHERE deed = 'anchor'",
    (
        "DROP TRIGGER audit_no_update; UPDATE audit SET deed = 'anchor', at = at + 86400000"
        " WHERE number = (SELECT number FROM audit_head)"
    ),
)


@pytest.mark.parametrize("statements", FORGED)
async def test_no_row_put_in_by_hand_silences_the_next_anchor(town: Town, statements: str) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    await sweep(town)
    for statement in statements.split(";"):
        await insider(town, statement)
    await town.wait(days=1)
    await sweep(town)
    assert admin.heard(ANCHOR) == 2


async def insider(town: Town, statement: str) -> None:
    """As somebody who may do everything with the store, and has no key."""
    await town.run(lambda work: work._transaction.connection.execute(text(statement), {}))  # noqa: SLF001


async def sweep(town: Town) -> None:
    assert town.app is not None
    await swept(town.app.store, town.app.office, "show_anchor", show_anchor)
    await town.quiet()


AUDIT = "رویدادنگاری"


def numbers(auditor: Resident) -> list[int]:
    """The numbers of the rows on the screen, as they stand."""
    return [int(found) for found in re.findall(r"ردیف (\d+)،", auditor.screen())]


async def test_the_auditor_turns_the_record_s_pages_and_reads_those_of_one_case(town: Town) -> None:
    auditor = await town.staff(Role.AUDITOR, "شیرین مرادی")
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    await agree(reviewer)
    await town.quiet()
    count = len(await rows(town))
    assert AUDIT in auditor.menu()
    await auditor.hears_all(AUDIT)
    shown = auditor.screen()
    assert numbers(auditor) == list(range(count, 0, -1))[:10]
    for said_of_it in (
        f"ردیف {to_persian_digits(str(count))}، ۱۴۰۵/۰۷/۱۳ ساعت ۱۰:۰",
        "موافقت، کارشناس بررسی، رضا کریمی",
        "ثبت پیشنهاد، کارشناس دستگاه، سارا محمدی",
        "دیدن پیشنهاد، کارشناس بررسی، رضا کریمی",
    ):
        assert said_of_it in shown
    assert [row.deed for row in (await rows(town))[count:]] == ["audit_seen"]
    if count > 10:
        await auditor.presses("صفحه بعد")
        assert numbers(auditor) == list(range(count, 0, -1))[10:20]

    await auditor.presses("رویدادهای یک کد")
    await auditor.hears_all(code)
    assert numbers(auditor) == [
        count,
        *[row.number for row in reversed(await rows(town)) if row.about == "case:1"][1:],
    ]
    assert [secret for secret in PRIVATE if secret in auditor.chat_text()] == []
    await auditor.presses("تازه‌ترین رویدادها")
    assert "دیدن رویدادنگاری، ناظر، شیرین مرادی" in auditor.screen()


async def test_nobody_else_has_the_record_and_an_unknown_code_is_said(town: Town) -> None:
    auditor, admin = await town.staff(Role.AUDITOR, "شیرین مرادی"), await town.staff(Role.ADMIN, "مریم احمدی")
    assert AUDIT not in admin.menu()
    await admin.hears_all("/audit")
    assert admin.heard("ردیف") == 0
    await auditor.hears_all(AUDIT)
    await auditor.presses("رویدادهای یک کد")
    await auditor.hears_all(new_tracking_code())
    assert "موردی با این کد رهگیری ثبت نشده است" in auditor.screen()
