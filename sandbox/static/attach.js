/** Choosing files to send, as images or as documents, and the tray where they wait. */

import { button, el, icon, iconButton } from "./dom.js";
import { digits, size } from "./format.js";

/**
 * The parts of attaching: `opener` (a button with its menu) and `tray` to place, and the choice:
 * `files` (several become one album), `as` ("photo" | "document"), `take(files, as?)`, `put()` which empties
 * the tray and gives what was in it (or null). `ready` is called when files stand in the tray.
 */
export function attachment(ready) {
  const picture = el("span", { class: "tray-picture" });
  const name = el("span", { class: "tray-name", dir: "auto" });
  const about = el("span", { class: "tray-about" });
  const tray = el("div", { class: "tray", hidden: true, "data-testid": "upload-tray" }, picture,
    el("div", { class: "tray-words" }, name, about),
    iconButton("close", "نفرستادن پرونده", { class: "round small", onclick: () => chosen.put() }));

  const chosen = {
    tray,
    files: [],
    as: null,
    take(files, as = files.every(looksLikePhoto) ? "photo" : "document") {
      Object.assign(chosen, { files, as });
      const whole = files.reduce((sum, file) => sum + file.size, 0);
      name.textContent = files.length > 1 ? `${digits(files.length)} پرونده با هم` : files[0].name;
      about.textContent = `${as === "photo" ? "تصویر" : "سند"} · ${size(whole)}`;
      picture.replaceChildren(as === "photo" ? thumbnail(files[0]) : icon("document"));
      tray.hidden = false;
      ready();
    },
    put() {
      const kept = chosen.files.length ? { files: chosen.files, as: chosen.as } : null;
      Object.assign(chosen, { files: [], as: null });
      tray.hidden = true;
      return kept;
    },
  };
  chosen.opener = opener((files, as) => chosen.take(files, as));
  return chosen;
}

function looksLikePhoto(file) {
  return ["image/jpeg", "image/png", "image/webp"].includes(file.type);
}

function thumbnail(file) {
  const url = URL.createObjectURL(file);
  return el("img", { src: url, alt: "", onload: () => URL.revokeObjectURL(url) });
}

function opener(take) {
  let as = "document";
  const input = el("input", {
    type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-label": "پرونده", "data-testid": "upload-input",
    onchange: () => {
      if (input.files.length) take([...input.files], as);
      input.value = ""; // the same file can be chosen again
    },
  });
  const pick = (kind, accept) => () => {
    as = kind;
    input.accept = accept;
    menu.hidePopover();
    input.click();
  };
  const menu = el("div", { class: "menu", popover: "auto", "aria-label": "نوع پیوست" },
    button({ "data-testid": "upload-photo", onclick: pick("photo", "image/*") }, icon("image"), "تصویر"),
    button({ "data-testid": "upload-document", onclick: pick("document", "") }, icon("document"), "سند یا پرونده"));
  const open = iconButton("attach", "پیوست کردن پرونده", { "data-testid": "upload", "aria-haspopup": "true" });
  open.popoverTargetElement = menu;
  menu.addEventListener("beforetoggle", () => standAbove(menu, open));
  menu.addEventListener("toggle", ({ newState }) => newState === "open" && menu.querySelector("button").focus());
  return el("div", { class: "attach" }, open, menu, input);
}

// A popover is laid out on the page, not in the phone; so its place is computed.
function standAbove(menu, opener) {
  const { top, right } = opener.getBoundingClientRect();
  menu.style.bottom = `${innerHeight - top + 6}px`;
  menu.style.right = `${innerWidth - right}px`;
}
