"""Following a case: the code by whatever script, the passcode for ten minutes, nothing to those who guess."""

import pytest
from town import Town, claim, code_in, file_proposal

from domain.roles import Role
from domain.throttle import CODE_COOL_DOWN, CODE_MISSES, PASSCODE_TRIES
from persian.codes import new_tracking_code
from persian.text import to_persian_digits

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def spelt(code: str) -> tuple[str, ...]:
    """One code in the ways people write it."""
    a, b, c = code[:4], code[4:8], code[8:]
    return (
        code,
        f"{a} {b} {c}",
        to_persian_digits(f"{a} {b} {c}"),
        code.translate(ARABIC),
        f"{a}-{b}-{c}",
        to_persian_digits(f"{a}–{b}–{c}"),
        f"\u200f{a}{to_persian_digits(b)}{c.translate(ARABIC)}\u200e",
        f"/track {a} {b} {c}",
        f"/start {code}",
    )


async def test_a_code_is_understood_however_it_is_written(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    debtor = await town.newcomer("debtor")
    for written in spelt(code):
        told = await debtor.says(written)
        assert code_in(told["text"]) == code
        assert told["text"].startswith("ثبت شد")
        assert debtor.labels() == ["به‌روزرسانی", "پیگیری این کد", "دیدن جزئیات"]


async def test_a_deep_link_opens_the_stage_for_somebody_quite_new(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    town.sandbox.add_person("new", "new", platform=town.platform)
    phone = town.sandbox.person(town.platform, "new")
    await phone.start(code)
    assert code_in((await phone.sees("ثبت شد"))["text"]) == code


async def test_the_public_view_tells_stages_in_order_and_nothing_of_anybody(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    code, _ = await file_proposal(officer)
    await claim(reviewer)
    debtor = await town.newcomer("debtor")
    told = (await debtor.says(code))["text"]
    assert told.index("ثبت شد: ") < told.index("در حال بررسی: ")
    assert "گام بعد:" in told
    for private in ("حسن", "یوسفی", "۰۴۹۹۳۷۰۸۹۹", "۱۲۰٬۰۰۰٬۰۰۰", "رضا کریمی", "سارا محمدی", "سازمان نمونه"):
        assert private not in told


async def test_unknown_malformed_and_throttled_look_ups_read_exactly_the_same(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    guesser = await town.newcomer("guesser")
    swapped = code[:-1] + str((int(code[-1]) + 1) % 10)
    malformed = ("123456", swapped, f"/start {swapped}", "/track سلام", f"{code}۱")
    unknown = [new_tracking_code() for _ in range(CODE_MISSES)]
    said = {(await guesser.says(text))["text"] for text in (*malformed, *unknown)}
    throttled = (await guesser.says(code))["text"]
    assert said == {throttled}
    assert "چیزی پیدا نشد" in throttled
    assert code_in((await officer.says(code))["text"]) == code, "the filer is never locked out"
    town.sandbox.clock.advance(CODE_COOL_DOWN.total_seconds() + 1)
    assert code_in((await guesser.says(code))["text"]) == code


async def test_a_forged_details_button_counts_as_a_look_up(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    guesser = await town.newcomer("guesser")
    here = guesser.phone.messages()[-1]["id"]
    for _ in range(CODE_MISSES):
        await guesser.told(f"p:{new_tracking_code()}", message_id=here, force=True)
    await guesser.told(f"p:{code}", message_id=here, force=True)
    assert guesser.heard("چیزی پیدا نشد") == CODE_MISSES + 1


async def test_details_stay_for_ten_minutes_and_the_passcode_leaves_the_chat(town: Town) -> None:
    officer = await town.officer()
    code, passcode = await file_proposal(officer)
    debtor = await town.newcomer("debtor")
    await debtor.says(code)
    await debtor.presses("دیدن جزئیات")
    typed = f"{passcode[:4].lower()}-{passcode[4:]}"
    await debtor.phone.send(typed)
    details = await debtor.sees("جزئیات پیشنهاد")
    await town.quiet()
    assert "حسن یوسفی" in details["text"]
    assert "۰۴۹۹۳۷۰۸۹۹" not in details["text"], "identifiers are masked even here"
    assert typed not in debtor.chat_text()
    await town.wait(minutes=9)
    assert "حسن یوسفی" in debtor.chat_text()
    await town.wait(minutes=1, seconds=1)
    assert "حسن یوسفی" not in debtor.chat_text()
    assert "زمان نمایش جزئیات پایان یافت" in debtor.chat_text()


async def test_a_mistyped_passcode_leaves_the_chat_too(town: Town) -> None:
    officer = await town.officer()
    code, passcode = await file_proposal(officer)
    debtor = await town.newcomer("debtor")
    await debtor.says(code)
    await debtor.presses("دیدن جزئیات")
    assert "۸ نویسه" in (await debtor.says(passcode[:7]))["text"]
    await town.quiet()
    assert passcode[:7] not in debtor.chat_text()
    await debtor.phone.send(passcode)
    await debtor.sees("حسن یوسفی")


async def test_wrong_passcodes_are_throttled_and_read_like_any_miss(town: Town) -> None:
    officer = await town.officer()
    code, passcode = await file_proposal(officer)
    wrong = "00000000" if passcode != "00000000" else "11111111"
    debtor = await town.newcomer("debtor")
    unknown = (await debtor.says(new_tracking_code()))["text"]
    await debtor.says(code, "دیدن جزئیات")
    said = set()
    for typed in (*[wrong] * PASSCODE_TRIES, passcode):
        said |= set(await debtor.hears_all(typed))
    assert [text.startswith(unknown) for text in said] == [True], "wrong and throttled read the same"
    assert passcode not in debtor.chat_text()
    assert debtor.heard("حسن یوسفی") == 0
    assert wrong not in debtor.chat_text()
    town.sandbox.clock.advance(15 * 60 + 1)
    await debtor.phone.send(passcode)
    await debtor.sees("حسن یوسفی")
    await town.quiet()
    assert passcode not in debtor.chat_text()


async def test_a_code_sent_where_a_passcode_is_asked_for_is_looked_up_and_ends_the_question(
    town: Town,
) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    debtor = await town.newcomer("debtor")
    await debtor.says(code, "دیدن جزئیات")
    told = await debtor.hears_all(code)
    assert [code_in(text) for text in told] == [code]


@pytest.mark.parametrize("pause", [9, 11], ids=["within the ten minutes", "before the sweep that ends them"])
async def test_details_opened_twice_are_both_hidden(town: Town, pause: int) -> None:
    officer = await town.officer()
    code, passcode = await file_proposal(officer)
    debtor = await town.newcomer("debtor")
    for minutes in (pause, 0):
        await debtor.says(code)
        await debtor.told("دیدن جزئیات")
        await debtor.hears_all(passcode)
        assert debtor.heard("حسن یوسفی") == 1
        town.sandbox.clock.advance(minutes * 60)
    await town.wait(minutes=10, seconds=1)
    assert debtor.heard("حسن یوسفی") == 0
    assert debtor.heard("زمان نمایش جزئیات پایان یافت") == 2


async def test_the_passcode_is_shown_once_and_kept_nowhere(town: Town) -> None:
    officer = await town.officer()
    code, passcode = await file_proposal(officer)
    await town.quiet()
    for asking in (code, "پیشنهادهای من", "پیگیری", "/start"):
        await officer.hears_all(asking)
    assert officer.chat_text().count(passcode) == 1


async def test_looking_at_details_is_left_by_words_and_an_open_form_is_kept(town: Town) -> None:
    officer = await town.officer()
    code, _ = await file_proposal(officer)
    await officer.says(code, "دیدن جزئیات", "انصراف")
    assert "چیزی ارسال نشد" in (await officer.says("انصراف"))["text"]
    await officer.says("ثبت پیشنهاد", "تقسیط")
    await officer.hears_all(f"/start {code}")
    details = next(m for m in reversed(officer.phone.messages()) if "گام بعد" in m["text"])
    await officer.told("دیدن جزئیات", message_id=details["id"])
    assert "رمز ۸ نویسه‌ای" in officer.screen()
    assert "پیش‌نویس‌های شما" in (await officer.says("انصراف", "انصراف", "پیش‌نویس‌ها"))["text"]


async def test_guessing_by_many_raises_one_alarm(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "مریم احمدی")
    for number in range(21):
        guesser = await town.newcomer(f"guesser {number}")
        for _ in range(CODE_MISSES):
            await guesser.phone.send(new_tracking_code())
        await town.quiet()
    assert admin.heard("شمار کدها و رمزهای نادرست") == 1
