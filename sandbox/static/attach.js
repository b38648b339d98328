/** Choosing a file to send, as an image or as a document, and the tray where it waits. */

import { button, el, icon, iconButton } from "./dom.js";
import { size } from "./format.js";

/**
 * The parts of attaching: `opener` (a button with its menu) and `tray` to place, and the choice:
 * `file`, `as` ("photo" | "document"), `take(file, as?)`, `put()` which empties the tray and gives
 * what was in it (or null). `ready` is called when a file stands in the tray.
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
    file: null,
    as: null,
    take(file, as = looksLikePhoto(file) ? "photo" : "document") {
      Object.assign(chosen, { file, as });
      name.textContent = file.name;
      about.textContent = `${as === "photo" ? "تصویر" : "سند"} · ${size(file.size)}`;
      picture.replaceChildren(as === "photo" ? thumbnail(file) : icon("document"));
      tray.hidden = false;
      ready();
    },
    put() {
      const kept = chosen.file && { file: chosen.file, as: chosen.as };
      Object.assign(chosen, { file: null, as: null });
      tray.hidden = true;
      return kept;
    },
  };
  chosen.opener = opener((file, as) => chosen.take(file, as));
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
    type: "file", hidden: true, tabindex: "-1", "aria-label": "پرونده", "data-testid": "upload-input",
    onchange: () => {
      if (input.files[0]) take(input.files[0], as);
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
