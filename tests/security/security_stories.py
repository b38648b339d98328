"""Stories in which everybody of the office is at work, for the buttons that stand on their screens then."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from journey_complaints import complain, take
from journey_windows import announce, in_hours
from town import Resident, Town, begin, claim, file_proposal, tick_all

from domain.roles import Role


class People(dict[str, Resident]):
    """The people of a story by what they are (the `revoked` one was a reviewer); remembers their buttons."""

    def __init__(self, **people: Resident) -> None:
        super().__init__(people)
        self.shown: dict[str, set[str]] = {who: set() for who in people}

    def look(self) -> None:
        """Note the buttons that stand in everybody's chat now."""
        for who, person in self.items():
            self.shown[who].update(_data(person))

    async def do(self, who: str, *acts: str) -> None:
        """Press each of these where a button is called so, and write it where none is."""
        for act in acts:
            if act in (label for label, _ in _buttons(self[who])):
                await self[who].told(act)
            else:
                await self[who].hears_all(act)
            self.look()


def _buttons(person: Resident) -> Iterator[tuple[str, str]]:
    for message in person.phone.chat.messages.values():
        markup: dict[str, Any] = message.raw.get("reply_markup") or {}
        for row in markup.get("inline_keyboard", []):
            yield from ((button["text"], button.get("callback_data", "")) for button in row)


def _data(person: Resident) -> set[str]:
    return {data for _, data in _buttons(person) if data}


DEBTOR = "حسن یوسفی"


async def everybody(town: Town) -> People:
    """One of each role, an officer of another agency, a stranger, and somebody whose role was taken away."""
    people = People(
        officer=await town.officer(),
        foreign=await town.officer("مینا صادقی", "سازمان دیگر"),
        reviewer=await town.reviewer(),
        director=await town.staff(Role.DIRECTOR, "علی حسینی"),
        complaints=await town.staff(Role.COMPLAINTS, "لیلا کاظمی"),
        admin=await town.staff(Role.ADMIN, "نرگس رضایی"),
        auditor=await town.staff(Role.AUDITOR, "شیرین مرادی"),
        stranger=await town.newcomer(DEBTOR),
        revoked=await town.reviewer("کاوه راد"),
    )
    await town.revoke("کاوه راد", Role.REVIEWER)
    return people


async def filing(people: People) -> None:
    """A proposal is filed and looked at; another one is left half-way."""
    officer = people["officer"]
    await file_proposal(officer)
    await people.do("officer", "پیشنهادهای من", "۱", "راهنما")
    await begin(officer)
    await people.do("officer", "پیش‌نویس‌ها")


async def reviewing(people: People) -> None:
    """A case in hand: its card, its notes, its decision asked for; and the director's view of the queue."""
    reviewer = people["reviewer"]
    await file_proposal(people["officer"])
    await claim(reviewer)
    await people.do("reviewer", "کارتابل", "پیوست‌ها", "یادداشت داخلی", "انصراف")
    await people.do("director", "کارتابل", "مورد ۱")
    await reviewer.hears_all("کارتابل")
    await reviewer.told("مورد ۱")
    await tick_all(reviewer)
    await people.do("reviewer", "موافقت")


async def complaining(people: People) -> None:
    """A complaint in the hands of the desk, and one that is being written."""
    await file_proposal(people["officer"])
    await complain(people["stranger"])
    await take(people["complaints"])
    await people.do("complaints", "شکایت‌ها", "یادداشت داخلی", "انصراف", "پاسخ دادن")
    await people["stranger"].says("شکایت و نظر", "شکایت", "تأخیر", "نتیجه اعلام نشد.")


async def announcing(people: People) -> None:
    """A maintenance is announced, and a notice is being written."""
    admin = people["admin"]
    await announce(admin, in_hours(admin.town, 30))
    await people.do("admin", "قطعی و اختلال", "قطعی ۱", "اطلاعیه‌ها", "اطلاعیه جدید")


async def staffing(people: People) -> None:
    """Somebody's page, an invitation asked for, and a substitute being chosen."""
    admin = people["admin"]
    await people.do("admin", "کاربران")
    await admin.told(next(label for label in admin.labels() if label.endswith("رضا کریمی")))
    await people.do("admin", "کاربران", "دعوت همکار", "کارشناس بررسی", "مینا امینی")
    await people.do("reviewer", "جانشین من", "تعیین جانشین")


async def setting(people: People) -> None:
    """The pages of the settings, of the calendar and of the lists, a value asked for; and the reports."""
    await people.do("admin", "تقویم کاری", "توافق‌نامه خدمت", "تنظیمات")
    await people["admin"].told(people["admin"].labels()[0])
    await people["admin"].told(people["admin"].labels()[0])
    for who in ("director", "auditor"):
        await people.do(who, "گزارش")


async def personal(people: People) -> None:
    """Two requests about one's own data, and the admin who reads one."""
    await file_proposal(people["officer"])
    await people.do("officer", "داده‌های من", "درخواست اصلاح داده", "نام من سارا محمودی است.")
    await people.do("stranger", "داده‌های من", "درخواست پاک کردن", "بله، درخواست ثبت شود")
    await people.do("admin", "درخواست‌های داده", "مورد ۱")


STORIES: dict[str, Callable[[People], Awaitable[None]]] = {
    story.__name__: story
    for story in (filing, reviewing, complaining, announcing, staffing, setting, personal)
}
