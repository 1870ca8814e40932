// First, back, play, forward, last, and the ways to the next thing of a kind.

import { byId } from "lesson/dom";

const PAUSE_MS = 1600;

/** Everything that goes from step to step; the quiz may hold a step back. */
export class Player {
  constructor(view) {
    this.view = view;
    this.timer = null;
    this.mayPass = () => true;
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("first", () => this.first());
    on("back", () => this.back());
    on("play", () => this.toggle());
    on("forward", () => this.forward());
    on("last", () => this.last());
    on("next-fault", () => this.next("isFault", "fault"));
    on("next-invalidation", () => this.next("isInvalidation", "invalidation"));
    on("next-ats", () => this.next("isAts", "ATS message"));
    byId("number").addEventListener("change", () => this.toNumber(Number(byId("number").value)));
    byId("speed").addEventListener("change", () => (this.timer ? (this.pause(), this.play()) : null));
    view.watch(() => this.show());
  }

  first() { this.view.toPlace(0); }
  back() { this.view.move(-1); }
  last() { this.#ahead(this.view.visible[this.view.visible.length - 1]); }

  forward() {
    const { visible, place } = this.view;
    if (place + 1 >= visible.length) this.pause();
    else this.#ahead(visible[place + 1]);
  }

  /** To a step given by its number, as people count; an invisible one makes all visible. */
  toNumber(number) {
    const step = Math.max(0, Math.min(this.view.story.length - 1, Math.round(number) - 1));
    if (Number.isFinite(step)) this.view.set({ step });
  }

  /** To the next step for which the story's question holds; `back` looks the other way. */
  next(question, noun, back = false) {
    const found = this.view.find((step) => this.view.story[question](step), back ? -1 : 1);
    if (found >= 0) {
      if (back) this.view.set({ step: found });
      else this.#ahead(found);
    }
    byId("note").textContent = found >= 0 ? "" : `no ${noun} ${back ? "before" : "after"} this step`;
  }

  #ahead(step) {
    if (step !== undefined && this.mayPass(step)) this.view.set({ step });
  }

  toggle() {
    if (this.timer) this.pause();
    else this.play();
  }

  play() {
    if (this.view.place + 1 >= this.view.visible.length) this.first();
    this.timer = setInterval(() => this.forward(), PAUSE_MS / Number(byId("speed").value));
    this.show();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.show();
  }

  show() {
    const { view } = this;
    const play = byId("play");
    play.textContent = this.timer ? "❚❚" : "▶";
    play.title = this.timer ? "pause (space)" : "play (space)";
    play.setAttribute("aria-label", this.timer ? "pause" : "play");
    byId("back").disabled = byId("first").disabled = view.visible[0] === undefined || view.step <= view.visible[0];
    byId("forward").disabled = byId("last").disabled = view.place + 1 >= view.visible.length;
    byId("note").textContent = "";
  }
}
