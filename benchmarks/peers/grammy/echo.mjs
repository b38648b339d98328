// A stock grammY echo bot with its runner, as its own documentation writes it; keeps nothing.
import { run } from "@grammyjs/runner";
import { Bot } from "grammy";

const bot = new Bot(process.env.TELEGRAM_TOKEN, { client: { apiRoot: process.env.TELEGRAM_API } });
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text));
run(bot);
