/** The commands a bot has told its messenger about, offered while one types «/». */

import { state } from "./api.js";
import { button, el } from "./dom.js";

/** What is offered in the chat with `person`: the narrowest scope that the bot has set, in Persian first. */
export async function commandsFor({ platform, chat_id: chatId }) {
  const { bots } = await state();
  const known = bots.find((bot) => bot.platform === platform)?.commands ?? {};
  const scopes = [`chat/${chatId}`, "all_private_chats/", "default/"];
  const keys = scopes.flatMap((scope) => [`${scope}/fa`, `${scope}/`]);
  return known[keys.find((key) => known[key]?.length)] ?? [];
}

/** A list above the composer: `offer(typed)` shows what begins so, `hide()` puts it away. */
export function suggestions(commands, send) {
  const list = el("div", {
    class: "commands", role: "group", "aria-label": "فرمان‌ها", hidden: true, "data-testid": "commands",
  });
  let wanted = "";
  const hide = () => {
    wanted = "";
    list.hidden = true;
  };
  const offer = async (typed) => {
    if (!/^\/[a-z_]*$/.test(typed)) return hide();
    wanted = typed;
    const all = await commands();
    if (wanted !== typed) return undefined; // more was typed meanwhile
    const fitting = all.filter(({ command }) => `/${command}`.startsWith(typed));
    list.replaceChildren(...fitting.map((each) => row(each, send)));
    list.hidden = fitting.length === 0;
    return undefined;
  };
  return { list, offer, hide };
}

function row({ command, description }, send) {
  return button({ "data-testid": "command", onclick: () => send(`/${command}`) },
    el("span", {}, description), el("code", { dir: "ltr" }, `/${command}`));
}
