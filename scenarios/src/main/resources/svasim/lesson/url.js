// The step, the tab and the filters in the address, so that a link shows the same.

/** What the fragment says, as `view.set` wants it; steps count from 1 as people do. */
export function read(hash, lesson) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const wanted = {};
  const story = lesson.stories.findIndex((one) => one.key === given.get("story"));
  if (story >= 0) wanted.storyIndex = story;
  const step = Number(given.get("step"));
  if (Number.isInteger(step) && step > 0) wanted.step = step - 1;
  if (given.has("view")) wanted.full = given.get("view") === "full";
  if (given.has("hide")) wanted.hiddenCategories = new Set(list(given.get("hide")));
  if (given.has("pasids-off")) wanted.hiddenPasids = new Set(list(given.get("pasids-off")).map(Number));
  return wanted;
}

function list(text) {
  return text.split(",").filter((one) => one !== "");
}

/** The fragment for what is shown. */
export function write(view) {
  const parts = [["step", view.step + 1], ["story", view.lesson.stories[view.storyIndex].key]];
  if (view.full) parts.push(["view", "full"]);
  if (view.hiddenCategories.size) parts.push(["hide", [...view.hiddenCategories].join(",")]);
  if (view.hiddenPasids.size) parts.push(["pasids-off", [...view.hiddenPasids].join(",")]);
  return "#" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

/** Browsers refuse addresses that change too often, so a run of steps writes one. */
const QUIET_MS = 150;

/** Keeps view and address equal; an address that is typed or pasted is followed. */
export function follow(view) {
  let timer = null;
  view.watch(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const hash = write(view);
      if (location.hash !== hash) history.replaceState(null, "", hash);
    }, QUIET_MS);
  });
  addEventListener("hashchange", () => view.set({ full: false, hiddenCategories: new Set(), hiddenPasids: new Set(), ...read(location.hash, view.lesson) }));
}
