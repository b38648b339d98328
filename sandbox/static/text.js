/** The words of a message, made to be touched: codes are copied, links opened, commands sent. */

import { button, el, icon } from "./dom.js";

const TOUCHABLE = /(?<url>https?:\/\/[^\s<>«»]*[^\s<>«».,:;!?()،؛؟])|(?<=^|\s)(?<command>\/[a-z_]{1,32})(?![\w/])/g;

/** The element of a message's `html`, which the server has escaped and rendered. */
export function textElement(html, acts) {
  const text = el("span", { class: "text", "data-testid": "text" });
  text.innerHTML = html; // the page's policy forbids scripts all the same
  for (const words of plainTexts(text)) words.replaceWith(...touchable(words.data, acts));
  for (const code of text.querySelectorAll("code:not(pre code)")) keepDirection(code);
  for (const code of text.querySelectorAll("code:not(pre code), pre")) offerCopy(code);
  for (const hidden of text.querySelectorAll(".spoiler")) hidden.tabIndex = 0; // it shows itself to the focus
  for (const block of text.querySelectorAll("pre, blockquote")) endLine(block);
  for (const link of text.querySelectorAll("a[href]")) openHere(link, acts);
  return text;
}

function plainTexts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("a, code, pre")) texts.push(walker.currentNode);
  }
  return texts;
}

/** «راهنما: /help» becomes a text and a button; the pieces in their order. */
function touchable(words, acts) {
  const pieces = [];
  let read = 0;
  for (const { 0: found, index, groups } of words.matchAll(TOUCHABLE)) {
    pieces.push(words.slice(read, index));
    pieces.push(groups.url
      ? el("a", { href: found, dir: "ltr" }, found)
      : button({ class: "command", dir: "ltr", onclick: () => acts.send(found) }, found));
    read = index + found.length;
  }
  return [...pieces, words.slice(read)];
}

// A block ends its line by itself; the line break after it would draw an empty one.
function endLine({ nextSibling: after }) {
  if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, "");
}

// The wrapper carries the line's direction: a line of digits alone would stand at the wrong side.
function keepDirection(code) {
  const wrapper = el("span", { class: "code" });
  code.replaceWith(wrapper);
  wrapper.append(code);
}

function offerCopy(code) {
  code.dataset.copy = "";
  code.tabIndex = 0;
  code.role = "button";
  code.title = "کپی";
  code.ariaLabel = `کپی ${code.textContent}`;
  code.append(icon("copy"));
}

function openHere(link, acts) {
  link.target = "_blank";
  link.rel = "noopener";
  link.addEventListener("click", (event) => acts.openLink(link.href) && event.preventDefault());
}
