// Which steps count: simple or full, which PASIDs, which categories.

import { byId, el } from "lesson/dom";

/** The switch and the check boxes. */
export class Filters {
  constructor(view) {
    this.view = view;
    byId("full").addEventListener("click", () => view.set({ full: !view.full }));
    this.#boxes();
    view.watch((_, what) => {
      if (what.story) this.#boxes();
      if (what.story || what.steps) this.show();
    });
    this.show();
  }

  #boxes() {
    const { view } = this;
    const { story } = view;
    const pasids = (story.data.pasids ?? []).map(({ pasid, process }) => this.#box("hiddenPasids", pasid, `${story.pasidNumber(pasid)} of ${process}`));
    const categories = [...new Set(story.data.steps.map((_, step) => story.category(step)))].sort()
      .map((name) => this.#box("hiddenCategories", name, name.toLowerCase()));
    byId("filter-pasids").replaceChildren(el("legend", {}, "PASIDs"), ...pasids, pasids.length ? "" : "none");
    byId("filter-categories").replaceChildren(el("legend", {}, "Categories"), ...categories);
  }

  #box(set, key, label) {
    const box = el("input", { type: "checkbox", "data-set": set, onchange: () => {
      const hidden = new Set(this.view[set]);
      if (box.checked) hidden.delete(key);
      else hidden.add(key);
      this.view.set({ [set]: hidden });
    } });
    box.key = key;
    box.checked = !this.view[set].has(key);
    return el("label", {}, box, ` ${label}`);
  }

  show() {
    const { view } = this;
    byId("full").setAttribute("aria-pressed", String(view.full));
    byId("filters").querySelectorAll("input").forEach((box) => { box.checked = !view[box.dataset.set].has(box.key); });
    const hidden = view.hiddenPasids.size + view.hiddenCategories.size;
    byId("filter-count").textContent = hidden ? ` (${hidden} off)` : "";
    byId("shown").textContent = view.visible.length < view.story.length ? `(${view.visible.length} shown)` : "";
  }
}
