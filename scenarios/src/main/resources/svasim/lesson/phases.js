// The bar of the phases of a PASID's life; the one of the current step is lit.

import { byId, el } from "lesson/dom";

/** A button for each phase; it goes to where the phase begins next, or else first. */
export class Phases {
  constructor(view) {
    this.view = view;
    this.buttons = view.lesson.phases.map((name, phase) => el("button", { type: "button", onclick: () => this.#go(phase) }, name));
    byId("phases").replaceChildren(...this.buttons.map((button) => el("li", {}, button)));
    this.#survey();
    view.watch((_, what) => {
      if (what.story || what.steps) this.#survey();
      this.show();
    });
  }

  /** Where each phase begins, as places among the visible steps. */
  #survey() {
    this.begins = this.buttons.map(() => []);
    let before = -1;
    this.view.visible.forEach((step, place) => {
      const phase = this.view.story.phase(step);
      if (phase !== before) this.begins[phase]?.push(place);
      before = phase;
    });
  }

  #go(phase) {
    const places = this.begins[phase];
    this.view.toPlace(places.find((place) => place > this.view.place) ?? places[0]);
  }

  show() {
    const { view } = this;
    const current = view.story.phase(view.step);
    this.buttons.forEach((button, phase) => {
      button.disabled = this.begins[phase].length === 0;
      button.classList.toggle("seen", this.begins[phase][0] <= view.place);
      if (phase === current) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }
}
