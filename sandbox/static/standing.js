/** Rows of what holds now, such as a fault or a moved clock, each with one tap that ends it. */

import { button, el, icon, refill } from "./dom.js";

/**
 * Show `things` in `list`: {key, drawing, named, detail, ending, end} each. While they stay the same ones, only their
 * details change: a row that is being pressed is not pulled away from under the finger.
 */
export function showStanding(list, things) {
  const keys = [...list.children].map((row) => row.dataset.key);
  const same = keys.length === things.length && things.every(({ key }, at) => key === keys[at]);
  if (!same) return refill(list, things.map(row));
  return things.forEach(({ detail }, at) => {
    list.children[at].querySelector(".detail").textContent = detail;
  });
}

function row({ key, drawing, named, detail, ending, end }) {
  return el("li", { class: "standing", "data-key": key, "data-testid": "standing" }, icon(drawing),
    el("span", {}, el("strong", {}, named), " ", el("span", { class: "detail" }, detail)),
    button({ class: "pill small", "aria-label": `${ending}: ${named}`, onclick: end }, ending));
}
