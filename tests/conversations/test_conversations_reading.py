"""What goes on during a maintenance is listed by names that exist; whatever is not listed is held back."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import actions, words
from bot.conversations.every import FORMS
from bot.handlers import complaint_desk, review
from bot.handlers.frozen import GO_ON, READING, only_reads
from bot.timers import SWEEPS

BUTTONS = actions._BUTTONS  # noqa: SLF001 - the tables themselves
VERBS = {
    "c": {*review._VERBS, *actions._OWN_CASE, "own"},  # noqa: SLF001
    "cmp": {*complaint_desk._VERBS},  # noqa: SLF001
}
"""What the last part of a card's button says, up to a point."""


def test_every_name_that_is_listed_exists() -> None:
    assert set(READING["command"]) - set(words.COMMANDS) == set()
    assert {pattern.partition(":")[0] for pattern in READING["press"]} - {*BUTTONS} == set()
    unknown = [
        pattern for pattern in READING["answer"] if not any(fnmatchcase(name, pattern) for name in FORMS)
    ]
    assert unknown == []
    assert GO_ON - {name for name, _sweep, _seconds in SWEEPS} == set()


def test_looking_goes_on_and_changing_does_not() -> None:
    looking = ("c:7:2:open", "c:7:2:own.0", "t:123456789012", "m:0:all", "q:all:0", "d:page:1", "win:log:0")
    changing = (
        "c:7:2:claim",
        "c:7:2:agree",
        "c:7:2:tick.debtor",
        "c:7:2:sign.yes",
        "d:open:3",
        "d:drop:3",
        "s:contact",
    )
    assert [data for data in looking if not only_reads("press", data)] == []
    assert [data for data in changing if only_reads("press", data)] == []
    assert [
        name for name in ("track", "status", "terms", "help", "mine") if not only_reads("command", name)
    ] == []
    assert [name for name in ("new", "complaint", "link") if only_reads("command", name)] == []
    assert [
        name for name in ("proposal", "return", "refusal", "invitation") if only_reads("answer", name)
    ] == []
    assert GO_ON.isdisjoint({"publish_due", "release_idle", "a sweep of tomorrow"})


@pytest.mark.parametrize("pattern", READING["press"])
def test_a_pattern_has_as_many_parts_as_its_button_and_names_what_it_is_about(pattern: str) -> None:
    kind, *parts = pattern.split(":")
    assert len(parts) == BUTTONS[kind][1]


@pytest.mark.parametrize("pattern", READING["press"])
def test_no_verb_hides_behind_the_end_of_a_button_that_reads(pattern: str) -> None:
    kind, *_, last = pattern.replace("*", "1").split(":")
    smuggled = [
        f"{kind}:1:1:{verb}.:{last}"
        for verb in VERBS.get(kind, ())
        if not only_reads("press", f"{kind}:1:1:{verb}")
    ]
    assert [data for data in smuggled if only_reads("press", data)] == []


@given(
    kind=st.sampled_from(sorted(BUTTONS)),
    rest=st.lists(
        st.text(alphabet=":.*?[]01ac\n", max_size=4)
        | st.sampled_from(sorted({verb for verbs in VERBS.values() for verb in verbs})),
        max_size=6,
    ),
    end=st.sampled_from(sorted({pattern.rpartition(":")[2] for pattern in READING["press"]})),
)
def test_whatever_a_button_holds_it_is_judged_by_the_parts_that_are_carried_out(
    kind: str, rest: list[str], end: str
) -> None:
    data = ":".join((kind, *rest, end.replace("*", "")))
    _, *carried_out = data.split(":", 3)
    if not only_reads("press", data):
        return
    assert len(carried_out) == BUTTONS[kind][1]
    assert [part for part in carried_out if ":" in part] == []
    verb = carried_out[-1].partition(".")[0]
    if kind in VERBS and carried_out[0].isdecimal():
        assert verb not in VERBS[kind] or only_reads("press", ":".join((kind, *carried_out[:-1], verb)))
