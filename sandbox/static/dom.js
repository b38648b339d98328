/** Small words for building the page: elements, icons and what the two are made of. */

/**
 * Build an element: `el("button", {class: "send", onclick: send}, icon("send"))`.
 * Attributes that are null, undefined or false are left out; so are such children.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function assign(node, name, value) {
  if (value == null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** A button that is never a form's submit by accident. */
export function button(attributes, ...children) {
  return el("button", { type: "button", ...attributes }, ...children);
}

/** A round button with a drawing only; `label` is its name for screen readers and its tooltip. */
export function iconButton(name, label, attributes = {}) {
  return button({ "aria-label": label, title: label, class: "round", ...attributes }, icon(name));
}

/** Replace what is in `place`; focus on one of its buttons goes to the button that takes its place. */
export function refill(place, children) {
  const buttons = () => [...place.querySelectorAll("button")];
  const held = buttons().indexOf(document.activeElement);
  place.replaceChildren(...children);
  if (held >= 0) (buttons()[held] ?? buttons().at(-1))?.focus();
}

/** How to scroll: smoothly, unless the reader wants things to keep still. */
export function gently() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

/** The drawing `name`, 24 × 24 units, in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

const DRAWINGS = {
  alert: "M12 8v5M12 16.5v.1M10.3 4.2 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0Z",
  attach: "m20 11.5-8.1 8.1a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.7-7.6",
  block: "M5.6 5.6l12.8 12.8M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  chat: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm3 5h8m-8 3.5h5",
  clock: "M12 7v5l3.2 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  close: "M6 6l12 12M18 6 6 18",
  contact: "M16 20v-1a4 4 0 0 0-8 0v1M12 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 3h16v18H4Z",
  document: "M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5L13.5 3Zm0 0v5.5H19",
  down: "m6 9.5 6 6 6-6",
  download: "M12 4v11m-4.5-4L12 15.5 16.5 11M5 20h14",
  edit: "m14.5 6.5 3 3M5 19l.8-3.8L16 5a2.1 2.1 0 0 1 3 3L8.8 18.2 5 19Z",
  image: "M5 4h14a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 5 4Zm-1.5 12.5L9 11.5l4 4 2.5-2.2 5 4.2M15.5 9v.1",
  keyboard: "M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6Zm2.5 4h.1m3.6 0h.1m3.6 0h.1m3.5 0h.1M8 14.3h8",
  copy: "M9 8h9.5a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Zm-1 8H5.5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1H15a1 1 0 0 1 1 1v3",
  link: "M8 16 16 8m-6.5 0H16v6.5",
  moon: "M20.5 14.2A8.5 8.5 0 0 1 9.8 3.5a8.5 8.5 0 1 0 10.7 10.7Z",
  pin: "m14.5 4 5.5 5.5-3 .8-3.6 3.6-.6 4.2-6.9-6.9 4.2-.6L13.7 7ZM8.4 15.6 4 20",
  plus: "M12 5v14M5 12h14",
  send: "M20 12 4.5 5l2.7 7-2.7 7L20 12Zm0 0H7.2",
  sun: "M12 3v1.5m0 15V21M4.5 12H3m18 0h-1.5M6.7 6.7 5.6 5.6m12.8 12.8-1.1-1.1m0-10.6 1.1-1.1M5.6 18.4l1.1-1.1M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z",
  ticks: "m2.5 12.5 4 4 8.5-9m-3 7.5 1.7 1.5L22 7.5",
  tools: "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
};
