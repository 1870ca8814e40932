// Puts the page together.

import { byId } from "lesson/dom";
import { View } from "lesson/view";
import { Timeline } from "lesson/timeline";
import { Overview } from "lesson/overview";
import { Phases } from "lesson/phases";
import { Machine } from "lesson/machine";
import { Sentence } from "lesson/sentence";
import { Tree } from "lesson/tree";
import { Caches } from "lesson/caches";
import { Tlp } from "lesson/tlp";
import { Player } from "lesson/player";
import { Tabs } from "lesson/tabs";
import { Filters } from "lesson/filters";
import { Quiz } from "lesson/quiz";
import { course } from "lesson/course";
import { theme } from "lesson/theme";
import { share } from "lesson/share";
import { keys } from "lesson/keys";
import { follow, read } from "lesson/url";

/** Reads the lesson from the document and shows the step that the address asks for. */
export function start() {
  const lesson = JSON.parse(byId("lesson").textContent);
  byId("title").textContent = lesson.title;
  byId("aim").textContent = lesson.aim;
  const view = new View(lesson);
  const timeline = new Timeline(view);
  const overview = new Overview(view);
  new Phases(view);
  new Machine(view);
  const sentence = new Sentence(view);
  [Tree, Caches, Tlp, Tabs, Filters].forEach((Part) => new Part(view));
  const player = new Player(view);
  new Quiz(view, player);
  course(lesson);
  theme(() => overview.paint());
  share(view, timeline);
  keys(view, player, sentence);
  follow(view);
  view.set({ ...read(location.hash, lesson) });
  document.body.dataset.ready = "yes";
  return view;
}
