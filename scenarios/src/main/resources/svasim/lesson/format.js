// How times and 64-bit values are written.

const UNITS = [[1e12, "s"], [1e9, "ms"], [1e6, "µs"], [1e3, "ns"], [1, "ps"]];

/** Picoseconds in the largest unit that leaves at least one whole, at most four digits. */
export function time(ps) {
  if (ps === 0) return "0";
  const [size, unit] = UNITS.find(([least]) => Math.abs(ps) >= least) ?? [1, "ps"];
  const value = ps / size;
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
  return `${Number(value.toFixed(digits))} ${unit}`;
}

/** Microseconds with all digits, for times that are compared with each other. */
export function micros(ps) {
  return `${(ps / 1e6).toFixed(3)} µs`;
}

/** "0x12345678abcd" with a thin space between groups of four digits, 16 digits wide. */
export function hex64(text) {
  const digits = BigInt(text).toString(16).padStart(16, "0");
  return digits.replace(/(.{4})(?=.)/g, "$1\u2009");
}

/** A BigInt as people write it: small numbers in decimal. */
export function value(number) {
  return number < 10n ? number.toString() : "0x" + number.toString(16);
}

/** "1 step", "2 steps". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
