"""Somebody who is not understood: help after three misses, names that are none, labels typed as answers."""

from dataclasses import replace

import pytest
from conversation_samples import FACTS, LETTER, SCOPE, TODAY, Person, filled

from bot.conversations import engine
from bot.conversations.choices import MOST_OPTIONS, Choice, labels
from bot.conversations.form import Position
from bot.conversations.given import Given, Option, Scope
from bot.conversations.kinds import Name, ShortText
from bot.conversations.people_forms import INVITATION
from bot.conversations.show import typed, why_screen
from bot.conversations.written import of_body
from persian.errors import Unreadable

CONTACT = "۰۲۵۳۷۷۷۱۲۳۴، کارشناس پشتیبانی"
WHY = "کد ملی بدهکار را از هم‌نام‌ها جدا می‌کند و محرمانه می‌ماند."
HELP = "کد ملی ده‌رقمی روی کارت ملی است؛ رقم‌ها را پشت سر هم و بدون حروف بنویسید."


def missed(person: Person, *texts: str) -> Person:
    for text in texts or ("۱", "۲", "۳"):
        person.types(text)
    return person


def test_the_third_miss_brings_what_to_do_and_the_offices_contact() -> None:
    person = filled(until="national_id")
    person.scope = replace(SCOPE, contact=CONTACT)
    assert CONTACT not in missed(person, "۱", "۲").sees
    told = missed(person, "۳").sees.split("\n")
    assert [
        line for line in told if line in {HELP, f"اگر به کمک نیاز دارید، تماس بگیرید: {CONTACT}"}
    ] == told[4:6]
    assert person.sees.count("نمونه: ") == 1


def test_an_office_that_named_nobody_keeps_the_draft_and_says_so() -> None:
    assert "پیش‌نویس شما محفوظ است؛ می‌توانید بعد از «پیش‌نویس‌ها»" in missed(filled(until="national_id")).sees


def test_a_small_form_and_an_empty_draft_only_name_the_way_out() -> None:
    assert "با «انصراف» بدون ثبت چیزی" in missed(Person(INVITATION), "؟", "؟", "؟").sees
    assert "با «انصراف» بدون ثبت چیزی" in missed(Person(), "؟", "؟", "؟").sees


def test_more_examples_are_a_button_then_and_each_is_taken() -> None:
    person = filled(until="amount")
    assert "نمونه‌ها" not in missed(person, "زیاد", "؟").labels
    listed = missed(person, "خیلی").presses("نمونه‌ها").sees.split("\n")
    shown = [line.removeprefix("نمونه: ") for line in listed if line.startswith("نمونه: ")]
    assert shown == ["۸۵۰٬۰۰۰٬۰۰۰", "هشتصد و پنجاه میلیون ریال", "۸۵ میلیون تومان"]
    for example in shown:
        assert filled(until="amount").types(example).problem is None


def test_an_optional_question_can_be_skipped_then_as_ever() -> None:
    person = missed(filled(until="mobile"), "۱", "۲", "۳")
    assert "رد کردن" in person.labels
    assert person.presses("رد کردن").at.cursor == "debt_type"


def test_the_count_of_misses_outlives_a_restart_and_an_answer_ends_it() -> None:
    person = missed(filled(until="national_id"), "۱", "۲")
    again = Person()
    again.outcome = engine.resume(person.form, Position.from_json(person.at.to_json()), SCOPE)
    assert HELP in again.types("۳").sees
    assert again.types("1360001239").at.misses == 0


def test_the_reason_asked_for_after_three_misses_stands_there_once() -> None:
    person = missed(filled(until="national_id"))
    text = why_screen(person.form, person.at, SCOPE, str).text.plain
    assert (text.count(WHY), text.count("نمونه: ")) == (1, 1)


def test_files_where_words_are_asked_count_as_misses_too() -> None:
    person = filled(until="national_id").sends(LETTER).sends(LETTER).sends(LETTER)
    assert (person.problem, HELP in person.sees) == ("text_wanted", True)


@pytest.mark.parametrize(
    "name",
    [
        *("زهرا احمدی", "علی‌اکبر دهخدا", "سید محمد رضا موسوی نژاد", "م. کریمی", "حسن یوسفی (متوفی)"),
        *(
            "فاطمة الزهراء العبيدي",
            "أحمد عبد الله",
            "مؤید ثابتی",
            "ئاسۆ محەمەدی",
            "ڕێبین عەلی",
            "گوڵاڵە کەریمی",
        ),
        *(
            "Ayşe Yılmaz",
            "Jean-Luc O’Neill",
            "عبدالقادر نیازی",
            "Nguyễn Văn An",
            "王 小明",
            "Иван Петров",
            "نو ری",
        ),
    ],
)
def test_the_real_names_of_people_are_taken(name: str) -> None:
    reading = Name().read(Given(text=name), SCOPE)
    assert reading.plain
    assert isinstance(reading.value, str)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("ع", "text_too_short"), ("ـ ـ", "text_empty"), ("۱۲۳", "text_without_letters")),
        *(("؟؟", "text_without_letters"), ("زهرا", "name_one_word"), ("علی‌رضا", "name_one_word")),
        *(
            ("زهرا .", "name_one_word"),
            ("زهرا احمدی ۲", "name_with_digits"),
            ("علی ٢ رضایی", "name_with_digits"),
        ),
        *(("Ali 2", "name_with_digits"), ("زهرا²  احمدی", "name_with_digits"), ("", "text_empty")),
    ],
)
def test_what_cannot_be_the_name_of_a_person_is_refused(name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        Name().read(Given(text=name), SCOPE)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["فولاد", "شرکت ۲۲ بهمن (سهامی خاص)", "3M", "مپنا ۲", "آب‌وفا", "IT"])
def test_companies_may_have_one_word_digits_and_brackets(name: str) -> None:
    assert Name(of_person=of_body).read(Given(text=name), SCOPE).value == name


def test_the_debtors_name_is_read_as_what_the_debtor_is() -> None:
    company = filled(until="debtor_name", debtor_kind="شخص حقوقی").types("فولاد ۱")
    assert company.at.answers["debtor_name"] == "فولاد ۱"
    assert filled(until="debtor_name").types("فولاد ۱").problem == "name_with_digits"


def test_a_post_of_one_letter_is_none() -> None:
    with pytest.raises(Unreadable, match="text_too_short"):
        ShortText().read(Given(text="م ."), SCOPE)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "ویرایش ۴",
            "ويرايش 4",
            "حذف ۲",
            "ادامه ۲",
            "مورد ۳",
            "اصلاح پیشنهاد ۲",
            "ارسال پیشنهاد",
            "برداشتن",
        ),
        *("درستی اطلاعات را تأیید می‌کنم", "بررسی پیش‌نویس", "ذخیره پیش‌نویس", "ماه بعد", "عدم موافقت", "حذف"),
    ],
)
@pytest.mark.parametrize("step", ["official_post", "letter_number", "reason"])
def test_the_name_of_a_button_elsewhere_is_never_an_answer(step: str, label: str) -> None:
    person = filled(until=step)
    action = typed(person.form, person.at, SCOPE, label)
    assert action is not None
    if action == "off":
        after = person.types(label)
        assert (after.problem, after.at.cursor, after.at.misses) == ("button_not_here", step, 1)
        assert "پاسخ همین پرسش را بدهید" in after.sees


@pytest.mark.parametrize(
    "answer", ["معاون برداشت", "حذف‌شده", "امضا", "مدیر پیگیری و ارسال پیشنهاد", "ویرایش چهارم"]
)
def test_words_that_only_resemble_a_label_are_answers(answer: str) -> None:
    assert filled(until="official_post").types(answer).at.answers["official_post"] == answer


def test_a_long_list_shows_the_numbers_that_may_be_typed() -> None:
    person = filled(until="debt_type")
    assert person.labels[:3] == [
        "۱. اضافه‌پرداختی حقوق و مزایا",
        "۲. محکومیت مالی (رأی قطعی)",
        "۳. کسری ابواب جمعی",
    ]
    for said in ("۳", "3.", "سه", "۳. کسری ابواب جمعی", "کسری ابواب جمعی"):
        assert filled(until="debt_type").types(said).at.answers["debt_type"] == "cash_shortage"
    assert person.presses("۳. کسری ابواب جمعی").at.answers["debt_type"] == "cash_shortage"


def test_a_short_list_has_bare_labels() -> None:
    assert filled(until="creditor_kind").labels[0] == "وزارتخانه"
    assert filled(until="interval_months").labels[:2] == ["هر ماه", "هر ۲ ماه"]


def test_an_option_without_a_button_has_no_number() -> None:
    many = tuple(
        Option(str(n), f"اداره {name}") for n, name in enumerate("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی" * 2)
    )
    named = tuple(replace(option, label=f"{option.label}{option.code}") for option in many)
    scope = Scope(TODAY, {}, {**FACTS, "agencies": named})
    kind = Choice("agencies")
    assert [label.split(".")[0] for _, label in labels(kind, scope)][-1] == "۴۰"
    assert kind.read(Given(text="۴۰"), scope).value == named[MOST_OPTIONS - 1].code
    with pytest.raises(Unreadable, match="choice_wanted"):
        kind.read(Given(text="۴۱"), scope)
    assert kind.read(Given(text=named[40].label), scope).value == named[40].code
