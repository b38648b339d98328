"""An officer fills in a proposal: forwards, backwards, sideways, and comes back days later."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conversation_samples import (
    KINDS,
    LETTER,
    RULING,
    SCOPE,
    TODAY,
    Person,
    filled,
    said,
)

from bot.conversations import engine, pressed
from bot.conversations.form import STOPPED, SUMMARY, Position
from bot.conversations.given import JSON, FileAnswer, Scope
from bot.conversations.people_forms import INVITATION, NEW_AGENCY
from bot.conversations.proposal import PROPOSAL
from bot.conversations.review_forms import REFUSAL, RETURN
from bot.conversations.show import typed
from domain.plan import plan_of
from domain.proposal import FIELDS, Kind, check
from messages_fa import buttons

CONFIRM_FIRST = "هشتاد و پنج میلیون تومان"


def opened(position: Position, *, today: date = TODAY) -> Person:
    """The form opened again from what the store kept."""
    person = Person(scope=Scope(today))
    kept = Position.from_json(json.loads(json.dumps(position.to_json())))
    person.outcome = engine.resume(PROPOSAL, kept, person.scope)
    return person


@pytest.mark.parametrize(("label", "kind"), list(zip(KINDS, Kind, strict=True)))
def test_each_kind_is_filled_in_and_becomes_a_proposal(label: str, kind: Kind) -> None:
    person = filled(label)
    proposal = check(person.at.answers, today=TODAY)
    assert proposal.kind is kind
    plan = plan_of(proposal)
    assert sum(int(row.amount) for row in plan.rows) == int(proposal.amount)
    assert "جمع ۱۰۰٬۰۰۰٬۰۰۰ ریال برابر مبلغ بدهی" in person.sees.split("\n")


def test_the_form_asks_for_every_answer_of_a_proposal_and_no_other() -> None:
    assert {step.name for step in PROPOSAL.steps} == set(FIELDS)


@pytest.mark.parametrize(("label", "own"), [("تقسیط", 4), ("استمهال", 1), ("استمهال و تقسیط", 5)])
def test_each_kind_asks_only_its_own_questions_and_counts_them(label: str, own: int) -> None:
    asked: list[str] = []
    person = Person()
    while person.at.cursor != SUMMARY:
        asked.append(person.at.cursor)
        n, of = engine.progress(PROPOSAL, person.at)
        assert (n, n <= of) == (len(asked), True)
        person.gives(said(label)[person.at.cursor])
    assert len(asked) == 17 + own
    assert engine.progress(PROPOSAL, person.at) == (17 + own, 17 + own)


def test_the_grace_period_is_asked_before_the_instalments() -> None:
    asked = [step.name for step in engine.open_steps(PROPOSAL, filled("استمهال و تقسیط").at.answers)]
    assert asked[15:20] == ["down_payment", "grace_until", "instalments", "interval_months", "first_due"]


@pytest.mark.parametrize("name", ["kind", "offence", "letter_scan", "debtor_name", "amount", "first_due"])
def test_without_a_required_answer_there_is_no_summary(name: str) -> None:
    person = filled()
    answers = {key: value for key, value in person.at.answers.items() if key != name}
    assert opened(replace(person.at, answers=answers)).at.cursor == name


def test_another_rule_for_the_debt_ends_the_form_with_its_reason_and_the_law() -> None:
    person = filled(until="special_rule").types("بله")
    assert (person.at.cursor, person.at.stop_step) == (STOPPED, "special_rule")
    assert person.sees.split("\n")[0] == "این پیشنهاد در این خدمت ثبت نمی‌شود."
    assert [line.split(":")[0] for line in person.sees.split("\n")[2:6]] == [
        "دلیل",
        "مبنای قانونی",
        "اقدام شما",
        "نمونه",
    ]
    assert person.labels == ["بازگشت", "انصراف"]
    assert "special_rule" not in person.at.answers


def test_from_a_stop_one_goes_back_and_answers_otherwise() -> None:
    person = filled(until="special_rule").types("بله")
    person.types("نمی‌دانم")
    assert person.problem == "form_stopped"
    person.types("بازگشت").types("خیر")
    assert person.at.cursor == "creditor_kind"


def test_a_stop_outlives_a_restart() -> None:
    stopped = filled(until="special_rule").types("بله")
    again = opened(stopped.at)
    assert (again.at, again.sees) == (stopped.at, stopped.sees)


@pytest.mark.parametrize(
    ("step", "answer", "note"),
    [
        ("creditor_kind", "شرکت دولتی", "توجه: ماده ۴۷ از وزارتخانه‌ها"),
        ("creditor_kind", "نهاد عمومی غیردولتی", "توجه: ماده ۴۷ از وزارتخانه‌ها"),
        ("offence", "بله", "توجه: طبق تبصره ماده ۴۷"),
        ("amount", "850000000", "مبلغ بدهی: هشتصد و پنجاه میلیون ریال"),
    ],
)
def test_an_answer_brings_its_note_along_and_does_not_stop_the_form(
    step: str, answer: str, note: str
) -> None:
    person = filled(until=step).types(answer)
    assert person.sees.split("\n")[2].startswith(note)
    assert person.at.cursor not in {step, STOPPED}


@pytest.mark.parametrize("answer", ["وزارتخانه", "مؤسسه دولتی"])
def test_creditors_that_the_law_names_bring_no_warning(answer: str) -> None:
    assert filled(until="creditor_kind").types(answer).outcome.note is None


def test_an_amount_in_words_waits_for_a_tap() -> None:
    person = filled(until="amount").types(CONFIRM_FIRST)
    assert (person.at.cursor, person.at.pending, "amount" in person.at.answers) == (
        "amount",
        850_000_000,
        False,
    )
    person.presses("بله، درست است")
    assert (person.at.cursor, person.at.pending, person.at.answers["amount"]) == (
        "down_payment",
        None,
        850_000_000,
    )


@pytest.mark.parametrize(
    ("word", "cursor"), [("بله", "down_payment"), ("خیر", "amount"), ("بازگشت", "amount")]
)
def test_a_read_back_is_answered_in_words_too(word: str, cursor: str) -> None:
    person = filled(until="amount").types(CONFIRM_FIRST).types(word)
    assert (person.at.cursor, person.at.pending) == (cursor, None)


def test_typing_another_amount_takes_the_place_of_the_one_read_back() -> None:
    person = filled(until="amount").types(CONFIRM_FIRST).types("۹۰ میلیون تومان")
    assert person.at.pending == 900_000_000


def test_a_reading_that_breaks_a_rule_is_refused_before_it_is_read_back() -> None:
    person = filled(until="first_due").types("دیروز")
    assert (person.problem, person.at.pending) == ("first_due_before_today", None)


def test_a_reading_confirmed_a_day_too_late_is_refused() -> None:
    person = filled(until="first_due").types("۱۰ مهر")
    person.scope = Scope(TODAY + timedelta(days=2))
    person.presses("بله، درست است")
    assert (person.problem, person.at.cursor) == ("first_due_before_today", "first_due")


def test_going_back_shows_the_answer_and_one_tap_keeps_it() -> None:
    person = filled(until="debtor_kind").presses("بازگشت").presses("بازگشت")
    assert (person.at.cursor, person.sees.split("\n")[-1]) == ("letter_date", "پاسخ کنونی: ۱۴۰۵/۰۷/۰۶")
    before = person.at.answers
    person.presses("ادامه")
    assert (person.at.cursor, person.at.answers) == ("debtor_kind", before)


def test_going_back_from_the_first_question_asks_whether_to_leave() -> None:
    person = Person().presses("بازگشت")
    assert person.at.leaving
    assert person.presses("ادامه").at == engine.begin(PROPOSAL).position


def test_going_back_from_the_summary_leads_to_the_last_question() -> None:
    assert filled().presses("بازگشت").at.cursor == "attachments"


def test_a_skipped_question_stands_in_the_summary_and_can_still_be_answered() -> None:
    person = filled()
    assert "\u200f۱۳. تلفن همراه بدهکار: ارائه نشده" in person.sees.split("\n")
    person.presses("ویرایش ۱۳").types("09123456789")
    assert "\u200f۱۳. تلفن همراه بدهکار: ۰۹۱۲۳۴۵۶۷۸۹" in person.sees.split("\n")


def test_a_required_question_has_no_skip_button_and_the_word_is_no_answer() -> None:
    person = filled(until="official_name")
    assert buttons.SKIP not in person.labels
    person.types("رد کردن")
    assert (person.problem, person.at.cursor, person.at.misses) == ("not_optional", "official_name", 1)


@pytest.mark.parametrize(
    ("word", "action"),
    [("ادامه", "n"), ("انصراف", "x"), ("بازگشت", "b"), ("لغو", "x"), ("رد  كردن", "k"), ("چرا؟", "y")],
)
def test_words_of_the_form_are_never_taken_for_a_name(word: str, action: str) -> None:
    person = filled(until="debtor_name")
    assert typed(PROPOSAL, person.at, SCOPE, word) == action


def test_a_name_is_no_word_of_the_form() -> None:
    assert typed(PROPOSAL, filled(until="debtor_name").at, SCOPE, "ادامه‌دهنده") is None


def test_editing_from_the_summary_comes_straight_back_to_it() -> None:
    person = filled().types("ویرایش ۱۱")
    assert person.at.cursor == "debtor_name"
    person.types("مریم کریمی")
    assert (person.at.cursor, person.at.answers["debtor_name"]) == (SUMMARY, "مریم کریمی")


def test_an_edit_that_opens_a_branch_asks_only_its_questions() -> None:
    person = filled("استمهال").presses("ویرایش ۱").types("استمهال و تقسیط")
    asked = []
    while person.at.cursor != SUMMARY:
        asked.append(person.at.cursor)
        person.gives(said("استمهال و تقسیط")[person.at.cursor])
    assert asked == ["down_payment", "grace_until", "instalments", "interval_months", "first_due"]


def test_the_answers_of_a_branch_that_closes_are_dropped_and_no_others() -> None:
    person = filled("استمهال و تقسیط")
    before = person.at.answers
    person.presses("ویرایش ۱").types("تقسیط")
    assert person.at.answers == {
        **{name: value for name, value in before.items() if name != "grace_until"},
        "kind": "instalments",
    }


def test_another_kind_of_debtor_is_asked_for_the_other_identifier() -> None:
    person = filled().presses("ویرایش ۱۰").types("شخص حقوقی")
    assert (person.at.cursor, "national_id" in person.at.answers) == ("debtor_name", False)
    lines = person.sees.split("\n")
    assert "نام شرکت یا مؤسسه بدهکار چیست؟" in lines, "a person's name is no company's"
    assert "پاسخ کنونی: رضا کریمی" in lines
    assert person.types("شرکت نمونه‌سازان").at.cursor == "legal_id"
    assert filled().presses("ویرایش ۱۰").types("شخص حقیقی").at.cursor == SUMMARY


def test_an_answer_that_another_one_now_contradicts_is_asked_again_and_says_why() -> None:
    person = filled("استمهال و تقسیط").presses("ویرایش ۱۵").types("۴٬۰۰۰٬۰۰۰")
    assert (person.at.cursor, person.problem) == ("down_payment", "down_payment_not_below_amount")
    assert person.sees.split("\n")[2].startswith("پیش‌پرداخت ۵٬۰۰۰٬۰۰۰ ریال است")
    assert person.presses("ادامه").problem == "down_payment_not_below_amount"
    assert person.types("۱٬۰۰۰٬۰۰۰").at.cursor == SUMMARY


@pytest.mark.parametrize(
    ("kind", "step", "answer", "code"),
    [
        ("تقسیط", "letter_date", "۱۴۰۵/۰۷/۱۰", "letter_date_in_future"),
        ("تقسیط", "down_payment", "100000000", "down_payment_not_below_amount"),
        ("تقسیط", "first_due", "۱۴۰۵/۰۷/۰۸", "first_due_before_today"),
        ("استمهال", "deferred_to", "۱۴۰۵/۰۷/۰۹", "deferred_to_not_after_today"),
        ("استمهال و تقسیط", "grace_until", "۱۴۰۵/۰۷/۰۹", "grace_until_not_after_today"),
        ("استمهال و تقسیط", "first_due", "۱۴۰۵/۱۲/۲۸", "first_due_before_grace"),
        ("تقسیط", "instalments", "۱۲۱", "number_out_of_bounds"),
    ],
)
def test_an_answer_against_the_rules_is_refused_and_nothing_is_lost(
    kind: str, step: str, answer: str, code: str
) -> None:
    person = filled(kind, until=step)
    before = person.at.answers
    person.types(answer)
    assert (person.problem, person.at.cursor, person.at.answers) == (code, step, before)


def test_after_three_misses_the_help_of_the_step_comes_unasked() -> None:
    person = filled(until="national_id").types("۱").types("۲")
    help_text = "کد ملی ده‌رقمی روی کارت ملی است؛ رقم‌ها را پشت سر هم و بدون حروف بنویسید."
    assert help_text not in person.sees.split("\n")
    assert help_text in person.types("۳").sees.split("\n")
    assert person.types("1360001239").at.misses == 0


def test_files_are_added_one_by_one_until_the_person_goes_on() -> None:
    person = filled(until="attachments").sends(RULING).sends(LETTER)
    assert (person.at.cursor, person.at.answers["attachments"]) == ("attachments", [8, 7])
    assert person.sees.split("\n")[-5:-1] == [
        "پرونده ۱: رأی دادگاه.jpg\u200f، ۲۴۴ کیلوبایت",
        "پرونده ۲: نامه.pdf\u200f، ۱۱۷ کیلوبایت",
        "",
        "مجموع: ۲ پرونده از ۱۰، ۳۶۱ کیلوبایت از ۴۰ مگابایت",
    ]
    assert person.presses("ادامه").at.cursor == SUMMARY


def test_files_are_taken_off_the_list_and_the_list_may_become_empty() -> None:
    person = filled(until="attachments").sends(RULING).sends(LETTER).presses("حذف ۱")
    assert (person.at.answers["attachments"], sorted(person.at.files)) == ([7], ["7"])
    person.types("حذف ۱")
    assert ("attachments" in person.at.answers, person.labels[-3:]) == (
        False,
        ["رد کردن", "بازگشت", "انصراف"],
    )


def test_the_letter_that_has_come_is_named_with_the_next_question() -> None:
    lines = filled(until="letter_scan").sends(LETTER).sees.split("\n")
    assert lines[2] == "تصویر نامه دریافت شد: نامه.pdf\u200f، ۱۱۷ کیلوبایت"


@pytest.mark.parametrize("until", ["kind", "debt_type", "amount", "mobile", "attachments"])
def test_what_comes_next_stands_at_the_end_where_a_phone_shows_it(until: str) -> None:
    person = filled(until=until)
    assert [button.label for button in person.screen.rows[-1]] == ["بازگشت", "انصراف"]


def test_sending_is_the_last_thing_above_the_ways_out() -> None:
    person = filled()
    assert [button.label for button in person.screen.rows[-2]] == ["درستی اطلاعات را تأیید می‌کنم"]
    declared = person.presses("درستی اطلاعات را تأیید می‌کنم").screen.rows
    assert [button.label for button in declared[-2]] == ["ارسال پیشنهاد"]
    review = filled(until="amount").presses("بررسی پیش‌نویس").screen.rows
    assert [button.label for button in review[-2]] == ["ادامه"]


def test_every_step_after_the_debtor_is_known_names_the_debtor() -> None:
    assert filled(until="debtor_name").sees.startswith("گام ۱۱ از ۲۲\n")
    assert filled(until="national_id").sees.startswith("گام ۱۲ از ۲۲ · رضا کریمی\n")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([RULING, RULING], "file_repeated"),
        ([FileAnswer(n, f"{n}.pdf", 1, "application/pdf") for n in range(10, 21)], "files_too_many"),
        (
            [FileAnswer(n, f"{n}.pdf", 10 * 2**20, "application/pdf") for n in range(10, 14)],
            "files_too_large",
        ),
    ],
)
def test_one_file_too_many_is_refused_and_the_others_stay(sent: list[FileAnswer], code: str) -> None:
    person = filled(until="attachments")
    for file in sent:
        person.sends(file)
    assert (person.problem, person.at.answers["attachments"]) == (code, [file.id for file in sent[:-1]])


def test_a_new_scan_takes_the_place_of_the_old_one_and_its_name_is_forgotten() -> None:
    person = filled(until="debtor_kind").presses("بازگشت").sends(RULING)
    assert (person.at.answers["letter_scan"], sorted(person.at.files)) == (8, ["8"])


def test_a_file_where_words_are_asked_is_refused() -> None:
    assert filled(until="amount").sends(LETTER).problem == "text_wanted"


def test_leaving_a_proposal_offers_to_keep_it() -> None:
    person = filled(until="amount").types("انصراف")
    assert person.labels == ["ذخیره پیش‌نویس", "حذف", "ادامه"]
    person.types("نه هنوز")
    assert (person.problem, person.at.leaving) == ("leaving_open", True)
    assert person.types("ادامه").at == filled(until="amount").at


def test_sending_appears_only_after_the_declaration_and_any_change_takes_it_back() -> None:
    person = filled()
    assert (buttons.SEND in person.labels, engine.ready(PROPOSAL, person.at, SCOPE)) == (False, False)
    person.types("تأیید می‌کنم")
    assert (buttons.SEND in person.labels, engine.ready(PROPOSAL, person.at, SCOPE)) == (True, True)
    person.presses("ویرایش ۱۱").types("مریم کریمی")
    assert (person.at.declared, buttons.DECLARE in person.labels) == (False, True)


def test_looking_at_an_answer_without_changing_it_leaves_the_declaration() -> None:
    person = filled().presses(buttons.DECLARE).presses("ویرایش ۱۱").presses("ادامه")
    assert (person.at.cursor, person.at.declared) == (SUMMARY, True)


def test_words_at_the_summary_are_no_answer() -> None:
    person = filled().types("سلام")
    assert person.problem == "summary_open"
    assert person.sees.startswith("برای تغییر هر سطر، «ویرایش» و شماره آن را بنویسید.")


@pytest.mark.parametrize("until", ["kind", "letter_date", "amount", "attachments", "summary"])
def test_a_draft_opens_where_it_was_left_with_every_answer(until: str) -> None:
    person = filled(until=until)
    again = opened(person.at)
    assert again.at == person.at


def test_a_pending_reading_outlives_a_restart() -> None:
    person = filled(until="amount").types(CONFIRM_FIRST)
    again = opened(person.at)
    assert (again.at, again.sees) == (person.at, person.sees)


def test_a_draft_opened_when_its_dates_have_passed_asks_for_new_ones() -> None:
    person = opened(filled().presses(buttons.DECLARE).at, today=date(2026, 12, 1))
    assert (person.at.cursor, person.problem, person.at.declared) == (
        "first_due",
        "first_due_before_today",
        False,
    )
    assert person.types("۱۴۰۵/۱۰/۱۰").at.cursor == SUMMARY


def test_a_draft_of_an_older_form_is_asked_only_what_is_new() -> None:
    person = filled()
    older = {name: value for name, value in person.at.answers.items() if name != "creditor_kind"}
    again = opened(replace(person.at, answers={**older, "colour": "blue"}))
    assert (again.at.cursor, "colour" in again.at.answers) == ("creditor_kind", False)
    assert again.types("وزارتخانه").at == person.at


def test_a_draft_that_has_changed_by_itself_is_declared_anew() -> None:
    person = filled().presses(buttons.DECLARE)
    again = opened(replace(person.at, answers={**person.at.answers, "colour": "blue"}))
    assert (again.at.cursor, again.at.declared) == (SUMMARY, False)


def test_a_stored_answer_that_no_longer_is_a_choice_is_asked_again() -> None:
    person = filled()
    again = opened(replace(person.at, answers={**person.at.answers, "debt_type": "tulips"}))
    assert (again.at.cursor, again.at.answers["amount"]) == ("debt_type", 100_000_000)


def test_a_returned_proposal_opens_at_its_summary() -> None:
    proposal = check(filled("استمهال و تقسیط").at.answers, today=TODAY)
    letter: dict[str, JSON] = {"name": "نامه.pdf", "size": 120_000}
    again = opened(Position(proposal.model_dump(mode="json"), SUMMARY, files={"7": letter}))
    assert again.at.cursor == SUMMARY
    assert check(again.at.answers, today=TODAY) == proposal
    assert "\u200f۲۲. پیوست‌ها: ارائه نشده" in again.sees.split("\n")


@pytest.mark.parametrize(
    "action", ["y", "save", "drop", "send", "plan", "o:x", "o:", "o:99", "zz", "zz:1", ""]
)
def test_actions_that_are_not_the_engines_are_left_to_the_handler(action: str) -> None:
    assert pressed.press(PROPOSAL, filled().at, action, SCOPE) is None


@pytest.mark.parametrize("action", ["rm:5", "e:99", "yes", "no", "stay"])
def test_a_press_that_leads_nowhere_changes_nothing(action: str) -> None:
    person = filled(until="debt_type")
    assert pressed.press(PROPOSAL, person.at, action, SCOPE) == engine.Outcome(person.at)


def test_a_draft_is_called_by_its_debtor() -> None:
    assert PROPOSAL.title({}) == "پیشنهاد بی‌نام"
    assert PROPOSAL.title(filled().at.answers) == "رضا کریمی"


def test_a_refusal_for_a_listed_reason_may_go_without_a_note() -> None:
    person = Person(REFUSAL).types("وجود مقررات خاص یا عمومی دیگر").types("ادامه").types("رد کردن")
    assert (person.outcome.done, person.at.answers) == (False, {"reasons": ["special_rule.1"], "note": None})
    assert person.types("بله، عدم موافقت ثبت شود").outcome.done


def test_a_refusal_for_another_reason_needs_a_note() -> None:
    person = Person(REFUSAL).types("دلیل دیگر").types("ادامه").types("رد کردن")
    assert (person.outcome.done, person.problem) == (False, "not_optional")
    assert person.types("نامه امضا ندارد.").types("۱").outcome.done


def test_changing_to_another_reason_asks_for_the_note_that_was_skipped() -> None:
    person = Person(REFUSAL).types("وجود مقررات خاص یا عمومی دیگر").types("ادامه").types("رد کردن")
    person.outcome = engine.edit(REFUSAL, person.at, "reasons", SCOPE)
    person.types("دلیل دیگر").types("ادامه")
    assert (person.outcome.done, person.at.cursor) == (False, "note")


def test_a_return_says_what_and_why() -> None:
    person = Person(RETURN).types("۲").types("مبلغ بدهی").types("مورد دیگر").types("۲")
    assert person.labels[:3] == ["☑ مبلغ بدهی", "☐ شماره نامه", "☑ مورد دیگر"]
    assert person.types("ادامه").types("م").problem == "text_too_short", "a note says something"
    person.types("مبلغ با نامه یکی نیست.")
    assert not person.outcome.done, "asked once more, with all that will be told"
    for told in ("بخش‌های نیازمند اصلاح: مبلغ بدهی", "موضوع اصلاح: مبلغ با نامه یکی نیست."):
        assert told in person.sees
    assert person.types("بله، بازگردانده شود").outcome.done
    note = "مبلغ با نامه یکی نیست."
    assert person.at.answers == {"fields": ["amount", "other.1"], "note": note, "sure": "yes"}


def test_a_return_marks_at_least_one_row() -> None:
    person = Person(RETURN).types("مبلغ بدهی").types("مبلغ بدهی")
    assert "ادامه" not in person.labels
    assert person.types("ادامه").problem == "nothing_to_keep"


def test_leaving_a_small_form_offers_no_draft() -> None:
    assert Person(RETURN).types("انصراف").labels == ["انصراف", "ادامه"]


def test_an_officer_is_invited_for_an_agency_and_others_are_not() -> None:
    officer = Person(INVITATION).types("کارشناس دستگاه").types("شرکت آب منطقه‌ای").types("زهرا احمدی")
    assert officer.at.answers == {"role": "officer", "agency": "2", "name": "زهرا احمدی"}
    reviewer = Person(INVITATION).types("کارشناس بررسی").types("زهرا احمدی")
    assert (reviewer.outcome.done, reviewer.at.answers) == (True, {"role": "reviewer", "name": "زهرا احمدی"})


def test_a_new_agency_is_asked_for_its_name() -> None:
    person = Person(INVITATION).types("کارشناس دستگاه").presses("دستگاه جدید").types("دانشگاه")
    person.types("علی رضایی")
    assert person.at.answers == {
        "role": "officer",
        "agency": NEW_AGENCY,
        "agency_name": "دانشگاه",
        "name": "علی رضایی",
    }
