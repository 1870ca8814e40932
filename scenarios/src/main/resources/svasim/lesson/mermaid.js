// The visible part of the timeline as a Mermaid sequence diagram.

import { time } from "lesson/format";
import { GROUPS } from "lesson/marks";

/** Text without the signs that end a message of Mermaid. */
function clean(text) {
  return text.replace(/[;#\n]/g, " ").replace(/\s+/g, " ").trim();
}

/** The visible steps from place `from`, up to and without place `to`. */
export function mermaid(view, from, to) {
  const { story } = view;
  const lanes = new Set();
  const arrows = [];
  for (const step of view.visible.slice(from, to)) {
    const cause = view.visibleCause(step);
    const source = cause >= 0 ? story.lane(cause) : story.lane(step);
    lanes.add(source);
    lanes.add(story.lane(step));
    const text = clean(`${time(story.time(step))} ${story.sentence(step, view.full)}`);
    arrows.push(`    p${source}->>p${story.lane(step)}: ${text}`);
  }
  const group = (lane) => GROUPS.indexOf(story.data.lanes[lane].group);
  const participants = [...lanes].sort((a, b) => group(a) - group(b) || a - b)
    .map((lane) => `    participant p${lane} as ${clean(story.data.lanes[lane].name)}`);
  return ["sequenceDiagram", ...participants, ...arrows, ""].join("\n");
}
