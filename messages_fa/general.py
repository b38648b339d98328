"""Greeting, menu, help, and the short answers that every part of the conversation uses."""

from collections.abc import Sequence

from messages_fa import buttons
from messages_fa.markup import Code, Text, lines, paragraphs, say
from messages_fa.office import BOT, OFFICE


def greeting(name: str, roles: Sequence[str]) -> Text:
    """The first message to somebody whom the office knows."""
    return paragraphs(
        say("سلام {name}، به سامانه **{bot}** خوش آمدید.", name=name, bot=BOT),
        say("نقش شما: {roles}", roles="، ".join(roles)),
        say("از دکمه‌های پایین صفحه آغاز کنید. این خدمت رایگان است."),
    )


def greeting_stranger() -> Text:
    """The first message to anyone else."""
    return paragraphs(
        say("سلام، به سامانه **{bot}** خوش آمدید.", bot=BOT),
        say(
            "این‌جا پیشنهادهای تقسیط و استمهال بدهی اشخاص به دستگاه‌های اجرایی در {office} ثبت و پیگیری می‌شود.",
            office=OFFICE,
        ),
        say("برای پیگیری، کد رهگیری ۱۲ رقمی را همین‌جا بفرستید."),
        say("کارشناس دستگاه هستید؟ با پیوند دعوتی که مدیر سامانه می‌فرستد وارد شوید."),
        say("این خدمت رایگان است."),
    )


def menu() -> Text:
    """The word that carries the main menu's keyboard."""
    return say("منوی اصلی؛ یکی از دکمه‌های پایین صفحه را بزنید یا نام آن را بنویسید.")


def help_text(labels: Sequence[str]) -> Text:
    """Help: what can be done here, by whom, and how to get out of anything."""
    told = [say("«{label}»: {what}", label=label, what=_WHAT[label]) for label in labels if label in _WHAT]
    return paragraphs(
        say("**راهنمای مهلت**"),
        lines(*told),
        lines(
            say("هر دکمه را می‌توانید بنویسید؛ رقم‌های فارسی و انگلیسی هر دو پذیرفته می‌شود."),
            say("با «بازگشت» یک گام به عقب می‌روید و با «انصراف» از فرم بیرون می‌آیید."),
            say("هنگام انصراف از ثبت پیشنهاد می‌توانید پیش‌نویس آن را نگه دارید."),
        ),
        lines(
            say("این خدمت رایگان است."),
            say("هیچ‌کس در این سامانه از شما پول، شماره کارت یا رمز بانکی نمی‌خواهد."),
        ),
    )


_WHAT = {
    buttons.NEW: "ثبت پیشنهاد تقسیط یا استمهال، گام به گام",
    buttons.DRAFTS: "ادامه یا حذف پیش‌نویس‌ها",
    buttons.MINE: "پیشنهادهایی که ثبت کرده‌اید و وضعیت آن‌ها",
    buttons.TRACK: "وضعیت یک پیشنهاد با کد رهگیری ۱۲ رقمی",
    buttons.QUEUE: "پیشنهادهای در انتظار بررسی",
    buttons.PEOPLE: "دعوت همکاران و دیدن نقش‌ها",
    buttons.SETTINGS: "امضای دوم، مهلت‌ها و راه تماس",
}


def not_understood() -> Text:
    """An answer to words that fit nothing."""
    return lines(
        say("متوجه منظور شما نشدم."),
        say("برای پیگیری، کد رهگیری ۱۲ رقمی را بفرستید یا «منو» را بنویسید."),
    )


def not_allowed() -> Text:
    """Somebody pressed or typed what their role does not permit."""
    return say("این کار در نقش‌های شما نیست. برای دیدن کارهای خود «منو» را بنویسید.")


def old_button() -> str:
    """The callback answer to a button whose screen has passed."""
    return "این دکمه قدیمی است؛ صفحه کنونی را ببینید."


def nothing_to_cancel() -> Text:
    """«انصراف» without an open form."""
    return say("فرم بازی ندارید که از آن انصراف دهید. برای آغاز «منو» را بنویسید.")


def nothing_to_go_back_in() -> Text:
    """«بازگشت» without an open form."""
    return say("فرم بازی ندارید که در آن به گام پیش برگردید. برای آغاز «منو» را بنویسید.")


def edits_do_not_count() -> Text:
    """An edited message never changes an answer."""
    return say("ویرایش پیام، پاسخ ثبت‌شده را تغییر نمی‌دهد. برای تغییر پاسخ، «بازگشت» را بزنید.")


def file_not_expected() -> Text:
    """A file outside any step that asks for one."""
    return say("اکنون پرونده‌ای لازم نیست. برای افزودن پیوست، از «ثبت پیشنهاد» یا «پیش‌نویس‌ها» آغاز کنید.")


def private_only() -> Text:
    """What is said once in a group before leaving it."""
    return say("این ربات برای حفظ محرمانگی فقط در گفت‌وگوی خصوصی کار می‌کند و اکنون از گروه بیرون می‌رود.")


def apology(reference: str) -> Text:
    """Something failed on our side; the reference leads the admin to the log line."""
    return lines(
        say("متأسفانه کار شما انجام نشد؛ اشکال از سامانه است و به مدیر سامانه خبر داده شد."),
        say("پاسخ‌های پیشین شما محفوظ است. کمی بعد دوباره بکوشید."),
        say("شماره ارجاع: {reference}", reference=Code(reference)),
    )


def alarm(code: str, reference: str) -> Text:
    """A word to the admins about a fault; no personal data."""
    return lines(
        say("**هشدار سامانه**"),
        say("رویداد: {what}", what=_ALARMS.get(code, code)),
        say("شماره ارجاع: {reference}", reference=Code(reference)) if reference else Text(),
    )


_ALARMS = {
    "update_quarantined": "یک پیام رسیده خوانده نشد و کنار گذاشته شد.",
    "update_set_aside": "رسیدگی به یک پیام پس از سه بار ناموفق ماند و کنار گذاشته شد.",
    "token_refused_telegram": "تلگرام توکن ربات را نمی‌پذیرد؛ ارسال و دریافت متوقف است.",
    "token_refused_bale": "بله توکن ربات را نمی‌پذیرد؛ ارسال و دریافت متوقف است.",
    "undelivered": "پیامی که باید به کسی می‌رسید، پس از چند بار کوشش نرسید.",
    "code_guessing": "شمار کدها و رمزهای نادرست در یک ساعت از حد گذشته است.",
}


def resumed() -> Text:
    """Said with a prompt that is shown again after the bot was started anew."""
    return say("سامانه دوباره راه‌اندازی شد. پاسخ‌های شما محفوظ است؛ از همین گام ادامه دهید.")


def draft_kept(title: str) -> Text:
    """A form was left and kept."""
    return say("پیش‌نویس «{title}» نگه داشته شد. برای ادامه «پیش‌نویس‌ها» را بزنید.", title=title)


def form_left() -> Text:
    """A form was left and not kept."""
    return say("انصراف ثبت شد و چیزی ارسال نشد.")


def drafts(rows: Sequence[tuple[str, str]]) -> Text:
    """The list of drafts: (title, moment shown) in order."""
    if not rows:
        return say("پیش‌نویسی ندارید. برای آغاز «ثبت پیشنهاد» را بزنید.")
    told = [say("{n}. {title}، آخرین تغییر {when}", n=n, title=t, when=w) for n, (t, w) in enumerate(rows, 1)]
    return paragraphs(
        say("**پیش‌نویس‌های شما**"), lines(*told), say("برای ادامه، دکمه «ادامه» همان شماره را بزنید.")
    )


def delete_draft(title: str) -> Text:
    """The question before a draft is erased."""
    return lines(
        say("پیش‌نویس «{title}» پاک شود؟", title=title),
        say("همه پاسخ‌ها و پرونده‌های آن پاک می‌شود و برنمی‌گردد."),
    )


def draft_gone() -> Text:
    """The draft asked for is not there any more."""
    return say("این پیش‌نویس دیگر در دسترس نیست؛ ارسال یا حذف شده است.")
