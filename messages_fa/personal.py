"""«داده‌های من»: what the office keeps of somebody, as a file, and requests to correct or to erase it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from domain.lifecycle import Action
from domain.personal import Erasable, Kept
from messages_fa.buttons import FACTOR
from messages_fa.complaints import NOUNS, STAGES
from messages_fa.markup import RLM, Text, lines, paragraphs, say, show
from messages_fa.names import PLATFORMS, ROLES
from messages_fa.names import STATES as CASE_STATES
from messages_fa.office import OFFICE
from messages_fa.signing import NAMES as FACTORS
from persian.codes import group_code


class Row(NamedTuple):
    """A request as the admins' texts take it: `name` is empty for a stranger."""

    kind: str
    name: str
    platform: str
    asked_at: dt.datetime
    words: str
    outcome: str
    answer: str


_ASKED: Final = {"correction": "اصلاح داده", "erasure": "پاک کردن داده"}
_OUTCOMES: Final = {"": "در انتظار", "done": "انجام شد", "refused": "رد شد", "withdrawn": "پس گرفته شد"}
_RESETS: Final = {
    "": "در دست رسیدگی",
    "used": "رمز تازه ساخته شد",
    "withdrawn": "لغو شد",
    "expired": "زمان رمز یک‌بارمصرف گذشت",
    "left": "با رفتن شما پایان یافت",
}
_DECISIONS: Final = {
    Action.AGREE: "موافقت",
    Action.REFUSE: "عدم موافقت",
    Action.RETURN_FOR_CORRECTION: "بازگشت برای اصلاح",
    Action.SIGN: "امضای دوم",
    Action.SUPERSEDE: "جایگزینی تصمیم",
}
_FORMS: Final = {"proposal": "پیشنهاد", "complaint": "شکایت و نظر"}
_ACTS: Final = {
    "proposed": "پیشنهاد نقش",
    "granted": "دادن نقش",
    "confirmed": "تأیید نقش",
    "refused": "رد پیشنهاد نقش",
    "expired": "گذشتن مهلت تأیید نقش",
    "joined": "ورود با دعوت‌نامه",
    "revoked": "برداشتن نقش",
    "removal_proposed": "پیشنهاد برداشتن نقش",
    "renamed": "اصلاح نام",
    "entry_offered": "کد ورود دوباره",
    "accounts_cut": "قطع حساب‌ها",
    "substitute_made": "تعیین جانشین",
    "substitute_ended": "پایان جانشینی",
    "erased": "پاک کردن داده",
}


def menu(*, known: bool) -> Text:
    """«داده‌های من»: what can be asked here."""
    return paragraphs(
        say("**داده‌های من**"),
        lines(
            say("آنچه {office} درباره شما نگه می‌دارد در این سه کار در اختیار شماست.", office=OFFICE),
            say("دریافت: همه آن در یک پرونده متنی به همین گفت‌وگو فرستاده می‌شود."),
            say("اصلاح: می‌نویسید چه چیزی نادرست است و مدیر سامانه پاسخ می‌دهد."),
            say("پاک کردن: آنچه برای پرونده‌ها لازم نیست پاک می‌شود و به شما گفته می‌شود چه مانده است."),
        ),
        Text() if known else say("شما این‌جا حسابی ندارید؛ تنها آنچه از همین گفت‌وگو مانده است شمرده می‌شود."),
    )


# The file


def caption() -> Text:
    """Under the file."""
    return lines(
        say("**داده‌های شما تا این لحظه**"),
        say("این پرونده فقط برای شماست و پس از ارسال در سامانه نگه داشته نمی‌شود."),
    )


def export(kept: Kept, now: dt.datetime) -> str:
    """The file: every kind under its title, a line each; a kind of which nothing is kept says so."""
    parts = [
        _part("زمان تهیه", [show(now)]),
        _part("نام", [kept.name] if kept.name else []),
        _part("نقش‌ها", (f"{ROLES[role]}، از {show(since)}" for role, since in kept.roles)),
        _part("حساب‌ها", (_account(*row) for row in kept.accounts)),
        _part("پیشنهادهای ثبت‌شده", (_case(*row) for row in kept.cases)),
        _part("پیش‌نویس‌ها", (_draft(*row) for row in kept.drafts)),
        _part("شکایت و نظر (جز بی‌نام‌ها)", (_complaint(*row) for row in kept.complaints)),
        _part("کدهایی که پیگیری می‌شود", (f"کد رهگیری: {group_code(code)}" for code in kept.followed)),
        _part("نظرسنجی", (_survey(*row) for row in kept.surveys)),
        _part("اعلان خبرها", ["خاموش" if kept.news_off else "روشن"]),
        _part(FACTOR, [FACTORS[kept.factor]] if kept.factor else []),
        _part("جانشینی", (_substitution(*row) for row in kept.substitutions)),
        _part("نسخه‌های پذیرفته توافق‌نامه", (f"نسخه {show(n)}، {show(at)}" for n, at in kept.accepted)),
        _part("درخواست درباره داده‌ها", (_request(*row) for row in kept.requests)),
        _part("تأیید پیشنهاد به عنوان مقام مجاز", (_cosigned(*row) for row in kept.cosigned)),
        _part("بازیابی رمز", (_reset(*row) for row in kept.resets)),
        _part("تصمیم‌هایی که هنوز نهایی نیست", (_undecided(*row) for row in kept.undecided)),
        _part("سابقه نقش و حساب", (_act(*row) for row in kept.acts)),
        _part("آنچه نوشته نشده است", _NOT_HERE),
    ]
    return "\n\n".join(parts) + "\n"


_NOT_HERE: Final = (
    "متن کامل هر پیشنهاد، تصمیم و شکایت در سامانه است و با کد رهگیری آن دیده می‌شود.",
    "رمزها به گونه‌ای نگه داشته می‌شود که خواندنی نیست و در این پرونده نمی‌آید.",
    "شکایت بی‌نام به هیچ‌کس پیوند ندارد و از شما شمرده نمی‌شود.",
    "متن پیام‌ها پس از انجام کار نگه داشته نمی‌شود.",
)


def _part(title: str, rows: Iterable[str]) -> str:
    written = [f"{RLM}- {row}" for row in rows] or [f"{RLM}- چیزی نگه داشته نمی‌شود."]
    return "\n".join([f"{RLM}{title}:", *written])


def _account(platform: str, name: str, since: dt.datetime | None, seen: dt.datetime | None) -> str:
    told = [PLATFORMS[platform], f"نام: {name or 'بی‌نام'}"]
    told += [f"متصل از {show(since)}"] if since else []
    return "، ".join(told + ([f"آخرین پیام {show(seen)}"] if seen else []))


def _case(code: str, state: str, filed: dt.datetime) -> str:
    return f"{CASE_STATES[state]}، ثبت {show(filed)}، کد رهگیری: {group_code(code)}"


def _draft(form: str, title: str, at: dt.datetime) -> str:
    return f"{_FORMS.get(form, 'فرم کوتاه')}، {title or 'بی‌نام'}، آخرین تغییر {show(at)}"


def _complaint(code: str, kind: str, state: str, filed: dt.datetime) -> str:
    return f"{NOUNS[kind]}، {STAGES[state]}، ثبت {show(filed)}، کد رهگیری: {group_code(code)}"


def _survey(score: int, at: dt.datetime, comment: str) -> str:
    return f"امتیاز {show(score)}، {show(at)}" + (f"، توضیح: {comment}" if comment else "")


def _substitution(name: str, substitute: str, first: dt.date, last: dt.date) -> str:
    return f"{substitute} به جای {name}، از {show(first)} تا {show(last)}"


def _request(kind: str, asked: dt.datetime, outcome: str, words: str, answer: str) -> str:
    told = [_ASKED[kind], show(asked), _OUTCOMES[outcome]]
    told += [f"نوشته: {words}"] if words else []
    return "، ".join(told + ([f"پاسخ: {answer}"] if answer else []))


def _cosigned(name: str, at: dt.datetime, code: str, waits: bool) -> str:  # noqa: FBT001 - a row
    told = [*([f"نام: {name}"] if name else []), f"پیوند {show(at)}"]
    if waits:
        return "، ".join([*told, "در انتظار تأیید شما"])
    return "، ".join([*told, f"کد رهگیری: {group_code(code)}" if code else "پیشنهادی ثبت نشد"])


def _reset(code: str, asked: dt.datetime, issued: dt.datetime | None, outcome: str) -> str:
    told = [f"{'رمز پیشنهاد' if code else FACTOR}، درخواست {show(asked)}"]
    told += [f"صدور رمز یک‌بارمصرف {show(issued)}"] if issued else []
    told.append(_RESETS[outcome])
    return "، ".join([*told, *([f"کد رهگیری: {group_code(code)}"] if code else [])])


def _undecided(code: str, action: str, at: dt.datetime, signed: bool) -> str:  # noqa: FBT001 - a row
    waits = "در انتظار امضای دوم" if signed else "هنوز اعلام نشده و پس‌گرفتنی است"
    return f"{_DECISIONS[Action(action)]}، {show(at)}، {waits}، کد رهگیری: {group_code(code)}"


def _act(action: str, role: str, at: dt.datetime) -> str:
    return "، ".join(part for part in (_ACTS[action], ROLES[role] if role else "", show(at)) if part)


# What is asked


OWN_DATA_FILE: Final = "داده‌های-من.txt"
"""The name of the file of somebody's own data."""

CORRECTION: Final = "اصلاح"
ANSWER: Final = "پاسخ"


def ask_correction(_answers: object = None) -> Text:
    """What is wrong, and what would be right."""
    return lines(
        say("چه چیزی درباره شما نادرست نوشته شده و درست آن چیست؟"),
        say("نمونه: نام من «سارا محمدی» است، نه «سارا محمودی»."),
        say("پیشنهادی که ثبت شده است با «بازگشت برای اصلاح» یا انصراف تغییر می‌کند، نه از این راه."),
    )


def sure_to_ask_erasure(what: Erasable) -> Text:
    """Before an erasure is asked for: what goes and what stays."""
    return paragraphs(say("**درخواست پاک کردن ثبت شود؟**"), _goes(what), _stays(what))


def asked(kind: str) -> Text:
    """The request is kept; an admin sees to it."""
    return lines(
        say("**درخواست شما ثبت شد: {kind}**", kind=_ASKED[kind]),
        say("مدیر سامانه به آن رسیدگی می‌کند و نتیجه در همین گفت‌وگو به شما گفته می‌شود."),
    )


def waits_already() -> Text:
    """One of the same kind waits."""
    return say("درخواستی از همین نوع از شما در انتظار رسیدگی است؛ نخست پاسخ آن می‌رسد.")


def not_asked() -> Text:
    """«نه، درخواستی ندارم»."""
    return say("درخواستی ثبت نشد.")


def answered(kind: str, *, done: bool, words: str) -> Text:
    """To who asked: seen to, or refused, in the admin's words."""
    title = "**درخواست {kind}: انجام شد**" if done else "**درخواست {kind}: انجام نشد**"
    return lines(say(title, kind=_ASKED[kind]), say("پاسخ مدیر سامانه: {words}", words=words))


def erased(what: Erasable) -> Text:
    """To who asked: what was erased, what stays, and why."""
    return paragraphs(say("**داده‌های شما پاک شد**"), _goes(what, done=True), _stays(what))


def _goes(what: Erasable, *, done: bool = False) -> Text:
    counted = (
        ("پیش‌نویس‌ها و پیوست‌های آن‌ها", what.drafts),
        ("کدهایی که پیگیری می‌کنید", what.followed),
        ("پیوند نظرسنجی‌ها با شما و توضیح آن‌ها", what.surveys),
        ("پیوند شکایت‌های بسته‌شده با این گفت‌وگو", what.complaints),
        ("نوشته و پاسخ درخواست‌های پیشین درباره داده‌ها", what.words),
    )
    told = [say("{name}: {n}", name=name, n=count) for name, count in counted if count]
    name = say("نامی که پیام‌رسان از شما نشان می‌دهد؛ با پیام بعدی شما دوباره دریافت می‌شود")
    return lines(say("پاک شد:" if done else "پاک می‌شود:"), *told, name)


def _stays(what: Erasable) -> Text:
    told = [
        say("پیشنهادهای ثبت‌شده: {n}؛ پرونده رسمی است و تصمیم به آن تکیه دارد", n=what.cases)
        if what.cases
        else Text(),
        say("شکایت‌ها: {n}؛ سابقه رسیدگی است", n=what.open_complaints) if what.open_complaints else Text(),
        say("پیشنهادهایی که تأیید کرده‌اید: {n}؛ نام و حساب شما در پرونده می‌ماند", n=what.cosigned)
        if what.cosigned
        else Text(),
        say("نام، نقش و حساب‌های شما؛ تا نقش دارید کارها به نام شما ثبت می‌شود") if what.has_roles else Text(),
        say("سابقه کارها و تصمیم‌ها؛ هیچ کاری از سابقه برداشته نمی‌شود"),
    ]
    return lines(say("می‌ماند:"), *told)


# The admins


def listing(rows: Sequence[tuple[int, Row]]) -> Text:
    """«درخواست‌های داده», the oldest first."""
    if not rows:
        return say("درخواستی درباره داده‌ها در انتظار نیست.")
    told = [
        say(RLM + "{n}. {kind}، {name}، {at}", n=n, kind=_ASKED[row.kind], name=_who(row), at=row.asked_at)
        for n, row in rows
    ]
    return paragraphs(say("**درخواست‌های داده**"), lines(*told))


def _who(row: Row) -> str:
    return row.name or f"ناشناس در {PLATFORMS[row.platform]}"


def card(row: Row, what: Erasable | None) -> Text:
    """One request; of an open erasure what would go and what would stay."""
    return paragraphs(
        lines(
            say("**درخواست {kind}**", kind=_ASKED[row.kind]),
            say("درخواست‌کننده: {name}", name=_who(row)),
            say("زمان: {at}", at=row.asked_at),
            say("وضعیت: {state}", state=_OUTCOMES[row.outcome]),
        ),
        say("نوشته: {words}", words=row.words) if row.words else Text(),
        say("پاسخ: {answer}", answer=row.answer) if row.answer else Text(),
        *((_goes(what), _stays(what)) if what is not None else ()),
    )


def new_request(row: Row) -> Text:
    """To the admins: a request has come."""
    return lines(
        say("**درخواست تازه درباره داده‌ها**"), say("{kind}، {name}", kind=_ASKED[row.kind], name=_who(row))
    )


def sure_to_erase(row: Row) -> Text:
    """Before it is erased for good."""
    return lines(
        say("**داده‌های {name} پاک شود؟**", name=_who(row)),
        say("آنچه پاک شود برنمی‌گردد و به درخواست‌کننده گفته می‌شود چه پاک شد و چه ماند."),
    )


def ask_answer(_answers: object = None) -> Text:
    """What was done, to who asked."""
    return say("به درخواست‌کننده بنویسید چه چیزی اصلاح شد.")


def ask_refusal(_answers: object = None) -> Text:
    """Why not, to who asked."""
    return say("به درخواست‌کننده بنویسید چرا انجام نمی‌شود.")


def told(outcome: str) -> str:
    """The short answer to the admin."""
    return _OUTCOMES[outcome]


def refused(why: str) -> str:
    """The short answer to what cannot be done."""
    return _WHY_NOT.get(why, "این کار در اختیار شما نیست.")


_WHY_NOT: Final = {
    "own": "درخواست از خود شماست؛ مدیر سامانه دیگری باید رسیدگی کند.",
    "ended": "به این درخواست پیش‌تر رسیدگی شده است.",
}
