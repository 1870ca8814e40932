// What the lesson asks before, explains after, and tells the teacher.

import { byId, el } from "lesson/dom";

const PARTS = [["prediction", "Before you look"], ["explanation", "What happened"], ["exercise", "Exercise"], ["teacher", "For the teacher"]];

/** Fills the lesson's dialog; without a course there is no button for it. */
export function course(lesson) {
  const about = lesson.course;
  byId("about").hidden = !about;
  if (!about) return;
  byId("about").textContent = `Lesson ${about.number}`;
  const parts = PARTS.filter(([key]) => about[key]);
  byId("lesson-text").replaceChildren(...parts.map(([key, title]) => el("details", { open: key === "prediction" },
    el("summary", {}, title), ...about[key].split(/\n\s*\n/).map((text) => el("p", {}, text)))));
  byId("about").addEventListener("click", () => byId("lesson-dialog").showModal());
}
