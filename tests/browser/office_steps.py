"""What several stories and the manual's pictures have people do on the chat page of the demo."""

from journey_stage import Person, Stage

from bot.demo.cases import FOURTH, PASSCODE

CODE = FOURTH.code
"""The tracking code of a proposal of the demo's history that a reviewer has in hand."""
OLD_PASSCODE = PASSCODE
COMPLAINT = "دستگاه دفترچه اقساط را هنوز نداده است."
NOTICE = "فردا اداره از ساعت ۱۰ باز است."


async def complain(sender: Person) -> str:
    """Send a complaint about no proposal; gives the acknowledgement."""
    await sender.picks("شکایت و نظر", then="چه می‌خواهید بفرستید؟")
    await sender.presses("شکایت", then="موضوع شکایت چیست؟")
    await sender.presses("دیر شدن رسیدگی", then="متن شکایت را بنویسید")
    await sender.types(COMPLAINT, then="درباره کدام پیشنهاد است؟")
    await sender.presses("رد کردن", then="اگر مدرکی دارید")
    await sender.presses("رد کردن", then="از طرف چه کسی")
    await sender.presses("از طرف خودم", then="بدون نام ثبت شود؟")
    await sender.presses("خیر", then="خلاصه شکایت")
    return await sender.presses("ارسال", then="شکایت شما ثبت شد")


async def plan_window(admin: Person) -> str:
    """Plan a maintenance for this afternoon, up to what is shown before it is announced."""
    await admin.picks("وضعیت سامانه", then="دسترس‌پذیری در ۹۰ روز گذشته")
    await admin.presses("قطعی و اختلال", then="در پیش")
    await admin.presses("قطعی تازه", then="در چه روزی")
    await admin.types("امروز", then="سه‌شنبه ۳ آذر ۱۴۰۵")
    await admin.presses("بله، درست است", then="در چه ساعتی")
    await admin.types("۱۵:۰۰", then="چه مدت")
    await admin.presses("یک ساعت", then="چه چیزی در دسترس نیست؟")
    await admin.types("ثبت و بررسی پیشنهادها", then="دلیل قطعی")
    return await admin.types("نصب نسخه تازه", then="گیرندگان: ۹ نفر")


async def write_notice(admin: Person) -> str:
    """Write news to everybody, up to its preview."""
    await admin.picks("اطلاعیه‌ها", then="نشست آموزشی")
    await admin.presses("اطلاعیه جدید", then="متن اطلاعیه را بنویسید")
    await admin.types(NOTICE, then="خبر است یا اطلاعیه خدمت؟")
    await admin.presses("خبر", then="برای چه کسانی است؟")
    await admin.presses("☐ همه، حتی کسانی که فقط پیگیری کرده‌اند", then="نشان‌شده")
    return await admin.presses("ادامه", then="جمع بدون تکرار: ۹ نفر، ۹ نفر در دسترس")


async def ask_for_passcode(officer: Person) -> None:
    """Ask for a new passcode of the proposal that is under review."""
    await officer.picks("پیشنهادهای من", then="شرکت آب‌نگار نمونه")
    await officer.presses("مورد ۲ · شرکت آب‌نگار نمونه", then="متن پیشنهاد")
    await officer.presses("رمز را فراموش کرده‌ام", then="درخواست رمز تازه ثبت شد")


async def move_clock(stage: Stage, step: str, times: int = 1) -> None:
    """Tap a step of the clock on the page itself, such as «۱ ساعت جلو»."""
    toggle = stage.page.get_by_test_id("tools-toggle")
    tools = stage.page.get_by_role("complementary", name="ابزار آزمایش")
    await toggle.click()
    for _ in range(times):
        await tools.get_by_role("button", name=step).click()
    await toggle.click()
