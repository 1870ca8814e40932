// Which lanes are drawn, in which order, and how spans nest in them.

import { GROUPS } from "lesson/marks";

/** Lanes with a visible step, ordered by group; `rows` gives each lane its row. */
export function layout(view) {
  const { story } = view;
  const used = new Set(view.visible.map((step) => story.lane(step)));
  const lanes = [...used].sort((a, b) =>
    GROUPS.indexOf(story.data.lanes[a].group) - GROUPS.indexOf(story.data.lanes[b].group) || a - b);
  return { lanes, rows: new Map(lanes.map((lane, row) => [lane, row])), spans: nested(view) };
}

/** Spans as places among the visible steps, each with its depth in its lane. */
function nested(view) {
  const open = new Map();
  const spans = [];
  const sorted = (view.story.data.spans ?? [])
    .map(([lane, , , name, first, last]) => ({ lane, name, from: place(view, first), to: view.placeOf(last), first, last }))
    .filter((span) => span.to >= span.from)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  for (const span of sorted) {
    const ends = open.get(span.lane) ?? [];
    let depth = 0;
    while (ends[depth] !== undefined && ends[depth] >= span.from) depth++;
    ends[depth] = span.to;
    ends.length = depth + 1;
    open.set(span.lane, ends);
    spans.push({ ...span, depth });
  }
  return spans;
}

/** The place of the first visible step that is not before this one. */
function place(view, step) {
  const found = view.placeOf(step);
  return found >= 0 && view.visible[found] === step ? found : found + 1;
}
