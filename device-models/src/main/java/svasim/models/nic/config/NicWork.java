package svasim.models.nic.config;

import svasim.device.load.Arrivals;
import svasim.device.load.Load;
import svasim.models.nic.traffic.Payload;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Traffic that a program asks for in a {@code submit} step.
 *
 * @param op who sends
 * @param size bytes of a packet, 64 B to 4 KiB
 * @param count packets
 * @param arrivals when packets come
 * @param depth packets under way at once; absent for as many as the ring takes
 * @param interval mean time from one packet to the next, where arrivals do not depend on the end of
 *     those before
 * @param burst packets that come at once, with {@code arrivals: bursts}
 * @param verify whether the receiver looks at each byte
 */
public record NicWork(
        Operation op,
        ByteSize size,
        Integer count,
        Arrivals.Process arrivals,
        Integer depth,
        Picoseconds interval,
        Integer burst,
        Boolean verify) {
    /** Where packets come from and where they go. */
    public enum Operation {
        /** The program sends, the card loops back. */
        LOOPBACK,
        /** A peer at the other end of the wire sends. */
        RECEIVE
    }

    public NicWork {
        op = op == null ? Operation.LOOPBACK : op;
        size = size == null ? new ByteSize(1500) : size;
        arrivals = arrivals == null ? Arrivals.Process.CLOSED : arrivals;
        burst = burst == null ? 1 : burst;
        verify = verify == null || verify;
        Require.that(count != null && count > 0, "count", count, "a number of packets");
        Require.range("size", size.bytes(), Payload.LEAST_BYTES, Payload.MOST_BYTES);
        Load.of(count, depth, arrivals, interval, burst);
    }

    /** When the packets come. */
    public Arrivals pattern() {
        return Load.of(count, depth, arrivals, interval, burst).arrivals();
    }
}
