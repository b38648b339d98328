"""After a refusal: the same answers are filed again as a new proposal, with a letter of its own."""

import pytest
from journey_office import act, file_case, judge
from town import Town, file_proposal

from domain.lifecycle import State
from domain.roles import Actor
from services import decisions, review
from storage.records import Case

pytestmark = [
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
AGAIN = "ثبت دوباره با همین اطلاعات"


async def refuse(town: Town, by: Actor, case: Case) -> Case:
    """The office does not agree."""
    await act(town, review.claim, by, case)
    return await act(town, decisions.refuse, by, case, reasons=("special_rule.1",))


async def test_a_refused_proposal_is_filed_again_with_a_new_letter_and_a_new_code(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    code, _ = await file_proposal(officer)
    first = await town.run(lambda work: work.cases.get(1))
    await refuse(town, reviewer, first)
    assert AGAIN in officer.labels()
    asked = await officer.presses(AGAIN)
    assert "شماره نامه" in asked["text"]
    await officer.says("۹۹/الف/۱", "۱۴۰۵/۰۷/۱۰")
    await officer.sends_file(name="new.pdf")
    await officer.told("رد کردن")
    summary = officer.screen()
    assert "خلاصه پیشنهاد" in summary
    for told in ("حسن یوسفی", "۱۲۰٬۰۰۰٬۰۰۰ ریال", "۹۹/الف/۱", "new.pdf"):
        assert told in summary
    await officer.told("درستی اطلاعات را تأیید می‌کنم")
    await officer.told("ارسال پیشنهاد")
    assert "پیشنهاد شما ثبت شد." in officer.screen()
    second = await town.run(lambda work: work.cases.get(2))
    assert second.code != code
    assert (await town.run(lambda work: work.cases.get(1))).state is State.NOT_AGREED
    unchanged = set(first.proposal) - {"letter_number", "letter_date", "letter_scan"}
    assert {name: second.proposal[name] for name in unchanged} == {
        name: first.proposal[name] for name in unchanged
    }


async def test_a_second_press_shows_the_same_form_and_giving_it_up_takes_no_file(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    await file_proposal(officer)
    await refuse(town, reviewer, await town.run(lambda work: work.cases.get(1)))
    news = officer.live()["id"]
    await officer.told(AGAIN)
    await officer.told(AGAIN, message_id=news)
    assert "شماره نامه" in officer.screen()
    assert officer.heard("نگه داشته شد") == 0
    await officer.hears_all("انصراف")
    await officer.told("حذف")
    await officer.told("بله، پاک شود")
    assert (await town.run(lambda work: work.files.get(1))).name == "letter.pdf"


async def test_it_is_offered_in_the_own_case_and_by_its_name_and_to_nobody_else(town: Town) -> None:
    officer, other, reviewer = await town.officer(), await town.officer("علی رضایی"), await judge(town)
    case = await file_case(town, officer)
    data = f"c:{case.id}:{case.version}:again"
    here = other.phone.messages()[-1]["id"]
    assert "قدیمی" in await officer.told(data, message_id=officer.phone.messages()[-1]["id"], force=True)
    await refuse(town, reviewer, case)
    assert "در اختیار شما نیست" in await other.told(data, message_id=here, force=True)
    assert "حسن یوسفی" not in other.chat_text()
    assert "شماره نامه" in (await officer.says(AGAIN))["text"]
