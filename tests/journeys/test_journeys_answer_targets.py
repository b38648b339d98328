"""The target for the answer to a complaint: who hears of it while somebody is away, or nobody is above."""

import datetime as dt

import pytest
from journey_calendar import DAY, closes, on_a_saturday_morning, sets, until
from journey_complaints import complain, take
from town import Resident, Town, claim, file_proposal

from domain.roles import Role
from persian.dates import show_date, show_long_date
from services import substitutes
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
NEAR, UP = "زمان هدف رو به پایان است", "زمان هدف گذشت"


async def stands_in(town: Town, absent: str, colleague: str, first_day: dt.date) -> None:
    """A colleague stands in from this day on."""

    def unit(work: Work) -> None:
        people = {person.name: person for person in work.people.all()}
        substitutes.appoint(
            work,
            by=people[absent].actor,
            substitute_id=people[colleague].id,
            first_day=first_day,
            last_day=first_day + 20 * DAY,
        )

    await town.run(unit)


def both(text: str, *residents: Resident) -> list[int]:
    """How often each has heard this."""
    return [resident.heard(text) for resident in residents]


async def test_who_stands_in_hears_of_the_complaint_that_lies_with_the_absent_one(town: Town) -> None:
    leila, mina = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.reviewer("مینا صادقی")
    director, admin = (
        await town.staff(Role.DIRECTOR, "نادر شریفی"),
        await town.staff(Role.ADMIN, "لیلا کاظمی"),
    )
    sender = await town.newcomer("sender")
    saturday = await on_a_saturday_morning(town)
    await sets(town, complaint_target="3d", warn_before="1d")
    await complain(sender)
    await take(leila)
    await stands_in(town, "لیلا احمدی", "مینا صادقی", saturday)
    await mina.says("شکایت‌ها")
    assert "نزد من (۱)" in mina.labels()
    await leila.told("نیاز به توضیح")
    await leila.says("چه روزی بود؟")
    await sender.told("پاسخ به پرسش")
    await sender.says("روز پنجم.")
    await town.quiet()
    assert both("توضیح ثبت‌کننده رسید", leila, mina) == [1, 1]
    await closes(admin, "پس‌فردا", "برودت هوا")
    await town.sweep()
    assert both("تاریخ هدف برای پاسخ تغییر کرد", leila, mina) == [1, 1]
    await until(town, saturday + 3 * DAY, 9)
    assert both(NEAR, leila, mina) == [1, 1]
    await until(town, saturday + 7 * DAY, 9)
    assert both("شکایتی که نزد شما بود به مدیر ارجاع شد", leila, mina) == [1, 1]
    assert both("شکایتی به مدیر ارجاع شد", director, mina) == [1, 0]


async def test_who_stands_in_for_a_reviewer_hears_that_the_target_of_the_case_has_moved(town: Town) -> None:
    officer, admin = await town.officer(), await town.staff(Role.ADMIN, "لیلا کاظمی")
    reza = await town.reviewer()
    saturday = await on_a_saturday_morning(town)
    await sets(town, decision_target="3d")
    await file_proposal(officer)
    await claim(reza)
    mina = await town.reviewer("مینا صادقی")
    await stands_in(town, "رضا کریمی", "مینا صادقی", saturday)
    await closes(admin, "پس‌فردا", "برودت هوا")
    await town.sweep()
    assert both("تاریخ هدف برای اعلام نتیجه تغییر کرد", reza, mina) == [1, 1]


async def test_a_missed_target_that_cannot_go_up_is_told_its_holder_and_the_admins_once(town: Town) -> None:
    leila, other = (
        await town.staff(Role.COMPLAINTS, "لیلا احمدی"),
        await town.staff(Role.COMPLAINTS, "زهرا کریمی"),
    )
    admin, sender = await town.staff(Role.ADMIN, "لیلا کاظمی"), await town.newcomer("sender")
    saturday = await on_a_saturday_morning(town)
    await sets(town, complaint_target="2d")
    await complain(sender)
    await take(leila)
    await until(town, saturday + 3 * DAY, 3)
    assert both(UP, leila, admin) == [0, 0], "nobody is woken"
    await until(town, saturday + 3 * DAY, 9)
    lacks = "مدیر مستقلی نیست که شکایت به او ارجاع شود."
    assert (both(UP, leila, other, sender), both(lacks, leila, admin)) == ([1, 0, 0], [0, 1])
    await town.wait(days=1)
    assert (leila.heard(UP), admin.heard(lacks)) == (1, 1)
    await leila.told("دیدن شکایت")
    assert "گذشته است" in leila.screen()


async def test_news_of_a_closure_that_came_before_a_question_is_told_after_its_reply(town: Town) -> None:
    leila, admin = (
        await town.staff(Role.COMPLAINTS, "لیلا احمدی"),
        await town.staff(Role.ADMIN, "لیلا کاظمی"),
    )
    sender = await town.newcomer("sender")
    saturday = await on_a_saturday_morning(town)
    await sets(town, complaint_target="2d")
    await complain(sender)
    await take(leila)
    await until(town, saturday, 20)
    await closes(admin, "پس‌فردا", "برودت هوا")
    await leila.told("نیاز به توضیح")
    await leila.says("چه روزی بود؟")
    await until(town, saturday + DAY, 9)
    assert both("تاریخ هدف از", sender, leila) == [0, 0]
    await until(town, saturday + 3 * DAY, 9)
    await sender.told("پاسخ به پرسش")
    await sender.says("روز پنجم.")
    await town.sweep()
    monday = saturday + 2 * DAY
    why = f"به دلیل تعطیلی {show_long_date(monday)} (برودت هوا) و انتظار برای توضیح ثبت‌کننده، تاریخ هدف از "
    assert both(why + show_date(monday), sender, leila) == [1, 1]
