// The sentence of the step, when and where it happened, and the way to its cause.

import { byId, el } from "lesson/dom";
import { micros } from "lesson/format";
import { markIcon } from "lesson/marks";

/** The middle of the page; a live region, so that a screen reader reads each step. */
export class Sentence {
  constructor(view) {
    this.view = view;
    byId("why").addEventListener("click", () => this.goToCause());
    view.watch(() => this.show());
  }

  goToCause() {
    const cause = this.view.visibleCause(this.view.step);
    if (cause >= 0) this.view.set({ step: cause });
  }

  show() {
    const { view } = this;
    const { story, step } = view;
    document.body.dataset.step = step;
    document.body.dataset.nodes = document.getElementsByTagName("*").length;
    const bad = story.isViolation(step);
    byId("step").classList.toggle("bad", bad);
    byId("where").replaceChildren(markIcon(story.group(step)), el("span", {}, `${story.laneName(step)} · ${micros(story.time(step))}`),
      ...this.#badges());
    byId("sentence").textContent = (bad ? "Violation: " : "") + story.sentence(step, view.full);
    const cause = view.visibleCause(step);
    byId("why").hidden = cause < 0;
    byId("because").textContent = this.#because();
    if (cause >= 0) byId("why").replaceChildren("why now? ", el("span", { class: "to" }, `step ${cause + 1}`));
    const effects = story.effectsOf(step).filter((effect) => view.visible[view.placeOf(effect)] === effect);
    byId("effects").replaceChildren(...effects.slice(0, 4).map((effect, index) => el("button", {
      type: "button", class: "link", title: story.sentence(effect, view.full), onclick: () => view.set({ step: effect }),
    }, `${index === 0 ? "leads to " : ""}step ${effect + 1}`)), effects.length > 4 ? ` and ${effects.length - 4} more` : "");
  }

  /** The reason in words; without one, what the cause was. */
  #because() {
    const { story, step, full } = this.view;
    const why = story.why(step);
    if (why) return `because ${why}`;
    return story.cause(step) >= 0 ? story.sentence(story.cause(step), full) : "";
  }

  /** The shortest span that the step is in: which procedure, translation or job. */
  #inside() {
    const { story, step } = this.view;
    let shortest = null;
    for (const span of story.data.spans ?? []) {
      const [lane, from, to, , first, last] = span;
      if (lane === story.lane(step) && first <= step && step <= last && (!shortest || to - from < shortest[2] - shortest[1])) shortest = span;
    }
    return shortest ? story.data.strings[shortest[3]] : "";
  }

  #badges() {
    const { story, step } = this.view;
    const pasid = story.pasid(step);
    const inside = this.#inside();
    return [inside ? el("span", {}, `in ${inside}`) : null, pasid >= 0 ? el("span", { class: "badge" }, `PASID ${story.pasidName(pasid)}`) : null, el("span", { class: "badge quiet" }, story.kind(step).toLowerCase().replaceAll("_", " "))]
      .filter((badge) => badge !== null);
  }
}
