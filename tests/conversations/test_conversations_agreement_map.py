"""`docs/agreement.md` leads from every sentence of the agreement to what does it and to what shows it."""

import re
from pathlib import Path

import pytest

from domain.agreement import Clause, parse, sentences
from messages_fa import form, receipt
from messages_fa.agreement_text import FIRST

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "agreement.md").read_text("utf-8")
CLAUSES = tuple(sentences(parse(FIRST).sections))
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
}
PARTS = dict(re.findall(r"^### ([1-7]\.[1-7])[^\n]*\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("clause", CLAUSES, ids=[f"{one.section}.{one.number}" for one in CLAUSES])
def test_every_sentence_leads_to_files_and_tests_that_exist(clause: Clause) -> None:
    part = PARTS[f"{clause.section}.{clause.number}"]
    assert f"> {clause.text}\n" in part, "letter for letter"
    names = re.findall("`([^`]+)`", part)
    shown = [name for name in names if name.startswith("test_")]
    files = [name for name in names if "/" in name]
    assert (bool(shown), bool(files)) == (True, True)
    assert [name for name in shown if name not in TESTS] == []
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_the_page_has_no_clause_that_the_agreement_lacks() -> None:
    assert list(PARTS) == [f"{one.section}.{one.number}" for one in CLAUSES]


def test_the_obligations_are_said_at_the_moment_when_they_bind() -> None:
    assert "طبق بند ۴ توافق‌نامه خدمت، اطلاعات باید درست و کامل باشد." in form.to_declare().plain
    told = receipt.filed("123456789010", "KXMTPQRW", "").plain
    assert "نگهداری آن‌ها، طبق بند ۴ توافق‌نامه خدمت، بر عهده شماست." in told
    assert "اداره کل متعهد به حفظ محرمانگی است" in told
