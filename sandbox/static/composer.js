/** Where a person writes: text, a file with its caption, a change to an old message. */

import { attachment } from "./attach.js";
import { suggestions } from "./commands.js";
import { el, icon, iconButton } from "./dom.js";
import { moveByArrows, showReplyKeyboard } from "./keyboards.js";

const TALLEST = 140; // pixels, about six lines

/**
 * The foot of a phone. `acts`: send(text), edit(id, text), upload(files, as, caption), pressKey(key),
 * lastOwn() → Message, commands() → the bot's commands. The first three promise whether it was taken.
 */
export class Composer {
  #editing;
  #oneTime = false;

  constructor(owner, acts) {
    this.acts = acts;
    this.attachment = attachment(() => this.field.focus());
    this.commands = suggestions(acts.commands, (command) => this.#send(command));
    this.field = el("textarea", {
      rows: "1", "aria-label": `پیام ${owner}`, "data-testid": "composer", enterkeyhint: "send",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    this.keys = el("div", {
      class: "reply-keyboard", role: "group", "aria-label": "صفحه‌کلید ربات", hidden: true,
      "data-testid": "reply-keyboard", onkeydown: moveByArrows,
    });
    this.toggle = iconButton("keyboard", "صفحه‌کلید ربات", {
      "aria-expanded": "false", hidden: true, "data-testid": "reply-toggle", onclick: () => this.#open(this.keys.hidden),
    });
    this.change = el("div", { class: "tray", hidden: true }, icon("edit"),
      el("span", { class: "tray-name" }, "ویرایش پیام"),
      iconButton("close", "انصراف از ویرایش", { class: "round small", onclick: () => this.#stopEditing() }));
    this.element = el("div", {
      class: "composer",
      onkeydown: (event) => event.key === "Escape" && this.#giveUp(),
    }, this.keys, this.commands.list, this.change, this.attachment.tray, this.#bar());
    this.setKeyboard(null);
  }

  /** Take files that were dropped on the phone. */
  attach(files) {
    this.attachment.take(files);
  }

  /** Show the bot's reply keyboard (Telegram's ReplyKeyboardMarkup), or none for null. */
  setKeyboard(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    const held = this.keys.contains(document.activeElement);
    this.#oneTime = Boolean(keyboard?.one_time_keyboard);
    showReplyKeyboard(this.keys, rows, (key) => this.#pressKey(key));
    this.field.placeholder = keyboard?.input_field_placeholder || "پیام…";
    this.toggle.hidden = rows.length === 0;
    this.#open(rows.length > 0);
    if (held && rows.length === 0) this.field.focus();
  }

  /** Begin to change `message`, one of this person's own. */
  startEditing(message) {
    this.#editing = message;
    this.change.hidden = false;
    this.#write(message.text);
    this.field.focus();
  }

  #bar() {
    const send = iconButton("send", "فرستادن", {
      class: "round send", "data-testid": "send", onclick: () => this.#submit(),
    });
    return el("div", { class: "composer-bar" }, this.attachment.opener, this.field, this.toggle, send);
  }

  async #submit() {
    const text = this.field.value.trim();
    const { files, as } = this.attachment;
    if (!text && !files.length) return;
    const taken = this.#hand(text, files, as);
    this.#write("");
    const kept = this.attachment.put();
    const editing = this.#stopEditing();
    if (await taken) return;
    // Nothing that was written is lost when the server cannot be reached.
    if (!this.field.value) this.#write(text);
    if (kept) this.attachment.take(kept.files, kept.as);
    if (editing) this.startEditing(editing);
  }

  #hand(text, files, as) {
    if (files.length) return this.acts.upload(files, as, text);
    return this.#editing ? this.acts.edit(this.#editing.id, text) : this.acts.send(text);
  }

  #send(command) {
    this.#write("");
    this.field.focus();
    this.acts.send(command);
  }

  #typed() {
    this.#fit();
    this.commands.offer(this.field.value);
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const last = this.acts.lastOwn();
      if (last) this.startEditing(last);
    }
  }

  #giveUp() {
    if (this.keys.contains(document.activeElement)) this.#open(false);
    const asked = !this.commands.list.hidden || this.#editing || this.attachment.files.length;
    this.commands.hide();
    this.#stopEditing();
    this.attachment.put();
    if (asked) this.field.focus();
  }

  #paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  #pressKey(key) {
    if (this.#oneTime) this.#open(false);
    this.acts.pressKey(key);
  }

  #open(open) {
    if (!open && this.keys.contains(document.activeElement)) this.field.focus();
    this.keys.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  #stopEditing() {
    const editing = this.#editing;
    this.#editing = undefined;
    this.change.hidden = true;
    if (editing) this.#write("");
    return editing;
  }

  #write(text) {
    this.field.value = text;
    this.commands.hide();
    this.#fit();
  }

  #fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }
}
