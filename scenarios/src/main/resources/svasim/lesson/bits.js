// The fields of a 64-bit word.

/** The value of the bits high..low of a word that is given as "0x...". */
export function field(word, high, low) {
  return (BigInt(word) >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n);
}

/** Each field of the layout, from high to low: its value, and the one before if that is given. */
export function fields(layout, word, before = null) {
  return layout.fields
    .map((one) => ({
      ...one,
      value: field(word, one.high, one.low),
      changed: before !== null && field(word, one.high, one.low) !== field(before, one.high, one.low),
    }))
    .sort((a, b) => b.high - a.high);
}

/** "63:12" or "0". */
export function range({ high, low }) {
  return high === low ? `${low}` : `${high}:${low}`;
}
