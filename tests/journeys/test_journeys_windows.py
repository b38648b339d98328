"""Planned maintenance as people live through it: announced, frozen, ended, and gone on with."""

import pytest
from journey_windows import admin_of, announce, end, in_hours, passes
from town import BY_INSTALMENTS, Town, file_proposal


async def test_a_maintenance_is_announced_freezes_a_draft_and_lets_it_go_on_where_it_was(town: Town) -> None:
    admin = await admin_of(town)
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:4])
    await announce(admin, in_hours(town, 30))
    assert officer.heard("قطعی برنامه‌ریزی‌شده سامانه") == 1

    await passes(town, hours=29.1)
    assert officer.heard("تا یک ساعت دیگر آغاز می‌شود") == 1
    await passes(town, hours=1)
    assert officer.heard("قطعی برنامه‌ریزی‌شده سامانه آغاز شد") == 1
    assert officer.heard("محفوظ است؛ گام ۵ از ") == 1

    assert "پاسخ شما ثبت نشد" in (await officer.says("علی رضایی"))["text"]
    assert "ثبت شد" in (await officer.hears_all(code))[0]
    assert "این کار اکنون ممکن نیست" in (await officer.says("ثبت پیشنهاد"))["text"]
    assert "در جریان است" in (await officer.hears_all("وضعیت سامانه"))[0]

    await town.close()
    await town.open()
    await passes(town, minutes=1)
    assert officer.heard("قطعی برنامه‌ریزی‌شده سامانه آغاز شد") == 1, "nothing is announced twice"

    await end(admin)
    assert officer.heard("قطعی برنامه‌ریزی‌شده سامانه پایان یافت") == 1
    await officer.told("ادامه", force=True)
    assert "مقام مجازی که نامه پیشنهاد را امضا کرده است" in officer.screen()
    assert "سمت این مقام" in (await officer.says("علی رضایی"))["text"]


@pytest.mark.parametrize(("platform", "database_url"), [("bale", "sqlite")], indirect=True)
async def test_the_draft_of_a_complaint_gets_a_word_of_its_own_and_goes_on_afterwards(town: Town) -> None:
    admin, sender, other = await admin_of(town), await town.newcomer("sender"), await town.newcomer("other")
    await sender.says("شکایت و نظر", "شکایت", "نتیجه رسیدگی")
    await announce(admin, in_hours(town, 30))
    await passes(town, hours=30.1)
    assert sender.heard("پیش‌نویس «شکایت: نتیجه رسیدگی» محفوظ است؛ گام ۳ از ۸") == 1
    assert other.heard("محفوظ است") == 0
    assert "پاسخ شما ثبت نشد" in (await sender.says("نتیجه پیشنهاد ما اعلام نشد."))["text"]
    await end(admin)
    assert sender.heard("برای ادامه از همان گام «ادامه» را بزنید") == 1
    await sender.told("ادامه", force=True)
    assert "گام ۳ از ۸" in sender.screen()
    assert "گام ۴ از ۸" in (await sender.says("نتیجه پیشنهاد ما اعلام نشد."))["text"]
