// The state machine of a PASID, with the states lit that the PASIDs are in.

import { byId, svg } from "lesson/dom";

const BOX = { width: 96, height: 30, gap: 26 };
const MIDDLE = 62;

/** States in a row in their usual order; other moves are arcs above (forward) and below (back). */
export class Machine {
  constructor(view) {
    this.view = view;
    view.watch(() => this.show());
  }

  show() {
    const { story, state, step } = this.view;
    const { states = [], moves = [], pasids = [] } = story.data;
    byId("machine").hidden = states.length === 0;
    if (states.length === 0) return;
    const of = new Map();
    for (const [pasid, name] of state.life.values) of.set(name, [...(of.get(name) ?? []), story.pasidName(pasid)]);
    const changed = state.life.changedAt(step);
    const focus = this.#focus(changed);
    const lit = state.life.values.get(focus);
    const moved = changed.get(focus);
    const width = states.length * (BOX.width + BOX.gap);
    const picture = svg("svg", { viewBox: `0 0 ${width} ${MIDDLE * 2}`, role: "img", "aria-label": this.#label(focus, lit, pasids) }, arrowHead(),
      ...moves.map(([from, to]) => this.#move(states.indexOf(from), states.indexOf(to), moved && moved.before === from && moved.after === to)),
      ...states.map((name, index) => this.#box(name, index, name === lit, of.get(name) ?? [])));
    byId("machine-picture").replaceChildren(picture);
    const owner = pasids.filter((one) => one.pasid === focus).map((one) => one.process).join(", then ");
    byId("machine-of").textContent = focus === undefined ? "no PASID yet" : `PASID ${owner ? `${story.pasidNumber(focus)} of ${owner}` : story.pasidName(focus)}: ${lit ?? "free"}`;
  }

  /** The PASID of this step, or the one that changed last. */
  #focus(changed) {
    const { story, state, step } = this.view;
    if (changed.size > 0) return [...changed.keys()][0];
    const own = story.pasid(step);
    if (state.life.values.has(own)) return own;
    const last = state.life.changes[state.life.done - 1];
    return last?.key;
  }

  #label(focus, lit, pasids) {
    return focus === undefined ? "States of a PASID" : `States of a PASID; PASID ${this.view.story.pasidName(focus)} is ${lit ?? "free"}; ${pasids.length} in all`;
  }

  #x(index) {
    return index * (BOX.width + BOX.gap) + BOX.gap / 2;
  }

  #box(name, index, lit, pasids) {
    const x = this.#x(index);
    return svg("g", { class: lit ? "state lit" : pasids.length ? "state here" : "state" },
      svg("rect", { x, y: MIDDLE - BOX.height / 2, width: BOX.width, height: BOX.height, rx: 9 }),
      svg("text", { x: x + BOX.width / 2, y: MIDDLE }, name),
      pasids.length ? svg("text", { x: x + BOX.width / 2, y: MIDDLE + BOX.height / 2 + 13, class: "who" }, "● " + pasids.slice(0, 4).join(" ") + (pasids.length > 4 ? " …" : "")) : null);
  }

  #move(from, to, now) {
    if (from < 0 || to < 0) return null;
    const kind = now ? "move now" : "move";
    const half = BOX.height / 2;
    if (to === from + 1) {
      return svg("path", { class: kind, d: `M${this.#x(from) + BOX.width},${MIDDLE}H${this.#x(to) - 3}`, "marker-end": "url(#head)" });
    }
    const up = to > from;
    const x1 = this.#x(from) + BOX.width * (up ? 0.7 : 0.3);
    const x2 = this.#x(to) + BOX.width * (up ? 0.3 : 0.7);
    const y = up ? MIDDLE - half : MIDDLE + half;
    const reach = Math.min(56, 14 + Math.abs(to - from) * 9);
    const bow = up ? y - reach : y + reach;
    return svg("path", { class: kind, d: `M${x1},${y}C${x1},${bow} ${x2},${bow} ${x2},${y + (up ? -3 : 3)}`, "marker-end": "url(#head)" });
  }
}

function arrowHead() {
  return svg("defs", {}, svg("marker", { id: "head", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" },
    svg("path", { d: "M0,0L8,4L0,8z", class: "head" })));
}
