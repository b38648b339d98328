"""What anybody with a code sees is the same whatever was filed; what anybody without one sees, too."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services_office import MORNING, Clock, Office

from domain.roles import Actor
from messages_fa import tracking as texts
from persian.codes import new_tracking_code
from services import tracking
from services.tracking import Missed, Stage
from storage.engine import Store
from storage.records import Case
from storage.vault import Vault

CANARY = "قناری"
WORDS = st.text("ابپتحسکگمنی\u200c ", min_size=1, max_size=20).map(lambda text: f"{CANARY}{text}")
PROPOSALS = st.fixed_dictionaries(
    {
        "debtor_name": WORDS,
        "official_name": WORDS,
        "official_post": WORDS,
        "reason": WORDS,
        "letter_number": st.integers(10**6, 10**9).map(lambda number: f"{number}/ق"),
        "amount": st.integers(10**9, 10**14),
        "instalments": st.integers(2, 60),
        "national_id": st.sampled_from(["0499370899", "0084575948", "1360001239", "1371234566"]),
        "offence": st.booleans(),
    }
)
TYPED = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\A[0-9۰-۹ -]{1,20}\Z"),
    st.builds(new_tracking_code),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Iterator["Desk"]:
    """An office for all the examples of this file."""
    with asyncio.Runner() as runner:
        made = Desk(runner, tmp_path_factory.mktemp("office") / "store.db", vault)
        yield made
        runner.run(made.office.store.close())


class Desk:
    """The office, used from tests that have no event loop of their own."""

    def __init__(self, runner: asyncio.Runner, path: Path, vault: Vault) -> None:
        self.runner = runner
        self.clock = Clock()
        store = runner.run(Store.open(f"sqlite:///{path}", vault=vault, clock=self.clock))
        self.office = Office(store, self.clock)
        self.officer: Actor = runner.run(self.office.officer())
        self.asker = 0

    def file(self, **changed: object) -> Case:
        return self.runner.run(self.office.file(self.officer, digest="digest", **changed))

    def look_up(self, typed: str, asker: int) -> Stage | Missed:
        return self.runner.run(self.office.do(tracking.look_up, asker=("bale", asker), typed=typed))

    def stranger(self) -> int:
        """Somebody who has never asked before."""
        self.asker += 1
        return self.asker


def told(found: Stage) -> str:
    """The view as it stands in a chat, its code and numbers apart."""
    text = texts.stage(found.code, found.stage, found.steps, found.next_step, target=found.target).plain
    return "\n".join(line for line in text.splitlines() if not line.startswith("\u200f"))


@settings(max_examples=40, deadline=None)
@given(changed=PROPOSALS)
def test_the_public_view_is_the_same_whatever_was_filed(desk: Desk, changed: dict[str, object]) -> None:
    desk.clock.now = MORNING
    found = desk.look_up(desk.file(**changed).code, desk.stranger())
    assert isinstance(found, Stage)
    assert told(found) == (
        "ثبت شد\nکد رهگیری:\n\nثبت شد: ۱۴۰۵/۰۷/۰۹ ساعت ۰۹:۰۰\n\n"
        "گام بعد: کارشناسان اداره کل بررسی را آغاز می‌کنند."
    )
    assert CANARY not in repr(found)
    assert str(changed["amount"]) not in repr(found)


@settings(max_examples=60, deadline=None)
@given(typed=TYPED)
def test_whatever_is_no_code_of_ours_is_missed_in_the_same_way(desk: Desk, typed: str) -> None:
    desk.clock.move_on(timedelta(minutes=30))  # so that the misses of all examples raise no alarm
    assert desk.look_up(typed, desk.stranger()) == Missed()


@settings(max_examples=10, deadline=None)
@given(wrong=st.lists(TYPED, min_size=10, max_size=10))
def test_after_ten_misses_a_true_code_reads_like_any_other(desk: Desk, wrong: list[str]) -> None:
    desk.clock.move_on(timedelta(hours=2))
    case, asker = desk.file(first_due="2036-11-01", letter_date="2026-09-28"), desk.stranger()
    answers = [desk.look_up(typed, asker) for typed in (*wrong, case.code, new_tracking_code(), "سلام")]
    assert {type(answer) for answer in answers} == {Missed}
    assert answers[-3] == answers[-2] == answers[-1], "throttled, unknown and malformed"
