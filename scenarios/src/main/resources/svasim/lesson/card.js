// The card that explains what the pointer or the keyboard's focus is on.

import { byId } from "lesson/dom";

/** Puts the card beside an element, filled with nodes. */
export function showCard(beside, ...nodes) {
  const card = byId("card");
  card.replaceChildren(...nodes);
  card.hidden = false;
  const place = beside.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const below = place.bottom + height + 8 < innerHeight;
  card.style.left = `${Math.max(4, Math.min(place.left, innerWidth - width - 8))}px`;
  card.style.top = `${below ? place.bottom + 4 : Math.max(4, place.top - height - 4)}px`;
  beside.setAttribute("aria-describedby", "card");
}

export function hideCard() {
  const card = byId("card");
  card.hidden = true;
  document.querySelector("[aria-describedby=card]")?.removeAttribute("aria-describedby");
}

/** Shows what `nodes()` makes while the element is under the pointer or has the focus. */
export function explain(element, nodes) {
  const show = () => showCard(element, ...nodes());
  element.addEventListener("mouseenter", show);
  element.addEventListener("mouseleave", hideCard);
  element.addEventListener("focus", show);
  element.addEventListener("blur", hideCard);
  return element;
}
