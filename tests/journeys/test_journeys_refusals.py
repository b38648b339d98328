"""A review of a refusal, asked for by its agency: once, by somebody else, while the decision stands."""

import pytest
from journey_office import judge
from test_journeys_day import case_of, open_own, refuse
from town import Resident, Town, claim, file_proposal

from domain.lifecycle import State
from domain.roles import Role


def labels_of(message: dict[str, object]) -> list[str]:
    rows = message["inline"]
    assert isinstance(rows, list)
    return [button["text"] for row in rows for button in row]


async def ask_review(officer: Resident) -> int:
    """The agency asks for a review of its refused case; the message that it was asked from."""
    await open_own(officer)
    asked_from: int = officer.live()["id"]
    await officer.presses("درخواست بازنگری")
    await officer.says("لطفاً دوباره ببینید.")
    await officer.presses("بله، درخواست فرستاده شود")
    return asked_from


async def test_a_refusal_is_reviewed_once_by_somebody_else_and_replaced_by_another_director(
    town: Town,
) -> None:
    officer, first = await town.officer(), await town.reviewer()
    second = await town.reviewer("مینا صادقی")
    director = await town.staff(Role.DIRECTOR, "کاوه نوری")
    await file_proposal(officer)
    await claim(first)
    await first.presses("عدم موافقت", "☐ وجود مقررات خاص یا عمومی دیگر", "ادامه", "رد کردن")
    await first.presses("بله، عدم موافقت ثبت شود")
    await town.quiet()
    await open_own(officer)
    await officer.presses("درخواست بازنگری")
    await officer.says("این بدهی مقررات دیگری ندارد؛ نامه پیوست است.")
    await officer.presses("بله، درخواست فرستاده شود")
    await town.quiet()
    assert "تا پایان بازنگری، تصمیم پیشین برقرار است." in officer.screen()
    assert first.heard("درخواست بازنگری یک عدم موافقت رسید") == 0, "not whoever refused it"
    assert "بازنگری (۱)" in labels_of(await second.says("کارتابل"))
    await second.presses("بازنگری (۱)", "مورد ۱")
    await town.quiet()
    assert "متن دستگاه: این بدهی مقررات دیگری ندارد؛ نامه پیوست است." in second.screen()
    await second.told("برداشتن بازنگری")
    await second.told("پیشنهاد جایگزینی به مدیر")
    await second.says("حق با دستگاه است.")
    await second.presses("بله، پیشنهاد ثبت شود")
    await town.quiet()
    assert (await case_of(town)).state is State.NOT_AGREED, "the decision stands until it is replaced"
    await director.sees("پیشنهاد جایگزینی یک تصمیم رسید")
    await director.presses("دیدن پیشنهاد", "جایگزینی تصمیم", "با پیشنهاد موافقت شد")
    await director.presses("☐ اشتباه در رسیدگی پیشین", "ادامه", "بله، همه شرایط عمومی برقرار است")
    await director.says("مقررات دیگری در کار نیست.")
    await director.presses("بله، تصمیم تازه ثبت شود")
    await town.quiet()
    assert (await case_of(town)).state is State.AGREED
    assert officer.heard("با پیشنهاد موافقت شد") == 1
    assert "بازنگری (۱)" not in labels_of(await second.says("کارتابل"))


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_refusal_that_is_upheld_is_told_with_the_reason_and_not_reviewed_again(town: Town) -> None:
    officer, first = await town.officer(), await judge(town)
    second = await town.reviewer("پیمان رستمی")
    await file_proposal(officer)
    await refuse(town, first)
    asks = await ask_review(officer)
    await second.sees("درخواست بازنگری یک عدم موافقت رسید")
    await second.presses("دیدن پیشنهاد", "برداشتن بازنگری", "تأیید تصمیم پیشین")
    await second.says("سند تازه‌ای نیامده است.")
    await second.presses("بله، تأیید ثبت شود")
    await town.quiet()
    assert officer.heard("بازنگری انجام شد: تصمیم پیشین تأیید شد") == 1
    assert officer.heard("توضیح: سند تازه‌ای نیامده است.") == 1
    answer = await officer.told("درخواست بازنگری", message_id=asks, force=True)
    assert answer == "برای این تصمیم یک بار درخواست بازنگری ثبت شده است؛ بار دوم پذیرفته نمی‌شود."


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_director_does_not_follow_the_recommendation_and_the_agency_is_told_why(town: Town) -> None:
    officer, first = await town.officer(), await judge(town)
    second, director = await town.reviewer("پیمان رستمی"), await town.staff(Role.DIRECTOR, "کاوه نوری")
    await file_proposal(officer)
    await refuse(town, first)
    await ask_review(officer)
    await second.sees("درخواست بازنگری یک عدم موافقت رسید")
    await second.presses("دیدن پیشنهاد", "برداشتن بازنگری", "پیشنهاد جایگزینی به مدیر")
    await second.says("حق با دستگاه است.")
    await second.presses("بله، پیشنهاد ثبت شود")
    await director.sees("پیشنهاد جایگزینی یک تصمیم رسید")
    await director.presses("دیدن پیشنهاد", "تأیید تصمیم پیشین")
    await director.says("سند کافی نیست.")
    await director.presses("بله، تأیید ثبت شود")
    await town.quiet()
    assert (await case_of(town)).state is State.NOT_AGREED
    assert officer.heard("بازنگری انجام شد: تصمیم پیشین تأیید شد") == 1
    assert officer.heard("توضیح: سند کافی نیست.") == 1
    assert second.heard("تصمیم پیشین تأیید شد و جایگزین نمی‌شود") == 1
    assert "تأیید تصمیم پیشین" not in director.labels()
    assert "تصمیم پیشین تأیید شد، کاوه نوری: سند کافی نیست." in director.screen()
    await open_own(officer)
    assert "توضیح بازنگری: سند کافی نیست." in officer.screen()


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_review_that_was_taken_is_given_back_and_taken_by_another(town: Town) -> None:
    officer, first = await town.officer(), await judge(town)
    second, third = await town.reviewer("پیمان رستمی"), await town.reviewer("مینا صادقی")
    await file_proposal(officer)
    await refuse(town, first)
    await ask_review(officer)
    await second.sees("درخواست بازنگری یک عدم موافقت رسید")
    await second.presses("دیدن پیشنهاد", "برداشتن بازنگری")
    await town.quiet()
    assert (await case_of(town)).state is State.NOT_AGREED
    await second.presses("رها کردن بازنگری")
    await town.quiet()
    assert "برداشتن بازنگری" in second.labels()
    await third.says("کارتابل")
    await third.presses("بازنگری (۱)", "مورد ۱")
    await third.presses("برداشتن بازنگری", "تأیید تصمیم پیشین")
    await third.says("سند تازه‌ای نیامده است.")
    await third.presses("بله، تأیید ثبت شود")
    await town.quiet()
    assert officer.heard("بازنگری انجام شد: تصمیم پیشین تأیید شد") == 1
