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
 * @param op who sends; absent for loopback
 * @param size bytes of a packet, 64 B to 4 KiB, or of a message; absent for 1500 B
 * @param count packets or messages; absent for one message
 * @param from buffer that messages are read from, one after the other
 * @param into buffer that messages are written to, or that is advised
 * @param arrivals when packets come; absent for closed
 * @param depth packets under way at once; absent for as many as the ring takes
 * @param interval mean time from one packet to the next, where arrivals do not depend on the end of
 *     those before
 * @param burst packets that come at once, with {@code arrivals: bursts}
 * @param verify whether the receiver looks at each byte; absent for yes
 * @source op, count, from, into: the program says so; by default packets are looped back
 * @source size: a packet that fills a frame of Ethernet (1500 bytes)
 * @source arrivals, depth, interval, burst: chosen: a closed loop as deep as the ring
 * @source verify: chosen
 */
public record NicWork(
        Operation op,
        ByteSize size,
        Integer count,
        String from,
        String into,
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
        RECEIVE,
        /** The card writes from one buffer of the program to another, over the wire. */
        WRITE,
        /** The driver has the card know the pages of a buffer before they are used. */
        ADVISE;

        /** Whether a card with on-demand paging does it, and no other. */
        public boolean isOfMessages() {
            return this == WRITE || this == ADVISE;
        }
    }

    private static final int MOST_MESSAGE_BYTES = 1 << 26;

    public NicWork {
        op = op == null ? Operation.LOOPBACK : op;
        size = size == null ? new ByteSize(1500) : size;
        arrivals = arrivals == null ? Arrivals.Process.CLOSED : arrivals;
        burst = burst == null ? 1 : burst;
        verify = verify == null || verify;
        count = count == null && op.isOfMessages() ? 1 : count;
        Require.that(count != null && count > 0, "count", count, "a number of packets");
        boolean messages = op.isOfMessages();
        long most = messages ? MOST_MESSAGE_BYTES : Payload.MOST_BYTES;
        Require.range("size", size.bytes(), messages ? 1 : Payload.LEAST_BYTES, most);
        boolean reads = op == Operation.WRITE;
        Require.that(reads == (from != null), "from", from, reads ? "a buffer" : "nothing");
        Require.that(messages == (into != null), "into", into, messages ? "a buffer" : "nothing");
        Load.of(count, depth, arrivals, interval, burst);
    }

    /** How often and when messages go. */
    public Load load() {
        return Load.of(count, depth, arrivals, interval, burst == 1 ? null : burst);
    }

    /** When the packets come. */
    public Arrivals pattern() {
        return Load.of(count, depth, arrivals, interval, burst).arrivals();
    }
}
