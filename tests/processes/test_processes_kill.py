"""Kill -9 in the middle of the form and during the decision; then start again and go on."""

import time

from processes_world import (
    AGREED,
    ANSWERS,
    BEGIN,
    RECEIPT,
    SEND,
    World,
    agree,
    answer,
    give,
    newest_buttons,
    next_button,
    press_until,
    send_in,
    shown,
    step,
    until,
)

from domain.roles import Role
from sandbox import Phone

SECONDS_TO_COME_BACK = 10.0
"""From the start of the process to the prompt; about 2 on an idle machine."""


def _can_send(phone: Phone) -> bool:
    return any(SEND in button["text"] for button in newest_buttons(phone))


REPEATED = "شاید این پیام را پیش‌تر هم دریافت کرده باشید"


async def test_after_a_kill_in_the_form_and_during_the_decision_it_goes_on(any_world: World) -> None:
    world = any_world
    bot = world.bot()
    officer = await world.staff(Role.OFFICER, "bale", "سارا محمدی")
    reviewer = await world.staff(Role.REVIEWER, "telegram", "رضا کریمی")
    await bot.start()
    await reviewer.send("/start")
    await reviewer.sees("خوش آمدید", within=SECONDS_TO_COME_BACK)
    await officer.send(BEGIN)
    await officer.sees(step(1), within=SECONDS_TO_COME_BACK)

    await answer(officer, range(1, 12))
    await bot.kill()
    seen = len(shown(officer))
    started = time.monotonic()
    await bot.start()
    await until(lambda: len(shown(officer)) > seen)
    assert time.monotonic() - started < SECONDS_TO_COME_BACK
    await until(lambda: sum(step(12) in text for text in shown(officer) if REPEATED not in text) == 2)
    # The prompt, and once again after the start; one left unknown by the kill comes again and says so.
    assert sum(REPEATED in text for text in shown(officer)) <= 1

    # An answer given while nobody is there counts as well.
    await bot.kill()
    await give(officer, ANSWERS[11])
    await bot.start()
    await officer.sees(step(13), within=SECONDS_TO_COME_BACK)
    await answer(officer, range(13, len(ANSWERS) + 1))
    summary = shown(officer)[-1]
    assert [
        word for word in ("حسن یوسفی", "۰۴۹۹۳۷۰۸۹۹", "۱۲۰٬۰۰۰٬۰۰۰ ریال", "letter.pdf") if word not in summary
    ] == []

    await press_until(officer, "درستی اطلاعات را تأیید می‌کنم", lambda: _can_send(officer))
    await officer.press(SEND, within=0)
    await bot.kill()
    await bot.start()
    await send_in(officer, lambda: sum(RECEIPT in text for text in shown(officer)), 0)
    [(case,)] = world.rows("SELECT id FROM cases")  # 2 on PostgreSQL, if the kill undid the first try

    await until(lambda: next_button(reviewer, case) is not None)
    await agree(reviewer, case, lambda: (next_button(reviewer, case) or "").endswith("agree.yes"))
    await bot.kill()
    await reviewer.press(str(next_button(reviewer, case)), within=0)
    await bot.start()
    await officer.sees(AGREED, within=SECONDS_TO_COME_BACK)
    await bot.kill()
    await bot.start()

    await world.settled()
    assert world.rows("SELECT state FROM cases") == [("agreed",)]
    assert world.count("case_events WHERE to_state = 'agreed'") == 1
    world.assert_whole()
    assert (await bot.stop())[0] == 0
