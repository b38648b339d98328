"""A broadcast in a browser: written, counted, confirmed by two admins, sent before their eyes, reported."""

from journey_stage import PATIENCE_MS, Stage
from office_steps import NOTICE, write_notice
from playwright.async_api import expect


async def test_what_goes_to_everybody_is_confirmed_by_two_admins_and_reported(stage: Stage) -> None:
    admin, second = stage.person("bale-admin"), stage.person("telegram-admin2")
    await write_notice(admin)
    await admin.presses("ارسال آزمایشی به خودم", then="این پیام آزمایشی است")
    await admin.answers("تأیید و ارسال", then="تأیید نخست: نرگس رضایی")
    await expect(stage.person("bale-officer").words(NOTICE)).to_have_count(0)

    await second.reads("همکار شما نرگس رضایی تأیید شما را می‌خواهد")
    await second.answers("تأیید دوم و ارسال", then="۱۰۰ درصد")
    for phone in ("bale-officer", "bale-director", "telegram-debtor", "telegram-reviewer2"):
        await expect(stage.person(phone).words(NOTICE)).to_have_count(1, timeout=PATIENCE_MS)
    report = await admin.gets("گزارش اطلاعیه", NOTICE)
    assert "مخاطبان: ۹ نفر" in report
    assert "فرستاده شد: ۹" in report
