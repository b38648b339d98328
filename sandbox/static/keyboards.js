/** The two kinds of keyboards a bot shows: under a message, and above the composer. */

import { button, el, icon, refill } from "./dom.js";

/** The buttons under a message, or null when it has none. */
export function inlineKeyboard(message, acts) {
  if (!message.inline?.length) return null;
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": "دکمه‌های پیام" },
    message.inline.map((row) => el("div", { class: "key-row" }, row.map((key) => inlineKey(key, message, acts)))));
}

function inlineKey({ text, data, url }, message, acts) {
  const shared = { class: "inline-key", "data-testid": "inline-key" };
  if (url) {
    return el("a", {
      ...shared, href: url, target: "_blank", rel: "noopener",
      onclick: (event) => acts.openLink(url) && event.preventDefault(),
    }, text, icon("link"));
  }
  return button({ ...shared, onclick: (event) => acts.press(event.currentTarget, message.id, data) }, text);
}

/** Fill `place` with the rows of a reply keyboard; `press` gets each key as {text, contact}. */
export function showReplyKeyboard(place, rows, press) {
  refill(place, rows.map((row) => el("div", { class: "key-row" }, row.map((key) => replyKey(key, press)))));
}

function replyKey(key, press) {
  const { text, request_contact: contact } = typeof key === "string" ? { text: key } : key;
  return button({ class: "reply-key", "data-testid": "reply-key", onclick: () => press({ text, contact }) },
    contact && icon("contact"), text);
}
