"""A new version of «توافق‌نامه خدمت»: published, told, accepted at the next filing, kept with the case."""

from journey_office import file_case
from town import Resident, Town, file_proposal

from domain.roles import Role
from services import agreement

NEW_TEXT = "این خدمت بدون هزینه است.\nهیچ پرداختی در این سامانه انجام نمی‌شود."


async def publish(admin: Resident, day: str) -> None:
    """Write another text of the fifth section and publish it from this day on."""
    await admin.says("توافق‌نامه خدمت")
    await admin.presses("تدوین نسخه تازه", "۵. هزینه ها و پرداخت ها")
    await admin.says(NEW_TEXT)
    await admin.sees("در دست تدوین است")
    await admin.presses("تاریخ اجرا و انتشار")
    await admin.phone.send(day)
    await admin.sees("این نسخه منتشر شود؟")
    await admin.phone.press("بله، منتشر شود")
    await admin.sees("توافق‌نامه منتشر شد")
    await admin.town.sweep()


async def versions_filed(town: Town) -> list[int]:
    """Under which version each case was filed, in order."""
    count = await town.cases()
    return await town.run(lambda work: [work.cases.get(n).terms_version for n in range(1, count + 1)])


async def test_a_new_version_is_published_told_accepted_at_the_next_filing_and_kept_with_the_case(
    town: Town,
) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    admin, stranger = await town.staff(Role.ADMIN, "لیلا کاظمی"), await town.newcomer("stranger")
    await file_case(town, officer, national_id="1360001239", amount=90_000_000)
    await publish(admin, "۱۴۰۵/۰۷/۱۴")
    for told in (officer, reviewer):
        assert told.heard("نسخه ۲ از ۱۴۰۵/۰۷/۱۴ اجرا می‌شود.") == 1
    assert (stranger.heard("نسخه تازه توافق‌نامه"), admin.heard("نسخه تازه توافق‌نامه")) == (0, 0)
    await file_case(town, officer, national_id="1360001239", amount=90_000_000)
    assert await versions_filed(town) == [1, 1], "until its day has come, the first version stands"
    await town.wait(days=1)
    asked = await officer.says("ثبت پیشنهاد")
    assert "افزوده شد: هیچ پرداختی در این سامانه انجام نمی‌شود." in asked["text"]
    assert "حذف شد: این خدمت بدون هزینه ارائه می گردند." in asked["text"]
    assert "پیشنهاد تازه‌ای ثبت نمی‌شود" in (await officer.presses("نمی‌پذیرم"))["text"]
    assert "همه: ۲" in (await officer.says("پیشنهادهای من"))["text"], "everything else works"
    await officer.says("ثبت پیشنهاد")
    assert "گام ۱" in (await officer.presses("می‌پذیرم"))["text"]
    await officer.told("انصراف")
    await file_proposal(officer)
    assert await versions_filed(town) == [1, 1, 2], "an earlier case keeps its own version"
    accepted = await town.run(lambda work: agreement.accepted(work, 1))
    assert [(one.version, one.at.date().isoformat()) for one in accepted] == [(2, "2026-10-06")]
