// The keyboard: every control has a key, and `?` lists them.

import { byId, el } from "lesson/dom";

/** Key, what it does in words, and what it does. */
function bindings(view, player, sentence) {
  return [
    ["→", "ArrowRight", "one step forward", () => player.forward()],
    ["←", "ArrowLeft", "one step back", () => player.back()],
    ["Space", " ", "play or pause", () => player.toggle()],
    ["Home", "Home", "first step", () => player.first()],
    ["End", "End", "last step", () => player.last()],
    ["w", "w", "why now? (go to the cause)", () => sentence.goToCause()],
    ["f", "f", "next fault (F: previous)", () => player.next("isFault", "fault")],
    ["F", "F", "", () => player.next("isFault", "fault", true)],
    ["i", "i", "next invalidation (I: previous)", () => player.next("isInvalidation", "invalidation")],
    ["I", "I", "", () => player.next("isInvalidation", "invalidation", true)],
    ["a", "a", "next ATS message (A: previous)", () => player.next("isAts", "ATS message")],
    ["A", "A", "", () => player.next("isAts", "ATS message", true)],
    ["1 2 3", "1", "first, second, third unit", () => unit(view, 0)],
    ["2", "2", "", () => unit(view, 1)],
    ["3", "3", "", () => unit(view, 2)],
    ["s", "s", "simple or full view", () => byId("full").click()],
    ["g", "g", "go to a step by its number", () => byId("number").select()],
    ["q", "q", "quiz on or off", () => byId("quiz").click()],
    ["d", "d", "dark or light", () => byId("theme").click()],
    ["m", "m", "copy the visible part as Mermaid", () => byId("mermaid").click()],
    ["Tab, arrows", "", "inside tables: from entry to entry, from field to field", null],
    ["?", "?", "this list", () => byId("help-dialog").showModal()],
  ];
}

function unit(view, index) {
  const story = view.lesson.tabs?.[index];
  if (story !== undefined) view.set({ storyIndex: story });
}

/** Listens to the keyboard; fields for text, sliders and open dialogs keep their own keys. */
export function keys(view, player, sentence) {
  const all = bindings(view, player, sentence);
  const acts = new Map(all.map(([, key, , act]) => [key, act]));
  byId("key-list").replaceChildren(...all.filter(([, , says]) => says).map(([label, , says]) => el("div", {}, el("dt", {}, el("kbd", {}, label)), el("dd", {}, says))));
  byId("help").addEventListener("click", () => byId("help-dialog").showModal());
  for (const close of document.querySelectorAll("dialog .close")) close.addEventListener("click", () => close.closest("dialog").close());
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || keepsKeys(event)) return;
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function keepsKeys({ target, key }) {
  if (document.querySelector("dialog[open]")) return true;
  if (target.closest("select, textarea, input:not([type=checkbox])")) return true;
  return key === " " && target.closest("button, summary, input, a") !== null;
}
