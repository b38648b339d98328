/** What a screen reader tells unasked: the bot's words as they come, each with its buttons. */

import { el } from "./dom.js";
import { digits } from "./format.js";

const KEPT = 8; // announcements; older ones have long been read
const BUTTONS_TOLD = 12; // a month of days is better explored than listened to

/** Say `words` after whatever is being said now. */
export function announce(words, place = document.getElementById("announcer")) {
  place.append(el("p", {}, words));
  while (place.childElementCount > KEPT) place.firstElementChild.remove();
}

/** A message of the bot in words, for the owner of the phone it came to; `changed` when it was edited. */
export function spoken(message, owner, changed = false) {
  const opening = `${changed ? "پیام ربات تغییر کرد" : "پیام ربات"}، گوشی ${owner}:`;
  return [opening, message.text || message.caption, attached(message), buttons(message)].filter(Boolean).join(" ");
}

function attached({ photo, document: file }) {
  if (photo) return "پیوست: تصویر.";
  return file && `پیوست: ${file.name}.`;
}

function buttons({ inline }) {
  const labels = (inline ?? []).flat().map(({ text }) => text.trim()).filter(Boolean);
  if (labels.length === 0) return null;
  const rest = labels.length - BUTTONS_TOLD;
  const told = labels.slice(0, BUTTONS_TOLD).join("، ");
  return `دکمه‌ها: ${told}${rest > 0 ? ` و ${digits(rest)} دکمه دیگر` : ""}.`;
}
