"""Greeting, menu, help, and the short answers that every part of the conversation uses."""

import datetime as dt
from collections.abc import Sequence

from messages_fa import buttons
from messages_fa.form import shortened
from messages_fa.markup import RLM, Code, Text, lines, paragraphs, say, series
from messages_fa.names import PLATFORMS
from messages_fa.office import BOT, OFFICE
from persian.dates import show_date, tehran_day
from persian.money import words

_TITLE = 80
"""Characters of a draft's name on a screen."""
_HOUR, _DAY, _MONTH = 60, 24 * 60, 30


def greeting(name: str, roles: Sequence[str]) -> Text:
    """The first message to somebody whom the office knows."""
    return paragraphs(
        say("سلام {name}، به سامانه **{bot}** خوش آمدید.", name=name, bot=BOT),
        say("نقش شما: {roles}", roles=series(roles)),
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


def help_text(labels: Sequence[str], contact: str) -> Text:
    """Help: what can be done here, by whom, how to get out of anything, and whom to call (empty: nobody)."""
    told = [say("«{label}»: {what}", label=label, what=_WHAT[label]) for label in labels if label in _WHAT]
    return paragraphs(
        say("**راهنمای مهلت**"),
        lines(*told),
        lines(
            say("هر دکمه را می‌توانید بنویسید؛ رقم‌های فارسی و انگلیسی هر دو پذیرفته می‌شود."),
            say("با «بازگشت» یک گام به عقب می‌روید و با «انصراف» از فرم بیرون می‌آیید."),
            say("هنگام انصراف از ثبت پیشنهاد می‌توانید پیش‌نویس آن را نگه دارید.")
            if buttons.NEW in labels
            else Text(),
            say("برای خاموش یا روشن کردن خبرها «اعلان خبرها» را بنویسید."),
            say("برای دیدن، اصلاح یا پاک کردن آنچه از شما نگه داشته می‌شود «داده‌های من» را بنویسید."),
        ),
        say("تماس با اداره: {contact}", contact=contact) if contact else Text(),
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
    buttons.REPORT: "شمار و زمان رسیدگی پیشنهادها در هر دوره",
    buttons.AUDIT: "چه کسی چه زمانی چه کرد یا چه دید",
    buttons.TERMS: "متن توافق‌نامه، نسخه‌ها و آنچه سنجیده شده است",
    buttons.STATUS: "وضعیت کنونی، قطعی بعدی و دسترس‌پذیری ۹۰ روز",
    buttons.COMPLAIN: "شکایت، نظر، پیشنهاد یا گزارش اشکال؛ بی‌نام هم می‌شود",
    buttons.COMPLAINTS: "رسیدگی به شکایت‌ها و پاسخ به آن‌ها",
    buttons.QUEUE: "پیشنهادهای در انتظار بررسی",
    buttons.NOTICES: "خبر و اطلاعیه برای گروهی از کاربران، با پیش‌نمایش و گزارش ارسال",
    buttons.PEOPLE: "دعوت همکاران و دیدن نقش‌ها",
    buttons.SETTINGS: "امضای دوم، زمان‌های هدف، تقویم کاری و راه تماس",
}


def not_understood() -> Text:
    """An answer to words that fit nothing."""
    return lines(
        say("متوجه منظور شما نشدم."),
        say("برای پیگیری، کد رهگیری ۱۲ رقمی را بفرستید یا «منو» را بنویسید."),
    )


def link_not_understood() -> Text:
    """A deep link that carries nothing of ours, perhaps cut off when it was copied."""
    return lines(
        say("پیوندی که با آن آمدید کامل نیست."),
        say("پیوند را دوباره و کامل باز کنید، یا کد رهگیری ۱۲ رقمی را همین‌جا بفرستید."),
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


def edits_do_not_count(*, in_draft: bool) -> Text:
    """An edited message never changes an answer; how one does it instead."""
    return lines(
        say("ویرایش پیام، پاسخ ثبت‌شده را تغییر نمی‌دهد."),
        say(
            "برای تغییر پاسخ، «{back}» را بزنید، یا «{review}» و سپس دکمه همان سطر را.",
            back=buttons.BACK,
            review=buttons.REVIEW_DRAFT,
        )
        if in_draft
        else say("برای تغییر پاسخ، «{back}» را بزنید.", back=buttons.BACK),
    )


def no_answer() -> Text:
    """A sticker, a voice message, a contact, a place: no question is answered so."""
    return say("این پیام پاسخ به شمار نمی‌آید. پاسخ را بنویسید یا یکی از دکمه‌ها را بزنید.")


def forwarded_is_no_answer() -> Text:
    """A forwarded text: whose words they are is not known."""
    return say("پیام بازارسالی پاسخ به شمار نمی‌آید. اگر پاسخ همان است، آن را خودتان بنویسید.")


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
        say("رویداد: {what}", what=ALARMS.get(code, code)),
        say("شماره ارجاع: {reference}", reference=Code(reference)) if reference else Text(),
    )


ALARMS = {
    "update_quarantined": "یک پیام رسیده خوانده نشد و کنار گذاشته شد.",
    "update_set_aside": "رسیدگی به یک پیام پس از سه بار ناموفق ماند و کنار گذاشته شد.",
    "token_refused_telegram": "تلگرام توکن ربات را نمی‌پذیرد؛ ارسال و دریافت متوقف است.",
    "token_refused_bale": "بله توکن ربات را نمی‌پذیرد؛ ارسال و دریافت متوقف است.",
    "scanner_unreachable": "ضدویروس پاسخ نمی‌دهد و تا پاسخ آن هیچ پرونده‌ای پذیرفته نمی‌شود.",
    "undelivered": "پیامی که باید به کسی می‌رسید، پس از چند بار کوشش نرسید.",
    "decision_not_published": "تصمیمی برای نقص سامانه اعلام نشد و یک ساعت دیگر دوباره کوشش می‌شود.",
    "row_put_aside": "کاری خودکار درباره یک مورد برای نقص سامانه انجام نشد؛ بقیه ادامه دارد.",
    "sweep_failed": "یک کار خودکار برای نقص سامانه انجام نشد و دوباره کوشش می‌شود.",
    "backup_failed": "نسخه پشتیبان گرفته نشد و یک ساعت دیگر دوباره کوشش می‌شود.",
    "backup_doubted": "نسخه پشتیبان گرفته شد، ولی زنجیره رویدادنگاری در آن سالم نیست.",
    "disk_low": "جای خالی دیسک کم است و تا جا باز نشود پرونده افراد بدون نقش پذیرفته نمی‌شود.",
    "code_guessing": "شمار کدها و رمزهای نادرست در یک ساعت از حد گذشته است.",
}


def kept_back(messages: int, updates: int) -> Text:
    """To the admins: the store was restored, and what waited in it is neither sent nor handled by itself."""
    return lines(
        say("**سامانه از نسخه پشتیبان بازگردانده شد**"),
        say("پیام‌های نگه‌داشته: {count}", count=messages),
        say("پیام‌های رسیده و رسیدگی‌نشده: {count}", count=updates),
        say("این‌ها شاید پیش از بازگرداندن رسیده باشد؛ تا راهبر سامانه تصمیم نگیرد فرستاده نمی‌شود."),
        say("به پیام‌های تازه پاسخ داده می‌شود؛ یادآوری‌ها و ارسال‌های خودکار تا آن هنگام ایستاده است."),
    )


def resumed() -> Text:
    """Said with a prompt that is shown again after the bot was started anew."""
    return say("سامانه دوباره راه‌اندازی شد. پاسخ‌های شما محفوظ است؛ از همین گام ادامه دهید.")


def draft_kept(title: str, where: str = buttons.DRAFTS) -> Text:
    """A form was left and kept; `where` is the button that leads to it."""
    return say(
        "پیش‌نویس «{title}» نگه داشته شد. برای ادامه «{where}» را بزنید.",
        title=shortened(title, _TITLE),
        where=where,
    )


def left_for_later(where: str) -> Text:
    """A draft was not deleted after all; `where` is the button that leads to it."""
    return say("پیش‌نویس شما نگه داشته شد. برای ادامه «{where}» را بزنید.", where=where)


def draft_deleted(title: str) -> Text:
    """A form was left and what stood in it erased."""
    return say("پیش‌نویس «{title}» پاک شد و چیزی ارسال نشد.", title=shortened(title, _TITLE))


def draft_goes_on(title: str) -> Text:
    """A draft of the list was opened again."""
    return say("ادامه پیش‌نویس «{title}»", title=shortened(title, _TITLE))


def still_open(title: str, where: Text) -> Text:
    """Under a list that was looked at in the middle of a form: the form waits, at this step."""
    return say("پیش‌نویس «{title}» باز است؛ {where}", title=shortened(title, _TITLE), where=where)


def slower() -> Text:
    """More messages came at once than are read; said at most once a minute."""
    return lines(
        say("آهسته‌تر بفرستید؛ پیام‌های پیاپی شما بیش از اندازه بود و همه آن‌ها خوانده نشد."),
        say("آنچه پیش‌تر پذیرفته شد محفوظ است. اندکی درنگ کنید و از آخرین پرسش ادامه دهید."),
    )


def erased() -> str:
    """What was asked for was erased: nobody can read it any more."""
    return "محتوای این پیشنهاد پاک شده است و دیگر خوانده نمی‌شود. مرحله و تاریخ‌های آن می‌ماند."


def form_left() -> Text:
    """A form was left and not kept."""
    return say("انصراف ثبت شد و چیزی ارسال نشد.")


def draft_moved(title: str, platform: str, back: str = buttons.DRAFTS) -> Text:
    """A form that was open in this chat is being answered on another messenger."""
    where = PLATFORMS.get(platform, platform)
    return lines(
        say("پیش‌نویس «{title}» اکنون در {where} ادامه دارد.", title=shortened(title, _TITLE), where=where),
        say("همه پاسخ‌ها محفوظ است. برای ادامه در این گفت‌وگو «{back}» را بزنید.", back=back),
    )


def page(number: int, of: int) -> Text:
    """Which page of a list, where there are several."""
    return say("صفحه {number} از {of}", number=number, of=of) if of > 1 else Text()


def page_in_title(number: int, of: int) -> Text:
    """The same behind the title of a list."""
    return say("، صفحه {number} از {of}", number=number, of=of) if of > 1 else Text()


def drafts(rows: Sequence[tuple[str, Text, str]], which_page: Text) -> Text:
    """The list of drafts: (title, the step where it stands, its age) in order."""
    if not rows:
        return say("پیش‌نویسی ندارید. برای آغاز «ثبت پیشنهاد» را بزنید.")
    told = [
        lines(
            say(RLM + "{n}. {title}", n=n, title=shortened(title, _TITLE)),
            step,
            say("آخرین تغییر: {age}", age=age),
        )
        for n, (title, step, age) in enumerate(rows, 1)
    ]
    how = say("برای ادامه، دکمه «ادامه» همان شماره را بزنید.")
    return paragraphs(say("**پیش‌نویس‌های شما**"), *told, which_page, how)


def draft_at(n: int, of: int, label: str) -> Text:
    """The step where a draft stands."""
    return say("گام {n} از {of}: {label}", n=n, of=of, label=label)


def draft_at_summary() -> Text:
    """A draft of which nothing is missing."""
    return say("همه پاسخ‌ها داده شده است؛ آماده بازبینی و ارسال.")


def draft_stopped() -> Text:
    """A draft whose last answer ends the form."""
    return say("پاسخ آخر راه ثبت را بسته است.")


def correction_at(left: int) -> Text:
    """A correction of a returned proposal, with so many answers to go."""
    if not left:
        return say("اصلاح پیشنهاد بازگشته؛ آماده بازبینی و ارسال.")
    return say("اصلاح پیشنهاد بازگشته؛ {left} مورد مانده است.", left=left)


def correction_outdated() -> Text:
    """A correction was begun for an earlier return, or its case is not to be corrected any more."""
    return say("وضعیت این پیشنهاد تغییر کرده است؛ پیش‌نویس اصلاح پیشین کنار گذاشته شد.")


def age(then: dt.datetime, now: dt.datetime) -> str:
    """How long ago it was, in words: «دو روز پیش»; after a month its date."""
    minutes, days = int((now - then).total_seconds() // 60), (tehran_day(now) - tehran_day(then)).days
    if minutes < 1:
        return "چند لحظه پیش"
    if minutes < _HOUR:
        return f"{words(minutes)} دقیقه پیش"
    if days == 0 or minutes < _DAY // 2:
        return f"{words(minutes // _HOUR)} ساعت پیش"
    if days == 1:
        return "دیروز"
    return f"{words(days)} روز پیش" if days <= _MONTH else show_date(tehran_day(then))


def delete_draft(title: str) -> Text:
    """The question before a draft is erased."""
    return lines(
        say("پیش‌نویس «{title}» پاک شود؟", title=shortened(title, _TITLE)),
        say("همه پاسخ‌ها و پرونده‌های آن پاک می‌شود و برنمی‌گردد."),
    )


def draft_gone() -> Text:
    """The draft asked for is not there any more."""
    return say("این پیش‌نویس دیگر در دسترس نیست؛ ارسال یا حذف شده است.")
