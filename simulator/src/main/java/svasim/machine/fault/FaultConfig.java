package svasim.machine.fault;

import java.util.Locale;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A fault that a scenario asks for; absent keys take these defaults.
 *
 * @param what what goes wrong: with packets (unsupported-request, completer-abort, lost, poisoned,
 *     malformed), with a link (bit-errors, surprise-removal, hot-reset), with a function
 *     (function-level-reset, no-invalidation-completion) or with a process (kill; of a guest
 *     move-memory, which takes its processes' pages to other frames)
 * @param where the device, or the port above the link: "dsa0", "rp1", "sw0.a". At a device, only
 *     its own packets suffer. Of kill, the process; of move-memory, the guest
 * @param when a time since the start ("80us"), or the moment when a step ("intel_svm/clear PASID
 *     entry", perhaps with {@literal " @ task"}) or an observation ("page-requested") is first
 *     seen; from the start if it is absent. With "any " before a step or an observation ("any
 *     step", "any page-requested") the explorer decides at which of all of them it happens, and a
 *     plain run has none
 * @param tlp which kind of packet suffers; any, if it is absent
 * @param way direction of the packets or bits that suffer, up to the root complex or down; if
 *     absent, the one in which most packets of the kind go
 * @param nth how many such packets there must be to the one that suffers, counted from "when";
 *     without packets, how often the moment must come
 * @param count how many packets suffer, one after the other; 1 if it is absent
 * @param rate of bit-errors: probability that a bit is received wrongly, instead of a count of
 *     packets
 * @param lasts how long the rate of errors or the silence goes on; for good if it is absent
 */
public record FaultConfig(
        FaultKind what,
        String where,
        String when,
        PacketKind tlp,
        Way way,
        Integer nth,
        Integer count,
        Double rate,
        Picoseconds lasts) {
    /** Before a moment that comes often, of which each one is a choice point. */
    public static final String ANY = "any ";

    private static final double MAX_RATE = 1e-3;

    public FaultConfig {
        Require.that(what != null, "what", what, "what goes wrong, for example completer-abort");
        Require.that(where != null, "where", where, "a device or a port");
        boolean packets = what.effect() != null;
        boolean bits = what == FaultKind.BIT_ERRORS;
        boolean silence = what == FaultKind.NO_INVALIDATION_COMPLETION;
        only(packets, "tlp", tlp, "nothing: it is not about packets");
        only(packets || bits, "way", way, "nothing: it has no direction");
        only(packets || bits, "count", count, "nothing: it happens once");
        only(bits, "rate", rate, "nothing: only bit-errors have a rate");
        only(bits && rate != null || silence, "lasts", lasts, "nothing: it has no duration");
        only(rate == null, "count", count, "nothing beside a rate");
        boolean any = when != null && when.startsWith(ANY);
        only(!any || packets, "nth", nth, "nothing: any of them may be the one");
        tlp = packets && tlp == null ? PacketKind.ANY : tlp;
        way = way == null && tlp != null ? tlp.way() : way;
        way = way == null && bits ? Way.UP : way;
        if (nth == null && (!any || packets)) {
            nth = 1;
        }
        if (count == null && rate == null && (packets || bits)) {
            count = 1;
        }
        Require.that(nth == null || nth > 0, "nth", nth, "a positive number");
        Require.that(count == null || count > 0, "count", count, "a positive number");
        Require.that(
                rate == null || rate > 0 && rate <= MAX_RATE, "rate", rate, "above 0, to 1e-3");
    }

    private static void only(boolean allowed, String component, Object value, String expected) {
        Require.that(allowed || value == null, component, value, expected);
    }

    /** The moment it waits for as a time; null if it is something that happens. */
    public Picoseconds time() {
        boolean isTime = when != null && !when.isEmpty() && Character.isDigit(when.charAt(0));
        return when == null ? new Picoseconds(0) : isTime ? Picoseconds.parse(when) : null;
    }

    /** Whether it is left to the choices of a run at which of its moments it happens, if at all. */
    public boolean isChoice() {
        return when != null && when.startsWith(ANY);
    }

    /** What it waits for, if that is no time. */
    public String moment() {
        return isChoice() ? when.substring(ANY.length()).strip() : when;
    }

    /** How often the moment must come; packets have a count of their own. */
    int occurrences() {
        return tlp == null && nth != null ? nth : 1;
    }

    @Override
    public String toString() {
        String words = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words + " at " + where;
    }
}
