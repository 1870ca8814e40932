// The same numbers as a table.

import { el } from "lesson/dom";
import { written } from "sweep/scale";
import { short, unit } from "sweep/data";

const TAIL = [50, 90, 99, 99.9, 100];

/** What the pictures show of each group. */
export function table(data, statistic, latency) {
  const keys = data.axes.map((axis) => axis.key);
  const tails = latency ? TAIL : [];
  const head = [...keys.map((key) => [short(data, key), "word", key]), ["seeds", ""], ["mean", ""], ["± 95 %", ""], ...tails.map((p) => [p === 100 ? "max" : `p${p}`, ""])];
  return el("table", {},
    el("caption", {}, `${statistic}; ± is half of the interval that holds the true mean with 95 % (Student's t).`
      + (latency ? ` Percentiles: ${latency}, all seeds together.` : "")),
    el("thead", {}, el("tr", {}, head.map(([name, style, title]) => el("th", { scope: "col", class: style, title }, name)))),
    el("tbody", {}, data.groups.map((group) => row(group, keys, statistic, latency, tails))));
}

function row(group, keys, statistic, latency, tails) {
  const [mean, half] = group.values[statistic] ?? [];
  const shown = (value) => (value === undefined || value === null ? "–" : written(value, unit(statistic)));
  const curve = latency ? group.latencies[latency]?.percentiles ?? [] : [];
  const at = (p) => curve.find(([percentile]) => percentile === p)?.[1];
  return el("tr", {},
    keys.map((key) => el("th", { scope: "row", class: "word" }, group.at[key] || "–")),
    el("td", {}, String(group.n)), el("td", {}, shown(mean)), el("td", {}, shown(half)),
    tails.map((p) => el("td", {}, at(p) === undefined ? "–" : written(at(p), "ps"))));
}
