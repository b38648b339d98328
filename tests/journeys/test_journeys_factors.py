"""The second factor: made in the chat, asked for before a decision, changed and removed by itself alone."""

import re

import pyotp
import pytest
from town import Resident, Town, claim, file_proposal, tick_all

from domain.roles import Role
from domain.settings import SECOND_FACTOR
from domain.throttle import PASSCODE_FIRST_WAIT, PASSCODE_TRIES
from persian.text import to_persian_digits
from services import settings
from services.factors import IDLE, SETUP_LASTS, STEP

one = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]


def on_bale(test: object) -> object:
    """Where neither the engine nor the platform matters."""
    for mark in one:
        test = mark(test)
    return test


PIN = "۴۰۷۱۹۲"
NOT_TAKEN = "این رمز پذیرفته نشد"


def now_code(town: Town, secret: str, steps: int = 0) -> str:
    """What the authenticator shows by the town's clock, so many steps of 30 seconds from now."""
    return pyotp.TOTP(secret, interval=STEP).at(town.sandbox.clock().timestamp() + steps * STEP)


async def types(resident: Resident, *texts: str) -> str:
    """Write messages, each once all is done that the one before caused; gives the last word."""
    for text in texts:
        await resident.hears_all(text)
    return resident.screen()


async def make_totp(resident: Resident) -> str:
    """Make an authenticator from the help; gives its secret."""
    await types(resident, "رمز امضا")
    return await choose_totp(resident)


async def choose_totp(resident: Resident) -> str:
    """The same from the choice of kinds."""
    before = resident.phone.messages()[-1]["id"]
    await resident.told("برنامه رمزساز")
    shown = [m for m in resident.phone.messages() if m["id"] > before]
    secret = next(found for m in shown if (found := re.search("[A-Z2-7]{32}", m["text"] or "")))
    assert any(m.get("photo") for m in shown), "the QR is a picture"
    await types(resident, now_code(resident.town, secret.group()))
    return secret.group()


async def make_pin(resident: Resident, pin: str = PIN) -> None:
    """Make a PIN, from the choice of kinds."""
    await resident.told("پین شش‌رقمی")
    await types(resident, pin, pin)


async def at_agreement(town: Town) -> Resident:
    """A reviewer about to agree."""
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await tick_all(reviewer)
    await reviewer.presses("موافقت")
    return reviewer


@on_bale
async def test_while_nobody_has_one_and_the_office_wants_none_nothing_is_asked(town: Town) -> None:
    reviewer = await at_agreement(town)
    await reviewer.told("بله، موافقت ثبت شود")
    assert reviewer.heard("رمز امضا") == 0
    assert "موافقت" in reviewer.screen()


@on_bale
async def test_an_authenticator_is_read_from_a_picture_that_leaves_the_chat(town: Town) -> None:
    reviewer = await town.reviewer()
    secret = await make_totp(reviewer)
    assert "رمز امضای شما برقرار شد: برنامه رمزساز" in reviewer.screen()
    assert secret not in reviewer.chat_text()
    assert not [m for m in reviewer.phone.messages() if m.get("photo")]
    assert not re.search(r"\b\d{6}\b", reviewer.chat_text()), "the code has gone with them"


@on_bale
async def test_a_code_decides_once_and_holds_for_a_quarter_of_an_hour(town: Town) -> None:
    reviewer = await at_agreement(town)
    secret = await make_totp(reviewer)
    town.sandbox.clock.advance(IDLE.total_seconds())
    await types(reviewer, "کارتابل")
    await reviewer.presses("مورد ۱")
    await reviewer.presses("موافقت", "بله، موافقت ثبت شود")
    assert "کد شش‌رقمی برنامه رمزساز را بفرستید" in reviewer.screen()
    code = now_code(town, secret)
    await types(reviewer, code)
    assert code not in reviewer.chat_text()
    assert await decisions(town) == ["agreed"]


@on_bale
async def test_an_invitation_is_signed_before_it_is_made(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "نرگس رضایی")
    secret = await make_totp(admin)
    town.sandbox.clock.advance(IDLE.total_seconds())
    await types(admin, "کاربران")
    await admin.presses("دعوت همکار", "کارشناس بررسی")
    await types(admin, "مینا صادقی")
    assert "کد شش‌رقمی برنامه رمزساز را بفرستید" in admin.screen()
    await types(admin, now_code(town, secret))
    assert "این دعوت‌نامه ساخته شود؟" in admin.screen()
    await admin.told("بله، دعوت‌نامه ساخته شود")
    assert "دعوت‌نامه آماده شد" in admin.screen()


async def decisions(town: Town) -> list[str]:
    """The outcomes of all cases that have one."""
    found = await town.run(lambda work: [work.cases.get(1)])
    return [case.state.value for case in found if case.decided_at is not None]


@on_bale
async def test_a_used_a_late_and_a_wrong_code_read_the_same_and_five_of_them_are_followed_by_a_wait(
    town: Town,
) -> None:
    reviewer = await at_agreement(town)
    secret = await make_totp(reviewer)
    used = now_code(town, secret)
    town.sandbox.clock.advance(IDLE.total_seconds())
    await types(reviewer, "رمز امضا", "تغییر رمز امضا")
    answers = set()
    for typed in (now_code(town, secret, -2), now_code(town, secret, 3), "000000", "۱۱۱۱۱۱", used):
        word = await types(reviewer, typed)
        answers.add(word)
        assert typed not in reviewer.chat_text()
    word = await types(reviewer, now_code(town, secret))
    answers.add(word)
    assert len(answers) == 1, "even the right one, while waiting"
    assert NOT_TAKEN in answers.pop()
    town.sandbox.clock.advance(PASSCODE_FIRST_WAIT.total_seconds())
    await types(reviewer, now_code(town, secret))
    assert "رمز امضای تازه را انتخاب کنید" in reviewer.screen()


@on_bale
async def test_what_is_no_code_is_explained_and_leaves_the_chat_too(town: Town) -> None:
    reviewer = await town.reviewer()
    await types(reviewer, "رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    for typed in ("۱۲۳۴۵", "abcdef", "۱۲۳۴۵۶۷"):
        word = await types(reviewer, typed)
        assert "این رمز ۶ رقم است" in word
        assert typed not in reviewer.chat_text()
    await types(reviewer, PIN)
    await types(reviewer, "۱۲۳۴۵۶")
    assert "دو پین یکسان نبود" in reviewer.chat_text()
    await types(reviewer, PIN, PIN)
    assert "رمز امضای شما برقرار شد: پین شش‌رقمی" in reviewer.screen()


@on_bale
async def test_a_refusal_typed_before_there_was_a_factor_is_kept_word_for_word(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await town.run(lambda work: settings.change(work, by=None, name=SECOND_FACTOR.name, value=True))
    await reviewer.presses("عدم موافقت")
    await reviewer.presses(next(label for label in reviewer.labels() if label.startswith("☐")), "ادامه")
    await types(reviewer, "نامه مقام مجاز پیوست نیست.")
    await reviewer.told("بله، عدم موافقت ثبت شود")
    assert "برای ثبت این کار، رمز امضا لازم است" in reviewer.screen()
    assert await decisions(town) == []
    await town.crash()
    await town.open()
    await make_pin(reviewer)
    assert await decisions(town) == ["not_agreed"]
    assert "نامه مقام مجاز پیوست نیست." in officer.screen()


@on_bale
async def test_who_leaves_the_question_finds_the_filled_in_form_again(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await types(reviewer, "رمز امضا")
    await make_pin(reviewer)
    await town.wait(minutes=16)
    await types(reviewer, "کارتابل")
    await reviewer.presses("مورد ۱", "برداشتن", "بازگشت برای اصلاح")
    await reviewer.presses(next(label for label in reviewer.labels() if label.startswith("☐")), "ادامه")
    await types(reviewer, "شماره نامه خوانا نیست.")
    await reviewer.told("بله، بازگردانده شود")
    waits = next(m["id"] for m in reviewer.phone.messages() if "محفوظ است" in (m["text"] or ""))
    await reviewer.presses("انصراف", "انصراف")
    await reviewer.told("ادامه ثبت", message_id=waits)
    assert "پین شش‌رقمی خود را بفرستید" in reviewer.screen()
    await types(reviewer, "000000")
    assert NOT_TAKEN in reviewer.screen()
    await types(reviewer, PIN)
    assert "شماره نامه خوانا نیست." in officer.screen()
    assert "دکمه قدیمی" in await reviewer.told("ادامه ثبت", message_id=waits, force=True)


@on_bale
async def test_it_is_changed_and_removed_by_itself_alone_and_the_other_chats_hear_of_it(town: Town) -> None:
    reviewer = await town.reviewer()
    there = await town.add_account(reviewer, "telegram")
    await types(reviewer, "رمز امضا")
    await make_pin(reviewer)
    assert "رمز امضای شما تازه شد" in there.screen()
    await types(reviewer, "رمز امضا")
    await reviewer.told("تغییر رمز امضا")
    assert "پین شش‌رقمی خود را بفرستید" in reviewer.screen(), "though it was given a moment ago"
    await types(reviewer, PIN)
    secret = await choose_totp(reviewer)
    await types(reviewer, "رمز امضا")
    assert "رمز امضای شما: برنامه رمزساز" in reviewer.screen()
    await reviewer.presses("برداشتن رمز امضا")
    await reviewer.told("نه، رمز امضا بماند")
    assert "رمز امضای شما برقرار است" in reviewer.screen()
    town.sandbox.clock.advance(2 * STEP)
    await types(reviewer, "رمز امضا")
    await reviewer.presses("برداشتن رمز امضا")
    await reviewer.told("بله، رمز امضا برداشته شود")
    await types(reviewer, "000000")
    assert there.heard("رمز امضای شما برداشته شد") == 0
    await types(reviewer, now_code(town, secret))
    assert "رمز امضای شما برداشته شد" in there.screen()


@on_bale
async def test_who_proved_the_old_one_in_one_chat_makes_the_new_one_there_and_nowhere_else(
    town: Town,
) -> None:
    reviewer = await town.reviewer()
    there = await town.add_account(reviewer, "telegram")
    await types(reviewer, "رمز امضا")
    await make_pin(reviewer)
    await types(reviewer, "رمز امضا")
    await reviewer.told("تغییر رمز امضا")
    await types(reviewer, PIN)
    await types(there, "رمز امضا")
    for kind in ("sgn:pin:", "sgn:totp:"):
        await there.told(kind, message_id=there.live()["id"], force=True)
        assert "در گفت‌وگوی دیگری آغاز شده است" in there.screen()
    assert there.heard("رمز امضای شما تازه شد") == 1
    await make_pin(reviewer, "۹۱۸۲۷۳")
    assert there.heard("رمز امضای شما تازه شد") == 2


@on_bale
async def test_forged_buttons_make_sign_and_carry_out_nothing(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await claim(reviewer)
    await reviewer.told("عدم موافقت")
    for data in ("g:1", "g:2", "g:3", "g:x", "sgn:off:", "sgn:change:", "sgn:what:", "sgn:remove:"):
        assert "دکمه قدیمی" in await reviewer.told(data, message_id=reviewer.live()["id"], force=True), data
    for data in ("rst:take:1", "rst:sure:1", "rst:list:0", "rst:list:-1", "rst:open:7", "rst:case:"):
        await reviewer.told(data, message_id=reviewer.live()["id"], force=True)
    assert await decisions(town) == []
    await make_pin_after(reviewer)
    assert "دکمه قدیمی" in await reviewer.told("sgn:totp:", message_id=reviewer.live()["id"], force=True)


async def make_pin_after(resident: Resident) -> None:
    """Make a PIN from the very beginning."""
    await types(resident, "انصراف", "انصراف", "رمز امضا")
    await make_pin(resident)


@on_bale
async def test_a_factor_begun_and_left_is_taken_off_the_screen_and_its_buttons_open_nothing(
    town: Town,
) -> None:
    reviewer, stranger = await town.reviewer(), await town.newcomer("stranger")
    await types(reviewer, "رمز امضا")
    await reviewer.told("برنامه رمزساز")
    assert [m for m in reviewer.phone.messages() if m.get("photo")]
    await town.wait(seconds=SETUP_LASTS.total_seconds())
    assert not [m for m in reviewer.phone.messages() if m.get("photo")]
    assert not re.search("[A-Z2-7]{32}", reviewer.chat_text())
    await types(reviewer, "123456")
    assert "زمان ساختن رمز امضا گذشته است" in reviewer.screen()
    assert "در نقش‌های شما نیست" in (await stranger.says("رمز امضا"))["text"]


def test_the_fixed_example_pin_is_six_digits_in_persian() -> None:
    assert to_persian_digits("407192") == PIN
    assert PASSCODE_TRIES == 5
