"""A case whose period is over: its code still tells stage and dates, and nobody reads what it said."""

import pytest
from town import Town, agree, claim, code_in, file_proposal

from messages_fa import general
from services import settings
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECRETS = ("یوسفی", "۰۴۹۹۳۷۰۸۹۹", "۱۲۰٬۰۰۰٬۰۰۰")


async def test_after_its_period_the_code_tells_the_stage_and_nobody_reads_what_the_case_said(
    town: Town,
) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, passcode = await file_proposal(officer)
    await claim(reviewer)
    await agree(reviewer)

    def a_month(work: Work) -> None:
        settings.change(work, by=None, name="keep_cases", value=30)

    await town.run(a_month)
    await town.wait(days=31)
    debtor = await town.newcomer("debtor")
    told = await debtor.says(code)
    assert code_in(told["text"]) == code
    assert "موافقت" in told["text"]
    before = len(debtor.phone.messages())
    await debtor.told("دیدن جزئیات")
    await debtor.hears_all(passcode)
    for person, since in ((debtor, before), (officer, len(officer.phone.messages()))):
        if person is officer:
            await officer.hears_all("پیشنهادهای من")
            await officer.hears_all("مورد ۱")
        shown = " ".join(m["text"] or "" for m in person.phone.messages()[since:])
        assert [secret for secret in SECRETS if secret in shown] == []
    assert officer.screen() == general.erased()
    await reviewer.hears_all("کارتابل")
    assert "در انتظار: ۰" in reviewer.screen()
