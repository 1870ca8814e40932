// The page of a sweep: choices above, two pictures, their legend and their numbers.

import { byId, el } from "lesson/dom";
import { theme } from "lesson/theme";
import { area, chart } from "sweep/chart";
import { sample } from "sweep/marks";
import { along, first, lines, mainAxis, short, unit } from "sweep/data";
import { extent, numbers, steps, written } from "sweep/scale";
import { table } from "sweep/table";

const MOST_CURVES = 8;

export function start() {
  const data = JSON.parse(byId("data").textContent);
  show(data);
  document.body.dataset.ready = "yes";
}

function show(data) {
  theme(() => {});
  byId("aim").textContent = data.aim;
  counts(data);
  if (!data.groups.length || !data.statistics.length) {
    byId("lines").append(el("p", { class: "none" }, "No statistic differs between the points."));
    return;
  }
  const state = { statistic: first(data), axis: mainAxis(data) };
  state.logX = grows(state.axis);
  state.at = state.axis?.values.at(-1);
  state.logY = spreads(data, state.statistic);
  choices(data, state, () => draw(data, state));
  draw(data, state);
  new ResizeObserver(() => resized(data, state)).observe(byId("lines"));
}

/** Draws anew where there is more or less room than before. */
function resized(data, state) {
  if (area(byId("lines")).width !== state.width) draw(data, state);
}

function counts(data) {
  const seeds = Math.max(0, ...data.groups.map((group) => group.n));
  const words = [many(data.points, "point"), `${many(data.groups.length, "combination")} of values`];
  if (seeds > 1) words.push(`${seeds} seeds`);
  if (data.bad) words.push(`${data.bad} not as expected`);
  if (data.missing) words.push(`${data.missing} without result`);
  words.push(`${data.statistics.length} statistics differ, ${data.constant} are the same everywhere`);
  byId("counts").textContent = words.join(" · ");
  byId("counts").classList.toggle("bad", data.bad + data.missing > 0);
}

function many(n, thing) {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}

/** Whether a linear axis would press most of the values together. */
function spreads(data, statistic) {
  const values = data.groups.map((group) => group.values[statistic]?.[0]).filter((v) => v > 0);
  return Math.max(...values) > 50 * Math.min(...values);
}

/** Whether the values are multiples rather than steps. */
function grows(axis) {
  const values = axis?.numbers;
  return Boolean(values) && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 8;
}

function choices(data, state, changed) {
  const pick = (name, values, chosen, set) => el("label", {}, name,
    el("select", { onchange: (event) => { set(event.target.value); changed(); } },
      values.map((value) => el("option", { value, selected: value === chosen }, value))));
  const tick = (name, key) => el("label", { class: "tick" },
    el("input", { type: "checkbox", checked: state[key], onchange: (event) => { state[key] = event.target.checked; changed(); } }), name);
  byId("choices").append(
    pick("statistic", data.statistics, state.statistic, (value) => { state.statistic = value; }),
    ...(data.axes.length > 1 ? [pick("along", data.axes.map((a) => a.key), state.axis.key, (value) => {
      state.axis = data.axes.find((a) => a.key === value);
      chooseAt(state, changed);
    }), el("span", { id: "at" })] : []),
    tick("logarithmic along", "logX"), tick("logarithmic upwards", "logY"));
  if (state.axis) chooseAt(state, changed);
  byId("choices").addEventListener("submit", (event) => event.preventDefault());
}

/** Where along the axis the percentiles are those of. */
function chooseAt(state, changed) {
  state.at = state.axis.values.at(-1);
  byId("at")?.replaceChildren(el("label", {}, "percentiles at",
    el("select", { onchange: (event) => { state.at = event.target.value; changed(); } },
      state.axis.values.map((value) => el("option", { value, selected: value === state.at }, value || "–")))));
}

function draw(data, state) {
  const all = lines(data, state.axis);
  const latency = latencyOf(data, state.statistic);
  const place = all.length > 1 ? `, at ${short(data, state.axis.key)} ${state.at || "–"}` : "";
  state.width = area(byId("lines")).width;
  byId("lines-title").textContent = state.statistic;
  byId("lines").replaceChildren(means(all, state));
  byId("tails-title").textContent = latency ? `percentiles of ${latency}${place}` : "Latency percentiles";
  legend(byId("legend"), all);
  byId("legend").hidden = all.length < 2;
  byId("tails").replaceChildren(...tails(all, latency, state));
  byId("table").replaceChildren(table(data, state.statistic, latency));
}

function legend(list, curves) {
  list.replaceChildren(...curves.map((line) => el("li", {}, sample(line.n), line.name)));
}

/** The latency that the statistic is a part of; else the one that is shown first. */
function latencyOf(data, statistic) {
  const has = (name) => data.groups.some((group) => group.latencies[name]);
  const own = statistic.split("/")[0];
  if (has(own)) return own;
  const other = first(data).split("/")[0];
  return has(other) ? other : null;
}

function means(all, state) {
  const place = area(byId("lines"));
  const of = unit(state.statistic);
  const shown = all.flatMap((line) => line.groups).map((group) => group.values[state.statistic]).filter(Boolean);
  const ends = shown.flatMap(([mean, half]) => [mean - (half ?? 0), mean + (half ?? 0)]);
  const log = state.logY && Math.min(...ends) > 0;
  const [least, most] = extent(ends, log);
  const y = { ...numbers(least, most, log, of, place.bottom, place.top), name: `${nameOf(state.statistic)}${of ? "" : " (number)"}` };
  const x = xAxis(state, place);
  const drawn = all.map((line) => ({
    n: line.n,
    points: line.groups.filter((group) => group.values[state.statistic]).map((group) => {
      const [mean, half] = group.values[state.statistic];
      const bars = half === null ? {} : { low: y.at(mean - half), high: y.at(mean + half) };
      const words = `${line.name}, ${state.axis?.key ?? ""} ${group.at[state.axis?.key] ?? ""}: ${written(mean, of)}`
        + (half === null ? "" : ` ± ${written(half, of)}, ${group.n} seeds`);
      return { x: x.at(along(state.axis, group)), y: y.at(mean), ...bars, words };
    }),
  }));
  return chart(place, drawn, x, y, `${state.statistic} along ${state.axis?.key}; the numbers are in the table below`);
}

function nameOf(statistic) {
  const [name, part] = statistic.split("/");
  return (part ? `${part} of ` : "") + name.replace(/\.(ps|bytes)$/, "");
}

function xAxis(state, { left, right }) {
  const axis = state.axis;
  if (!axis) return { ...steps(["all"], left, right), name: "" };
  if (!axis.numbers) return { ...steps(axis.values.map((v) => v || "–"), left, right), name: axis.key };
  const log = state.logX && Math.min(...axis.numbers) > 0;
  const least = Math.min(...axis.numbers);
  const most = Math.max(...axis.numbers);
  const pad = 14;
  const marked = [...axis.numbers].sort((a, b) => a - b);
  return { ...numbers(least, most, log, axis.unit, left + pad, right - pad, marked), name: axis.key };
}

/** One curve for each group: the share that is slower, and the time; the tail gets most room. */
function tails(all, latency, state) {
  byId("tails-legend").replaceChildren();
  const place = area(byId("tails"));
  const curves = latency ? curvesOf(all, latency, state) : [];
  if (!curves.length) return [el("p", { class: "none" }, "No latency differs between the points.")];
  const times = curves.flatMap((c) => c.points.map(([, ps]) => ps)).filter((ps) => ps > 0);
  const [least, most] = extent(times, state.logY || Math.max(...times) / Math.min(...times) > 50);
  const log = least > 0;
  const y = { ...numbers(least, most, log, "ps", place.bottom, place.top), name: latency.replace(/\.ps$/, "") };
  const slower = (p) => 100 / (100 - p);
  const deepest = Math.max(...curves.flatMap((c) => c.points.map(([p]) => p)).filter((p) => p < 100), 90);
  const end = slower(deepest) * 2;
  const at = (p) => place.left + (Math.log10(Math.min(slower(p), end)) / Math.log10(end)) * (place.right - place.left);
  const ticks = [0, 50, 90, 99, 99.9, 99.99, 99.999].filter((p) => p <= deepest).map((p) => ({ at: at(p), label: p ? `${p} %` : "0" }));
  const x = { ticks: [...ticks, { at: place.right, label: "max" }], name: "percentile (all seeds together)" };
  const drawn = curves.map((c) => ({
    n: c.n,
    points: c.points.filter(([, ps]) => !log || ps > 0).map(([p, ps]) => ({ x: at(p), y: y.at(ps), words: `${c.name}: ${p === 100 ? "max" : `p${p}`} ${written(ps, "ps")}` })),
  }));
  if (all.length === 1) legend(byId("tails-legend"), curves);
  return [chart(place, drawn, x, y, `percentiles of ${latency}; the numbers are in the table below`)];
}

/** Of many lines the group at the chosen value; of one line some of its groups, each its own curve. */
function curvesOf(all, latency, state) {
  const has = (group) => group.latencies[latency];
  if (all.length > 1) {
    return all.flatMap((line) => line.groups.filter((g) => has(g) && (g.at[state.axis.key] ?? "") === state.at)
      .map((g) => ({ n: line.n, name: line.name, points: has(g).percentiles })));
  }
  const groups = all[0].groups.filter(has);
  const every = Math.ceil(groups.length / MOST_CURVES);
  return groups.filter((_, i) => i % every === 0 || i === groups.length - 1)
    .map((g, n) => ({ n, name: g.at[state.axis?.key] || "all", points: has(g).percentiles }));
}
