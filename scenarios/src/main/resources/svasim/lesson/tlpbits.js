// Decodes the header of a TLP: which bits of which byte are which field (PCIe Base 5.0, 2.2 and
// 10; the place of the PASID prefix's flags as the simulator's codec has them).

// By the five bits of the type; atomic operations are laid out like memory requests.
const TYPES = new Map([
  [0x00, "memory"], [0x0c, "memory"], [0x0d, "memory"], [0x0e, "memory"],
  [0x04, "configuration"], [0x05, "configuration"], [0x0a, "completion"],
]);

// Name, first byte, its highest bit, the lowest bit of the last byte, last byte if it is another.
const COMMON = [
  ["Fmt", 0, 7, 5], ["Type", 0, 4, 0], ["Traffic class", 1, 6, 4], ["Hints present", 1, 0, 0],
  ["Digest", 2, 7, 7], ["Poisoned", 2, 6, 6], ["Attributes", 2, 5, 4], ["Address type (AT)", 2, 3, 2],
  ["Length (DW)", 2, 1, 0, 3],
];

const PREFIX = [
  ["Prefix: PASID", 0, 7, 0], ["Privileged", 1, 7, 7], ["Execute", 1, 6, 6], ["PASID", 1, 3, 0, 3],
];

const BODIES = {
  memory3: [["Requester ID", 4, 7, 0, 5], ["Tag", 6, 7, 0], ["Last BE", 7, 7, 4], ["First BE", 7, 3, 0], ["Address", 8, 7, 0, 11]],
  memory4: [["Requester ID", 4, 7, 0, 5], ["Tag", 6, 7, 0], ["Last BE", 7, 7, 4], ["First BE", 7, 3, 0], ["Address", 8, 7, 0, 15]],
  configuration: [["Requester ID", 4, 7, 0, 5], ["Tag", 6, 7, 0], ["First BE", 7, 3, 0], ["Target ID", 8, 7, 0, 9], ["Register", 10, 3, 0, 11]],
  completion: [["Completer ID", 4, 7, 0, 5], ["Status", 6, 7, 5], ["Bytes left", 6, 3, 0, 7], ["Requester ID", 8, 7, 0, 9], ["Tag", 10, 7, 0], ["Lower address", 11, 6, 0]],
  message: [["Requester ID", 4, 7, 0, 5], ["Message code", 7, 7, 0]],
  1: [["ITag", 6, 4, 0], ["Destination ID", 8, 7, 0, 9]],
  2: [["Destination ID", 8, 7, 0, 9], ["Completions to come", 11, 2, 0], ["ITag vector", 12, 7, 0, 15]],
  4: [["Page address", 8, 7, 4, 14], ["PRG index", 14, 3, 3, 15], ["Last", 15, 2, 2], ["Write", 15, 1, 1], ["Read", 15, 0, 0]],
  5: [["Destination ID", 8, 7, 0, 9], ["Response code", 10, 7, 4], ["PRG index", 10, 0, 0, 11]],
};

const WORDS = {
  "Address type (AT)": ["untranslated", "Translation Request", "translated"],
  Status: ["success", "unsupported request", "retry", "", "completer abort"],
  "Response code": { 0: "success", 1: "invalid request", 15: "failure" },
  "Message code": { 1: "Invalidate Request", 2: "Invalidate Completion", 4: "Page Request", 5: "PRG Response" },
};

/** What a value means: numbers of functions as bus:device.function, codes by their name. */
export function meaning(name, value) {
  const number = Number(value);
  if (/ ID$/.test(name)) {
    const hex = (part) => part.toString(16).padStart(2, "0");
    return `${hex(number >> 8)}:${hex((number >> 3) & 31)}.${number & 7}`;
  }
  return WORDS[name]?.[number] ?? "";
}

/** Bytes of a string of hex digits. */
export function bytesOf(hex) {
  return (hex.replace(/[^0-9a-fA-F]/g, "").match(/../g) ?? []).map((two) => parseInt(two, 16));
}

function read(bytes, base, [name, first, high, low, last = first]) {
  let value = 0n;
  for (let i = first; i <= last; i++) value = (value << 8n) | BigInt(bytes[base + i] ?? 0);
  const top = (last - first) * 8 + high;
  value = (value & ((1n << BigInt(top + 1)) - 1n)) >> BigInt(low);
  if (name === "Page address") value <<= 12n;
  const message = (bytes[base] & 0x18) === 0x10;
  if (name === "Length (DW)" && value === 0n && !message) value = 1024n;
  return { name, value, first: base + first, last: base + last };
}

function bodyOf(bytes, base) {
  const type = bytes[base] & 0x1f;
  if ((type & 0x18) === 0x10) return [...BODIES.message, ...(BODIES[bytes[base + 7]] ?? [])];
  const name = TYPES.get(type);
  if (name === "memory") return (bytes[base] & 0x20) !== 0 ? BODIES.memory4 : BODIES.memory3;
  return BODIES[name] ?? [];
}

/** The fields of the prefixes and the header, each with the numbers of its bytes. */
export function decode(bytes) {
  const found = [];
  let base = 0;
  while (bytes[base] >> 5 === 4) {
    if (bytes[base] === 0x91) found.push(...PREFIX.map((one) => read(bytes, base, one)));
    base += 4;
  }
  if (bytes.length < base + 4) return found;
  return [...found, ...[...COMMON, ...bodyOf(bytes, base)].map((one) => read(bytes, base, one))];
}
