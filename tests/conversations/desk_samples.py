"""Samples of what reviewers and directors are told, for the golden page and the rules of every text."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from domain.conditions import findings
from domain.lifecycle import State
from domain.plan import plan_of
from domain.proposal import Proposal
from domain.targets import Span
from messages_fa import card, history, plan, review, review_ask
from messages_fa.decision import decision
from messages_fa.markup import Text, paragraphs, say
from messages_fa.reasons import EVERY
from persian.money import Rials

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
CODE = "123456789012"
AGENCY = "اداره کل آموزش و پرورش"
PROPOSAL = Proposal.model_validate(
    {
        "kind": "instalments",
        "special_rule": False,
        "creditor_kind": "state_company",
        "offence": True,
        "official_name": "زهرا احمدی",
        "official_post": "مدیرکل امور مالی",
        "letter_number": "۱۲۳/۴۵/ص",
        "letter_date": "2026-09-28",
        "letter_scan": 7,
        "debtor_kind": "natural",
        "debtor_name": "رضا کریمی",
        "national_id": "1360001239",
        "debt_type": "overpaid_salary",
        "amount": Rials(1_250_000_000),
        "instalments": 12,
        "interval_months": 1,
        "first_due": "2026-11-01",
        "reason": "بدهکار بازنشسته است.",
    }
)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the desk with its title."""
    yield "desk prompt", review.prompt(CODE, AGENCY, "instalments", corrected=False)
    yield "desk prompt corrected", review.prompt(CODE, AGENCY, "both", corrected=True)
    yield "desk prompt signature", review.prompt_signature(CODE, AGENCY, "deferral", "مینا صادقی")
    yield "desk handed over", review.handed_over(CODE, AGENCY, "instalments", "مینا صادقی")
    yield "desk expired", review.expired(CODE, 48)
    yield "desk taken away", review.taken_away(CODE, "")
    yield "desk taken away with a decision", review.taken_away(CODE, "refuse")
    yield "desk not published", review.not_carried_out(CODE, "refuse")
    yield "desk status", review.prompt_status(CODE, State.IN_REVIEW, "مینا صادقی")
    yield "desk queue", queue()
    yield "desk queue empty", review.queue([], "نزد من", waiting=2, mine=0, page=1, pages=1, target=None)
    yield "desk card", whole_card()
    yield "desk status decided", review.prompt_status(CODE, State.IN_REVIEW, "مینا صادقی", "مینا صادقی")
    yield "desk card pending", card.pending("agree", "مینا صادقی", NOON, decision("agree", (), ""))
    yield "desk card pending refusal", card.pending("refuse", "مینا صادقی", NOON, refusal())
    yield "desk card decided", card.decided("refuse", "مینا صادقی", NOON, refusal())
    yield "desk card left alone", card.changes([], ["amount"])
    yield "desk sure to refuse", review_ask.REFUSAL["sure"](REFUSED)
    yield "desk sure to return", review_ask.RETURN["sure"](RETURNED)
    yield "desk sure to supersede", review_ask.SUPERSEDING["sure"](SUPERSEDED)
    yield "desk marks", review_ask.RETURN["fields"](RETURNED)
    yield "desk card ticked", card.ticked_by("مینا صادقی", NOON)
    yield "desk card left out", card.left_out([card.CHANGES, card.NOTES])
    yield from ((f"desk record {n}", part) for n, part in enumerate(record(), 1))
    yield "desk agree", review.agree_question(CODE, waits=False, minutes=None)
    yield "desk agree later", review.agree_question(CODE, waits=False, minutes=10)
    yield "desk agree first", review.agree_question(CODE, waits=True, minutes=10)
    yield "desk sign", review.sign_question(CODE, None)
    yield "desk colleague", review.colleague_question(CODE)
    yield "desk decided", review.decided(State.NOT_AGREED)
    yield "desk decided later", review.will_be_told("agree", NOON)
    yield "desk noted", review.noted()
    for act, rows in EVERY.items():
        for reason in rows:
            told = say("{title}، {ground}", title=reason.title, ground=reason.ground or "بدون مستند قانونی")
            yield f"reason {act} {reason.reference}", told


NOTE = "نامه مهر دستگاه ندارد."
REFUSED: dict[str, object] = {"reasons": ["special_rule.1", "other.1"], "note": NOTE}
RETURNED: dict[str, object] = {"fields": ["letter_scan", "amount", "other.1"], "note": NOTE}
SUPERSEDED: dict[str, object] = {
    "outcome": "not_agreed",
    "why": ["ruling.1"],
    "refusal": ["special_rule.1"],
    "note": NOTE,
}


def refusal() -> Text:
    """What a refusal for another reason tells."""
    return decision("refuse", ("special_rule.1", "other.1"), NOTE)


def queue() -> Text:
    """A queue of two."""
    rows = [
        review.queue_row(
            number,
            PROPOSAL,
            agency=AGENCY,
            state=State.IN_REVIEW,
            holder=holder,
            on_behalf=away,
            since=NOON - timedelta(hours=30),
            now=NOON,
            due=NOON - timedelta(hours=6) if late else None,
            corrected=late,
            overdue=late,
        )
        for number, holder, late, away in (
            (1, "مینا صادقی", True, False),
            (2, "", False, False),
            (3, "رضا کریمی", False, True),
        )
    ]
    return review.queue(rows, "همه", waiting=12, mine=1, page=1, pages=2, target=Span.of("3d"))


def record() -> tuple[Text, ...]:
    """The record of a case in which much has happened."""
    amount = history.change("amount", say("۱۲۰ ریال"), say("۲۴۰ ریال"))
    ticks = history.ticked({"authorised_official": NOON, "amount": NOON})
    given = [history.given_to("رضا کریمی")]
    marked = [history.marked(("amount",))]
    undone = history.taken_back("agree", (), NOON)
    steps = [
        history.step(1, "submit", NOON, "سارا محمدی", State.SUBMITTED),
        history.step(2, "hand_over", NOON, "مینا صادقی", State.IN_REVIEW, more=given),
        history.step(
            3,
            "return_for_correction",
            NOON,
            "رضا کریمی",
            State.RETURNED,
            reasons=("marked.1",),
            words="مبلغ با نامه یکی نیست.",
            more=marked,
        ),
        history.step(4, "resubmit", NOON, "سارا محمدی", State.SUBMITTED, more=amount),
        history.step(5, "expire", NOON, "", State.SUBMITTED),
        history.step(6, "take_back", NOON, "رضا کریمی", State.IN_REVIEW, more=undone),
        history.step(7, "agree", NOON, "رضا کریمی", State.AGREED, more=ticks),
    ]
    notes = [history.note("مینا صادقی", NOON, "با دستگاه تماس گرفتم.")]
    return (*history.messages(CODE, steps, notes), *history.messages(CODE, steps[:1], []))


def whole_card() -> Text:
    """A card with everything that can stand on one."""
    return paragraphs(
        card.card(
            code=CODE,
            proposal=PROPOSAL,
            plan=plan.short(plan_of(PROPOSAL)),
            agency=AGENCY,
            filer="سارا محمدی",
            state=State.IN_REVIEW,
            holder="مینا صادقی",
            filed_at=NOON,
        ),
        card.findings(findings(PROPOSAL), legal=False),
        card.changes([("amount", say("۱٬۲۰۰٬۰۰۰٬۰۰۰ ریال"), say("۱٬۲۵۰٬۰۰۰٬۰۰۰ ریال"))]),
        card.returns([(NOON, ("amount",), ("marked.1",), "مبلغ با نامه یکی نیست.")]),
        card.notes([(NOON, "مینا صادقی", "با دستگاه تماس گرفتم.")]),
    )
