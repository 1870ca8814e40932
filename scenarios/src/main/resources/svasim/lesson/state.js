// What memory, caches, queues and PASIDs hold after a step.

import { Track } from "lesson/track";

/** Changes of several tables, a track for each. */
function tracks(tables, changes) {
  const each = tables.map(() => []);
  for (const [step, table, row, cells] of changes ?? []) each[table]?.push([step, row, cells]);
  return each.map((own) => new Track(new Map(), own));
}

/** The whole state of a story at one step; `goTo` may jump anywhere. */
export class State {
  constructor(story) {
    const data = story.data;
    this.words = new Track(
      new Map((data.words ?? []).map((word, index) => [index, word.first])),
      (data.writes ?? []).map(([step, word, , after]) => [step, word, after]));
    this.caches = tracks(data.caches ?? [], data.cacheChanges);
    this.queues = tracks(data.queues ?? [], data.queueChanges);
    this.life = new Track(new Map(), (data.life ?? []).map(([step, pasid, state]) => [step, pasid, data.states[state]]));
    this.step = -1;
  }

  /** Every track, for what has to be done to all. */
  all() {
    return [this.words, ...this.caches, ...this.queues, this.life];
  }

  goTo(step) {
    this.step = step;
    this.all().forEach((track) => track.goTo(step));
  }

  /** Changes applied and undone so far: what a jump costs. */
  work() {
    return this.all().reduce((sum, track) => sum + track.work, 0);
  }
}
