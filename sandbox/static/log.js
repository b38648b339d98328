/**
 * The messages of one chat, in order, with days between them. Whoever reads the end is kept there; a last
 * message that is taller than the view is shown from its top, since its question stands above its keys.
 */

import { messageElement } from "./bubble.js";
import { button, el, gently, icon } from "./dom.js";
import { day, digits } from "./format.js";

const NEAR_END = 80; // pixels
const ABOVE = 8; // pixels left free above a tall message
const TYPING_MS = 5500; // messengers show «typing» for about five seconds

/** A scrolling list of messages. `acts` is what messageElement needs; `typed` hears of «typing». */
export class Log {
  #messages = new Map();
  #elements = new Map();
  #atEnd = true; // what comes is followed: the reader is at the end, or within a tall last message
  #low = true; // the reader is at the very end
  #below = 0;
  #room = ""; // the list's size and its content's, when the end was last scrolled to
  #typingEnds;

  constructor(label, acts, typed) {
    this.acts = acts;
    this.typed = typed;
    this.typing = el("div", { class: "typing", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.list = el("div", {
      // What is new is told by announce(): a log of its own would read a whole chat aloud on opening it.
      class: "messages", role: "log", "aria-live": "off", "aria-label": label, tabindex: "0",
      "data-testid": "messages",
    }, emptiness(), this.typing);
    this.count = el("span");
    this.toEnd = button({
      class: "to-end", hidden: true, "aria-label": "رفتن به آخرین پیام", "data-testid": "to-end", onclick: () => this.#followDown(),
    }, this.count, icon("down"));
    this.element = el("div", { class: "log" }, this.list, this.toEnd);
    this.#stayAtEnd();
  }

  get isEmpty() {
    return this.#messages.size === 0;
  }

  /** Replace everything by `messages`. */
  show(messages) {
    for (const id of [...this.#messages.keys()]) this.#drop(id);
    for (const message of messages) this.#place(message);
    this.#decorate();
    this.scrollToEnd();
  }

  /** Add a message, or put its new version in the place of the old one. */
  put(message) {
    const isNew = !this.#messages.has(message.id);
    const follow = this.#atEnd || (isNew && message.from === "me");
    // Where only the keys have changed, as by a tick, the reader goes on at the same place.
    const worded = isNew || this.#messages.get(message.id).html !== message.html;
    this.#place(message);
    this.#decorate();
    if (follow && worded) this.scrollToEnd();
    else if (follow && this.#low) this.#scrollDown();
    else if (isNew) this.#below += 1;
    this.#showWayDown();
  }

  remove(id) {
    if (this.#elements.get(id)?.contains(document.activeElement)) this.list.focus();
    this.#drop(id);
    this.#decorate();
  }

  setTyping(on) {
    clearTimeout(this.#typingEnds);
    this.typing.hidden = !on;
    this.typed(on);
    if (on) this.#typingEnds = setTimeout(() => this.setTyping(false), TYPING_MS);
    if (this.#atEnd) this.#stay();
  }

  /** The last message this person wrote, or undefined. */
  lastOwn() {
    const own = [...this.#messages.values()].filter(({ from, text }) => from === "me" && text);
    return own.sort((a, b) => a.id - b.id).at(-1);
  }

  /** Show the last message: its end, or its top where the whole of it does not fit. */
  scrollToEnd() {
    this.list.scrollTo({ top: this.#restingPlace(), behavior: "instant" });
    this.#room = this.#measure();
  }

  #scrollDown(behavior = "instant") {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior });
    this.#room = this.#measure();
  }

  #restingPlace() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    const messages = this.list.getElementsByClassName("message");
    const last = messages[messages.length - 1];
    const end = scrollHeight - clientHeight;
    if (!last?.classList.contains("theirs") || last.offsetHeight <= clientHeight) return end;
    const top = last.getBoundingClientRect().top - this.list.getBoundingClientRect().top + scrollTop;
    return Math.min(end, top - ABOVE);
  }

  /** In a new room: the end is followed as before. */
  #stay() {
    if (this.#low) this.#scrollDown();
    else this.scrollToEnd();
  }

  /** The way down vanishes at the end; whoever took it by keyboard goes on in the list. */
  #followDown() {
    this.#scrollDown(gently());
    this.list.focus({ preventScroll: true });
  }

  #place(message) {
    const fresh = messageElement(message, this.acts, this.#messages.get(message.reply_to));
    const old = this.#elements.get(message.id);
    this.#messages.set(message.id, message);
    this.#elements.set(message.id, fresh);
    if (old) replaceKeepingFocus(old, fresh, this.list);
    else this.list.insertBefore(fresh, this.#following(message.id));
  }

  #following(id) {
    const later = this.list.getElementsByClassName("message");
    // Nearly always the new message is the last, so this looks from the end.
    let next = this.typing;
    for (let i = later.length - 1; i >= 0 && Number(later[i].dataset.id) > id; i -= 1) next = later[i];
    return next;
  }

  #drop(id) {
    this.#elements.get(id)?.remove();
    this.#messages.delete(id);
    this.#elements.delete(id);
  }

  /** Days above their first message, runs of one writer drawn together, the pencil on the last own one. */
  #decorate() {
    this.list.querySelectorAll(".day").forEach((old) => old.remove());
    const own = this.lastOwn();
    let previous;
    for (const element of this.list.getElementsByClassName("message")) {
      const message = this.#messages.get(Number(element.dataset.id));
      const newDay = !previous || day(previous.date) !== day(message.date);
      if (newDay) element.before(el("p", { class: "day" }, el("span", {}, day(message.date))));
      element.classList.toggle("follows", !newDay && previous.from === message.from);
      element.classList.toggle("last-own", message === own);
      previous = message;
    }
  }

  /** A photo that loads, a keyboard that opens: whoever read the end goes on reading the end. */
  #stayAtEnd() {
    const stay = () => this.#atEnd && this.#stay();
    new ResizeObserver(stay).observe(this.list);
    this.list.addEventListener("load", stay, true);
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  /** Only in an unchanged room is a scroll the reader's own; in a new one the end is followed as before. */
  #scrolled() {
    if (this.#atEnd && this.#room !== this.#measure()) this.#stay();
    else this.#showWayDown();
  }

  #measure() {
    return `${this.list.clientHeight}/${this.list.scrollHeight}`;
  }

  #showWayDown() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.#low = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#atEnd = this.#low || scrollTop > this.#restingPlace() - NEAR_END;
    if (this.#atEnd) this.#below = 0;
    this.toEnd.hidden = this.#low;
    const news = this.#below ? `${digits(this.#below)} پیام تازه` : "";
    this.count.textContent = news;
    this.toEnd.ariaLabel = [news, "رفتن به آخرین پیام"].filter(Boolean).join("؛ ");
  }
}

function emptiness() {
  return el("div", { class: "empty" }, icon("chat"), el("strong", {}, "هنوز پیامی نیست"),
    el("p", {}, "هر چه این‌جا نوشته شود به ربات می‌رسد، و پاسخ آن همین‌جا می‌آید."));
}

/** An edited message keeps the keyboard user's place: the same button, or the first, or the list. */
function replaceKeepingFocus(old, fresh, otherwise) {
  const keys = (element) => [...element.querySelectorAll(".inline-key")];
  const held = keys(old).indexOf(document.activeElement);
  const lost = old.contains(document.activeElement);
  fresh.className = old.className;
  old.replaceWith(fresh);
  if (held >= 0) (keys(fresh)[held] ?? keys(fresh)[0] ?? otherwise).focus();
  else if (lost) otherwise.focus();
}
