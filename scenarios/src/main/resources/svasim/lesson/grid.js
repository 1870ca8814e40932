// One stop of the tab key for a whole grid; arrow keys move inside.

/** Makes the focusable cells of `root` (those with data-cell) reachable by arrow keys. */
export function roving(root) {
  root.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = target(root, cell, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) focusCell(root, next);
  });
  root.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (cell) enter(root, cell);
  });
}

function target(root, cell, key) {
  const row = cell.closest("[role=row]");
  const cells = [...row.querySelectorAll("[data-cell]")];
  const at = cells.indexOf(cell);
  const rows = [...root.querySelectorAll("[role=row]")].filter((one) => one.querySelector("[data-cell]"));
  const other = (by) => {
    const there = rows[rows.indexOf(row) + by];
    const inside = there ? [...there.querySelectorAll("[data-cell]")] : [];
    return inside[Math.min(at, inside.length - 1)];
  };
  switch (key) {
    case "ArrowRight": return cells[at + 1];
    case "ArrowLeft": return cells[at - 1];
    case "ArrowDown": return other(1);
    case "ArrowUp": return other(-1);
    case "Home": return cells[0];
    case "End": return cells[cells.length - 1];
    default: return null;
  }
}

function enter(root, cell) {
  root.querySelector("[data-cell][tabindex='0']")?.setAttribute("tabindex", "-1");
  cell.setAttribute("tabindex", "0");
}

function focusCell(root, cell) {
  enter(root, cell);
  cell.focus();
  cell.scrollIntoView({ block: "nearest" });
}

/** Replaces what a grid shows; keeps the focus at the cell with the same data-cell. */
export function refill(root, ...nodes) {
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.cell : null;
  root.replaceChildren(...nodes);
  const cells = [...root.querySelectorAll("[data-cell]")];
  const again = focused === null ? undefined : cells.find((cell) => cell.dataset.cell === focused);
  (again ?? cells[0])?.setAttribute("tabindex", "0");
  again?.focus();
}
