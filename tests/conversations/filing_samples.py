"""Samples of the officer's day: withdrawal, a debt again, drafts that expire, reviews, co-signatures."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.conversations.filing_forms import FILING_FORMS
from bot.conversations.form import Position
from bot.conversations.given import Scope
from bot.conversations.show import screen_of
from messages_fa import buttons, cosign, filing, form, general, refusals, tracking
from messages_fa.markup import Text, say

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
CODE, OTHER = "123456789012", "210987654321"
AGENCY = "اداره کل آموزش و پرورش"
WORDS = "بدهکار همه بدهی را پرداخت کرد."
TOKEN = "cosign0123456789abcdef0123456789abcdef"
_GIVEN = {"reason": "other.1", "note": WORDS}


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the officer's day with its title."""
    yield from _forms()
    yield from _withdrawal()
    yield from _twice()
    yield from _drafts()
    yield from _codes()
    yield from _reviews()
    yield from _cosign()


def _forms() -> Iterator[tuple[str, Text]]:
    for each in FILING_FORMS:
        for step in dict.fromkeys(step.name for step in each.steps):
            answers = {name: value for name, value in _GIVEN.items() if name != step}
            screen = screen_of(
                each, Position(dict(answers), step), Scope(date(2026, 10, 1)), None, lambda act: act
            )
            yield f"day form {each.name} {step}", screen.text
    yield "day ask withdrawal note listed", filing.ask_withdrawal_note({"reason": "paid.1"})
    yield "day ask why twice", filing.ask_why_twice({})


def _withdrawal() -> Iterator[tuple[str, Text]]:
    yield "day ask withdrawal", filing.ask_withdrawal({})
    yield "day about case", form.about_case("رضا کریمی", CODE)
    yield "day sure to withdraw", filing.sure_to_withdraw({"reason": "paid.1", "note": None})
    yield "day withdrawn", filing.withdrawn(CODE, "رضا کریمی", "paid.1", WORDS)
    yield "day withdrawn another reason", filing.withdrawn(CODE, "رضا کریمی", "other.1", WORDS)
    yield "day withdrawn from desk", filing.withdrawn_from_desk(CODE)
    yield "day why withdrawn", filing.why_withdrawn(("paid.1",), WORDS)
    yield "day not withdrawn", filing.not_withdrawn()


def _twice() -> Iterator[tuple[str, Text]]:
    yield "day twice", filing.twice([(CODE, "in_review"), (OTHER, "returned")], elsewhere=True)
    yield "day twice elsewhere", filing.twice([], elsewhere=True)
    yield "day noted twice", filing.noted_twice()
    yield "day other ended", filing.other_ended()
    yield "day copied", filing.copied("رضا کریمی", ("نوع پیشنهاد", "نوع بدهی"))
    yield "day goes on there", filing.goes_on_there("رضا کریمی")
    yield "day filed twice", filing.filed_twice(WORDS, [CODE])
    yield "day same button", say("{label}", label=filing.same("زهرا احمدی"))
    yield "day unfollow button", say("{label}", label=filing.unfollow_row(2))
    yield "day restore button", say("{label}", label=buttons.restore_draft(2))
    yield "day take back button", say("{label}", label=buttons.take_back_draft(2))


def _drafts() -> Iterator[tuple[str, Text]]:
    yield "day draft until", filing.draft_until(NOON)
    yield "day nudge", filing.nudge("رضا کریمی", general.draft_at(15, 21, "مبلغ بدهی"), NOON)
    yield "day expired", filing.expired("رضا کریمی", NOON)
    yield "day expired list", filing.expired_list([("رضا کریمی", NOON), ("پیشنهاد بی‌نام", None)])
    yield "day restored", filing.restored("رضا کریمی")


def _codes() -> Iterator[tuple[str, Text]]:
    yield "day lost code", filing.lost_code()
    yield "day office contact", filing.office_contact("۰۲۱۸۸۸۸۰۰۰۰")
    yield "day follows", filing.follows([(CODE, "in_review")])
    yield "day follows none", filing.follows([])
    words = [("target", CODE), ("upheld", CODE), ("cosign", OTHER), ("draft", ""), ("data", "")]
    words += [("staff", ""), ("cut", "")]
    yield "day caught up", tracking.caught_up([(CODE, "in_review", NOON)], 0, None, words)


def _reviews() -> Iterator[tuple[str, Text]]:
    yield "day ask why review", refusals.ask_why({})
    yield "day sure to ask review", refusals.sure_to_ask({"note": WORDS})
    yield "day review asked", refusals.asked(CODE)
    yield "day review not asked", refusals.not_asked()
    for how in ("free", "taken", "over"):
        yield f"day review standing {how}", refusals.standing(how, WORDS if how == "over" else "")
    yield "day review upheld", refusals.upheld(CODE, WORDS)
    yield "day review not followed", refusals.not_followed(CODE, "مینا صادقی", WORDS)
    yield "day review prompt", refusals.prompt(CODE, AGENCY, "instalments")
    yield "day review prompt directors", refusals.prompt_directors(CODE, AGENCY, "both", "مینا صادقی")
    for uphold in (True, False):
        yield f"day review note {uphold}", refusals.ask_note({}, uphold=uphold)
        yield f"day review sure {uphold}", refusals.sure({"note": WORDS}, uphold=uphold)
        yield f"day review concluded {uphold}", refusals.concluded(uphold=uphold)
    yield "day review on card", refusals.on_card(NOON, WORDS, holder="مینا صادقی")
    answer = ("uphold", "مینا صادقی", "سند تازه‌ای نیامده است.")
    yield "day review on card upheld", refusals.on_card(NOON, WORDS, holder="", answer=answer)
    other = ("recommend", "مینا صادقی", "حق با دستگاه است.")
    yield "day review on card recommended", refusals.on_card(NOON, WORDS, holder="", answer=other)


def _cosign() -> Iterator[tuple[str, Text]]:
    link = "https://ble.ir/mohlat_bot?start=" + TOKEN
    yield "day cosign offered", cosign.offered(TOKEN, [("bale", link)], NOON)
    waits = [cosign.waiting(1, "رضا کریمی", NOON)]
    yield "day cosign waiting", cosign.waiting_list(waits)
    yield "day cosign taken back", cosign.taken_back("رضا کریمی")
    for why in ("", "own", "other", "confirmed", "returned", "expired"):
        yield f"day cosign unusable {why}", cosign.unusable(why)
    yield "day cosign unusable with code", cosign.unusable("confirmed", CODE)
    rows = [say("نام بدهکار: رضا کریمی")]
    yield "day cosign to confirm", cosign.to_confirm(AGENCY, "سارا رضایی", rows, say("تعداد اقساط: ۱۲"), NOON)
    yield "day cosign paper", cosign.paper(1, 2, "نامه.pdf")
    yield "day cosign name", cosign.ask_name({})
    yield "day cosign objection", cosign.ask_objection({})
    yield "day cosign confirmed", cosign.confirmed(CODE)
    yield "day cosign confirmed by", cosign.confirmed_by("زهرا احمدی")
    yield "day cosign sent back", cosign.sent_back()
    yield "day cosign returned", cosign.returned("رضا کریمی", "مبلغ را اصلاح کنید.")
    for why in ("answers", "terms", "moved", "alike", "gone"):
        yield f"day cosign outdated {why}", cosign.outdated("رضا کریمی", why)
        yield f"day cosign outdated official {why}", cosign.outdated_for_official(why)
    yield "day cosign outdated official role", cosign.outdated_for_official("role")
    yield "day cosign confirmed correction", cosign.confirmed_correction(CODE)
    yield "day cosign expired", cosign.expired("رضا کریمی")
    yield "day cosign on card", cosign.on_card("زهرا احمدی")
    yield "day cosign once on card", cosign.once_on_card("زهرا احمدی")
    yield "day words back", filing.words_back("درخواست بازنگری", [WORDS])
    yield "day closed meanwhile", filing.closed_meanwhile("رضا کریمی")
    yield "day locked meanwhile", filing.locked_meanwhile("رضا کریمی")
