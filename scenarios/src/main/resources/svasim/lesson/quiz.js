// Stops before chosen steps and asks; a wrong answer goes to the step that shows why.

import { byId, el } from "lesson/dom";

/** The questions of this file, asked once each, in the order of the story. */
export class Quiz {
  constructor(view, player) {
    this.view = view;
    this.player = player;
    this.questions = view.lesson.quiz ?? [];
    this.answers = new Map();
    this.on = false;
    byId("quiz").hidden = this.questions.length === 0;
    byId("quiz").addEventListener("click", () => this.toggle());
    byId("quiz-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer();
    });
    byId("quiz-later").addEventListener("click", () => this.#close());
    player.mayPass = (step) => this.#mayPass(step);
    view.watch(() => this.#followed());
  }

  toggle() {
    if (this.questions.length === 0) return;
    this.on = !this.on;
    this.answers.clear();
    this.#close();
    this.#score();
    byId("quiz").setAttribute("aria-pressed", String(this.on));
    if (this.on) this.view.set({ storyIndex: this.questions[0].story, step: 0 });
    if (this.on) this.#mayPass(this.view.step);
  }

  /** Whether no open question stands before the step; else goes there and asks it. */
  #mayPass(step) {
    if (!this.on) return true;
    const open = this.questions.find((question) => question.story === this.view.storyIndex
      && question.step > this.view.step && question.step <= step && !this.answers.has(question));
    if (!open) return true;
    this.player.pause();
    const place = this.view.placeOf(open.step - 1);
    if (this.view.visible[place] > this.view.step) this.view.toPlace(place);
    this.#ask(open);
    return false;
  }

  #ask(question) {
    this.open = question;
    byId("quiz-panel").hidden = false;
    byId("quiz-question").textContent = question.question;
    byId("quiz-choices").replaceChildren(...question.choices.map((choice, index) => el("label", {},
      el("input", { type: "radio", name: "choice", value: index, required: true }), ` ${choice}`)));
    byId("quiz-verdict").textContent = "";
    byId("quiz-send").hidden = false;
    byId("quiz-later").textContent = "skip";
    byId("quiz-choices").querySelector("input")?.focus();
  }

  #answer() {
    const chosen = byId("quiz-choices").querySelector("input:checked");
    if (!chosen || !this.open) return;
    const question = this.open;
    const right = Number(chosen.value) === question.answer;
    this.answers.set(question, right);
    this.asked = this.open;
    this.open = null;
    byId("quiz-choices").querySelectorAll("input").forEach((input) => {
      input.disabled = true;
      if (Number(input.value) === question.answer) input.parentElement.classList.add("right");
      else if (input === chosen) input.parentElement.classList.add("wrong");
    });
    if (!right) this.view.set({ step: question.shows });
    byId("quiz-verdict").textContent = right ? `✓ Right. ${question.why ?? ""}` : `✕ No: ${question.choices[question.answer]}. Step ${question.shows + 1} shows why. ${question.why ?? ""}`;
    byId("quiz-verdict").className = right ? "verdict good" : "verdict bad";
    byId("quiz-send").hidden = true;
    byId("quiz-later").textContent = "go on";
    byId("quiz-later").focus();
    this.#score();
  }

  #score() {
    const right = [...this.answers.values()].filter(Boolean).length;
    byId("quiz-score").textContent = this.on ? `${right} of ${this.answers.size} right, ${this.questions.length} questions, seed ${this.view.lesson.seed}` : "";
  }

  /** Closes the panel; an open question counts as skipped, and going on passes it. */
  #close() {
    if (this.open) this.answers.set(this.open, false);
    this.open = null;
    byId("quiz-panel").hidden = true;
    this.#score();
  }

  /** A jump of the user past the open question takes it away, unanswered. */
  #followed() {
    if (this.open && (this.view.storyIndex !== this.open.story || this.view.step >= this.open.step)) {
      this.open = null;
      byId("quiz-panel").hidden = true;
    }
  }
}
