"""The desk of complaints: the queue, the card, asking back, going up, and who must not see it."""

import pytest
from journey_complaints import TEXT, answer, complain, take
from journey_office import file_case
from town import Town, code_in

from domain.complaints import Action, State
from domain.roles import Role
from services import complaint_acts, settings
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_a_question_goes_out_and_its_reply_comes_back_to_the_same_card(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    await complain(sender)
    await take(officer)
    await officer.presses("نیاز به توضیح")
    await officer.says("نامه در چه روزی فرستاده شد؟")
    asked = await sender.sees("توضیح می‌خواهد")
    assert "نامه در چه روزی فرستاده شد؟" in asked["text"]
    await sender.presses("پاسخ به پرسش")
    await sender.says("روز پنجم.")
    await sender.sees("توضیح شما رسید")
    await officer.sees("توضیح ثبت‌کننده رسید")
    await officer.presses("دیدن شکایت")
    assert "روز پنجم." in officer.screen()
    await answer(officer)
    await sender.sees("پاسخ اداره کل رسید")
    assert await sender.told("بله، راضی بودم") == "از شما سپاسگزاریم؛ رسیدگی پایان یافت."
    assert "رسیدگی شد." in sender.chat_text(), "the answer stays to be read"


async def test_a_card_is_one_message_and_old_buttons_say_that_they_are_old(town: Town) -> None:
    first, second = [await town.staff(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری")]
    sender = await town.newcomer("sender")
    code = code_in(await complain(sender))
    await take(first)
    await second.presses("دیدن شکایت")
    await town.quiet()
    assert "نزد: لیلا احمدی" in second.screen()
    assert "برداشتن" not in second.labels()
    card = first.live()["id"]
    complaint = await town.run(lambda work: work.complaints.by_code(code))
    assert complaint is not None
    assert await second.told(f"cmp:{complaint.id}:1:claim", message_id=second.live()["id"], force=True) == (
        "این شکایت را لیلا احمدی برداشته است."
    )
    stale = f"cmp:{complaint.id}:1:release"
    assert "تغییر کرده است" in await first.told(stale, message_id=card, force=True)
    await first.presses("یادداشت داخلی")
    await first.hears_all("با واحد بررسی تماس گرفته شد.")
    assert "با واحد بررسی تماس گرفته شد." in first.screen()
    await first.presses("واگذاری به همکار", "مینا نادری")
    await second.sees("شکایتی به شما واگذار شد")
    await second.presses("دیدن شکایت", "رها کردن")
    await town.quiet()
    assert "برداشتن" in first.labels()
    await second.says("شکایت‌ها")
    assert "رسیدگی‌نشده (۱)" in second.labels()
    assert first.heard(TEXT) == 1
    assert "با واحد بررسی" not in sender.chat_text()


async def test_who_filed_the_case_neither_sees_nor_takes_a_complaint_about_it(town: Town) -> None:
    both = await town.officer("سارا محمدی")
    token = await town.invite(Role.COMPLAINTS, "سارا محمدی")
    await both.says(token)
    case = await file_case(town, both)
    sender = await town.newcomer("sender")
    code = code_in(await complain(sender, code=case.code))
    await town.quiet()
    assert both.heard("شکایت تازه رسید") == 0
    assert "موردی در این فهرست نیست" in (await both.says("شکایت‌ها"))["text"]
    complaint = await town.run(lambda work: work.complaints.by_code(code))
    assert complaint is not None
    for verb in ("open", "claim", "answer", "note", "files"):
        told = await both.told(
            f"cmp:{complaint.id}:{complaint.version}:{verb}", message_id=both.live()["id"], force=True
        )
        assert told == "شما در روند این پرونده نقش داشته‌اید؛ شخص دیگری به این شکایت رسیدگی می‌کند."
    assert TEXT not in both.chat_text()


async def test_a_missed_target_goes_up_to_a_director_in_office_hours(town: Town) -> None:
    await town.run(lambda work: settings.change(work, by=None, name="complaint_target", value="1d"))
    officer, director = (
        await town.staff(Role.COMPLAINTS, "لیلا احمدی"),
        await town.staff(Role.DIRECTOR, "مدیر کل"),
    )
    sender = await town.newcomer("sender")
    receipt = await complain(sender)
    assert "هدف اداره کل برای پاسخ" in receipt
    await take(officer)
    await town.wait(days=4, hours=13)  # eleven at night
    assert director.heard("به مدیر ارجاع شد") == 0
    await town.wait(hours=11)
    await director.sees("شکایتی به مدیر ارجاع شد")
    await officer.sees("شکایتی که نزد شما بود به مدیر ارجاع شد")
    await town.sweep()
    assert director.heard("شکایتی به مدیر ارجاع شد") == 1
    view = await sender.says(code_in(receipt))
    assert "این مورد به مدیر ارجاع شد." in view["text"]
    await director.presses("دیدن شکایت", "برداشتن")
    await answer(director)
    await sender.sees("پاسخ اداره کل رسید")


async def test_an_answer_needs_text_and_cause_and_may_be_left(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    await complain(sender)
    await take(officer)
    await officer.presses("پاسخ دادن")
    assert "نمونه:" in (await officer.says("؟"))["text"]
    assert "نمونه:" in (await officer.says("رسیدگی شد.", "نمی‌دانم"))["text"]
    await officer.says("انصراف")
    await officer.presses("انصراف")
    await town.quiet()
    assert sender.heard("پاسخ اداره کل رسید") == 0
    last = sender.phone.messages()[-1]["id"]
    assert await sender.told("cmp:1:2:answer", message_id=last, force=True) == (
        "رسیدگی به این شکایت اکنون با شما نیست."
    )


async def test_who_gets_no_reply_goes_on_and_a_late_reply_still_comes(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    await complain(sender)
    await take(officer)
    await officer.presses("نیاز به توضیح")
    await officer.hears_all("نامه در چه روزی فرستاده شد؟")
    await officer.presses("ادامه بدون پاسخ")
    await sender.sees("رسیدگی بدون پاسخ شما ادامه یافت")
    await town.quiet()
    assert "پاسخ دادن" in officer.labels()
    await sender.says("پاسخ به پرسش", "روز پنجم.")
    await sender.sees("توضیح شما رسید")
    await officer.sees("توضیح ثبت‌کننده رسید")
    await officer.presses("دیدن شکایت")
    assert "روز پنجم." in officer.screen()


async def test_all_that_was_written_can_be_read_to_its_end(town: Town) -> None:
    first, second = [await town.staff(Role.COMPLAINTS, name) for name in ("لیلا احمدی", "مینا نادری")]
    sender = await town.newcomer("sender")
    await complain(sender)
    await take(first)
    await answer(first)
    await sender.presses("خیر، اعتراض دارم")
    await sender.says(f"{'واژه ' * 180}خواسته من")
    await take(second)
    assert "خواسته من" in second.screen()
    for number in range(3):
        await second.presses("یادداشت داخلی")
        await second.hears_all(f"{'واژه ' * 180}نکته {number}")
    assert "نکته ۰" not in second.screen()
    assert "خواسته من" in second.screen(), "what was said last stays"
    await second.presses("متن کامل")
    await town.quiet()
    assert [n for n in range(3) if f"نکته {n}" not in second.chat_text()] == []


async def test_an_answer_that_comes_too_late_is_kept_as_a_note(town: Town) -> None:
    officer, director = [
        await town.staff(role, name)
        for role, name in ((Role.COMPLAINTS, "لیلا احمدی"), (Role.DIRECTOR, "مدیر کل"))
    ]
    code = code_in(await complain(await town.newcomer("sender")))
    await take(officer)
    await officer.presses("پاسخ دادن")
    await officer.says("متن بلند پاسخ من.", "تأخیر در رسیدگی")

    def goes_up(work: Work) -> None:
        about = work.complaints.by_code(code)
        assert about is not None
        complaint_acts.act(work, actor=None, complaint=about, action=Action.ESCALATE)

    await town.run(goes_up)
    await officer.presses("بله، پاسخ فرستاده شود")
    await officer.sees("به‌صورت یادداشت داخلی نگه داشته شد.")
    await director.says("شکایت‌ها")
    await director.presses("مورد ۱")
    assert "متن بلند پاسخ من." in director.screen()


async def test_with_two_answers_a_typed_word_asks_which_is_meant(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    codes = []
    for _ in range(2):
        codes.append(code_in(await complain(sender)))
        await take(officer)
        await answer(officer)
    first, *rest = await sender.hears_all("بله، راضی بودم")
    assert first.startswith("چند مورد از شما در انتظار است")
    assert [code_in(shown) for shown in rest] == codes

    def states(work: Work) -> list[State]:
        return [found.state for code in codes if (found := work.complaints.by_code(code))]

    assert await town.run(states) == [State.ANSWERED] * 2
    await sender.told("بله، راضی بودم", message_id=sender.live()["id"])
    assert await town.run(states) == [State.ANSWERED, State.CLOSED]


async def test_an_answer_is_asked_about_though_nobody_says_that_it_will_do(town: Town) -> None:
    officer, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    await complain(sender)
    await take(officer)
    await answer(officer)
    await sender.says("امتیاز ۵")
    await sender.sees("اکنون پرسشی درباره خدمت باز نیست")
    await town.wait(minutes=20)
    await sender.sees("رسیدگی به این شکایت یا نظر چگونه بود؟")
    await town.wait(minutes=20)
    assert sender.heard("رسیدگی به این شکایت یا نظر چگونه بود؟") == 1
