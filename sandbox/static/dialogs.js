/** What comes over the page: toasts that go by themselves, and dialogs that Esc closes. */

import { button, el, icon, iconButton } from "./dom.js";

const TOAST_MS = 3500;
const LETTER_MS = 45; // longer words stay longer

/** Show `text` for a few seconds in `place`, an element that is announced (role="status"). */
export function toast(text, place = document.getElementById("toasts")) {
  const note = el("p", { class: "toast" }, text);
  place.append(note);
  setTimeout(() => note.remove(), TOAST_MS + text.length * LETTER_MS);
}

/** An answer that must be acknowledged: the bot's alert. */
export function alertDialog(title, text) {
  const accept = button({ class: "pill primary", autofocus: true }, "فهمیدم");
  const dialog = open(title, "alert", ...said(title, text), el("div", { class: "dialog-foot" }, accept));
  accept.addEventListener("click", () => dialog.close());
}

/** A photo at its full size. */
export function lightbox({ url }, description) {
  const close = iconButton("close", "بستن", { class: "round" });
  const label = "باز کردن در زبانه تازه";
  const full = el("a", {
    class: "round", href: url, target: "_blank", rel: "noopener", "aria-label": label, title: label,
  }, icon("link"));
  const bar = el("div", { class: "lightbox-bar" }, close, full);
  const dialog = open("تصویر", "lightbox", bar, el("img", { src: url, alt: description }));
  close.addEventListener("click", () => dialog.close());
}

/** Ask for one of `choices` ({label, detail, value}); gives its value, or undefined after Esc. */
export function choose(title, text, choices) {
  return new Promise((resolve) => {
    const rows = choices.map(({ label, detail, value }) =>
      button({ class: "choice", onclick: () => done(value) }, el("strong", {}, label), el("span", {}, detail)));
    const cancel = button({ class: "pill", onclick: () => dialog.close() }, "انصراف");
    const dialog = open(title, "choose", ...said(title, text), ...rows, el("div", { class: "dialog-foot" }, cancel));
    dialog.addEventListener("close", () => resolve());
    const done = (value) => {
      resolve(value);
      dialog.close();
    };
  });
}

function said(title, text) {
  return [el("h2", {}, title), el("p", { class: "dialog-text" }, text)];
}

function open(label, kind, ...content) {
  const dialog = el("dialog", {
    class: `dialog ${kind}`, "aria-label": label, "data-testid": `dialog-${kind}`,
  }, ...content);
  // A click on the dim surroundings hits the dialog element itself, never its content.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
