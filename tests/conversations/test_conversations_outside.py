"""The words of tracking, following, searching, linking and inviting keep the rules of the forms' words."""

import datetime as dt
import re

import pytest
from desk_samples import PROPOSAL
from test_conversations_texts import (
    DIGITS_JOINED,
    FORBIDDEN,
    INFORMAL,
    LATIN_SIGNS,
    PERSIAN_LETTER,
    ROW_NUMBER,
    STRAY_SPACE,
    without_code,
)

from messages_fa import general, links, people, tracking
from messages_fa.markup import RLM, Text, say
from messages_fa.names import STEPS

CODE = "172264583215"
NOW = dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC)
ROW = tracking.Listed(1, CODE, "returned", NOW, PROPOSAL)
COUNTS = {"returned": 1, "all": 12, "open": 11, "closed": 0}

TEXTS: dict[str, Text] = {
    "asking for a code": tracking.ask_code(),
    "asking, with what is followed": tracking.ask_code([(CODE, "in_review")], files=True),
    "the public view": tracking.stage(
        CODE,
        "submitted",
        [(step, NOW) for step in STEPS],
        "review_begins",
        target=NOW.date(),
        standing=tracking.following(),
        drawn_at=NOW,
    ),
    "the filer's own case": tracking.stage(CODE, "agreed", [("agreed", NOW)], "agency_is_told", own=True),
    "the filer's view": tracking.followers(2),
    "news": tracking.news(CODE, "resubmitted", NOW),
    "following ended by the filer": tracking.following_was_ended(CODE),
    "missed": tracking.caught_up([(CODE, "agreed", NOW)], 3, 12),
    "the own list": tracking.mine([ROW], 1, 2, chosen="returned", counts=COUNTS),
    "no own case": tracking.mine([], 1, 0, chosen="all", counts=dict.fromkeys(COUNTS, 0)),
    "asking what to look for": tracking.ask_search(),
    "found": tracking.found("یوسفی", [ROW], 12, 2, 2),
    "nothing found": tracking.found("یوسفی", [], 0, 1, 0),
    "a code to link": links.offered("link0123", [("بله", "https://ble.ir/x?start=link0123")], NOW),
    "sure to link": links.confirm("سارا محمدی", ["officer"]),
    "linked": links.linked("سارا محمدی"),
    "linked elsewhere": links.linked_elsewhere("bale", cut_off="حساب‌های متصل"),
    "not linked": links.not_linked(),
    "accounts": links.accounts([("bale", "سارا", NOW, True), ("telegram", "", None, False)]),
    "one account": links.accounts([("bale", "سارا", NOW, True)]),
    "sure to cut off": links.sure_to_unlink("bale", "سارا"),
    "cut off elsewhere": links.unlinked_elsewhere("bale"),
    "cut off": links.unlinked_here(),
    "about": links.about(),
    "sure to invite": people.sure_to_invite(name="سارا محمدی", role="officer", agency="سازمان نمونه"),
    "not invited": people.not_invited(),
    "a link cut short": general.link_not_understood(),
    **{f"unusable {why}": links.unusable(why) for why in ("", "already", "other_person")},
    **{
        f"short answer {n}": say("{text}", text=text)
        for n, text in enumerate(
            (
                tracking.follow_ended(),
                tracking.following_ended(2),
                tracking.too_many("by_chat", 20),
                tracking.too_many("of_case", 200),
                links.last_account(),
            )
        )
    },
}
EACH_TEXT = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@EACH_TEXT
def test_no_word_blames_or_begs_and_digits_are_persian(text: Text) -> None:
    assert FORBIDDEN.findall(text.plain) + INFORMAL.findall(text.plain) == []
    assert re.findall("[0-9٠-٩]", without_code(text)) == []


@EACH_TEXT
def test_the_signs_are_persian(text: Text) -> None:
    plain = without_code(text)
    assert [rule.findall(plain) for rule in (STRAY_SPACE, LATIN_SIGNS, DIGITS_JOINED)] == [[], [], []]
    assert (plain.count("«"), plain.count("(")) == (plain.count("»"), plain.count(")"))


@EACH_TEXT
def test_lines_start_with_a_persian_word_a_row_number_or_from_the_right(text: Text) -> None:
    lines = [ROW_NUMBER.sub("", line).removeprefix("… ") for line in text.plain.split("\n") if line]
    assert [line for line in lines if not (PERSIAN_LETTER.match(line) or line.startswith(RLM))] == []


@EACH_TEXT
def test_each_fits_a_message(text: Text) -> None:
    assert len(text.plain) < 4096


def test_a_list_of_missed_news_fits_a_message_on_either_platform() -> None:
    longest = max(STEPS, key=lambda step: len(STEPS[step]))
    told = tracking.caught_up([(CODE, longest, NOW)] * 20, 10**6, 10**6)
    assert len(told.plain) < 2048
