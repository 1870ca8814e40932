// Which step of another story is the same moment.

/**
 * The step of story `to` that belongs to `step` of story `from`: by the table of aligned steps
 * for units that are compared, by the time for a what-if of the same machine, else by the phase.
 */
export function aligned(lesson, from, to, step) {
  const tabs = lesson.tabs ?? [];
  const a = tabs.indexOf(from);
  const b = tabs.indexOf(to);
  if (a >= 0 && b >= 0) {
    let found = -1;
    for (const row of lesson.align ?? []) {
      if (row[a] >= 0 && row[a] <= step && row[b] >= 0) found = row[b];
    }
    if (found >= 0) return found;
  }
  const source = lesson.stories[from];
  const target = lesson.stories[to];
  if (source.profile === target.profile) return lastUntil(target.steps, source.steps[step]?.[0] ?? 0);
  const phase = source.steps[step]?.[4];
  return Math.max(0, target.steps.findIndex((other) => other[4] === phase));
}

function lastUntil(steps, time) {
  let found = 0;
  for (let i = 0; i < steps.length && steps[i][0] <= time; i++) found = i;
  return found;
}
