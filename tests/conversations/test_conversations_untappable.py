"""What a person writes cannot be tapped, and is the same text all the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages_fa.markup import RLM, Code, Link, Struck, code_line, say
from messages_fa.notices import body
from messages_fa.untappable import BREAK, untappable
from persian.codes import group_code
from persian.dates import show_date
from persian.money import Rials, grouped
from persian.text import clean, to_persian_digits, visible
from sandbox.markup import by_itself


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("https://evil.example/x", "https:|//evil.|example/x"),
        ("tg://join?invite=x", "tg:|//join?invite=x"),
        ("به T.ME/x بروید", "به T.|ME/x بروید"),
        ("سایت.ایران", "سایت.|ایران"),
        ("💩.la", "💩.|la"),
        ("letter.pdf.zip", "letter.pdf.|zip"),
        ("http://192.0.2.1/", "http:|//192.|0.2.1/"),
        ("sara@example.ir", "sara@|example.|ir"),
        ("(@scambot)", "(@|scambot)"),
        ("/revoke@bot_ir", "/|revoke@|bot_ir"),
        ("«/start»", "«/|start»"),
        ("#برچسب $IRR", "#|برچسب $|IRR"),
    ],
)
def test_what_a_messenger_would_make_tappable_is_broken(text: str, broken: str) -> None:
    assert untappable(text) == broken.replace("|", BREAK)


@pytest.mark.parametrize(
    "text",
    [
        "نامه ۱۲/۳۴۵ و 12/345 و ۱۲/ص/۳۴ و 98-12/A و A/12",
        "۱۴۰۵/۰۹/۰۱ ساعت ۱۴:۰۵، 1405/09/01، 2026-11-23",
        "۱۲٬۵۰۰٬۰۰۰ ریال، 12.500.000.000، 12.5، ۱۲.۵ میلیون، 1,250,000",
        "انجام شد.لطفاً ببینید... و (۲).الف",
        "letter.pdf، IMG_12.JPG، اسکن.png",
        "شماره #12، 5@300، ۵٪، $12، a: // b، و/یا، and/or، A.B.C",
        "6037-9911-1234-5678، ۰۲۱-۸۸۸۸۸۸۸۸، +98 21 88888888",
    ],
)
def test_numbers_dates_names_of_files_and_prose_are_let_be(text: str) -> None:
    assert untappable(text) == text


@given(st.text("۰۱۲۳۴۵۶۷۸۹0123456789/-:،٬, \nابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", max_size=80))
def test_persian_letters_and_figures_are_never_broken(text: str) -> None:
    assert untappable(text) == text


@given(st.integers(0, 10**15), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.from_regex(r"\A[0-9]{12}\Z"))
def test_amounts_dates_and_codes_are_shown_letter_for_letter(amount: int, day: date, code: str) -> None:
    for shown in (f"{grouped(Rials(amount))} ریال", show_date(day), to_persian_digits(code)):
        assert say("{value}", value=shown).plain == shown
    assert code_line(code).plain == f"{RLM}{visible(group_code(code))}"
    assert say("{value}", value=Code(code)).plain == code


@given(st.text(max_size=200) | st.text("a.@/#$:ب۱1 _-", max_size=40))
def test_without_the_breaks_it_is_the_same_text_and_nothing_in_it_can_be_tapped(typed: str) -> None:
    text = clean(typed, limit=200)
    broken = untappable(text)
    assert (broken.replace(BREAK, ""), clean(broken, limit=400)) == (text, text)
    assert by_itself(broken, []) == []
    assert untappable(broken) == broken


def test_what_the_office_writes_is_let_be() -> None:
    own = "نشانی: https://office.example.ir/x و @office_bot، راهنما: /help"
    assert say(own).plain == own
    assert body(own).plain.endswith(own)
    link = say("{link}", link=Link("پیوند", "https://t.me/office_bot?start=x")).spans[0]
    assert (link.text, link.url) == ("پیوند", "https://t.me/office_bot?start=x")
    assert say("{was}", was=Struck("a.ir")).plain == f"a.{BREAK}ir"
