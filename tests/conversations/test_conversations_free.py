"""«این خدمت رایگان است»: it is said where people come in, and nobody is ever asked to pay."""

import ast
import re
from pathlib import Path

import messages_fa
from messages_fa import agreement, general, receipt
from messages_fa.agreement_text import FIRST

FOLDER = Path(messages_fa.__file__).parent
ASKS_TO_PAY = re.compile(
    "واریز|درگاه|شماره کارت|کارت بانکی|کارت به کارت|رمز پویا|رمز دوم|رمز بانکی|شبا|شماره حساب|تراکنش|خرید"
    "|پرداخت کنید|بپردازید|پول بفرستید|cvv|هزینه (?:خدمت|ثبت|رسیدگی)|کارمزد"
)
WARNING = "هیچ‌کس در این سامانه از شما پول، شماره کارت یا رمز بانکی نمی‌خواهد."


def sentences() -> list[str]:
    """Every string of every module of texts."""
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted(FOLDER.rglob("*.py")))
    every = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [node.value for node in every if isinstance(node.value, str)]


def test_no_text_asks_anybody_to_pay_or_for_a_bank_card() -> None:
    said = sentences()
    assert len(said) > 1000, "the texts were read"
    assert [text for text in said if ASKS_TO_PAY.search(text.casefold())] == [WARNING]


def test_the_agreement_itself_says_that_the_service_is_free() -> None:
    assert "این خدمت بدون هزینه ارائه می گردند." in FIRST
    assert ASKS_TO_PAY.search(FIRST) is None


def test_it_is_said_where_people_come_in_file_read_and_ask_for_help() -> None:
    shown = (
        general.greeting("سارا محمدی", ()),
        general.greeting_stranger(),
        general.help_text((), ""),
        receipt.filed("123456789010", "KXMTPQRW", ""),
        agreement.overview((), 1, None, (), ()),
    )
    assert [text.plain for text in shown if "این خدمت رایگان است" not in text.plain] == []
    assert WARNING in general.help_text((), "").plain
