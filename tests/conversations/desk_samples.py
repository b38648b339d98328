"""Samples of what reviewers and directors are told, for the golden page and the rules of every text."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from domain.conditions import findings
from domain.lifecycle import State
from domain.plan import plan_of
from domain.proposal import Proposal
from messages_fa import card, plan, review
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
    yield "desk not published", review.not_carried_out(CODE, "refuse")
    yield "desk status", review.prompt_status(CODE, State.IN_REVIEW, "مینا صادقی")
    yield "desk queue", queue()
    yield "desk queue empty", review.queue([], "نزد من", waiting=2, mine=0, page=1, pages=1, target=None)
    yield "desk card", whole_card()
    yield "desk card pending", card.pending("agree", "مینا صادقی", NOON)
    yield "desk card ticked", card.ticked_by("مینا صادقی", NOON)
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


def queue() -> Text:
    """A queue of two."""
    rows = [
        review.queue_row(
            number,
            PROPOSAL,
            agency=AGENCY,
            state=State.IN_REVIEW,
            holder=holder,
            since=NOON - timedelta(hours=30),
            now=NOON,
            due=NOON - timedelta(hours=6) if late else None,
            corrected=late,
            overdue=late,
        )
        for number, holder, late in ((1, "مینا صادقی", True), (2, "", False))
    ]
    return review.queue(rows, "همه", waiting=12, mine=1, page=1, pages=2, target=24)


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
