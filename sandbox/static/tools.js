/** «ابزار آزمایش»: the faults, the clock and the phones of the sandbox, at a tap. */

import * as api from "./api.js";
import { announce } from "./announce.js";
import { toast } from "./dialogs.js";
import { button, el, icon, iconButton, refill } from "./dom.js";
import { course, OFFERED, title, what } from "./faults.js";
import { moment, span, untilMorning } from "./format.js";
import { chosen, segments } from "./segments.js";
import { showStanding } from "./standing.js";
import { PLATFORMS, place as placeOf, refusal } from "./words.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [10 * MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY];
const BOTH = "*";

/**
 * The panel in `panel`, and in `strip` what holds now: both end it with one tap. `close()` hides the panel;
 * `show(people)`, `showFaults(faults)`, `showClock(ahead)` and `tick(now)` keep all of it true.
 */
export class Tools {
  #faults = [];
  #ahead = 0; // seconds

  constructor(panel, strip, close) {
    this.strip = strip;
    this.at = Date.now();
    this.now = el("p", { class: "tool-now", "data-testid": "tools-now" });
    this.shift = el("p", { class: "tool-shift", "data-testid": "tools-shift" });
    this.back = button({ class: "pill wide", onclick: backToNow }, "بازگشت به اکنون");
    this.morning = this.#morning();
    this.people = el("ul", { class: "tool-list" });
    this.faultBot = platforms("پیام‌رسانی که اختلال دارد", BOTH, [{ value: BOTH, label: "هر دو" }]);
    this.faultBot.addEventListener("change", () => this.#showTiles());
    this.tiles = OFFERED.map((offered) => this.#tile(offered));
    this.faults = el("ul", { class: "tool-list", "data-testid": "faults" });
    this.clear = button({ class: "pill wide", onclick: () => attempt(api.clearFaults()) }, "پایان همه اختلال‌ها");
    panel.replaceChildren(
      el("div", { class: "tools-head" }, el("h2", { id: "tools-title" }, "ابزار آزمایش"),
        iconButton("close", "بستن ابزار آزمایش", { onclick: close })),
      section("alert", "اختلال", "ببینید اگر پیام‌رسان درست پاسخ ندهد، ربات چه می‌کند.", this.faultBot,
        el("div", { class: "tool-row" }, this.tiles), this.faults, this.clear),
      section("clock", "ساعت", "ساعت را جلو ببرید: هر یادآوری، هشدار یا قطعی که زمانش برسد، چند ثانیه بعد در گوشی‌ها دیده می‌شود.",
        this.now, this.shift, el("div", { class: "tool-row" }, STEPS.map(step), this.morning), this.back),
      section("plus", "گوشی تازه", "یک نفر دیگر بیاورید؛ نقش او از گوشی مدیر سامانه داده می‌شود.", phoneForm()),
      section("block", "مسدود کردن ربات", "مانند کسی که ربات را مسدود می‌کند.", this.people),
    );
  }

  /** Take over everybody of the state. */
  show(people) {
    refill(this.people, people.map(blockRow));
  }

  /** Take over the faults, of which those that are over are no more. */
  showFaults(faults) {
    this.#faults = faults.filter(({ over }) => !over);
    const held = this.faults.contains(document.activeElement) || this.clear === document.activeElement;
    showStanding(this.faults, this.#faults.map(standingFault));
    if (held && this.#faults.length === 0) this.tiles[0].focus();
    this.clear.hidden = this.#faults.length < 2;
    this.#showTiles();
    this.#showStrip();
  }

  /** Take over by how many seconds the clock is ahead. */
  showClock(ahead) {
    this.#ahead = Math.round(ahead);
    this.shift.textContent = this.#ahead ? shifted(this.#ahead) : "همان ساعت واقعی است";
    this.shift.classList.toggle("odd", this.#ahead !== 0);
    if (this.#ahead === 0 && this.back === document.activeElement) this.morning.focus();
    this.back.hidden = this.#ahead === 0;
    this.#showStrip();
  }

  tick(now) {
    this.at = now;
    this.now.textContent = moment(now);
  }

  #morning() {
    return button({ class: "pill", onclick: () => attempt(api.advanceClock(untilMorning(this.at))) }, "فردا ساعت ۸");
  }

  #showStrip() {
    const things = this.#faults.map(standingFault);
    if (this.#ahead) things.push(standingClock(this.#ahead));
    const held = this.strip.contains(document.activeElement);
    showStanding(this.strip.querySelector("ul"), things);
    this.strip.hidden = things.length === 0;
    if (held && things.length === 0) document.getElementById("tools-toggle").focus();
  }

  /** A tile is pressed while its fault holds on the chosen messenger; pressed again, it ends. */
  #tile({ kind, hint, fault }) {
    const toggle = () => {
      const on = this.#standingOf(kind);
      if (on.length > 0) return Promise.all(on.map(endFault));
      return attempt(api.addFault({ bot: chosen(this.faultBot), ...fault }), () => announce(`اختلال برپا شد: ${what(fault)}`));
    };
    return button({ class: "pill stacked", "aria-pressed": "false", "data-kind": kind, onclick: toggle },
      el("strong", {}, what({ kind })), el("span", {}, hint));
  }

  #standingOf(kind) {
    return this.#faults.filter((fault) => fault.kind === kind && fault.bot === chosen(this.faultBot));
  }

  #showTiles() {
    for (const tile of this.tiles) tile.ariaPressed = String(this.#standingOf(tile.dataset.kind).length > 0);
  }
}

function section(drawing, named, about, ...content) {
  return el("section", { class: "tool" },
    el("h3", {}, icon(drawing), named), el("p", { class: "tool-about" }, about), el("div", {}, content));
}

function step(seconds) {
  return button({ class: "pill", onclick: () => attempt(api.advanceClock(seconds)) }, `${span(seconds)} جلو`);
}

function backToNow() {
  return attempt(api.resetClock(), () => announce("ساعت به اکنون بازگشت"));
}

function shifted(ahead) {
  return `${span(Math.abs(ahead))} ${ahead > 0 ? "جلوتر" : "عقب‌تر"} است`;
}

function standingFault(fault) {
  return {
    key: `fault-${fault.id}`, drawing: "alert", named: title(fault), detail: course(fault),
    ending: "پایان", end: () => endFault(fault),
  };
}

function standingClock(ahead) {
  return {
    key: `clock-${ahead}`, drawing: "clock", named: `ساعت ${shifted(ahead)}`, detail: "",
    ending: "بازگشت به اکنون", end: backToNow,
  };
}

function endFault(fault) {
  return attempt(api.endFault(fault), () => announce(`اختلال پایان یافت: ${what(fault)}`));
}

function platforms(label, value, more = []) {
  const own = Object.entries(PLATFORMS).map(([platform, name]) => ({ value: platform, label: name, platform }));
  return segments(label, [...more, ...own], { value });
}

function phoneForm() {
  const platform = platforms("پیام‌رسان گوشی تازه", "bale");
  const name = el("input", {
    required: true, maxlength: "64", autocomplete: "off", placeholder: "نمونه: مریم رضایی",
  });
  const form = el("form", {
    class: "tool-form",
    onsubmit: (event) => {
      event.preventDefault();
      attempt(api.addPerson({ platform: chosen(platform), key: freshKey(), name: name.value.trim() }), () => form.reset());
    },
  }, el("label", { class: "field" }, el("span", {}, "نام"), name), platform,
  el("button", { type: "submit", class: "pill primary wide" }, "افزودن گوشی"));
  return form;
}

function blockRow(person) {
  const label = person.blocked ? "رفع مسدودی" : "مسدود کردن";
  const toggle = () => attempt(api.block(person, !person.blocked));
  return el("li", {}, el("span", {}, person.name, el("small", {}, placeOf(person))),
    button({ class: "pill small", "aria-label": `${label}: ${person.name}`, onclick: toggle }, label));
}

// The key is an address for programs; people know the phone by its name.
function freshKey() {
  return `guest-${Date.now().toString(36)}`;
}

async function attempt(call, then = () => {}) {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof api.Refused)) throw error;
    return toast(refusal(error));
  }
  return then();
}
