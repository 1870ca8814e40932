// One run of the scenario, as read: what happened, in order.

const COLUMNS = { time: 0, cause: 1, kind: 2, lane: 3, phase: 4, pasid: 5, full: 6, simple: 7, why: 8 };

/** Numbers of PASIDs of one system. */
const NUMBERS = 1 << 20;

const FAULT = /FAULT|REFUSED|_LOST|DROPPED|GIVEN_UP|SIGNAL|LINK_ERROR|ERROR_|STRAGGLED/;
const INVALIDATION = /INVALIDAT|WAIT_COMPLETED/;
const ATS = /^(ATC_|PAGE_REQUEST|PAGE_GROUP_ANSWERED|INVALIDATION_|TRANSLATION_STARTED|PAGE_REQUESTED)/;
const ATS_PACKET = /trans|page|inval|prg/i;

/** A story's data with names for its columns. */
export class Story {
  constructor(data, kinds, phases) {
    this.data = data;
    this.kinds = kinds;
    this.phases = phases;
    this.length = data.steps.length;
    this.walks = new Map((data.walks ?? []).map(([step, words]) => [step, words]));
    this.tlps = new Map(data.tlps ?? []);
    this.effects = null;
  }

  #at(step, column) {
    return this.data.steps[step][COLUMNS[column]];
  }

  time(step) { return this.#at(step, "time"); }
  cause(step) { return this.#at(step, "cause"); }
  lane(step) { return this.#at(step, "lane"); }
  phase(step) { return this.#at(step, "phase"); }
  pasid(step) { return this.#at(step, "pasid"); }

  /** A PASID as its system calls it; guests' numbers are kept apart from the host's. */
  pasidNumber(number) { return number % NUMBERS; }

  /** The same, with the guest whose it is. */
  pasidName(number) {
    const system = Math.floor(number / NUMBERS);
    return system === 0 ? `${number}` : `${this.pasidNumber(number)} of ${this.data.guests[system - 1]}`;
  }

  kind(step) { return this.kinds[this.#at(step, "kind")]?.name ?? ""; }
  category(step) { return this.kinds[this.#at(step, "kind")]?.category ?? ""; }
  isSimple(step) { return this.#at(step, "simple") >= 0; }
  laneName(step) { return this.data.lanes[this.lane(step)]?.name ?? ""; }
  group(step) { return this.data.lanes[this.lane(step)]?.group ?? "kernel"; }

  /** The step's sentence; the simple one if there is one and it is wanted. */
  sentence(step, full) {
    const simple = this.#at(step, "simple");
    return this.data.strings[!full && simple >= 0 ? simple : this.#at(step, "full")] ?? "";
  }

  /** Why the step happened, as a sentence; may be empty. */
  why(step) {
    return this.data.strings[this.#at(step, "why")] ?? "";
  }

  isViolation(step) { return this.category(step) === "CHECK" || this.kind(step) === "VIOLATION"; }
  isFault(step) { return this.isViolation(step) || FAULT.test(this.kind(step)); }
  isInvalidation(step) { return INVALIDATION.test(this.kind(step)); }
  isAts(step) { return ATS.test(this.kind(step)) || (this.tlps.has(step) && ATS_PACKET.test(this.data.packets[this.tlps.get(step)][0])); }

  /** The packet of the step, or null: its name, its bytes in hex, and [name, value] of what it says. */
  packet(step) {
    const index = this.tlps.get(step);
    if (index === undefined) return null;
    const [name, hex, told] = this.data.packets[index];
    const { strings } = this.data;
    return { name, hex, told: told.map(([label, text, first, last]) => ({ name: strings[label], text: strings[text], first, last })) };
  }

  /** The steps that this one caused. */
  effectsOf(step) {
    if (this.effects === null) {
      this.effects = new Map();
      this.data.steps.forEach((row, index) => {
        const list = this.effects.get(row[COLUMNS.cause]) ?? [];
        list.push(index);
        this.effects.set(row[COLUMNS.cause], list);
      });
    }
    return this.effects.get(step) ?? [];
  }
}
