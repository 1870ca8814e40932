// What the fields of a packet say, in words. Java decodes them; here they are only told.

const WORDS = {
  AT: ["untranslated", "Translation Request", "translated"],
  Status: ["success", "unsupported request", "retry", "", "completer abort"],
  "Response Code": { 0: "success", 1: "invalid request", 15: "failure" },
  "Message Code": { 1: "Invalidate Request", 2: "Invalidate Completion", 4: "Page Request", 5: "PRG Response" },
};

const FUNCTION = /^(Requester ID|Completer ID|Target)$/;

/** Bytes of a string of hex digits. */
export function bytesOf(hex) {
  return (hex.replace(/[^0-9a-fA-F]/g, "").match(/../g) ?? []).map((two) => parseInt(two, 16));
}

/** A value with what it means: functions as bus:device.function, codes by their name. */
export function meaning(name, text) {
  if (FUNCTION.test(name) && /^(0x)?[0-9a-f]+$/.test(text)) {
    const number = Number(text);
    const hex = (part) => part.toString(16).padStart(2, "0");
    return `${hex(number >> 8)}:${hex((number >> 3) & 31)}.${number & 7}`;
  }
  const says = WORDS[name]?.[Number(text)];
  return says ? `${text} ${says}` : text;
}

/** "Address 63:32" and "Address 31:12" as one field "Address". */
function joined(fields) {
  return fields.flatMap((high) => {
    const [, name] = /^(.*) 63:32$/.exec(high.name) ?? [];
    const isLow = (one) => one.name.startsWith(`${name} 31:`) && one.first >= high.last;
    if (name !== undefined) {
      const low = fields.find(isLow);
      if (!low) return [high];
      const value = (BigInt(high.text) << 32n) | (BigInt(low.text) << BigInt(low.name.split("31:")[1]));
      return [{ name, text: `0x${value.toString(16)}`, first: high.first, last: low.last }];
    }
    const [, whole] = /^(.*) 31:\d+$/.exec(high.name) ?? [];
    return whole !== undefined && fields.some((one) => one.name === `${whole} 63:32`) ? [] : [high];
  });
}

/** The fields in the order of their bytes, in words. */
export function fieldsOf(told) {
  return joined(told)
    .map((one) => ({ ...one, text: meaning(one.name, one.text) }))
    .sort((a, b) => (a.first ?? 0) - (b.first ?? 0));
}
