"""Outcomes: asked once more, held back for a while, signed by a second person, replaced by a later one."""

from dataclasses import replace

import pytest
from journey_office import act, file_case, judge
from test_journeys_reviewing_desk import cards, sets
from town import Town, agree, claim, code_in, file_proposal, tick_all

from domain.lifecycle import State
from domain.roles import Role
from services import decisions, review
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_an_agreement_is_asked_about_once_more_with_what_it_sends(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    asked = await reviewer.presses("موافقت")
    assert "موافقت ثبت شود؟" in asked["text"]
    assert "«با پیشنهاد موافقت شد. مراتب را به بدهکار اعلام کنید.»" in asked["text"]
    await reviewer.told("بازگشت به پرونده")
    assert officer.heard("موافقت شد") == 0
    await reviewer.presses("موافقت", "بله، موافقت ثبت شود")
    await officer.sees("با پیشنهاد موافقت شد")


async def test_one_decision_that_cannot_be_published_does_not_stop_the_others(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "مریم احمدی")
    reviewer = await judge(town)
    await sets(town, undo_minutes=10)
    broken, sound = await file_case(town, officer), await file_case(town, officer)

    def decide(work: Work) -> None:
        for case in (broken, sound):
            review.claim(work, actor=reviewer, case_id=case.id)
            decisions.refuse(work, actor=reviewer, case_id=case.id, reasons=("special_rule.1",), note="نه")
        # A reason that no catalogue knows cannot be told: no form gives one, and no service takes one.
        held = work.reviews.pending(broken.id, broken.version + 1)
        assert held is not None
        work.reviews.drop(broken.id, held.on_version)
        work.reviews.hold_back(replace(held, reasons=("never_issued.9",)))

    await town.run(decide)
    await town.wait(minutes=11)
    states = await town.run(lambda work: [work.cases.get(case.id).state for case in (broken, sound)])
    assert states == [State.IN_REVIEW, State.NOT_AGREED]
    assert officer.heard("با پیشنهاد موافقت نشد") == 1
    assert admin.heard("تصمیمی برای نقص سامانه اعلام نشد") == 1
    await town.wait(minutes=30)
    assert admin.heard("تصمیمی برای نقص سامانه اعلام نشد") == 1, "no alarm at every sweep"


async def test_several_reasons_are_marked_and_a_mark_is_taken_back(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await reviewer.presses("عدم موافقت", "☐ کامل نبودن شرایط عمومی", "☐ وجود مقررات خاص یا عمومی دیگر")
    await reviewer.presses("☑ کامل نبودن شرایط عمومی")
    await reviewer.hears_all("مشمول نبودن طلبکار در ماده ۴۷")
    assert [label for label in reviewer.labels() if "☑" in label] == [
        "☑ وجود مقررات خاص یا عمومی دیگر",
        "☑ مشمول نبودن طلبکار در ماده ۴۷",
    ]
    await reviewer.presses("ادامه", "رد کردن")
    await reviewer.told("بله، عدم موافقت ثبت شود")
    told = await officer.sees("با پیشنهاد موافقت نشد")
    assert "وجود مقررات خاص یا عمومی دیگر (ماده ۴۷ قانون محاسبات عمومی کشور" in told["text"]
    assert "ماده ۱۶۷ قانون مالیات‌های مستقیم" in told["text"]
    assert "کامل نبودن" not in told["text"]


async def test_a_decision_is_held_back_taken_back_and_published_after_a_crash(town: Town) -> None:
    officer = await town.officer()
    reza, mina = await town.reviewer("رضا کریمی"), await town.reviewer("مینا صادقی")
    await sets(town, undo_minutes=10)
    code, _ = await file_proposal(officer)
    await claim(reza)
    await agree(reza)
    assert reza.labels()[0] == "بازپس‌گیری تصمیم"
    assert "در انتظار اعلام: موافقت" in reza.screen()
    assert officer.heard("موافقت") == 0
    assert "در حال بررسی" in (await officer.says(code))["text"]
    assert await reza.told("بازپس‌گیری تصمیم") == "تصمیم بازپس گرفته شد و به کسی اعلام نمی‌شود."
    await town.wait(minutes=11)
    assert officer.heard("با پیشنهاد موافقت شد") == 0
    await reza.presses("موافقت", "بله، موافقت ثبت شود")
    await town.quiet()
    await town.crash()
    await town.open()
    await town.wait(minutes=11)
    await town.sweep()
    assert officer.heard("با پیشنهاد موافقت شد") == 2, "once in the news, once in the view of the code"
    for reviewer in (reza, mina):
        assert len(cards(reviewer, code)) == 1
        assert "با پیشنهاد موافقت شد" in reviewer.screen()


async def test_who_decided_is_told_when_the_decision_could_not_be_published(town: Town) -> None:
    officer, reza = await town.officer(), await town.reviewer("رضا کریمی")
    mina = await town.reviewer("مینا صادقی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    await sets(town, undo_minutes=10)
    code, _ = await file_proposal(officer)
    await claim(reza)
    await agree(reza)
    await director.hears_all("کارتابل")
    await director.told("مورد ۱")
    await director.told("واگذاری به همکار")
    await director.told("مینا صادقی")
    assert "پرونده‌ای به شما واگذار شد" in mina.screen()
    await town.wait(minutes=11)
    assert "تصمیم شما اعلام نشد: موافقت" in reza.screen()
    assert len(cards(reza, code)) == 1
    assert officer.heard("با پیشنهاد موافقت شد") == 0


async def test_two_signatures_are_two_persons(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    await reviewer.hears_all(f"/start {await town.invite(Role.DIRECTOR, 'رضا کریمی')}")
    await sets(town, second_signature=True)
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    asked = await reviewer.presses("موافقت")
    assert "برای امضای دوم نزد مدیر می‌رود" in asked["text"]
    await reviewer.told("بله، موافقت ثبت شود")
    assert "امضا" not in reviewer.labels()
    assert officer.heard("موافقت شد") == 0
    assert code_in(director.screen()) == code
    assert "پیشنهادی در انتظار امضای دوم است" in director.screen()
    await director.told("دیدن پیشنهاد")
    assert "شرایط عمومی را رضا کریمی در" in director.screen()
    await director.presses("امضا", "بله، امضا ثبت شود")
    await officer.sees("با پیشنهاد موافقت شد")
    await town.quiet()
    assert "تصمیم: امضا" in director.screen(), "the closed card says who decided"
    assert "شرایط عمومی را رضا کریمی در" in director.screen(), "and whose ticks it rests on"
    assert len(cards(director, code)) == len(cards(reviewer, code)) == 1


async def test_a_director_who_will_not_sign_returns_it(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    await sets(town, second_signature=True)
    await file_proposal(officer)
    await claim(reviewer)
    await agree(reviewer)
    await director.presses("دیدن پیشنهاد", "بازگشت برای اصلاح", "☐ مورد دیگر", "ادامه")
    await director.hears_all("نامه باید به امضای وزیر باشد.")
    await director.told("بله، بازگردانده شود")
    told = await officer.sees("نیازمند اصلاح")
    assert "موضوع اصلاح: نامه باید به امضای وزیر باشد." in told["text"]


async def test_a_later_decision_replaces_the_published_one(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer("رضا کریمی")
    director = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    follower = await town.newcomer("follower")
    code, _ = await file_proposal(officer)
    await follower.hears_all(code)
    await follower.told("پیگیری این کد")
    await claim(reviewer)
    await agree(reviewer)
    assert "جایگزینی تصمیم" not in reviewer.labels()
    card = f"c:1:{(await town.run(lambda work: work.cases.get(1))).version}:open"
    here = director.phone.messages()[-1]["id"]
    await director.told(card, message_id=here, force=True)
    await director.presses("جایگزینی تصمیم", "با پیشنهاد موافقت نشد", "☐ رسیدن سند یا اطلاعات تازه", "ادامه")
    await director.presses("☐ وجود مقررات خاص یا عمومی دیگر", "ادامه")
    await director.hears_all("حکم تازه رسید.")
    await director.told("بله، تصمیم تازه ثبت شود")
    told = await officer.sees("این تصمیم جایگزین تصمیم پیشین اداره کل است.")
    assert "با پیشنهاد موافقت نشد" in told["text"]
    assert "دلیل جایگزینی: رسیدن سند یا اطلاعات تازه" in told["text"]
    assert "وجود مقررات خاص یا عمومی دیگر" in told["text"]
    assert follower.heard("با پیشنهاد موافقت نشد") >= 1
    assert "با پیشنهاد موافقت نشد" in (await officer.says(code))["text"]
    case = await town.run(lambda work: work.cases.by_code(code))
    assert case is not None
    assert case.state is State.NOT_AGREED


async def test_a_later_agreement_is_told_once_another_director_has_signed_it(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await sets(town, second_signature=True)
    first = await town.staff(Role.DIRECTOR, "لیلا مدیر")
    second = await town.staff(Role.DIRECTOR, "نادر کاظمی")
    case = await file_case(town, officer)
    await act(town, review.claim, reviewer, case)
    await act(town, decisions.refuse, reviewer, case, reasons=("special_rule.1",), note="نه")
    card = f"c:{case.id}:{case.version + 2}:open"
    await first.told(card, message_id=first.phone.messages()[-1]["id"], force=True)
    await first.presses("جایگزینی تصمیم", "با پیشنهاد موافقت شد", "☐ اشتباه در رسیدگی پیشین", "ادامه")
    await first.presses("بله، همه شرایط عمومی برقرار است")
    await first.hears_all("مبلغ اشتباه خوانده شده بود.")
    await first.told("بله، تصمیم تازه ثبت شود")
    assert "موافقت نخست: لیلا مدیر" in second.screen()
    assert "امضا" not in first.labels()
    assert officer.heard("با پیشنهاد موافقت شد") == 0
    assert "مبلغ اشتباه خوانده" not in officer.chat_text()
    await second.presses("دیدن پیشنهاد", "امضا", "بله، امضا ثبت شود")
    told = await officer.sees("با پیشنهاد موافقت شد")
    assert "این تصمیم جایگزین تصمیم پیشین اداره کل است." in told["text"]
    assert "توضیح: مبلغ اشتباه خوانده شده بود." in told["text"]
