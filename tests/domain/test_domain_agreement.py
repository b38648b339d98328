"""The agreement as data: nothing of the customer's text is lost, and no sentence about its end is hidden."""

from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import (
    HEADING,
    LONGEST_SECTION,
    Change,
    Section,
    changes,
    clauses_of,
    endings,
    found,
    is_heading,
    parse,
    sentences,
)
from messages_fa.agreement_text import FIRST

DOCUMENT = parse(FIRST)
WORDS = st.text("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", min_size=1, max_size=8)
SECTIONS = st.lists(
    st.builds(Section, WORDS, st.lists(WORDS, max_size=5).map(tuple)), max_size=5, unique_by=lambda s: s.title
).map(tuple)


def test_every_line_of_the_customers_text_stands_in_the_document_letter_for_letter() -> None:
    told = [*DOCUMENT.titles]
    for section in DOCUMENT.sections:
        told += [section.title, *section.clauses]
    marked = [line.strip() for line in FIRST.split("\n") if line.strip()]
    bare = [line.removeprefix("- ") if line.startswith("- ") else line.lstrip("# ") for line in marked]
    assert told == bare


def test_the_text_has_seven_sections_and_three_headings_in_the_third() -> None:
    assert [section.title[0] for section in DOCUMENT.sections] == list("۱۲۳۴۵۶۷")
    headings = [clause for clause in DOCUMENT.sections[2].clauses if is_heading(clause)]
    assert headings == [f"{HEADING} پیگیری", f"{HEADING} دسترس پذیری:", f"{HEADING} به روزرسانی:"]


def test_both_end_clauses_are_among_the_endings() -> None:
    assert [(one.section, one.text.split(" تا ")[-1]) for one in endings(DOCUMENT.sections)] == [
        (6, "تاریخ ۱۴۰۰/۱۲/۲۹ اعتبار دارد."),
        (6, "زمان اصلاح، جایگزینی و یا با موافقت دوجانبه اعتبار دارد."),
        (7, "زمانی که ابلاغیه جدیدی برای خدمت اعلام نشود پابرجاست."),
    ]


def test_a_word_is_found_however_it_is_spelled() -> None:
    for typed in ("محرمانگی", "محرمانگي", "ارباب رجوع محرمانگی"):
        assert [(one.section, one.number) for one in found(DOCUMENT.sections, typed)] == [(4, 1)]
    assert found(DOCUMENT.sections, "وام") == ()
    assert found(DOCUMENT.sections, "  ") == ()


@given(SECTIONS)
def test_every_sentence_finds_itself(sections: tuple[Section, ...]) -> None:
    every = list(sentences(sections))
    assert [one for one in every if one not in found(sections, one.text)] == []


@given(SECTIONS, SECTIONS)
def test_what_went_and_what_came_lead_from_one_version_to_the_other(
    old: tuple[Section, ...], new: tuple[Section, ...]
) -> None:
    before, after = ({s.title: sorted(s.clauses) for s in sections} for sections in (old, new))
    for change in changes(old, new):
        kept = list(before.get(change.title, []))
        for clause in change.gone:
            kept.remove(clause)
        assert sorted(kept + list(change.come)) == after.get(change.title, [])
    changed = {change.title for change in changes(old, new)}
    assert all(before[title] == after[title] for title in {*before} & {*after} - changed)
    assert changes(old, old) == ()


def test_a_rewritten_sentence_went_and_came() -> None:
    old, new = Section("یک", ("الف", "ب")), Section("یک", ("الف", "پ"))
    assert changes((old,), (new,)) == (Change("یک", ("ب",), ("پ",)),)


def test_a_typed_section_loses_its_bullets_and_numbers_and_nothing_else() -> None:
    typed = "- این خدمت رایگان است.\n\n• سال ۱۴۰۵ آغاز می‌شود.\n۲. پیگیری با کد است.\n۱۲ قسط کافی است."
    assert clauses_of(typed) == (
        "این خدمت رایگان است.",
        "سال ۱۴۰۵ آغاز می‌شود.",
        "پیگیری با کد است.",
        "۱۲ قسط کافی است.",
    )
    assert clauses_of(" - \n•") == ()
    assert len("".join(clauses_of("ا" * 9000))) == LONGEST_SECTION
