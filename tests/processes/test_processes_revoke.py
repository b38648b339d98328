"""`python -m bot revoke`: a role is gone at its holder's next press."""

from processes_world import World

PATIENCE = 20.0


async def test_a_role_taken_away_while_the_bot_runs_is_gone_at_the_next_word(world: World) -> None:
    bot = world.bot()
    await bot.start()
    await bot.ready()
    _, printed, _ = await world.command("invite", "--role", "reviewer", "--name", "رضا کریمی")
    phone = world.phone("bale", "reviewer")
    await phone.send(f"/start {printed.splitlines()[-1]}")
    await phone.sees("خوش آمدید", within=PATIENCE)
    code, printed, complaint = await world.command("revoke", "--role", "reviewer", "--name", "رضا كريمي")
    assert (code, printed, complaint) == (0, "رضا كريمي is no longer reviewer.\n", "")
    await phone.send("کارتابل")
    await phone.sees("این کار در نقش‌های شما نیست", within=PATIENCE)
    assert (await bot.stop())[0] == 0


async def test_what_cannot_be_taken_away_is_said_with_a_remedy(world: World) -> None:
    await world.command("invite", "--role", "reviewer", "--name", "رضا کریمی")
    code, _, complaint = await world.command("revoke", "--role", "officer", "--name", "رضا کریمی")
    assert (code, complaint.splitlines()) == (
        2,
        ["Nobody named «رضا کریمی» is officer.", "See «کاربران» in the chat of an admin."],
    )
