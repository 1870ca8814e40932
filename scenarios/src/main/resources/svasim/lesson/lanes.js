// The rows of the timeline, and how spans nest in them.

import { GROUP_NAMES, GROUPS } from "lesson/marks";

/** In the simple view these have a row for all their lanes together. */
const TOGETHER = new Set(["kernel", "cpu", "link"]);

/** A span longer than this part of the story is somebody's whole life and tells nothing here. */
const LONGEST = 0.5;
const DEEPEST = 2;

/** Rows {name, group, lanes} from process to device, the row of each lane, and the spans. */
export function layout(view) {
  const { story } = view;
  const used = new Set(view.visible.map((step) => story.lane(step)));
  const rows = [];
  const rowOf = new Map();
  const group = (lane) => story.data.lanes[lane].group;
  for (const lane of [...used].sort((a, b) => GROUPS.indexOf(group(a)) - GROUPS.indexOf(group(b)) || a - b)) {
    const own = group(lane);
    const last = rows[rows.length - 1];
    if (!view.full && TOGETHER.has(own) && last?.group === own) {
      last.lanes.push(lane);
      last.name = GROUP_NAMES[own];
    } else {
      rows.push({ name: story.data.lanes[lane].name, group: own, lanes: [lane] });
    }
    rowOf.set(lane, rows.length - 1);
  }
  return { rows, rowOf, spans: nested(view, rowOf) };
}

/** Spans as places among the visible steps, each with its depth in its row. */
function nested(view, rowOf) {
  const open = new Map();
  const spans = [];
  const sorted = (view.story.data.spans ?? [])
    .map(([lane, , , name, first, last]) => ({ lane, name, from: place(view, first), to: view.placeOf(last), first, last }))
    .filter((span) => rowOf.has(span.lane) && span.to >= span.from && span.to - span.from < Math.max(12, view.visible.length * LONGEST))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  for (const span of sorted) {
    const row = rowOf.get(span.lane);
    const ends = (open.get(row) ?? []).filter((end) => end >= span.from);
    const depth = Math.min(DEEPEST, ends.length);
    open.set(row, [...ends, span.to]);
    spans.push({ ...span, row, depth });
  }
  return spans;
}

/** The place of the first visible step that is not before this one. */
function place(view, step) {
  const found = view.placeOf(step);
  return found >= 0 && view.visible[found] === step ? found : found + 1;
}
