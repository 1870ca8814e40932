package svasim.models.nic.rdma.layout;

import svasim.device.Words;

/**
 * Entry of the event queue, 64 bytes: a page is missing, and a queue waits for it.
 *
 * @param token to resume with
 * @param queue that waits
 * @param index of the work request, for {@link Cause#WQE}
 * @param key of the region
 * @param address of the first byte of the packet
 * @param packetBytes of the packet
 * @param left bytes of the message from the packet on
 * @param committed bytes of the message before the packet
 * @param phase changes with each round of the queue; 1 in the first
 */
public record FaultEvent(
        long token,
        Cause cause,
        int queue,
        int index,
        int key,
        long address,
        int packetBytes,
        int left,
        int committed,
        boolean phase) {
    public static final int BYTES = 64;

    private static final int TOKEN = 0;
    private static final int ADDRESS = 8;
    private static final int KEY = 16;
    private static final int QUEUE = 20;
    private static final int INDEX = 24;
    private static final int PACKET = 28;
    private static final int LEFT = 32;
    private static final int COMMITTED = 36;
    private static final int CAUSE = 40;

    /** In the last word, as the last byte to be written. */
    private static final int PHASE = 63;

    /** Whose access misses the page. */
    public enum Cause {
        /** That of a work request of the queue's own; it wants to read. */
        WQE,
        /** That of a message from the other side; it wants to write. */
        RDMA
    }

    public byte[] toBytes() {
        byte[] entry = new byte[BYTES];
        Words.put(entry, TOKEN, Long.BYTES, token);
        Words.put(entry, ADDRESS, Long.BYTES, address);
        Words.put(entry, KEY, Integer.BYTES, key);
        Words.put(entry, QUEUE, Integer.BYTES, queue);
        Words.put(entry, INDEX, Integer.BYTES, index);
        Words.put(entry, PACKET, Integer.BYTES, packetBytes);
        Words.put(entry, LEFT, Integer.BYTES, left);
        Words.put(entry, COMMITTED, Integer.BYTES, committed);
        entry[CAUSE] = (byte) cause.ordinal();
        entry[PHASE] = (byte) (phase ? 1 : 0);
        return entry;
    }

    public static FaultEvent of(byte[] entry) {
        return new FaultEvent(
                Words.u64(entry, TOKEN),
                Cause.values()[entry[CAUSE] & 1],
                Words.u32(entry, QUEUE),
                Words.u32(entry, INDEX),
                Words.u32(entry, KEY),
                Words.u64(entry, ADDRESS),
                Words.u32(entry, PACKET),
                Words.u32(entry, LEFT),
                Words.u32(entry, COMMITTED),
                entry[PHASE] != 0);
    }

    /** The event with the phase of its place. */
    public FaultEvent with(boolean placePhase) {
        return new FaultEvent(
                token, cause, queue, index, key, address, packetBytes, left, committed, placePhase);
    }

    /** The event for one packet. */
    public static FaultEvent of(
            Cause cause, int queue, int index, int key, long address, Packet packet) {
        return new FaultEvent(
                0,
                cause,
                queue,
                index,
                key,
                address,
                packet.bytes(),
                packet.left(),
                packet.committed(),
                false);
    }

    /** The event with its token. */
    public FaultEvent withToken(long given) {
        return new FaultEvent(
                given, cause, queue, index, key, address, packetBytes, left, committed, phase);
    }

    /** Where a packet is in its message. */
    public record Packet(int bytes, int left, int committed) {}
}
