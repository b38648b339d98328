"""«تقویم کاری»: an admin closes the office for a day, and everybody whose target moves is told why."""

import datetime as dt

import pytest
from journey_calendar import closes, on_a_saturday_morning, sets, until
from journey_complaints import complain, take
from journey_office import act, file_case, give_back, judge, resubmit
from town import Resident, Town, code_in

from domain.roles import Role
from persian.dates import gregorian, jalali, show_date, show_long_date, tehran_day
from services import calendar, clocks, decisions, review
from storage.records import Case
from storage.work import Work

ON_BALE = pytest.mark.parametrize("platform", ["bale"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = dt.timedelta(days=1)


async def held(town: Town, officer: Resident) -> tuple[Case, Resident]:
    """A case just filed, and the reviewer who has claimed it on their own phone."""
    reviewer = await town.reviewer()
    case = await file_case(town, officer)
    actor = await town.run(lambda work: work.people.by_account(*address(reviewer)))
    assert actor is not None
    return await act(town, review.claim, actor.actor, case), reviewer


def address(resident: Resident) -> tuple[str, int]:
    """The account of a phone."""
    return resident.phone.person.platform, resident.phone.person.user_id


async def test_a_closure_at_a_days_notice_moves_the_target_and_the_people_are_told_why(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "لیلا کاظمی")
    saturday = await on_a_saturday_morning(town)
    await sets(town, decision_target="2d")
    case, reviewer = await held(town, officer)
    monday, tuesday = saturday + 2 * DAY, saturday + 3 * DAY
    assert await closes(admin, "پس‌فردا", "برودت هوا") == "بله، ثبت شود؛ ۱ تاریخ هدف جابه‌جا می‌شود"
    assert f"{show_long_date(monday)}: برودت هوا (تعطیلی اداره)" in admin.screen()
    await town.sweep()
    why = (
        f"به دلیل تعطیلی {show_long_date(monday)} (برودت هوا)، "
        f"تاریخ هدف از {show_date(monday)} به {show_date(tuesday)} تغییر کرد."
    )
    assert (officer.heard(why), reviewer.heard(why)) == (1, 1)
    await town.wait(hours=1)
    assert (officer.heard(why), reviewer.heard(why)) == (1, 1), "nobody is told twice"
    assert (
        f"هدف اداره کل برای اعلام نتیجه: تا {show_date(tuesday)}" in (await officer.says(case.code))["text"]
    )
    reasons = (await officer.presses("چرا این تاریخ؟"))["text"]
    assert f"تعطیلی اداره، {show_long_date(monday)}: برودت هوا" in reasons
    await reviewer.told("دیدن پیشنهاد")
    assert f"هدف برای تصمیم: {show_date(tuesday)} ساعت ۲۳:۵۹" in reviewer.screen()
    assert "چرا این تاریخ؟" in reviewer.labels()


@ON_BALE
@ON_SQLITE
async def test_a_closure_moves_the_target_of_a_complaint_and_both_sides_are_told_why(town: Town) -> None:
    handler, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    saturday = await on_a_saturday_morning(town)
    await sets(town, complaint_target="2d")
    code = code_in(await complain(sender))
    await take(handler)
    card = handler.live()["id"]
    monday, tuesday = saturday + 2 * DAY, saturday + 3 * DAY
    assert await closes(admin, "پس‌فردا", "برودت هوا") == "بله، ثبت شود؛ ۱ تاریخ هدف جابه‌جا می‌شود"
    await town.sweep()
    why = (
        f"به دلیل تعطیلی {show_long_date(monday)} (برودت هوا)، "
        f"تاریخ هدف از {show_date(monday)} به {show_date(tuesday)} تغییر کرد."
    )
    assert (sender.heard(why), handler.heard(why)) == (1, 1)
    await town.wait(hours=1)
    assert (sender.heard(why), handler.heard(why)) == (1, 1), "nobody is told twice"
    assert card in [message["id"] for message in handler.phone.messages()], "the open card stays"
    reasons = (await sender.presses("چرا این تاریخ؟"))["text"]
    assert "هدف اداره کل برای پاسخ: ۲ روز کاری" in reasons
    assert f"تعطیلی اداره، {show_long_date(monday)}: برودت هوا" in reasons
    await handler.told("دیدن شکایت")
    assert f"{show_date(tuesday)} ساعت ۲۳:۵۹" in handler.screen()
    assert "تعطیلی اداره" in (await handler.presses("چرا این تاریخ؟"))["text"]
    passer_by = await town.newcomer("passer_by")
    assert show_date(tuesday) in (await passer_by.says(code))["text"]
    assert "تعطیلی اداره" in (await passer_by.presses("چرا این تاریخ؟"))["text"]


@ON_BALE
@ON_SQLITE
async def test_a_complaint_is_warned_of_once_before_its_target_is_up_in_office_hours(town: Town) -> None:
    handler, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    saturday = await on_a_saturday_morning(town)
    await sets(town, complaint_target="2d", warn_before="1d")
    await complain(sender)
    await until(town, saturday + DAY, 7)
    await town.sweep()
    assert handler.heard("زمان هدف رو به پایان است") == 0
    await until(town, saturday + DAY, 9)
    await town.sweep()
    assert handler.heard("زمان هدف رو به پایان است") == 1
    await town.wait(hours=1)
    await town.sweep()
    assert (handler.heard("زمان هدف رو به پایان است"), sender.heard("زمان هدف رو به پایان است")) == (1, 0)
    await handler.told("دیدن شکایت")
    assert "هدف" in handler.screen()


@ON_BALE
@ON_SQLITE
async def test_a_closure_entered_by_mistake_is_taken_back_and_both_acts_stay_on_record(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "لیلا کاظمی")
    await on_a_saturday_morning(town)
    await sets(town, decision_target="2d")
    await file_case(town, officer)
    await closes(admin, "فردا", "آلودگی هوا")
    await admin.presses("تعطیلی‌های ثبت‌شده")
    assert "۱ تاریخ هدف جابه‌جا می‌شود" in (await admin.presses("لغو ۱"))["text"]
    await admin.told("بله، لغو شود")
    await town.sweep()
    assert officer.heard("تاریخ هدف از") == 0, "what came back to where it was is no news"
    listed = (await admin.presses("تعطیلی‌های ثبت‌شده"))["text"]
    assert (listed.count("لغو تعطیلی"), listed.count("تعطیلی اداره"), listed.count("لیلا کاظمی")) == (1, 1, 2)


@ON_BALE
@ON_SQLITE
async def test_office_hours_are_typed_as_people_write_them_and_bad_ones_are_asked_again(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("/calendar")
    assert "ساعت اداری: تنظیم نشده" in admin.screen()
    await admin.presses("ساعت اداری", "بخشی از هر سال")
    await admin.says("۱ دی", "۳۰ اسفند")
    assert "«از … تا …»" in (await admin.says("صبح"))["text"]
    assert "پس از آغاز آن" in (await admin.says("۱۴ تا ۸"))["text"]
    asked = (await admin.says("۷:۳۰ تا ۱۲ و ۱۳ تا ۱۶"))["text"]
    assert "هر سال از ۱ دی تا ۳۰ اسفند: ۷:۳۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۶:۰۰" in asked
    await admin.told(admin.labels()[0])
    assert "۱. هر سال از ۱ دی تا ۳۰ اسفند: ۷:۳۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۶:۰۰" in admin.screen()
    await admin.presses("تعطیلی‌های ثبت‌شده")
    assert "لیلا کاظمی" in (await admin.presses("تغییرهای ساعت و هفته"))["text"]
    await admin.presses("بازگشت به تقویم کاری")
    await admin.presses("حذف ساعت ۱")
    await admin.told("بله، حذف شود")
    assert "ساعت اداری: تنظیم نشده" in admin.screen()


@ON_BALE
@ON_SQLITE
async def test_a_week_keeps_a_working_day_and_lunar_days_wait_for_a_word(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.sweep()
    await admin.says("/calendar")
    await admin.presses("روزهای تعطیل هفته")
    for day in ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"):
        await admin.says(day)
    await admin.presses("ادامه")
    await admin.told(next(label for label in admin.labels() if label.startswith("بله، ثبت شود")))
    assert admin.heard("دست‌کم یک روز هفته باید روز کاری بماند") == 1
    await admin.says("جمعه")
    await admin.presses("ادامه")
    await admin.told(next(label for label in admin.labels() if label.startswith("بله، ثبت شود")))
    assert "تعطیل هفتگی: جمعه" in admin.screen()
    await admin.presses("تأیید تعطیلات قمری")
    (first, *_) = admin.labels()
    await admin.presses(first)
    await admin.told("بله، این روز تعطیل است")
    await admin.presses("تأیید تعطیلات قمری")
    assert first not in admin.labels()


@ON_BALE
@ON_SQLITE
async def test_a_target_that_passes_is_told_its_holder_then_the_directors_never_at_night(town: Town) -> None:
    officer, director = await town.officer(), await town.staff(Role.DIRECTOR, "نادر شریفی")
    saturday = await on_a_saturday_morning(town)
    await sets(town, decision_target="2d", warn_before="1d")
    _, reviewer = await held(town, officer)
    await until(town, saturday + DAY, 9)
    assert reviewer.heard("زمان هدف رو به پایان است") == 1
    await until(town, saturday + 3 * DAY, 3)
    assert reviewer.heard("زمان هدف گذشت") == 0, "nobody is woken"
    await until(town, saturday + 3 * DAY, 9)
    assert (reviewer.heard("زمان هدف گذشت"), director.heard("زمان هدف گذشته")) == (1, 0)
    await town.crash()
    await town.open()
    await until(town, saturday + 4 * DAY, 9)
    assert director.heard("نزد: رضا کریمی") == 1
    await town.wait(hours=2)
    assert (reviewer.heard("زمان هدف گذشت"), director.heard("زمان هدف گذشته")) == (1, 1)


@ON_BALE
@ON_SQLITE
async def test_an_officer_is_reminded_of_a_correction_half_way_and_when_it_is_late(town: Town) -> None:
    officer = await town.officer()
    saturday = await on_a_saturday_morning(town)
    await sets(town, correction_target="2d")
    case, by = await file_case(town, officer), await judge(town)
    await act(town, review.claim, by, case)
    given = {"reasons": ("marked.1",), "note": "نام بدهکار خوانا نیست."}
    await act(town, decisions.return_for_correction, by, case, **given)
    await until(town, saturday + 2 * DAY, 9)
    assert officer.heard("پیشنهاد در انتظار اصلاح شماست") == 1
    await until(town, saturday + 3 * DAY, 9)
    assert officer.heard("زمان هدف برای اصلاح گذشت") == 1
    assert officer.labels()[0] == "اصلاح پیشنهاد"


@ON_BALE
@ON_SQLITE
async def test_nobody_but_an_admin_opens_the_calendar_and_a_stranger_may_ask_why(town: Town) -> None:
    officer, stranger = await town.officer(), await town.newcomer("حسن")
    await on_a_saturday_morning(town)
    await sets(town, decision_target="2d")
    case = await file_case(town, officer)
    assert "در اختیار شما نیست" in (await stranger.says("/calendar"))["text"]
    await stranger.says(case.code)
    assert "هدف اداره کل برای تصمیم: ۲ روز کاری" in (await stranger.presses("چرا این تاریخ؟"))["text"]
    assert (await town.run(lambda work: clocks.why(work, case))) is not None


@ON_BALE
@ON_SQLITE
async def test_why_is_a_look_up_like_any_other_and_tells_a_stranger_no_moment_of_the_case(town: Town) -> None:
    officer, stranger = await town.officer(), await town.newcomer("حسن")
    saturday = await on_a_saturday_morning(town)
    await sets(town, decision_target="5d")
    case = await file_case(town, officer)
    by = await judge(town)
    case = await act(town, review.claim, by, case)
    case = await give_back(town, by, case)
    await until(town, saturday + 2 * DAY, 10)
    await resubmit(town, officer, case)
    await stranger.says(case.code)
    told = (await stranger.presses("چرا این تاریخ؟"))["text"]
    waits = next(line for line in told.splitlines() if "انتظار برای اصلاح" in line)
    assert (waits, "ساعت ۲۳:۵۹" in told) == ("زمان انتظار برای اصلاح دستگاه", False)
    await officer.says(case.code)
    assert "از " in next(
        line
        for line in (await officer.presses("چرا این تاریخ؟"))["text"].splitlines()
        if "انتظار اصلاح" in line
    )
    pressed = stranger.live()["id"]
    missed = []
    for code in (*["123456789012"] * 11, case.code):
        await stranger.told(f"cal:why:{code}", message_id=pressed, force=True)
        missed.append(stranger.screen())
    assert len(set(missed)) == 1, "a right code reads like a wrong one while the asker waits"
    assert missed[0] == (await stranger.says(case.code))["text"]


@ON_BALE
@ON_SQLITE
async def test_a_closure_is_taken_back_once_though_it_is_pressed_twice(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await on_a_saturday_morning(town)
    nowruz = gregorian(jalali(await town.run(lambda work: tehran_day(work.now)))[0] + 1, 1, 1)

    def closed(work: Work) -> int:
        person = work.people.by_account(*address(admin))
        assert person is not None
        calendar.close(work, person.actor, nowruz, "آلودگی هوا")
        return work.calendar.day(nowruz)[0].id

    row = await town.run(closed)
    await admin.says("/calendar")
    await admin.presses("تعطیلی‌های ثبت‌شده", "لغو ۱")
    asked = admin.live()["id"]
    for _ in range(2):
        await admin.told(f"cal:undo:{row}", message_id=asked, force=True)
    off = (await town.run(lambda work: work.calendar.in_force())).day_off(nowruz)
    assert (off.kind if off else None) == "holiday"
    assert "این فرض سامانه است" in (await admin.says("/calendar"))["text"]
