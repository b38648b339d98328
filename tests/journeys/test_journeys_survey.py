"""The question about the service: beside everything else, and never in its way."""

import pytest
from journey_office import act, agree, file_case, judge
from town import Resident, Town

from domain.complaints import State
from services import review
from storage.records import Case

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
QUESTION = "رسیدگی به این پیشنهاد چگونه بود؟"


async def decided(town: Town) -> tuple[Resident, Case]:
    """An officer whose case was agreed to a while ago."""
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    return officer, case


def question(officer: Resident) -> int:
    """The number of the message that asks."""
    return int(next(m["id"] for m in reversed(officer.phone.messages()) if QUESTION in (m["text"] or "")))


async def test_one_tap_answers_it_while_a_form_stays_open(town: Town) -> None:
    officer, _ = await decided(town)
    await officer.says("ثبت پیشنهاد", "تقسیط")
    await town.wait(minutes=20)
    assert officer.heard(QUESTION) == 1
    asked = question(officer)
    assert await officer.told("۴", message_id=asked) == "امتیاز ۴ ثبت شد؛ سپاسگزاریم."
    await officer.says("خیر")
    assert "نوع دستگاه طلبکار" in officer.screen() or "طلبکار" in officer.screen()
    await town.sweep()
    assert officer.heard(QUESTION) == 0, "it was edited in place and is not asked again"


async def test_it_is_reminded_of_once_and_never_again(town: Town) -> None:
    officer, _ = await decided(town)
    await town.wait(minutes=20)
    await town.wait(days=1, minutes=5)
    await town.wait(days=7)
    assert officer.heard("یادآوری: رسیدگی به این پیشنهاد") == 1


async def test_a_low_score_offers_a_complaint_that_knows_the_case(town: Town) -> None:
    officer, case = await decided(town)
    await town.wait(minutes=20)
    await officer.told("۱")
    await officer.presses("ثبت شکایت")
    await officer.says("نتیجه رسیدگی", "نتیجه را نپذیرفتم.", "رد کردن", "از طرف خودم", "خیر")
    await officer.presses("ارسال")
    linked = await town.run(lambda work: [c.case_id for c in work.complaints.in_states({State.RECEIVED})])
    assert linked == [case.id]


async def test_a_score_can_be_typed_and_changed_for_twelve_hours(town: Town) -> None:
    officer, _ = await decided(town)
    await town.wait(minutes=20)
    await officer.says("امتیاز ۵")
    assert "امتیاز شما: ۵ از ۵" in officer.screen()
    await officer.told("۳")
    assert "امتیاز شما: ۳ از ۵" in officer.chat_text()
    await town.wait(hours=13)
    assert await officer.told("۱") == "از امتیاز شما ۱۲ ساعت گذشته است و دیگر تغییر نمی‌کند."
