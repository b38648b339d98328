/** «ابزار آزمایش»: the faults, the clock and the phones of the sandbox, at a tap. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { button, el, icon, iconButton, refill } from "./dom.js";
import { digits, moment } from "./format.js";
import { PLATFORMS, place, refusal } from "./words.js";

const HOUR = 3600;
const FAULTS = [
  { label: "قطع ارتباط", hint: "تا پاک کردن", fault: { method: "*", kind: "reset_before" } },
  { label: "۴۲۹", hint: "سه ارسال بعدی", fault: { method: "sendMessage", kind: "429", times: 3, retry_after: 3 } },
  { label: "۵۰۰", hint: "سه ارسال بعدی", fault: { method: "sendMessage", kind: "500", times: 3 } },
];
const KINDS = { reset_before: "قطع ارتباط", 429: "پاسخ ۴۲۹", 500: "پاسخ ۵۰۰" };

/** The panel in `place`. `close()` hides it; `show(state)` and `tick(now)` keep it true. */
export class Tools {
  constructor(place, close) {
    this.faults = el("ul", { class: "tool-list", "data-testid": "faults" });
    this.now = el("p", { class: "tool-now", "data-testid": "tools-now" });
    this.people = el("ul", { class: "tool-list" });
    this.faultPlatform = platformChoice("ربات");
    place.replaceChildren(
      el("div", { class: "tools-head" }, el("h2", { id: "tools-title" }, "ابزار آزمایش"),
        iconButton("close", "بستن ابزار آزمایش", { onclick: close })),
      section("alert", "اختلال", "ببینید اگر پیام‌رسان پاسخ ندهد، ربات چه می‌کند.", this.#faultTools()),
      section("clock", "ساعت", "مهلت‌ها و یادآوری‌ها با این ساعت سنجیده می‌شوند.", this.#clockTools()),
      section("plus", "گوشی تازه", "یک نفر دیگر به گفت‌وگو بیاورید.", this.#phoneForm()),
      section("block", "مسدود کردن ربات", "مانند کسی که ربات را مسدود می‌کند.", this.people),
    );
  }

  /** Take over bots and people of `state`. */
  show({ bots, people }) {
    for (const choice of [this.faultPlatform, this.phonePlatform]) offer(choice, bots);
    refill(this.people, people.map(blockRow));
    this.showFaults();
  }

  tick(now) {
    this.now.textContent = moment(now);
  }

  /** Read the faults that are set now, with how often each has hit. */
  async showFaults() {
    const { faults } = await api.faults();
    refill(this.faults, faults.map(faultRow));
  }

  #faultTools() {
    // The list follows by itself: the server tells every page when its faults change.
    const add = (fault) => attempt(api.addFault({ bot: this.faultPlatform.value, ...fault }));
    const clear = () => attempt(api.clearFaults());
    return el("div", {}, labelled("پیام‌رسان", this.faultPlatform),
      el("div", { class: "tool-row" }, FAULTS.map(({ label, hint, fault }) =>
        button({ class: "pill stacked", onclick: () => add(fault) }, el("strong", {}, label), el("span", {}, hint)))),
      this.faults,
      button({ class: "pill wide", onclick: clear }, "پاک کردن اختلال‌ها"));
  }

  #clockTools() {
    const key = (label, call) => button({ class: "pill", onclick: () => attempt(call()) }, label);
    return el("div", {}, this.now, el("div", { class: "tool-row" },
      key("۱ ساعت جلو", () => api.advanceClock(HOUR)),
      key("۱ روز جلو", () => api.advanceClock(24 * HOUR)),
      key("بازنشانی", api.resetClock)));
  }

  #phoneForm() {
    this.phonePlatform = platformChoice("پیام‌رسان گوشی تازه");
    const name = el("input", {
      required: true, maxlength: "64", autocomplete: "off", placeholder: "نمونه: مریم رضایی",
    });
    const form = el("form", {
      class: "tool-form",
      onsubmit: (event) => {
        event.preventDefault();
        const person = { platform: this.phonePlatform.value, key: freshKey(), name: name.value.trim() };
        attempt(api.addPerson(person), () => form.reset());
      },
    }, labelled("نام", name), labelled("پیام‌رسان", this.phonePlatform),
    el("button", { type: "submit", class: "pill primary wide" }, "افزودن گوشی"));
    return form;
  }
}

function section(drawing, title, about, content) {
  return el("section", { class: "tool" }, el("h3", {}, icon(drawing), title), el("p", { class: "tool-about" }, about), content);
}

function labelled(label, control) {
  return el("label", { class: "field" }, el("span", {}, label), control);
}

function platformChoice(label) {
  return el("select", { "aria-label": label });
}

function offer(choice, bots) {
  const kept = choice.value;
  choice.replaceChildren(...bots.map(({ platform }) => el("option", { value: platform }, PLATFORMS[platform])));
  if (kept) choice.value = kept;
}

function faultRow({ bot, kind, method, hits }) {
  const what = `${KINDS[kind] ?? kind} · ${PLATFORMS[bot] ?? bot}`;
  const limit = method !== "*" && el("code", {}, method);
  return el("li", {}, el("span", {}, what, limit), el("span", {}, `${digits(hits)} بار`));
}

function blockRow(person) {
  const label = person.blocked ? "رفع مسدودی" : "مسدود کردن";
  const toggle = () => attempt(api.block(person, !person.blocked));
  return el("li", {}, el("span", {}, person.name, el("small", {}, place(person))),
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
