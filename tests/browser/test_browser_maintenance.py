"""A maintenance in a browser: announced, begun by the page's own clock, a draft frozen and taken up again."""

from journey_stage import Stage
from office_steps import move_clock, plan_window


async def test_a_draft_is_frozen_while_a_maintenance_goes_on_and_taken_up_at_its_step(stage: Stage) -> None:
    officer, admin = stage.person("bale-officer"), stage.person("bale-admin")
    await stage.page.get_by_role("button", name="بستن راهنما").click()
    await officer.picks("ثبت پیشنهاد", then="پیشنهاد دستگاه شما چیست؟")
    await officer.presses("تقسیط", then="مقررات خاص")
    await officer.presses("خیر", then="گام ۳ از")

    await plan_window(admin)
    await admin.answers("بله، اعلام شود", then="اعلام‌ها:")  # the word to everybody comes to the admin too
    await officer.gets("آغاز: سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۵:۰۰")
    await move_clock(stage, "۱ ساعت جلو", times=5)
    await officer.gets("قطعی سامانه آغاز شد", "گام ۳ از")
    await officer.gets("قطعی برنامه‌ریزی‌شده سامانه آغاز شد")
    await officer.types("وزارتخانه", then="پاسخ شما ثبت نشد")

    await admin.gets("قطعی برنامه‌ریزی‌شده سامانه آغاز شد")
    await admin.picks("وضعیت سامانه", then="قطعی برنامه‌ریزی‌شده در جریان است")
    await admin.presses("قطعی و اختلال", then="در جریان")
    await admin.presses("قطعی ۱", then="خبر آغاز")
    await admin.presses("پایان قطعی", then="پایان یابد؟")
    await admin.answers("بله، پایان یابد", then="خبر پایان")
    await officer.gets("قطعی برنامه‌ریزی‌شده سامانه پایان یافت")
    await move_clock(stage, "۱۰ دقیقه جلو")
    await officer.gets("می‌توانید ادامه دهید", "گام ۳ از")
    await officer.answers("ادامه", then="دستگاه طلبکار از کدام نوع است؟")
    await officer.presses("وزارتخانه", then="جرم یا تخلف")
