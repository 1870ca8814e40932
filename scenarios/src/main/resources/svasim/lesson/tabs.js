// The units on which the same story is told, and the what-ifs beside them.

import { byId, el } from "lesson/dom";

/** Tabs; the arrow keys move between them, as is usual for tabs. */
export class Tabs {
  constructor(view) {
    this.view = view;
    const { stories, tabs = [0] } = view.lesson;
    this.buttons = tabs.map((index) => el("button", {
      type: "button", role: "tab", id: `tab-${index}`, "aria-controls": "story", onclick: () => view.set({ storyIndex: index }),
    }, stories[index].label));
    byId("tabs").append(...this.buttons);
    byId("tabs").addEventListener("keydown", (event) => this.#key(event));
    this.#whatIfs();
    view.watch((_, what) => what.story && this.show());
    this.show();
  }

  #key(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.buttons.indexOf(document.activeElement);
    const next = this.buttons[(at + by + this.buttons.length) % this.buttons.length];
    next.focus();
    next.click();
  }

  #whatIfs() {
    const { stories, variants = [] } = this.view.lesson;
    byId("whatifs").hidden = variants.length === 0;
    byId("whatif-list").replaceChildren(...variants.map((index) => el("li", {},
      el("button", { type: "button", "data-story": index, class: "whatif", onclick: () => this.#open(index) },
        el("b", {}, stories[index].label), " ", stories[index].whatIf,
        stories[index].violations?.length ? el("span", { class: "verdict bad" }, ` ✕ breaks ${stories[index].violations.join(", ")}`) : el("span", { class: "verdict good" }, " ✓ nothing breaks")))));
  }

  #open(index) {
    byId("whatifs").open = false;
    this.view.set({ storyIndex: index });
  }

  show() {
    const { view } = this;
    const { data } = view.story;
    const { tabs = [0] } = view.lesson;
    const among = tabs.indexOf(view.storyIndex);
    this.buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === among));
      button.tabIndex = index === among || (among < 0 && index === 0) ? 0 : -1;
    });
    const broken = data.violations?.length > 0;
    byId("outcome").textContent = `${broken ? "✕" : "✓"} ${data.outcome ?? ""}`;
    byId("outcome").className = broken ? "verdict bad" : "verdict good";
    byId("whatif").replaceChildren(...(data.whatIf ? [el("b", {}, "What if: "), data.whatIf] : []),
      ...(data.hypothetical?.length ? [el("b", {}, " Hypothetical: "), data.hypothetical.join("; ")] : []),
      ...(data.window ? [el("b", {}, " Cut: "), data.window.says || `${data.window.shown} of ${data.window.of} steps, from step ${data.window.from + 1}`] : []));
    byId("whatif").hidden = byId("whatif").textContent === "";
    byId("whatif").classList.toggle("bad", broken);
    byId("profile").textContent = data.profile ?? "";
    for (const button of document.querySelectorAll("[data-story]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.story) === view.storyIndex));
    }
  }
}
