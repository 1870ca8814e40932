// Root, device, PASID and page tables as a tree of entries; a table hangs at the entry that
// points to it.

import { byId, el } from "lesson/dom";
import { fields, range } from "lesson/bits";
import { explain } from "lesson/card";
import { hex64, value } from "lesson/format";
import { refill, roving } from "lesson/grid";

const MOST_ROWS = 160;

/** The tables; entries that this step changed flash, those of its walk are lit. */
export class Tree {
  constructor(view) {
    this.view = view;
    this.root = byId("tree");
    this.closed = new Set();
    roving(this.root);
    view.watch(() => this.show());
  }

  show() {
    const { story, state, step } = this.view;
    const { structures = [], words = [] } = story.data;
    byId("tables").hidden = structures.length === 0;
    this.values = state.words.values;
    this.changed = state.words.changedAt(step);
    this.path = new Set(story.walks.get(step) ?? []);
    this.words = words;
    if (this.of !== story) {
      this.of = story;
      this.inside = structures.map(() => []);
      words.forEach((word, index) => this.inside[word.structure]?.push(index));
      const place = words.map((word) => BigInt(word.pa));
      this.inside.forEach((list) => list.sort((a, b) => (place[a] < place[b] ? -1 : place[a] > place[b] ? 1 : a - b)));
    }
    this.shown = new Set();
    this.rows = [];
    this.left = 0;
    const linked = new Set(words.filter((word) => word.points >= 0).map((word) => word.points));
    structures.forEach((_, index) => {
      if (!linked.has(index)) this.#structure(index, 1);
    });
    structures.forEach((_, index) => {
      if (!this.shown.has(index) && this.#touched(index)) this.#structure(index, 1, "nothing points here now");
    });
    if (this.left > 0) this.rows.push(el("div", { role: "row", class: "more" }, el("span", { role: "gridcell" }, `${this.left} more entries`)));
    if (this.rows.length === 0) this.rows.push(el("div", { role: "row", class: "more" }, el("span", { role: "gridcell" }, "no tables yet")));
    refill(this.root, ...this.rows);
    this.root.querySelector(".changed, .path")?.scrollIntoView({ block: "nearest" });
  }

  #touched(structure) {
    return this.inside[structure].some((word) => this.changed.has(word) || this.path.has(word));
  }

  /** Whether an entry is worth a line: it holds something, or this step has to do with it. */
  #worth(word) {
    return this.changed.has(word) || this.path.has(word) || BigInt(this.values.get(word) ?? "0x0") !== 0n;
  }

  #structure(index, level, note = "") {
    this.shown.add(index);
    const { title, section } = this.view.story.data.structures[index];
    const inside = this.inside[index].filter((word) => this.#worth(word));
    if (level === 1 && inside.length === 0) return;
    const key = `s${index}`;
    const open = !this.closed.has(key) || this.#touched(index);
    const toggle = () => {
      if (!this.closed.delete(key)) this.closed.add(key);
      this.show();
    };
    this.rows.push(el("div", { role: "row", "aria-level": level, "aria-expanded": String(open), class: "table", style: `--level:${level}` },
      el("span", { role: "rowheader", "data-cell": key, tabindex: -1, onclick: toggle, onkeydown: (event) => (event.key === "Enter" ? toggle() : null) },
        `${open ? "▾" : "▸"} ${title}`),
      el("span", { role: "gridcell", class: "section" }, [section, note].filter(Boolean).join(" · "))));
    if (!open) return;
    for (const [row, own] of groupBy(inside, (word) => this.words[word].row)) {
      own.forEach((word, place) => this.#word(word, level + 1, place === 0 ? row : null));
      own.forEach((word) => this.#below(word, level + 2));
    }
  }

  /** The table that an entry points to, if it does so now and the table is not shown yet. */
  #below(word, level) {
    const { points } = this.words[word];
    if (points >= 0 && BigInt(this.values.get(word) ?? "0x0") !== 0n && !this.shown.has(points)) this.#structure(points, level);
  }

  /** A line for a word; `row` is named by the first word of its row only. */
  #word(index, level, row) {
    const word = this.words[index];
    const now = this.values.get(index) ?? "0x0";
    const change = this.changed.get(index);
    if (this.rows.length >= MOST_ROWS && !change && !this.path.has(index)) {
      this.left++;
      return;
    }
    const layout = this.view.story.data.layouts?.[word.layout];
    const kind = `word${change ? " changed" : ""}${this.path.has(index) ? " path" : ""}${BigInt(now) === 0n ? " zero" : ""}`;
    const number = el("span", { role: "gridcell", class: "hex", "data-cell": `w${index}`, tabindex: -1 }, hex64(now));
    explain(number, () => wordCard(word, layout, now, change));
    this.rows.push(el("div", { role: "row", "aria-level": level, class: kind, style: `--level:${level}` },
      el("span", { role: "rowheader" }, el("b", { class: row === null ? "again" : "" }, word.row), " ", word.name === word.row ? "" : word.name,
        this.path.has(index) ? el("span", { class: "sign" }, " ◂ walked") : null, change ? el("span", { class: "sign" }, " ● written") : null),
      number, ...this.#fields(index, layout, now, change)));
  }

  #fields(index, layout, now, change) {
    if (!layout) return [];
    return fields(layout, now, change?.before ?? null)
      .filter((one) => one.value !== 0n || one.changed)
      .reverse()
      .map((one) => {
        const text = one.high === one.low ? one.name : `${one.name}=${value(one.value)}`;
        const chip = el("span", { role: "gridcell", class: `field${one.changed ? " changed" : ""}${one.value === 0n ? " off" : ""}`, "data-cell": `w${index}f${one.low}`, tabindex: -1 }, text);
        return explain(chip, () => [
          el("b", {}, `${one.name} `), `bit${one.high === one.low ? "" : "s"} ${range(one)} = ${value(one.value)}`,
          el("p", {}, one.says ?? ""), el("small", {}, `${layout.name} · ${layout.section}`),
        ]);
      });
  }
}

/** All 64 bits, field by field. */
function wordCard(word, layout, now, change) {
  const head = [el("b", {}, `${word.row} ${word.name}`), el("small", {}, ` at ${word.pa}`)];
  if (change) head.push(el("p", { class: "hex" }, `was ${hex64(change.before ?? "0x0")}`));
  if (!layout) return head;
  const rows = fields(layout, now, change?.before ?? null).map((one) => el("tr", { class: one.changed ? "changed" : "" },
    el("td", {}, range(one)), el("th", {}, one.name), el("td", { class: "hex" }, value(one.value)), el("td", {}, one.says ?? "")));
  return [...head, el("table", {}, ...rows), el("small", {}, `${layout.name} · ${layout.section}`)];
}

/** Items by what `key` says of them, in the order of the first of each. */
function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
