"""«گزارش»: read by directors, admins and auditors, for any Jalali period."""

import pytest
from journey_office import act, agree, file_case, give_back, judge
from town import Resident, Town

from domain.roles import Role
from services import review

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]


async def a_week(town: Town) -> None:
    """Two cases: one agreed to, one given back; and one that waits."""
    officer, reviewer = await town.officer(), await judge(town)
    agreed, returned = await file_case(town, officer), await file_case(town, officer, debt_type="fine")
    await file_case(town, officer)
    await town.wait(days=1)
    for case in (agreed, returned):
        await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, agreed)
    await give_back(town, reviewer, returned)


async def reader(town: Town, role: Role = Role.AUDITOR) -> Resident:
    resident = await town.staff(role, "لیلا کاظمی")
    await resident.says("گزارش")
    return resident


async def test_a_report_counts_the_period_and_what_is_open_now(town: Town) -> None:
    await a_week(town)
    auditor = await reader(town)
    told = (await auditor.presses("این ماه"))["text"]
    for line in (
        "گزارش این ماه",
        "دوره: ۱۴۰۵/۰۷/۰۱ تا ۱۴۰۵/۰۷/۳۰",
        "ثبت پیشنهاد: ۳",
        "نخستین تصمیم: ۱",
        "موافقت: ۱",
        "بازگشت برای اصلاح: ۱",
        "میانه ۱ و صدک نودم ۱ روز کاری، از ۱ مورد",
        "هدفی تنظیم نشده است.",
        "نیازمند اصلاح: ۱",
    ):
        assert line in told.split("\n")
    by_agency = (await auditor.presses("به تفکیک دستگاه"))["text"]
    assert "• سازمان نمونه\nثبت: ۳؛ موافقت: ۱؛ عدم موافقت: ۰" in by_agency
    by_type = (await auditor.presses("به تفکیک نوع بدهی"))["text"]
    assert "• جریمه یا جزای نقدی\nثبت: ۱؛ موافقت: ۰؛ عدم موافقت: ۰" in by_type
    assert "نیاز به اصلاح بخش‌های نشان‌شده: ۱" in (await auditor.presses("دلیل‌ها"))["text"]
    voices = (await auditor.presses("نظرسنجی، شکایت و بازیابی رمز"))["text"]
    assert "بازیابی رمز\nدر این دوره درخواستی نبود." in voices
    assert "بار کار کارشناسان" not in auditor.labels()


async def test_a_director_sees_what_each_person_has_in_hand(town: Town) -> None:
    await a_week(town)
    director = await reader(town, Role.DIRECTOR)
    await director.presses("امسال")
    told = (await director.presses("بار کار کارشناسان"))["text"]
    assert "• مینا صادقی\nنزد او: ۰؛ تصمیم در این دوره: ۱" in told


async def test_a_period_of_ones_own_is_typed_and_a_wrong_order_is_asked_again(town: Town) -> None:
    await a_week(town)
    auditor = await reader(town)
    await auditor.presses("بازه دیگر")
    await auditor.says("۱۴۰۵/۰۷/۱۳")
    told = await auditor.hears_all("۱۴۰۵/۰۷/۱۲")
    assert "تاریخ پایان باید همان تاریخ آغاز یا پس از آن باشد" in told[0]
    told = await auditor.hears_all("۱۴۰۵/۰۷/۱۳")
    assert told[-1].startswith("گزارش\nدوره: ۱۴۰۵/۰۷/۱۳\n\nثبت پیشنهاد: ۳\nنخستین تصمیم: ۰")
    await auditor.presses("دلیل‌ها", "دوره‌های دیگر")
    assert (await auditor.presses("ماه پیش"))["text"].startswith("گزارش ماه پیش")


async def test_nobody_else_reads_a_report_nor_presses_its_buttons(town: Town) -> None:
    reviewer = await town.reviewer()
    assert "در نقش‌های شما نیست" in (await reviewer.says("گزارش"))["text"]
    auditor = await reader(town)
    for resident, action in (
        (reviewer, "rep:month:all:0"),
        (auditor, "rep:month:people:0"),
        (auditor, "rep:20261301-20261001:all:0"),
        (auditor, "rep:20261001:all:0"),
        (auditor, "rep:00010101-99991231:all:0"),
        (auditor, "rep:20261001-20261001-20261001:all:0"),
        (auditor, "rep:month:none:0"),
        (auditor, "rep:month:agency:x"),
    ):
        here = next(m["id"] for m in resident.phone.messages() if m["from"] == "bot")
        before = resident.heard("ثبت پیشنهاد:")
        await resident.told(action, message_id=here, force=True)
        assert resident.heard("ثبت پیشنهاد:") == before
