/** Whose look the phones have: each its own messenger's, or all of them one messenger's. */

import { el } from "./dom.js";
import { segments } from "./segments.js";
import { PLATFORMS } from "./words.js";

const KEPT = "mohlat-sandbox-look";
const OWN = "own";
// On a narrow screen the name of the whole switch must do.
const wide = (word) => el("span", { class: "wide" }, word);
const CHOICES = [
  { value: OWN, label: ["هر دو", wide(" نما")] },
  ...Object.entries(PLATFORMS).map(([platform, name]) => ({ value: platform, label: [wide("نمای "), name], platform })),
];

/** The switch, put into `place`; `changed()` is called after a choice, which is remembered. */
export class Look {
  constructor(place, changed) {
    const kept = localStorage.getItem(KEPT);
    this.value = CHOICES.some(({ value }) => value === kept) ? kept : OWN;
    const onchange = (value) => {
      this.value = value;
      localStorage.setItem(KEPT, value);
      changed();
    };
    place.append(segments("نمای گوشی‌ها", CHOICES, { value: this.value, onchange, "data-testid": "look" }));
  }

  /** The look of a phone on `platform`. */
  of(platform) {
    return this.value === OWN ? platform : this.value;
  }
}
