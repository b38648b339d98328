/** The two kinds of keyboards a bot shows: under a message, and above the composer. */

import { button, el, icon, refill } from "./dom.js";

const WIDE = 4; // keys in a row from which a keyboard takes all the width there is, however short its message
const TIGHT = 5; // keys in a row from which they share it tightly, as the days of a month do

/** The buttons under a message, or null when it has none. */
export function inlineKeyboard(message, acts) {
  if (!message.inline?.length) return null;
  const widest = Math.max(...message.inline.map((row) => row.length));
  return el("div", {
    class: widest < WIDE ? "inline-keyboard" : "inline-keyboard full",
    role: "group", "aria-label": "دکمه‌های پیام", onkeydown: moveByArrows,
  }, message.inline.map((row) => keyRow(row, (key) => inlineKey(key, message, acts))));
}

function keyRow(row, key) {
  return el("div", { class: row.length < TIGHT ? "key-row" : "key-row tight" }, row.map(key));
}

function inlineKey({ text, data, url }, message, acts) {
  // A key without a word, such as the days before the first of a month, still needs a name.
  const shared = { class: "inline-key", "data-testid": "inline-key", "aria-label": text.trim() ? null : "خانه خالی" };
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
  refill(place, rows.map((row) => keyRow(row, (key) => replyKey(key, press))));
}

/** Move the focus among the keys around it: rows up and down, keys to the left and right. */
export function moveByArrows(event) {
  const rows = [...event.currentTarget.querySelectorAll(".key-row")].map((row) => [...row.children]);
  const y = rows.findIndex((row) => row.includes(event.target));
  const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (y < 0 || !way) return;
  event.preventDefault();
  const x = rows[y].indexOf(event.target);
  const row = rows[y + way[1]] ?? rows[y];
  // Rows differ in length: a step up or down goes to the key that stands there.
  const column = way[1] ? Math.floor(((x + 0.5) / rows[y].length) * row.length) : x + way[0];
  row[column]?.focus();
}

function replyKey(key, press) {
  const { text, request_contact: contact } = typeof key === "string" ? { text: key } : key;
  return button({ class: "reply-key", "data-testid": "reply-key", onclick: () => press({ text, contact }) },
    contact && icon("contact"), text);
}
