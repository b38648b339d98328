"""Complaints as those read them who handle them: prompts, the queue, the card and short answers."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from messages_fa import buttons
from messages_fa.complaints import CATEGORIES, NOUNS, STAGES
from messages_fa.form import shortened
from messages_fa.general import age, page_in_title
from messages_fa.markup import RLM, Text, code_line, lines, paragraphs, say
from persian.dates import show_date

CAUSES: Final[dict[str, str]] = {
    "delay": "تأخیر در رسیدگی",
    "mistake": "اشتباه در رسیدگی",
    "conduct": "شیوه برخورد",
    "information": "نارسا بودن اطلاع‌رسانی",
    "system_fault": "اشکال سامانه",
    "other_body": "مربوط به دستگاه دیگر",
    "rules": "الزام مقررات",
    "not_upheld": "وارد نبودن شکایت",
    "noted": "نظر یا پیشنهاد؛ ثبت و بررسی شد",
    "other": "علت دیگر",
}
"""By `domain.complaints.CAUSES`."""

ANSWER: Final = "متن پاسخ"
CAUSE: Final = "علت"
QUESTION: Final = "پرسش"
SURE: Final = "تأیید"
ANSWERING: Final = "پاسخ به شکایت"
ASKING: Final = "پرسش از ثبت‌کننده"
_LISTED: Final = 60


def ask_answer(_answers: object) -> Text:
    """The answer's text; it is not sent to an anonymous sender, who opens it with the passcode."""
    return lines(
        say("**متن پاسخ را بنویسید.**"),
        say("ثبت‌کننده همین متن را می‌خواند (در ثبت بدون نام، با رمز خود)؛ نام کسی را در آن ننویسید."),
    )


def ask_cause(_answers: object) -> Text:
    """What it came from."""
    return say("**علت این مورد چه بود؟** این علت فقط در گزارش‌های اداره کل شمرده می‌شود.")


def ask_sure(_answers: object) -> Text:
    """Whether the answer is meant."""
    return say("**پاسخ همین حالا فرستاده شود؟** پس از فرستادن، تغییر نمی‌کند.")


def ask_question(_answers: object) -> Text:
    """The question to who complained."""
    return say("**چه توضیحی لازم است؟** پرسش برای ثبت‌کننده فرستاده می‌شود و زمان تا پاسخ او نمی‌گذرد.")


def ask_note(_answers: object) -> Text:
    """The internal note."""
    return lines(
        say("**یادداشت داخلی را بنویسید.**"),
        say("فقط کسانی که به این شکایت رسیدگی می‌کنند آن را می‌بینند."),
    )


# What comes by itself


def prompt(kind: str, category: str, code: str, *, objection: bool = False) -> Text:
    """Something new has come in, or an objection."""
    title = "**اعتراض به یک پاسخ رسید**" if objection else "**{kind} تازه رسید**"
    return lines(
        say(title, kind=NOUNS[kind]),
        say("موضوع: {category}", category=CATEGORIES[category]),
        say("کد رهگیری:"),
        code_line(code),
    )


def prompt_status(code: str, state: str, holder: str) -> Text:
    """What a prompt turns into once somebody has acted."""
    return lines(
        say("**شکایت: {stage}**", stage=STAGES[state]),
        say("نزد: {holder}", holder=holder) if holder else Text(),
        say("کد رهگیری:"),
        code_line(code),
    )


def handed_over(code: str, by: str) -> Text:
    """To the colleague who now holds it."""
    return lines(
        say("**شکایتی به شما واگذار شد**"),
        say("واگذارنده: {by}", by=by),
        say("کد رهگیری:"),
        code_line(code),
    )


def escalated(code: str) -> Text:
    """To the directors: the target is missed."""
    return lines(
        say("**شکایتی به مدیر ارجاع شد**"),
        say("زمان هدف پاسخ گذشته است."),
        say("کد رهگیری:"),
        code_line(code),
    )


def went_up(code: str) -> Text:
    """To who held it: it went up to the directors."""
    return lines(
        say("**شکایتی که نزد شما بود به مدیر ارجاع شد**"),
        say("زمان هدف پاسخ گذشته است."),
        say("کد رهگیری:"),
        code_line(code),
    )


def taken_away(code: str) -> Text:
    """To who held it and may not handle it any more."""
    return lines(
        say("**شکایت به صف بازگشت**"),
        say("رسیدگی به آن دیگر با شما نیست؛ شخص دیگری رسیدگی می‌کند."),
        say("کد رهگیری:"),
        code_line(code),
    )


def replied(code: str) -> Text:
    """To the holder: the reply has come."""
    return lines(say("**توضیح ثبت‌کننده رسید**"), say("کد رهگیری:"), code_line(code))


def stranded(code: str) -> Text:
    """To the admins: nobody independent is left; somebody has to be appointed."""
    return lines(
        say("**برای یک شکایت شخص مستقلی نمانده است**"),
        say("همه مسئولان شکایات و مدیران در روند همان پرونده نقش داشته‌اند، یا کسی این نقش را ندارد."),
        say("شخص مستقلی را با نقش «مسئول شکایات» دعوت کنید: «{people}»", people=buttons.PEOPLE),
        say("کد رهگیری شکایت:"),
        code_line(code),
    )


def no_director(code: str) -> Text:
    """To the admins: the target is missed, and no independent director is there to whom it could go up."""
    return lines(
        say("**زمان هدف پاسخ به یک شکایت گذشت**"),
        say("مدیر مستقلی نیست که شکایت به او ارجاع شود."),
        say("شخص مستقلی را با نقش «مدیر» دعوت کنید: «{people}»", people=buttons.PEOPLE),
        say("کد رهگیری شکایت:"),
        code_line(code),
    )


def digest(count: int) -> Text:
    """So many have come of senders who sent many in an hour; they are told together."""
    return lines(
        say("**در صف شکایت‌ها {count} مورد تازه هست**", count=count),
        say("فرستنده در یک ساعت بیش از معمول فرستاده است؛ برای همین یک‌جا خبر داده می‌شود."),
        say("همه ثبت شده‌اند و در «{queue}» هستند.", queue=buttons.COMPLAINTS),
    )


def waiting(count: int) -> Text:
    """To somebody who was out of reach: so many are open on the desk."""
    return say("تا امروز {count} مورد رسیدگی‌نشده در «{queue}» هست.", count=count, queue=buttons.COMPLAINTS)


# The queue


def queue(title: str, rows: Sequence[Text], *, page: int, pages: int) -> Text:
    """A page of the queue."""
    where = page_in_title(page, pages)
    none = say("موردی در این فهرست نیست.")
    return paragraphs(say("**شکایت‌ها: {title}**{where}", title=title, where=where), *(rows or [none]))


def queue_row(
    number: int,
    kind: str,
    category: str,
    state: str,
    *,
    holder: str,
    since: dt.date,
    now: dt.datetime,
    due: dt.datetime | None,
    overdue: bool,
) -> Text:
    """One line of the queue; `since` is a moment, or the day where no more may be shown."""
    waits = age(since, now) if isinstance(since, dt.datetime) else show_date(since)
    head = f"{NOUNS[kind]}، {CATEGORIES[category]}"
    return lines(
        say(RLM + "{number}. **{head}**", number=number, head=shortened(head, _LISTED)),
        say("{stage}، {age}", stage=STAGES[state], age=waits),
        say("نزد: {holder}", holder=holder) if holder else Text(),
        due_line(due, overdue=overdue),
    )


def due_line(due: dt.datetime | None, *, overdue: bool) -> Text:
    """When the target for the answer is up, while it has one."""
    if due is None:
        return Text()
    return say("**زمان هدف گذشته است:** {due}", due=due) if overdue else say("هدف پاسخ: {due}", due=due)


def colleague_question() -> Text:
    """To whom it is to be handed over."""
    return say("شکایت به چه کسی واگذار شود؟ فقط کسانی که در آن پرونده نقشی نداشته‌اند آمده‌اند.")


# Short answers


def answer_sent() -> Text:
    """After an answer."""
    return say("پاسخ ثبت شد و برای ثبت‌کننده قابل دیدن است.")


def question_sent() -> Text:
    """After a question."""
    return lines(
        say("پرسش فرستاده شد؛ تا پاسخ، زمان نمی‌گذرد."),
        say("اگر پاسخی نرسید، «{resume}» را بزنید.", resume=buttons.GO_ON_UNANSWERED),
    )


def kept_as_note(why: str) -> Text:
    """An answer or a question came too late; what was written is kept."""
    return lines(say("{why}", why=why), say("نوشته شما فرستاده نشد و به‌صورت یادداشت داخلی نگه داشته شد."))


def not_kept(why: str, written: str) -> Text:
    """The same, by somebody who may not note it either: it stands here to be taken along."""
    return paragraphs(
        lines(say("{why}", why=why), say("نوشته شما فرستاده نشد. متن آن:")), say("{text}", text=written)
    )


def noted() -> Text:
    """After a note."""
    return say("یادداشت داخلی ثبت شد.")


def given_to(name: str) -> str:
    """After a hand-over."""
    return f"شکایت به {name} واگذار شد."


def taken(holder: str) -> str:
    """A colleague was first."""
    return f"این شکایت را {holder} برداشته است."


def no_colleague() -> str:
    """Nobody else may be given it."""
    return "شخص مستقل دیگری برای واگذاری نیست."


def changed() -> str:
    """The card was old."""
    return "وضعیت این شکایت تغییر کرده است؛ صفحه تازه را ببینید."


def incomplete() -> str:
    """Text or cause is lacking."""
    return "پاسخ بدون متن و علت ثبت نمی‌شود. نمونه: متن «رسیدگی انجام شد» و علت «تأخیر در رسیدگی»."


def not_yours(why: str) -> str:
    """Why this person may not."""
    return _NOT_YOURS.get(why, "رسیدگی به این شکایت اکنون با شما نیست.")


_NOT_YOURS: Final = {
    "not_independent": "شما در روند این پرونده نقش داشته‌اید؛ شخص دیگری به این شکایت رسیدگی می‌کند.",
    "not_holder": "این شکایت نزد شما نیست؛ نخست آن را بردارید.",
    "anonymous": "این شکایت بدون نام است و کسی نیست که از او پرسیده شود.",
    "unfit_colleague": "این همکار نمی‌تواند به این شکایت رسیدگی کند؛ دیگری را برگزینید.",
}
