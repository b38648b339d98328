/** One person's phone: the chat with the bot of its platform. */

import * as api from "./api.js";
import { commandsFor } from "./commands.js";
import { Composer } from "./composer.js";
import { announce, spoken } from "./announce.js";
import { alertDialog, lightbox, toast } from "./dialogs.js";
import { button, el, iconButton } from "./dom.js";
import { Log } from "./log.js";
import { initial, PLATFORMS, refusal, role } from "./words.js";

/**
 * A phone on the page. `bot` is {username, name} of its platform; `openLink(url)` may take a link of
 * the bot over (then it gives true); `arrived(phone)` is called for every new message of the bot, `pin(phone)`
 * when the reader wants this phone beside any other, or no longer.
 */
export class Phone {
  #loading = new Set(); // for each reading of the whole chat under way, the events that came meanwhile
  #loaded = false;

  constructor(person, bot, { openLink, arrived, pin }) {
    this.bot = bot;
    this.arrived = arrived;
    this.pin = iconButton("pin", `سنجاق کردن گوشی ${person.name}`, {
      class: "round small pin", "aria-pressed": "false", "data-testid": "pin", onclick: () => pin(this),
    });
    this.toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.status = el("span", { class: "chat-status" }, "ربات");
    this.log = new Log(`گفت‌وگوی ${person.name}`, {
      openLink,
      openPhoto: lightbox,
      send: (text) => this.#try(api.send(this.person, text)),
      edit: (message) => this.composer.startEditing(message),
      press: (key, id, data) => this.#press(key, id, data),
    }, (typing) => this.#showTyping(typing));
    this.composer = new Composer(person.name, {
      send: (text) => this.#try(api.send(this.person, text)),
      edit: (id, text) => this.#try(api.edit(this.person, id, text)),
      upload: (files, as, caption) => this.#try(api.upload(this.person, files, as, caption)),
      pressKey: ({ text, contact }) => this.#try(contact ? api.contact(this.person) : api.send(this.person, text)),
      lastOwn: () => this.log.lastOwn(),
      commands: () => commandsFor(this.person),
    });
    this.gate = el("div", { class: "gate" });
    this.element = this.#frame(person);
    this.update(person);
  }

  get address() {
    return api.address(this.person);
  }

  /** Take over what the state says about this person. */
  update(person) {
    this.person = person;
    this.showGate();
  }

  /** Read the whole chat; events that come meanwhile are applied after it. */
  async load() {
    const missed = [];
    this.#loading.add(missed);
    const chat = await api.chat(this.person).finally(() => this.#loading.delete(missed));
    this.log.show(chat.messages);
    this.composer.setKeyboard(chat.keyboard);
    this.log.setTyping(chat.typing);
    missed.forEach((event) => this.receive(event));
    this.#loaded = true;
    this.showGate();
  }

  /** Apply one live event of this chat. */
  receive(event) {
    for (const missed of this.#loading) missed.push(event);
    if (this.#loading.size === 0) EVENTS[event.type]?.(this, event);
  }

  start(payload) {
    return this.#try(api.start(this.person, payload));
  }

  show(message) {
    this.log.put(message);
    if (message.from !== "bot") return;
    this.log.setTyping(false);
    announce(spoken(message, this.person.name));
    this.arrived(this);
  }

  change(message) {
    this.log.put(message);
    if (message.from === "bot") announce(spoken(message, this.person.name, true));
  }

  remove(message) {
    this.log.remove(message.id);
    toast("یک پیام پاک شد", this.toasts);
  }

  focus() {
    (this.gate.hidden ? this.composer.field : this.gate.querySelector("button")).focus({ preventScroll: true });
  }

  #frame(person) {
    const { platform, key, name } = person;
    const chip = () => el("span", { class: "platform", "data-platform": platform }, PLATFORMS[platform]);
    return el("section", {
      class: "phone", "data-platform": platform, "data-testid": `phone-${platform}-${key}`,
      "aria-label": `گوشی ${name}`,
    },
    el("div", { class: "holder" }, el("h2", {}, name), el("p", {}, role(person)), chip(), this.pin),
    el("div", { class: "screen", ...this.#dropTarget() },
      el("div", { class: "chat-head" },
        el("span", { class: "avatar", "aria-hidden": "true" }, initial(this.bot.name)),
        el("div", {}, el("strong", { dir: "auto" }, this.bot.name), this.status), chip()),
      this.log.element, this.toasts, this.gate, this.composer.element));
  }

  #dropTarget() {
    const hold = (on) => (event) => {
      event.preventDefault();
      event.currentTarget.classList.toggle("dropping", on);
      return event;
    };
    return {
      ondragover: hold(true),
      ondragleave: hold(false),
      ondrop: (event) => {
        const files = [...hold(false)(event).dataTransfer.files];
        if (files.length && this.gate.hidden) this.composer.attach(files);
      },
    };
  }

  /** A chat that cannot be written to shows one button in the composer's place. */
  showGate() {
    const closed = this.person.blocked ? "unblock" : this.#loaded && this.log.isEmpty ? "start" : null;
    const held = this.gate.contains(document.activeElement);
    this.gate.hidden = !closed;
    this.composer.element.hidden = Boolean(closed);
    if (closed) this.gate.replaceChildren(...this.#gateContent(closed));
    if (held) this.focus();
  }

  #gateContent(closed) {
    if (closed === "start") {
      return [button({ class: "pill primary", "data-testid": "start", onclick: () => this.start() }, "شروع")];
    }
    return [
      el("p", {}, "این شخص ربات را مسدود کرده است."),
      button({ class: "pill primary", onclick: () => this.#try(api.block(this.person, false)) }, "رفع مسدودی"),
    ];
  }

  #showTyping(typing) {
    this.status.textContent = typing ? "در حال نوشتن…" : "ربات";
  }

  async #press(key, id, data) {
    if (key.ariaBusy === "true") return;
    key.ariaBusy = "true";
    const reply = await this.#try(api.press(this.person, id, data));
    key.ariaBusy = null;
    if (reply) this.#showAnswer(reply.answer);
  }

  #showAnswer(answer) {
    if (!answer) toast("ربات هنوز به این دکمه پاسخ نداده است.", this.toasts);
    else if (answer.show_alert) alertDialog(this.bot.name, answer.text);
    else if (answer.text) toast(answer.text, this.toasts);
  }

  /** The reply of a call, or false after telling the reader that it failed. */
  async #try(call) {
    try {
      return (await call) ?? true;
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      toast(refusal(error), this.toasts);
      return false;
    }
  }
}

const EVENTS = {
  message: (phone, { message }) => {
    phone.show(message);
    phone.showGate();
  },
  edit: (phone, { message }) => phone.change(message),
  delete: (phone, { message }) => phone.remove(message),
  keyboard: (phone, { keyboard }) => phone.composer.setKeyboard(keyboard),
  typing: (phone, { typing }) => phone.log.setTyping(typing !== false),
};
