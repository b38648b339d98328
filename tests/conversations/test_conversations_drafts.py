"""A draft is looked over, taken up again in a newer form, and a returned case is corrected."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conversation_samples import LETTER, SCOPE, TODAY, Person, filled, said
from draft_samples import AGES, NOW, OLDER, returned

from bot.conversations import correction, engine
from bot.conversations.form import REVIEW, SUMMARY, Form, Position, Returned
from bot.conversations.given import JSON, FileAnswer
from bot.conversations.kinds import ShortText, Whole
from bot.conversations.proposal import PROPOSAL
from bot.conversations.show import screen_of
from domain.proposal import check
from messages_fa import buttons, general

OLD_DRAFTS = json.loads((Path(__file__).parent / "drafts_of_version_1.json").read_text("utf-8"))
"""What the store kept of drafts when the form of a proposal was in its version 1."""

NEW_STEP = replace(
    next(step for step in PROPOSAL.steps if step.name == "official_post"),
    name="official_unit",
    label="واحد مقام مجاز",
    kind=ShortText(),
    since=2,
)


def newer_form() -> Form:
    """The proposal's form in a version 2: one new question, and fewer instalments than before."""
    steps = []
    for step in PROPOSAL.steps:
        if step.name == "instalments":
            steps.append(replace(step, kind=Whole(2, 60, "قسط"), since=2))
        elif step.name == "debt_type":
            steps.append(replace(step, since=2))
        else:
            steps.append(step)
        if step.name == "official_post":
            steps.append(NEW_STEP)
    return replace(PROPOSAL, version=2, steps=tuple(steps), problems=PROPOSAL.problems, plan=None)


VERSION_2 = newer_form()


def opened(name: str) -> Person:
    """A stored draft of version 1, opened in version 2."""
    person = Person(VERSION_2)
    stored = Position.from_json(OLD_DRAFTS[name])
    person.outcome = engine.resume(VERSION_2, stored, SCOPE, version=1)
    return person


def test_a_finished_draft_of_an_older_form_is_asked_only_what_is_new_or_changed() -> None:
    person, asked = opened("finished"), []
    answers = {"official_unit": "معاونت مالی", "debt_type": "سایر", "instalments": "۶۰"}
    while person.at.cursor in answers:
        asked.append(person.at.cursor)
        person.types(answers[person.at.cursor])
    assert asked == ["official_unit", "debt_type"]
    assert person.at.cursor == "debt_type_other"
    assert person.types("شرح").at.cursor == "instalments"
    assert person.types("۶۰").at.cursor == SUMMARY
    assert (person.at.again, person.at.former) == ([], {})
    kept = {"official_unit", "debt_type", "debt_type_other", "instalments"}
    before = OLD_DRAFTS["finished"]["answers"]
    assert {n: v for n, v in person.at.answers.items() if n not in kept} == {
        n: v for n, v in before.items() if n not in kept
    }


def test_the_person_is_told_which_question_is_new_and_which_has_changed() -> None:
    person = opened("finished")
    assert "این پرسش از نسخه پیشین شما تازه است." in person.sees.split("\n")
    person.types("معاونت مالی")
    lines = person.sees.split("\n")
    assert "این پرسش پس از پاسخ شما تغییر کرده است؛ پاسخ را دوباره بررسی کنید." in lines
    assert "پاسخ کنونی: اضافه‌پرداختی حقوق و مزایا" in lines
    assert person.presses("ادامه").at.cursor == "instalments"


def test_an_old_answer_beyond_the_new_limits_is_shown_and_asked_again() -> None:
    person = opened("finished").types("معاونت مالی").presses("ادامه")
    assert "پاسخ پیشین: ۱۰۰" in person.sees.split("\n")
    assert person.presses("بازگشت").at.cursor == "down_payment"
    person.presses("رد کردن")
    assert person.types("۱۰۰").problem == "number_out_of_bounds"
    assert "پاسخ پیشین: ۱۰۰" in person.sees.split("\n")


def test_a_draft_left_early_meets_the_new_question_in_its_place_without_a_word() -> None:
    person = opened("begun")
    assert person.at.cursor == "official_name"
    person.types("زهرا احمدی").types("مدیرکل امور مالی")
    assert person.at.cursor == "official_unit"
    assert "تازه است" not in person.sees


def test_what_is_asked_anew_outlives_a_restart_in_the_middle() -> None:
    person = opened("finished").types("معاونت مالی")
    kept = Position.from_json(json.loads(json.dumps(person.at.to_json())))
    again = engine.resume(VERSION_2, kept, SCOPE, version=2)
    assert again.position == person.at
    assert again.position.again == ["debt_type", "instalments"]


def test_an_old_draft_in_todays_form_is_as_it_was() -> None:
    stored = Position.from_json(OLD_DRAFTS["finished"])
    assert engine.resume(PROPOSAL, stored, SCOPE, version=1).position == stored


def test_progress_counts_the_longest_way_and_its_end_only_comes_nearer() -> None:
    person, ends = Person(), []
    while person.at.cursor != SUMMARY:
        ends.append(engine.progress(PROPOSAL, person.at)[1])
        person.gives(said("استمهال")[person.at.cursor])
    assert (ends[0], ends[-1]) == (23, 18)
    assert ends == sorted(ends, reverse=True)


# The review of a draft


def test_the_review_lists_what_is_missing_and_what_is_given() -> None:
    person = filled(until="amount").presses(buttons.REVIEW_DRAFT)
    lines = person.sees.split("\n")
    assert person.at.cursor == REVIEW
    # Those that may be skipped are listed and counted apart.
    assert "مانده: ۴ مورد لازم و ۳ مورد اختیاری" in lines
    assert "\u200f۲۱. پیوست‌ها (اختیاری)" in lines
    assert "\u200f۱۵. مبلغ بدهی" in lines
    assert "\u200f۱۱. نام بدهکار: رضا کریمی" in lines
    assert "۱۵. مبلغ بدهی" in person.labels
    assert "ویرایش ۱۱" in person.labels
    assert not {buttons.SEND, buttons.DECLARE} & set(person.labels)


def test_every_answer_given_from_the_review_leads_back_to_it_until_nothing_is_missing() -> None:
    person = filled(until="amount").types("بررسی پیش نویس")
    answers = said()
    while person.at.cursor == REVIEW:
        missing = engine.missing(PROPOSAL, person.at, SCOPE)[-1]
        person.does(f"e:{PROPOSAL.steps.index(missing)}").gives(answers[missing.name])
    assert person.at == replace(filled().at, files=person.at.files)
    assert buttons.DECLARE in person.labels


@pytest.mark.parametrize("typed", ["ویرایش ۱۱", "۱۱", "11."])
def test_a_row_of_the_review_is_changed_by_its_number(typed: str) -> None:
    person = filled(until="amount").presses(buttons.REVIEW_DRAFT).types(typed)
    assert person.at.cursor == "debtor_name"
    person.types("مریم کریمی")
    assert (person.at.cursor, person.at.answers["debtor_name"]) == (REVIEW, "مریم کریمی")


def test_back_leads_from_the_row_to_the_review_and_from_there_to_the_question() -> None:
    person = filled(until="amount").presses(buttons.REVIEW_DRAFT)
    person.types("۱۱").presses("بازگشت")
    assert person.at.cursor == REVIEW
    assert person.presses("بازگشت").at == filled(until="amount").at


def test_a_reading_that_waits_is_still_there_after_the_review() -> None:
    waiting = filled(until="amount").types("هشتاد و پنج میلیون تومان").at
    person = filled(until="amount").types("هشتاد و پنج میلیون تومان").presses(buttons.REVIEW_DRAFT)
    assert person.presses("بازگشت").at == waiting


def test_going_on_from_the_review_asks_what_is_missing_one_by_one() -> None:
    person = filled(until="amount").presses(buttons.REVIEW_DRAFT).presses("ادامه")
    assert (person.at.cursor, person.at.home) == ("amount", None)


def test_the_review_says_what_contradicts_what() -> None:
    person = filled("استمهال و تقسیط").presses("ویرایش ۱۵").types("۴٬۰۰۰٬۰۰۰")
    person.presses(buttons.REVIEW_DRAFT)
    row = next(line for line in person.sees.split("\n") if line.startswith("\u200f۱۶. پیش‌پرداخت"))
    assert row.startswith("\u200f۱۶. پیش‌پرداخت: پیش‌پرداخت ۵٬۰۰۰٬۰۰۰ ریال است")


def test_with_nothing_missing_the_review_is_the_summary() -> None:
    person = filled().presses("ویرایش ۱۱").presses(buttons.REVIEW_DRAFT)
    assert person.at.cursor == SUMMARY


def test_words_at_the_review_are_no_answer() -> None:
    person = filled(until="amount").presses(buttons.REVIEW_DRAFT)
    before = person.at
    assert person.types("سلام").problem == "summary_open"
    assert person.at == before


# The correction of a returned case


@pytest.mark.parametrize(("minutes", "age"), [*AGES, *OLDER])
def test_an_age_is_told_in_words(minutes: int, age: str) -> None:
    assert general.age(NOW - timedelta(minutes=minutes), NOW) == age


def test_only_the_marked_answers_are_asked_one_after_the_other() -> None:
    person, asked = returned("amount", "debtor_name", "instalments"), []
    answers = {"amount": "۲۰۰٬۰۰۰٬۰۰۰", "debtor_name": "مریم کریمی", "instalments": "۱۰"}
    while person.at.cursor != SUMMARY:
        asked.append((person.at.cursor, person.sees.split("\n")[0]))
        person.types(answers[person.at.cursor])
    assert asked == [
        ("debtor_name", "اصلاح ۱ از ۳ · رضا کریمی"),
        ("amount", "اصلاح ۲ از ۳ · مریم کریمی"),
        ("instalments", "اصلاح ۳ از ۳ · مریم کریمی"),
    ]


def test_the_reviewers_note_and_the_old_answer_stand_beside_every_question() -> None:
    lines = returned("amount").sees.split("\n")
    assert "توضیح کارشناس: مبلغ با حکم نمی‌خواند." in lines
    assert "پاسخ کنونی: ۱۰۰٬۰۰۰٬۰۰۰ ریال" in lines


def test_the_summary_marks_what_was_corrected_and_computes_the_plan_anew() -> None:
    person = returned("amount", "debtor_name").presses("ادامه").types("۱۲۰٬۰۰۰٬۰۰۰")
    lines = person.sees.split("\n")
    assert "\u200f۱۵. مبلغ بدهی: ۱۲۰٬۰۰۰٬۰۰۰ ریال (اصلاح شد)" in lines
    assert "\u200f۱۱. نام بدهکار: رضا کریمی (تغییر نکرد)" in lines
    assert "برنامه پرداخت دوباره محاسبه شد." in lines
    assert [label for label in person.labels if label.startswith("ویرایش")] == ["ویرایش ۱۱", "ویرایش ۱۵"]
    assert person.presses("ویرایش ۱۵").sees.split("\n")[-2:] == [
        "پاسخ پیشین: ۱۰۰٬۰۰۰٬۰۰۰ ریال",
        "پاسخ کنونی: ۱۲۰٬۰۰۰٬۰۰۰ ریال",
    ]


def test_what_the_correction_makes_missing_or_contradictory_may_be_changed_too() -> None:
    person = returned("kind").types("استمهال")
    assert person.at.cursor == "deferred_to"
    person.types("۱۴۰۵/۱۲/۱۰")
    assert [label for label in person.labels if label.startswith("ویرایش")] == ["ویرایش ۱", "ویرایش ۱۶"]
    person = returned("amount", kind="استمهال و تقسیط").types("۴٬۰۰۰٬۰۰۰")
    assert (person.at.cursor, person.problem) == ("down_payment", "down_payment_not_below_amount")


@pytest.mark.parametrize("action", ["e:0", "e:10", "e:23"])
def test_other_rows_of_a_case_returned_by_field_stay_as_they_are(action: str) -> None:
    person = returned("amount").types("۲۰۰٬۰۰۰٬۰۰۰")
    before = person.at
    assert person.does(action).at == before


def test_back_leads_through_the_marked_answers_only() -> None:
    person = returned("debtor_name", "amount").types("مریم کریمی").presses("بازگشت")
    assert person.at.cursor == "debtor_name"
    assert person.presses("بازگشت").at.leaving
    assert "با «حذف» تغییرها پاک می‌شود و پیشنهاد همان‌گونه که بازگشته است می‌ماند." in person.sees


def test_without_marks_any_row_may_be_changed_from_the_summary() -> None:
    person = returned()
    assert person.at.cursor == SUMMARY
    assert len([label for label in person.labels if label.startswith("ویرایش")]) == 21
    assert person.sees.startswith("توضیح کارشناس: مبلغ با حکم نمی‌خواند.")


@pytest.mark.parametrize("fields", [("amount",), ()])
def test_a_correction_that_changes_nothing_is_known(fields: tuple[str, ...]) -> None:
    person = returned(*fields)
    while person.at.cursor != SUMMARY:
        person.presses("ادامه")
    assert correction.is_unchanged(PROPOSAL, person.at)
    person.types("ویرایش ۱۵").types("۲۰۰٬۰۰۰٬۰۰۰")
    assert not correction.is_unchanged(PROPOSAL, person.at)
    person.types("ویرایش ۱۵").types("۱۰۰٬۰۰۰٬۰۰۰")
    assert correction.is_unchanged(PROPOSAL, person.at)


def test_files_taken_off_are_a_change() -> None:
    person = (
        filled(until="attachments").sends(FileAnswer(9, "رأی.pdf", 10, "application/pdf")).presses("ادامه")
    )
    answers: dict[str, JSON] = check(person.at.answers, today=TODAY).model_dump(mode="json")
    asks = Returned(["attachments"], "", [], answers)
    begun = correction.begin(answers, dict(person.at.files), 3, asks)
    person.outcome = engine.resume(PROPOSAL, begun, SCOPE)
    assert person.at.cursor == "attachments"
    person.presses("حذف ۱").presses("رد کردن")
    assert (person.at.cursor, correction.is_unchanged(PROPOSAL, person.at)) == (SUMMARY, False)


def test_a_correction_outlives_a_restart_at_every_question() -> None:
    person = returned("amount", "debtor_name").types("مریم کریمی")
    kept = Position.from_json(json.loads(json.dumps(person.at.to_json())))
    again = engine.resume(PROPOSAL, kept, SCOPE, version=1)
    assert again.position == person.at
    assert screen_of(PROPOSAL, again.position, SCOPE, None, str).text.plain == person.sees


def test_the_longest_draft_and_the_longest_correction_still_fit() -> None:
    long = f"{'م' * 59} {'م' * 60}"
    words = dict.fromkeys(("official_name", "official_post", "debtor_name", "debt_type_other"), long)
    more = {"debt_type": "سایر", "reason": "دلیل " * 390, "amount": str(10**15 - 1), "instalments": "۱۱"}
    person = filled("استمهال و تقسیط", until="attachments", **words, **more)
    assert len(person.presses(buttons.REVIEW_DRAFT).sees) <= 4000
    answers = filled("استمهال و تقسیط", **words, **more).at.answers
    asks = Returned([], "یادداشت " * 120, ["other.1"], {**answers, "amount": 5, "debtor_name": "علی"})
    begun = correction.begin(dict(answers), {}, 3, asks)
    person.outcome = engine.resume(PROPOSAL, begun, SCOPE)
    assert person.at.cursor == SUMMARY
    assert len(person.sees) <= 4000
    assert person.sees.endswith("اگر چنین است «درستی اطلاعات را تأیید می‌کنم» را بزنید.")


def test_what_hangs_on_a_marked_answer_is_asked_with_it() -> None:
    person = returned("debtor_kind").types("شخص حقوقی")
    assert person.at.cursor == "debtor_name"
    assert person.types("شرکت نمونه‌سازان").at.cursor == "legal_id"


def test_an_answer_that_ends_the_form_does_not_end_a_case_that_is_there() -> None:
    person = returned("special_rule")
    person.scope = replace(SCOPE, contact="۰۴۱-۳۱۲۳۴۵۶۷")
    told = person.types("بله").sees
    assert "با این پاسخ، پیشنهادی که ثبت کرده‌اید در این خدمت پذیرفته نمی‌شود." in told
    assert told.endswith("تماس بگیرید: ۰۴۱\u00a0۳۱۲۳۴۵۶۷"), "in an order that a phone keeps"


def test_the_letter_may_be_what_is_marked() -> None:
    person = returned("letter_scan")
    assert person.at.cursor == "letter_scan"
    person.sends(replace(LETTER, id=70, name="نامه تازه.pdf"))
    assert "\u200f۹. تصویر نامه: نامه تازه.pdf\u200f (اصلاح شد)" in person.sees.split("\n")
