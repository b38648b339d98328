"""`docs/security.md` leads from every threat and every attack to a test that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
}
THREATS, ATTACKS = (
    [line for line in part.splitlines() if re.match(r"\| (?:\*\*|\d)", line)]
    for part in PAGE.split("## Twenty-five attacks")
)
ROWS = [*THREATS, *ATTACKS]


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip() for row in ROWS])
def test_every_row_leads_to_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(test_\w+)`", row.rsplit("|", 2)[1])
    assert (named != [], [name for name in named if name not in TESTS]) == (True, [])


def test_the_attacks_are_twenty_five() -> None:
    assert [row.split("|")[1].strip() for row in ATTACKS] == [str(number) for number in range(1, 26)]


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/security.md", "docs/backup.md"])
def test_every_file_that_the_pages_name_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = [(ROOT / page).parent / found for found in re.findall(r"\]\(((?!https?:)[^)#]+)\)", text)]
    files = [ROOT / found for found in re.findall(r"`((?:tests|deploy|docs|bot)/[\w/.-]+\.\w+)`", text)]
    assert [str(path) for path in (*links, *files) if not path.is_file()] == []
