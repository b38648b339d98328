"""Hostile texts: shown as they were typed but for what cannot be seen, in every form and template."""

import itertools
import re
import sys
from collections.abc import Iterator, Mapping
from types import FrameType, FunctionType
from typing import Any

import pytest
from conversation_golden import golden_text
from conversation_samples import SCOPE
from hostile import COUNT, corpus, cut, entities_of
from hypothesis import given
from hypothesis import strategies as st
from town import Resident, Town

from bot.conversations import engine
from bot.conversations.every import FORMS
from bot.conversations.form import Form, Position, Step
from bot.conversations.given import Given
from bot.conversations.show import screen_of
from bot.platforms import BALE, TELEGRAM
from bot.platforms.platform import units
from bot.screen import Screen
from messages_fa.markup import FORMERLY, LONGEST_VALUE, RLM, Style, Text, say
from messages_fa.untappable import BREAK
from persian.errors import Unreadable
from persian.text import ZWNJ, clean, fold
from sandbox.markup import by_itself, from_bale, from_html

HOSTILE = corpus()
UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200d-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""What changes how others read a text without being seen; our own templates use the RLM and the LRM."""
OUR_OWN = re.compile(f"\u200e•+\u200e|\u200f|\u200e|(?<=[@/#$:.]){BREAK}")
LOOK_ALIKES = str.maketrans({"*": "٭", "_": "＿", "[": "(", "]": ")", "`": "'"})
BARE = re.compile(rf"[\s{RLM}]")


def on_telegram(text: Text) -> None:
    """What Telegram shows is the text's own characters, with the entities of its own spans."""
    plain, entities = from_html(TELEGRAM.render(text))
    assert plain == text.plain
    kinds = [(entity["type"], cut(plain, entity["offset"], entity["length"])) for entity in entities]
    assert kinds == entities_of(text)


def tapped(text: Text) -> list[str]:
    """What Telegram makes tappable by itself in a text."""
    plain, entities = from_html(TELEGRAM.render(text))
    return [cut(plain, e["offset"], e["length"]) for e in by_itself(plain, entities) if e not in entities]


def on_bale(text: Text) -> None:
    """What Bale shows is the same, but for spaces around marks and look-alikes of marks."""
    plain, entities = from_bale(BALE.render(text))
    wanted = "".join(f"({FORMERLY}: {s.text})" if s.style is Style.STRIKE else s.text for s in text.spans)
    assert BARE.sub("", plain) == BARE.sub("", wanted.translate(LOOK_ALIKES))
    bold = [line for s in text.spans if s.style is Style.BOLD for line in s.text.splitlines() if line.strip()]
    links = [s for s in text.spans if s.style is Style.LINK and s.text.strip()]
    found = [entity["type"] for entity in entities]
    assert (found.count("bold"), found.count("text_link")) == (len(bold), len(links))
    assert len(found) == len(bold) + len(links)


def unseen_in(text: str) -> list[str]:
    """Characters that no template of ours has put there."""
    return UNSEEN.findall(OUR_OWN.sub("", text))


def fits(screen: Screen) -> None:
    """It can be sent on both platforms, and its mark-up is whole also where it is cut."""
    for platform, read in ((TELEGRAM, from_html), (BALE, from_bale)):
        _, params = platform.params(screen, 1)
        assert units(read(params["text"])[0]) <= platform.limits.text
        assert platform is TELEGRAM or units(params["text"]) <= platform.limits.text


def is_literal(text: Text) -> None:
    """Everything that must hold of a text that a person is shown."""
    on_telegram(text)
    on_bale(text)
    assert unseen_in(text.plain) == []
    fits(Screen(text))


def test_there_are_twenty_thousand_of_them_and_most_differ() -> None:
    assert len(HOSTILE) == COUNT
    assert len(set(HOSTILE)) > COUNT * 0.9


def test_each_is_cleaned_once_and_for_all() -> None:
    for text in HOSTILE:
        kept = clean(text, limit=LONGEST_VALUE)
        assert UNSEEN.findall(kept) == []
        assert UNSEEN.findall(fold(text)) == []
        assert clean(kept, limit=LONGEST_VALUE) == kept
        assert len(kept) <= LONGEST_VALUE


def test_each_is_shown_literally_by_the_one_helper_that_makes_texts() -> None:
    for number, text in enumerate(HOSTILE):
        made = say("**{a}** الف {b}" if number % 2 else "{a}: «{b}»", a=text, b=text)
        kept = clean(text, limit=LONGEST_VALUE)
        assert [span.text for span in made.spans if kept in span.text.replace(BREAK, "")] != []
        assert by_itself(made.plain, []) == []
        on_telegram(made)
        on_bale(made)


@given(st.text(max_size=200))
def test_whatever_else_is_typed_is_shown_literally_too(text: str) -> None:
    made = say("**عنوان**\n{a}\n{b}", a=text, b=text)
    is_literal(made)
    assert tapped(made) == []


# --- forms ------------------------------------------------------------------------------------------


def _text_steps() -> list[tuple[Form, Step]]:
    return [(form, step) for form in FORMS.values() for step in form.steps if not step.kind.takes_file]


def _asks(step: Step) -> bool:
    """Whether it can be asked before anything else is known."""
    try:
        return step.ask({}) is not None
    except KeyError:
        return False


def test_every_question_takes_each_or_says_why_not() -> None:
    """Each text is typed at one question, all questions by turns; what was read is shown literally."""
    questions = itertools.cycle(_text_steps())
    for text, (form, step) in zip(HOSTILE, questions, strict=False):
        try:
            reading = step.kind.read(Given(text=text), SCOPE)
        except Unreadable:
            continue
        if isinstance(reading.value, str):
            assert UNSEEN.findall(reading.value) == [], (form.name, step.name, text)
        for shown in (step.kind.show(reading.value, SCOPE), step.kind.read_back(reading.value, SCOPE)):
            on_telegram(shown)
            on_bale(shown)
            assert unseen_in(shown.plain) == [], (form.name, step.name, text)


@pytest.mark.parametrize("name", FORMS)
def test_every_screen_after_a_hostile_answer_is_whole(name: str) -> None:
    form = FORMS[name]
    steps = [step for step in form.steps if not step.kind.takes_file and step.when({}) and _asks(step)]
    for text, step in zip(
        HOSTILE[17 :: len(HOSTILE) // (9 * len(form.steps))], itertools.cycle(steps), strict=False
    ):
        outcome = engine.answer(form, Position({}, step.name), Given(text=text), SCOPE)
        if outcome.position.cursor != step.name and outcome.problem is None and not form.has_summary:
            continue  # the form is done: its handler carries it out
        screen = screen_of(form, outcome.position, SCOPE, outcome, lambda action: action)
        is_literal(screen.text)
        assert unseen_in("".join(button.label for row in screen.rows for button in row)) == []


# --- templates --------------------------------------------------------------------------------------

TAPPABLE = (
    "https://evil.example/x evil.example @scambot /revoke #دام $USD a@evil.example tg://join?x 192.0.2.1"
)
OFFICES_OWN = {"copy", "body", "unbroken", "contact"}
"""Functions and arguments of what the office itself writes to everybody: notices, and where it is reached."""
INSERTED = (
    "<b>x</b> &lt; *y* _z_ [u](http://v) `w` {0} %s ${x}",
    "\u202eabc\u2066\u200b\0\u3164<script>",
    "=1+1\n\n\n</code></b></a>/start @admin",
    "الف" * 4_000,
    "\ud800\udfff*" + "\u0300" * 400,
    TAPPABLE,
)


BY_THE_LETTER = {f"messages_fa.{name}" for name in ("agreement", "agreement_writing", "measured")}
"""Where texts of the agreement are shown letter for letter; what is written into it was cleaned before."""


def _calls() -> Iterator[tuple[FunctionType, dict[str, Any]]]:
    """Every public function that the golden page calls, with the arguments of its first call."""
    first: dict[tuple[str, str], tuple[FunctionType, dict[str, Any]]] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        module, code = str(frame.f_globals.get("__name__", "")), frame.f_code
        key = (module, code.co_name)
        ours = module.startswith("messages_fa.") and not code.co_name.startswith("_")
        if event != "call" or not ours or key in first:
            return
        function = frame.f_globals.get(code.co_name)
        if isinstance(function, FunctionType) and function.__code__ is code:
            first[key] = (function, {name: frame.f_locals[name] for name in _named(function)})

    sys.setprofile(note)
    try:
        golden_text()
    finally:
        sys.setprofile(None)
    yield from first.values()


def _named(function: FunctionType) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def _said(function: FunctionType, arguments: Mapping[str, Any]) -> Text | None:
    """What it says; None where it knows no such word, for it takes a code of ours there."""
    code = function.__code__
    by_place = [arguments[name] for name in code.co_varnames[: code.co_argcount]]
    rest = {name: arguments[name] for name in _named(function)[code.co_argcount :]}
    try:
        made = function(*by_place, **rest)
    except (KeyError, ValueError, StopIteration, Unreadable):
        return None
    return made if isinstance(made, Text) else None


def _swapped(value: object, text: str) -> Iterator[object]:
    """The value with one of its texts replaced, one after the other."""
    if type(value) is str:
        yield text
    elif isinstance(value, dict):
        for key, inner in value.items():
            for other in _swapped(inner, text):
                yield {**value, key: other}
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        for number, inner in enumerate(value):
            for other in _swapped(inner, text):
                yield type(value)([*value[:number], other, *value[number + 1 :]])


def test_every_template_shows_what_is_put_into_it_literally() -> None:
    tried, told = 0, []
    for function, arguments in _calls():
        if function.__name__ in {"ours", "say", "joined", "lines", "paragraphs", "code_line"}:
            continue  # they are not templates: what they take is ours
        cleaned = function.__module__ in BY_THE_LETTER
        for name, typed in itertools.product(set(arguments) - {"link", "links", "secret"}, INSERTED):
            text = clean(typed, limit=LONGEST_VALUE) if cleaned else typed
            for value in _swapped(arguments[name], text):
                made = _said(function, {**arguments, name: value})
                if made is None:
                    continue
                tried += 1
                try:
                    is_literal(made)
                    free = (
                        typed is not TAPPABLE
                        or cleaned
                        or not OFFICES_OWN.isdisjoint((function.__name__, name))
                    )
                    assert free or not {*TAPPABLE.split()} & {*tapped(made)}, "can be tapped"
                except (AssertionError, ValueError) as wrong:
                    told.append(
                        f"{function.__module__}.{function.__name__}({name}={text[:12]!a}): {wrong!a:.90}"
                    )
    assert sorted(set(told)) == []
    assert tried > 1_000


# --- the whole pipeline -----------------------------------------------------------------------------


async def _writes(resident: Resident, texts: list[str]) -> None:
    for text in texts:
        await resident.phone.send(text)
    await resident.town.quiet()


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_through_the_whole_bot_none_of_them_breaks_anything(town: Town, platform: str) -> None:
    drawn = [
        text for text in HOSTILE[:: len(HOSTILE) // 90] if text.strip() and len(text) <= units(text) <= 4096
    ]
    sent = [text.encode("utf-8", "ignore").decode() or "x" for text in drawn]
    officer, stranger = (
        await town.officer(platform=platform),
        await town.newcomer("ناشناس", platform=platform),
    )
    await _writes(stranger, sent[:30])
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    await _writes(officer, sent[30:60])
    await _writes(stranger, ["/menu", "شکایت و نظر", *sent[60:]])
    shown = [
        m["text"] or "" for one in (officer, stranger) for m in one.phone.messages() if m["from"] == "bot"
    ]
    assert [found for text in shown if (found := unseen_in(text))] == []
    assert town.refused() == {}
    assert ZWNJ in "".join(shown)
