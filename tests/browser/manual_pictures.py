"""Renew the pictures of the operator's manual: `.venv/bin/python tests/browser/manual_pictures.py`.

The demo is started on a day of its own and walked as an admin would; every picture is one phone of the chat
page, in the light theme. All names, numbers and texts in them are invented.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from browsing import chromium_open  # noqa: E402 - found by the line above
from journey_stage import DESKTOP, PLAIN_WALLS, Stage, demo_running  # noqa: E402
from office_steps import ask_for_passcode, complain, plan_window, write_notice  # noqa: E402
from playwright.async_api import expect  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 390
SHORTEST, TALLEST = 640, 1500
ADMIN, SECOND, COMPLAINTS, AUDITOR = "bale-admin", "telegram-admin2", "bale-complaints", "telegram-auditor"

BUSY = {"kind": "latency", "bot": "telegram", "method": "*", "delay": 6}
"""Telegram is slow, so that a broadcast can be caught in the middle."""

ONLY_ONE = """(phone, words) => {
  document.activeElement.blur();
  phone.querySelector('[data-testid="to-end"]').style.display = words === null ? '' : 'none';
  const all = [...phone.querySelectorAll('[data-testid="message"]')];
  const shown = all.filter((message) => words !== null && message.textContent.includes(words)).at(-1);
  all.forEach((message) => { message.style.display = !shown || message === shown ? '' : 'none'; });
  phone.querySelectorAll('.day').forEach((day) => { day.style.display = shown ? 'none' : ''; });
}"""
FITTING = """phone => {
  const list = phone.querySelector('[data-testid="messages"]');
  const content = [...list.children].map((child) => child.getBoundingClientRect())
    .filter(({height}) => height);
  const height = content.at(-1).bottom - content[0].top;
  return phone.getBoundingClientRect().height - list.clientHeight + height + 48;
}"""


class Camera:
    """Takes pictures of phones at the width of a phone."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def take(self, phone: str, name: str, words: str = "") -> None:
        """The phone with its last message that says this, just tall enough, as docs/pictures/`name`.png."""
        page, shown = self.stage.page, self.stage.person(phone).phone
        await page.set_viewport_size({"width": WIDTH, "height": TALLEST})
        await page.get_by_test_id(f"tab-{phone}").click()
        await page.evaluate(PLAIN_WALLS)
        await shown.evaluate(ONLY_ONE, words)
        top = await shown.evaluate("phone => phone.getBoundingClientRect().top")
        height = max(SHORTEST, min(TALLEST, round(top + await shown.evaluate(FITTING))))
        await page.set_viewport_size({"width": WIDTH, "height": height})
        await shown.get_by_test_id("messages").evaluate("list => list.scrollTo(0, 0)")
        await shown.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        await shown.evaluate(ONLY_ONE, None)
        await self.stage.resize(DESKTOP)


async def menu_and_settings(stage: Stage, camera: Camera) -> None:
    """The admin's menu, the settings, the lists and one of them."""
    admin = stage.person(ADMIN)
    await admin.types("منو", then="منوی اصلی")
    await camera.take(ADMIN, "admin-menu")
    await admin.picks("تنظیمات", then="زمان هدف برای تصمیم")
    await camera.take(ADMIN, "admin-settings")
    await admin.presses("فهرست‌ها", then="هر تغییر از همین دم")
    await camera.take(ADMIN, "admin-lists")


async def calendar(stage: Stage, camera: Camera) -> None:
    """The working calendar, and a closure before it is confirmed."""
    admin = stage.person(ADMIN)
    await admin.picks("تنظیمات", then="زمان هدف برای تصمیم")
    await admin.presses("تقویم کاری", then="روزهای کاری این ماه")
    await camera.take(ADMIN, "admin-calendar")
    await admin.presses("افزودن تعطیلی", then="گام ۱")
    await admin.types("۱۴۰۵/۰۹/۱۵", then="گام ۲")
    await admin.types("آلودگی هوا", then="گام ۳")
    await camera.take(ADMIN, "admin-closure")


async def people(stage: Stage, camera: Camera) -> None:
    """The people, and an invitation."""
    admin = stage.person(ADMIN)
    await admin.picks("کاربران", then="کاوه صالحی")
    await camera.take(ADMIN, "admin-people")
    await admin.presses("دعوت همکار", then="برای چه نقشی")
    await admin.presses("کارشناس بررسی", then="نام و نام خانوادگی")
    await admin.types("مهدی صادقی", then="ساخته شود؟")
    await admin.presses("بله، دعوت‌نامه ساخته شود", then="مهدی صادقی")
    await camera.take(ADMIN, "admin-invitation")


async def window(stage: Stage, camera: Camera) -> None:
    """A maintenance before it is announced, and its card."""
    admin = stage.person(ADMIN)
    await plan_window(admin)
    await camera.take(ADMIN, "window-preview")
    await admin.answers("بله، اعلام شود", then="اعلام‌ها:")
    await admin.reads("در این مدت پیگیری با کد رهگیری")  # the announcement, which comes to the admin as well
    await admin.picks("وضعیت سامانه", then="قطعی بعدی")
    await camera.take(ADMIN, "system-status")


async def incident(stage: Stage, camera: Camera) -> None:
    """An incident: its preview, and its card once it is published."""
    admin = stage.person(ADMIN)
    await admin.picks("وضعیت سامانه", then="قطعی بعدی")
    await admin.presses("قطعی و اختلال", then="در پیش")
    await admin.presses("اختلال تازه", then="چه چیزی درست کار نمی‌کند؟")
    await admin.types("پیگیری با کد رهگیری", then="از چه ساعتی؟")
    await admin.presses("هم‌اکنون", then="گام ۳")
    await admin.types("پاسخ پیگیری دیر می‌رسد؛ علت در حال بررسی است.", then="گیرندگان")
    await camera.take(ADMIN, "incident-preview")
    await admin.answers("بله، منتشر شود", then="ثبت شد و برای همه فرستاده می‌شود")
    await stage.person("bale-officer").gets("پاسخ پیگیری دیر می‌رسد")
    await camera.take("bale-officer", "incident", "پاسخ پیگیری دیر می‌رسد")


async def notice(stage: Stage, camera: Camera) -> None:
    """A notice to everybody: its preview, the second admin's card, its progress and its report."""
    admin, second = stage.person(ADMIN), stage.person(SECOND)
    await write_notice(admin)
    await camera.take(ADMIN, "notice-preview")
    await admin.presses("تأیید و ارسال", then="در انتظار تأیید مدیر دوم")
    await second.gets("همکار شما نرگس رضایی تأیید شما را می‌خواهد")
    await camera.take(SECOND, "notice-second-admin")
    await stage.page.request.post("/sandbox/faults", data=BUSY)
    await second.answers("تأیید دوم و ارسال", then="در حال ارسال")
    await expect(admin.words("در حال ارسال").last).to_contain_text("فرستاده شد: ۵", timeout=40_000)
    await camera.take(ADMIN, "notice-progress", "در حال ارسال")
    await stage.page.request.delete("/sandbox/faults")
    await admin.gets("گزارش اطلاعیه", "فرستاده شد: ۹")
    await camera.take(ADMIN, "notice-report", "گزارش اطلاعیه")


async def reset(stage: Stage, camera: Camera) -> None:
    """The task of a forgotten passcode."""
    await ask_for_passcode(stage.person("bale-officer"))
    admin = stage.person(ADMIN)
    await admin.gets("درخواست رمز تازه", "سارا محمدی")
    await admin.presses("رسیدگی می‌کنم", then="در دست نرگس رضایی")
    await camera.take(ADMIN, "reset-task")


async def terms(stage: Stage, camera: Camera) -> None:
    """A new version of the agreement before it is published."""
    admin = stage.person(ADMIN)
    await admin.picks("توافق‌نامه خدمت", then="برای خواندن هر بخش")
    await admin.presses("تدوین نسخه تازه", then="نسخه‌ای در دست تدوین نیست")
    await admin.presses("۲. هدف", then="متن تازه این بخش")
    await admin.types(
        "هدف این توافقنامه، پاسخ روشن و به‌هنگام به دستگاه‌های اجرایی است.", then="در دست تدوین است"
    )
    await camera.take(ADMIN, "terms-draft")
    await admin.presses("تاریخ اجرا و انتشار", then="از چه تاریخی اجرا شود؟")
    await admin.types("۱۴۰۵/۱۰/۰۱", then="منتشر")
    await camera.take(ADMIN, "terms-publish")


async def complaint_and_report(stage: Stage, camera: Camera) -> None:
    """A complaint in hand, and the report of the year."""
    officer = stage.person(COMPLAINTS)
    await complain(stage.person("telegram-debtor"))
    await officer.gets("شکایت تازه رسید")
    await officer.presses("دیدن شکایت", then="ثبت‌کننده: کاربر بدون نقش")
    await officer.presses("برداشتن", then="نزد: لیلا کاظمی")
    await camera.take(COMPLAINTS, "complaint-card")
    auditor = stage.person(AUDITOR)
    await auditor.picks("گزارش", then="دوره را برگزینید")
    await auditor.presses("امسال", then="هم‌اکنون در جریان")
    await camera.take(AUDITOR, "report")


SCENES = (
    menu_and_settings,
    calendar,
    people,
    notice,
    window,
    incident,
    reset,
    terms,
    complaint_and_report,
)


async def main() -> None:
    """Walk every scene, each in a demo of its own."""
    wanted = set(sys.argv[1:])
    async with chromium_open() as browser:
        for scene in SCENES:
            if wanted and scene.__name__ not in wanted:
                continue
            with tempfile.TemporaryDirectory() as home:
                async with demo_running(Path(home)) as address:
                    context = await browser.new_context(color_scheme="light", base_url=address)
                    stage = await Stage.open(context, address)
                    await scene(stage, Camera(stage))
                    await context.close()


if __name__ == "__main__":
    asyncio.run(main())
