"""The list of public holidays that comes with the bot is what the package of holidays says."""

import datetime as dt

from public_days_of_package import FILE, YEARS, table

from services import public_days


def test_the_holidays_that_come_with_the_bot_are_those_of_the_package() -> None:
    assert FILE.read_text(encoding="utf-8") == table()


def test_a_year_has_its_holidays_and_one_beyond_the_list_none() -> None:
    assert public_days.known_days(2027)[dt.date(2027, 3, 21)] == ("جشن نوروز", True)
    assert public_days.known_days(2027)[dt.date(2027, 1, 6)] == ("مبعث رسول اکرم (ص)", False)
    assert public_days.known_days(YEARS.stop) == {}
