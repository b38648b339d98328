/** Light or dark: the system's choice until the reader makes one, which is remembered. */

import { icon } from "./dom.js";

const KEPT = "mohlat-sandbox-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** Let `toggle` (a button) switch between light and dark. */
export function followTheme(toggle) {
  const show = () => {
    const kept = localStorage.getItem(KEPT);
    const dark = kept ? kept === "dark" : system.matches;
    if (kept) document.documentElement.dataset.theme = kept;
    toggle.setAttribute("aria-pressed", String(dark));
    toggle.replaceChildren(icon(dark ? "sun" : "moon"));
  };
  toggle.addEventListener("click", () => {
    const dark = toggle.getAttribute("aria-pressed") === "true";
    localStorage.setItem(KEPT, dark ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}
