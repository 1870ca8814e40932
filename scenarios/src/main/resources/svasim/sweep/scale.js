// Where values lie on an axis, which values are marked, and how they are written.

import { time } from "lesson/format";

const KIB = 1024;
const SIZES = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A value with its unit, short: picoseconds, bytes, or a plain number. */
export function written(value, unit) {
  if (unit === "ps") return time(value);
  if (unit === "B") return size(value);
  if (unit === "B/s") return `${short(value)}B/s`;
  return short(value) + (unit ? ` ${unit}` : "");
}

function size(bytes) {
  let value = bytes;
  let i = 0;
  while (Math.abs(value) >= KIB && i + 1 < SIZES.length) {
    value /= KIB;
    i++;
  }
  return `${digits(value)} ${SIZES[i]}`;
}

function short(value) {
  const found = [[1e12, "T"], [1e9, "G"], [1e6, "M"]].find(([least]) => Math.abs(value) >= least);
  return found ? `${digits(value / found[0])} ${found[1]}` : digits(value);
}

function digits(value) {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** Positions of words or of values that are no numbers: one beside the other. */
export function steps(labels, from, to) {
  const room = (to - from) / Math.max(1, labels.length);
  const at = (i) => from + room * (i + 0.5);
  const every = Math.ceil(labels.length / 12);
  return { at, ticks: labels.map((label, i) => ({ at: at(i), label })).filter((_, i) => i % every === 0) };
}

/** Numbers at their places; `marked`, if given, are the values that are written. */
export function numbers(least, most, log, unit, from, to, marked) {
  const f = log ? Math.log10 : (v) => v;
  const low = f(least);
  const span = f(most) - low || 1;
  const at = (value) => from + ((f(value) - low) / span) * (to - from);
  const values = marked ?? (log ? decades(least, most) : round(least, most, unit));
  return { at, ticks: thin(values.map((value) => ({ at: at(value), label: written(value, unit) })), Math.abs(to - from)) };
}

/** 1, 2, 5 of each power of ten; only the powers where there are many. */
function decades(least, most) {
  const powers = [];
  for (let p = Math.floor(Math.log10(least)); p <= Math.ceil(Math.log10(most)); p++) powers.push(p);
  const factors = powers.length > 5 ? [1] : powers.length > 2 ? [1, 3] : [1, 2, 5];
  return powers.flatMap((p) => factors.map((f) => f * 10 ** p)).filter((v) => v >= least * 0.999 && v <= most * 1.001);
}

/** Some values that are easy to read; of bytes, those of a power of two. */
function round(least, most, unit) {
  const rough = (most - least) / 8 || 1;
  const base = unit === "B" && rough >= 1 ? 2 ** Math.ceil(Math.log2(rough)) : nice(rough);
  const values = [];
  for (let i = Math.ceil(least / base); i * base <= most * 1.0001; i++) values.push(i * base);
  return values;
}

function nice(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((f) => f * power >= rough) ?? 10);
}

/** Without labels that would lie on each other. */
function thin(ticks, length) {
  const least = length > 500 ? 52 : 28;
  const kept = [];
  for (const tick of ticks) {
    const before = kept[kept.length - 1];
    if (!before || Math.abs(tick.at - before.at) >= least) kept.push(tick);
  }
  return kept;
}

/** Least and most of some values, with a little room; from nothing if it is linear. */
export function extent(values, log) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (log) return least === most ? [least / 2, most * 2] : [least / 1.15, most * 1.15];
  return [Math.min(0, least), most === 0 ? 1 : most * 1.06];
}
