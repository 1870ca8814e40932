// The packet of the step: bytes of its prefixes and header, and what each field says.

import { byId, el } from "lesson/dom";
import { bytesOf, fieldsOf } from "lesson/packet";
import { refill, roving } from "lesson/grid";

/** The last packet up to the current step; a field lights its bytes and a byte its field. */
export class Tlp {
  constructor(view) {
    this.view = view;
    roving(byId("tlp-fields"));
    view.watch(() => this.show());
  }

  show() {
    const { story, step } = this.view;
    byId("packet").hidden = story.tlps.size === 0;
    const at = latest(story.data.tlps ?? [], step);
    const packet = at < 0 ? null : story.packet(at);
    byId("tlp-name").textContent = packet ? packet.name : "none yet";
    byId("tlp-when").textContent = at >= 0 && at < step ? ` (step ${at + 1})` : "";
    const bytes = packet ? bytesOf(packet.hex) : [];
    this.cells = bytes.map((byte, index) => el("span", { class: index % 4 === 3 ? "byte last" : "byte", "data-byte": index }, byte.toString(16).padStart(2, "0")));
    byId("tlp-bytes").replaceChildren(...rowsOf(this.cells));
    refill(byId("tlp-fields"), ...(packet ? fieldsOf(packet.told).map((one, index) => this.#field(one, index)) : []));
  }

  #field({ name, text, first = 0, last = -1 }, index) {
    const light = (on) => this.cells.slice(first, last + 1).forEach((cell) => cell.classList.toggle("lit", on));
    const cell = el("span", {
      role: "gridcell", class: text === "0" ? "tlp-field off" : "tlp-field", "data-cell": `t${index}`, tabindex: -1,
      title: last < first ? null : last === first ? `byte ${first}` : `bytes ${first} to ${last}`,
      onmouseenter: () => light(true), onmouseleave: () => light(false), onfocus: () => light(true), onblur: () => light(false),
    }, el("b", {}, name), " ", text);
    return el("div", { role: "row" }, cell);
  }
}

/** The last step with a packet that is not after this one, or -1. */
function latest(tlps, step) {
  let found = -1;
  for (let i = 0; i < tlps.length && tlps[i][0] <= step; i++) found = tlps[i][0];
  return found;
}

/** Four bytes, a double word, to a line. */
function rowsOf(cells) {
  const rows = [];
  for (let i = 0; i < cells.length; i += 4) rows.push(el("div", { class: "dw" }, el("span", { class: "offset" }, `+${i}`), ...cells.slice(i, i + 4)));
  return rows;
}
