"""During a maintenance all is listed as reading or known to be held back: nothing is forgotten."""

from fnmatch import fnmatchcase

from bot import actions, words
from bot.conversations.every import FORMS
from bot.handlers import notices
from bot.handlers.frozen import GO_ON, READING, only_reads
from bot.timers import SWEEPS

COMMANDS = frozenset(["back", "cancel", "complaint", "link", "mydata", "new", "news"])
"""Commands that begin or change something."""
BUTTONS = frozenset(["a", "cat", "g", "i", "o", "rst", "s", "srv", "w"])
"""Buttons none of which only looks something up, by the first part of their data."""
ANSWERED = frozenset(
    [
        "agency_renamed",
        "anew",
        "closure",
        "complaint",
        "complaint_answer",
        "complaint_note",
        "complaint_objection",
        "complaint_question",
        "complaint_reply",
        "cosigner",
        "data_answer",
        "data_correction",
        "data_refusal",
        "entry_debt_types",
        "entry_refuse",
        "entry_supersede",
        "entry_withdraw",
        "first_code",
        "grant_agency",
        "invitation",
        "new_pin",
        "note",
        "office_hours",
        "official",
        "pin_again",
        "proposal",
        "recommend",
        "refusal",
        "rename",
        "return",
        "review_request",
        "sent_back",
        "setting_*",
        "substitute",
        "supersede",
        "survey_comment",
        "terms_added",
        "terms_day",
        "saved_audience",
        "terms_removed",
        "terms_section",
        "uphold",
        "weekend",
        "withdrawal",
    ]
)
"""Forms, as patterns, whose answers are kept."""
WAITING = frozenset(
    [
        "ask_surveys",
        "close_drafts",
        "discard_drafts",
        "drop_unsigned",
        "end_left_resets",
        "end_setups",
        "erase_due",
        "escalate_complaints",
        "expire_cosign",
        "expire_grants",
        "expire_resets",
        "fill_debt_types",
        "fill_debts",
        "forget_senders",
        "measure",
        "nudge_drafts",
        "prompt_resets",
        "publish_due",
        "recount_targets",
        "release_idle",
        "remind_resets",
        "remind_surveys",
        "seed_holidays",
        "tell_complaints",
        "tell_moved_resets",
        "tell_moved_targets",
        "tell_of_anonymous",
        "tell_substitutes",
        "warn_of_resets",
        "warn_of_targets",
        "watch_complaints",
    ]
)
"""Sweeps that act on rows, which wait for the end of the maintenance."""


def test_every_command_reads_or_is_held_back() -> None:
    assert set(words.COMMANDS) - set(READING["command"]) == COMMANDS


def test_every_kind_of_button_reads_in_part_or_is_held_back() -> None:
    reading = {pattern.partition(":")[0] for pattern in READING["press"]}
    assert set(actions._BUTTONS) - reading == BUTTONS  # noqa: SLF001 - the table itself


def test_every_form_is_answered_to_look_something_up_or_is_held_back() -> None:
    held = {name for name in FORMS if not only_reads("answer", name)}
    assert {name for name in held if not any(fnmatchcase(name, each) for each in ANSWERED)} == set()
    assert {each for each in ANSWERED if not any(fnmatchcase(name, each) for name in held)} == set()


def test_admins_do_with_notices_whatever_they_do_at_other_times() -> None:
    verbs = {*notices._VERBS, "page", "new", "quiet", "hear"}  # noqa: SLF001 - the table itself
    assert {verb for verb in verbs if not only_reads("press", f"ntc:1:1:{verb}")} == {"quiet", "hear"}


def test_every_sweep_goes_on_or_waits() -> None:
    assert {name for name, _sweep, _seconds in SWEEPS} - GO_ON == WAITING
