"""A date from the calendar: the month's days are buttons, and typing goes on working beside them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from conversation_samples import SCOPE, TODAY, Person, filled, said
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations import engine, month, pressed
from bot.conversations.form import SUMMARY, Position
from bot.conversations.proposal import PROPOSAL
from messages_fa.month import WEEKDAYS
from persian.dates import gregorian, jalali, month_grid


def calendar(kind: str = "تقسیط", *, at: str = "letter_date") -> Person:
    return filled(kind, until=at).presses("انتخاب از تقویم")


def rows(person: Person) -> list[list[str]]:
    return [[button.label for button in row] for row in person.screen.rows]


def reopened(person: Person) -> Person:
    again = Person(scope=person.scope)
    kept = Position.from_json(json.loads(json.dumps(person.at.to_json())))
    again.outcome = engine.resume(PROPOSAL, kept, person.scope)
    return again


def test_the_calendar_shows_the_days_of_this_month_that_a_letter_may_bear_from_saturday_on() -> None:
    assert rows(calendar()) == [
        ["سال پیش", "مهر ۱۴۰۵", "سال بعد"],
        list(WEEKDAYS),
        ["·", "·", "·", "·", "۱", "۲", "۳"],
        ["۴", "۵", "۶", "۷", "۸", "۹", "·"],
        *([["·"] * 7] * 3),
        ["ماه پیش", "ماه بعد"],
        ["نوشتن تاریخ"],
        ["بازگشت", "انصراف"],
    ]


def test_every_question_for_a_date_has_a_calendar_and_no_other_has() -> None:
    dated = set()
    for kind in ("تقسیط", "استمهال", "استمهال و تقسیط"):
        person = Person()
        while person.at.cursor != SUMMARY:
            if "انتخاب از تقویم" in person.labels:
                dated.add(person.at.cursor)
            person.gives(said(kind)[person.at.cursor])
    assert dated == {"letter_date", "grace_until", "first_due", "deferred_to"}


def test_a_tapped_day_is_the_answer_at_once() -> None:
    person = calendar().presses("ماه پیش").presses("۳۱")
    assert (person.at.cursor, person.at.month) == ("letter_scan", None)
    assert person.at.answers["letter_date"] == gregorian(1405, 6, 31).isoformat()


def test_a_day_that_has_passed_is_no_button_and_a_tap_there_is_told_why() -> None:
    person = calendar(at="first_due")
    assert "۸" not in person.labels
    assert "۹" in person.labels
    reason = month.refused(PROPOSAL, person.at, person.scope, "14050708")
    assert reason is not None
    assert reason.code == "first_due_before_today"
    for digits in ("14050709", "14050731", "14050808", "", "x", "²"):
        assert month.refused(PROPOSAL, person.at, person.scope, digits) is None


def test_the_calendar_opens_at_the_first_month_that_has_a_day_to_take() -> None:
    graced = filled("استمهال و تقسیط", until="first_due")
    grace = jalali(date.fromisoformat(str(graced.at.answers["grace_until"])))
    assert graced.presses("انتخاب از تقویم").at.month == f"{grace[0]}-{grace[1]:02d}"
    last = filled("استمهال", until="deferred_to")
    last.scope = replace(SCOPE, today=gregorian(1405, 7, 30))
    assert last.presses("انتخاب از تقویم").at.month == "1405-08", "the deadline is after today"


def test_a_day_that_the_rules_refuse_is_answered_with_the_calendar_still_open() -> None:
    person = calendar(at="first_due").types("۸")
    assert (person.problem, person.at.cursor, person.at.month) == (
        "first_due_before_today",
        "first_due",
        "1405-07",
    )
    assert person.presses("ماه بعد").presses("۱").at.answers["first_due"] == gregorian(1405, 8, 1).isoformat()


@pytest.mark.parametrize("typed", ["۸", "8", "٨", "هشت"])
def test_a_number_typed_beside_the_calendar_is_a_day_of_its_month(typed: str) -> None:
    assert calendar().types(typed).at.answers["letter_date"] == gregorian(1405, 7, 8).isoformat()


def test_a_number_beyond_the_month_says_how_long_it_is() -> None:
    person = calendar().types("۳۱")
    assert (person.problem, person.at.month) == ("date_impossible", "1405-07")
    assert "ماه مهر ۱۴۰۵ در تقویم ۳۰ روز دارد" in person.sees
    assert calendar().types("۳۲").problem == "date_not_understood"


def test_without_the_calendar_a_bare_number_is_no_date() -> None:
    assert filled(until="letter_date").types("۹").problem == "date_not_understood"


def test_a_whole_date_is_typed_beside_the_calendar_as_ever() -> None:
    assert calendar().types("۱۴۰۵/۰۶/۳۱").at.answers["letter_date"] == gregorian(1405, 6, 31).isoformat()
    person = calendar().types("دیروز")
    assert (person.at.pending, person.at.month) == ("2026-09-30", None)
    assert person.presses("بله، درست است").at.cursor == "letter_scan"


@pytest.mark.parametrize("way", ["نوشتن تاریخ", "بازگشت"])
def test_the_calendar_is_closed_and_the_same_question_stands(way: str) -> None:
    person = calendar().types(way)
    assert person.at == filled(until="letter_date").at
    assert person.labels[:2] == ["امروز، ۱۴۰۵/۰۷/۰۹", "دیروز، ۱۴۰۵/۰۷/۰۸"]


def test_months_and_years_are_leafed_through_by_buttons_and_by_their_names() -> None:
    person = calendar()
    for label in ("ماه بعد", "سال بعد", "ماه پیش", "سال پیش", "سال پیش"):
        person.presses(label)
    assert person.at.month == "1404-07"
    for _ in range(7):
        person.types("ماه پیش")
    assert rows(person)[0] == ["سال پیش", "اسفند ۱۴۰۳", "سال بعد"]
    assert "۳۰" in person.labels, "Esfand of a leap year"


def test_the_calendar_ends_where_the_years_do() -> None:
    person = calendar().does("m:150012")
    assert (rows(person)[0], rows(person)[-3]) == (["سال پیش", "اسفند ۱۵۰۰"], ["ماه پیش"])
    assert rows(person.does("m:130001"))[0] == ["فروردین ۱۳۰۰", "سال بعد"]


def test_the_calendar_opens_at_the_answer_that_stands() -> None:
    person = filled().presses("ویرایش ۸").presses("انتخاب از تقویم")
    assert person.at.month == "1405-07"
    later = filled(first_due="1407/02/03", until="reason").presses("بازگشت").presses("انتخاب از تقویم")
    assert later.at.month == "1407-02"


def test_the_open_month_outlives_a_restart() -> None:
    person = calendar().presses("ماه پیش")
    assert (reopened(person).at, reopened(person).sees) == (person.at, person.sees)


def test_a_draft_of_before_there_was_a_calendar_opens_without_one() -> None:
    stored = filled(until="letter_date").at.to_json()
    del stored["month"]
    assert Position.from_json(stored).month is None


@pytest.mark.parametrize(
    "action",
    [
        *("m:140513", "m:140500", "m:129912", "m:150101", "m:1405", "m:14050712", "m:", "m:x", "m:١٤٠٥٠٧"),
        *("g:14050731", "g:14050700", "g:14050812", "g:140507", "g:", "g:1405-7-1", "g:140507011", "z"),
    ],
)
def test_a_month_or_a_day_that_is_not_on_the_screen_is_no_button(action: str) -> None:
    assert pressed.press(PROPOSAL, calendar().at, action, SCOPE) is None


@pytest.mark.parametrize("action", ["cal", "m:140507", "g:14050701"])
def test_where_no_date_is_asked_there_is_no_calendar(action: str) -> None:
    assert pressed.press(PROPOSAL, filled(until="amount").at, action, SCOPE) is None
    waits = filled(until="letter_date").types("دیروز").at
    assert pressed.press(PROPOSAL, waits, action, SCOPE) is None


def test_cells_without_a_day_do_nothing_and_their_labels_are_no_words() -> None:
    nothing = [button for row in calendar().screen.rows for button in row if button.action == "z"]
    assert [button.label for button in nothing] == ["مهر ۱۴۰۵", *WEEKDAYS, *"·····"]
    assert calendar().types("ش").problem == "date_not_understood"


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1921, 3, 21), date(2026, 10, 1)))
def test_every_day_up_to_today_can_be_tapped(day: date) -> None:
    year, month, number = jalali(day)
    person = calendar().does(f"m:{year}{month:02d}")
    buttons = [button for row in person.screen.rows for button in row]
    assert len(buttons) <= 100, "a messenger takes no more"
    assert all(len(button.action) <= 40 for button in buttons)
    taps = [button.action for button in buttons if button.action.startswith("g:")]
    days = range(1, max(max(week) for week in month_grid(year, month)) + 1)
    assert len(taps) == len([n for n in days if gregorian(year, month, n) <= TODAY])
    assert person.does(taps[number - 1]).at.answers["letter_date"] == day.isoformat()


def test_today_is_named_above_the_calendar() -> None:
    assert jalali(TODAY) == (1405, 7, 9)
    assert "امروز پنجشنبه ۹ مهر ۱۴۰۵ است." in calendar().sees.split("\n")
