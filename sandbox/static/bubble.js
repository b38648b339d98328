/** One message of a chat, as a bubble with what hangs on it. */

import { el, icon, iconButton } from "./dom.js";
import { clock, size } from "./format.js";
import { inlineKeyboard } from "./keyboards.js";
import { textElement } from "./text.js";

/**
 * The element of `message` (a Message of the People API).
 *
 * `acts` is what a reader may do with it: press(button, id, data), openLink(url) → whether it was taken,
 * openPhoto(photo, text), edit(message), send(text). `quoted` is the message that it answers, if that is known.
 */
export function messageElement(message, acts, quoted) {
  return el("article", {
    class: `message ${message.from === "me" ? "mine" : "theirs"}`,
    "data-id": message.id,
    "data-testid": "message",
    "aria-label": message.from === "me" ? "پیام شما" : "پیام ربات",
  }, bubble(message, acts, quoted), inlineKeyboard(message, acts));
}

function bubble(message, acts, quoted) {
  return el("div", { class: message.photo ? "bubble with-photo" : "bubble" },
    quoted && el("p", { class: "quoted", dir: "auto" }, summary(quoted)),
    message.photo && photo(message, acts),
    message.document && documentCard(message.document),
    message.contact && contactCard(message.contact),
    el("div", { class: "words" }, message.html && textElement(message.html, acts), foot(message, acts)));
}

/** The first words of a message, for quoting it. */
export function summary(message) {
  const words = message.text || message.caption || message.document?.name || (message.photo ? "تصویر" : "پیام");
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
}

function photo(message, acts) {
  const { url, w, h } = message.photo;
  const described = message.caption || "تصویر";
  return el("button", {
    type: "button", class: "photo", "aria-label": `باز کردن تصویر: ${described}`, "data-testid": "photo",
    onclick: () => acts.openPhoto(message.photo, described),
  }, el("img", { src: url, width: w, height: h, alt: "", loading: "lazy" }));
}

function documentCard({ url, name, size: bytes }) {
  return el("a", {
    class: "document", href: url, download: name, "data-testid": "document", "aria-label": `دریافت پرونده ${name}`,
  },
    el("span", { class: "document-icon" }, icon("download")),
    el("span", { class: "document-name", dir: "auto" }, name),
    el("span", { class: "document-size" }, size(bytes)));
}

function contactCard({ first_name: name, phone_number: number }) {
  return el("p", { class: "document" }, el("span", { class: "document-icon" }, icon("contact")),
    el("span", { class: "document-name" }, name), el("span", { class: "document-size", dir: "ltr" }, number));
}

function foot(message, acts) {
  const editable = message.from === "me" && message.text && !message.photo && !message.document;
  return el("div", { class: "meta" },
    editable && iconButton("edit", "ویرایش این پیام", { class: "round tiny edit", onclick: () => acts.edit(message) }),
    message.edited && el("span", { "data-testid": "edited" }, "ویرایش شد"),
    el("time", { datetime: message.date }, clock(message.date)),
    message.from === "me" && icon("ticks"));
}
