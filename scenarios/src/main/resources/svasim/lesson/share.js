// Copies the visible part as a Mermaid diagram; shows it as text where copying is not allowed.

import { byId } from "lesson/dom";
import { mermaid } from "lesson/mermaid";

/** Makes the button work. */
export function share(view, timeline) {
  byId("mermaid").addEventListener("click", async () => {
    const { from, to } = timeline.window();
    const text = mermaid(view, from, to);
    try {
      await navigator.clipboard.writeText(text);
      byId("note").textContent = "Mermaid text copied";
    } catch {
      byId("mermaid-text").value = text;
      byId("mermaid-dialog").showModal();
      byId("mermaid-text").select();
    }
  });
  byId("print").addEventListener("click", () => window.print());
}
