/** The strip of phones: where each is, and how many messages wait there unread. */

import { button, el } from "./dom.js";
import { digits } from "./format.js";
import { PLATFORMS, role } from "./words.js";

const ENOUGH_SEEN = 0.6; // of a phone's area, to count its messages as read

/** Tabs for phones. `strip` is the nav to fill, `desk` the scrolling row of phones. */
export class Tabs {
  #tabs = new Map(); // address → {tab, badge, unread, phone}
  #seen = new Set();

  constructor(strip, desk) {
    this.strip = strip;
    this.desk = desk;
    this.title = document.title;
    this.watch = new IntersectionObserver((entries) => entries.forEach((entry) => this.#noteSeen(entry)), {
      threshold: [0, ENOUGH_SEEN],
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#readSeen());
  }

  get phones() {
    return [...this.#tabs.values()].map(({ phone }) => phone);
  }

  phone(address) {
    return this.#tabs.get(address)?.phone;
  }

  /** A tab for `phone`, whose element goes to the end of the row. */
  add(phone) {
    const { person, address } = phone;
    const badge = el("span", { class: "badge", hidden: true, "data-testid": "unread" });
    const platform = PLATFORMS[person.platform];
    const tab = button({
      class: "tab", "data-platform": person.platform, "data-testid": `tab-${person.platform}-${person.key}`,
      onclick: () => this.select(address, { focus: true }),
    },
    el("span", { class: "tab-mark", title: platform }),
    el("span", { class: "tab-words" }, el("strong", {}, person.name), el("span", {}, role(person) || platform)),
    badge);
    this.#tabs.set(address, { tab, badge, unread: 0, phone });
    this.strip.append(tab);
    this.desk.append(phone.element);
    phone.element.addEventListener("focusin", () => this.#mark(address));
    this.watch.observe(phone.element);
  }

  /** Bring a phone into view; on a narrow screen it becomes the only one. */
  select(address, { focus = false } = {}) {
    const { tab, phone } = this.#tabs.get(address);
    this.#mark(address);
    history.replaceState(null, "", `#${address}`);
    phone.element.scrollIntoView({ inline: "center", block: "nearest", behavior: focus ? "smooth" : "instant" });
    tab.scrollIntoView({ inline: "nearest", block: "nearest" });
    phone.log.scrollToEnd();
    // On a touch screen, focus would open the screen's keyboard over the chat.
    if (focus && matchMedia("(hover: hover)").matches) phone.focus();
  }

  /** A message came for `phone`: count it unless it is being looked at. */
  arrived(phone) {
    if (this.#seen.has(phone.address) && !document.hidden) return;
    this.#setUnread(phone.address, this.#tabs.get(phone.address).unread + 1);
  }

  #mark(chosen) {
    for (const [address, { tab, phone }] of this.#tabs) {
      tab.setAttribute("aria-current", String(address === chosen));
      phone.element.classList.toggle("chosen", address === chosen);
    }
  }

  #noteSeen({ target, intersectionRatio }) {
    const { address } = this.phones.find(({ element }) => element === target);
    if (intersectionRatio < ENOUGH_SEEN) this.#seen.delete(address);
    else this.#seen.add(address);
    this.#readSeen();
  }

  #readSeen() {
    if (!document.hidden) this.#seen.forEach((address) => this.#setUnread(address, 0));
  }

  #setUnread(address, unread) {
    const entry = this.#tabs.get(address);
    entry.unread = unread;
    entry.badge.hidden = unread === 0;
    entry.badge.textContent = digits(unread);
    entry.badge.ariaLabel = `${digits(unread)} پیام نخوانده`;
    const all = [...this.#tabs.values()].reduce((sum, each) => sum + each.unread, 0);
    document.title = all ? `(${digits(all)}) ${this.title}` : this.title;
  }
}
