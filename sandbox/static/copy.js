/** Codes in messages are copied by a tap, or by Enter and space. */

import { toast } from "./dialogs.js";

const CODE = ".text [data-copy]";

/** Listen to the whole page. */
export function copyCodes() {
  document.addEventListener("click", ({ target }) => copyCode(target.closest?.(CODE)));
  document.addEventListener("keydown", (event) => {
    const pressed = event.target.matches?.(CODE) && (event.key === "Enter" || event.key === " ");
    if (!pressed) return;
    event.preventDefault();
    copyCode(event.target);
  });
}

async function copyCode(code) {
  // A stretch of text that is being selected is no tap.
  if (!code || getSelection().toString()) return;
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
