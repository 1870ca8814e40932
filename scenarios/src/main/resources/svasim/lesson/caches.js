// Translation caches and queues as tables, with what this step changed.

import { byId, el } from "lesson/dom";

const MOST_ROWS = 24;
const SIGNS = { added: ["+", "new"], removed: ["−", "removed"], changed: ["●", "changed"] };

/** All tables; one that this step changed comes into sight. */
export class Caches {
  constructor(view) {
    this.view = view;
    this.box = byId("caches");
    view.watch(() => this.show());
  }

  show() {
    const { story, state } = this.view;
    const { caches = [], queues = [] } = story.data;
    byId("holds").hidden = caches.length + queues.length === 0;
    const tables = [
      ...caches.map((cache, index) => this.#table(cache, state.caches[index])),
      ...queues.map((queue, index) => this.#table(queue, state.queues[index])),
    ];
    this.box.replaceChildren(...tables);
    this.box.querySelector(".added, .removed, .changed")?.scrollIntoView({ block: "nearest" });
  }

  #table(table, track) {
    const changed = track.changedAt(this.view.step);
    const rows = new Map(track.values);
    for (const [row, { before, after }] of changed) {
      if (after === null && before !== null) rows.set(row, before);
    }
    const order = [...rows.keys()].sort((a, b) => a - b);
    const shown = order.length <= MOST_ROWS ? order : nearChange(order, changed);
    const size = table.entries ? `${track.values.size} of ${table.entries}` : `${track.values.size}`;
    return el("table", { class: changed.size ? "touched" : "" },
      el("caption", {}, table.title, el("span", { class: "count" }, ` ${size}`)),
      el("thead", {}, el("tr", {}, el("td", {}), ...table.columns.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {},
        ...shown.map((row) => line(rows.get(row), kindOf(changed.get(row)))),
        order.length > shown.length ? note(`${order.length - shown.length} more`, table) : null,
        order.length === 0 ? note("empty", table) : null));
  }
}

function kindOf(change) {
  if (!change) return "";
  if (change.after === null) return "removed";
  return change.before === null ? "added" : "changed";
}

function line(cells, kind) {
  const [sign, says] = SIGNS[kind] ?? ["", ""];
  return el("tr", { class: kind }, el("td", { class: "sign" }, sign, says ? el("span", { class: "unseen" }, says) : null),
    ...cells.map((cell) => el("td", {}, kind === "removed" ? el("s", {}, cell) : cell)));
}

function note(text, table) {
  return el("tr", { class: "note" }, el("td", { colspan: table.columns.length + 1 }, text));
}

/** Those rows of a large table that stand around what changed. */
function nearChange(order, changed) {
  const at = Math.max(0, order.findIndex((row) => changed.has(row)));
  const from = Math.max(0, Math.min(order.length - MOST_ROWS, at - MOST_ROWS / 2));
  return order.slice(from, from + MOST_ROWS);
}
