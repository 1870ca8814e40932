// Light or dark: as the system says, or as the switch says.

import { byId } from "lesson/dom";

/** Makes the switch work; `changed` is called when colours have to be drawn anew. */
export function theme(changed) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    changed();
  });
}
