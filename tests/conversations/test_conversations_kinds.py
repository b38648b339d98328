"""Each kind of answer reads what people give, refuses the rest with a code, and shows what it kept."""

import pytest
from conversation_samples import FACTS, LETTER, SCOPE

from bot.conversations.kinds import (
    Choice,
    Day,
    Files,
    Given,
    Kind,
    LegalId,
    LetterNumber,
    LongText,
    Mobile,
    NationalId,
    Option,
    Passcode,
    Reading,
    Rial,
    Scan,
    ShortText,
    TrackingCode,
    Whole,
    YesNo,
    check_file,
)
from persian.errors import Unreadable
from scans import Clean, Refusal

SEASONS = Choice((Option("spring", "بهار"), Option("early_summer", "آغاز تابستان"), Option("other", "سایر")))
UNNAMED = ("name_wanted", {"names": "«بهار»، «آغاز تابستان»، «سایر»"})
MONTHS = Whole(1, 12, "ماه", (Option("6", "هر ۶ ماه"),))


def refused(kind: Kind, given: Given) -> tuple[str, dict[str, object]]:
    with pytest.raises(Unreadable) as caught:
        kind.read(given, SCOPE)
    return caught.value.code, caught.value.values


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (SEASONS, "آغاز  تابستان", "early_summer", "آغاز تابستان"),
        (SEASONS, "۲", "early_summer", "آغاز تابستان"),
        (SEASONS, "2", "early_summer", "آغاز تابستان"),
        (SEASONS, "یک", "spring", "بهار"),
        (Choice("agencies"), "شرکت آب منطقه اى".replace(" اى", "\u200cاي"), "2", "شرکت آب منطقه‌ای"),
        (YesNo(), "بله", True, "بله"),
        (YesNo(), "آره", True, "بله"),
        (YesNo(), "نه", False, "خیر"),
        (YesNo(), "۲", False, "خیر"),
        (ShortText(), "  زهرا \n احمدي ", "زهرا احمدی", "زهرا احمدی"),
        (LongText(), "خط یک\nخط دو", "خط یک\nخط دو", "خط یک خط دو"),
        (LetterNumber(), "۱۲۳/۴۵/ص", "۱۲۳/۴۵/ص", "۱۲۳/۴۵/ص"),
        (NationalId(), "۱۳۶-۰۰۰۱۲۳-۹", "1360001239", "۱۳۶۰۰۰۱۲۳۹"),
        (LegalId(), "10380284790", "10380284790", "۱۰۳۸۰۲۸۴۷۹۰"),
        (Mobile(), "+98 912 345 6789", "09123456789", "۰۹۱۲۳۴۵۶۷۸۹"),
        (Rial(), "۱۲٬۵۰۰٬۰۰۰", 12_500_000, "۱۲٬۵۰۰٬۰۰۰ ریال"),
        (MONTHS, "۶", 6, "هر ۶ ماه"),
        (MONTHS, "۰۶", 6, "هر ۶ ماه"),
        (MONTHS, "6 ماه", 6, "هر ۶ ماه"),
        (MONTHS, "۵", 5, "۵ ماه"),
        (Day(), "1405/7/6", "2026-09-28", "۱۴۰۵/۰۷/۰۶"),
        (TrackingCode(), "۱۲۳۴ ۵۶۷۸ ۹۰۱۰", "123456789010", "123456789010"),
        (Passcode(), "k7m2-pq9x", "K7M2PQ9X", "دریافت شد"),
    ],
)
def test_what_people_type_is_read_and_shown(kind: Kind, typed: str, value: object, shown: str) -> None:
    reading = kind.read(Given(text=typed), SCOPE)
    assert reading == Reading(value, plain=True)  # type: ignore[arg-type]
    assert kind.fits(reading.value, SCOPE)
    assert kind.show(reading.value, SCOPE).plain == shown


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (SEASONS, Given("پاییز"), UNNAMED),
        (SEASONS, Given("۴"), UNNAMED),
        (SEASONS, Given("۰"), UNNAMED),
        (SEASONS, Given(option="winter"), UNNAMED),
        (SEASONS, Given(file=LETTER), ("text_wanted", {})),
        (YesNo(), Given("شاید"), ("yes_or_no", {})),
        (YesNo(), Given(file=LETTER), ("text_wanted", {})),
        (ShortText(), Given("  \u200c "), ("text_empty", {})),
        (ShortText(), Given("۱۲۳"), ("text_without_letters", {})),
        (ShortText(), Given("م"), ("text_too_short", {})),
        (ShortText(5), Given("شش حرفی"), ("text_too_long", {"characters": 7, "limit": 5})),
        (LongText(5), Given("شش حرفی"), ("text_too_long", {"characters": 7, "limit": 5})),
        (NationalId(), Given("1360001238"), ("national_id_check", {})),
        (Rial(), Given("صفر"), ("amount_too_small", {"at_least": 1})),
        (Rial(), Given("۲ میلیون ۵۰۰"), ("amount_not_understood", {})),
        (MONTHS, Given("۱۳"), ("number_out_of_bounds", {"low": 1, "high": 12})),
        (MONTHS, Given("شش قسط"), ("number_not_understood", {})),
        (MONTHS, Given("ماه"), ("number_not_understood", {})),
        (Day(), Given("2026/10/01"), ("date_gregorian", {"year": 2026})),
        (Scan(), Given("نامه"), ("file_wanted", {})),
        (Files(), Given("ندارم"), ("file_wanted", {})),
    ],
)
def test_what_cannot_be_read_is_a_code(
    kind: Kind, given: Given, problem: tuple[str, dict[str, object]]
) -> None:
    assert refused(kind, given) == problem


@pytest.mark.parametrize(
    ("kind", "typed", "value", "read_back"),
    [
        (
            Rial(),
            "هشتاد و پنج میلیون تومان",
            850_000_000,
            (
                "مبلغ به رقم: ۸۵۰٬۰۰۰٬۰۰۰ ریال\n"
                "مبلغ به حروف: هشتصد و پنجاه میلیون ریال\n"
                "معادل: هشتاد و پنج میلیون تومان"
            ),
        ),
        (MONTHS, "دو", 2, "عدد به رقم: ۲ ماه\nعدد به حروف: دو"),
        (MONTHS, "شش ماه", 6, "عدد به رقم: ۶ ماه\nعدد به حروف: شش"),
        (Day(), "دیروز", "2026-09-30", "تاریخ: چهارشنبه ۸ مهر ۱۴۰۵"),
        (Day(), "۹/۷/۱۴۰۵", "2026-10-01", "تاریخ: پنجشنبه ۹ مهر ۱۴۰۵"),
    ],
)
def test_what_could_be_a_slip_is_read_back(kind: Kind, typed: str, value: object, read_back: str) -> None:
    reading = kind.read(Given(text=typed), SCOPE)
    assert reading == Reading(value, plain=False)  # type: ignore[arg-type]
    assert kind.read_back(reading.value, SCOPE).plain == read_back


def test_near_days_are_offered_with_their_dates_and_need_no_confirmation() -> None:
    kind = Day(near=(0, -1))
    options = kind.options(SCOPE)
    assert options == (
        Option("2026-10-01", "امروز، ۱۴۰۵/۰۷/۰۹"),
        Option("2026-09-30", "دیروز، ۱۴۰۵/۰۷/۰۸"),
    )
    assert kind.read(Given(option=options[1].code), SCOPE) == Reading("2026-09-30")
    assert kind.fits("2026-09-30", SCOPE)


def test_options_of_the_office_come_with_those_of_the_form() -> None:
    kind = Choice("agencies", more=(Option("new", "دستگاه جدید"),))
    assert kind.options(SCOPE) == (*FACTS["agencies"], Option("new", "دستگاه جدید"))
    assert kind.read(Given(text="۳"), SCOPE) == Reading("new")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SEASONS, "winter"),
        (YesNo(), 1),
        (ShortText(), 5),
        (Rial(), True),
        (MONTHS, 13),
        (Day(), "1405-07-09x"),
        (Scan(), "7"),
        (Files(), 7),
        (Files(most=1), [7, 8]),
    ],
)
def test_a_stored_value_of_another_shape_does_not_fit(kind: Kind, value: object) -> None:
    assert kind.fits(value, SCOPE) is False  # type: ignore[arg-type]


def test_a_file_is_what_its_parser_says_whatever_its_name_is() -> None:
    clean = Clean("application/pdf", b"%PDF-1.7")
    assert check_file("هرچه.bin", "text/plain", clean) == clean


@pytest.mark.parametrize(
    ("name", "mime", "verdict", "problem"),
    [
        ("letter.pdf", "application/pdf", None, ("file_not_received", {})),
        ("letter.pdf", "", Refusal("file_too_large", {"limit": 10}), ("file_too_large", {"limit": 10})),
        ("letter.pdf", "application/pdf", Refusal("file_locked"), ("file_locked", {})),
        ("letter.pdf", "application/pdf", Refusal("file_kind"), ("file_kind", {"given": "renamed"})),
        ("نامه.DOCX", "", Refusal("file_kind"), ("file_kind", {"given": "word"})),
        ("plan.xlsx", "", Refusal("file_kind"), ("file_kind", {"given": "excel"})),
        ("photo", "image/heic", Refusal("file_kind"), ("file_kind", {"given": "heic"})),
    ],
)
def test_a_file_that_is_not_taken_says_why(
    name: str, mime: str, verdict: Refusal | None, problem: tuple[str, dict[str, object]]
) -> None:
    with pytest.raises(Unreadable) as caught:
        check_file(name, mime, verdict)
    assert (caught.value.code, caught.value.values) == problem
