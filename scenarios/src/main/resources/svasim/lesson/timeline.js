// The lanes, with a column for each visible step: marks, spans, causes. Only the columns that
// can be seen are in the document.

import { byId, svg } from "lesson/dom";
import { micros } from "lesson/format";
import { layout } from "lesson/lanes";
import { mark } from "lesson/marks";

const AXIS = 22;
const CAUSES_BACK = 6;
const LABEL = 15;

function shortened(text, most) {
  return text.length > most ? text.slice(0, most - 1) + "…" : text;
}

/** Draws the part of the timeline around the current step. */
export class Timeline {
  constructor(view) {
    this.view = view;
    this.box = byId("timeline");
    this.layout = layout(view);
    view.watch((_, what) => {
      if (what.story || what.steps) this.layout = layout(view);
      this.draw();
    });
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /** The places among the visible steps that are drawn: from, up to and without to. */
  window() {
    const columns = Math.max(4, Math.floor((this.box.clientWidth - this.labels - 8) / this.column));
    const last = Math.max(0, this.view.visible.length - columns);
    const from = Math.max(0, Math.min(last, this.view.place - Math.floor(columns * 0.6)));
    return { from, to: Math.min(this.view.visible.length, from + columns) };
  }

  #measure() {
    const unit = parseFloat(getComputedStyle(this.box).fontSize);
    this.unit = unit;
    this.labels = Math.round(unit * 9);
    this.column = Math.round(unit * 1.7);
    const room = this.box.clientHeight - AXIS - 4;
    this.row = Math.max(unit * 1.3, Math.min(unit * 3, room / Math.max(1, this.layout.rows.length)));
  }

  #x(place) {
    return this.labels + (place - this.from + 0.5) * this.column;
  }

  /** The height of a lane's marks: a little low where there is room for the names of spans. */
  #y(lane) {
    const low = this.row >= this.unit * 2 ? this.unit * 0.25 : 0;
    return AXIS + ((this.layout.rowOf.get(lane) ?? 0) + 0.5) * this.row + low;
  }

  #isVisible(step) {
    return this.view.visible[this.view.placeOf(step)] === step;
  }

  draw() {
    if (this.box.clientWidth === 0) return;
    this.#measure();
    const { from, to } = this.window();
    this.from = from;
    this.to = to;
    const width = Math.max(this.box.clientWidth - 2, this.#x(to));
    const height = AXIS + this.layout.rows.length * this.row;
    const picture = svg("svg", { width, height, role: "img", "aria-label": this.#label() });
    picture.append(...this.#rows(width), ...this.#spans(), ...this.#arrows(), ...this.#marks(), this.#cursor(height));
    const axis = svg("svg", { width, height: AXIS, class: "axis", "aria-hidden": "true" }, ...this.#axis());
    this.box.replaceChildren(axis, picture);
    this.#follow();
  }

  #label() {
    const { view } = this;
    return `Timeline of ${this.layout.rows.length} lanes, step ${view.step + 1} in lane ${view.story.laneName(view.step)}`;
  }

  #rows(width) {
    const current = this.layout.rowOf.get(this.view.story.lane(this.view.step));
    return this.layout.rows.map(({ name, group, lanes }, row) => {
      const top = AXIS + row * this.row;
      const label = svg("text", { x: 26, y: top + this.row / 2, class: "lane-name" }, shortened(name, LABEL));
      label.append(svg("title", {}, lanes.map((lane) => this.view.story.data.lanes[lane].name).join(", ")));
      return svg("g", { class: row === current ? "lane current" : "lane" },
        svg("rect", { x: 0, y: top, width, height: this.row, class: row % 2 ? "stripe odd" : "stripe" }),
        mark(group, 13, top + this.row / 2, 5), label);
    });
  }

  #axis() {
    const nodes = [];
    const every = Math.max(1, Math.ceil((this.unit * 7) / this.column));
    for (let place = this.from; place < this.to; place++) {
      if (place % every === 0) {
        nodes.push(svg("text", { x: this.#x(place), y: 14, class: "tick" }, micros(this.view.story.time(this.view.visible[place]))));
        nodes.push(svg("line", { x1: this.#x(place), x2: this.#x(place), y1: 17, y2: AXIS, class: "tick-line" }));
      }
    }
    return nodes;
  }

  #spans() {
    const { story } = this.view;
    const labelled = new Map();
    return this.layout.spans.filter((span) => span.to >= this.from && span.from < this.to).flatMap((span) => {
      const x = Math.max(this.labels, this.#x(span.from) - this.column / 2 + 2);
      const end = Math.min(this.#x(this.to) - this.column / 2, this.#x(span.to) + this.column / 2 - 2);
      const top = AXIS + span.row * this.row + 2 + span.depth * 3;
      const name = story.data.strings[span.name] ?? "";
      const now = span.first <= this.view.step && this.view.step <= span.last;
      const bar = svg("rect", {
        x, y: top, width: Math.max(4, end - x), height: Math.max(4, this.row - 4 - span.depth * 6), rx: 5,
        class: `span g-${story.data.lanes[span.lane].group}${now ? " now" : ""}`,
      }, svg("title", {}, name));
      const letters = Math.floor((end - x - 8) / (this.unit * 0.38));
      if (this.row < this.unit * 2 || letters < 5 || x < (labelled.get(span.row) ?? 0)) return [bar];
      labelled.set(span.row, x + Math.min(letters, name.length) * this.unit * 0.38 + 8);
      return [bar, svg("text", { x: x + 4, y: AXIS + span.row * this.row + this.unit * 0.5, class: "span-name" }, shortened(name, letters))];
    });
  }

  #arrow(cause, step, kind) {
    const x2 = this.#x(this.view.placeOf(step) + (this.#isVisible(step) ? 0 : 0.5));
    const y2 = this.#y(this.view.story.lane(step));
    const x1 = Math.max(this.labels, this.#x(this.view.placeOf(cause)));
    const y1 = this.#y(this.view.story.lane(cause));
    const bend = Math.max(6, (x2 - x1) / 2);
    return svg("path", { d: `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`, class: `cause ${kind}` });
  }

  #arrows() {
    const { view } = this;
    const nodes = [];
    for (let place = this.from; place < this.to; place++) {
      const step = view.visible[place];
      const cause = view.visibleCause(step);
      if (cause >= 0 && view.placeOf(cause) >= this.from && view.story.lane(cause) !== view.story.lane(step)) nodes.push(this.#arrow(cause, step, "faint"));
    }
    for (const effect of view.story.effectsOf(view.step)) {
      const place = view.placeOf(effect);
      if (view.visible[place] === effect && place < this.to) nodes.push(this.#arrow(view.step, effect, "effect"));
    }
    let step = view.step;
    for (let i = 0; i < CAUSES_BACK && step >= 0; i++) {
      const cause = view.visibleCause(step);
      if (cause >= 0 && view.placeOf(step) >= this.from) nodes.push(this.#arrow(cause, step, i === 0 ? "why" : "why further"));
      step = cause;
    }
    return nodes;
  }

  #marks() {
    const nodes = [];
    for (let place = this.from; place < this.to; place++) nodes.push(this.#mark(this.view.visible[place], place, ""));
    // A step that was jumped to though it is filtered out stands behind the last one that is not.
    if (!this.#isVisible(this.view.step)) nodes.push(this.#mark(this.view.step, this.view.place + 0.5, " hidden"));
    return nodes;
  }

  #mark(step, place, kind) {
    const { view } = this;
    const x = this.#x(place);
    const y = this.#y(view.story.lane(step));
    const current = step === view.step;
    const bad = view.story.isViolation(step) ? "bad" : view.story.isFault(step) ? "fault" : "";
    return svg("g", { class: `step${current ? " current" : ""}${kind}`, "data-step": step, onclick: () => view.set({ step }) },
      svg("rect", { x: x - this.column / 2, y: y - this.row / 2, width: this.column, height: this.row, class: "target" }),
      mark(view.story.group(step), x, y, this.unit * (current ? 0.5 : 0.32), { class: bad }),
      bad ? svg("text", { x: x + this.unit * 0.5, y: y - this.unit * 0.45, class: "sign" }, "!") : null,
      svg("title", {}, `${step + 1}. ${view.story.sentence(step, view.full)}`));
  }

  #cursor(height) {
    const x = this.#x(this.view.place + (this.#isVisible(this.view.step) ? 0 : 0.5));
    return svg("line", { x1: x, x2: x, y1: AXIS - 2, y2: height, class: "cursor" });
  }

  /** Keeps the current lane in sight when there are more lanes than room. */
  #follow() {
    const y = this.#y(this.view.story.lane(this.view.step));
    if (y < this.box.scrollTop + AXIS + this.row) this.box.scrollTop = Math.max(0, y - AXIS - this.row);
    else if (y > this.box.scrollTop + this.box.clientHeight - this.row) this.box.scrollTop = y - this.box.clientHeight + this.row;
  }
}
