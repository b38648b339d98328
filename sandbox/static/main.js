/** The page as a whole: the state of the sandbox becomes phones, and live events keep them true. */

import * as api from "./api.js";
import { copyCodes } from "./copy.js";
import { choose } from "./dialogs.js";
import { icon } from "./dom.js";
import { moment } from "./format.js";
import { deepLink } from "./links.js";
import { listen } from "./live.js";
import { Look } from "./look.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { followTheme } from "./theme.js";
import { Tools } from "./tools.js";
import { place as placeOf } from "./words.js";

const HINT_READ = "mohlat-sandbox-hint-read";
const $ = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 700px)");

let bots = [];
let fast = 0; // milliseconds by which the sandbox's clock is ahead of this machine's
const tabs = new Tabs($("tabs"), $("row"), $("pinned"));
const tools = new Tools($("tools"), $("strip"), () => showTools(false));
const look = new Look($("look"), () => tabs.phones.forEach(dress));

/** Read the people; phones that are new are added, those there are brought up to date. */
async function readState() {
  const state = await api.state();
  bots = state.bots;
  showTime(state);
  tools.show(state.people);
  tools.showFaults(state.faults);
  const fresh = state.people.map(place).filter(Boolean);
  await Promise.all(fresh.map((phone) => phone.load()));
  return fresh;
}

function place(person) {
  const known = tabs.phone(api.address(person));
  if (known) return known.update(person);
  const bot = bots.find(({ platform }) => platform === person.platform);
  const phone = new Phone(person, bot, {
    openLink, arrived: (which) => tabs.arrived(which), pin: (which) => tabs.pin(which),
  });
  dress(phone);
  tabs.add(phone);
  return phone;
}

function dress(phone) {
  phone.element.dataset.look = look.of(phone.person.platform);
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
  if (event.type === "clock") return showTime(event);
  if (event.type === "faults") return tools.showFaults(event.faults);
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
  const choices = phones.map((phone) => ({ label: phone.person.name, detail: placeOf(phone.person), value: phone }));
  const phone = await choose("باز کردن پیوند", "این پیوند در کدام گوشی باز شود؟", choices);
  if (!phone) return;
  tabs.select(phone.address, { focus: true });
  phone.start(payload);
}

/** On a narrow screen the tools lie over everything else, which then is out of reach. */
function showTools(open) {
  $("tools").hidden = !open;
  $("tools-toggle").setAttribute("aria-expanded", String(open));
  coverPage();
  if (open) $("tools").querySelector("button").focus();
  else $("tools-toggle").focus();
}

function coverPage() {
  const covered = narrow.matches && !$("tools").hidden;
  for (const part of ["top", "hint", "strip", "tabs", "phones"]) $(part).inert = covered;
}

function showTime({ now, ahead }) {
  fast = Date.parse(now) - Date.now();
  tools.showClock(ahead);
  tick();
}

function tick() {
  const now = Date.now() + fast;
  $("clock").textContent = moment(now);
  tools.tick(now);
}

function onKey({ key, target }) {
  const inTools = $("tools").contains(target) || $("phones").inert;
  if (key === "Escape" && inTools) showTools(false);
}

function closeHint() {
  localStorage.setItem(HINT_READ, "yes");
  $("hint").hidden = true;
  $("phones").focus();
}

followTheme($("theme"));
copyCodes();
$("tools-toggle").prepend(icon("tools"));
$("tools-toggle").addEventListener("click", () => showTools($("tools").hidden));
$("hint").hidden = localStorage.getItem(HINT_READ) === "yes";
$("hint-close").append(icon("close"));
$("hint-close").addEventListener("click", closeHint);
narrow.addEventListener("change", coverPage);
document.addEventListener("keydown", onKey);
setInterval(tick, 1000);
listen({ up: readEverything, down: () => ($("offline").hidden = false), event: receive });
