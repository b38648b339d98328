"""The whole journey as a newcomer tries it: `python -m bot demo`, a browser, a mouse and a keyboard."""

import re
from collections.abc import Callable
from pathlib import Path

from browsing import tab_to
from journey_stage import DESKTOP, PHONE, Person, Stage
from playwright.async_api import expect
from sent_files import PDF

_CODE = re.compile(r"\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}")
_PASSCODE = re.compile(r"(?:^|(?<=\u200f))[0-9A-HJKMNP-TV-Z]{8}$", re.MULTILINE)


async def test_a_proposal_goes_from_the_officer_to_the_reviewer_and_its_result_to_the_debtor(
    stage: Stage, tmp_path: Path, keep_pictures: Callable[..., None]
) -> None:
    officer, reviewer, debtor = map(stage.person, ("bale-officer", "bale-reviewer", "telegram-debtor"))
    await stage.page.get_by_role("button", name="بستن راهنما").click()

    code, passcode = await _file(stage, officer, tmp_path)
    await stage.shoot("filed")

    await reviewer.reads("پیشنهاد تازه رسید")
    await reviewer.presses("دیدن پیشنهاد", then="حسن یوسفی")
    await reviewer.presses("برداشتن", then="شرایط عمومی")
    await officer.reads("در حال بررسی")
    await _tick_everything(stage, reviewer)
    await reviewer.presses("موافقت", then="موافقت ثبت شود؟")
    await reviewer.presses("بله، موافقت ثبت شود", then="تقسیط، با پیشنهاد موافقت شد")
    result = await officer.reads("با پیشنهاد موافقت شد")
    assert _found(_CODE, result) == code
    await stage.shoot("agreed")

    stages = await debtor.types(code, then="با پیشنهاد موافقت شد")
    assert "حسن یوسفی" not in stages
    await debtor.presses("دیدن جزئیات", then="رمز")
    details = await debtor.types(passcode, then="جزئیات پیشنهاد")
    assert "حسن یوسفی" in details
    assert "۱۲۰٬۰۰۰٬۰۰۰ ریال" in details
    await expect(debtor.phone.get_by_text(passcode)).to_have_count(0)
    await stage.shoot("details")
    keep_pictures("journey", "phone")


async def test_the_keyboard_alone_begins_a_proposal_and_keeps_it_as_a_draft(
    stage: Stage,
) -> None:
    officer, page = stage.person("bale-officer"), stage.page

    async def goes_to_and_presses(label: str, with_key: str, way: str) -> None:
        await tab_to(page, officer.key(label), way)
        await page.keyboard.press(with_key)

    await tab_to(page, officer.phone.get_by_test_id("reply-key").first)
    await page.keyboard.press("Enter")
    await officer.reads("گام ۱ از")
    await goes_to_and_presses("تقسیط", "Space", "Shift+Tab")
    await officer.reads("گام ۲ از")
    await goes_to_and_presses("خیر", "Enter", "Tab")
    await officer.reads("گام ۳ از")
    await stage.shoot("keyboard")

    await tab_to(page, officer.composer)
    await page.keyboard.type("وزارتخانه")
    await page.keyboard.press("Enter")
    await officer.reads("گام ۴ از")
    await page.keyboard.type("انصراف")
    await page.keyboard.press("Enter")
    await officer.reads("انصراف می‌دهید؟")
    await goes_to_and_presses("ذخیره پیش‌نویس", "Enter", "Shift+Tab")
    await officer.reads("نگه داشته شد")


async def _file(stage: Stage, officer: Person, tmp_path: Path) -> tuple[str, str]:
    """File a proposal by instalments with the scan of its letter; gives its tracking code and passcode."""
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(PDF)
    await officer.picks("ثبت پیشنهاد", then="پیشنهاد دستگاه شما چیست؟")
    await officer.presses("تقسیط", then="مقررات خاص")
    await officer.presses("خیر", then="طلبکار")
    await officer.presses("وزارتخانه", then="جرم یا تخلف")
    await officer.presses("خیر", then="مقام مجاز")
    await officer.types("علی رضایی", then="سمت")
    await officer.types("مدیر کل", then="شماره نامه")
    await officer.types("۱۲۳/۴۵/ص", then="تاریخ نامه")
    await officer.types("دیروز", then="آیا درست است؟")
    await officer.presses("بله، درست است", then="تصویر نامه")
    await officer.uploads(letter, then="حقیقی است یا حقوقی")
    await officer.presses("شخص حقیقی", then="نام خانوادگی بدهکار")
    await officer.types("حسن یوسفی", then="کد ملی بدهکار")
    await officer.types("0499370899", then="تلفن همراه")
    await officer.presses("رد کردن", then="نوع بدهی چیست؟")
    await officer.presses("۳. کسری ابواب جمعی", then="مبلغ کل بدهی")
    await officer.types("۱۲۰ میلیون", then="یکصد و بیست میلیون ریال")
    await _shoot_on_a_phone(stage)
    await officer.presses("بله، درست است", then="پیش‌پرداخت")
    await officer.presses("رد کردن", then="چند قسط")
    await officer.types("۱۲", then="فاصله")
    await officer.presses("هر ماه", then="نخستین قسط")
    await officer.types("۳۰ روز بعد", then="آیا درست است؟")
    await officer.presses("بله، درست است", then="دلیل دستگاه")
    await officer.presses("رد کردن", then="مدارک دیگری")
    await officer.presses("رد کردن", then="خلاصه پیشنهاد")
    await stage.shoot("summary")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم", then="تأیید کردید")
    receipt = await officer.presses("ارسال پیشنهاد", then="پیشنهاد شما ثبت شد")
    return _found(_CODE, receipt), _found(_PASSCODE, receipt)


async def _tick_everything(stage: Stage, reviewer: Person) -> None:
    """Tick the five general conditions; «موافقت» is there only after the last."""
    open_ones = reviewer.word.get_by_test_id("inline-key").filter(has_text="تأیید نشده")
    await expect(open_ones).to_have_count(5)
    for left in (4, 3, 2, 1, 0):
        await expect(reviewer.key("موافقت")).to_have_count(0)
        await open_ones.first.click()
        await expect(open_ones).to_have_count(left)
        if left == 2:  # the middle of the journey
            await stage.shoot("journey")
    await expect(reviewer.key("موافقت")).to_have_count(1)


async def _shoot_on_a_phone(stage: Stage) -> None:
    await stage.resize(PHONE)
    await stage.shoot("phone")
    await stage.resize(DESKTOP)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found is not None, text
    return found.group()
