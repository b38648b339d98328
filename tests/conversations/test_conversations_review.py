"""The desk's texts: reasons that stay as they were told, short amounts, a card that fits into a message."""

import ast
from datetime import UTC, datetime, timedelta

import pytest
from conversation_samples import ROOT
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Entry, offered
from domain.conditions import CONDITIONS, Finding
from messages_fa import card, reasons, review
from messages_fa.markup import say
from messages_fa.names import FIELDS
from persian.money import Rials

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)

ISSUED = {
    "refuse": (
        "incomplete_conditions.1",
        "not_authorised.1",
        "special_rule.1",
        "creditor_not_covered.1",
        "debt_not_established.1",
        "plan_not_accepted.1",
        "other.1",
    ),
    "return_for_correction": (
        "marked.1",
        "official.1",
        "debtor.1",
        "debt.1",
        "plan.1",
        "attachments.1",
        "other.1",
    ),
    "supersede": ("new_facts.1", "mistake.1", "ruling.1", "other.1"),
    "withdraw": ("paid.1", "settled.1", "mistaken.1", "not_wanted.1", "other.1"),
}
"""Every reference ever stored: a line may be added here, never taken away."""


def test_a_reason_once_issued_can_always_be_read_again() -> None:
    assert {act: tuple(r.reference for r in rows) for act, rows in reasons.EVERY.items()} == ISSUED
    assert reasons.found(reasons.REFUSAL, "special_rule") == reasons.found(reasons.REFUSAL, "special_rule.1")
    with pytest.raises(KeyError):
        reasons.found(reasons.REFUSAL, "special_rule.2")


def test_only_the_newest_version_of_a_reason_is_offered_and_a_withdrawn_one_is_not() -> None:
    catalogue = (
        Entry("a", 1, "نخست"),
        Entry("a", 2, "دوم"),
        Entry("b", 1, "برداشته", offered=False),
        Entry("c", 1, "زمانی"),
        Entry("c", 2, "دیگر نه", offered=False),
    )
    assert [reason.reference for reason in offered(catalogue)] == ["a.2"]
    assert reasons.titles(catalogue, ("a", "a.2", "b.1")) == ["نخست", "دوم", "برداشته"]


def test_no_reason_rests_on_a_rule_that_was_not_read() -> None:
    known = (
        "ماده ۴۷ قانون محاسبات عمومی کشور",
        "ماده ۱۶۷ قانون مالیات‌های مستقیم",
        "شرایط عمومی در توافق‌نامه",
    )
    grounds = {reason.ground for rows in reasons.EVERY.values() for reason in rows} - {""}
    assert all(ground.startswith((known[0], known[2])) for ground in grounds)
    assert sum(known[1] in ground for ground in grounds) == 1


@pytest.mark.parametrize(
    ("rials", "shown"),
    [
        (1, "۱ ریال"),
        (999, "۹۹۹ ریال"),
        (1_000, "۱ هزار ریال"),
        (120_000_000, "۱۲۰ میلیون ریال"),
        (1_250_000_000, "حدود ۱٫۲ میلیارد ریال"),
        (1_200_000_000, "۱٫۲ میلیارد ریال"),
        (999_999_999, "حدود ۹۹۹٫۹ میلیون ریال"),
        (3 * 10**12, "۳ هزار میلیارد ریال"),
    ],
)
def test_an_amount_is_short_and_never_more_exact_than_it_is(rials: int, shown: str) -> None:
    assert review.short_amount(Rials(rials)) == shown


@given(st.integers(1, 10**15 - 1))
def test_a_short_amount_says_about_exactly_when_it_leaves_something_out(rials: int) -> None:
    shown = review.short_amount(Rials(rials))
    tenth = next((size // 10 for size in (10**12, 10**9, 10**6, 10**3) if rials >= size), 1)
    assert shown.startswith("حدود") == (rials % tenth != 0)


def test_every_condition_has_words_for_both_findings() -> None:
    rows = [Finding(code, ok, {}) for code in CONDITIONS for ok in (True, False)]
    told = card.findings(rows, legal=False).plain.splitlines()
    assert len({line.partition(". ")[2] for line in told[1:]}) == len(rows)
    assert "کد ملی: قالب درست است" in "\n".join(told)
    assert "شناسه ملی: قالب درست است" in card.findings(rows, legal=True).plain


def test_old_and_new_stand_side_by_side_in_words() -> None:
    told = card.changes([("amount", say("۱۲۰ ریال"), say("۱۱۰ ریال")), ("mobile", None, say("۰۹۱۲"))])
    assert told.plain.splitlines() == [
        "تغییرهای آخرین اصلاح",
        "مبلغ بدهی، پیش از اصلاح: ۱۲۰ ریال",
        "مبلغ بدهی، پس از اصلاح: ۱۱۰ ریال",
        "تلفن همراه بدهکار، پیش از اصلاح: ارائه نشده",
        "تلفن همراه بدهکار، پس از اصلاح: ۰۹۱۲",
    ]


def test_what_is_long_is_cut_and_what_is_much_is_counted() -> None:
    long = say("{text}", text="ب" * 500)
    changed = card.changes([(name, long, None) for name in FIELDS]).plain
    assert "و ۱۷ تغییر دیگر" in changed
    noted = card.notes([(NOON + timedelta(hours=n), "مینا", "ی" * 1000) for n in range(5)]).plain
    assert "و ۲ یادداشت پیش‌تر" in noted
    assert len(changed) + len(noted) < 3000


def test_no_handler_of_the_desk_speaks_for_itself() -> None:
    for name in ("desk", "review", "decisions"):
        tree = ast.parse((ROOT / f"bot/handlers/{name}.py").read_text("utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if hasattr(node, "body") and isinstance(node, ast.Module | ast.FunctionDef)
        }
        said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert [
            text for text in said if text not in docs and any("\u0600" <= sign <= "\u06ff" for sign in text)
        ] == []
