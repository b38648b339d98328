"""How people of the town complain, and how the office handles it."""

from town import Resident

TEXT = "نتیجه پیشنهاد ما در زمان گفته‌شده اعلام نشد."


async def begin(sender: Resident) -> None:
    """Answer the questions up to the text, the text included."""
    await sender.says("شکایت و نظر", "شکایت", "نتیجه رسیدگی", TEXT)


async def complain(sender: Resident, *, code: str = "رد کردن", anonymous: str = "خیر") -> str:
    """Send a complaint about a case, or about none; gives the acknowledgement."""
    await begin(sender)
    await sender.says(code, "رد کردن", "از طرف خودم", anonymous)
    await sender.phone.press("ارسال")
    return str((await sender.sees("شما ثبت شد"))["text"])


async def take(officer: Resident) -> None:
    """Take the complaint of the newest prompt."""
    await officer.sees("رسید")
    await officer.presses("دیدن شکایت", "برداشتن")


async def answer(officer: Resident, text: str = "رسیدگی شد.", cause: str = "تأخیر در رسیدگی") -> None:
    """Answer the complaint whose card stands last."""
    await officer.presses("پاسخ دادن")
    await officer.says(text, cause)
    await officer.presses("بله، پاسخ فرستاده شود")
    await officer.town.quiet()
