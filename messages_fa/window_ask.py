"""The questions by which an admin announces a maintenance or an incident."""

from typing import Final

from messages_fa.ask import Ask
from messages_fa.markup import Text, lines, say

NOW: Final = "هم‌اکنون"
TIMES: Final = ("۲۲:۰۰", "ساعت ۱۰ شب")
LENGTHS: Final = ("۲ ساعت", "۹۰ دقیقه", "یک ساعت و نیم")

DAY: Final = "روز آغاز"
TIME: Final = "ساعت آغاز"
LENGTH: Final = "مدت"
AFFECTED: Final = "آنچه در دسترس نیست"
REASON: Final = "دلیل"
WHY: Final = "دلیل اعلام دیرهنگام"
STAGE: Final = "مرحله"
TEXT: Final = "متن"

TITLES: Final = {
    "window": "قطعی برنامه‌ریزی‌شده",
    "window_move": "تغییر زمان قطعی",
    "window_extend": "تمدید قطعی",
    "window_why": "دلیل اعلام دیرهنگام",
    "incident": "اختلال",
    "incident_word": "گزارش تازه اختلال",
    "incident_draft": "پیش‌نویس اختلال",
}
"""What the forms are called, by name."""


def at_time(time: Text) -> Text:
    """«ساعت ۲۲:۰۰»: a time of the day as it is read back."""
    return say("ساعت {time}", time=time)


def _ask(*parts: str) -> Ask:
    text = lines(*(say(part) for part in parts))
    return lambda _answers: text


WINDOW: Final[dict[str, Ask]] = {
    "day": _ask("**قطعی در چه روزی آغاز می‌شود؟**", "تاریخ را بنویسید یا از تقویم بردارید."),
    "time": _ask("**در چه ساعتی آغاز می‌شود؟**", "ساعت به وقت تهران است."),
    "length": _ask("**چه مدت طول می‌کشد؟**"),
    "affected": _ask("**چه چیزی در دسترس نیست؟**", "همه کاربران این نوشته را می‌بینند."),
    "reason": _ask("**دلیل قطعی چیست؟**", "همه کاربران این نوشته را می‌بینند."),
    "extend": _ask("**قطعی تا چه مدت دیگر، از همین اکنون، ادامه دارد؟**"),
    "why": _ask(
        "**چرا این قطعی دیرتر از زمان مقرر اعلام می‌شود؟**",
        "این قطعی برنامه‌ریزی‌نشده شمرده می‌شود و دلیل آن در اطلاعیه می‌آید.",
    ),
}

INCIDENT: Final[dict[str, Ask]] = {
    "affected": _ask("**چه چیزی درست کار نمی‌کند؟**", "همه کاربران این نوشته را می‌بینند."),
    "since": _ask("**از چه ساعتی؟**", "نزدیک‌ترین زمان گذشته با این ساعت در نظر گرفته می‌شود."),
    "text": _ask("**به کاربران چه بگوییم؟**", "کوتاه بنویسید که چه می‌دانیم و چه می‌کنیم."),
    "stage": _ask("**اختلال در کدام مرحله است؟**"),
}
