"""«پیشنهادهای من»: newest first, by state, and found again by a few words."""

import pytest
from journey_office import act, agree, file_case, give_back, judge
from town import PDF, Town, code_in, file_proposal

from domain.roles import Role
from services import review
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["telegram"], indirect=True),
]


def letter(work: Work) -> int:
    """The number of a file that is there."""
    return work.files.add("letter.pdf", "application/pdf", PDF).id


async def test_the_list_is_paged_newest_first_and_its_numbers_open_the_case(town: Town) -> None:
    officer = await town.officer()
    cases = [await file_case(town, officer, debtor_name=f"بدهکار {name}") for name in "ابپتثجچحخ"]
    told = (await officer.says("پیشنهادهای من"))["text"]
    assert told.index("بدهکار خ") < told.index("بدهکار ب")
    assert "بدهکار ا:" not in told
    assert "صفحه ۱ از ۲" in told
    newest = zip("۱۲۳۴۵۶۷۸", "خحچجثتپب", strict=True)
    assert officer.labels()[:9] == [*(f"مورد {n} · بدهکار {name}" for n, name in newest), "صفحه بعد"]
    last = (await officer.presses("صفحه بعد"))["text"]
    assert code_in(last) == cases[0].code
    assert officer.labels()[0] == "مورد ۹ · بدهکار ا", "the numbers go on"
    assert "۹. بدهکار ا: ثبت شد" in last
    pages = [officer.heard(f"صفحه {page} از ۲") for page in "۱۲"]
    assert pages == [0, 1], "the page is turned in place"


async def test_a_number_of_the_list_opens_the_own_case(town: Town) -> None:
    officer, other = await town.officer(), await town.officer("علی رضایی")
    code, _ = await file_proposal(officer)
    await officer.hears_all("پیشنهادهای من")
    button = officer.live()["inline"][0][0]
    await officer.told("مورد ۱ · حسن یوسفی")
    assert code_in(officer.screen()) == code
    assert "حسن یوسفی" in officer.screen()
    assert code_in((await officer.says("پیشنهادهای من", "مورد ۱"))["text"]) == code, "its number is enough"
    await other.told(button["data"], message_id=other.phone.messages()[-1]["id"], force=True)
    assert "حسن یوسفی" not in other.chat_text()


async def test_cases_of_one_debtor_are_told_apart_and_a_long_name_is_cut_on_its_key(town: Town) -> None:
    officer = await town.officer()
    name = "شرکت توسعه و عمران شهرهای نوین البرز"
    for letter, amount in (("۱۰۵/الف", 120_000_000), ("۲۲۰/ب", 95_000_000)):
        await file_case(town, officer, debtor_name=name, letter_number=letter, amount=amount)
    told = (await officer.says("پیشنهادهای من"))["text"]
    assert "۱۲۰ میلیون ریال، نامه شماره ۱۰۵/الف" in told
    assert "۹۵ میلیون ریال، نامه شماره ۲۲۰/ب" in told
    assert officer.labels()[0] == "مورد ۱ · شرکت توسعه و عمران…"


async def test_an_own_case_leads_back_to_the_page_or_the_search_it_was_opened_from(town: Town) -> None:
    officer, scan = await town.officer(), await town.run(letter)
    for _ in range(9):
        await file_case(town, officer, letter_scan=scan)
    await officer.says("پیشنهادهای من")
    await officer.presses("صفحه بعد", "مورد ۹ · حسن یوسفی")
    back = (await officer.presses("بازگشت به فهرست"))["text"]
    assert "صفحه ۲ از ۲" in back
    await officer.hears_all("جست‌وجو")
    await officer.hears_all("یوسفی")
    await officer.presses("صفحه بعد", "مورد ۹ · حسن یوسفی")
    await officer.presses("بازگشت به فهرست")
    assert "نتیجه جست‌وجوی «یوسفی»" in officer.screen()
    assert "صفحه ۲ از ۲" in officer.screen()


async def test_the_agency_is_told_what_it_does_next_and_not_to_ask_itself(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer, letter_scan=await town.run(letter))
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    await officer.says("پیشنهادهای من", "مورد ۱")
    assert "گام بعد: نتیجه به شما اعلام شده است؛ آن را به بدهکار برسانید." in officer.screen()
    assert "مراجعه کنید" in (await officer.says(case.code))["text"], "who has only the code is sent to it"


async def test_what_needs_correction_is_offered_first_and_filtered(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    cases = [await file_case(town, officer) for _ in range(3)]
    assert "نیازمند اصلاح" not in (await officer.says("پیشنهادهای من"))["text"]
    for case in cases[:2]:
        await act(town, review.claim, reviewer, case)
    await give_back(town, reviewer, cases[0])
    await agree(town, reviewer, cases[1])
    told = (await officer.says("پیشنهادهای من"))["text"]
    assert told.splitlines()[2:6] == ["نیازمند اصلاح: ۱", "همه: ۳", "در حال رسیدگی: ۱", "پایان‌یافته: ۱"]
    assert officer.labels()[-4:] == ["نیازمند اصلاح", "در حال رسیدگی", "پایان‌یافته", "جست‌وجو"]
    filtered = (await officer.presses("نیازمند اصلاح"))["text"]
    assert code_in(filtered) == cases[0].code
    assert filtered.count("تاریخ ثبت") == 1
    assert code_in((await officer.presses("پایان‌یافته"))["text"]) == cases[1].code


async def test_a_search_finds_the_own_cases_by_debtor_code_and_letter(town: Town) -> None:
    officer, other = await town.officer(), await town.officer("علی رضایی")
    case = await file_case(town, officer, debtor_name="شرکت آب‌وبرق البرز", letter_number="۷۷/الف/۵")
    await file_case(town, officer)
    await file_case(town, other, debtor_name="شرکت آب‌وبرق البرز")
    for words in ("البرز شركت", "آبو", case.code, "77-الف"):
        await officer.says("پیشنهادهای من")
        await officer.told("جست‌وجو")
        (told,) = await officer.hears_all(words)
        assert code_in(told) == case.code
        assert told.count("تاریخ ثبت") == 1
    await officer.hears_all("جست‌وجو")
    (nothing,) = await officer.hears_all("ناموجود")
    assert "«ناموجود»" in nothing
    assert "دست‌کم ۳ حرف" in nothing
    assert officer.labels() == ["جست‌وجو", "پیشنهادهای من"]


async def test_the_pages_of_a_search_are_turned_until_another_screen_is_drawn(town: Town) -> None:
    officer = await town.officer()
    cases = [await file_case(town, officer) for _ in range(9)]
    await officer.hears_all("جست‌وجو")
    await officer.hears_all("یوسفی")
    found = officer.live()["id"]
    assert code_in((await officer.presses("صفحه بعد"))["text"]) == cases[0].code
    await officer.presses("صفحه پیش")
    await officer.says("پیشنهادهای من")
    assert "این دکمه قدیمی است" in await officer.told("صفحه بعد", message_id=found)


async def test_who_is_no_officer_any_more_has_no_list(town: Town) -> None:
    officer = await town.officer("سارا محمدی")
    await file_case(town, officer)
    await officer.says("پیشنهادهای من")
    await town.revoke("سارا محمدی", Role.OFFICER)
    list_ = officer.live()["id"]
    for button in ("جست‌وجو", "m:0:all"):
        assert await officer.told(button, message_id=list_, force=True) == "این کار در اختیار شما نیست."
    assert officer.heard("یوسفی") == 1, "the list that stood there, and no more"
