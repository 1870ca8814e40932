package svasim.models.nic.layout;

import svasim.device.Words;

/**
 * Entry of a completion ring, 64 bytes. The phase changes with each round of the ring, so that
 * software sees which entries are new; the first round has phase 1.
 *
 * @param received whether a packet was received; else one was sent
 * @param index of the descriptor in its ring
 * @param bytes of the packet in memory
 */
public record Completion(boolean received, int index, int bytes, Status status, boolean phase) {
    public static final int BYTES = 64;

    private static final int INDEX = 0;
    private static final int LENGTH = 4;
    private static final int STATUS = 8;
    private static final int DIRECTION = 9;

    /** In the last word, as the last byte to be written. */
    private static final int PHASE = 63;

    /** How a descriptor ended. */
    public enum Status {
        SUCCESS,
        /** The packet is longer than its place. */
        TRUNCATED,
        /** The descriptor is not one that the card can use. */
        BAD_DESCRIPTOR,
        /** The packet could not be read or written. */
        DMA_ERROR
    }

    public byte[] toBytes() {
        byte[] entry = new byte[BYTES];
        Words.put(entry, INDEX, Integer.BYTES, index);
        Words.put(entry, LENGTH, Integer.BYTES, bytes);
        entry[STATUS] = (byte) status.ordinal();
        entry[DIRECTION] = (byte) (received ? 1 : 0);
        entry[PHASE] = (byte) (phase ? 1 : 0);
        return entry;
    }

    /**
     * @param first bytes 0 to 7
     * @param second bytes 8 to 15
     * @param last bytes 56 to 63
     */
    public static Completion of(long first, long second, long last) {
        return new Completion(
                (second >>> Byte.SIZE & 1) != 0,
                (int) first,
                (int) (first >>> Integer.SIZE),
                Status.values()[(int) second & 3],
                hasPhase(last));
    }

    /** Phase in the last word of an entry. */
    public static boolean hasPhase(long last) {
        return (last >>> Long.SIZE - Byte.SIZE & 1) != 0;
    }
}
