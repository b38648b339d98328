"""What reviewers and directors are told: prompts, the queue, and the short answers to their presses."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from domain.lifecycle import State
from domain.proposal import Proposal
from domain.targets import Span
from messages_fa.form import file_named, shortened
from messages_fa.general import age, page_in_title
from messages_fa.markup import RLM, Text, code_line, lines, paragraphs, say, series
from messages_fa.names import ACTIONS, KINDS, STATES
from messages_fa.targets import span
from persian.money import Rials, grouped
from persian.text import to_persian_digits

_LONGEST_NAME: Final = 40
"""Characters of a name in a row of the queue."""


def prompt(code: str, agency: str, kind: str, *, corrected: bool) -> Text:
    """A new (or corrected) proposal has come in."""
    title = "**پیشنهاد اصلاح‌شده رسید**" if corrected else "**پیشنهاد تازه رسید**"
    return _announced(say(title), code, agency, kind)


def prompt_signature(code: str, agency: str, kind: str, reviewer: str) -> Text:
    """To directors: a reviewer agrees, and the second signature is awaited."""
    return lines(
        _announced(say("**پیشنهادی در انتظار امضای دوم است**"), code, agency, kind),
        say("موافقت نخست: {reviewer}", reviewer=reviewer),
    )


def handed_over(code: str, agency: str, kind: str, by: str) -> Text:
    """To the colleague who now holds the case."""
    return lines(
        _announced(say("**پرونده‌ای به شما واگذار شد**"), code, agency, kind),
        say("واگذارنده: {by}", by=by),
    )


def expired(code: str, hours: int) -> Text:
    """To the reviewer who held it: the office's time without an act has passed."""
    return lines(
        say("**پرونده به کارتابل بازگشت**"),
        say(
            "در {hours} ساعت گذشته کاری روی آن ثبت نشد؛ اکنون هر کارشناسی می‌تواند آن را بردارد.", hours=hours
        ),
        say("کد رهگیری:"),
        code_line(code),
    )


def taken_away(code: str, dropped: str) -> Text:
    """To whoever held the case and may not review any more; `dropped` is a decision not published yet."""
    return lines(
        say("**پرونده به کارتابل بازگشت**"),
        say("بررسی این پرونده دیگر با شما نیست؛ کارشناس دیگری آن را بررسی می‌کند."),
        say("تصمیم شما اعلام نشد: {action}", action=ACTIONS[dropped]) if dropped else Text(),
        say("کد رهگیری:"),
        code_line(code),
    )


def not_carried_out(code: str, action: str) -> Text:
    """To whoever decided: the decision could not be published any more."""
    return lines(
        say("**تصمیم شما اعلام نشد: {action}**", action=ACTIONS[action]),
        say("پرونده یا دسترسی شما پیش از اعلام تغییر کرد. پرونده را دوباره ببینید."),
        say("کد رهگیری:"),
        code_line(code),
    )


def _announced(title: Text, code: str, agency: str, kind: str) -> Text:
    return lines(
        title,
        say("نوع: {kind}", kind=KINDS[kind]),
        say("دستگاه: {agency}", agency=agency),
        say("کد رهگیری:"),
        code_line(code),
    )


def prompt_status(code: str, state: State, holder: str, decider: str = "") -> Text:
    """What a prompt turns into once somebody else has acted; `decider` has made a decision that waits."""
    return lines(
        say("**{state}**", state=STATES[state]),
        say("نزد: {holder}", holder=holder) if holder else Text(),
        say("تصمیم {decider} در انتظار اعلام است.", decider=decider) if decider else Text(),
        say("کد رهگیری:"),
        code_line(code),
    )


def queue(
    rows: Sequence[Text],
    title: str,
    *,
    waiting: int,
    mine: int | None,
    page: int,
    pages: int,
    target: Span | None,
) -> Text:
    """The queue.

    Args:
        rows: made by `queue_row`.
        title: of the filter that is shown.
        waiting: how many cases wait for the office.
        mine: how many of them this person holds; None for who holds none by their role.
        page: from 1.
        pages: how many there are.
        target: the office's own target for a decision; None where it has set none.
    """
    where = page_in_title(page, pages)
    return paragraphs(
        lines(
            say("**کارتابل: {title}**{where}", title=title, where=where),
            say("در انتظار: {waiting}", waiting=waiting)
            + (say("، نزد شما: {mine}", mine=mine) if mine is not None else Text()),
            say("هدف اداره کل: {target}", target=span(target)) if target else Text(),
        ),
        paragraphs(*rows) if rows else say("در این بخش پیشنهادی نیست."),
        say("برای دیدن پرونده، شماره آن را بزنید.") if rows else Text(),
    )


def queue_row(
    number: int,
    proposal: Proposal,
    *,
    agency: str,
    state: State,
    holder: str,
    on_behalf: bool,
    since: dt.datetime,
    now: dt.datetime,
    due: dt.datetime | None,
    corrected: bool,
    overdue: bool,
) -> Text:
    """One case of the queue, on two lines."""
    marks = [word for word, on in (("اصلاح‌شده", corrected), ("دیرکرد", overdue)) if on]
    told = [
        shortened(agency, _LONGEST_NAME),
        STATES[state],
        f"{'از طرف' if on_behalf else 'نزد'} {shortened(holder, _LONGEST_NAME)}" if holder else "",
        age(since, now),
    ]
    return lines(
        say(
            RLM + "{number}. {kind}، {amount}، {debtor}{marks}",
            number=number,
            kind=KINDS[proposal.kind],
            amount=short_amount(proposal.amount),
            debtor=shortened(proposal.debtor_name, _LONGEST_NAME),
            marks=say(" **({marks})**", marks=series(marks)) if marks else "",
        ),
        say("{told}", told=series(part for part in told if part)),
        say("هدف: {due}", due=due) if due else Text(),
    )


_MAGNITUDES: Final = ((10**12, "هزار میلیارد"), (10**9, "میلیارد"), (10**6, "میلیون"), (10**3, "هزار"))


def short_amount(amount: Rials) -> str:
    """An amount in few signs: «۱۲۰ میلیون ریال», «حدود ۱٫۲ میلیارد ریال»; never more exact than it says."""
    for size, name in _MAGNITUDES:
        if amount >= size:
            tenths, rest = divmod(amount * 10, size)
            whole, tenth = divmod(int(tenths), 10)
            figures = grouped(whole) + (f"٫{to_persian_digits(str(tenth))}" if tenth else "")
            return f"{'حدود ' if rest else ''}{figures} {name} ریال"
    return f"{grouped(amount)} ریال"


def agree_question(code: str, *, waits: bool, minutes: int | None) -> Text:
    """Before an agreement is recorded: what it brings about."""
    return lines(
        say("**موافقت ثبت شود؟**"),
        say("کد رهگیری:"),
        code_line(code),
        say("پس از ثبت، پرونده برای امضای دوم نزد مدیر می‌رود.") if waits else _sent(minutes),
    )


def sign_question(code: str, minutes: int | None) -> Text:
    """Before a second signature is recorded."""
    return lines(say("**امضای دوم ثبت شود؟**"), say("کد رهگیری:"), code_line(code), _sent(minutes))


def _sent(minutes: int | None) -> Text:
    when = say("پس از {minutes} دقیقه", minutes=minutes) if minutes else say("پس از ثبت")
    return when + say(
        "، به دستگاه نوشته می‌شود: «{state}. مراتب را به بدهکار اعلام کنید.»", state=STATES[State.AGREED]
    )


def colleague_question(code: str) -> Text:
    """To whom the case is to be given."""
    return lines(say("**پرونده به کدام همکار واگذار شود؟**"), say("کد رهگیری:"), code_line(code))


def no_colleague() -> str:
    """The callback answer where nobody else could take the case."""
    return "همکار دیگری برای این پرونده نیست."


def tick_first() -> str:
    """The callback answer to «موافقت» while conditions are open."""
    return "نخست پرونده را بردارید و همه شرایط عمومی را تأیید کنید."


def taken(holder: str) -> str:
    """The callback answer to the one who came second."""
    return f"این پرونده را {holder} پیش از شما برداشته است."


def changed() -> str:
    """The callback answer when the case has moved on since the card was drawn."""
    return "پرونده در این میان تغییر کرده است؛ وضعیت کنونی نشان داده شد."


def incomplete() -> str:
    """The answer to a refusal, return or later decision without its reason."""
    return "دلیل یا توضیح کامل نیست؛ چیزی ثبت نشد."


def not_yours(why: str) -> str:
    """The callback answer to an act that the rules forbid this person."""
    return NOT_YOURS.get(why, "این کار در اختیار شما نیست.")


NOT_YOURS: Final = {
    "not_holder": "این پرونده نزد شما نیست؛ نخست آن را بردارید.",
    "filed_by_you": "پرونده را خود شما ثبت کرده‌اید؛ دیگری باید درباره آن تصمیم بگیرد.",
    "cosigned_by_you": "این پیشنهاد را شما به نام دستگاه تأیید کرده‌اید؛ دیگری باید درباره آن تصمیم بگیرد.",
    "recommended_by_you": "جایگزینی را خود شما پیشنهاد کرده‌اید؛ مدیر دیگری باید درباره آن تصمیم بگیرد.",
    "first_signature_yours": "امضای نخست از شماست؛ امضای دوم با شخص دیگری است.",
    "admin_never_decides": "مدیر سامانه درباره پیشنهادها تصمیم نمی‌گیرد.",
    "not_filer": "فقط ثبت‌کننده پیشنهاد می‌تواند این کار را انجام دهد.",
    "decision_waits": "تصمیمی درباره این پرونده در انتظار اعلام است؛ نخست باید بازپس گرفته شود.",
    "not_decider": "تصمیمی از شما در انتظار اعلام نیست.",
    "too_late": "مهلت بازپس‌گیری به پایان رسیده است.",
    "no_second_signer": "این موافقت امضای مدیر دیگری را هم لازم دارد و اکنون مدیر دیگری نیست.",
    "unfit_colleague": "این همکار نمی‌تواند این پرونده را بررسی کند.",
    "asked_already": "برای این تصمیم یک بار درخواست بازنگری ثبت شده است؛ بار دوم پذیرفته نمی‌شود.",
    "no_review_waits": "بازنگری این پرونده اکنون در انتظار کسی نیست.",
    "not_reviewing": "بازنگری این پرونده نزد شما نیست؛ نخست آن را بردارید.",
    "refused_by_you": "شما در این تصمیم دست داشته‌اید؛ شخص دیگری باید آن را بازنگری کند.",
}


def decided(state: State) -> Text:
    """A word to the reviewer after the act."""
    return say("ثبت شد: {state}. نتیجه به دستگاه اعلام می‌شود.", state=STATES[state])


def will_be_told(action: str, due: dt.datetime) -> Text:
    """A word to whoever decided, while the decision can be taken back."""
    return say(
        "ثبت شد: {action}. نتیجه در {due} به دستگاه اعلام می‌شود؛ تا آن زمان می‌توانید آن را بازپس بگیرید.",
        action=ACTIONS[action],
        due=due,
    )


def taken_back() -> str:
    """The callback answer to «بازپس‌گیری تصمیم»."""
    return "تصمیم بازپس گرفته شد و به کسی اعلام نمی‌شود."


def given_to(name: str) -> str:
    """The callback answer after a case was given to a colleague."""
    return f"پرونده به {name} واگذار شد."


def noted() -> Text:
    """The internal note is kept."""
    return say("یادداشت داخلی ثبت شد.")


def attachments(count: int) -> Text:
    """What is about to be sent under «پیوست‌ها»."""
    return say("پیوست‌ها ارسال می‌شود. تعداد: {n}", n=count)


def attachment(number: int, name: str, code: str) -> Text:
    """The caption of a file, which names it: the file itself travels under an ASCII name.

    Number 0 is the scan of the authorised official's letter.
    """
    title = say("تصویر نامه امضاشده: ") if number == 0 else say("پیوست {n}: ", n=number)
    return lines(title + file_named(name), say("کد رهگیری:"), code_line(code))
