// What is shown: the story, the step, and which steps count.

import { Story } from "lesson/story";
import { State } from "lesson/state";
import { aligned } from "lesson/align";

/** The one thing that the parts of the page watch; each change tells them all once. */
export class View {
  constructor(lesson) {
    this.lesson = lesson;
    this.full = false;
    this.hiddenPasids = new Set();
    this.hiddenCategories = new Set();
    this.listeners = [];
    this.loaded = new Map();
    this.before = -1;
    this.#load(lesson.tabs?.[0] ?? 0);
    this.#recount();
    this.step = this.story.data.opens || (this.visible[0] ?? 0);
    this.state.goTo(this.step);
  }

  watch(listener) {
    this.listeners.push(listener);
  }

  #load(index) {
    if (!this.loaded.has(index)) {
      const story = new Story(this.lesson.stories[index], this.lesson.kinds, this.lesson.phases);
      this.loaded.set(index, { story, state: new State(story) });
    }
    this.storyIndex = index;
    Object.assign(this, this.loaded.get(index));
  }

  #recount() {
    const simple = !this.full && this.story.data.steps.some((_, step) => this.story.isSimple(step));
    this.visible = [];
    for (let step = 0; step < this.story.length; step++) {
      const pasid = this.story.pasid(step);
      if ((!simple || this.story.isSimple(step) || this.story.isViolation(step))
          && !this.hiddenCategories.has(this.story.category(step))
          && !(pasid >= 0 && this.hiddenPasids.has(pasid))) {
        this.visible.push(step);
      }
    }
  }

  /** The place among the visible steps of the last one that is not after `step`; -1 if none. */
  placeOf(step) {
    let low = 0;
    let high = this.visible.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.visible[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  get place() {
    return this.placeOf(this.step);
  }

  /** Shows what has to be shown; any of {storyIndex, step, full, hiddenPasids, hiddenCategories}. */
  set(wanted) {
    const { storyIndex, step, ...rest } = wanted;
    const other = storyIndex !== undefined && storyIndex !== this.storyIndex;
    let target = step ?? this.step;
    if (other) {
      const from = this.storyIndex;
      this.#load(storyIndex);
      target = step ?? aligned(this.lesson, from, storyIndex, this.step);
    }
    const recount = other || Object.keys(rest).length > 0;
    Object.assign(this, rest);
    if (recount) this.#recount();
    this.before = other ? -1 : this.step;
    this.step = Math.max(0, Math.min(this.story.length - 1, target));
    this.state.goTo(this.step);
    this.listeners.forEach((listener) => listener(this, { story: other, steps: recount }));
  }

  /** By so many visible steps, back if negative. */
  move(by) {
    const place = this.place;
    const onVisible = this.visible[place] === this.step;
    const target = place + by + (by < 0 && !onVisible ? 1 : 0);
    this.toPlace(target);
  }

  toPlace(place) {
    if (this.visible.length === 0) return;
    this.set({ step: this.visible[Math.max(0, Math.min(this.visible.length - 1, place))] });
  }

  /** The next visible step, or with -1 the one before, for which `test` holds; -1 if there is none. */
  find(test, direction = 1) {
    for (let i = this.place + direction; i >= 0 && i < this.visible.length; i += direction) {
      if (test(this.visible[i])) return this.visible[i];
    }
    return -1;
  }

  /** The nearest cause that is visible, or -1. */
  visibleCause(step) {
    let cause = this.story.cause(step);
    while (cause >= 0 && this.visible[this.placeOf(cause)] !== cause) cause = this.story.cause(cause);
    return cause;
  }
}
