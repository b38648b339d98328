/** The page as a whole: the state of the sandbox becomes phones, and live events keep them true. */

import * as api from "./api.js";
import { choose, toast } from "./dialogs.js";
import { icon } from "./dom.js";
import { moment } from "./format.js";
import { deepLink } from "./links.js";
import { listen } from "./live.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { followTheme } from "./theme.js";
import { Tools } from "./tools.js";
import { role } from "./words.js";

const HINT_READ = "mohlat-sandbox-hint-read";
const $ = (id) => document.getElementById(id);

let bots = [];
let ahead = 0; // milliseconds by which the sandbox's clock is ahead of this machine's
const tabs = new Tabs($("tabs"), $("phones"));
const tools = new Tools($("tools"), () => showTools(false));

/** Read the people; phones that are new are added, those there are brought up to date. */
async function readState() {
  const state = await api.state();
  bots = state.bots;
  ahead = Date.parse(state.now) - Date.now();
  tick();
  tools.show(state);
  const fresh = state.people.map(place).filter(Boolean);
  await Promise.all(fresh.map((phone) => phone.load()));
  return fresh;
}

function place(person) {
  const known = tabs.phone(api.address(person));
  if (known) return known.update(person);
  const bot = bots.find(({ platform }) => platform === person.platform);
  const phone = new Phone(person, bot, { openLink, arrived: (which) => tabs.arrived(which) });
  tabs.add(phone);
  return phone;
}

/** After a gap nothing on the page can be trusted: everything is read anew. */
async function readEverything() {
  const before = tabs.phones;
  await readState();
  await Promise.all(before.map((phone) => phone.load()));
  $("offline").hidden = true;
  const wanted = tabs.phone(decodeURIComponent(location.hash.slice(1))) ?? tabs.phones[0];
  if (before.length === 0 && wanted) tabs.select(wanted.address);
}

async function receive(event) {
  if (event.type === "people") return showNewcomers(await readState());
  if (event.type === "clock") return readState();
  if (event.type === "faults") return tools.showFaults();
  return tabs.phone(api.address(event))?.receive(event);
}

function showNewcomers(fresh) {
  if (fresh.length > 0) tabs.select(fresh.at(-1).address, { focus: true });
}

/** Take over links to the sandbox's bots: the reader says on which phone. True when taken. */
function openLink(url) {
  const link = deepLink(url, bots);
  if (link) openOnPhone(link);
  return Boolean(link);
}

async function openOnPhone({ platform, payload }) {
  const phones = tabs.phones.filter(({ person }) => person.platform === platform);
  const choices = phones.map((phone) => ({ label: phone.person.name, detail: role(phone.person), value: phone }));
  const phone = await choose("باز کردن پیوند", "این پیوند در کدام گوشی باز شود؟", choices);
  if (!phone) return;
  tabs.select(phone.address, { focus: true });
  phone.start(payload);
}

function showTools(open) {
  $("tools").hidden = !open;
  $("tools-toggle").setAttribute("aria-expanded", String(open));
  if (open) $("tools").querySelector("button").focus();
  else $("tools-toggle").focus();
}

function tick() {
  const now = Date.now() + ahead;
  document.querySelector(".top-clock").textContent = moment(now);
  tools.tick(now);
}

async function copyCode({ target }) {
  const code = target.closest?.(".text code");
  if (!code) return;
  await copy(code.textContent);
  toast("کپی شد");
}

// Outside localhost and https there is no clipboard object: the old way still works there.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const held = document.createElement("textarea");
  held.value = text;
  document.body.append(held);
  held.select();
  document.execCommand("copy");
  return held.remove();
}

function onKey(event) {
  const onCode = event.target.matches?.(".text code");
  if (onCode && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    copyCode(event);
  }
  const inTools = event.key === "Escape" && $("tools").contains(event.target);
  if (inTools) showTools(false);
}

function closeHint() {
  localStorage.setItem(HINT_READ, "yes");
  $("hint").hidden = true;
}

followTheme($("theme"));
$("tools-toggle").append(icon("tools"), "ابزار آزمایش");
$("tools-toggle").addEventListener("click", () => showTools($("tools").hidden));
$("hint").hidden = localStorage.getItem(HINT_READ) === "yes";
$("hint-close").append(icon("close"));
$("hint-close").addEventListener("click", closeHint);
document.addEventListener("click", copyCode);
document.addEventListener("keydown", onKey);
setInterval(tick, 1000);
listen({ up: readEverything, down: () => ($("offline").hidden = false), event: receive });
