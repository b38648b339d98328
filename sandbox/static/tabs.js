/** The strip of phones: where each is, and how many messages wait there unread. */

import { button, el, gently } from "./dom.js";
import { digits } from "./format.js";
import { initial, place } from "./words.js";

const PINNED = "mohlat-sandbox-pinned";
const ENOUGH_SEEN = 0.6; // of a phone's area, to count its messages as read

/**
 * Tabs for phones. `strip` is the nav to fill, `desk` the scrolling row of phones, `pinned` the place beside
 * it, where one phone stays while the others move.
 */
export class Tabs {
  #tabs = new Map(); // address → {tab, badge, unread, phone}
  #seen = new Set();

  constructor(strip, desk, pinned) {
    this.strip = strip;
    this.desk = desk;
    this.pinned = pinned;
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
    const tab = button({
      class: "tab", "data-platform": person.platform, "data-testid": `tab-${person.platform}-${person.key}`,
      onclick: () => this.select(address, { focus: true }),
    },
    el("span", { class: "avatar", "aria-hidden": "true" }, initial(person.name)),
    el("span", { class: "tab-words" }, el("strong", {}, person.name), el("span", {}, place(person))),
    badge);
    this.#tabs.set(address, { tab, badge, unread: 0, phone });
    this.strip.append(tab);
    this.desk.append(phone.element);
    phone.element.addEventListener("focusin", () => this.#mark(address));
    this.watch.observe(phone.element);
    if (localStorage.getItem(PINNED) === address) this.pin(phone);
  }

  /** Let `phone` stand beside the row, in the place of the one there; or put it back, if it is that one. */
  pin(phone) {
    const before = this.phones.find(({ element }) => this.pinned.contains(element));
    if (before) this.#move(before, this.desk, this.#after(before));
    if (before !== phone) this.#move(phone, this.pinned, null);
    for (const each of this.phones) each.pin.ariaPressed = String(this.pinned.contains(each.element));
    localStorage.setItem(PINNED, before === phone ? "" : phone.address);
  }

  #after(phone) {
    const phones = this.phones;
    return phones.slice(phones.indexOf(phone) + 1).find(({ element }) => this.desk.contains(element))?.element ?? null;
  }

  // A moved element forgets how far it was scrolled, and the focus.
  #move({ element, log, pin }, to, before) {
    const { scrollTop } = log.list;
    const held = element.contains(document.activeElement);
    to.insertBefore(element, before);
    log.list.scrollTop = scrollTop;
    if (held) pin.focus({ preventScroll: true });
  }

  /** Bring a phone into view; on a narrow screen it becomes the only one. */
  select(address, { focus = false } = {}) {
    const { tab, phone } = this.#tabs.get(address);
    this.#mark(address);
    history.replaceState(null, "", `#${address}`);
    phone.element.scrollIntoView({ inline: "nearest", block: "nearest", behavior: focus ? gently() : "instant" });
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
