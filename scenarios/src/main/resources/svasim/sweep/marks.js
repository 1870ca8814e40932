// What tells lines apart: colour, shape of the mark, dashes.

import { svg } from "lesson/dom";

const COLOURS = 8;
const SHAPES = [
  (r) => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`,
  (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  (r) => `M0 ${-r * 1.25}L${r * 1.2} ${r}H${-r * 1.2}Z`,
  (r) => `M0 ${-r * 1.35}L${r * 1.35} 0L0 ${r * 1.35}L${-r * 1.35} 0Z`,
  (r) => `M0 ${r * 1.25}L${r * 1.2} ${-r}H${-r * 1.2}Z`,
];
const DASHES = ["none", "7 4", "2 3", "9 3 2 3"];

/** Colour of the n-th line. */
export function colour(n) {
  return `var(--line-${n % COLOURS})`;
}

/** Dashes of the n-th line: another pattern when the colours begin again. */
export function dash(n) {
  return DASHES[Math.floor(n / COLOURS) % DASHES.length];
}

/** A mark of the n-th line, with words for those who point at it. */
export function mark(n, x, y, words, radius = 5) {
  const shape = svg("path", {
    d: SHAPES[n % SHAPES.length](radius), transform: `translate(${x} ${y})`, style: `fill: ${colour(n)}; stroke: var(--paper)`,
  });
  if (words) shape.append(svg("title", {}, words));
  return shape;
}

/** A short piece of the n-th line for the legend. */
export function sample(n) {
  return svg("svg", { viewBox: "0 0 42 16", "aria-hidden": "true" },
    svg("path", { d: "M1 8H41", class: "curve", style: `stroke: ${colour(n)}; stroke-dasharray: ${dash(n)}` }),
    mark(n, 21, 8, null));
}
