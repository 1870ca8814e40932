// Draws lines with error bars between two axes.

import { svg } from "lesson/dom";
import { colour, dash, mark } from "sweep/marks";

const CAP = 5;

/** Where a chart as wide as its place draws its values, in pixels: what is written stays legible. */
export function area(place) {
  const width = Math.min(720, Math.max(320, Math.round(place.clientWidth)));
  const height = Math.round(130 + width * 0.42);
  return { width, height, left: 86, right: width - 18, top: 14, bottom: height - 62 };
}

/**
 * `place` is an area; `lines` are {n, points: [{x, y, low, high, words}]} in pixels; `x` and `y` are axes with ticks and
 * a name each; `words` say for people who do not see it what it shows.
 */
export function chart(place, lines, x, y, words) {
  return svg("svg", { viewBox: `0 0 ${place.width} ${place.height}`, role: "img", "aria-label": words },
    axes(place, x, y), lines.map(whiskers), lines.map(curve));
}

function axes({ left, right, top, bottom, height }, x, y) {
  const middle = (left + right) / 2;
  const turned = x.ticks.some((tick) => tick.label.length > 9) && x.ticks.length > 6;
  return svg("g", {},
    y.ticks.map((tick) => [
      svg("path", { class: "grid", d: `M${left} ${tick.at}H${right}` }),
      svg("text", { class: "tick", x: left - 8, y: tick.at + 4, "text-anchor": "end" }, tick.label),
    ]).flat(),
    x.ticks.map((tick) => [
      svg("path", { class: "axis", d: `M${tick.at} ${bottom}v5` }),
      svg("text", {
        class: "tick", x: tick.at, y: bottom + 19, "text-anchor": turned ? "end" : "middle",
        ...(turned ? { transform: `rotate(-20 ${tick.at} ${bottom + 19})` } : {}),
      }, tick.label),
    ]).flat(),
    svg("path", { class: "axis", fill: "none", d: `M${left} ${top}V${bottom}H${right}` }),
    svg("text", { x: middle, y: height - 10, "text-anchor": "middle" }, x.name),
    svg("text", { transform: `translate(15 ${(top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, y.name));
}

function curve(line) {
  const path = line.points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
  return svg("g", {},
    svg("path", { class: "curve", d: path, style: `stroke: ${colour(line.n)}; stroke-dasharray: ${dash(line.n)}` }),
    line.points.map((p) => mark(line.n, p.x, p.y, p.words)));
}

function whiskers(line) {
  const bars = line.points.filter((p) => p.low !== undefined);
  return svg("path", {
    class: "whisker", style: `stroke: ${colour(line.n)}`,
    d: bars.map((p) => `M${p.x - CAP} ${p.low}h${2 * CAP}M${p.x} ${p.low}V${p.high}M${p.x - CAP} ${p.high}h${2 * CAP}`).join(""),
  });
}
