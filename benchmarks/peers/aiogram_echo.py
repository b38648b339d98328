"""A stock aiogram echo bot, as its own documentation writes it; keeps nothing."""

import asyncio
import os

from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]  # in an environment of its own
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]
from aiogram.types import Message  # type: ignore[import-not-found]

dispatcher = Dispatcher()


@dispatcher.message()  # type: ignore[untyped-decorator]
async def echo(message: Message) -> None:
    """Say it back."""
    try:
        await message.send_copy(chat_id=message.chat.id)
    except TypeError:
        await message.answer("Nice try!")


async def main() -> None:
    """Poll until ended."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API"]))
    await dispatcher.start_polling(Bot(os.environ["TELEGRAM_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())
