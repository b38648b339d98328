"""What goes on during a maintenance is listed by names that exist; whatever is not listed is held back."""

from fnmatch import fnmatchcase

from bot import actions, router
from bot.conversations.every import FORMS
from bot.handlers.frozen import GO_ON, READING
from bot.timers import SWEEPS


def reads(what: str, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in READING[what])


def test_every_name_that_is_listed_exists() -> None:
    assert set(READING["command"]) - set(router._COMMANDS) == set()  # noqa: SLF001 - the tables themselves
    assert {pattern.partition(":")[0] for pattern in READING["press"]} - {*actions._BUTTONS} == set()  # noqa: SLF001
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
    assert [data for data in looking if not reads("press", data)] == []
    assert [data for data in changing if reads("press", data)] == []
    assert [name for name in ("track", "status", "terms", "help", "mine") if not reads("command", name)] == []
    assert [name for name in ("new", "complaint", "link") if reads("command", name)] == []
    assert [name for name in ("proposal", "return", "refusal", "invitation") if reads("answer", name)] == []
    assert GO_ON.isdisjoint({"publish_due", "release_idle", "a sweep of tomorrow"})
