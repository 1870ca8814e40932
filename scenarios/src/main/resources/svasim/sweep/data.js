// Questions to the results: which axis, which lines, which values.

/** Unit of a statistic, from the end of its name. */
export function unit(statistic) {
  const [name, part] = statistic.split("/");
  if (part === "count") return "";
  const last = name.split(".").pop();
  return last === "ps" ? "ps" : last === "bytes" ? "B" : "";
}

/** The statistic that is shown first: the mean of the latency that differs most, else the first. */
export function first(data) {
  const spread = (name) => {
    const values = data.groups.map((g) => g.values[name]?.[0]).filter((v) => v !== undefined);
    const most = Math.max(...values);
    return values.length === data.groups.length && most > 0 ? (most - Math.min(...values)) / most : 0;
  };
  const means = data.statistics.filter((name) => name.endsWith(".ps/mean"));
  const of = means.length ? means : data.statistics;
  return of.reduce((best, name) => (spread(name) > spread(best) ? name : best), of[0]);
}

/** The axis with most numbers; else the one with most values. */
export function mainAxis(data) {
  const weight = (axis) => axis.values.length + (axis.numbers ? 1000 : 0);
  return data.axes.reduce((best, axis) => (weight(axis) > weight(best) ? axis : best), data.axes[0]);
}

/** The last words of a key that tell it from the other axes. */
export function short(data, key) {
  const words = key.split(".");
  for (let n = 1; n < words.length; n++) {
    const tail = words.slice(-n).join(".");
    if (data.axes.filter((axis) => `.${axis.key}`.endsWith(`.${tail}`)).length < 2) return tail;
  }
  return key;
}

/** Groups that differ along the axis only make a line; its name is what they have in common. */
export function lines(data, axis) {
  const others = data.axes.filter((other) => other !== axis);
  const found = new Map();
  for (const group of data.groups) {
    const name = others.map((other) => label(data, other.key, group.at[other.key])).join(", ") || "all";
    if (!found.has(name)) found.set(name, { n: found.size, name, groups: [] });
    found.get(name).groups.push(group);
  }
  const order = (group) => (axis ? axis.values.indexOf(group.at[axis.key] ?? "") : 0);
  for (const line of found.values()) line.groups.sort((a, b) => number(axis, order(a)) - number(axis, order(b)));
  return [...found.values()];
}

function number(axis, i) {
  return axis?.numbers ? axis.numbers[i] : i;
}

function label(data, key, value) {
  const word = value === undefined || value === "" ? "-" : value;
  return key === "variant" || key === "scenario" ? word : `${short(data, key)} ${word}`;
}

/** Number, or place in the list, of a group on an axis. */
export function along(axis, group) {
  return axis ? number(axis, axis.values.indexOf(group.at[axis.key] ?? "")) : 0;
}
