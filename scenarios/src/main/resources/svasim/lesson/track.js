// Values by key that change from step to step; any step's values can be had again.

const BETWEEN_CHECKPOINTS = 1024;

/** The first index whose change is at `step` or later. */
function firstAt(changes, step) {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[middle].step < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A map whose history is known. Changes are applied and undone one by one; a far jump begins at
 * the nearest checkpoint. A value null or undefined means that the key is absent.
 */
export class Track {
  /**
   * @param {Map} initial values before step 0
   * @param {Array} changes [step, key, value], steps in rising order
   */
  constructor(initial, changes) {
    this.values = new Map(initial);
    this.changes = [];
    this.checkpoints = [];
    this.work = 0;
    for (const [step, key, after] of changes) {
      if (this.changes.length % BETWEEN_CHECKPOINTS === 0) this.checkpoints.push(new Map(this.values));
      this.changes.push({ step, key, before: this.values.get(key) ?? null, after });
      this.#put(key, after);
    }
    this.done = this.changes.length;
    this.goTo(-1);
  }

  #put(key, value) {
    this.work++;
    if (value === null || value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }

  /** Makes `values` those after all changes of the steps up to and with `step`. */
  goTo(step) {
    this.step = step;
    const target = firstAt(this.changes, step + 1);
    const checkpoint = Math.floor(target / BETWEEN_CHECKPOINTS);
    if (Math.abs(target - this.done) > BETWEEN_CHECKPOINTS && checkpoint < this.checkpoints.length) {
      this.values = new Map(this.checkpoints[checkpoint]);
      this.done = checkpoint * BETWEEN_CHECKPOINTS;
    }
    while (this.done < target) {
      const change = this.changes[this.done++];
      this.#put(change.key, change.after);
    }
    while (this.done > target) {
      const change = this.changes[--this.done];
      this.#put(change.key, change.before);
    }
  }

  /** What this step changed: by key, the value before and after. */
  changedAt(step) {
    const changed = new Map();
    for (let i = firstAt(this.changes, step); i < this.changes.length && this.changes[i].step === step; i++) {
      const { key, before, after } = this.changes[i];
      changed.set(key, { before: changed.has(key) ? changed.get(key).before : before, after });
    }
    return changed;
  }
}
