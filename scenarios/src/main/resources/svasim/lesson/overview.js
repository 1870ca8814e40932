// The slider over all visible steps, and behind it a strip that shows phases, faults and violations.

import { byId } from "lesson/dom";
import { time } from "lesson/format";

/** Slider and strip. */
export class Overview {
  constructor(view) {
    this.view = view;
    this.slider = byId("slider");
    this.strip = byId("strip");
    this.slider.addEventListener("input", () => view.toPlace(Number(this.slider.value)));
    view.watch((_, what) => {
      if (what.story || what.steps) this.paint();
      this.show();
    });
    new ResizeObserver(() => this.paint()).observe(this.strip);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  show() {
    const { view } = this;
    this.slider.max = Math.max(0, view.visible.length - 1);
    this.slider.value = view.place;
    this.slider.setAttribute("aria-valuetext", `step ${view.step + 1} of ${view.story.length}, ${time(view.story.time(view.step))}`);
    byId("of").textContent = `of ${view.story.length}`;
    byId("number").value = view.step + 1;
    byId("number").max = view.story.length;
  }

  paint() {
    const { view, strip } = this;
    const { story } = view;
    const width = (strip.width = strip.clientWidth);
    const height = (strip.height = strip.clientHeight);
    const pen = strip.getContext("2d");
    const style = getComputedStyle(strip);
    const colour = (name) => style.getPropertyValue(name).trim();
    const each = width / Math.max(1, view.visible.length);
    view.visible.forEach((step, place) => {
      pen.fillStyle = colour(story.phase(step) % 2 ? "--band" : "--band-odd");
      pen.fillRect(place * each, 0, each + 1, height);
    });
    view.visible.forEach((step, place) => {
      if (!story.isFault(step)) return;
      pen.fillStyle = colour(story.isViolation(step) ? "--bad" : "--fault");
      pen.fillRect(place * each, story.isViolation(step) ? 0 : height / 2, Math.max(2, each), height);
    });
  }
}
