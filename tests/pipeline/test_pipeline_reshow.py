"""After a restart: open prompts are put again, chat by chat, and no chat keeps the bot from starting."""

from dataclasses import replace
from pathlib import Path

import pytest
from pipeline_world import TOKENS, damage
from pydantic import SecretStr

from bot import reshow
from bot.app import App
from bot.office import Office
from bot.platforms import PLATFORMS
from bot.settings import Settings
from storage.engine import Store
from storage.errors import KeyUnusable
from storage.work import Work


def open_form(work: Work, chat_id: int) -> None:
    """A chat in the middle of a form."""
    chat = work.chats.lock("bale", chat_id, user_id=chat_id, name="زهرا")
    form = work.forms.start("proposal", 1, "bale", chat_id, None, None, {})
    work.chats.save(replace(chat, form_id=form.id))


async def test_a_chat_that_cannot_be_shown_again_does_not_stop_the_start(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        bale_token=SecretStr(TOKENS["bale"]),
    )
    app = await App.open(settings)
    try:
        await app.store.run(lambda work: open_form(work, 5))
        await app.store.run(damage("forms", "data", 1))
        with pytest.raises(KeyUnusable):
            await app.store.run(lambda work: reshow.reshow(work, app.office, "bale", 5))
        await app._reshow()  # noqa: SLF001 - the first thing that a start does
    finally:
        await app.store.close()


async def test_a_chat_whose_platform_is_not_served_is_not_shown_again(store: Store) -> None:
    office = Office(PLATFORMS, {})
    await store.run(lambda work: open_form(work, 5))
    assert await store.run(lambda work: reshow.to_reshow(work, office)) == (("bale", 5),)
    assert await store.run(lambda work: reshow.to_reshow(work, Office({}, {}))) == ()


async def test_a_form_that_another_process_has_closed_meanwhile_is_left_alone(store: Store) -> None:
    office = Office(PLATFORMS, {})

    def closed(work: Work) -> bool:
        work.chats.lock("bale", 5, user_id=5, name="زهرا")
        return reshow.reshow(work, office, "bale", 5)

    assert await store.run(closed) is False
    assert await store.run(lambda work: reshow.reshow(work, office, "bale", 6)) is False
