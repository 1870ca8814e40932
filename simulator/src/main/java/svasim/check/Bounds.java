package svasim.check;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * How long those things may take that the invariants demand to be short, or to end; absent keys
 * take these defaults. They are generous, so that only what a kernel would complain of itself
 * breaks them; a scenario whose subject is a delay sets its own.
 *
 * @param hit that a request which needs no walk takes longer while another PASID faults (I-40);
 *     1us, assumed: many times what such a request takes
 * @param foreignFault that a page fault or a drain of one PASID waits for the page faults and
 *     invalidations of another one (I-41); 100ms, assumed: some page-ins from a slow disk
 * @param pageRequest from a page request in the unit's queue until a worker takes it up (I-37);
 *     10s, assumed
 * @param drain that the drain of a PASID lasts (I-44); 10s, as long as Linux waits for an operation
 *     of a VT-d unit (DMAR_OPERATION_TIMEOUT)
 * @param drainRounds times that a drain looks for what is left (I-44); 100, more than a queue of
 *     requests of the own PASID can cause
 * @param kill from SIGKILL to the last page of an address space that a device uses (I-45); 1s, when
 *     Linux gives up its OOM victim and looks for another one (MAX_OOM_REAP_RETRIES times HZ/10)
 * @param invalidation from an Invalidate Request to its completion or to the moment when it is
 *     given up (I-47); 90s, the one minute of the ATS specification and its tolerance
 * @param notifier that one notifier is busy with a range (I-47); 20s, after which Linux reports a
 *     soft lockup (twice watchdog_thresh)
 */
public record Bounds(
        Picoseconds hit,
        Picoseconds foreignFault,
        Picoseconds pageRequest,
        Picoseconds drain,
        Integer drainRounds,
        Picoseconds kill,
        Picoseconds invalidation,
        Picoseconds notifier) {
    private static final int SLOW_FAULT_MS = 100;
    private static final int OPERATION_S = 10;
    private static final int MOST_ROUNDS = 100;
    private static final int INVALIDATION_S = 90;
    private static final int SOFT_LOCKUP_S = 20;

    public Bounds {
        hit = hit == null ? Picoseconds.ofMicros(1) : hit;
        foreignFault =
                foreignFault == null
                        ? new Picoseconds(SLOW_FAULT_MS * Picoseconds.PER_MILLISECOND)
                        : foreignFault;
        pageRequest = pageRequest == null ? seconds(OPERATION_S) : pageRequest;
        drain = drain == null ? seconds(OPERATION_S) : drain;
        drainRounds = drainRounds == null ? MOST_ROUNDS : drainRounds;
        kill = kill == null ? seconds(1) : kill;
        invalidation = invalidation == null ? seconds(INVALIDATION_S) : invalidation;
        notifier = notifier == null ? seconds(SOFT_LOCKUP_S) : notifier;
        Require.positive("drainRounds", drainRounds);
    }

    public static Bounds defaults() {
        return new Bounds(null, null, null, null, null, null, null, null);
    }

    private static Picoseconds seconds(int count) {
        return new Picoseconds(count * Picoseconds.PER_SECOND);
    }
}
