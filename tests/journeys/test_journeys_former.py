"""Whoever is no officer any more sees, at the very next word, neither drafts nor cases nor the open form."""

import pytest
from town import Resident, Town, begin, file_proposal

from domain.roles import Role

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
NAME = "سارا محمدی"


async def dismissed(town: Town) -> Resident:
    """An officer with a case and an open form, who has lost the role this moment."""
    officer = await town.officer(NAME)
    await file_proposal(officer)
    await begin(officer)
    await officer.says("شخص حقیقی", "حسین کاظمی")
    await town.revoke(NAME, Role.OFFICER)
    return officer


async def test_the_open_form_and_the_drafts_are_not_shown_to_a_former_officer(town: Town) -> None:
    officer = await dismissed(town)
    for typed in ("/menu", "پیش‌نویس‌ها", "راهنما", "۰۴۹۹۳۷۰۸۹۹", "بازگشت"):
        said = "\n".join(await officer.hears_all(typed))
        assert said, "every word is answered"
        assert "حسین کاظمی" not in said
        assert "کد ملی" not in said


async def test_the_own_cases_and_their_search_are_not_for_a_former_officer(town: Town) -> None:
    officer = await dismissed(town)
    for typed in ("پیشنهادهای من", "جست‌وجو", "حسن یوسفی"):
        said = "\n".join(await officer.hears_all(typed))
        assert "حسن یوسفی" not in said
        assert "چه چیزی را جست‌وجو می‌کنید" not in said
