"""Read-only mode, late and moved windows, incidents, «وضعیت سامانه»: on one messenger and one engine."""

import datetime as dt

import pytest
from journey_office import act, agree, file_case, judge
from journey_windows import admin_of, announce, end, in_hours, passes, plan, typed
from town import Town, fill_in

from bot.watchdog import PATIENCE, Watchdog
from domain.lifecycle import State
from messages_fa.markup import show
from messages_fa.status import hint
from messages_fa.windows import span
from persian.money import grouped
from services import review, settings, status

EVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_nothing_is_filed_or_decided_in_a_window_and_everything_is_afterwards(town: Town) -> None:
    admin, officer, reviewer = await admin_of(town), await town.officer(), await town.reviewer()
    by = await judge(town)
    await town.run(lambda work: settings.change(work, by=None, name="undo_minutes", value=30))
    decided = await file_case(town, officer, debtor_name="رضا کریمی", national_id="1360001239")
    waiting = await file_case(town, officer, debtor_name="مریم احمدی", national_id="0084575948")
    begins = in_hours(town, 2)
    await announce(admin, begins)
    await passes(town, hours=1.5)
    await act(town, review.claim, by, decided)
    await agree(town, by, decided)
    await fill_in(officer)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await passes(town, hours=1)

    told = await officer.told("ارسال پیشنهاد", force=True)
    assert told == hint(begins + dt.timedelta(hours=2), town.sandbox.clock())
    assert "همه پاسخ‌ها داده شده است" in officer.screen()
    assert await town.cases() == 2
    await reviewer.says("کارتابل", "مورد ۲")
    assert "سامانه در زمان قطعی است" in await reviewer.told("برداشتن")
    forged = f"c:{waiting.id}:{waiting.version}:claim.:show"
    assert "سامانه در زمان قطعی است" in await reviewer.told(
        forged, message_id=reviewer.live()["id"], force=True
    )
    assert await town.run(lambda work: work.cases.get(waiting.id).state) is State.SUBMITTED
    stands = await town.run(lambda work: work.cases.get(decided.id).state)
    assert stands is State.IN_REVIEW, "the decision that fell due waits"

    await end(admin)
    assert officer.heard("با پیشنهاد موافقت شد") == 1
    await officer.told("ارسال پیشنهاد", force=True)
    assert await town.cases() == 3


async def test_what_cannot_be_is_asked_again_with_the_rest_kept(town: Town) -> None:
    admin = await admin_of(town)
    await announce(admin, in_hours(town, 30))
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی تازه")
    day, clock = typed(in_hours(town, 30))
    assert "گذشته است" in (await admin.says("دیروز"))["text"]
    await admin.says(day)
    assert "ساعت را با دو رقم" in (await admin.says("دیروقت"))["text"]
    await admin.says(clock)
    assert "با واحد آن" in (await admin.says("۲"))["text"]
    assert "مدت باید از پنج دقیقه تا هفت روز باشد" in (await admin.says("۱ دقیقه"))["text"]
    word = await admin.says("۲ ساعت", "ثبت پیشنهادها", "وصله امنیتی")
    assert "در این زمان قطعی دیگری اعلام شده است" in word["text"]
    assert "در چه ساعتی آغاز می‌شود" in word["text"]
    word = await admin.says(typed(in_hours(town, 33))[1])
    assert "دلیل: وصله امنیتی" in word["text"]


async def test_a_window_that_comes_too_late_gives_its_reason_to_everybody(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await town.run(lambda work: settings.change(work, by=None, name="notice_lead", value="5d"))
    assert "کمترین فاصله اعلام تا آغاز قطعی ۵ روز کاری است" in await plan(admin, in_hours(town, 3))
    assert admin.labels() == ["زمان دیگر", "برنامه‌ریزی‌نشده با دلیل"]
    await admin.presses("برنامه‌ریزی‌نشده با دلیل")
    await admin.sees("چرا این قطعی دیرتر")
    await admin.says("رخنه امنیتی")
    await admin.told("بله، اعلام شود")
    await passes(town)
    assert officer.heard("قطعی برنامه‌ریزی‌نشده سامانه") == 1
    assert officer.heard("دیرتر از زمان مقرر اعلام می‌شود؛ دلیل: رخنه امنیتی") == 1


async def test_a_beginning_that_is_too_early_is_chosen_anew_and_the_window_stays_a_planned_one(
    town: Town,
) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await town.run(lambda work: settings.change(work, by=None, name="notice_lead", value="1d"))
    await plan(admin, in_hours(town, 3))
    shown = await admin.presses("زمان دیگر")
    assert "قطعی در چه روزی آغاز می‌شود؟" in shown["text"]
    assert "برنامه‌ریزی‌شده به شمار می‌آید" in shown["text"]
    await admin.says(*typed(in_hours(town, 200)))
    assert "دلیل: تعویض سخت‌افزار" in admin.screen()
    assert "مدت: دو ساعت" in admin.screen()
    await admin.told("بله، اعلام شود")
    await passes(town)
    told = ("قطعی برنامه‌ریزی‌شده سامانه", "برنامه‌ریزی‌نشده", "دیرتر از زمان مقرر")
    assert [officer.heard(each) for each in told] == [1, 0, 0]
    assert await town.run(lambda work: work.windows.drafts()) == (), "the first draft is gone"


async def test_a_window_moved_too_early_and_an_extension_that_comes_late_are_asked_anew_too(
    town: Town,
) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await announce(admin, in_hours(town, 200))
    await town.run(lambda work: settings.change(work, by=None, name="notice_lead", value="1d"))
    await admin.told("win:move:1", message_id=admin.live()["id"], force=True)
    assert "برنامه‌ریزی‌شده به شمار می‌آید" in admin.screen()
    await admin.says(*typed(in_hours(town, 3)))
    await admin.presses("یک ساعت", "زمان دیگر")
    await admin.says(*typed(in_hours(town, 210)))
    assert "زمان قطعی برنامه‌ریزی‌شده سامانه تغییر کرد" in admin.screen()
    await admin.told("بله، اعلام شود")
    await passes(town, hours=210.1)
    await admin.told("win:extend:1", message_id=admin.live()["id"], force=True)
    await admin.says("۲ ساعت")
    assert "قطعی تا چه مدت دیگر" in (await admin.presses("زمان دیگر"))["text"]
    await admin.says("۲ ساعت")
    await admin.presses("برنامه‌ریزی‌نشده با دلیل")
    await admin.says("کار بیش از برآورد است")
    told = (
        "زمان قطعی برنامه‌ریزی‌شده سامانه تغییر کرد",
        "این تمدید دیرتر از زمان مقرر اعلام می‌شود؛ دلیل: کار بیش از برآورد است",
    )
    assert [each in admin.screen() for each in told] == [True, True]
    await admin.told("بله، اعلام شود")
    await passes(town)
    assert [officer.heard(each) for each in (*told, "برنامه‌ریزی‌نشده")] == [2, 2, 0], "and what stood"
    await officer.hears_all("وضعیت سامانه")
    assert officer.heard("اکنون: قطعی برنامه‌ریزی‌شده در جریان است") == 1


async def test_a_moved_window_shows_the_old_time_struck_out_in_the_old_notice_too(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    begins = in_hours(town, 30)
    await announce(admin, begins)
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی ۱", "تغییر زمان")
    await admin.says(*typed(in_hours(town, 50)), "یک ساعت")
    await admin.presses("بله، درست است") if "بله، درست است" in admin.labels() else None
    await admin.told("بله، اعلام شود")
    await passes(town)
    moved = [
        m for m in officer.phone.messages() if "زمان قطعی برنامه‌ریزی‌شده سامانه تغییر کرد" in (m["text"] or "")
    ]
    assert ["<s>" in m["html"] for m in moved] == [True, True]
    assert officer.heard(f"زمان پیشین: {span(begins, begins + dt.timedelta(hours=2))}") == 2
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی ۱", "لغو قطعی")
    await admin.told("بله، لغو شود")
    await passes(town)
    await passes(town, hours=60)
    assert officer.heard("قطعی برنامه‌ریزی‌شده سامانه لغو شد") == 3, "the two that stood, and the word itself"
    assert officer.heard("آغاز شد") == 0


async def test_what_is_not_confirmed_now_waits_in_the_list_until_it_is_or_is_put_aside(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await plan(admin, in_hours(town, 30))
    await admin.presses("اکنون نه", "اختلال تازه")
    await admin.says("ارسال پیوست")
    await admin.presses("هم‌اکنون")
    await admin.says("در حال بررسی هستیم.")
    await admin.presses("اکنون نه")
    assert "هنوز اعلام نشده" in admin.screen()
    assert "اختلال ارسال پیوست" in admin.screen()
    await admin.presses("پیش‌نویس ۲", "بله، منتشر شود")
    await passes(town)
    assert officer.heard("در حال بررسی هستیم.") == 1
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "پیش‌نویس ۱")
    assert "دلیل: تعویض سخت‌افزار" in admin.screen()
    await admin.presses("کنار گذاشتن", "بازگشت به فهرست")
    assert "پیش‌نویس ۱" not in admin.labels()
    await passes(town)
    assert officer.heard("قطعی برنامه‌ریزی‌شده") == 0


async def test_an_incident_edits_its_notice_and_answers_it_with_each_word(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "اختلال تازه")
    await admin.says("ارسال پیوست")
    await admin.presses("هم‌اکنون")
    await admin.says("در حال یافتن علت هستیم.")
    await admin.told("بله، منتشر شود")
    await passes(town)
    assert officer.heard("اختلال در سامانه: بررسی") == 1
    await passes(town, minutes=40)
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "اختلال ۱", "گزارش تازه", "برطرف شد")
    await admin.says("پیوست‌ها دوباره پذیرفته می‌شود.")
    await admin.told("بله، منتشر شود")
    await passes(town)
    assert officer.heard("اختلال در سامانه: بررسی") == 0
    assert officer.heard("اختلال در سامانه: برطرف شد") == 1
    assert officer.heard("اختلال سامانه: برطرف شد") == 1
    assert officer.heard("مدت: چهل") == 2
    word = (await officer.says("/status"))["text"]
    assert "سامانه در دسترس است" in word
    share = (await town.run(status.standing)).figure
    assert (share.minutes, share.planned, share.unplanned > 40) == (129_600, 0, True)
    assert f"محاسبه: ۱۲۹٬۶۰۰ دقیقه منهای ۰ و {show(share.unplanned)} دقیقه می‌شود {grouped(share.up)}" in word
    assert "اختلال؛ از " in (await officer.presses("تاریخچه ۹۰ روز"))["text"]


class Seen:
    """What the watchdog is shown."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    async def obstacles(self) -> list[str]:
        return self.codes


class Watch:
    """Seconds that pass when the story says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        return self.seconds


async def test_what_the_watchdog_sees_reaches_the_admins_alone_until_they_publish_it(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    seen, watch = Seen(), Watch()
    assert town.app is not None
    dog = Watchdog(town.app.store, town.app.office, seen, watch)  # type: ignore[arg-type] # it never sleeps here
    for codes, seconds in ((["no_path:bale"], PATIENCE - 1), ([], 1), (["no_path:bale"], PATIENCE)):
        seen.codes = codes
        await dog.look()
        watch.seconds += seconds
        assert admin.heard("پیش‌نویس اختلال") == 0
    await dog.look()
    seen.codes = []
    watch.seconds += 60
    town.sandbox.clock.advance(60)
    await dog.look()
    await dog.look()
    await town.quiet()
    assert admin.heard("ارسال به بله ممکن نبود") == 2, "that it is, and that it is over"
    assert officer.heard("اختلال") == 0
    await admin.presses("نوشتن و انتشار")
    await admin.says("رسیدن پیام‌ها در بله", "برطرف شده است.")
    await admin.told("بله، منتشر شود")
    await passes(town)
    assert officer.heard("اختلال در سامانه: برطرف شد") == 1
    [incident] = await town.run(lambda work: work.incidents.within(EVER, work.now))
    assert incident.over_at is not None
    assert incident.over_at - incident.begun_at >= dt.timedelta(seconds=PATIENCE + 60)


async def test_past_its_end_the_admins_are_told_that_everybody_waits_for_them(town: Town) -> None:
    admin, officer = await admin_of(town), await town.officer()
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "انصراف", "ذخیره پیش‌نویس")
    await officer.says("ثبت پیشنهاد", "تقسیط")
    asked = officer.live()["id"]
    begins = in_hours(town, 1)
    await announce(admin, begins, "۱ ساعت")
    await passes(town, hours=1.1)
    assert (officer.heard("پیش‌نویس‌های شما محفوظ است"), officer.heard("قطعی سامانه آغاز شد")) == (1, 1)
    await officer.told("بازگشت", message_id=asked, force=True)
    assert "با این دکمه چیزی ثبت نشد" in officer.screen()
    await officer.hears_all("وضعیت سامانه")
    assert officer.labels() == ["تاریخچه ۹۰ روز"], "nothing can be gone on with now"
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    assert "خبر است یا اطلاعیه خدمت" in (await admin.says("سامانه تا شب باز می‌شود."))["text"]

    await passes(town, hours=1)
    waits = "تا شما پایان ندهید"
    assert (admin.heard(waits), officer.heard(waits)) == (1, 0)
    assert admin.labels() == ["پایان قطعی", "تمدید"]
    await admin.presses("پایان قطعی", "بله، پایان یابد")
    await passes(town)
    assert (officer.heard("پیش‌نویس‌های شما محفوظ است"), officer.heard("قطعی سامانه پایان یافت")) == (2, 1)
    assert "پیش‌نویس‌ها" in officer.labels()
    await admin.told("win:see:1", message_id=admin.live()["id"], force=True)
    told = ("قطعی برنامه‌ریزی‌شده، پایان یافت", "پایان اعلام‌شده: ")
    assert [admin.heard(each) for each in told] == [1, 1]


async def test_from_when_on_a_window_is_a_planned_one_is_said_before_its_first_question(town: Town) -> None:
    admin = await admin_of(town)
    await town.run(lambda work: settings.change(work, by=None, name="notice_lead", value="1d"))
    await admin.says("وضعیت سامانه")
    await admin.presses("قطعی و اختلال", "قطعی تازه")
    assert "کمترین فاصله اعلام تا آغاز قطعی ۱ روز کاری است." in admin.chat_text()
    assert "قطعی در چه روزی آغاز می‌شود؟" in admin.screen()
    await admin.says(*typed(in_hours(town, 200)))
    assert "چه چیزی در دسترس نیست؟" in (await admin.presses("یک ساعت"))["text"]
