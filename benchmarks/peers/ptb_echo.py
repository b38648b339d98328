"""A stock python-telegram-bot echo bot, as its own documentation writes it; keeps nothing."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until ended."""
    builder = Application.builder().token(os.environ["TELEGRAM_TOKEN"])
    application = builder.base_url(os.environ["TELEGRAM_API"] + "/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
