"""The benchmark runs with a handful of everything, and what it counts adds up; no time is judged."""

import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.__main__ import run
from benchmarks.figures import FAIL, Row, Spread, Target
from benchmarks.profile import REST, shares
from benchmarks.report import BEGIN, END, Report
from benchmarks.rows import ROWS
from benchmarks.size import TINY
from benchmarks.stage import FLOOR, THIS_BOT, Contender

FEW = replace(TINY, updates=20, slow_updates=2, broadcast=10, cases=(500, 600))
RAW = Path(__file__).parents[2] / FLOOR.command[1]


def quiet(_doing: str, _done: int) -> None:
    """Nobody watches."""


def test_every_target_of_the_design_has_a_row() -> None:
    assert list(ROWS) == [
        "updates",
        "latency",
        "flood",
        "backlog",
        "broadcast",
        "units",
        "cases",
        "start",
        "memory",
        "two",
    ]


async def test_a_handful_of_everything_is_counted_reply_by_reply() -> None:
    report = await run(FEW, ["updates", "broadcast", "units"], quiet, contenders=[THIS_BOT])

    assert [row.what for row in report.rows] == [
        "updates/s at 50 ms, beside python-telegram-bot",
        "updates/s at 50 ms, beside aiogram",
        "updates/s at 50 ms, beside grammY runner",
        "updates/s at 0 ms, beside python-telegram-bot",
        "CPU an update at 50 ms, all in, beside python-telegram-bot",
        "CPU an update at 50 ms, all in, beside raw aiohttp floor",
        "broadcast to 10 under a strict window of 30/s, 1 people writing",
        "durable units of 16 writers on SQLite",
    ]
    assert [tuple(line[:3]) for line in report.bots] == [
        (THIS_BOT.name, latency, "20") for latency in ("50 ms", "0 ms")
    ]


async def test_a_bot_that_answers_twice_fails_its_row(tmp_path: Path) -> None:
    eager = tmp_path / "eager.py"
    once = "echoes.create_task(sending)"
    assert once in RAW.read_text()
    again = 'echoes.create_task(call(client, "sendMessage", chat_id=message["chat"]["id"], text="!"))'
    eager.write_text(RAW.read_text().replace(once, f"{once}; {again}"))

    twice = Contender("eager", (sys.executable, str(eager)))
    report = await run(replace(FEW, updates=10), ["updates"], quiet, contenders=[twice])

    (row,) = report.rows
    assert (row.target, row.verdict, report.failed) == ("sound runs", FAIL, 1)


def test_rounds_on_both_sides_of_a_target_are_called_unsteady() -> None:
    target = Target(1.0, "≥ 1.0 ×")
    assert [target.verdict_of(Spread(rounds)) for rounds in ([1, 2, 3], [0.5, 2, 3], [0.5, 0.6, 3])] == [
        "PASS",
        "PASS: unsteady",
        "FAIL: unsteady",
    ]


def test_the_page_keeps_what_stands_around_the_tables(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    report = Report(["one machine"], [Row("what", "≥ 1", "2", "2.00 ×", "PASS")])

    report.write(page)
    report.write(page)

    told = (
        "* one machine\n\n### Targets\n\n| what | target | figure (least-most) | ratio | verdict |\n"
        "| --- | --- | --- | --- | --- |\n| what | ≥ 1 | 2 | 2.00 × | PASS |"
    )
    assert page.read_text() == f"before\n{BEGIN}\n\n{told}\n\n{END}\nafter\n"


def test_a_sample_belongs_to_the_first_stage_that_its_stack_names() -> None:
    unit = "run (aiosqlite/core.py:1);_run_batch (storage/sqlite.py:2)"
    folded = [
        f"{unit};unit (bot/intake.py:3);Inbox.receive (storage/inbox.py:4);execute (sql/base.py:5) 6",
        f"{unit};Sender._write.<locals>.unit (bot/delivery.py:1);Outbox.settle (storage/outbox.py:2) 2",
        f"{unit} 1",
        "_find_and_load (<frozen importlib._bootstrap>:1) 99",
        "helper (somewhere.py:1) 1",
    ]

    assert shares(folded) == [
        ("receive and store", 0.6, "execute (sql/base.py)"),
        ("settle what was sent", 0.2, "Outbox.settle (storage/outbox.py)"),
        ("begin and commit", 0.1, "_run_batch (storage/sqlite.py)"),
        (REST, 0.1, "helper (somewhere.py)"),
    ]
