// A shape and a colour for each kind of lane, so that neither has to be told by colour alone.

import { svg } from "lesson/dom";

/** From top to bottom, as a request travels. */
export const GROUPS = ["process", "kernel", "cpu", "iommu", "link", "device", "check"];

export const GROUP_NAMES = {
  process: "process", kernel: "kernel", cpu: "CPU MMU", iommu: "IOMMU", link: "link", device: "device", check: "checker",
};

const POLYGONS = {
  kernel: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  cpu: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  iommu: [[0, -1.2], [1.2, 1], [-1.2, 1]],
  link: [[-1.3, 0], [-0.5, -1], [0.5, -1], [1.3, 0], [0.5, 1], [-0.5, 1]],
  device: [[-1.2, -1], [1.2, -1], [0, 1.2]],
  check: [[-0.5, -1.2], [0.5, -1.2], [1.2, -0.5], [1.2, 0.5], [0.5, 1.2], [-0.5, 1.2], [-1.2, 0.5], [-1.2, -0.5]],
};

/** The mark of a lane's group at x, y. */
export function mark(group, x, y, size, attributes = {}) {
  const shape = POLYGONS[group];
  const common = { ...attributes, class: `mark g-${group} ${attributes.class ?? ""}` };
  if (!shape) return svg("circle", { ...common, cx: x, cy: y, r: size });
  const points = shape.map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" ");
  return svg("polygon", { ...common, points });
}

/** The mark alone, as a small picture. */
export function markIcon(group) {
  return svg("svg", { class: "icon", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, mark(group, 0, 0, 5.5));
}
