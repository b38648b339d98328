"""Read-only mode: during a maintenance nothing is changed, and whoever wants to is told when to come back.

What only reads stands here as data; everything else is held back. Only the admins' own screens of the
maintenance and of notices go on: it is then that people want a word. The words to the owners of drafts, at
its start and when it is over, are sent from here.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Final, Literal

from bot.cards import Errand
from bot.conversations.every import FORMS
from bot.conversations.notice_forms import NOTICE, NOTICE_AUDIENCE, NOTICE_TEXT
from bot.conversations.window_forms import WINDOW_FORMS
from bot.handlers import forms
from bot.handlers.waiting import where
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Act
from bot.post import Place, post_to_first
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.roles import Role
from messages_fa import buttons
from messages_fa import status as texts
from messages_fa.markup import Text
from messages_fa.window_desk import DESK
from services import windows
from services.drafts import COMPLAINT_FORM, PROPOSAL_FORM
from storage.records import Chat, FormRun, FormStatus, Lane
from storage.records.windows import Window
from storage.work import Work

What = Literal["press", "command", "word", "answer", "code", "token", "nothing"]
"""A button by its callback data, a command by its name, a label of a pushed message, an answer to the open
form, a tracking code, the code of an invitation or a link, or nothing that could change anything."""


Named = tuple[str, Text]
"""What a draft is called, and the step where it stands."""
Drafts = Sequence[tuple[FormRun, Named]]
Owner = int | Place
"""A person, or the chat of a stranger."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody means by what they sent: known before anything of it is done."""

    what: What
    name: str
    act: Act


_NOTICE_VERBS: Final = (
    *("page", "open", "list", "log", "new", "text", "who", "fix", "test", "ok", "second", "leave"),
    *("drop", "off", "pause", "resume", "stop", "end", "recall", "gone"),
)
"""What admins do with notices, by the verb of the button; switching news off is everybody's, and waits."""

READING: Final[dict[str, tuple[str, ...]]] = {
    "command": (
        *("start", "menu", "help", "track", "status", "terms", "mine", "drafts", "queue", "report"),
        "complaints",
        *("people", "settings", "notices", "calendar", "audit"),
    ),
    "press": (
        *("win:*:*", "sgn:*:*"),
        *("day:lost:*", "day:follows:*"),
        *("t:*", "p:*", "m:*:*", "q:*:*", "d:page:*", "z:*", "l:list:*"),
        *("c:*:*:open", "c:*:*:own.*", "c:*:*:papers", "c:*:*:table", "c:*:*:show*", "c:*:*:queue*"),
        *("c:*:*:files*", "c:*:*:log*", "c:*:*:plan*"),
        *("trm:list:*", "trm:ver:*", "trm:sec:*", "trm:all:*", "trm:diff:*", "trm:find:*", "rep:*:*:*"),
        *("trm:meas:*", "trm:how:*"),
        *(f"ntc:*:*:{verb}" for verb in _NOTICE_VERBS),
        *("aud:list:*:*", "aud:one:*:*", "adt:*:*:*"),
        *("cal:month:*", "cal:list:*", "cal:weeks:*", "cal:lunar:*", "cal:why:*"),
        *("ppl:wait:*", "ppl:card:*", "ppl:subs:*", "dta:menu:*", "dta:list:*", "dta:open:*"),
        *("cmp:v:*:*", "cmp:p:*:*", "cmp:w:*:*", "cmp:q:*:*"),
        *("cmp:*:*:open", "cmp:*:*:show", "cmp:*:*:queue", "cmp:*:*:files", "cmp:*:*:texts"),
    ),
    "word": (buttons.OPEN_CASE, buttons.STEPS, buttons.QUEUE_ALL, buttons.QUEUE_MINE, DESK),
    "answer": (
        *(
            "passcode",
            "complaint_passcode",
            "search",
            "terms_search",
            "report_period",
            "audit_code",
            "sign_*",
        ),
        *(form.name for form in (*WINDOW_FORMS, NOTICE, NOTICE_TEXT, NOTICE_AUDIENCE)),
    ),
}
"""What only reads, as patterns (of an answer: of the form's name; of a press: part by part, so that no `*`
reaches over a colon), and the admins' screens by which a maintenance is announced and ended and people are
written to, with the second factor that they ask for. What is not here is held back."""

GO_ON: Final = frozenset(
    (
        *("hide_expired", "prune", "fill_search", "broadcast", "announce_windows", "freeze_drafts"),
        *("free_drafts", "show_anchor"),
    )
)
"""Sweeps that go on during a maintenance: what was shown is hidden, notices go out, and the admins are shown
the end of the audit, which whoever works on the store must not be able to cut off meanwhile. The others act
on cases; their rows wait, and they catch up after it."""

QUIET: Final = frozenset(("hide_expired", "prune", "fill_search"))
"""Sweeps that tell nobody anything: they alone go on behind the fence of a restored store."""

AT_ONCE: Final = 100
"""Drafts of one unit of a sweep."""


def holds_back(turn: Turn, meant: Meant) -> bool:
    """Whether this would change something during a maintenance; then it is not done, and that is said."""
    window = windows.now_on(turn.work) if meant.what not in {"code", "nothing"} else None
    if window is None or _reads(turn, meant):
        return False
    _, ends = windows.span_of(window)
    if turn.incoming.kind == "press":
        turn.answer(texts.hint(ends, turn.work.now))
    turn.tell(_why(turn, meant, window))
    return True


def _reads(turn: Turn, meant: Meant) -> bool:
    name = meant.name
    if meant.what == "answer":
        current = forms.current(turn)
        if current is None:
            return True
        name = current.form.name
    return only_reads(meant.what, name)


def only_reads(what: What, name: str) -> bool:
    """Whether what is meant is listed as reading; a button with a part more or less than listed is not."""
    return any(_fits(name.split(":"), pattern.split(":")) for pattern in READING.get(what, ()))


def _fits(parts: list[str], pattern: list[str]) -> bool:
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))


def _why(turn: Turn, meant: Meant, window: Window) -> Text:
    (_, ends), now = windows.span_of(window), turn.work.now
    current = forms.current(turn) if meant.what == "answer" else None
    if current is None:
        return texts.not_now(ends, now)
    pressed = turn.incoming.kind == "press"
    if not current.form.has_summary:
        return texts.not_kept(ends, now, pressed=pressed)
    return texts.answer_not_kept(_named(turn, current.run), ends, now, pressed=pressed)


def _named(at: Errand | Turn, run: FormRun) -> Named:
    return forms.title_of(run), where(at, run)


def stands_still(work: Work, sweep: str) -> bool:
    """Whether this sweep waits for the end of a maintenance, or until a restored store is opened."""
    if work.fence.stands():
        return sweep not in QUIET
    return sweep not in GO_ON and windows.now_on(work) is not None


def freeze_drafts(work: Work, wiring: Office) -> bool:
    """A sweep: the owners of drafts are told, once, that a maintenance has begun and where those stand."""
    window = windows.now_on(work)
    if window is None:
        return False
    _, ends = windows.span_of(window)
    numbers = work.windows.freeze(window.id, (PROPOSAL_FORM, COMPLAINT_FORM), AT_ONCE)
    at = Errand(work, wiring)
    _tell_owners(at, numbers, "frozen", lambda drafts: _frozen(drafts, ends, work.now))
    return bool(numbers)


def free_drafts(work: Work, wiring: Office) -> bool:
    """A sweep: when it is over they are told again, with the button that goes on at the same step.

    Where one maintenance follows another, that is after the last of them.
    """
    if windows.now_on(work) is not None:
        return False
    numbers, at = work.windows.free(AT_ONCE), Errand(work, wiring)
    _tell_owners(at, numbers, "freed", _freed)
    return bool(numbers)


def _frozen(drafts: Drafts, ends: datetime, now: datetime) -> Screen:
    return Screen(texts.frozen([named for _, named in drafts], ends, now))


def _freed(drafts: Drafts) -> Screen:
    goes_on = Button(buttons.CONTINUE, f"d:open:{drafts[0][0].id}")
    if len(drafts) > 1:
        goes_on = Button(buttons.DRAFTS, "d:page:0")
    return Screen(texts.freed([named for _, named in drafts]), column(goes_on))


def _tell_owners(at: Errand, numbers: tuple[int, ...], what: str, draw: Callable[[Drafts], Screen]) -> None:
    """One message to each owner, about all of theirs among these drafts."""
    sweep, owned = f"tell_drafts_{what}", defaultdict[Owner, list[tuple[FormRun, Named]]](list)

    def read(number: int) -> None:
        run = at.work.forms.get(number)
        if run is not None and run.status is FormStatus.OPEN and _may_answer(at.work, run):
            owned[run.person_id or (run.platform, run.chat_id)].append((run, _named(at, run)))

    def tell(drafts: Drafts) -> None:
        newest = max((run for run, _ in drafts), key=lambda run: run.updated_at)
        places = _places(at, newest)
        if places:
            # Nothing is kept that leads from the chat to a complaint: it may yet be sent without a name.
            named = newest.id if newest.form == PROPOSAL_FORM else 0
            purpose = f"draft:{named}:{what}:{round(at.work.now.timestamp())}"
            post_to_first(at.work, at.office, places, draw(drafts), lane=Lane.NOTICES, purpose=purpose)

    one_by_one(at.work, at.office, sweep, numbers, read)
    one_by_one(at.work, at.office, sweep, owned.values(), tell)


def _may_answer(work: Work, run: FormRun) -> bool:
    person = work.people.get(run.person_id) if run.person_id is not None else None
    role: Role | None = FORMS[run.form].role
    return role is None or (person is not None and person.actor.has(role))


def _places(at: Errand, run: FormRun) -> list[Place]:
    """Where the owner is told: of a stranger's draft the chat that it is in."""
    if run.person_id is None:
        return [(run.platform, run.chat_id)] if run.platform in at.office.platforms else []
    return [(chat.platform, chat.chat_id) for chat in _chats(at, run)]


def _chats(at: Errand, run: FormRun) -> list[Chat]:
    """The owner's chats, the one where the draft was answered last first; those out of reach come last."""
    chats = [
        chat for chat in at.work.people.chats_of(run.person_id or 0) if chat.platform in at.office.platforms
    ]
    here = (run.platform, run.chat_id)
    return sorted(
        chats, key=lambda chat: (chat.unreachable_at is not None, (chat.platform, chat.chat_id) != here)
    )
