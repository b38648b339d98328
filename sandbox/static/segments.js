/** One of a few choices side by side: radio buttons that look like a switch. */

import { el } from "./dom.js";

let groups = 0;

/**
 * A fieldset named `label` with `options` ({value, label, platform?}), of which `value` is chosen. `onchange(value)`
 * hears of a new choice; `chosen(fieldset)` tells the present one.
 */
export function segments(label, options, { value, onchange = () => {}, ...attributes }) {
  groups += 1;
  const name = `segments-${groups}`;
  return el("fieldset", { class: "segments", ...attributes, onchange: ({ target }) => onchange(target.value) },
    el("legend", { class: "unseen" }, label),
    options.map((option) => segment(option, name, option.value === value)));
}

/** The value chosen in a fieldset made by `segments`. */
export function chosen(fieldset) {
  return fieldset.querySelector(":checked").value;
}

function segment({ value, label, platform }, name, checked) {
  return el("label", { "data-platform": platform },
    el("input", { type: "radio", name, value, checked }),
    el("span", {}, label));
}
