"""Following a code: the view is drawn anew where it stands, the push says the stage and nothing else."""

import pytest
from journey_office import PRIVATE, act, agree, file_case, give_back, judge, resubmit
from town import ANYBODY, PDF, Resident, Town, code_in

from services import review
from services.following import FOLLOWED
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def letter(work: Work) -> int:
    """The number of a file that is there."""
    return work.files.add("letter.pdf", "application/pdf", PDF).id


def standing(resident: Resident, message_id: int) -> str:
    """What this message says now."""
    return str(next(m["text"] for m in resident.phone.messages() if m["id"] == message_id))


def pushed(resident: Resident) -> list[str]:
    """The stages that were told without being asked for."""
    told = [m["text"] or "" for m in resident.phone.messages() if "\nزمان: " in (m["text"] or "")]
    return [text.splitlines()[0] for text in told]


async def test_the_view_is_refreshed_in_place(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    debtor = await town.newcomer("debtor")
    view = await debtor.says(case.code)
    assert debtor.labels() == ["به‌روزرسانی", "پیگیری این کد", "دیدن جزئیات"]
    await act(town, review.claim, reviewer, case)
    assert "در حال بررسی" not in debtor.chat_text(), "nobody is told who does not follow"
    await debtor.told("به‌روزرسانی")
    assert standing(debtor, view["id"]).startswith("در حال بررسی")
    assert debtor.heard("کد رهگیری:") == 1


async def test_a_follower_gets_every_stage_once_and_nothing_private(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    debtor = await town.newcomer("debtor")
    view = await debtor.says(case.code)
    await debtor.told("پیگیری این کد")
    assert "این کد را پیگیری می‌کنید" in standing(debtor, view["id"])
    await act(town, review.claim, reviewer, case)
    await give_back(town, reviewer, case)
    await resubmit(town, officer, case)
    await act(town, review.claim, reviewer, case)
    await agree(town, reviewer, case)
    steps = ["در حال بررسی", "نیازمند اصلاح", "ارسال پس از اصلاح", "در حال بررسی", "با پیشنهاد موافقت شد"]
    assert pushed(debtor) == steps
    assert [line.split(":")[0] for line in standing(debtor, view["id"]).splitlines()[4:10]] == [
        "ثبت شد",
        *steps,
    ]
    assert [private for private in PRIVATE if private in debtor.chat_text()] == []
    assert "با پیشنهاد موافقت شد" in officer.screen()
    assert officer.heard("ارسال پس از اصلاح") == 0, "who has sent it knows"


async def test_following_ends_by_a_button_of_the_news_or_of_the_view(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    debtor = await town.newcomer("debtor")
    await debtor.says(case.code)
    await debtor.told("پیگیری این کد")
    await act(town, review.claim, reviewer, case)
    assert await debtor.told("پایان پیگیری") == "پیگیری این کد پایان یافت."
    await give_back(town, reviewer, case)
    assert debtor.heard("نیازمند اصلاح") == 0


async def test_a_case_given_up_and_taken_again_is_news_once_in_each_round_of_review(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    debtor = await town.newcomer("debtor")
    view = await debtor.says(case.code)
    await debtor.told("پیگیری این کد")
    for verb in (review.claim, review.release, review.claim):
        await act(town, verb, reviewer, case)
    assert pushed(debtor) == pushed(officer) == ["در حال بررسی"]
    assert "بازگشت به نوبت بررسی" in standing(debtor, view["id"]), "who looks sees where it stands"
    await give_back(town, reviewer, case)
    await resubmit(town, officer, case)
    await act(town, review.claim, reviewer, case)
    assert pushed(officer) == ["در حال بررسی", "نیازمند اصلاح", "در حال بررسی"]


async def test_the_filer_sees_how_many_follow_and_ends_it(town: Town) -> None:
    officer, reviewer = await town.officer(), await judge(town)
    case = await file_case(town, officer)
    followers = [await town.newcomer(f"debtor {n}") for n in range(2)]
    for follower in followers:
        await follower.says(case.code)
        await follower.told("پیگیری این کد")
    told = await officer.says(case.code)
    assert "این کد را ۲ گفت‌وگوی دیگر پیگیری می‌کند" in told["text"]
    assert officer.labels() == ["به‌روزرسانی", "پایان پیگیری دیگران", "دیدن جزئیات"]
    assert await officer.told("پایان پیگیری دیگران") == "پیگیری ۲ گفت‌وگوی دیگر پایان یافت."
    await act(town, review.claim, reviewer, case)
    for follower in followers:
        assert "پیگیری این کد را پایان داد" in follower.screen()
        assert follower.heard("در حال بررسی") == 0


async def test_nobody_else_ends_it_by_a_forged_button_and_nobody_follows_a_guessed_code(town: Town) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    debtor, guesser = await town.newcomer("debtor"), await town.newcomer("guesser")
    await debtor.says(case.code)
    await debtor.told("پیگیری این کد")
    here = guesser.phone.messages()[-1]["id"]
    await guesser.told(f"w:end:{case.code}", message_id=here, force=True)
    await guesser.told("w:on:123456789012", message_id=here, force=True)
    assert guesser.heard("چیزی پیدا نشد") == 1
    assert await town.run(lambda work: work.followers.count(case.id)) == 1


async def test_what_one_follows_is_listed_and_opened_by_number(town: Town) -> None:
    officer = await town.officer()
    cases = [await file_case(town, officer) for _ in range(2)]
    debtor = await town.newcomer("debtor")
    for case in cases:
        await debtor.says(case.code)
        await debtor.told("پیگیری این کد")
    told = (await debtor.says("پیگیری"))["text"]
    assert "کدهایی که پیگیری می‌کنید" in told
    ways = ["کدهایی که دنبال می‌کنم", "کد را گم کرده‌ام"]
    assert debtor.labels() == ["مورد ۱", "مورد ۲", *ways]
    assert code_in((await debtor.says("مورد ۲"))["text"]) == cases[0].code
    assert "پایان پیگیری" in debtor.labels()


async def test_the_own_case_says_how_many_follow_it_and_ends_that(town: Town) -> None:
    officer, debtor = await town.officer(), await town.newcomer("debtor")
    case = await file_case(town, officer, letter_scan=await town.run(letter))
    await officer.hears_all("پیشنهادهای من")
    await officer.hears_all("مورد ۱")
    assert "پایان پیگیری دیگران" not in officer.labels()
    await debtor.says(case.code)
    await debtor.told("پیگیری این کد")
    await officer.hears_all("پیشنهادهای من")
    await officer.hears_all("مورد ۱")
    assert "این کد را ۱ گفت‌وگوی دیگر پیگیری می‌کند" in officer.screen()
    assert await officer.told("پایان پیگیری دیگران") == "پیگیری ۱ گفت‌وگوی دیگر پایان یافت."
    assert "متن پیشنهاد" in officer.screen(), "the own case stays on the screen"
    assert "گفت‌وگوی دیگر" not in officer.screen()
    assert "پایان پیگیری دیگران" not in officer.labels()
    assert debtor.heard("پیگیری این کد را پایان داد") == 1


async def test_one_chat_follows_no_more_than_so_many(town: Town) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    others = [await file_case(town, officer) for _ in range(FOLLOWED)]
    debtor = await town.newcomer("debtor")
    here = debtor.phone.person.platform, debtor.phone.person.user_id

    def crowd(work: Work) -> None:
        for other in others:
            work.followers.add(other.id, *here, work.now)

    await town.run(crowd)
    await debtor.says(case.code)
    assert "حداکثر ۲۰ کد" in await debtor.told("پیگیری این کد")
    assert "پیگیری این کد" in debtor.labels()


async def test_a_lost_code_is_found_in_the_own_list_and_others_are_told_whom_to_ask(town: Town) -> None:
    officer = await town.officer()
    case = await file_case(town, officer)
    stranger = await town.newcomer("stranger")
    assert "از دستگاهی که پیشنهاد را ثبت کرده است بپرسید" in (await stranger.says("پیگیری"))["text"]
    assert "«پیشنهادهای من»" in (await officer.says("پیگیری"))["text"]
    assert code_in((await officer.presses("پیشنهادهای من"))["text"]) == case.code


async def test_a_deep_link_that_carries_nothing_leads_to_help(town: Town) -> None:
    town.sandbox.add_person("new", "new", platform=town.platform)
    newcomer = Resident(town, town.sandbox.person(town.platform, "new"))
    await newcomer.phone.start("aHalfCopiedLink")
    await newcomer.sees("پیوند را دوباره و کامل باز کنید")
    await town.quiet()
    assert newcomer.menu() == ANYBODY
