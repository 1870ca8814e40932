package svasim.pcie.fabric;

import java.util.List;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A link; absent keys take these defaults.
 *
 * @param generation 1 to 5
 * @param lanes 1, 2, 4, 8, 12, 16 or 32
 * @param flight time from the last bit sent to the packet being processed at the other end, ports
 *     included
 * @param maxPayload largest payload that either end takes, 128 B to 4 KiB
 * @param queue packets of one flow class that wait for the link at its sender
 * @param credits buffer of each receiver
 * @param lateness how much later than usual a posted packet or a completion may arrive: the range
 *     of a choice point, without effect on plain runs; 0 asks nothing
 */
public record LinkConfig(
        Integer generation,
        Integer lanes,
        Picoseconds flight,
        ByteSize maxPayload,
        Integer queue,
        CreditConfig credits,
        Picoseconds lateness) {
    private static final List<Integer> LANES = List.of(1, 2, 4, 8, 12, 16, 32);
    private static final int CREDIT_BYTES = 16;

    public LinkConfig {
        generation = generation == null ? 4 : generation;
        lanes = lanes == null ? 8 : lanes;
        flight = flight == null ? Picoseconds.ofNanos(75) : flight;
        maxPayload = maxPayload == null ? new ByteSize(256) : maxPayload;
        queue = queue == null ? 32 : queue;
        credits = credits == null ? new CreditConfig() : credits;
        lateness = lateness == null ? Picoseconds.ofMicros(1) : lateness;
        Require.range("generation", generation, 1, 5);
        Require.oneOf("lanes", lanes, LANES);
        Require.powerOfTwo("maxPayload", maxPayload.bytes());
        Require.range("maxPayload", maxPayload.bytes(), 128, 4096);
        Require.positive("queue", queue);
        Require.that(
                credits.postedData() >= maxPayload.bytes() / CREDIT_BYTES,
                "credits",
                credits.postedData(),
                "posted data for at least one packet of " + maxPayload);
    }

    /** All defaults: generation 4, eight lanes. */
    public LinkConfig() {
        this(null, null, null, null, null, null, null);
    }

    /** A link of this generation and width. */
    public static LinkConfig of(int generation, int lanes) {
        return new LinkConfig(generation, lanes, null, null, null, null, null);
    }

    /** What joins an integrated endpoint to the root complex: wide and short. */
    public static LinkConfig internal() {
        return new LinkConfig(5, 16, Picoseconds.ofNanos(10), null, null, null, null);
    }
}
