"""«تنظیمات»: an admin sets what the office wants, and only an admin."""

import pytest
from town import Town

from domain.roles import Role
from services import settings

pytestmark = pytest.mark.parametrize("platform", ["bale"], indirect=True)


async def test_an_admin_sets_a_target_sees_it_and_takes_it_back(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    assert "زمان هدف برای تصمیم: تنظیم نشده" in (await admin.says("تنظیمات"))["text"]
    assert "چند ساعت" in (await admin.presses("۴. زمان هدف برای تصمیم"))["text"]
    await admin.phone.send("۷۲")
    await admin.sees("زمان هدف برای تصمیم: ۷۲ ساعت")
    await town.quiet()
    assert await town.run(lambda work: settings.number(work, "decision_target_hours")) == 72
    await admin.says("تنظیمات")
    await admin.phone.press("۴. زمان هدف برای تصمیم")
    await admin.sees("چند ساعت")
    assert "۷۲ ساعت، لیلا کاظمی" in admin.chat_text()
    await admin.told("تنظیم نشود")
    assert await town.run(lambda work: settings.number(work, "decision_target_hours")) is None


async def test_a_number_beyond_all_sense_is_asked_again_and_nothing_is_set(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("تنظیمات")
    await admin.presses("۲. مهلت بازپس‌گیری تصمیم")
    assert "از ۰ تا" in (await admin.says("۹۹۹۹۹"))["text"]
    assert await town.run(lambda work: settings.number(work, "undo_minutes")) is None


async def test_the_second_signature_is_switched_on_by_a_word(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("/settings", "۱")
    await admin.phone.send("بله")
    await admin.sees("امضای دوم برای موافقت: روشن")
    await town.quiet()
    assert await town.run(lambda work: settings.value(work, "second_signature")) is True


async def test_nobody_but_an_admin_sees_or_changes_settings(town: Town) -> None:
    reviewer = await town.reviewer()
    assert "در نقش‌های شما نیست" in (await reviewer.says("تنظیمات"))["text"]
    assert "تنظیمات" not in reviewer.menu()
